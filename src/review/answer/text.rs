//! What of a piece of text is the answer: without marks, tags and labels around it.

use crate::document::Document;
use crate::source::Span;

/// A piece of a file's text and where it ends there.
#[derive(Clone, Copy)]
pub(super) struct Part<'a> {
    pub(super) text: &'a str,
    end: u32,
}

/// What people put before an answer to say that it is one.
const ANSWER_LABELS: &[&str] = &["answer", "response", "our answer", "our response", "a", "ans", "reply"];

impl<'a> Part<'a> {
    pub(super) fn new(document: &'a Document, span: Span) -> Self {
        Self { text: document.text(span), end: span.end }
    }

    /// Its place in the file.
    pub(super) fn span(self) -> Span {
        Span::new(self.end - self.text.len() as u32, self.end)
    }

    /// The part without white space and list or quote marks at its ends.
    pub(super) fn trimmed(self) -> Self {
        let mark = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'>');
        let marks = self.text.bytes().take_while(mark).count();
        let mut kept = self.text[marks..].trim_end();
        // the marks of a quote's next line, whose text is somebody else's
        while kept.ends_with('>')
            && let Some(at) = memchr::memrchr2(b'\n', b'\r', kept.as_bytes())
            && kept[at..].chars().all(|c| c == '>' || c.is_whitespace())
        {
            kept = kept[..at].trim_end();
        }
        Self { text: kept, end: self.end - (self.text.len() - marks - kept.len()) as u32 }
    }

    /// The part without the HTML tags at its beginning that only format.
    pub(super) fn without_tags(self) -> Self {
        let mut text = self.text;
        if text.as_bytes().first() != Some(&b'<') {
            return self;
        }
        while let Some(length) = crate::review::words::formatting_tag(text) {
            text = text[length..].trim_start();
        }
        Self { text, ..self }
    }

    /// The part without a leading `A:`, `**Answer:**` or the like, which by itself answers nothing.
    pub(super) fn without_answer_label(self) -> Self {
        let unmarked = |text: &'a str| -> &'a str {
            let marks = text.bytes().take_while(|byte| matches!(byte, b'*' | b'_')).count();
            &text[marks..]
        };
        let inner = unmarked(self.text);
        if !matches!(inner.as_bytes().first(), Some(b'a' | b'A' | b'o' | b'O' | b'r' | b'R')) {
            return self;
        }
        let label = ANSWER_LABELS.iter().find_map(|label| {
            let (head, after) = inner.split_at_checked(label.len())?;
            if !head.eq_ignore_ascii_case(label) {
                return None;
            }
            Some(unmarked(unmarked(after).strip_prefix(':')?).trim_start())
        });
        Self { text: label.unwrap_or(self.text), ..self }
    }

    /// Whether there is something to read in it: a word, a picture sign, or `??`.
    pub(super) fn has_content(self) -> bool {
        // most parts begin with a letter
        self.text.bytes().any(|byte| byte.is_ascii_alphanumeric())
            || self.text.contains(|c: char| c.is_alphanumeric() || c > '\u{2600}')
            || self.text.contains("??")
    }
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
            document.text(Part::new(&document, whole).trimmed().span()).to_owned()
        };
        assert_eq!(trimmed(" v1.4.0\n> "), "v1.4.0");
        assert_eq!(trimmed("one\r\n> >\r\n>\r\n"), "one");
        assert_eq!(trimmed("a > b\n> c >\n"), "a > b\n> c >");
    }
}
