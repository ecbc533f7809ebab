//! A file's text and the places in it: byte spans inside, lines and columns for people.
//!
//! Everything in the program speaks of bytes as they are on disk. [`LineIndex`] turns them into
//! 1-based lines and columns (Unicode code points) or into 0-based UTF-16 positions, both ways.

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

/// A file's text, unchanged, and the path under which it is reported.
#[derive(Clone)]
pub struct Source {
    path: Arc<str>,
    text: Arc<String>,
    lines: Arc<OnceLock<LineIndex>>,
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Source({}, {} bytes)", self.path, self.text.len())
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
            Ok(text) => Ok(Self { path: path.into(), text: Arc::new(text), lines: Arc::default() }),
            Err(error) => Err(SourceError::NotUtf8 { offset: error.utf8_error().valid_up_to() }),
        }
    }

    /// A source from text that is already a string (tests, editors, the browser).
    ///
    /// # Panics
    /// When the text is 4 GiB or longer; callers that read files use [`Source::from_bytes`].
    pub fn new(path: impl Into<Arc<str>>, text: impl Into<String>) -> Self {
        let text = Arc::new(text.into());
        assert!(text.len() <= u32::MAX as usize, "text of 4 GiB or more");
        Self { path: path.into(), text, lines: Arc::default() }
    }

    /// The path under which the file is reported.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The whole text as on disk, a byte order mark included.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Length of the byte order mark: 3 bytes or none.
    #[must_use]
    pub fn bom_length(&self) -> u32 {
        if self.text.starts_with('\u{feff}') { 3 } else { 0 }
    }

    /// The text of a span; a span past the end or inside a character gives what can be given.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// The line index, built when first asked for.
    #[must_use]
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }

    /// 1-based line and column of a byte offset.
    #[must_use]
    pub fn position(&self, offset: u32) -> Position {
        self.lines().position(&self.text, offset)
    }

    /// 1-based line of a byte offset.
    #[must_use]
    pub fn line(&self, offset: u32) -> u32 {
        self.lines().line(offset)
    }
}
