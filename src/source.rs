//! A file's text and the places in it: byte spans inside, lines and columns for people.
//!
//! Everything in the program speaks of bytes as they are on disk. [`LineIndex`] turns them into
//! 1-based lines and columns (Unicode code points), both ways.

mod changed_lines;
mod line_index;

pub use changed_lines::{ChangedLines, Hunk};
pub use line_index::{LineIndex, Position};

use std::fmt;
use std::sync::{Arc, OnceLock};

/// Which file of an [`Input`](crate::input::Input) a place is in: 0 is the document, others are companions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct FileId(pub u32);

/// A half-open range of bytes in a file as it is on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end`; an end before the start is taken as empty at `start`.
    #[must_use]
    pub fn new(start: u32, end: u32) -> Self {
        Self { start, end: end.max(start) }
    }

    /// The span of a byte range. Files are limited to `u32::MAX` bytes, see [`Source::new`].
    #[must_use]
    pub fn from_range(range: std::ops::Range<usize>) -> Self {
        Self::new(range.start as u32, range.end as u32)
    }

    /// The span as a range that can index a string.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether the span holds no byte.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies inside this span.
    #[must_use]
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    #[must_use]
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn join(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }
}

/// Why bytes cannot be a [`Source`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SourceError {
    /// Not UTF-8; the offset is that of the first bad byte.
    NotUtf8 {
        /// Byte offset of the first byte that is not UTF-8.
        offset: usize,
    },
    /// Larger than a 32-bit offset can address.
    TooLarge {
        /// Size in bytes.
        size: usize,
    },
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotUtf8 { offset } => {
                write!(f, "not UTF-8: byte {offset} is not part of a valid character")
            }
            Self::TooLarge { size } => write!(f, "too large: {size} bytes, at most 4294967295 can be read"),
        }
    }
}

/// The nearest beginning of a character at or before an offset.
#[must_use]
pub fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A file's text, unchanged, and the path under which it is reported.
///
/// Of an [excerpt](Source::excerpt) only some lines are left; places are where they were.
#[derive(Clone)]
pub struct Source {
    path: Arc<str>,
    text: Arc<Text>,
    lines: Arc<OnceLock<LineIndex>>,
}

enum Text {
    Whole(String),
    /// Runs of whole lines, each with the offset where it begins, in order.
    Lines {
        length: u32,
        runs: Vec<(u32, String)>,
    },
}

impl Text {
    fn length(&self) -> u32 {
        match self {
            Self::Whole(text) => text.len() as u32,
            Self::Lines { length, .. } => *length,
        }
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Source({}, {} bytes)", self.path, self.length())
    }
}

impl Source {
    /// Takes the bytes of a file. `path` is what reports show, with `/` between its parts.
    ///
    /// # Errors
    /// When the bytes are not UTF-8, or more than a 32-bit offset can address.
    pub fn from_bytes(path: impl Into<Arc<str>>, bytes: Vec<u8>) -> Result<Self, SourceError> {
        if bytes.len() > u32::MAX as usize {
            return Err(SourceError::TooLarge { size: bytes.len() });
        }
        match String::from_utf8(bytes) {
            Ok(text) => {
                let text = Arc::new(Text::Whole(text));
                Ok(Self { path: path.into(), text, lines: Arc::default() })
            }
            Err(error) => Err(SourceError::NotUtf8 { offset: error.utf8_error().valid_up_to() }),
        }
    }

    /// A source from text that is already a string (tests, editors, the browser).
    ///
    /// # Panics
    /// When the text is 4 GiB or longer; callers that read files use [`Source::from_bytes`].
    pub fn new(path: impl Into<Arc<str>>, text: impl Into<String>) -> Self {
        let text = text.into();
        assert!(text.len() <= u32::MAX as usize, "text of 4 GiB or more");
        Self { path: path.into(), text: Arc::new(Text::Whole(text)), lines: Arc::default() }
    }

    /// The path under which the file is reported.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The lines in which some spans lie, and where they were: all that reports of findings need. A tree of files is
    /// many times as large as what is said of it.
    #[must_use]
    pub fn excerpt(&self, spans: impl IntoIterator<Item = Span>) -> Self {
        let lines = self.lines();
        let around = |span: Span| lines.around(span);
        let mut wanted: Vec<Span> = spans.into_iter().map(around).collect();
        wanted.sort_unstable();
        let mut runs: Vec<Span> = Vec::new();
        for span in wanted {
            match runs.last_mut() {
                Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
                _ => runs.push(span),
            }
        }
        let runs = runs.into_iter().map(|run| (run.start, self.slice(run).to_string())).collect();
        let text = Arc::new(Text::Lines { length: self.length(), runs });
        let lines = Arc::new(OnceLock::from(lines.clone()));
        Self { path: Arc::clone(&self.path), text, lines }
    }

    /// The whole text as on disk, a byte order mark included; empty where only an excerpt is left.
    #[must_use]
    pub fn text(&self) -> &str {
        match &*self.text {
            Text::Whole(text) => text,
            Text::Lines { .. } => "",
        }
    }

    /// Length of the file in bytes.
    #[must_use]
    pub fn length(&self) -> u32 {
        self.text.length()
    }

    /// Length of the byte order mark: 3 bytes or none.
    #[must_use]
    pub fn bom_length(&self) -> u32 {
        match &*self.text {
            Text::Whole(text) if text.starts_with('\u{feff}') => 3,
            Text::Whole(_) => 0,
            Text::Lines { .. } => self.lines().line_with_end(1).start,
        }
    }

    /// The text of a span; a span past the end or inside a character gives what can be given.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        match &*self.text {
            Text::Whole(text) => text.get(span.range()).unwrap_or_default(),
            Text::Lines { runs, .. } => {
                let before = runs.partition_point(|(start, _)| *start <= span.start);
                let run = before.checked_sub(1).map(|at| &runs[at]);
                let inside = |(start, text): &'_ (u32, String)| -> Option<std::ops::Range<usize>> {
                    let from = (span.start - start) as usize;
                    let to = from + span.len() as usize;
                    text.get(from..to).is_some().then_some(from..to)
                };
                run.and_then(|run| inside(run).map(|range| &run.1[range])).unwrap_or_default()
            }
        }
    }

    /// The line index, built when first asked for.
    #[must_use]
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(self.text()))
    }

    /// The bytes of a 1-based line without its line end; an empty span for a line that is not there.
    #[must_use]
    pub fn line_span(&self, line: u32) -> Span {
        let whole = self.lines().line_with_end(line);
        let text = self.slice(whole);
        let end = text.len() - text.trim_end_matches(['\r', '\n']).len();
        Span::new(whole.start, whole.end - end as u32)
    }

    /// Line and column of a byte offset. An offset inside a character counts as its beginning.
    #[must_use]
    pub fn position(&self, offset: u32) -> Position {
        let line = self.line(offset);
        let whole = self.lines().line_with_end(line);
        let text = self.slice(whole);
        let before = &text[..boundary(text, offset.saturating_sub(whole.start) as usize)];
        Position { line, column: before.chars().count() as u32 + 1 }
    }

    /// The byte offset of a position; past the end of a line is the line's end.
    #[must_use]
    pub fn offset(&self, position: Position) -> u32 {
        let line = self.line_span(position.line);
        let skip = position.column.saturating_sub(1) as usize;
        self.slice(line).char_indices().nth(skip).map_or(line.end, |(at, _)| line.start + at as u32)
    }

    /// 1-based line of a byte offset.
    #[must_use]
    pub fn line(&self, offset: u32) -> u32 {
        self.lines().line(offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn an_excerpt_says_of_its_lines_what_the_whole_says(
            text in "\u{feff}?[aé😀\\r\\n\\t ]{0,60}",
            spans in prop::collection::vec((0u32..120, 0u32..8), 0..6),
        ) {
            let whole = Source::new("x.md", text.as_str());
            let spans: Vec<Span> =
                spans.into_iter().map(|(start, length)| Span::new(start, start + length)).collect();
            let excerpt = whole.excerpt(spans.iter().copied());
            prop_assert_eq!(excerpt.length(), whole.length());
            prop_assert_eq!(excerpt.bom_length(), whole.bom_length());
            for span in spans {
                for at in span.start.max(whole.bom_length())..=span.end {
                    prop_assert_eq!(excerpt.position(at), whole.position(at));
                    prop_assert_eq!(excerpt.slice(Span::new(at, span.end)), whole.slice(Span::new(at, span.end)));
                    let line = whole.line(at);
                    prop_assert_eq!(excerpt.line_span(line), whole.line_span(line));
                    prop_assert_eq!(excerpt.slice(excerpt.line_span(line)), whole.slice(whole.line_span(line)));
                }
            }
        }
    }

    #[test]
    fn line_ends_of_every_kind_begin_a_line() {
        let source = Source::new("x.md", "a\nb\r\nc\rd");
        let lines: Vec<_> =
            (1..=source.lines().count()).map(|line| source.slice(source.line_span(line))).collect();
        assert_eq!(lines, ["a", "b", "c", "d"]);
    }

    #[test]
    fn a_byte_order_mark_is_no_column() {
        let source = Source::new("x.md", "\u{feff}# é!");
        assert_eq!(source.position(3), Position { line: 1, column: 1 });
        assert_eq!(source.position(7), Position { line: 1, column: 4 });
    }

    proptest! {
        #[test]
        fn positions_convert_both_ways(text in "[aé😀\u{feff}\\r\\n\\t ]{0,40}") {
            let source = Source::new("x.md", text.as_str());
            for (at, c) in text.char_indices() {
                if matches!(c, '\r' | '\n') || (at == 0 && c == '\u{feff}') {
                    continue;
                }
                prop_assert_eq!(source.offset(source.position(at as u32)), at as u32);
            }
        }
    }

    #[test]
    fn an_excerpt_keeps_little() {
        let whole =
            Source::new("x.md", format!("{}here\n{}", "before\n".repeat(999), "behind\n".repeat(999)));
        let excerpt = whole.excerpt([Span::new(6993, 6997)]);
        assert_eq!(excerpt.position(6993), Position { line: 1000, column: 1 });
        assert_eq!(excerpt.slice(Span::new(6993, 6998)), "here\n");
        assert_eq!((excerpt.text(), excerpt.slice(Span::new(0, 6))), ("", ""));
    }
}
