use super::*;
use crate::source::Source;
use crate::template::{Template, from_yaml};

fn derived(text: &str) -> Template {
    let yaml = derive(&Document::parse(&Source::new("my-template.md", text)), "my-template").unwrap();
    from_yaml(&yaml).unwrap_or_else(|error| panic!("{error}\n{yaml}"))
}

fn items(text: &str) -> Vec<String> {
    derived(text).items.iter().map(|item| format!("{} {}", item.kind.name(), item.id)).collect()
}

#[test]
fn headings_without_headings_below_are_questions() {
    let text = "# {title}\n\n## Why\n\nSay why.\n\n## How\n\n### Plan (Optional)\n\n### Costs\n";
    assert_eq!(
        items(text),
        ["question why", "section how", "question how.plan-optional", "question how.costs"]
    );
    let template = derived(text);
    assert_eq!(template.items[0].scaffold[0].text, "Say why.");
    assert_eq!(template.items[2].aliases.iter().collect::<Vec<_>>(), ["Plan"]);
    let required = |at: usize| template.items[at].required[0] == crate::template::Requirement::Required;
    assert_eq!([required(0), required(2), required(3)], [true, false, true]);
}

#[test]
fn bullets_ask_where_most_headings_have_nothing_else() {
    let asked =
        "# Review of $PROJECT\n\n## Scope\n\n* What is it for?\n* Who uses it?\n  * How many are there?\n";
    assert_eq!(
        items(asked),
        [
            "section scope",
            "question scope.what-is-it-for",
            "question scope.who-uses-it",
            "question scope.who-uses-it.how-many-are-there"
        ]
    );
    let explained = "# T\n\n## Scope\n\nExplain it:\n\n* what is it for\n\n## Plan\n\nText.\n";
    assert_eq!(items(explained), ["question scope", "question plan"]);
}

#[test]
fn bold_paragraphs_and_bold_boxes_are_questions_and_other_boxes_are_ticked() {
    let text = "# T\n\n## Rules\n\n**Is it written down?**\n<br>\n**Small:** No\n\n- [ ] **Has it a plan.**\n  - Found at $LINK.\n\n## List\n\n- [ ] (R) tests pass\n- [ ] docs are there\n";
    assert_eq!(
        items(text),
        [
            "section rules",
            "question rules.is-it-written-down",
            "question rules.has-it-a-plan",
            "section list",
            "checkbox list.tests-pass",
            "checkbox list.docs-are-there"
        ]
    );
}

#[test]
fn lines_above_the_first_heading_are_fields() {
    let text = "# Design Review - [Name] / [Level]\n\n- **Project:**\n- **Date:** YYYY-MM-DD\n- **Version:** v1\n\n## Why\n";
    assert_eq!(
        items(text),
        ["field field.project", "field field.date", "field field.version", "question why"]
    );
    let template = derived(text);
    assert_eq!(template.placeholders, ["yyyy-mm-dd"]);
    assert_eq!(template.recognition.titles, ["Design Review"]);
}

#[test]
fn titles_keep_what_nobody_replaces() {
    let title = |text: &str| phrases::title(text);
    for (text, kept) in [
        ("General Technical Review - [Project Name] / [Level]", "General Technical Review"),
        ("$PROJECT Incubation Due Diligence", "Incubation Due Diligence"),
        ("KEP-NNNN: Your short, descriptive title", "KEP"),
        ("RFC {number}: {title}", "RFC"),
    ] {
        assert_eq!(title(text).as_deref(), Some(kept), "{text}");
    }
    assert_eq!(title("{short title}"), None);
}

#[test]
fn a_text_without_any_question_is_refused() {
    let document = Document::parse(&Source::new("note.md", "Just a line of text.\n"));
    assert!(derive(&document, "note").unwrap_err().contains("nothing in it can be answered"));
}
