//! Spans and kinds of blocks, whatever the text.

use super::*;
use proptest::prelude::*;

fn outline(text: &str) -> Vec<String> {
    let document = Document::parse(&Source::new("test.md", text));
    let mut out = Vec::new();
    for id in document.ids() {
        let block = document.block(id);
        let depth = document.ancestors(id).count();
        let flag = if block.commented {
            "!"
        } else if block.indented {
            "~"
        } else {
            ""
        };
        let text = document.text(block.span).replace('\n', "|");
        out.push(format!("{}{flag}{:?} {text}", "  ".repeat(depth), block.kind));
    }
    out
}

#[test]
fn a_tight_item_has_a_paragraph_and_spans_end_before_the_line_end() {
    assert_eq!(
        outline("* One  \n  two\n  * Three\n"),
        [
            "List { ordered: false } * One  |  two|  * Three",
            "  Item * One  |  two|  * Three",
            "    Paragraph One  |  two",
            "    List { ordered: false } * Three",
            "      Item * Three",
            "        Paragraph Three"
        ]
    );
}

#[test]
fn a_comment_has_its_content_as_children() {
    assert_eq!(
        outline("<!--\n## Day 2\n\n  * Ask\n-->\ntext\n"),
        [
            "Comment { closed: true } <!--|## Day 2||  * Ask|-->",
            "  !Heading(2) ## Day 2",
            "  !List { ordered: false } * Ask",
            "    !Item * Ask",
            "      !Paragraph Ask",
            "Paragraph text"
        ]
    );
}

#[test]
fn a_list_that_is_indented_too_far_is_still_a_list_to_its_author() {
    assert_eq!(
        outline("Answer.\n\n    * One\n      more\n    * Two\n"),
        [
            "Paragraph Answer.",
            "Code { fenced: false, closed: true } * One|      more|    * Two",
            "  ~Item * One|      more",
            "    ~Paragraph One|      more",
            "  ~Item * Two",
            "    ~Paragraph Two"
        ]
    );
}

#[test]
fn a_byte_order_mark_and_front_matter_come_before_the_title() {
    assert_eq!(
        outline("\u{feff}---\na: b\n---\n\n# Title #\r\nText\r\n"),
        ["FrontMatter ---|a: b|---", "Heading(1) # Title #", "Paragraph Text"]
    );
}

#[test]
fn lost_headings_are_known() {
    let lost = |text: &str| -> Vec<(String, LostCause)> {
        let document = Document::parse(&Source::new("test.md", text));
        let lost = document.lost_headings().iter();
        lost.map(|lost| (document.text(lost.span).to_string(), lost.cause)).collect()
    };
    assert_eq!(lost("```\ncode\n\n## A\n"), [("## A".to_string(), LostCause::UnclosedFence)]);
    assert_eq!(lost("<!-- note\n\n## A\n\ntext"), [("## A".to_string(), LostCause::UnclosedComment)]);
    assert_eq!(lost("<!-- note -->  ## A\n"), [("## A".to_string(), LostCause::AfterComment)]);
    assert_eq!(lost("```sh\n# comment\n```\n<!-- ## A -->\n"), []);
}

proptest! {
    #[test]
    fn every_span_slices_the_source_and_lies_in_its_parent(
        text in "(\u{feff})?([-*#>`|!é:\t \r\n\u{0}a]|<!--|-->|\\*\\*|    |1\\. |```|---){0,60}"
    ) {
        let document = Document::parse(&Source::new("test.md", text.as_str()));
        for id in document.ids() {
            let block = document.block(id);
            prop_assert!(text.get(block.span.range()).is_some());
            prop_assert!(block.end > id);
            if let Some(parent) = block.parent {
                prop_assert!(parent < id && document.block(parent).end >= block.end);
                prop_assert!(document.block(parent).span.start <= block.span.start);
            }
            if block.kind.is_leaf() {
                for line in document.lines(id) {
                    prop_assert!(text.get(line.span.range()).is_some());
                }
            }
        }
    }
}

#[test]
fn a_comment_that_is_known_is_not_parsed() {
    let source =
        Source::new("test.md", "<!--\n# Old\n-->\n\n<!--\n# New\n-->\n\n<!-- Old, never closed\n# Lost\n");
    let document = Document::parse_unless(&source, &|comment| comment.contains("Old"));
    let headings: Vec<&str> = document
        .ids()
        .filter(|&id| document.block(id).kind.is_heading())
        .map(|id| document.text(document.content(id)))
        .collect();
    assert_eq!(headings, ["New", "Lost"]);
    let known: Vec<BlockId> = document.ids().filter(|&id| document.is_known(id)).collect();
    assert_eq!(known, [BlockId(0)]);
    assert!(document.has_known() && !Document::parse(&source).has_known());
}

#[test]
fn a_generated_table_of_contents_is_a_list_between_its_marks() {
    let contents = |text: &str| -> Vec<String> {
        let document = Document::parse(&Source::new("test.md", text));
        let leaves =
            document.ids().filter(|&id| document.block(id).kind.is_leaf() && document.is_contents(id));
        leaves.map(|id| document.text(document.block(id).span).to_string()).collect()
    };
    let table = "# A\n\n<!-- toc -->\n- [B](#b)\n  - [C](#c)\n<!-- /toc -->\n\n## B\n- D\n";
    assert_eq!(contents(table), ["[B](#b)", "[C](#c)"]);
    assert!(contents("<!-- toc -->\n- [B](#b)\n\n## B\n").is_empty());
    assert!(contents("<!-- toc -->\n- [B](#b)\n\n## B\n<!-- /toc -->\n").is_empty());
    assert!(contents("<!-- toc -->\n\ntext\n\n<!-- /toc -->\n").is_empty());
    assert!(contents("<!-- toc -->\n* Who uses it?\n\n  Operators.\n<!-- /toc -->\n").is_empty());
    assert!(contents("<!-- toc -->\n- [B](#b) and more\n<!-- /toc -->\n").is_empty());
    let twice = "<!-- toc -->\n<!-- /toc -->\n\n<!-- toc -->\n- [B](#b)\n<!-- /toc -->\n";
    assert_eq!(contents(twice), ["[B](#b)"]);
    assert!(contents("<!-- /toc -->\n- [B](#b)\n<!-- toc -->\n").is_empty());
}
