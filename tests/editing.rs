//! What editors put into documents: suppression comments and answers that are still to be completed. Over all
//! fixtures each must do what it says and nothing else.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

#[path = "common/files.rs"]
mod files;

use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;

use files::{below, root};
use gtr_lint::diagnostic::{Diagnostic, Edit};
use gtr_lint::input::Input;
use gtr_lint::review::{Review, State, Templates};
use gtr_lint::settings::Settings;
use gtr_lint::source::{FileId, Source};
use gtr_lint::template::ItemIndex;
use gtr_lint::{Checked, check, scaffold, suppress};

/// The documents of all fixtures.
fn documents() -> Vec<PathBuf> {
    let found = below(&root().join("fixtures"), ".md");
    assert!(found.len() > 50);
    found
}

fn checked(text: &str, templates: &Templates) -> Checked {
    check(&Input::alone(Source::new("review.md", text)), &Settings::default(), templates)
}

fn edited(text: &str, edit: &Edit, reason: &str) -> String {
    let mut text = text.to_string();
    text.replace_range(edit.span.range(), &edit.text.replace('…', reason));
    text
}

fn states(review: &Review) -> Vec<State> {
    review.items.iter().map(|bound| bound.state).collect()
}

fn about(all: &[Diagnostic]) -> Vec<String> {
    let mut all: Vec<_> = all.iter().map(|one| format!("{} {}", one.rule, one.message)).collect();
    all.sort();
    all
}

#[test]
fn a_suppression_silences_its_finding_and_changes_no_answer() {
    let templates = Templates::new(Vec::new());
    let (mut done, mut nowhere) = (0, 0);
    let mut problems = Vec::new();
    for path in documents() {
        let text = fs::read_to_string(&path).unwrap();
        let before = checked(&text, &templates);
        let Some(review) = &before.review else { continue };
        let source = review.source().clone();
        let mut of_rule: HashMap<_, usize> = HashMap::new();
        for one in &before.diagnostics {
            assert_eq!(one.primary.file, FileId(0));
            // those of one rule in one document stand in like places
            let number = of_rule.entry(one.rule).or_default();
            *number += 1;
            if *number > 3 {
                continue;
            }
            let here = suppress::for_finding(one, &source, Some(&review.document), &before.diagnostics);
            nowhere += usize::from(here.is_none());
            let everywhere = suppress::for_file(one, &source, Some(&review.document));
            for edit in here.into_iter().chain([everywhere]) {
                done += 1;
                let name = format!("{} {} {:?}", path.display(), one.message, edit.text);
                let after = checked(&edited(&text, &edit, "not for us"), &templates);
                let Some(now) = &after.review else {
                    problems.push(format!("no document any more: {name}"));
                    continue;
                };
                if states(now) != states(review) {
                    problems.push(format!("states: {name}"));
                }
                let same = |other: &&Diagnostic| other.rule == one.rule && other.message == one.message;
                if after.diagnostics.iter().filter(same).count()
                    >= before.diagnostics.iter().filter(same).count()
                {
                    problems.push(format!("not silenced: {name}"));
                }
                let (old, new) = (about(&before.diagnostics), about(&after.diagnostics));
                for more in new.iter().filter(|more| !old.contains(more)) {
                    problems.push(format!("new: {more}: {name}"));
                }
                // until there is a reason, it silences nothing
                let open = checked(&edited(&text, &edit, "…"), &templates);
                if !open.suppressed.is_empty() && before.suppressed.is_empty() {
                    problems.push(format!("silenced without a reason: {name}"));
                }
            }
        }
    }
    assert!(done > 300 && nowhere < done / 20, "{done} comments, {nowhere} findings with no place for one");
    assert!(problems.is_empty(), "{} problems\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn an_answer_is_the_answer_of_its_question_and_of_no_other() {
    let templates = Templates::new(Vec::new());
    let (mut done, mut nowhere) = (0, 0);
    let mut problems = Vec::new();
    for path in documents() {
        let text = fs::read_to_string(&path).unwrap();
        let before = checked(&text, &templates);
        let Some(review) = &before.review else { continue };
        for index in review.template.indices() {
            let state = review.bound(index).state;
            if !review.is_leaf_question(index)
                || !matches!(state, State::Unanswered | State::Placeholder | State::NotApplicableBare)
            {
                continue;
            }
            let Some((span, put)) = scaffold::answer(review, index, "N/A, because …") else {
                // other documents ask in tables and boxes, where an editor offers nothing
                nowhere += usize::from(matches!(review.template.id.as_str(), "gtr" | "kep"));
                continue;
            };
            done += 1;
            let edit = Edit { file: FileId(0), span, text: put };
            let name = format!("{} {} {:?}", path.display(), review.item(index).id, edit.text);
            for (reason, expected) in
                [("…", State::NotApplicableBare), ("it stores nothing at all", State::NotApplicable)]
            {
                let after = checked(&edited(&text, &edit, reason), &templates);
                let Some(now) = &after.review else {
                    problems.push(format!("no document any more: {name}"));
                    continue;
                };
                let mut wanted = states(review);
                wanted[usize::from(index.0)] = expected;
                for (at, (is, wanted)) in states(now).into_iter().zip(wanted).enumerate() {
                    let other = &review.template.items[at];
                    let at = ItemIndex(at as u16);
                    // an answer is one to the lead-in above it, and to the boxes below
                    let related =
                        at < index && index < other.end || index < at && at < review.item(index).end;
                    if is != wanted && !related {
                        problems.push(format!("{} is {is:?}, not {wanted:?} ({reason}): {name}", other.id));
                    }
                }
            }
        }
    }
    assert!(done > 50 && nowhere < done / 20, "{done} answers, {nowhere} questions with no place for one");
    assert!(problems.is_empty(), "{} problems\n{}", problems.len(), problems.join("\n"));
}
