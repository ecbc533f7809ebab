//! Tests of which labels ask a question, and how a document's other prompts tell.

use crate::review::Match;
use crate::review::tests::{TITLE, item, review};

/// What answers an item below its label; `None` where no label asks it.
fn labelled(text: &str, id: &str) -> Option<String> {
    let review = review(&format!("{TITLE}{text}"));
    let (matched, _, answer) = item(&review, id);
    (matched == Match::Paraphrased).then(|| answer.concat())
}

const AVAILABILITY: &str = "day0.design.high-availability";
const CORNER: &str = "two lamps at each corner.";

/// What is asked about availability below some text in its section.
fn available(above: &str) -> Option<String> {
    labelled(&format!("### Design\n\n{above}**High availability:** {CORNER}\n"), AVAILABILITY)
}

#[test]
fn a_lone_label_that_surely_names_a_question_asks_it() {
    assert_eq!(available("").as_deref(), Some(CORNER));
    let point = format!("### Design\n\n- High availability: {CORNER}\n");
    assert_eq!(labelled(&point, AVAILABILITY).as_deref(), Some(CORNER));
}

#[test]
fn a_label_below_a_heading_that_asks_is_a_point_of_its_answer() {
    assert_eq!(available("#### Design principles\n\nLight for all.\n\n"), None);
    // but not behind a further heading, nor below one that shares words with a question and names none
    let further = "#### Design principles\n\nLight for all.\n\n#### Weather\n\n";
    assert_eq!(available(further).as_deref(), Some(CORNER));
    assert_eq!(available("#### Weather in production\n\n").as_deref(), Some(CORNER));
}

#[test]
fn a_style_that_is_rare_in_the_document_is_that_of_points_in_an_answer() {
    let principles = "Explain the design principles and best practices the project is following.";
    let own = format!("* {principles}\n  Light for all.\n\n");
    assert_eq!(available(&own).as_deref(), Some(CORNER));
    let scope = "### Scope\n\n* Describe the target persona or user(s) for the project?\n  Us.\n\
                 * Explain which use cases have been identified as unsupported by the project.\n  Ships.\n\n";
    let text = format!("{scope}### Design\n\n{own}**High availability:** {CORNER}\n");
    assert_eq!(labelled(&text, AVAILABILITY), None);
}

#[test]
fn prompts_in_a_comment_do_not_tell_how_questions_are_written() {
    let hidden = "<!--\n* Describe how the project has addressed sovereignty.\n\
                  * Describe any compliance requirements addressed by the project.\n-->\n\n";
    assert_eq!(available(hidden).as_deref(), Some(CORNER));
}

#[test]
fn a_line_of_text_asks_nothing_where_the_heading_asks_the_only_question() {
    let configured = |line: &str| {
        let text = format!("## Day 1\n\n### Project Installation and Configuration\n\n{line} by hand.\n");
        labelled(&text, "day1.installation.install-and-configuration")
    };
    assert_eq!(configured("- Installation guide:"), None);
    assert_eq!(configured("#### Installation guide\n\n").as_deref(), Some("by hand."));
}

#[test]
fn a_label_that_joins_two_questions_asks_both() {
    let text = "### Installation\n\n- **Installation and validation:** by hand.\n";
    for id in ["day0.installation.install-and-initialize", "day0.installation.validate"] {
        assert_eq!(labelled(text, id).as_deref(), Some("by hand."), "{id}");
    }
}

#[test]
fn a_label_may_share_only_some_words_with_its_question_unless_nothing_marks_it() {
    let memory = |label: &str| {
        let text = format!("### Design\n\n{label}");
        labelled(&text, "day0.design.resource-requirements")
    };
    let bold = "**High availability:** two lamps.\n\n**Memory and light:** little.\n";
    assert_eq!(memory(bold).as_deref(), Some("little."));
    assert_eq!(memory("- High availability\n- Memory and light\n\nLittle.\n"), None);
}

#[test]
fn a_question_out_of_order_is_asked_only_by_a_heading_of_its_very_name() {
    let installed = |text: &str| {
        labelled(&format!("### Installation\n\n{text}"), "day0.installation.install-and-initialize")
    };
    let headings = |name: &str| format!("#### Validation\n\nAt dusk.\n\n#### {name}\n\nBy hand.\n");
    assert_eq!(installed(&headings("Installation")).as_deref(), Some("By hand."));
    assert_eq!(installed(&headings("Lamp installation")), None);
    assert_eq!(installed("- **Validation:** at dusk.\n- **Lamp installation:** by hand.\n"), None);
    let in_order = "- **Lamp installation:** by hand.\n- **Validation:** at dusk.\n";
    assert_eq!(installed(in_order).as_deref(), Some("by hand."));
}

#[test]
fn a_heading_asks_where_the_other_questions_stand_in_bold() {
    let text = "### Installation\n\n#### Installation steps\n\nBy hand.\n\n\
                **How does an adopter test and validate the installation?**\n\nAt dusk.\n";
    assert_eq!(labelled(text, "day0.installation.install-and-initialize").as_deref(), Some("By hand."));
}

#[test]
fn a_bold_line_of_very_many_words_is_no_label() {
    let line = |words: &str| format!("### Design\n\n**High availability of {words}.**\n\nTwo.\n");
    assert_eq!(labelled(&line("lamps, oil and wicks"), AVAILABILITY).as_deref(), Some("Two."));
    let words = "lamps, oil, wicks, glass, hooks, chains, ladders, lighters, wardens, harbours, ships, anchors, ropes, \
                 sails, masts, decks, cabins, bells, horns, flags, maps, stars and clouds";
    assert_eq!(labelled(&line(words), AVAILABILITY), None);
}
