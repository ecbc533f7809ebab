//! Tests of what answers a question, and which questions one answer is for.

use crate::review::tests::{TITLE, input, item, review};
use crate::review::{Review, State, Templates};
use crate::settings::Settings;
use crate::template::from_yaml;

const PERSONA: &str = "Describe the target persona or user(s) for the project?";
const RESEARCH: &str = "Please describe any completed end user research and link to any reports.";

fn scope(text: &str) -> Review {
    review(&format!("{TITLE}### Scope\n\n{text}\n"))
}

fn persona(text: &str) -> (State, Vec<String>) {
    let review = scope(text);
    let (_, state, answer) = item(&review, "day0.scope.target-persona");
    (state, answer.into_iter().map(str::to_owned).collect())
}

fn answered(parts: &[&str]) -> (State, Vec<String>) {
    (State::Answered, parts.iter().map(|part| (*part).to_owned()).collect())
}

#[test]
fn a_heading_of_the_authors_own_right_below_a_question_belongs_to_its_answer() {
    let text = format!("#### {PERSONA}\n\n### Lamp lighters\n\nThey light them.\n\n### Usability\n\nMore.\n");
    assert_eq!(persona(&text), answered(&["### Lamp lighters", "They light them."]));
    // unless something stands between, or it closes the questions
    let text = format!("#### {PERSONA}\n\nUs.\n\n### Lamp lighters\n\nThey light them.\n");
    assert_eq!(persona(&text), answered(&["Us."]));
    let text = format!("#### {PERSONA}\n\n### References\n\nThey light them.\n");
    assert_eq!(persona(&text).0, State::Unanswered);
}

#[test]
fn questions_joined_on_one_line_are_answered_behind_the_last() {
    let joined = format!("**{PERSONA} and {RESEARCH}**\n\nOperators, whom we asked.\n");
    let review = scope(&joined);
    for id in ["day0.scope.target-persona", "day0.scope.end-user-research"] {
        assert_eq!(item(&review, id).2, ["Operators, whom we asked."], "{id}");
    }
}

#[test]
fn a_question_asked_again_in_a_comment_below_is_answered_behind_it() {
    let text = format!("**{PERSONA}**\n\n<!-- {PERSONA} -->\n\nOperators.\n");
    assert_eq!(persona(&text), answered(&["Operators."]));
    let text = format!("**{PERSONA}**\n\n<!-- {RESEARCH} -->\n\nOperators.\n");
    assert_eq!(persona(&text).0, State::Unanswered, "another question stands in the comment");
}

#[test]
fn a_number_in_the_first_cell_of_the_next_row_answers_nothing() {
    let text = format!(
        "| no | question | answer |\n|---|---|---|\n| one | {PERSONA} | |\n| two | {RESEARCH} | None. |\n"
    );
    assert_eq!(persona(&text).0, State::Unanswered);
    assert_eq!(item(&scope(&text), "day0.scope.end-user-research").2, ["None."]);
}

/// Five questions, three that a lead-in asks, and one more; answers may be shared where `shared` says so.
fn lamps(text: &str, shared: bool) -> Review {
    let question = |at: usize| {
        format!("  - {{id: light.q{at}, kind: question, text: What is the {} lamp good for?}}\n", NTH[at])
    };
    let group: String = (5..8).map(|at| format!("    {}", question(at))).collect();
    let items = format!(
        "items:\n- id: light\n  kind: section\n  title: Light of the lamps\n  items:\n{}  - id: light.group\n    kind: group\n\
         \x20   text: What are the other lamps good for?\n    items:\n{group}{}",
        (0..5).map(question).collect::<String>(),
        question(8),
    );
    let head =
        format!("id: lamp\nlevels: [only]\nrevisions: [{{id: 2024-01-01}}]\nshared-answers: {shared}\n");
    let template = from_yaml(&format!("{head}recognition: {{titles: [Lamp Review]}}\n{items}")).unwrap();
    let text = format!("# Lamp Review - Lanterns\n\n## Light of the lamps\n\n{text}");
    crate::check(&input(&text), &Settings::default(), &Templates::new(vec![template])).review.unwrap()
}

const NTH: [&str; 9] = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"];

/// A list of questions with one answer behind it.
fn listed(asked: &[usize], answer: &str) -> String {
    let list: String =
        asked.iter().map(|at| format!("- What is the {} lamp good for?\n", NTH[*at])).collect();
    format!("{list}\n{answer}\n\n")
}

/// The numbers of the questions that are answered.
fn lit(review: &Review) -> Vec<usize> {
    (0..9).filter(|at| item(review, &format!("light.q{at}")).1 == State::Answered).collect()
}

#[test]
fn one_answer_behind_a_list_where_every_question_has_a_list_answers_a_lead_ins_questions_alone() {
    let each: String = (0..5).map(|at| listed(&[at], "Reading.")).collect();
    let with = |asked: &[usize]| lit(&lamps(&format!("{each}{}", listed(asked, "Walking.")), true));
    // all that one lead-in asks
    assert_eq!(with(&[5, 6, 7]), [0, 1, 2, 3, 4, 5, 6, 7]);
    // two of them, or one of another: all but the last were left open
    assert_eq!(with(&[5, 6]), [0, 1, 2, 3, 4, 6]);
    assert_eq!(with(&[6, 7, 8]), [0, 1, 2, 3, 4, 8]);
    assert_eq!(with(&[5, 6, 7, 8]), [0, 1, 2, 3, 4, 8], "one that the lead-in does not ask");
    // not where the template's authors do not pair questions
    let review = lamps(&format!("{each}{}", listed(&[5, 6, 7], "Walking.")), false);
    assert_eq!(lit(&review), [0, 1, 2, 3, 4, 7]);
}

#[test]
fn where_lists_of_several_questions_are_usual_those_on_adjoining_lines_are_asked_together() {
    let pairs = [&[0, 1][..], &[2, 3], &[4], &[5, 6], &[7], &[8]];
    let text: String = pairs.iter().map(|pair| listed(pair, "Reading.")).collect();
    assert_eq!(lit(&lamps(&text, true)), (0..9).collect::<Vec<_>>());
    assert_eq!(lit(&lamps(&text, false)), [1, 3, 4, 6, 7, 8]);
    // a blank line between them keeps them apart
    let apart = text.replacen("lamp good for?\n- ", "lamp good for?\n\n- ", 1);
    assert_eq!(lit(&lamps(&apart, true)), (1..9).collect::<Vec<_>>());
    // one that has an answer of its own shares none
    let own = text.replacen("lamp good for?\n- ", "lamp good for?\n  Nothing but light.\n- ", 1);
    let review = lamps(&own, true);
    assert_eq!(item(&review, "light.q0").2, ["Nothing but light."]);
    assert_eq!(item(&review, "light.q1").2, ["Reading."]);
    // who answers inside of lists as often shares nothing
    let inside: String =
        (0..5).map(|at| format!("- What is the {} lamp good for?\n  Reading.\n\n", NTH[at])).collect();
    let review =
        lamps(&format!("{inside}{}{}", listed(&[5, 6], "Walking."), listed(&[7, 8], "Walking.")), true);
    assert_eq!(lit(&review), [0, 1, 2, 3, 4, 6, 8]);
}

#[test]
fn where_few_questions_stand_in_lists_those_in_one_are_asked_together() {
    let headings: String =
        (0..5).map(|at| format!("### What is the {} lamp good for?\n\nReading.\n\n", NTH[at])).collect();
    for shared in [true, false] {
        let review = lamps(&format!("{headings}{}", listed(&[5, 6, 8], "Walking.")), shared);
        assert_eq!(lit(&review), [0, 1, 2, 3, 4, 5, 6, 8], "{shared}");
        // and the one right above the list
        let above = headings.replacen("fifth lamp good for?\n\nReading.", "fifth lamp good for?", 1);
        let review = lamps(&format!("{above}{}", listed(&[5, 6], "Walking.")), shared);
        assert_eq!(lit(&review), [0, 1, 2, 3, 4, 5, 6], "{shared}");
        // an answer inside the list is that of its question alone
        let inside = "- What is the sixth lamp good for?\n- What is the seventh lamp good for?\n  Walking.\n";
        assert_eq!(lit(&lamps(&format!("{headings}{inside}"), shared)), [0, 1, 2, 3, 4, 6], "{shared}");
    }
    // half of them in lists is few, more is many
    let half =
        format!("{}{}", headings.split("### What is the third").next().unwrap(), listed(&[5, 6], "Walking."));
    assert_eq!(lit(&lamps(&half, false)), [0, 1, 5, 6]);
    let many = format!(
        "{}{}",
        headings.split("### What is the second").next().unwrap(),
        listed(&[5, 6, 8], "Walking.")
    );
    assert_eq!(lit(&lamps(&many, false)), [0, 8]);
}

#[test]
fn an_answer_in_a_cell_is_read_like_text_where_it_is_alone() {
    let row =
        |answer: &str| persona(&format!("| question | answer |\n|---|---|\n| {PERSONA} | {answer} |\n")).0;
    assert_eq!(row("TBD"), State::Placeholder);
    assert_eq!(row("N/A"), State::NotApplicableBare);
    assert_eq!(row("Us."), State::Answered);
    // in a table of the author's own they are data
    let table = persona(&format!("**{PERSONA}**\n\n| who | how many |\n|---|---|\n| N/A | TBD |\n"));
    assert_eq!(table.0, State::Answered);
}

#[test]
fn who_answers_inside_lists_half_as_often_as_behind_them_shares_nothing() {
    let inside = |at: usize| format!("- What is the {} lamp good for?\n  Reading.\n", NTH[at]);
    let behind: String =
        [&[3][..], &[4], &[5], &[6], &[7, 8]].iter().map(|asked| listed(asked, "Walking.")).collect();
    let two = format!("{}{}\n{behind}", inside(0), inside(1));
    assert_eq!(lit(&lamps(&two, true)), [0, 1, 3, 4, 5, 6, 7, 8]);
    let three = format!("{}{}{}\n{behind}", inside(0), inside(1), inside(2));
    assert_eq!(lit(&lamps(&three, true)), [0, 1, 2, 3, 4, 5, 6, 8]);
}

#[test]
fn a_picture_is_an_answer_and_an_empty_element_is_none() {
    let state = |html: &str| persona(&format!("**{PERSONA}**\n\n{html}\n")).0;
    assert_eq!(state("<img src=\"lamp.png\">"), State::Answered);
    assert_eq!(state("<div>Us.</div>"), State::Answered);
    assert_eq!(state("<div></div>"), State::Unanswered);
}

#[test]
fn an_answer_in_a_row_goes_on_in_rows_without_a_first_cell_and_ends_with_them() {
    let text = format!(
        "| question | answer |\n|---|---|\n| {PERSONA} | Us. |\n| | And you. |\n| Remark | It rains. |\n"
    );
    let (state, answer) = persona(&text);
    let answer = answer.concat();
    assert_eq!(state, State::Answered);
    assert!(answer.contains("Us.") && answer.contains("And you."), "{answer}");
    assert!(!answer.contains("Remark"), "{answer}");
}

#[test]
fn a_sentence_behind_a_question_in_its_heading_answers_it_and_a_remark_in_brackets_does_not() {
    let behind = |text: &str| persona(&format!("#### {PERSONA} {text}\n"));
    assert_eq!(behind("Operators of lamps."), answered(&["Operators of lamps."]));
    assert_eq!(behind("(in short)").0, State::Unanswered);
    assert_eq!(behind("And who else?").0, State::Unanswered);
}

#[test]
fn what_stands_behind_a_question_in_a_comment_further_below_is_no_answer_of_it() {
    let text = |again: &str| format!("**{PERSONA}**\n\n**{RESEARCH}**\n\nNone.\n\n{again}\n\nOperators.\n");
    assert_eq!(persona(&text(&format!("**{PERSONA}**"))), answered(&["Operators."]));
    assert_eq!(persona(&text(&format!("<!-- {PERSONA} -->"))).0, State::Unanswered);
}

#[test]
fn a_sign_before_a_line_says_that_it_asks() {
    for line in ["Q: Target persona", "**Q:** Target persona", "**Question:** Target persona"] {
        assert_eq!(persona(&format!("{line}\n\nUs.\n")), answered(&["Us."]), "{line}");
    }
    assert_eq!(persona("Quite a target persona\n\nUs.\n").0, State::Missing);
    assert_eq!(persona("Q: Who is the target persona? Us.\n"), answered(&["Us."]));
    assert_eq!(persona("**Q:** Who is the target persona? A: Us.\n"), answered(&["Us."]));
}
