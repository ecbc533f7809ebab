//! What of a piece of text is the answer: without marks, tags and labels around it.

use crate::document::Document;
use crate::source::Span;

/// A span without white space and list or quote marks at its ends.
pub(super) fn trim(document: &Document, span: Span) -> Span {
    let text = document.text(span);
    let marks = text.bytes().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'>')).count();
    let start = &text[marks..];
    let from = span.end - start.len() as u32;
    let mut kept = start.trim_end();
    // the marks of a quote's next line, whose text is somebody else's
    while let Some(at) = memchr::memrchr2(b'\n', b'\r', kept.as_bytes())
        && kept[at..].chars().all(|c| c == '>' || c.is_whitespace())
    {
        kept = kept[..at].trim_end();
    }
    Span::new(from, from + kept.len() as u32)
}

/// A piece without the HTML tags at its beginning that only format.
pub(super) fn without_tags(document: &Document, span: Span) -> Span {
    let mut text = document.text(span);
    while let Some(length) = crate::review::words::formatting_tag(text) {
        text = text[length..].trim_start();
    }
    Span::new(span.end - text.len() as u32, span.end)
}

/// What people put before an answer to say that it is one.
const ANSWER_LABELS: &[&str] = &["answer", "response", "our answer", "our response", "a", "ans", "reply"];

/// A piece without a leading `A:`, `**Answer:**` or the like, which by itself answers nothing.
pub(super) fn without_answer_label(document: &Document, span: Span) -> Span {
    let text = document.text(span);
    let inner = text.trim_start_matches(['*', '_']);
    if !inner.starts_with(['a', 'A', 'o', 'O', 'r', 'R']) {
        return span;
    }
    let label = ANSWER_LABELS.iter().find_map(|label| {
        let head = inner.get(..label.len())?;
        let after = inner[label.len()..].trim_start_matches(['*', '_']).strip_prefix(':')?;
        head.eq_ignore_ascii_case(label).then(|| after.trim_start_matches(['*', '_']).trim_start())
    });
    label.map_or(span, |rest| Span::new(span.end - rest.len() as u32, span.end))
}

/// The inside of a code block: without the opening fence and its language.
pub(super) fn code_body(document: &Document, span: Span, opens: bool) -> Span {
    let text = document.text(span);
    let skip = if opens { text.find('\n').unwrap_or(text.len()) } else { 0 };
    Span::new(span.start + skip as u32, span.end)
}

/// Whether raw HTML shows something to a reader: text outside tags, or something embedded.
pub(super) fn html_shows(html: &str) -> bool {
    let mut inside = false;
    let text = html.chars().any(|c| {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            _ => return !inside && c.is_alphanumeric(),
        }
        false
    });
    let low = html.to_ascii_lowercase();
    text || ["<img", "<video", "<iframe", "<object", "<embed", "<svg"].iter().any(|tag| low.contains(tag))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn the_marks_of_a_quotes_next_line_are_no_text() {
        let trimmed = |text: &str| {
            let document = Document::parse(&Source::new("review.md", text));
            let whole = Span::new(0, text.len() as u32);
            document.text(trim(&document, whole)).to_owned()
        };
        assert_eq!(trimmed(" v1.4.0\n> "), "v1.4.0");
        assert_eq!(trimmed("one\r\n> >\r\n>\r\n"), "one");
        assert_eq!(trimmed("a > b\n> c >\n"), "a > b\n> c >");
    }
}
