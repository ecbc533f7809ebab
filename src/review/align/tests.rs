//! Tests of which lines ask a question in the template's words.

use crate::review::tests::{TITLE, input, item, review};
use crate::review::{Match, Review, State, Templates};
use crate::settings::{Origin, Set, Settings};
use crate::template::from_yaml;

fn day0(text: &str) -> Review {
    review(&format!("{TITLE}{text}"))
}

#[test]
fn a_heading_beside_its_section_that_asks_a_question_does_not_end_the_section() {
    let persona = "Describe the target persona or user(s) for the project?";
    let text = format!("### Scope\n\n### {persona}\n\nUs.\n\n**Unsupported use cases:** Ships.\n");
    let found = day0(&text);
    let unsupported = (Match::Paraphrased, State::Answered, vec!["Ships."]);
    assert_eq!(item(&found, "day0.scope.unsupported-use-cases"), unsupported);
    assert_eq!(item(&found, "day0.scope.target-persona").2, ["Us."]);
}

#[test]
fn a_heading_beside_its_section_that_only_begins_like_a_question_ends_the_section() {
    let text =
        "### Design\n\n#### Design principles\n\nLight.\n\n### Describe the project colours\n\nThey shine.\n";
    assert_eq!(item(&day0(text), "day0.design.principles").2, ["Light."]);
}

#[test]
fn a_short_beginning_of_a_question_is_enough_where_it_is_set_apart() {
    let matched = |text: &str| {
        let found = day0(&format!("### Scope\n\n{text}\n\nBy hand.\n"));
        item(&found, "day0.scope.roadmap").0
    };
    assert_eq!(matched("#### Describe the roadmap process"), Match::Edited);
    assert_ne!(matched("#### Describe the roadmap"), Match::Edited);
}

#[test]
fn a_short_wording_in_bold_is_whole_with_its_answer_on_the_line() {
    let found = day0("### Design\n\n* **Describe the project defaults:** Dark by day.\n");
    let defaults = (Match::Verbatim, State::Answered, vec!["Dark by day."]);
    assert_eq!(item(&found, "day0.design.api.defaults"), defaults);
}

#[test]
fn a_question_of_which_only_the_beginning_is_bold_ends_behind_its_last_word() {
    let question =
        "**How can a rollout or rollback fail?** Describe any impact to already running workloads.";
    let text = |answer: &str| {
        format!("## Day 1\n\n### Rollout, Upgrade and Rollback Planning\n\n* {question}{answer}\n")
    };
    assert_eq!(item(&day0(&text("")), "day1.rollout.failure").1, State::Unanswered);
    assert_eq!(item(&day0(&text(" In the rain.")), "day1.rollout.failure").2, ["In the rain."]);
}

#[test]
fn the_mark_with_which_an_answer_begins_belongs_to_the_answer() {
    let persona = "* Describe the target persona or user(s) for the project? *Lighters* of lamps.";
    let found = day0(&format!("### Scope\n\n{persona}\n"));
    assert_eq!(item(&found, "day0.scope.target-persona").2, ["*Lighters* of lamps."]);
}

#[test]
fn a_short_wording_with_its_answer_on_the_line_is_a_label() {
    let matched = |line: &str| {
        let text = format!("# Security Self-assessment - Lanterns\n\n## Overview\n\n- {line}\n");
        item(&review(&text), "overview.actors").0
    };
    assert_eq!(matched("Actors\n\n  Lighters and wardens."), Match::Verbatim);
    assert_eq!(matched("Actors: lighters and wardens."), Match::Paraphrased);
}

#[test]
fn who_kept_half_of_a_sections_questions_rewords_none_that_his_template_did_not_have() {
    let template = "id: lamp\nlevels: [only]\nrevisions: [{id: 2024-01-01}, {id: 2025-01-01}]\nitems:\n\
        - id: light\n  kind: section\n  title: Light of the lamps\n  items:\n\
        \x20 - {id: oil, kind: question, text: Which oil do the lamps take?, until: 2024-01-01}\n\
        \x20 - {id: lit, kind: question, text: When in the evening is each of the lamps lit?, since: 2025-01-01}\n";
    let settings = Settings {
        template: Some(Set { value: "lamp".into(), origin: Origin::Flag }),
        ..Settings::default()
    };
    let matched = |questions: &str| {
        let templates = Templates::new(vec![from_yaml(template).unwrap()]);
        let text = format!("# Lanterns\n\n## Light of the lamps\n\n{questions}");
        item(&crate::check(&input(&text), &settings, &templates).review.unwrap(), "lit").0
    };
    let reworded = "* When in the evening is each lamp lit?\n  At dusk.\n";
    assert_eq!(matched(reworded), Match::Edited);
    assert_eq!(matched(&format!("* Which oil do the lamps take?\n  Any.\n{reworded}")), Match::None);
}
