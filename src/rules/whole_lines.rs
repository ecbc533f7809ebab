//! Spans of whole lines: what a fix deletes, and what a finding about many lines points at.

use memchr::{memchr2, memrchr2};

use crate::diagnostic::Edit;
use crate::review::Review;
use crate::source::{FileId, Source, Span};

/// The first line of a span, as far as the span reaches.
pub(super) fn first_line(source: &Source, span: Span) -> Span {
    let text = source.slice(span);
    let length = memchr2(b'\n', b'\r', text.as_bytes()).unwrap_or(text.len());
    Span::new(span.start, span.start + text[..length].trim_end().len() as u32)
}

/// What to delete so that `span` is gone: its lines with their line ends where nothing else stands on
/// them, else the span alone. Of blank lines that would meet one stays. Where a comment parts lines of text,
/// its line end stays; lines of text between others are of one paragraph with them.
fn deletion(source: &Source, span: Span) -> Span {
    let text = source.text();
    let (before, after) = (&text[..span.start as usize], &text[span.end as usize..]);
    let line_start =
        memrchr2(b'\n', b'\r', before.as_bytes()).map_or(source.bom_length() as usize, |at| at + 1);
    let rest = memchr2(b'\n', b'\r', after.as_bytes()).unwrap_or(after.len());
    if !before[line_start.min(before.len())..].trim().is_empty() || !after[..rest].trim().is_empty() {
        return span;
    }
    let above = &before[..line_start.min(before.len())];
    let end = span.end as usize + rest;
    let next = end + line_end(&text[end..]);
    let (above_blank, below_blank) = (blank_above(above), blank_below(&text[next..]));
    let is_blank_above = last_line(above).is_none_or(is_blank);
    let start = line_start.min(span.start as usize);
    let parts = source.slice(span).starts_with("<!--");
    match first_of(&text[next..]) {
        // of the blank lines above and below one stays, at the beginning of the file none
        Some(below) if is_blank(below) && is_blank_above => {
            Span::from_range(start - above_blank..next + below_blank)
        }
        Some(below) if parts && !is_blank(below) && !is_blank_above && !begins_block(below) => {
            Span::from_range(start..end)
        }
        _ => Span::from_range(start..next),
    }
}

/// The bytes of all answers, for deletions that must not touch them.
pub(super) struct Answers(Vec<Span>);

impl Answers {
    /// The answers of a review.
    pub(super) fn of(review: &Review) -> Self {
        let mut spans: Vec<Span> =
            review.items.iter().flat_map(|bound| bound.answer.iter().copied()).collect();
        // quick for what is nearly in order
        spans.sort();
        let mut merged: Vec<Span> = Vec::with_capacity(spans.len());
        for span in spans {
            match merged.last_mut().filter(|last| span.start <= last.end) {
                Some(last) => *last = last.join(span),
                None => merged.push(span),
            }
        }
        Self(merged)
    }

    /// Edits that delete spans given in document order, with their lines where no answer stands on these; where two
    /// touch the same bytes they become one.
    pub(super) fn deletions(&self, source: &Source, spans: impl Iterator<Item = Span>) -> Vec<Edit> {
        let mut merged: Vec<Span> = Vec::new();
        for span in spans.map(|span| self.deletion_beside(source, span)) {
            match merged.last_mut().filter(|last| last.overlaps(span)) {
                Some(last) => *last = last.join(span),
                None => merged.push(span),
            }
        }
        merged.into_iter().map(|span| Edit { file: FileId(0), span, text: String::new() }).collect()
    }

    fn touch(&self, piece: Span) -> bool {
        let first = self.0.partition_point(|answer| answer.end <= piece.start);
        self.0.get(first).is_some_and(|answer| answer.overlaps(piece))
    }

    /// As [`deletion`], but the span alone where its lines hold a byte of an answer.
    pub(super) fn deletion_beside(&self, source: &Source, span: Span) -> Span {
        let wide = deletion(source, span);
        let (head, tail) = (Span::new(wide.start, span.start), Span::new(span.end, wide.end));
        if self.touch(head) || self.touch(tail) { span } else { wide }
    }
}

/// The bytes of all blank lines that a text ends in but the first.
fn blank_above(text: &str) -> usize {
    let content = text.trim_end().len();
    let blank = content + line_end(&text[content..]);
    let first = text[blank..].find(['\n', '\r']).map_or(0, |at| at + line_end(&text[blank + at..]));
    text.len().saturating_sub(blank + first)
}

/// The bytes of all blank lines that a text begins with.
fn blank_below(text: &str) -> usize {
    let blank = text.len() - text.trim_start().len();
    text[..blank].rfind(['\n', '\r']).map_or(0, |at| at + 1)
}

fn is_blank(line: &str) -> bool {
    line.trim().is_empty()
}

/// Length of the line end that a text begins with: 0, 1 or 2.
fn line_end(text: &str) -> usize {
    if text.starts_with("\r\n") { 2 } else { usize::from(text.starts_with(['\n', '\r'])) }
}

/// The first line without its line end; `None` at the end of the file.
fn first_of(text: &str) -> Option<&str> {
    (!text.is_empty()).then(|| text.split(['\n', '\r']).next().unwrap_or_default())
}

/// The last line of a text that ends in a line end; `None` at the beginning of the file.
fn last_line(text: &str) -> Option<&str> {
    let text = text.strip_suffix('\n').unwrap_or(text);
    let text = text.strip_suffix('\r').unwrap_or(text);
    text.trim_start_matches('\u{feff}').rsplit(['\n', '\r']).next().filter(|_| !text.is_empty())
}

/// Whether a line cannot become the continuation of a paragraph above it.
fn begins_block(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with(['#', '>', '<']) || ["* ", "- ", "+ "].iter().any(|marker| line.starts_with(marker))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(text: &str, part: &str) -> String {
        let source = Source::new("a.md", text);
        let at = text.find(part).unwrap();
        let span = deletion(&source, Span::from_range(at..at + part.len()));
        format!("{}{}", &text[..span.start as usize], &text[span.end as usize..])
    }

    #[test]
    fn whole_lines_go_with_their_line_ends() {
        assert_eq!(without("* a\n  <!--x-->  \n* b\n", "<!--x-->"), "* a\n* b\n");
        assert_eq!(without("a\r\n\r\n<!--x-->\r\n\r\nb\r\n", "<!--x-->"), "a\r\n\r\nb\r\n");
        assert_eq!(without("a\n\n<!--x-->", "<!--x-->"), "a\n\n");
        assert_eq!(without("\u{feff}<!--x-->\n\n# T\n", "<!--x-->"), "\u{feff}# T\n");
        assert_eq!(without("a\n\n \n<!--x-->\n\n\nb\n", "<!--x-->"), "a\n\nb\n");
        assert_eq!(without("<!--x-->\n\n\n  b\n", "<!--x-->"), "  b\n");
        assert_eq!(without("a\n<!--x-->\n\n\nb\n", "<!--x-->"), "a\n\n\nb\n");
    }

    #[test]
    fn text_on_the_same_line_stays() {
        assert_eq!(without("a <!--x--> b\n", "<!--x-->"), "a  b\n");
    }

    #[test]
    fn paragraphs_do_not_run_together() {
        assert_eq!(without("a\n<!--x-->\nb\n", "<!--x-->"), "a\n\nb\n");
        assert_eq!(without("a\n<!--x-->\n---\n", "<!--x-->"), "a\n\n---\n");
        assert_eq!(without("a\nx\nb\n", "x"), "a\nb\n");
    }

    #[test]
    fn the_first_line_of_a_span() {
        let source = Source::new("a.md", "one \r\ntwo");
        assert_eq!(source.slice(first_line(&source, Span::new(0, 9))), "one");
    }
}
