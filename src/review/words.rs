//! The words of a text, each as a hash: what is left when markup, punctuation and case are taken away.

use crate::source::Span;

/// One word: its hash and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// The hash of the case-folded word.
    pub hash: u64,
    /// Its bytes, relative to the text given.
    pub span: Span,
}

/// What a hash of nothing is.
pub(super) const SEED: u64 = 0x9e37_79b9_7f4a_7c15;

/// Takes eight bytes more into a hash: the folded multiplication of wyhash.
/// <https://github.com/wangyi-fudan/wyhash>
#[inline]
pub(super) const fn mix(hash: u64, more: u64) -> u64 {
    let product = (hash ^ more) as u128 * 0xa076_1d64_78bd_642f_u128;
    (product as u64) ^ ((product >> 64) as u64)
}

/// The hash of one word of ASCII letters and digits that is folded already.
pub(super) const fn hash(word: &str) -> u64 {
    let (bytes, mut at, mut hash) = (word.as_bytes(), 0, SEED);
    while at < bytes.len() {
        let (mut chunk, mut within) = (0, 0);
        while within < 8 && at < bytes.len() {
            chunk |= (bytes[at] as u64) << (8 * within);
            at += 1;
            within += 1;
        }
        hash = mix(hash, chunk);
    }
    hash
}

/// The next eight bytes from an offset on, the first one lowest; zeros behind the end.
#[inline]
fn chunk(bytes: &[u8], at: usize) -> u64 {
    let rest = &bytes[at..];
    match (rest.first_chunk(), bytes.last_chunk()) {
        (Some(eight), _) => u64::from_le_bytes(*eight),
        // fewer are left: those before them are shifted out
        (None, Some(last)) if !rest.is_empty() => u64::from_le_bytes(*last) >> (64 - 8 * rest.len()),
        (None, _) => rest.iter().rev().fold(0, |chunk, byte| chunk << 8 | u64::from(*byte)),
    }
}

/// How many bytes of a chunk, from the lowest on, are ASCII letters and digits. All eight are compared at once, each
/// in its own lane, whose high bit says whether it is in a range.
#[inline]
const fn letters(chunk: u64) -> u32 {
    #[inline]
    const fn lanes(byte: u8) -> u64 {
        0x0101_0101_0101_0101 * byte as u64
    }
    /// High bits of the lanes (below 128) that lie between two bytes.
    #[inline]
    const fn between(lanes_of: u64, low: u8, high: u8) -> u64 {
        (lanes_of + lanes(128 - low)) & !(lanes_of + lanes(127 - high))
    }
    let ascii = chunk & lanes(127);
    let letter = between(ascii | lanes(0x20), b'a', b'z');
    let digit = between(ascii, b'0', b'9');
    let is_word = (letter | digit) & !chunk & lanes(128);
    (is_word ^ lanes(128)).trailing_zeros() / 8
}

/// The words of a piece of markdown text, as they come.
///
/// Left out: link and image destinations, reference names, inline HTML comments, character entities.
/// Apostrophes inside a word do not split it from its `s` more than any other sign does: both `’` and `'`
/// separate. Linear in the length of `text`; nothing is allocated.
pub fn words(text: &str) -> impl Iterator<Item = Word> + '_ {
    scan(text)
}

/// The same as a scanner that can be asked what is hidden.
pub(super) fn scan(text: &str) -> Words<'_> {
    Words { text, at: 0 }
}

#[derive(Clone)]
pub(super) struct Words<'a> {
    text: &'a str,
    at: usize,
}

impl Words<'_> {
    /// Past something that begins at `at` and holds no words for a reader, if there is such a thing.
    #[inline(never)]
    pub(super) fn hidden(&self, at: usize) -> Option<usize> {
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

impl Words<'_> {
    /// Length in bytes of the character at an offset, one that is not ASCII, and whether it is of a word.
    #[inline(never)]
    fn foreign(&self, at: usize) -> (usize, bool) {
        self.text[at..].chars().next().map_or((1, false), |c| (c.len_utf8(), c.is_alphanumeric()))
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
    // most destinations hold nothing that must be looked at
    let inner = &bytes[open + 1..];
    if let Some(close) = memchr::memchr3(b')', b'(', b'\n', inner).filter(|&at| inner[at] == b')')
        && memchr::memchr2(b'\\', b'\r', &inner[..close]).is_none()
    {
        return open + close + 2;
    }
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

    // millions of words are read, in few places
    #[inline(always)]
    fn next(&mut self) -> Option<Word> {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        let start = loop {
            let Some(&byte) = bytes.get(at) else {
                self.at = at;
                return None;
            };
            // what most words are apart
            if byte == b' ' {
                at += 1;
                continue;
            }
            if byte.is_ascii_alphanumeric() {
                break at;
            }
            if byte.is_ascii() {
                let hides = matches!(byte, b']' | b'<' | b'&');
                at = if hides { self.hidden(at).unwrap_or(at + 1) } else { at + 1 };
                continue;
            }
            match self.foreign(at) {
                (_, true) => break at,
                (length, false) => at += length,
            }
        };
        let mut hash = SEED;
        loop {
            loop {
                let next = chunk(bytes, at);
                let length = letters(next);
                if length > 0 {
                    // the letters' bit of case; digits have it anyway
                    hash = mix(hash, (next | 0x2020_2020_2020_2020) & (u64::MAX >> (64 - 8 * length)));
                }
                at += length as usize;
                if length < 8 {
                    break;
                }
            }
            if bytes.get(at).is_none_or(u8::is_ascii) {
                break;
            }
            let (length, is_letter) = self.foreign(at);
            if !is_letter {
                break;
            }
            hash = self.text[at..at + length]
                .chars()
                .flat_map(char::to_lowercase)
                .fold(hash, |hash, low| mix(hash, u64::from(low)));
            at += length;
        }
        self.at = at;
        Some(Word { hash, span: Span::new(start as u32, at as u32) })
    }
}

/// The hashes of a text's words, in order.
pub(super) fn hashes(text: &str) -> Vec<u64> {
    // about five letters and a blank a word: most texts need no second room
    let mut hashes = Vec::with_capacity(text.len() / 5 + 2);
    hashes.extend(words(text).map(|word| word.hash));
    hashes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_ends_where_its_letters_do_whatever_is_beside_it() {
        let found = |text: &str| -> Vec<String> {
            words(text).map(|word| text[word.span.range()].to_string()).collect()
        };
        assert_eq!(
            found("a bc, Internationalization2 x\u{19}y\u{10}"),
            ["a", "bc", "Internationalization2", "x", "y"]
        );
        assert_eq!(found("@A[Z`a{z/0:9"), ["A", "Z", "a", "z", "0", "9"]);
        assert_eq!(found("na\u{ef}ve\u{2014}caf\u{e9}"), ["na\u{ef}ve", "caf\u{e9}"]);
        for byte in 0..128_u8 {
            let sign = char::from(byte);
            let alone = found(&format!("12345678abc{sign}9"));
            let expected = if sign.is_ascii_alphanumeric() {
                vec![format!("12345678abc{sign}9")]
            } else {
                vec!["12345678abc".to_string(), "9".to_string()]
            };
            if !matches!(sign, '<' | '&' | ']') {
                assert_eq!(alone, expected, "{byte}");
            }
        }
    }

    #[test]
    fn a_word_that_is_folded_already_has_the_same_hash() {
        for word in ["a", "q4", "seventh", "eighteen", "nineteen1", "internationalization"] {
            let read: Vec<u64> = words(&word.to_uppercase()).map(|word| word.hash).collect();
            assert_eq!(read, [hash(word)], "{word}");
        }
    }
}
