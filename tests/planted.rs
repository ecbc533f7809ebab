//! One answered question of a real document is spoilt: exactly one finding more appears, and nothing else
//! changes. Over every document of the corpus (where it is there) and of the fixtures.
#![allow(clippy::print_stderr, reason = "the figures are for people, and a skipped test must say so")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use gtr_lint::input::Input;
use gtr_lint::review::{Review, State, Templates};
use gtr_lint::settings::Settings;
use gtr_lint::source::{Source, Span};
use gtr_lint::template::ItemIndex;
use gtr_lint::{Checked, check};

#[path = "planted/compare.rs"]
mod compare;
#[path = "planted/mutant.rs"]
mod mutant;

use mutant::{PLANTS, Plant};

/// Documents of the corpus and of the fixtures, in a stable order.
fn documents() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = |dir: PathBuf| {
        fs::read_dir(dir).into_iter().flatten().flatten().map(|entry| entry.path()).collect::<Vec<_>>()
    };
    let mut all: Vec<PathBuf> = files(root.join("../shared/corpus/gtr/docs"));
    if all.is_empty() {
        eprintln!("skipped: the corpus is not there");
    }
    all.extend(files(root.join("fixtures/gtr")).into_iter().map(|dir| dir.join("review.md")));
    all.retain(|path| path.extension().is_some_and(|end| end == "md") && path.is_file());
    all.sort();
    all
}

fn checked(text: &str) -> Checked {
    let input = Input::alone(Source::new("review.md", text));
    check(&input, &Settings::default(), &Templates::default())
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
    let same_trace =
        |other: ItemIndex| other != index && review.item(other).until == review.item(index).until;
    let traces = || review.bound_items().filter(|(other, ..)| same_trace(*other));
    if review.item(index).until.is_some() && traces().all(|(_, _, other)| other.prompts.is_empty()) {
        return Some("the only trace of the document's revision: without it the newer one fits");
    }
    None
}

#[test]
fn a_spoilt_answer_is_one_finding_more() {
    let mut made = 0;
    let mut unfit: BTreeMap<&str, usize> = BTreeMap::new();
    let mut failures = Vec::new();
    let wanted = std::env::var("PLANTED_DOCUMENT").ok();
    for path in documents() {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().to_string();
        if wanted.as_ref().is_some_and(|wanted| *wanted != name) {
            continue;
        }
        let text = fs::read_to_string(&path).expect("a document of the corpus is UTF-8");
        let before = checked(&text);
        let Some(review) = &before.review else { continue };
        let all = targets(review);
        let was = failures.len();
        for &index in &all {
            for plant in PLANTS {
                if let Some(why) = unfair(review, index, plant) {
                    *unfit.entry(why).or_default() += 1;
                    continue;
                }
                let mutant =
                    mutant::plant(review, index, plant).expect("the question has a prompt and an answer");
                made += 1;
                let after = checked(&mutant.text);
                let found = compare::differences(&before, &after, index, plant, mutant.gone);
                if !found.is_empty() {
                    if let Ok(dir) = std::env::var("PLANTED_DUMP") {
                        fs::write(
                            format!("{dir}/{name}-{}-{plant:?}.md", review.item(index).id),
                            &mutant.text,
                        )
                        .unwrap();
                    }
                    let line = review.source().line(mutant.gone.start);
                    failures.push(format!(
                        "{name}:{line} {} {plant:?}: {}",
                        review.item(index).id,
                        found.join("; ")
                    ));
                }
            }
        }
        eprintln!("{name}: {} questions, {} failures", all.len(), failures.len() - was);
    }
    eprintln!("{made} mutants, {} failures, unfair: {unfit:?}", failures.len());
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
