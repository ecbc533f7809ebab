//! Changes of a document's text as an editor sends them.

use lsp_types::TextDocumentContentChangeEvent;
use lsp_types::TextDocumentContentChangeEvent::{
    TextDocumentContentChangePartial as Part, TextDocumentContentChangeWholeDocument as Whole,
};

use super::position::Encoding;
use crate::source::LineIndex;

/// Makes changes, one after the other: each speaks of the text that those before it left.
pub(super) fn change(text: &mut String, changes: Vec<TextDocumentContentChangeEvent>, encoding: Encoding) {
    for one in changes {
        match one {
            Whole(whole) => *text = whole.text,
            Part(part) => {
                let lines = LineIndex::new(text);
                let start = encoding.offset(text, &lines, part.range.start) as usize;
                let end = encoding.offset(text, &lines, part.range.end) as usize;
                text.replace_range(start.min(end)..start.max(end), &part.text);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn changed(text: &str, encoding: Encoding, changes: Value) -> String {
        let mut text = text.to_string();
        change(&mut text, serde_json::from_value(changes).unwrap(), encoding);
        text
    }

    #[test]
    fn parts_and_wholes_follow_each_other() {
        let range = |line, from, to| json!({ "start": { "line": line, "character": from }, "end": { "line": line, "character": to } });
        let one =
            json!([{ "range": range(1, 2, 3), "text": "X\nY" }, { "range": range(2, 0, 1), "text": "" }]);
        assert_eq!(changed("a\r\n😀b\r\n", Encoding::Utf16, one), "a\r\n😀X\n\r\n");
        let one = json!([{ "range": range(0, 4, 5), "text": "" }]);
        assert_eq!(changed("😀b", Encoding::Utf8, one), "😀");
        let past = json!([{ "range": range(9, 4, 5), "text": "end" }]);
        assert_eq!(changed("a\n", Encoding::Utf16, past), "a\nend");
        let whole = json!([{ "text": "x" }, { "range": range(0, 0, 0), "text": "y" }]);
        assert_eq!(changed("a", Encoding::Utf16, whole), "yx");
    }
}
