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
    /// One entry an event: the number of the one that ends what it starts, or its own.
    ends: Vec<u32>,
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
        let events: Vec<(Event, Span)> = events.map(|(event, range)| (event, shifted(range))).collect();
        let mut ends: Vec<u32> = (0..events.len() as u32).collect();
        let mut open = Vec::new();
        for (at, (event, _)) in events.iter().enumerate() {
            match event {
                Event::Start(_) => open.push(at),
                Event::End(_) => open.pop().into_iter().for_each(|start: usize| ends[start] = at as u32),
                _ => {}
            }
        }
        Self { document, events, ends, page }
    }

    /// The spans (in document order, as an answer has them) as flow content. Empty when there is nothing to see.
    ///
    /// Cost: one walk over the events that the spans hold and over the blocks beside them, however many spans there are.
    #[must_use]
    pub fn html(&self, spans: &[Span]) -> String {
        let Some((first, last)) = spans.first().zip(spans.last()) else { return String::new() };
        let mut writer = Writer::new(self.page.as_deref());
        // white space at a container's end may reach beyond the spans
        let behind = &self.document.source().text()[last.end as usize..];
        let end = last.end + (behind.len() - behind.trim_start().len()) as u32;
        let mut marks = Marks::default();
        let mut at = 0;
        while let Some((event, range)) = self.events.get(at) {
            let start = at;
            at += 1;
            match event {
                // nothing of it is wanted
                Event::Start(_) if range.end < first.start || range.start > end => {
                    at = self.ends[start] as usize + 1;
                }
                Event::Start(tag) => {
                    // a container is written when its content begins in the spans and is over before they are
                    let may = range.start <= last.end && range.end <= end && range.end >= first.start;
                    let whole = may && {
                        let start = marks.content(tag, *range, self.document);
                        start >= first.start && any_holds(spans, start)
                    };
                    writer.start(tag, whole);
                }
                Event::End(_) => writer.end(),
                Event::Text(text) => {
                    // what was unescaped has no bytes of its own to cut at
                    if text.len() == range.len() as usize {
                        let from = spans.partition_point(|span| span.end <= range.start);
                        let shared = spans[from..].iter().take_while(|span| span.start < range.end);
                        let parts = shared.filter_map(|span| common(*span, *range));
                        parts.for_each(|part| writer.text(self.document.text(part)));
                    } else if any_holds(spans, range.start) {
                        writer.text(text);
                    }
                }
                other if any_holds(spans, range.start) => writer.leaf(other),
                _ => {}
            }
        }
        writer.finish()
    }
}

/// Where containers' text begins behind the marks of lists and quotes: an answer may begin there.
#[derive(Debug, Default)]
struct Marks {
    /// A run of marks, from where it was looked at to its end: lists in lists share one.
    run: (u32, u32),
}

impl Marks {
    /// The offset at which the text of a container in a range begins.
    fn content(&mut self, tag: &Tag, range: Span, document: &Document) -> u32 {
        let text = document.text(range);
        let bare = text.trim_start();
        let mut at = range.end - bare.len() as u32;
        if !matches!(tag, Tag::List(_) | Tag::Item | Tag::BlockQuote(_)) {
            return at;
        }
        let digits = bare.len() - bare.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if bare[digits..].starts_with(['.', ')']) {
            at += digits as u32 + 1;
        }
        if at < self.run.0 || at > self.run.1 {
            let rest = document.text(Span::new(at, range.end));
            let marks = rest.trim_start_matches([' ', '\t', '\r', '\n', '*', '-', '+', '>']);
            // a mark is followed by something, so the run ends before the range does or with it
            self.run = (at, range.end - marks.len() as u32);
        }
        self.run.1.min(range.end)
    }
}

fn any_holds(spans: &[Span], at: u32) -> bool {
    let from = spans.partition_point(|span| span.end <= at);
    spans.get(from).is_some_and(|span| span.start <= at)
}

fn common(one: Span, other: Span) -> Option<Span> {
    let (start, end) = (one.start.max(other.start), one.end.min(other.end));
    (start < end).then(|| Span::new(start, end))
}

#[cfg(test)]
mod tests;
