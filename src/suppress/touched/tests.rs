//! Tests: one document, one change, the findings that count.

use super::*;
use crate::input::{Input, Role};
use crate::review::Templates;
use crate::settings::Settings;
use crate::source::Hunk;

const TEXT: &str = "\
# General Technical Review - Widget / Sandbox

## Day 0 - Planning Phase

### Scope

* Describe the roadmap process, how scope is determined for mid to long term features, as well as how the roadmap maps back to current contributions and maintainer ladder?

  TBD

* Describe the target persona or user(s) for the project?

* Explain the primary use case for the project. What additional use cases are supported by the project?

  Many.

### Usability

* How should the target personas interact with your project?

### Installation

* How does an adopter test and validate the installation?

  TODO
";

/// Rules and items that count of a document when some lines of it were touched.
fn of(text: &str, hunks: &[(u32, u32)]) -> Vec<String> {
    let input = Input::alone(Source::new("review.md", text));
    let checked = crate::check(&input, &Settings::default(), &Templates::new(Vec::new()));
    let hunks = hunks.iter().map(|&(first, count)| Hunk { first, count }).collect();
    let touched = Touched::new(checked.review.as_ref(), [(&input.file, ChangedLines::Some(hunks))]);
    let all = checked.diagnostics.iter().filter(|one| touched.has(one));
    let known = ["missing-question", "missing-section", "placeholder-answer", "unanswered-question"];
    let all = all.filter(|one| known.contains(&one.rule.0));
    all.map(|one| format!("{} {}", one.rule, one.item.as_deref().unwrap_or("-"))).collect()
}

/// 1-based line of a part of the text.
fn line(part: &str) -> u32 {
    TEXT[..TEXT.find(part).unwrap()].matches('\n').count() as u32 + 1
}

/// Those about questions that are there.
fn asked(hunk: (u32, u32)) -> Vec<String> {
    of(TEXT, &[hunk]).into_iter().filter(|one| !one.starts_with("missing")).collect()
}

#[test]
fn a_question_counts_with_its_lines_and_those_of_its_answer() {
    let roadmap = ["placeholder-answer day0.scope.roadmap"];
    assert_eq!(asked((line("  TBD"), 1)), roadmap);
    assert_eq!(asked((line("* Describe the roadmap"), 1)), roadmap);
    assert_eq!(asked((line("* Describe the target"), 1)), ["unanswered-question day0.scope.target-persona"]);
    assert!(of(TEXT, &[]).is_empty());
}

#[test]
fn what_was_taken_away_belongs_to_what_stands_before_it() {
    let persona = ["unanswered-question day0.scope.target-persona"];
    assert_eq!(asked((line("* Describe the target"), 0)), persona);
    assert_eq!(asked((line("* Describe the target") + 1, 0)), persona);
}

#[test]
fn a_missing_question_counts_with_its_section() {
    let here = |found: Vec<String>, section: &str| {
        found.iter().any(|one| one.starts_with("missing-question") && one.contains(section))
    };
    assert!(here(of(TEXT, &[(line("  Many."), 1)]), "day0.scope"), "{:?}", of(TEXT, &[(line("  Many."), 1)]));
    assert!(!here(of(TEXT, &[(line("  Many."), 1)]), "day0.usability"));
    assert!(here(of(TEXT, &[(line("### Usability"), 1)]), "day0.usability"));
    // a question's heading does not end its section, another heading of the same level does
    let own = TEXT.replace("### Usability", "### Notes of our own\n\nText.\n\n### Usability");
    assert!(!here(of(&own, &[(line("### Usability") + 2, 1)]), "day0"));
}

#[test]
fn a_missing_section_counts_where_it_would_follow() {
    let design = |found: Vec<String>| found.iter().any(|one| one.starts_with("missing-section day0.design"));
    assert!(design(of(TEXT, &[(line("* How should"), 0)])));
    assert!(!design(of(TEXT, &[(line("  Many."), 1)])));
}

#[test]
fn another_level_asks_everything_anew() {
    let all = of(TEXT, &[(1, 1)]);
    assert!(all.contains(&"placeholder-answer day0.scope.roadmap".to_string()), "{all:?}");
    assert!(all.iter().any(|one| one.starts_with("missing-section day0.design")), "{all:?}");
}

#[test]
fn an_entry_of_metadata_counts_with_its_lines_and_an_absent_one_with_any() {
    let text = "title: Pods\nauthors:\n  - \"@a\"\n  - \"@b\"\nstatus: fine\napprovers:\nstage: alpha\nowning-sig: sig-node\n";
    let readme = Source::new("README.md", "# Notes\n");
    let mut input = Input::alone(readme);
    input.companions.push((Role::KepMetadata, Source::new("kep.yaml", text)));
    let checked = crate::check(&input, &Settings::default(), &Templates::new(Vec::new()));
    let rules = |hunks: &[(u32, u32)]| {
        let hunks = hunks.iter().map(|&(first, count)| Hunk { first, count }).collect();
        let none = ChangedLines::Some(Vec::new());
        let files = [(&input.file, none), (&input.companions[0].1, ChangedLines::Some(hunks))];
        let touched = Touched::new(checked.review.as_ref(), files);
        let found = checked.diagnostics.iter().filter(|one| touched.has(one));
        found.map(|one| one.message.clone()).collect::<Vec<_>>()
    };
    let absent = "kep.yaml has no `kep-number`";
    assert!(rules(&[]).is_empty());
    assert_eq!(rules(&[(4, 1)]), [absent]);
    // a value was taken away
    let approvers = rules(&[(6, 0)]);
    assert!(approvers.iter().any(|one| one.contains("`approvers` has no value")), "{approvers:?}");
    assert!(rules(&[(5, 1)]).iter().any(|one| one.contains("fine")), "{:?}", rules(&[(5, 1)]));
}
