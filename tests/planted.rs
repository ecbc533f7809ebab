//! One answered question of a real document is spoilt: exactly one finding more appears, and nothing else
//! changes. Over every document of the corpus (where it is there) and of the fixtures.
#![allow(clippy::print_stderr, reason = "the figures are for people, and a skipped test must say so")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use files::{below, root, shared};
use gtr_lint::document::BlockKind;
use gtr_lint::input::Input;
use gtr_lint::review::{Cause, Review, State, Templates};
use gtr_lint::settings::{Origin, Set, Settings};
use gtr_lint::source::{Source, Span};
use gtr_lint::template::{Item, ItemIndex, ItemKind};
use gtr_lint::{Checked, check};

#[path = "planted/compare.rs"]
mod compare;
#[path = "common/files.rs"]
mod files;
#[path = "planted/mutant.rs"]
mod mutant;

use mutant::{PLANTS, Plant};

/// Documents of the corpus and of the fixtures, in a stable order.
fn documents() -> Vec<PathBuf> {
    let mut all = below(&root().join("fixtures/gtr"), "/review.md");
    all.extend(below(&root().join("fixtures/kep"), "/README.md"));
    all.extend(shared("corpus/gtr/docs").into_iter().flat_map(|directory| below(&directory, ".md")));
    // what is planted where findings are silenced makes none
    all.retain(|path| fs::read_to_string(path).is_ok_and(|text| !text.contains("gtr-ignore")));
    all
}

/// Checks a text. A KEP without its kep.yaml has no level of its own.
fn checked(path: &Path, text: &str) -> Checked {
    let input = Input::alone(Source::new("review.md", text));
    let mut settings = Settings::default();
    if path.ends_with("README.md") {
        settings.level = Some(Set { value: "stable".into(), origin: Origin::Flag });
    }
    check(&input, &settings, &Templates::default())
}

/// What a document is called: its file's name, or the fixture's.
fn name(path: &Path) -> String {
    let folder = path.parent().filter(|_| path.ends_with("README.md") || path.ends_with("review.md"));
    folder.unwrap_or(path).file_stem().unwrap_or_default().to_string_lossy().to_string()
}

/// Required leaf questions with an answer of their own below a prompt of their own.
fn targets(review: &Review) -> Vec<ItemIndex> {
    let overlaps = |spans: &[Span], span: Span| spans.iter().any(|other| other.overlaps(span));
    let own = |index: ItemIndex| {
        let bound = review.bound(index);
        let Some(prompt) = bound.prompt() else { return false };
        let others =
            || review.bound_items().filter(move |(other, ..)| *other != index).map(|(_, _, bound)| bound);
        bound.state == State::Answered
            && bound.answered_by.is_none()
            && !others().any(|other| other.prompts.iter().any(|there| there.span.overlaps(prompt.span)))
            && !others().any(|other| bound.answer.iter().any(|&span| overlaps(&other.answer, span)))
    };
    let all = review.template.indices();
    all.filter(|&index| review.is_leaf_question(index) && review.requires(index) && own(index)).collect()
}

/// Why a plant at a question would prove nothing.
fn unfair(review: &Review, index: ItemIndex, plant: Plant) -> Option<&'static str> {
    let bound = review.bound(index);
    if bound.prompts.len() > 1 {
        return Some("asked more than once: what is taken away in one place still stands in the other");
    }
    if plant != Plant::Remove {
        return None;
    }
    if bound.prompts.iter().any(|prompt| prompt.truncated) {
        return Some("cut short: the rest of the question may stand elsewhere and still ask it");
    }
    let lead_in = review.item(index).parent.filter(|&parent| review.item(parent).kind == ItemKind::Group);
    if lead_in.is_some_and(|parent| !review.bound(parent).answer.is_empty()) {
        return Some("its lead-in is answered itself, and then for a question that was dropped too");
    }
    None
}

/// Whether a question was all that told its revision from one without it: the mutant is a sound document of that one.
fn is_only_trace(before: &Review, after: &Review, index: ItemIndex) -> bool {
    let is_out =
        |item: &Item| item.until.is_some_and(|until| until < after.revision) || item.since > after.revision;
    let mut others = before.bound_items().filter(|(other, item, _)| *other != index && is_out(item));
    is_out(before.item(index)) && others.all(|(_, _, other)| other.prompts.is_empty())
}

/// Mutants of a run: all with `PLANTED_EVERY=1`, some of them in every run of the tests.
fn every() -> usize {
    std::env::var("PLANTED_EVERY").ok().and_then(|text| text.parse().ok()).unwrap_or(9)
}

#[test]
fn a_spoilt_answer_is_one_finding_more() {
    let (mut made, mut turn) = (0, 0);
    let mut unfit: BTreeMap<&str, usize> = BTreeMap::new();
    let mut failures = Vec::new();
    for path in documents() {
        let name = name(&path);
        let text = fs::read_to_string(&path).expect("a document of the corpus is UTF-8");
        // some documents with the line ends of Windows
        let text = if name.len().is_multiple_of(4) {
            text.replace("\r\n", "\n").replace('\n', "\r\n")
        } else {
            text
        };
        let before = checked(&path, &text);
        let Some(review) = &before.review else { continue };
        for (index, plant) in targets(review).into_iter().flat_map(|index| PLANTS.map(|plant| (index, plant)))
        {
            turn += 1;
            if turn % every() != 0 {
                continue;
            }
            if let Some(why) = unfair(review, index, plant) {
                *unfit.entry(why).or_default() += 1;
                continue;
            }
            let mutant =
                mutant::plant(review, index, plant).expect("the question has a prompt and an answer");
            let after = checked(&path, &mutant.text);
            if after.review.as_ref().is_some_and(|after| is_only_trace(review, after, index)) {
                *unfit.entry("the only trace of the document's revision").or_default() += 1;
                continue;
            }
            if after.review.as_ref().is_some_and(|after| after.bound(index).means_no) {
                *unfit.entry("asks for yes or no, and N/A means no").or_default() += 1;
                continue;
            }
            made += 1;
            let found = compare::differences(&before, &after, index, plant, mutant.gone);
            if found.is_empty() {
                continue;
            }
            let line = review.source().line(mutant.gone.start);
            failures.push(format!("{name}:{line} {} {plant:?}: {}", review.item(index).id, found.join("; ")));
        }
    }
    eprintln!("{made} mutants, {} failures, unfair: {unfit:?}", failures.len());
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// The opposite: what is open and gets an answer is one finding fewer, and nothing else changes.
#[test]
fn an_answer_is_one_finding_fewer() {
    const ANSWER: &str = "The operator does this with its own controllers.";
    let (mut made, mut turn) = (0, 0);
    let mut failures = Vec::new();
    for path in documents() {
        let text = fs::read_to_string(&path).expect("a document of the corpus is UTF-8");
        let before = checked(&path, &text);
        let Some(review) = &before.review else { continue };
        for (index, item, bound) in review.bound_items() {
            let open =
                matches!(bound.state, State::Unanswered | State::Placeholder | State::NotApplicableBare);
            let [prompt] = bound.prompts[..] else { continue };
            let shared = review.bound_items().any(|(other, _, there)| {
                other != index
                    && (there.answer.iter().any(|span| bound.answer.contains(span))
                        || there.prompts.iter().any(|other| other.span == prompt.span))
            });
            if !open
                || bound.means_no
                || shared
                || bound.cause != Cause::Own
                || !review.requires(index)
                || !review.is_leaf_question(index)
            {
                continue;
            }
            turn += 1;
            if turn % every() != 0 {
                continue;
            }
            let document = &review.document;
            let (block, column) =
                (document.block(prompt.block), review.source().position(prompt.span.start).column);
            let quoted =
                document.ancestors(prompt.block).any(|id| document.block(id).kind == BlockKind::Quote);
            let after = |at: u32| Span::new(at, at);
            let (span, answer) = match (bound.answer_span(), block.kind) {
                (Some(span), _) => (span, ANSWER.to_string()),
                (None, BlockKind::Heading(_)) => (after(block.span.end), format!("\n\n{ANSWER}")),
                (None, BlockKind::Paragraph) if !quoted => {
                    let indent = " ".repeat(column as usize - 1);
                    (after(prompt.span.end), format!("\n\n{indent}{ANSWER}\n"))
                }
                // the cell beside it
                (None, BlockKind::Cell) => {
                    let bar = text[block.span.end as usize..].find('|').unwrap_or_default() as u32;
                    (after(block.span.end + bar + 1), format!(" {ANSWER}"))
                }
                (None, _) => (after(prompt.span.end), format!(" {ANSWER}")),
            };
            let mut mended = text.clone();
            mended.replace_range(span.range(), &answer);
            made += 1;
            let found = compare::mended(&before, &checked(&path, &mended), index);
            if !found.is_empty() {
                let line = review.source().line(prompt.span.start);
                failures.push(format!("{}:{line} {}: {}", path.display(), item.id, found.join("; ")));
            }
        }
    }
    eprintln!("{made} answers given, {} failures", failures.len());
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
