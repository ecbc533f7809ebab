//! Text as a sequence of words: what is left when markup, punctuation and case are taken away.
//!
//! Two wordings are the same when their words are. This undoes at once what people and editors change
//! without changing the question: escapes (`\-`), straight and curly quotes, dashes, Oxford commas,
//! emphasis, link targets, soft line breaks, trailing `?`, `.` and `:`.

use super::words::{SEED, Word, mix, scan, words};

/// After how many words the sentences of a wording end, the last one included.
pub(super) fn sentences(text: &str) -> impl Iterator<Item = usize> + '_ {
    let mut words = words(text).peekable();
    let mut count = 0;
    std::iter::from_fn(move || {
        loop {
            let Some(this) = words.next() else {
                // a text without words has one sentence too
                return (count == 0).then(|| {
                    count = usize::MAX;
                    0
                });
            };
            count += 1;
            let Some(next) = words.peek() else { return Some(count) };
            let between = &text[this.span.end as usize..next.span.start as usize];
            let word = &text[this.span.range()];
            let capital = text[next.span.range()].starts_with(char::is_uppercase);
            let stop = between.contains(['?', '!'])
                || (between.contains('.') && word.len() > 2 && (capital || between.contains('(')));
            if stop {
                return Some(count);
            }
        }
    })
}

/// Whether two pieces of text have the same words.
#[must_use]
pub fn same_words(a: &str, b: &str) -> bool {
    words(a).map(|word| word.hash).eq(words(b).map(|word| word.hash))
}

/// The hash under which a line of guidance is stored in a template. Its upper 16 bits are of the line's
/// first two words alone, so that most lines need not be read on; the others are of all its words. `None` for a line
/// without a word.
#[must_use]
pub fn guidance_hash(line: &str) -> Option<u64> {
    let mut words = words(line);
    let start = guidance_start(&mut words)?;
    Some(whole_line(start, words))
}

/// The hash of a line from that of its first two words and the words behind.
pub(super) fn whole_line(start: u64, rest: impl Iterator<Item = Word>) -> u64 {
    let whole = rest.fold(start, |hash, word| mix(hash, word.hash));
    beginning(start) | (whole & LOWER)
}

const LOWER: u64 = 0x0000_ffff_ffff_ffff;

/// The hash of a line's first two words, which leads to the guidance that begins with them.
pub(super) fn guidance_start(words: &mut impl Iterator<Item = Word>) -> Option<u64> {
    let first = words.next()?;
    Some(beginning_with(first.hash, words.next().map(|second| second.hash)))
}

/// The same from the hashes of both words.
pub(super) fn beginning_with(first: u64, second: Option<u64>) -> u64 {
    let start = mix(SEED, first);
    second.map_or(start, |second| mix(start, second))
}

/// The upper 16 bits of a line's hash, which its first two words alone make.
pub(super) fn beginning(start: u64) -> u64 {
    start & !LOWER
}

/// A piece of markdown text for people: emphasis, code marks, escapes and link targets taken away,
/// white space and line breaks folded to one space.
#[must_use]
pub fn plain(text: &str) -> String {
    let scanner = scan(text);
    let mut out = String::with_capacity(text.len());
    let mut chars = text.char_indices().peekable();
    let mut skip_to = 0;
    while let Some((at, c)) = chars.next() {
        if at < skip_to {
            continue;
        }
        match c {
            ']' | '<' if scanner.hidden(at).is_some() => skip_to = scanner.hidden(at).unwrap_or(at),
            '*' | '_' | '`' | '[' | ']' => {
                // an underscore inside a word is a letter of a name
                let inside = c == '_'
                    && out.ends_with(char::is_alphanumeric)
                    && chars.peek().is_some_and(|(_, next)| next.is_alphanumeric());
                if inside {
                    out.push(c);
                }
            }
            // a picture is shown by its description
            '!' if chars.peek().is_some_and(|(_, next)| *next == '[') => {}
            '\\' if chars.peek().is_some_and(|(_, next)| next.is_ascii_punctuation()) => {
                if let Some((_, next)) = chars.next() {
                    out.push(next);
                }
            }
            c if c.is_whitespace() => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_editors_change_does_not_change_the_words() {
        assert!(same_words(
            "calls \\- including to cloud providers \\- that",
            "calls—including to cloud providers—that?"
        ));
        assert!(same_words(
            "the project’s [self assessment](https://x/a_(b).html).",
            "**The project's self-assessment**"
        ));
        assert!(same_words("upgrade-\\>downgrade", "upgrade&gt;downgrade <!-- note -->"));
        assert!(!same_words("one two", "one two three"));
    }

    #[test]
    fn plain_text_has_no_markup() {
        assert_eq!(
            plain("**How** do\n  you `run` [it](https://x) \\- now, my_name?"),
            "How do you run it - now, my_name?"
        );
        assert_eq!(plain("See ![the lamp](lamp.png)!"), "See the lamp!");
    }

    #[test]
    fn a_line_without_words_has_no_guidance_hash() {
        assert_eq!(guidance_hash("---"), None);
        assert_eq!(guidance_hash("<b>A</b> line."), guidance_hash("a, LINE"));
    }
}
