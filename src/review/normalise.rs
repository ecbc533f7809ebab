//! Text as a sequence of words: what is left when markup, punctuation and case are taken away.
//!
//! Two wordings are the same when their words are. This undoes at once what people and editors change
//! without changing the question: escapes (`\-`), straight and curly quotes, dashes, Oxford commas,
//! emphasis, link targets, soft line breaks, trailing `?`, `.` and `:`.

use crate::source::Span;

/// One word: its hash and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// FNV-1a of the case-folded word.
    pub hash: u64,
    /// Its bytes, relative to the text given.
    pub span: Span,
}

const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

const fn feed(hash: u64, byte: u8) -> u64 {
    (hash ^ byte as u64).wrapping_mul(PRIME)
}

/// The hash of one word that is folded already.
pub(super) const fn hash(word: &str) -> u64 {
    let (bytes, mut at, mut hash) = (word.as_bytes(), 0, OFFSET);
    while at < bytes.len() {
        hash = feed(hash, bytes[at]);
        at += 1;
    }
    hash
}

/// The words of a piece of markdown text, as they come.
///
/// Left out: link and image destinations, reference names, inline HTML comments, character entities.
/// Apostrophes inside a word do not split it from its `s` more than any other sign does: both `’` and `'`
/// separate. Linear in the length of `text`; nothing is allocated.
pub fn words(text: &str) -> impl Iterator<Item = Word> + '_ {
    Words { text, at: 0 }
}

struct Words<'a> {
    text: &'a str,
    at: usize,
}

impl Words<'_> {
    /// Past something that begins at `at` and holds no words for a reader, if there is such a thing.
    fn hidden(&self, at: usize) -> Option<usize> {
        let rest = &self.text[at..];
        if rest.starts_with("](") {
            return Some(at + balanced(rest.as_bytes(), 1));
        }
        if rest.starts_with("][") {
            return rest
                .find(']')
                .and_then(|first| rest[first + 1..].find(']').map(|end| at + first + end + 2));
        }
        if rest.starts_with("<!--") {
            return Some(rest.find("-->").map_or(self.text.len(), |end| at + end + 3));
        }
        if rest.starts_with('<') {
            return formatting_tag(rest).map(|length| at + length);
        }
        if let Some(entity) = rest.strip_prefix('&') {
            let name = entity.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
            return (name > 0 && name < 9 && rest.as_bytes().get(name + 1) == Some(&b';'))
                .then_some(at + name + 2);
        }
        None
    }
}

/// HTML elements that only format what they hold.
const FORMATTING: &[&str] = &[
    "a", "b", "big", "br", "center", "code", "details", "div", "em", "font", "h1", "h2", "h3", "h4", "h5",
    "h6", "i", "ins", "li", "mark", "p", "small", "span", "strong", "sub", "summary", "sup", "u", "ul",
];

/// Length of the formatting HTML tag that a text begins with.
pub(super) fn formatting_tag(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('<')?;
    let inner = inner.strip_prefix('/').unwrap_or(inner);
    let length = inner.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let known = FORMATTING.iter().any(|name| name.eq_ignore_ascii_case(&inner[..length]));
    let closed = inner[length..].starts_with(['>', ' ', '/']);
    if !known || !closed {
        return None;
    }
    let near = &text.as_bytes()[..text.len().min(LONGEST_TAG)];
    let end = memchr::memchr3(b'>', b'\n', b'\r', near)?;
    (near[end] == b'>').then_some(end + 1)
}

/// Bytes in which a tag must end, so that a line of beginnings is not read to its end for each of them.
const LONGEST_TAG: usize = 2048;

/// Parentheses inside each other in a link's destination; CommonMark asks for no more.
const DEEPEST: usize = 32;

/// Length of a link's destination part up to its closing parenthesis; 2 when it has none on its line.
fn balanced(bytes: &[u8], open: usize) -> usize {
    let mut depth = 0usize;
    let mut escaped = false;
    for (at, &byte) in bytes.iter().enumerate().skip(open) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'(' if depth > DEEPEST => break,
            b'(' => depth += 1,
            b')' => {
                depth -= 1;
                if depth == 0 {
                    return at + 1;
                }
            }
            b'\n' | b'\r' => break,
            _ => {}
        }
    }
    open + 1
}

impl Iterator for Words<'_> {
    type Item = Word;

    fn next(&mut self) -> Option<Word> {
        let bytes = self.text.as_bytes();
        let start = loop {
            let byte = *bytes.get(self.at)?;
            if FOLDED[usize::from(byte)] != 0 {
                break self.at;
            }
            if byte.is_ascii() {
                self.at = match byte {
                    b']' | b'<' | b'&' => self.hidden(self.at).unwrap_or(self.at + 1),
                    _ => self.at + 1,
                };
                continue;
            }
            let c = self.text[self.at..].chars().next()?;
            if c.is_alphanumeric() {
                break self.at;
            }
            self.at += c.len_utf8();
        };
        let mut hash = OFFSET;
        loop {
            let rest = &bytes[self.at..];
            let mut length = 0;
            for &byte in rest {
                let folded = FOLDED[usize::from(byte)];
                if folded == 0 {
                    break;
                }
                hash = feed(hash, folded);
                length += 1;
            }
            self.at += length;
            if rest.get(length).is_none_or(u8::is_ascii) {
                break;
            }
            let Some(c) = self.text[self.at..].chars().next().filter(|c| c.is_alphanumeric()) else { break };
            let mut buffer = [0; 4];
            for low in c.to_lowercase() {
                for &b in low.encode_utf8(&mut buffer).as_bytes() {
                    hash = feed(hash, b);
                }
            }
            self.at += c.len_utf8();
        }
        Some(Word { hash, span: Span::new(start as u32, self.at as u32) })
    }
}

/// ASCII letters and digits in lower case, 0 for every other byte.
static FOLDED: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        if (byte as u8).is_ascii_alphanumeric() {
            table[byte] = (byte as u8).to_ascii_lowercase();
        }
        byte += 1;
    }
    table
};

/// After how many words the sentences of a wording end.
pub(super) fn sentences(text: &str) -> Vec<usize> {
    let spans: Vec<_> = words(text).map(|word| word.span).collect();
    let mut ends = Vec::new();
    for (at, pair) in spans.windows(2).enumerate() {
        let between = &text[pair[0].end as usize..pair[1].start as usize];
        let word = &text[pair[0].range()];
        let capital = text[pair[1].range()].starts_with(char::is_uppercase);
        let stop = between.contains(['?', '!'])
            || (between.contains('.') && word.len() > 2 && (capital || between.contains('(')));
        if stop {
            ends.push(at + 1);
        }
    }
    ends.push(spans.len());
    ends
}

/// Whether two pieces of text have the same words.
#[must_use]
pub fn same_words(a: &str, b: &str) -> bool {
    words(a).map(|word| word.hash).eq(words(b).map(|word| word.hash))
}

/// The hash under which a line of guidance is stored in a template. Its upper 16 bits are of the line's
/// first two words alone, so that most lines need not be read on in most lines; the others are FNV-1a over
/// all words. `None` for a line without a word.
#[must_use]
pub fn guidance_hash(line: &str) -> Option<u64> {
    let mut words = words(line);
    let start = guidance_start(&mut words)?;
    Some(whole_line(start, words))
}

/// The hash of a line from that of its first two words and the words behind.
pub(super) fn whole_line(start: u64, rest: impl Iterator<Item = Word>) -> u64 {
    let whole = rest.fold(start, |hash, word| word.hash.to_le_bytes().into_iter().fold(hash, feed));
    beginning(start) | (whole & LOWER)
}

const LOWER: u64 = 0x0000_ffff_ffff_ffff;

/// The hash of a line's first two words, which leads to the guidance that begins with them.
pub(super) fn guidance_start(words: &mut impl Iterator<Item = Word>) -> Option<u64> {
    let first = words.next()?;
    let both = [Some(first), words.next()].into_iter().flatten();
    Some(both.fold(OFFSET, |hash, word| word.hash.to_le_bytes().into_iter().fold(hash, feed)))
}

/// The upper 16 bits of a line's hash, which its first two words alone make.
pub(super) fn beginning(start: u64) -> u64 {
    (start ^ (start >> 32)) << 48
}

/// A piece of markdown text for people: emphasis, code marks, escapes and link targets taken away,
/// white space and line breaks folded to one space.
#[must_use]
pub fn plain(text: &str) -> String {
    let scanner = Words { text, at: 0 };
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
    }

    #[test]
    fn a_line_without_words_has_no_guidance_hash() {
        assert_eq!(guidance_hash("---"), None);
        assert_eq!(guidance_hash("<b>A</b> line."), guidance_hash("a, LINE"));
    }
}
