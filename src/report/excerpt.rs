//! One line of a file, or the part of it around a place, made fit for a screen.

use unicode_width::UnicodeWidthChar;

use super::screen::clean;
use crate::source::{Source, Span, boundary};

/// Part of a line with a marked range in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Excerpt {
    /// 1-based line in the file.
    pub(super) line: u32,
    /// The text: harmless, at most as wide as was asked for; cut ends are `…`.
    pub(super) text: String,
    /// The bytes of `text` that are meant; never empty.
    pub(super) marked: std::ops::Range<usize>,
}

impl Excerpt {
    /// The line where `span` begins. A span over several lines is marked up to the end of the first one.
    ///
    /// However long the line is, only the part that can be shown is kept: miette fails on columns past
    /// 65,535 and prints lines whole.
    pub(super) fn new(source: &Source, span: Span, columns: usize) -> Self {
        let line = source.line(span.start);
        let mut whole = source.line_span(line);
        // indentation says nothing here
        let inset =
            source.slice(whole).bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).count() as u32;
        whole.start += inset.min(span.start.saturating_sub(whole.start));
        let text = source.slice(whole);
        let from = boundary(text, span.start.saturating_sub(whole.start) as usize);
        let to = boundary(text, (span.end.saturating_sub(whole.start) as usize).min(text.len())).max(from);

        // walk outwards from the place: a third of the room goes to what stands before it
        let columns = columns.max(12);
        let wide = |c: char| c.width().unwrap_or(1).max(1);
        let (mut start, mut used) = (from, 0);
        for (at, c) in text[..from].char_indices().rev() {
            if used + wide(c) > columns / 3 {
                break;
            }
            used += wide(c);
            start = at;
        }
        // a line that fits as a whole is not cut
        let fits = text.chars().take(columns + 1).map(wide).sum::<usize>() <= columns;
        if fits {
            (start, used) = (0, text[..from].chars().map(wide).sum());
        }
        let room = if fits { columns } else { columns - 2 };
        let mut end = from;
        for c in text[from..].chars() {
            if used + wide(c) > room {
                break;
            }
            used += wide(c);
            end += c.len_utf8();
        }
        let mut shown = if start > 0 { "…".to_string() } else { String::new() };
        let shift = shown.len();
        shown.push_str(&clean(&text[start..end]));
        let mut marked = from - start + shift..to.min(end) - start + shift;
        if end < text.len() {
            shown.push('…');
        }
        if marked.is_empty() {
            if marked.start == shown.len() {
                shown.push(' ');
            }
            marked.end += shown[marked.start..].chars().next().map_or(0, char::len_utf8);
        }
        Self { line, text: shown, marked }
    }
}

/// Whether a span is a part of one line that has other text too, so that pointing into the line helps.
pub(super) fn is_inside_line(source: &Source, span: Span) -> bool {
    let line = source.line(span.start);
    let whole = source.line_span(line);
    // marks, brackets and the like are none
    let part = |from: u32, to: u32| source.slice(Span::new(from, to)).contains(char::is_alphanumeric);
    span.end <= whole.end && (part(whole.start, span.start) || part(span.end, whole.end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::screen::width;

    fn of(text: &str, range: std::ops::Range<usize>, columns: usize) -> Excerpt {
        Excerpt::new(&Source::new("x.md", text), Span::from_range(range), columns)
    }

    #[test]
    fn signs_around_a_span_are_no_other_text() {
        let inside = |text: &str, range: std::ops::Range<usize>| {
            is_inside_line(&Source::new("x.md", text), Span::from_range(range))
        };
        assert!(!inside("- [ ] Gate (see `x`)\n", 2..18));
        assert!(inside("- [ ] Gate (see `x`)\n", 2..11));
        assert!(inside("a Gate\n", 2..6));
    }

    #[test]
    fn a_short_line_is_shown_whole_and_a_long_one_around_the_place() {
        let short = of("one\n  two three\nfour", 10..15, 40);
        assert_eq!((short.line, short.text.as_str(), short.marked), (2, "two three", 4..9));
        let text = format!("{}NEEDLE{}", "a ".repeat(50_000), " b".repeat(50_000));
        let long = of(&text, 100_000..100_006, 40);
        assert_eq!(&long.text[long.marked.clone()], "NEEDLE");
        assert!(width(&long.text) <= 40, "{}", long.text);
        assert!(long.text.starts_with('…') && long.text.ends_with('…'));
    }

    #[test]
    fn odd_places_still_have_something_to_mark() {
        for (text, range) in [("", 0..0), ("ab", 2..2), ("a\n\nb", 2..2), ("é\u{1b}x", 1..1), ("ab", 9..12)]
        {
            let excerpt = of(text, range, 20);
            assert!(!excerpt.text[excerpt.marked.clone()].is_empty(), "{text:?}");
            assert!(!excerpt.text.contains('\u{1b}'));
        }
    }

    #[test]
    fn a_place_is_inside_a_line_when_other_words_are_there() {
        let source = Source::new("x.md", "* **all of it:**\nonly TODO here");
        assert!(!is_inside_line(&source, Span::new(4, 13)));
        assert!(is_inside_line(&source, Span::new(22, 26)));
    }
}
