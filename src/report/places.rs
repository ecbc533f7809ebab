//! Byte spans as machine formats give them: lines and columns from 1, and the bytes themselves.

use memchr::{memchr, memchr_iter, memrchr};
use serde::Serialize;

use super::FileReport;
use crate::diagnostic::Label;
use crate::source::{FileId, Position, Source, Span};

/// A span with its lines and columns (Unicode code points, the end exclusive).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub(super) struct Range {
    /// From 1.
    pub(super) line: u32,
    /// From 1, in Unicode code points.
    pub(super) column: u32,
    pub(super) end_line: u32,
    /// The column behind the last character.
    pub(super) end_column: u32,
    /// First byte in the file as it is on disk.
    pub(super) start: u32,
    /// One past the last byte.
    pub(super) end: u32,
}

/// Turns offsets of one file into positions.
///
/// Lines are counted and columns walked from the last place that was asked for, not from the beginning of the file
/// or the line, so that a thousand findings in one line of a megabyte cost one walk.
pub(super) struct Places<'a> {
    source: &'a Source,
    last: Option<(u32, Position)>,
    /// No carriage return: every line ends in the same sign, which is quick to count.
    is_plain: bool,
}

impl<'a> Places<'a> {
    pub(super) fn new(source: &'a Source) -> Self {
        let is_plain = memchr(b'\r', source.text().as_bytes()).is_none();
        Self { source, last: None, is_plain }
    }

    pub(super) fn position(&mut self, offset: u32) -> Position {
        if self.source.is_excerpt() {
            let position = self.stepped(offset).unwrap_or_else(|| self.source.position(offset));
            self.last = Some((offset, position));
            return position;
        }
        let text = self.source.text();
        let mut at = (offset as usize).min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let bom = self.source.bom_length();
        let first = (bom, Position { line: 1, column: 1 });
        let position = match self.last {
            last if self.is_plain && at as u32 >= bom => moved(text, last.unwrap_or(first), bom, at),
            Some(last) if self.source.line(at as u32) == last.1.line => moved(text, last, bom, at),
            _ => self.source.position(at as u32),
        };
        // inside a byte order mark bytes and columns part ways
        self.last = (at as u32 >= bom).then_some((at as u32, position));
        position
    }

    /// The position of an offset of an excerpt, seen from the last one, if both are in one line that is left.
    fn stepped(&self, offset: u32) -> Option<Position> {
        let (known, from) = self.last.filter(|(_, from)| self.source.line(offset) == from.line)?;
        let between = self.source.slice(Span::new(known.min(offset), known.max(offset)));
        if between.is_empty() && known != offset {
            return None;
        }
        let steps = between.chars().count() as u32;
        let column =
            if known <= offset { from.column + steps } else { from.column.saturating_sub(steps).max(1) };
        Some(Position { line: from.line, column })
    }

    pub(super) fn range(&mut self, span: Span) -> Range {
        let first = self.position(span.start);
        let last = self.position(span.end);
        Range {
            line: first.line,
            column: first.column,
            end_line: last.line,
            end_column: last.column,
            start: span.start,
            end: span.end,
        }
    }
}

/// The position of an offset, seen from a known one; between them no line ends in anything but a line feed.
fn moved(text: &str, (known, from): (u32, Position), bom: u32, at: usize) -> Position {
    let known = known as usize;
    let steps = |range: std::ops::Range<usize>| text[range].chars().count() as u32;
    let passed = &text.as_bytes()[known.min(at)..known.max(at)];
    let lines = memchr_iter(b'\n', passed).count() as u32;
    if lines == 0 {
        let column = if known <= at {
            from.column + steps(known..at)
        } else {
            from.column.saturating_sub(steps(at..known)).max(1)
        };
        return Position { line: from.line, column };
    }
    let start = memrchr(b'\n', &text.as_bytes()[..at]).map_or(bom as usize, |end| end + 1);
    let line = if known <= at { from.line + lines } else { from.line - lines };
    Position { line, column: 1 + steps(start..at) }
}

/// The same for all files of a report.
pub(super) struct FilePlaces<'a>(Vec<Places<'a>>);

impl<'a> FilePlaces<'a> {
    pub(super) fn new(file: &FileReport<'a>) -> Self {
        Self(file.sources.iter().map(|source| Places::new(source)).collect())
    }

    pub(super) fn range(&mut self, label: &Label) -> Range {
        self.span(label.file, label.span)
    }

    /// Where a label begins.
    pub(super) fn position(&mut self, label: &Label) -> Position {
        let at = known(self.0.len(), label.file);
        self.0[at].position(label.span.start)
    }

    pub(super) fn span(&mut self, file: FileId, span: Span) -> Range {
        let at = known(self.0.len(), file);
        self.0[at].range(span)
    }
}

/// The index of a file among so many; the document's when there is no such file.
pub(super) fn known(files: usize, id: FileId) -> usize {
    let at = id.0 as usize;
    if at < files { at } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn walking_from_the_last_place_changes_no_position(
            text in "\u{feff}?[aé😀\\r\\n\\t ]{0,40}",
            offsets in prop::collection::vec(0u32..180, 0..12),
        ) {
            let source = Source::new("x.md", text.as_str());
            let excerpt = source.excerpt(offsets.iter().map(|&offset| Span::new(offset, offset)));
            let (mut places, mut left) = (Places::new(&source), Places::new(&excerpt));
            for offset in offsets {
                let mut at = (offset as usize).min(text.len());
                while !text.is_char_boundary(at) {
                    at -= 1;
                }
                prop_assert_eq!(places.position(offset), source.position(at as u32));
                // nothing points into a byte order mark
                if at as u32 >= source.bom_length() {
                    prop_assert_eq!(left.position(offset), source.position(at as u32));
                }
            }
        }
    }
}
