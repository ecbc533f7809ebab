//! Byte offsets to lines and columns, and back.

use super::Span;

/// A place as people and reports count: both parts begin at 1, columns are Unicode code points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// 1-based line.
    pub line: u32,
    /// 1-based column in code points; a byte order mark counts as none.
    pub column: u32,
}

/// Where each line of a text begins. Line ends are LF, CRLF and lone CR.
#[derive(Debug, Clone)]
pub struct LineIndex {
    starts: Vec<u32>,
    length: u32,
}

impl LineIndex {
    /// Reads the text once.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let first = if text.starts_with('\u{feff}') { 3 } else { 0 };
        // a guess that saves most texts from moving the list while it grows
        let mut starts = Vec::with_capacity(bytes.len() / 64 + 16);
        starts.push(first);
        if memchr::memchr(b'\r', bytes).is_none() {
            starts.extend(memchr::memchr_iter(b'\n', bytes).map(|at| at as u32 + 1));
        } else {
            let ends = memchr::memchr2_iter(b'\n', b'\r', bytes);
            let ends = ends.filter(|at| bytes[*at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'));
            starts.extend(ends.map(|at| at as u32 + 1));
        }
        Self { starts, length: bytes.len() as u32 }
    }

    /// How many lines there are; a text that ends in a line end has an empty last one.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.starts.len() as u32
    }

    /// 1-based line of a byte offset; offsets past the end belong to the last line.
    #[must_use]
    pub fn line(&self, offset: u32) -> u32 {
        (self.starts.partition_point(|&start| start <= offset) as u32).max(1)
    }

    /// The bytes of the lines in which a span lies, their line ends included.
    pub(super) fn around(&self, span: Span) -> Span {
        let first = self.line_with_end(self.line(span.start));
        first.join(self.line_with_end(self.line(span.end)))
    }

    /// The bytes of a 1-based line with its line end; an empty span for a line that is not there.
    #[must_use]
    pub fn line_with_end(&self, line: u32) -> Span {
        let Some(&start) = (line as usize).checked_sub(1).and_then(|at| self.starts.get(at)) else {
            return Span::new(self.length, self.length);
        };
        Span::new(start, self.starts.get(line as usize).copied().unwrap_or(self.length))
    }
}
