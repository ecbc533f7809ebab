//! Places as the protocol counts them: lines and characters from 0, characters in UTF-8 or UTF-16 units.

use lsp_types::{Position, Range};

use crate::source::{LineIndex, Source, Span, boundary};

/// What a character of a position is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    /// A byte.
    Utf8,
    /// A UTF-16 code unit.
    Utf16,
}

impl Encoding {
    /// The byte offset of a position. Past the end of a line is the line's end, past the last line the text's end,
    /// inside of a character its beginning.
    pub(super) fn offset(self, text: &str, lines: &LineIndex, position: Position) -> u32 {
        if position.line >= lines.count() {
            return text.len() as u32;
        }
        let line = line(text, lines, position.line);
        let content = &text[line.range()];
        let wanted = position.character as usize;
        let at = match self {
            Self::Utf8 => boundary(content, wanted),
            Self::Utf16 => {
                let mut units = 0;
                let past = |(_, c): &(usize, char)| {
                    units += c.len_utf16();
                    units > wanted
                };
                content.char_indices().find(past).map_or(content.len(), |(at, _)| at)
            }
        };
        line.start + at as u32
    }

    /// The position of a byte offset; inside of a character it is that of its beginning.
    pub(super) fn position(self, text: &str, lines: &LineIndex, offset: u32) -> Position {
        let number = lines.line(offset) - 1;
        let start = line(text, lines, number).start as usize;
        let before = &text[start..boundary(text, offset as usize).max(start)];
        let character = match self {
            Self::Utf8 => before.len(),
            Self::Utf16 if before.is_ascii() => before.len(),
            Self::Utf16 => before.chars().map(char::len_utf16).sum(),
        };
        Position { line: number, character: character as u32 }
    }

    /// The bytes of a range, its ends in either order.
    pub(super) fn span(self, source: &Source, range: Range) -> Span {
        let offset = |position| self.offset(source.text(), source.lines(), position);
        let (start, end) = (offset(range.start), offset(range.end));
        Span::new(start.min(end), start.max(end))
    }

    /// The range of a span.
    pub(super) fn range(self, source: &Source, span: Span) -> Range {
        let position = |offset| self.position(source.text(), source.lines(), offset);
        Range { start: position(span.start), end: position(span.end) }
    }
}

/// A line (from 0) without its line end. A byte order mark that an editor sends is a character to it.
fn line(text: &str, lines: &LineIndex, number: u32) -> Span {
    let whole = lines.line_with_end(number + 1);
    let end = text[whole.range()].trim_end_matches(['\r', '\n']).len() as u32;
    Span::new(if number == 0 { 0 } else { whole.start }, whole.start + end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(line: u32, character: u32) -> Position {
        Position { line, character }
    }

    #[test]
    fn every_line_end_begins_a_line() {
        let text = "a\r\nbé\rc😀d\n";
        let lines = LineIndex::new(text);
        for (encoding, last) in [(Encoding::Utf8, 5), (Encoding::Utf16, 3)] {
            assert_eq!(encoding.offset(text, &lines, at(2, last)), text.find('d').unwrap() as u32);
            assert_eq!(encoding.position(text, &lines, text.find('d').unwrap() as u32), at(2, last));
            assert_eq!(encoding.position(text, &lines, text.len() as u32), at(3, 0));
        }
    }

    #[test]
    fn positions_past_the_end_and_inside_of_characters_are_taken_back() {
        let text = "a😀\r\nb";
        let lines = LineIndex::new(text);
        for encoding in [Encoding::Utf8, Encoding::Utf16] {
            assert_eq!(encoding.offset(text, &lines, at(0, 2)), 1, "inside of the character");
            assert_eq!(encoding.offset(text, &lines, at(0, 99)), 5, "past the end of the line");
            assert_eq!(encoding.offset(text, &lines, at(1, u32::MAX)), 8);
            assert_eq!(encoding.offset(text, &lines, at(u32::MAX, u32::MAX)), 8, "past the last line");
            assert_eq!(encoding.position(text, &lines, 3), at(0, 1), "inside of the character");
            assert_eq!(encoding.offset("", &LineIndex::new(""), at(0, 7)), 0);
        }
    }

    #[test]
    fn a_byte_order_mark_is_a_character_and_ranges_may_be_reversed() {
        let source = Source::new("x.md", "\u{feff}# x");
        assert_eq!(Encoding::Utf16.offset(source.text(), source.lines(), at(0, 1)), 3);
        assert_eq!(Encoding::Utf8.position(source.text(), source.lines(), 3), at(0, 3));
        let span = Encoding::Utf16.span(&source, Range { start: at(0, 9), end: at(0, 1) });
        assert_eq!(span, Span::new(3, 6));
    }

    proptest! {
        #[test]
        fn positions_convert_both_ways(text in "[aé😀\u{feff}\\r\\n\\t ]{0,40}") {
            let lines = LineIndex::new(&text);
            for encoding in [Encoding::Utf8, Encoding::Utf16] {
                for (offset, c) in text.char_indices() {
                    if c != '\r' && c != '\n' {
                        let position = encoding.position(&text, &lines, offset as u32);
                        prop_assert_eq!(encoding.offset(&text, &lines, position), offset as u32);
                    }
                }
            }
        }

        #[test]
        fn any_position_is_somewhere(text in "[aé😀\\r\\n]{0,20}", line in 0u32..30, character in 0u32..30) {
            let lines = LineIndex::new(&text);
            for encoding in [Encoding::Utf8, Encoding::Utf16] {
                let offset = encoding.offset(&text, &lines, at(line, character)) as usize;
                prop_assert!(text.is_char_boundary(offset));
            }
        }
    }
}
