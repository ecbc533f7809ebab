//! Fixes over every document of the corpus (where it is there) and of the fixtures: no answer changes, a second run
//! has nothing to do, what was fixed is gone.
#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test that cannot go on may panic, and a skipped one must say so"
)]

#[path = "common/files.rs"]
mod files;

use std::path::PathBuf;

use files::{below, input, root, shared};
use gtr_lint::diagnostic::Diagnostic;
use gtr_lint::fix::Fixed;
use gtr_lint::input::Input;
use gtr_lint::review::{State, Templates};
use gtr_lint::settings::Settings;
use gtr_lint::source::Source;
use gtr_lint::template::ItemKind;
use gtr_lint::{Checked, check, fix};

/// A document's directory, name and companions.
fn documents() -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = below(&root().join("fixtures"), ".md");
    // files to derive a schema from: the templates of other processes, with no answers
    all.retain(|path| !path.starts_with(root().join("fixtures/derive")));
    for corpus in ["corpus/gtr/docs", "corpus/seeds"] {
        all.extend(shared(corpus).into_iter().flat_map(|directory| below(&directory, ".md")));
    }
    all
}

/// Item and answer, white space aside, of all that is answered.
fn answers(checked: &Checked) -> Vec<(String, String)> {
    let review = checked.review.as_ref().unwrap();
    let answered = review.bound_items().filter(|(_, item, bound)| {
        item.kind != ItemKind::Field && bound.state != State::Missing && !bound.answer.is_empty()
    });
    let text = |spans: &[gtr_lint::source::Span]| {
        let words = spans.iter().flat_map(|span| review.text(*span).split_whitespace());
        words.collect::<Vec<_>>().join(" ")
    };
    let mut all: Vec<_> = answered.map(|(_, item, bound)| (item.id.clone(), text(&bound.answer))).collect();
    all.sort();
    all
}

fn fixable(diagnostics: &[Diagnostic], all: bool) -> Vec<&Diagnostic> {
    diagnostics.iter().filter(|one| one.fix.as_ref().is_some_and(|fix| fix.safe || all)).collect()
}

fn with(input: &Input, fixed: &Fixed) -> Input {
    let mut input = input.clone();
    input.file = fixed.sources[0].clone();
    for ((_, source), new) in input.companions.iter_mut().zip(&fixed.sources[1..]) {
        *source = new.clone();
    }
    input
}

#[test]
fn fixes_lose_no_answer_and_leave_nothing_to_fix() {
    let (settings, templates) = (Settings::default(), Templates::default());
    let (mut documents_fixed, mut applied, mut refused) = (0, 0, 0);
    for path in documents() {
        let Some(input) = input(&path) else { continue };
        let before = check(&input, &settings, &templates);
        let Some(review) = &before.review else { continue };
        for all in [false, true] {
            let fixed = fix(&input, &settings, &templates, &before, all);
            assert!(fixed.converged, "{}: fixes go on and on: {:?}", path.display(), fixed.applied);
            let again = with(&input, &fixed);
            let after = check(&again, &settings, &templates);
            let recognised = after.review.as_ref().map(|review| &review.template.id);
            assert_eq!(recognised, Some(&review.template.id), "{}", path.display());
            assert_eq!(answers(&before), answers(&after), "{}", path.display());
            let left = fixable(&after.diagnostics, all);
            assert!(
                left.len() <= fixed.refused.len(),
                "{}: {:?} is left, {:?} was refused",
                path.display(),
                left.iter().map(|one| (one.rule, &one.message)).collect::<Vec<_>>(),
                fixed.refused
            );
            let second = fix(&again, &settings, &templates, &after, all);
            assert_eq!(second.applied, [], "{}: a second run", path.display());
            documents_fixed += usize::from(!fixed.applied.is_empty());
            applied += fixed.applied.len();
            refused += fixed.refused.len();
            for refused in &fixed.refused {
                eprintln!("refused: {}: {} {:?}", path.display(), refused.title, refused.item);
            }
        }
    }
    eprintln!("{documents_fixed} documents fixed by {applied} fixes, {refused} refused");
    assert!(applied > 50);
}

/// The text of a document after all fixes of one rule.
fn fixed_by(rule: &str, text: &str) -> String {
    let (settings, templates) = (Settings::default(), Templates::default());
    let input = Input::alone(Source::new("review.md", text));
    let mut checked = check(&input, &settings, &templates);
    checked.diagnostics.retain(|one| one.rule.0 == rule);
    assert_eq!(checked.diagnostics.len(), 1, "{text}");
    let fixed = checked.diagnostics[0].fix.as_ref().map(|fix| {
        let mut edits = fix.edits.clone();
        edits.sort_by_key(|edit| std::cmp::Reverse(edit.span.start));
        edits.iter().fold(text.to_string(), |mut text, edit| {
            text.replace_range(edit.span.range(), &edit.text);
            text
        })
    });
    fixed.unwrap_or_default()
}

#[test]
fn a_question_in_the_wrong_section_moves_with_all_that_answers_it() {
    let beginning = "# General Technical Review - Tidemark / Sandbox\n\n## Day 0 - Planning Phase\n\n";
    let first = "#### How should the target personas interact with your project?\n\nBy hand.\n\n";
    let moved = "#### How does an adopter test and validate the installation?\n\nRun `check`.\n\n```sh\ncheck\n```\n\nIt prints ok.\n";
    let installed = "### Installation\n\n#### Describe how the project is installed and initialized, e.g. a minimal install with a few lines of code or does it require more complex integration and configuration?\n\nBy helm.\n";
    let before = format!("{beginning}### Usability\n\n{first}{moved}\n{installed}");
    let after = format!("{beginning}### Usability\n\n{first}{installed}\n{moved}");
    assert_eq!(fixed_by("misplaced-question", &before), after);
    // a section that writes its questions otherwise gets none: what stands there would change
    let bullets = installed.replace("#### ", "* ").replace("\n\nBy", "\n  * By");
    assert_eq!(
        fixed_by("misplaced-question", &format!("{beginning}### Usability\n\n{first}{moved}\n{bullets}")),
        ""
    );
}
