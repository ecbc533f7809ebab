//! Tests of the room as a whole: small documents, and what is bound in them.

use super::{Evidence, Match, Review, State, Templates};
use crate::input::{Input, Place, Repository};
use crate::settings::{Origin, Set, Settings};
use crate::source::Source;
use crate::template::{Template, from_yaml};

const TITLE: &str = "# General Technical Review - Lanterns / Sandbox\n\n## Day 0 - Planning Phase\n\n";

fn input(text: &str) -> Input {
    Input::alone(Source::new("review.md", text))
}

fn review(text: &str) -> Review {
    crate::check(&input(text), &Settings::default(), &Templates::default()).review.unwrap()
}

/// How an item is matched, its state and its answer.
fn item<'a>(review: &'a Review, id: &str) -> (Match, State, Vec<&'a str>) {
    let bound = review.bound(review.template.find(id).unwrap());
    let matched = bound.prompt().map_or(Match::None, |prompt| prompt.matched);
    (matched, bound.state, bound.answer.iter().map(|span| review.text(*span)).collect())
}

/// A template of one's own with two questions.
fn own(id: &str, recognition: &str) -> Template {
    let items = "items:\n- {id: light, kind: section, title: Light of the lamps, items: [\
        {id: light.how, kind: question, text: How bright is it?}, {id: light.why, kind: question, text: Why at night?}]}\n";
    from_yaml(&format!("id: {id}\nlevels: [only]\nrevisions: [{{id: 2024-01-01}}]\n{recognition}{items}"))
        .unwrap()
}

fn evidence(input: &Input, templates: &Templates) -> Vec<Evidence> {
    crate::evidence(input, &Settings::default(), templates)
}

#[test]
fn every_sign_speaks_for_a_template() {
    let templates = Templates::default();
    let text =
        format!("{TITLE}### Scope\n\n* Describe the target persona or user(s) for the project?\n  Us.\n");
    let found = evidence(&input(&text), &templates);
    assert_eq!((found[0].template.as_str(), found[0].enough), ("gtr", true));
    assert_eq!(found[0].found[0], "its title names the kind, and a project or a level");
    assert!(found[0].found[1].starts_with("2 of "), "{:?}", found[0]);
    assert!(found[0].found[2].starts_with("1 of "), "{:?}", found[0]);
    let titled = found[0].confidence;
    assert!((50..100).contains(&titled), "{titled}");
    assert!(found[1..].iter().all(|other| !other.enough && other.confidence < 50), "{found:?}");
    // its path and its questions make it surer
    let mut placed = input(&text);
    placed.place = Some(Place {
        path: "projects/lanterns/tech-review/2026-01-01.md".into(),
        repository: Repository::Toc,
    });
    let found = evidence(&placed, &templates);
    assert_eq!(found[0].found[1], "it lies where such documents lie");
    assert!(found[0].confidence > titled);
    let less = evidence(&input(&text.replace(" - Lanterns / Sandbox", "")), &templates);
    assert_eq!(less[0].found[0], "its title names the kind");
    assert!(less[0].confidence < titled);
}

#[test]
fn what_only_mentions_a_kind_is_a_guess() {
    let templates = Templates::default();
    let found = evidence(&input("# Notes\n\nOn lamps in their planning phase.\n"), &templates);
    assert_eq!((found[0].enough, found[0].confidence), (false, 0));
    // a title and a question are not enough
    let questions = "* Describe the target persona or user(s) for the project?\n";
    let found = evidence(&input(&format!("# General Technical Review\n\n{questions}")), &templates);
    assert!(!found[0].enough && (30..50).contains(&found[0].confidence), "{found:?}");
    assert!(evidence(&input("# Notes\n\nOn lamps.\n"), &templates).is_empty());
}

#[test]
fn a_first_heading_of_another_kind_refuses_a_document() {
    let recognition =
        "recognition: {titles: [Lamp Review], front-matter: ['kind: lamp'], other-titles: [How to write]}\n";
    let templates = Templates::new(vec![own("lamp", recognition)]);
    let body = "\n## Light of the lamps\n\n* How bright is it?\n  Very.\n";
    let found = evidence(&input(&format!("# How to write a Lamp Review\n{body}")), &templates);
    assert_eq!((found[0].enough, found[0].confidence), (false, 0));
    assert_eq!(found[0].found[0], "its title is one of another kind");
    let found = evidence(&input(&format!("---\nkind: lamp\n---\n{body}")), &templates);
    assert!(found[0].enough, "{found:?}");
    assert!(found[0].found.contains(&"its front matter says so".to_owned()), "{found:?}");
    let found = evidence(&input(&format!("---\nkind: sun\n---\n{body}")), &templates);
    assert!(!found[0].found.contains(&"its front matter says so".to_owned()), "{found:?}");
}

#[test]
fn templates_of_ones_own_win_and_need_no_anchors() {
    let anchored = own("kep", "recognition: {anchors: [lamp review], titles: [Lamp Review]}\n");
    let templates = Templates::new(vec![own("lamp", "recognition: {titles: [Lamp Review]}\n"), anchored]);
    let ids = templates.ids();
    assert_eq!(ids.iter().filter(|id| *id == "kep").count(), 1);
    assert_eq!(ids.last().map(String::as_str), Some("lamp"));
    assert!(templates.get("kep").unwrap().template.find("light.how").is_some(), "not the bundled one");
    assert!(templates.get("sun").is_none());
    let candidates = |text: &str, settings: &Settings| -> Vec<String> {
        let found = templates.candidates(&input(text), settings);
        found.iter().map(|catalogue| catalogue.template.id.clone()).collect()
    };
    let settings = Settings::default();
    assert_eq!(candidates("# Notes\n", &settings), ["lamp"]);
    assert_eq!(candidates("# A LAMP REVIEW\n", &settings), ["lamp", "kep"]);
    assert_eq!(candidates("# General Technical Review\n", &settings), ["gtr", "lamp"]);
    let named = |id: &str| Settings {
        template: Some(Set { value: id.into(), origin: Origin::Flag }),
        ..Settings::default()
    };
    assert_eq!(candidates("# Notes\n", &named("gtr")), ["gtr"]);
    assert_eq!(candidates("# Notes\n", &named("sun")), [""; 0]);
    assert!(templates.likely(&input("# General Technical Review\n"), &named("gtr")).is_empty());
    // what is named is taken, whatever the document is
    let checked = crate::check(&input("# Notes\n"), &named("lamp"), &templates);
    assert_eq!(checked.review.unwrap().template.id, "lamp");
}

#[test]
fn where_questions_of_a_lead_in_stand_decides_how_its_labels_look() {
    let text = |label: &str| {
        format!(
            "{TITLE}### Design\n\n* Please outline the project’s API Design:\n\
             \x20 * Describe the project’s API topology and conventions\n    * Two kinds.\n  {label}\n    * Hourly copies.\n"
        )
    };
    let found = |label: &str| {
        let review = review(&text(label));
        let (matched, ..) = item(&review, "day0.design.api.defaults");
        matched
    };
    assert_eq!(found("* Defaults:"), Match::Paraphrased);
    // another style than its sibling's: a point of the answer above
    assert_eq!(found("* **Defaults**:"), Match::None);
    assert_eq!(found("  * Defaults:"), Match::None);
}

#[test]
fn comments_of_gtr_new_are_left_over_once_their_question_is_answered() {
    let text = |answer: &str| {
        format!(
            "{TITLE}<!-- gtr: all of it -->\n\n### Scope\n\n* Describe the target persona or user(s) for the project?\n\
             \x20 <!-- gtr: who it is for -->\n{answer}"
        )
    };
    let left = |text: &str| review(text).leftovers.iter().filter(|left| left.ours).count();
    assert_eq!(left(&text("\n")), 0);
    assert_eq!(left(&text("  TBD\n")), 0);
    // that above all questions stays until all are answered
    assert_eq!(left(&text("  Operators of lamps.\n")), 1);
}

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
