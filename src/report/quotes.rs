//! Pieces of a document and of a template as one line for people.

use super::screen::clean;
use crate::review::plain;
use crate::source::{Source, Span, boundary};

/// Most bytes of a span that are read for a quote of one line.
const READ: usize = 2_000;

/// A span as one line for people: markup gone, harmless. Of a long span only the beginning is read.
pub(super) fn one_line(source: &Source, span: Span) -> String {
    let text = source.slice(span);
    let text = &text[..boundary(text, READ)];
    // a comment's own words are what tells it from others
    let inner = text.strip_prefix("<!--").map(|inner| inner.split("-->").next().unwrap_or(inner));
    clean(&plain(inner.unwrap_or(text)))
}

/// A piece of template wording or a message's quote as one harmless line.
pub(super) fn wording(text: &str) -> String {
    clean(&plain(text))
}

/// What a message quotes first, without the quotation marks.
pub(super) fn quoted(message: &str) -> Option<&str> {
    let (_, after) = message.split_once('“')?;
    after.split_once('”').map(|(quote, _)| quote)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_quote_of_a_message_is_told() {
        assert_eq!(quoted("see “this one” and “that”"), Some("this one"));
        assert_eq!(quoted("see that"), None);
    }

    #[test]
    fn a_quote_is_one_line_without_markup_and_without_end() {
        let source =
            Source::new("x.md", format!("**See** [here](https://x)\n\tand \u{1b}[0m{}", "é".repeat(9_000)));
        let quote = one_line(&source, Span::new(0, source.text().len() as u32));
        assert!(quote.starts_with("See here and ?0mé"), "{}", &quote[..30]);
        assert!(quote.len() <= READ);
        assert_eq!(wording("**Project:**"), "Project:");
    }
}
