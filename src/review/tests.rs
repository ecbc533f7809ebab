//! Tests of the room as a whole: small documents, and what is bound in them.

use super::{Cause, Evidence, Match, Review, State, Templates};
use crate::input::{Input, Place, Repository};
use crate::settings::{Origin, Set, Settings};
use crate::source::Source;
use crate::template::{Template, from_yaml};

pub(super) const TITLE: &str =
    "# General Technical Review - Lanterns / Sandbox\n\n## Day 0 - Planning Phase\n\n";

pub(super) fn input(text: &str) -> Input {
    Input::alone(Source::new("review.md", text))
}

pub(super) fn review(text: &str) -> Review {
    crate::check(&input(text), &Settings::default(), &Templates::default()).review.unwrap()
}

/// How an item is matched, its state and its answer.
pub(super) fn item<'a>(review: &'a Review, id: &str) -> (Match, State, Vec<&'a str>) {
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
    // nor is a whole title, of what stands elsewhere
    let text = "# General Technical Review - Lanterns / Sandbox\n\nSee [the review](lanterns.pdf).\n";
    assert!(!evidence(&input(text), &templates)[0].enough);
    assert!(crate::check(&input(text), &Settings::default(), &templates).review.is_none());
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
        let input = input(text);
        let found = templates.candidates(&input, settings, &templates.likely(&input, settings));
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
    let review = checked.review.unwrap();
    assert_eq!(review.template.id, "lamp");
    // its title names no kind of document, and is where to point at what is absent
    assert_eq!(review.text(review.anchor(crate::template::ItemIndex(0))), "Notes");
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

#[test]
fn entries_of_a_table_of_contents_ask_nothing() {
    let text = format!("{TITLE}- [{PERSONA}](#who)\n\n### Scope\n\n#### {PERSONA}\n\nUs.\n");
    let review = review(&text);
    let bound = review.bound(review.template.find("day0.scope.target-persona").unwrap());
    assert_eq!(bound.prompts.len(), 1);
    assert_eq!(item(&review, "day0.scope.target-persona").2, ["Us."]);
}

#[test]
fn what_a_comment_hides_is_not_laid_at_the_door_of_a_fence() {
    let review = review(&format!(
        "{TITLE}### Scope\n\n<!--\n* {PERSONA}\n-->\n\n### Usability\n\n```\n\n### Design\n\nMore.\n"
    ));
    let bound = review.bound(review.template.find("day0.scope.target-persona").unwrap());
    assert!(matches!(bound.cause, Cause::Commented(_)), "{:?}", bound.cause);
    let design = review.bound(review.template.find("day0.design").unwrap());
    assert!(matches!(design.cause, Cause::Swallowed(_)), "{:?}", design.cause);
}

/// A template of labels and boxes.
fn oil(text: &str) -> Review {
    let items = "items:\n- id: light\n  kind: section\n  title: Light of the lamps\n  items:\n\
        \x20 - {id: light.oil, kind: question, text: Oil. How much of it does a lamp take in one night?}\n\
        \x20 - id: light.lit\n    kind: question\n    text: Which of the lamps are lit?\n    items:\n\
        \x20   - {id: light.lit.street, kind: checkbox, text: Those in the streets}\n\
        \x20 - {id: light.dark, kind: question, text: Which of the lamps are dark?}\n";
    let head =
        "id: lamp\nlevels: [only]\nrevisions: [{id: 2024-01-01}]\nrecognition: {titles: [Lamp Review]}\n";
    let template = from_yaml(&format!("{head}{items}")).unwrap();
    let text = format!("# Lamp Review - Lanterns\n\n## Light of the lamps\n\n{text}");
    crate::check(&input(&text), &Settings::default(), &Templates::new(vec![template])).review.unwrap()
}

#[test]
fn a_label_with_which_a_question_begins_stands_for_it_where_it_is_set_apart_in_its_section() {
    let matched = |text: &str| item(&oil(text), "light.oil").0;
    assert_eq!(matched("**Oil**\n\nTwo litres.\n"), Match::Edited);
    assert_eq!(
        matched("Oil. How much of it does a lamp take in one night?\n\nTwo litres.\n"),
        Match::Verbatim
    );
    assert_eq!(matched("**Oil**\nTwo litres.\n"), Match::Edited);
    for elsewhere in [
        // below a heading of the author's own
        "Text.\n\n## Ships\n\n**Oil**\n\nTwo litres.\n",
        // in the middle of a paragraph, and at the beginning of running text
        "They burn\n**Oil** and wood.\n",
        "Oil. Two litres of it\nin one night.\n",
    ] {
        assert_ne!(matched(elsewhere), Match::Edited, "{elsewhere}");
    }
}

#[test]
fn a_question_quoted_in_running_text_is_not_asked_there() {
    let asked = |text: &str| oil(text).items.iter().filter(|item| !item.prompts.is_empty()).count();
    let dark = "Which of the lamps are dark?";
    assert_eq!(asked(&format!("Of those that burn see the answer to\n\"{dark}\" below.\n")), 1);
    assert_eq!(asked(&format!("Of those that burn see below.\n{dark}\nNone.\n")), 2);
    assert_eq!(asked(&format!("\"{dark}\"\n\nNone.\n")), 2);
}

#[test]
fn a_box_is_one_of_its_question_where_that_was_asked_last() {
    let matched = |text: &str| item(&oil(text), "light.lit.street").0;
    let (lit, dark) = ("### Which of the lamps are lit?\n\n", "### Which of the lamps are dark?\n\n");
    let street = "- [x] Those in the streets\n\n";
    assert_eq!(matched(&format!("{lit}{street}{dark}None.\n")), Match::Verbatim);
    assert_eq!(matched(&format!("{lit}All.\n\n{dark}{street}")), Match::None);
    assert_eq!(matched(&format!("{dark}{street}")), Match::None);
    // what stands behind the boxes of a question answers the question
    let behind = oil(&format!("{lit}{street}TBD\n"));
    assert_eq!(item(&behind, "light.lit").1, State::Placeholder);
}

#[test]
fn a_heading_that_people_write_anyway_tells_no_revision_where_questions_tell_another() {
    let template = "id: lamp\nlevels: [only]\nrecognition: {titles: [Lamp Review]}\n\
        revisions: [{id: 2024-01-01}, {id: 2025-01-01}, {id: 2026-01-01}]\nitems:\n\
        - id: light\n  kind: section\n  title: Light of the lamps\n  items:\n\
        \x20 - {id: light.how, kind: question, text: {'2024-01-01': How bright is it?, '2025-01-01': How bright is it by night?}}\n\
        - {id: notes, kind: section, title: Notes, since: 2026-01-01}\n";
    let revision = |text: &str| {
        let text = format!("# Lamp Review - Lanterns\n\n## Light of the lamps\n\n{text}");
        let templates = Templates::new(vec![from_yaml(template).unwrap()]);
        let review = crate::check(&input(&text), &Settings::default(), &templates).review.unwrap();
        review.template.revision(review.revision).id.clone()
    };
    let (old, new) = ("How bright is it?\n\nVery.\n\n", "How bright is it by night?\n\nVery.\n\n");
    let notes = "## Notes\n\nNone.\n";
    assert_eq!(revision(&format!("{old}{notes}")), "2024-01-01");
    assert_eq!(revision(&format!("{new}{notes}")), "2026-01-01");
    assert_eq!(revision(old), "2024-01-01");
}

#[test]
fn what_a_section_says_of_its_kind_of_document_is_no_title() {
    let settings = Settings {
        template: Some(Set { value: "lamp".into(), origin: Origin::Flag }),
        ..Settings::default()
    };
    let bound = |text: &str| {
        let review = crate::check(&input(text), &settings, &lamps()).review.unwrap();
        (review.title.is_some(), item(&review, "light.why").1)
    };
    let text = "# Lanterns\n\n## Light of the lamps\n\n**Why at night?**\n\nIt is dark.\n\n\
                **Note:** Each Lamp Review - also this one - has two.\n";
    assert_eq!(bound(text), (false, State::Answered));
    // above the sections it is, below a heading too, but not what is quoted there
    assert!(bound(&format!("Lamp Review - Lanterns\n\n{}", &text[12..])).0);
    let (heading, rest) = text.split_at(12);
    assert!(bound(&format!("{heading}Lamp Review - Lanterns\n\n{rest}")).0);
    assert!(!bound(&format!("{heading}> Lamp Review - Lanterns\n\n{rest}")).0);
}

fn lamps() -> Templates {
    Templates::new(vec![own("lamp", "recognition: {titles: [Lamp Review]}\n")])
}

/// A KEP of the sections of 2019 with most of them as high as those that hold sections.
const SECTIONS: &str = "# KEP-1: Lamps\n\n## Release Signoff Checklist\n\n\
    - [x] kubernetes/enhancements issue in release milestone, which links to KEP https://example.org/1\n\n\
    ## Summary\n\nA.\n\n## Design Details\n\nB.\n\n### Graduation Criteria\n\nC.\n\n#### Examples\n\nD.\n\n\
    ### Upgrade / Downgrade Strategy\n\nE.\n\n## Implementation History\n\nF.\n\n## Alternatives\n\nG.\n";

#[test]
fn a_section_beside_one_that_holds_sections_is_found() {
    let review = review(SECTIONS);
    assert_eq!(item(&review, "upgrade-downgrade-strategy"), (Match::Verbatim, State::Answered, vec!["E."]));
}

#[test]
fn a_wording_may_end_before_the_remark_that_asks_for_a_link() {
    let id = "chk-r-enhancement-issue-in-release-milestone-which-l";
    assert_eq!(item(&review(SECTIONS), id).0, Match::Edited);
    let other = SECTIONS.replace("https://example.org/1", "or to nothing at all");
    assert_eq!(item(&review(&other), id).0, Match::None);
}

#[test]
fn a_deeper_heading_that_was_a_section_once_is_a_part_of_its_section() {
    let text = SECTIONS.replace("#### Examples\n\nD.", "#### Beta -> GA Graduation\n\nD.");
    let review = review(&text);
    let (_, _, answer) = item(&review, "graduation-criteria");
    assert!(answer.concat().contains("D."), "{answer:?}");
    assert_eq!(item(&review, "beta-to-ga-graduation").0, Match::None);
}

#[test]
fn of_two_places_that_of_the_questions_own_section_counts() {
    let asked = format!("* {PERSONA}\n  Us.\n\n");
    let text = format!("{TITLE}### Usability\n\n{asked}### Scope\n\n{asked}");
    let review = review(&text);
    let bound = review.bound(review.template.find("day0.scope.target-persona").unwrap());
    let starts: Vec<usize> = bound.prompts.iter().map(|prompt| prompt.span.start as usize).collect();
    assert_eq!(starts, [text.rfind(PERSONA).unwrap(), text.find(PERSONA).unwrap()]);
}

#[test]
fn the_last_line_of_metadata_may_be_answered_behind_its_list() {
    let text = |behind: &str| {
        format!(
            "# General Technical Review - Lanterns / Sandbox\n\n- **Project:** Lanterns\n- **Description:**\n\
             {behind}\nLamps for ships.\n\n## Day 0 - Planning Phase\n"
        )
    };
    let last = review(&text(""));
    assert_eq!(item(&last, "field.description").2, ["Lamps for ships."]);
    let followed = review(&text("- **Weather:** fair\n"));
    assert_eq!(item(&followed, "field.description").1, State::Unanswered);
}

#[test]
fn a_template_that_nobody_filled_in_is_passed_over_in_a_walk() {
    let is_checked = |project: &str, fields: &str, answer: &str| {
        let text = format!(
            "# General Technical Review - {project} / Sandbox\n\n{fields}\n## Day 0 - Planning Phase\n\n\
             ### Scope\n\n* {PERSONA}\n{answer}"
        );
        let walked = Input { named: false, ..input(&text) };
        crate::check(&walked, &Settings::default(), &Templates::default()).review.is_some()
    };
    assert!(!is_checked("[Project]", "", ""));
    // lines of metadata may hold samples
    assert!(!is_checked("[Project]", "- **Description:** lamps\n", ""));
    assert!(is_checked("[Project]", "", "  Us.\n"));
    assert!(is_checked("Lanterns", "", ""));
    let sections = |path: &str| {
        let place = Some(Place { path: path.into(), repository: Repository::Enhancements });
        let walked = Input { named: false, place, ..input(SECTIONS) };
        crate::check(&walked, &Settings::default(), &Templates::default()).review.is_some()
    };
    assert!(!sections("keps/NNNN-kep-template/README.md"));
    assert!(sections("keps/sig-node/1-lamps/README.md"));
}

#[test]
fn a_question_belongs_to_the_last_revision_that_asks_it() {
    let template = "id: lamp\nlevels: [only]\nrecognition: {titles: [Lamp Review]}\n\
        revisions: [{id: 2024-01-01}, {id: 2025-01-01}, {id: 2026-01-01}]\nitems:\n\
        - id: light\n  kind: section\n  title: Light of the lamps\n  items:\n\
        \x20 - {id: light.how, kind: question, text: How bright is it?}\n\
        \x20 - {id: light.when, kind: question, text: When is it lit?, since: 2025-01-01}\n\
        \x20 - {id: light.oil, kind: question, text: Which oil does it take?, until: 2025-01-01}\n";
    let revision = |questions: &[&str]| {
        let text = format!("# Lamp Review - Lanterns\n\n## Light of the lamps\n\n{}", questions.concat());
        let templates = Templates::new(vec![from_yaml(template).unwrap()]);
        let review = crate::check(&input(&text), &Settings::default(), &templates).review.unwrap();
        review.template.revision(review.revision).id.clone()
    };
    let (how, when, oil) = (
        "How bright is it?\n\nVery.\n\n",
        "When is it lit?\n\nAt dusk.\n\n",
        "Which oil does it take?\n\nAny.\n",
    );
    assert_eq!(revision(&[how, when, oil]), "2025-01-01");
    assert_eq!(revision(&[how, oil]), "2024-01-01");
}
