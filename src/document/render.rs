//! Parts of a document as HTML that nobody has to trust: only elements and addresses of a list are written, all else
//! is text. No script, no style, no picture that is loaded; a picture is its words and its address.
//!
//! The whole file is parsed once and an answer picks its events from it, so that references, tables and
//! indentation mean what they mean in the document.

mod address;
mod raw;
mod writer;

pub use address::escaped;

use pulldown_cmark::{Event, Parser, Tag};

use super::{Document, parse};
use crate::source::Span;
use writer::Writer;

/// Renders parts of one document.
pub struct Renderer<'a> {
    document: &'a Document,
    events: Vec<(Event<'a>, Span)>,
    page: Option<String>,
}

impl std::fmt::Debug for Renderer<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Renderer").field("events", &self.events.len()).finish_non_exhaustive()
    }
}

impl<'a> Renderer<'a> {
    /// Parses the file once more. `page` is the address of the document, which relative links are put behind;
    /// without it they are text.
    #[must_use]
    pub fn new(document: &'a Document, page: Option<String>) -> Self {
        let source = document.source();
        let base = parse::body(source);
        let events = Parser::new_ext(&source.text()[base..], parse::options()).into_offset_iter();
        let shifted =
            |range: std::ops::Range<usize>| Span::new((range.start + base) as u32, (range.end + base) as u32);
        let events = events.map(|(event, range)| (event, shifted(range))).collect();
        Self { document, events, page }
    }

    /// The spans (in document order, as an answer has them) as flow content. Empty when there is nothing to see.
    ///
    /// Cost: one walk over the document's events, however short the spans are.
    #[must_use]
    pub fn html(&self, spans: &[Span]) -> String {
        let Some((first, last)) = spans.first().zip(spans.last()) else { return String::new() };
        let mut writer = Writer::new(self.page.as_deref());
        for (event, range) in &self.events {
            match event {
                Event::Start(tag) => {
                    // a container is written when its content begins in the spans and is over before they are
                    let text = self.document.text(*range);
                    let start = range.end - content(tag, text).len() as u32;
                    let end = range.start + text.trim_end().len() as u32;
                    let begins = spans.iter().any(|span| holds(*span, start));
                    let whole = start >= first.start && end <= last.end && begins;
                    writer.start(tag, whole);
                }
                Event::End(_) => writer.end(),
                Event::Text(text) => {
                    // what was unescaped has no bytes of its own to cut at
                    if text.len() == range.len() as usize {
                        let shared = spans.iter().filter_map(|span| common(*span, *range));
                        shared.for_each(|part| writer.text(self.document.text(part)));
                    } else if spans.iter().any(|span| holds(*span, range.start)) {
                        writer.text(text);
                    }
                }
                other if spans.iter().any(|span| holds(*span, range.start)) => writer.leaf(other),
                _ => {}
            }
        }
        writer.finish()
    }
}

/// A container's text behind the marks of lists and quotes: an answer may begin behind them.
fn content<'t>(tag: &Tag, text: &'t str) -> &'t str {
    let text = text.trim_start();
    if !matches!(tag, Tag::List(_) | Tag::Item | Tag::BlockQuote(_)) {
        return text;
    }
    let bare = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let text = if bare.starts_with(['.', ')']) { &bare[1..] } else { text };
    text.trim_start_matches([' ', '\t', '\r', '\n', '*', '-', '+', '>'])
}

fn holds(span: Span, at: u32) -> bool {
    span.start <= at && at < span.end
}

fn common(one: Span, other: Span) -> Option<Span> {
    let (start, end) = (one.start.max(other.start), one.end.min(other.end));
    (start < end).then(|| Span::new(start, end))
}

#[cfg(test)]
mod tests;
