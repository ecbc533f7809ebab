//! Text for a terminal: made harmless, measured in columns, wrapped, coloured.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::Options;
use crate::diagnostic::Severity;

/// What a piece of text is, which decides its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Strong,
    Faint,
    Good,
    Of(Severity),
}

impl Style {
    fn code(self) -> &'static str {
        match self {
            Self::Strong => "1",
            Self::Faint => "2",
            Self::Good => "32",
            Self::Of(Severity::Error) => "1;31",
            Self::Of(Severity::Warning) => "1;33",
            Self::Of(Severity::Note) => "1;36",
        }
    }
}

/// Whether a character could steer a terminal or hide or reorder the text around it.
pub(crate) fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}')
        || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
        || matches!(c, '\u{e0000}'..='\u{e007f}')
}

/// The text with a visible mark of the same byte length in place of every harmful character; tabs and
/// line ends become spaces.
pub(super) fn clean(text: &str) -> String {
    let mark = |c: char| match c {
        '\t' | '\n' | '\r' => " ",
        c => ["?", "·", "\u{fffd}", "··"][c.len_utf8() - 1],
    };
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_harmful(c) { out.push_str(mark(c)) } else { out.push(c) }
    }
    out
}

/// Columns that a text takes, our own escape sequences left out.
pub(super) fn width(text: &str) -> usize {
    let mut columns = 0;
    let mut rest = text;
    while let Some(at) = rest.find('\u{1b}') {
        columns += rest[..at].width();
        let sequence = &rest[at..];
        let end = if sequence.starts_with("\u{1b}]") { "\u{1b}\\" } else { "m" };
        rest = sequence.find(end).map_or("", |found| &sequence[found + end.len()..]);
    }
    columns + rest.width()
}

/// The text within `columns`, cut at a word where possible; a cut is marked with `…`.
pub(super) fn clip(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_string();
    }
    let mut used = 0;
    let first_too_many = text.char_indices().find(|(_, c)| {
        used += c.width().unwrap_or(0);
        used >= columns
    });
    let (cut, rest) = text.split_at(first_too_many.map_or(text.len(), |(at, _)| at));
    // back to the last word's end, unless the cut is one, or the word is so long that little would be left
    let word = cut.rfind(' ').filter(|at| !rest.starts_with(' ') && cut[*at..].width() < 16 && *at > 0);
    let cut = word.map_or(cut, |at| &cut[..at]);
    format!("{}…", cut.trim_end_matches([' ', ',', ';', ':', '.', '(']))
}

/// Lays pieces out in lines: `first` before the first line, `hang` columns before the others, one or two
/// spaces (`gap`) between pieces. A piece is never split.
pub(super) fn flow(first: &str, hang: usize, gap: &str, pieces: &[String], columns: usize) -> String {
    let mut out = first.to_string();
    let mut used = width(first);
    let mut fresh = true;
    for piece in pieces {
        let need = width(piece);
        if !fresh && used + gap.len() + need > columns {
            out.push('\n');
            out.push_str(&" ".repeat(hang));
            used = hang;
        } else if !fresh {
            out.push_str(gap);
            used += gap.len();
        }
        out.push_str(piece);
        used += need;
        fresh = false;
    }
    out
}

/// Wraps plain text between words; a word that no line can hold is split.
pub(super) fn wrap(first: &str, hang: usize, text: &str, columns: usize) -> String {
    let room = columns.saturating_sub(hang.max(width(first))).max(10);
    let mut pieces = Vec::new();
    for word in text.split_whitespace() {
        let (mut piece, mut used) = (String::new(), 0);
        for c in word.chars() {
            let need = c.width().unwrap_or(0);
            if used + need > room {
                pieces.push(std::mem::take(&mut piece));
                used = 0;
            }
            piece.push(c);
            used += need;
        }
        pieces.push(piece);
    }
    flow(first, hang, " ", &pieces, columns)
}

/// A count and its noun: `1 error`, `2 errors`.
pub(super) fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

impl Options {
    /// Columns to stay within.
    pub(super) fn columns(&self) -> usize {
        self.width.max(60)
    }

    /// The text in a style, cleaned.
    pub(super) fn paint(&self, style: Style, text: &str) -> String {
        let text = clean(text);
        if self.colour { format!("\u{1b}[{}m{text}\u{1b}[0m", style.code()) } else { text }
    }

    /// Text that is a link where links are wanted. `text` may hold our own escape sequences.
    pub(super) fn link(&self, text: &str, url: Option<&str>) -> String {
        match url.filter(|_| self.hyperlinks) {
            Some(url) => format!("\u{1b}]8;;{}\u{1b}\\{text}\u{1b}]8;;\u{1b}\\", clean(url)),
            None => text.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_steers_a_terminal_is_left_and_bytes_stay_in_place() {
        let hostile = "a\u{1b}[31mb\u{9b}c\u{202e}d\u{200b}e\u{e0041}f\tg\u{7f}\r\n";
        let safe = clean(hostile);
        assert_eq!(safe.len(), hostile.len());
        assert_eq!(safe, "a?[31mb·c\u{fffd}d\u{fffd}e··f g?  ");
    }

    #[test]
    fn columns_are_those_of_a_screen() {
        assert_eq!(width("日本"), 4);
        let options = Options { colour: true, hyperlinks: true, ..Options::default() };
        let link = options.link(&options.paint(Style::Strong, "rule"), Some("https://example.org/m"));
        assert_eq!(width(&link), 4);
        assert!(link.contains("\u{1b}]8;;https://example.org/m\u{1b}\\"));
    }

    #[test]
    fn clipping_prefers_a_word_and_marks_the_cut() {
        assert_eq!(clip("short", 5), "short");
        assert_eq!(clip("one two, three", 12), "one two…");
        assert_eq!(clip("日本語日本語", 7), "日本語…");
    }

    #[test]
    fn wrapped_lines_stay_within_the_columns() {
        let text = wrap("help: ", 6, &format!("some words and {}", "x".repeat(90)), 40);
        assert!(text.lines().all(|line| width(line) <= 40), "{text}");
        assert!(text.starts_with("help: some words and\n      xxx"), "{text}");
    }
}
