//! Byte spans as machine formats give them: lines and columns from 1, and the bytes themselves.

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
/// Columns are walked from the last place that was asked for in the same line, not from the line's beginning, so that
/// a thousand findings in one line of a megabyte cost one walk.
pub(super) struct Places<'a> {
    source: &'a Source,
    last: Option<(u32, Position)>,
}

impl<'a> Places<'a> {
    pub(super) fn new(source: &'a Source) -> Self {
        Self { source, last: None }
    }

    pub(super) fn position(&mut self, offset: u32) -> Position {
        let position = self.stepped(offset).unwrap_or_else(|| self.source.position(offset));
        // inside a byte order mark bytes and columns part ways
        self.last = (offset >= self.source.bom_length()).then_some((offset, position));
        position
    }

    /// The position of an offset, seen from the last one, if both begin characters of one line.
    fn stepped(&self, offset: u32) -> Option<Position> {
        let (known, from) = self.last.filter(|(_, from)| self.source.line(offset) == from.line)?;
        if known == offset {
            return Some(from);
        }
        let between = self.source.slice(Span::new(known.min(offset), known.max(offset)));
        let steps = between.chars().count() as u32;
        let column = if known < offset { from.column + steps } else { from.column.saturating_sub(steps) };
        (steps > 0 && column > 0).then_some(Position { line: from.line, column })
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
                prop_assert_eq!(places.position(offset), source.position(offset));
                // nothing points into a byte order mark
                if offset >= source.bom_length() {
                    prop_assert_eq!(left.position(offset), source.position(offset));
                }
            }
        }
    }
}
