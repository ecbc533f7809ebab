//! Words cut to stems, for labels that authors make up themselves.
//!
//! Only endings that English maintainers vary without changing the meaning are cut (`configure`,
//! `configuration`, `configuring`); a real stemmer would also join words that questions keep apart.

use super::words::{hash, hashes, words};

/// Words that say nothing about which question a label stands for.
const STOP: &[&str] = &[
    "a",
    "about",
    "all",
    "an",
    "and",
    "answer",
    "any",
    "are",
    "as",
    "at",
    "be",
    "been",
    "being",
    "by",
    "can",
    "could",
    "describe",
    "do",
    "does",
    "e",
    "each",
    "etc",
    "explain",
    "for",
    "from",
    "g",
    "has",
    "have",
    "how",
    "i",
    "if",
    "in",
    "include",
    "including",
    "into",
    "is",
    "it",
    "its",
    "of",
    "on",
    "or",
    "other",
    "our",
    "per",
    "please",
    "project",
    "projects",
    "provide",
    "q",
    "question",
    "s",
    "should",
    "such",
    "that",
    "the",
    "their",
    "them",
    "there",
    "these",
    "they",
    "this",
    "to",
    "used",
    "using",
    "via",
    "vs",
    "was",
    "we",
    "were",
    "what",
    "when",
    "where",
    "which",
    "who",
    "will",
    "with",
    "would",
    "you",
    "your",
];

/// The hashes of [`STOP`], each where its lowest bits say or in a place behind; 0 is none.
static STOP_HASHES: [u64; 256] = {
    let mut table = [0; 256];
    let mut at = 0;
    while at < STOP.len() {
        let hash = hash(STOP[at]);
        let mut place = hash as usize % 256;
        while table[place] != 0 {
            place = (place + 1) % 256;
        }
        table[place] = hash;
        at += 1;
    }
    table
};

fn is_stop(word: u64) -> bool {
    let mut place = word as usize % 256;
    while STOP_HASHES[place] != 0 {
        if STOP_HASHES[place] == word {
            return true;
        }
        place = (place + 1) % 256;
    }
    false
}

/// The hashes of the stems of a text's meaningful words, in order, without repetition.
pub(super) fn stems(text: &str) -> Vec<u64> {
    let mut out = Vec::new();
    let mut low = String::new();
    let spelt = memchr::memchr2(b'\'', "’".as_bytes()[0], text.as_bytes()).is_some()
        && (text.contains("n't") || text.contains("n’t"));
    let text = if spelt { &text.replace("n't", " not").replace("n’t", " not") } else { text };
    for word in words(text) {
        if is_stop(word.hash) {
            continue;
        }
        low.clear();
        low.push_str(&text[word.span.range()]);
        if low.is_ascii() {
            low.make_ascii_lowercase();
        } else {
            low = low.to_lowercase();
        }
        if low.bytes().all(|b| b.is_ascii_digit()) {
            continue;
        }
        let hash = hash(stem(&low));
        if !out.contains(&hash) {
            out.push(hash);
        }
    }
    if out.is_empty() {
        // "Who is it for?" is nothing but such words: all of them together are its one stem
        let all = hashes(text);
        let digits = text.bytes().any(|b| b.is_ascii_digit());
        if all.len() > 2 && !digits {
            out.push(all.iter().fold(1, |sum, hash| sum.rotate_left(13) ^ hash));
        }
    }
    out
}

/// A lower-case word without the ending that varies.
fn stem(word: &str) -> &str {
    let mut word = word;
    if let Some(cut) = word.strip_suffix('s').filter(|cut| cut.len() > 3)
        && !cut.ends_with(['s', 'u', 'i'])
    {
        word = cut;
    }
    let endings: &[&str] = match word.bytes().last() {
        Some(b'y') => &["ibility", "ability", "y"],
        Some(b'g') => &["ioning", "ating", "ing"],
        Some(b'd') => &["ioned", "ated", "ied", "ed"],
        Some(b'n') => &["ation", "ion"],
        Some(b't') => &["ment"],
        Some(b'e') => &["ate", "ie", "e"],
        _ => &[],
    };
    for ending in endings {
        if let Some(cut) = word.strip_suffix(*ending).filter(|cut| cut.len() >= 4) {
            let bytes = cut.as_bytes();
            let doubled = bytes.len() > 4
                && bytes[bytes.len() - 1] == bytes[bytes.len() - 2]
                && !cut.ends_with(['l', 's']);
            let cut = if doubled { &cut[..cut.len() - 1] } else { cut };
            let cut = cut.strip_suffix("ific").map_or(cut, |short| &cut[..short.len() + 2]);
            let cut = cut.strip_suffix('y').filter(|cut| cut.len() >= 4).unwrap_or(cut);
            return cut.strip_suffix('e').filter(|cut| cut.len() >= 4).unwrap_or(cut);
        }
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stop_words_are_found_by_their_hashes() {
        assert!(STOP.iter().all(|word| is_stop(hash(word))));
        assert!(!is_stop(hash("persona")));
    }

    #[test]
    fn forms_of_a_word_have_one_stem() {
        let groups: &[&[&str]] = &[
            &["configure", "configuration", "configurations", "configured", "configuring"],
            &["install", "installation", "installing", "installed"],
            &["dependency", "dependencies"],
            &["requirement", "requirements", "require", "required"],
            &["enablement", "enable", "enabled", "enabling"],
            &["validate", "validation", "validating"],
            &["persona", "personas"],
            &["verify", "verifying", "verification", "verified", "verifies"],
        ];
        for group in groups {
            let first = stem(group[0]);
            for word in *group {
                assert_eq!(stem(word), first, "{word}");
            }
        }
        assert_ne!(stem("security"), stem("secret"));
    }
    #[test]
    fn a_question_of_nothing_but_small_words_has_one_stem() {
        let who = stems("Who is it for?");
        assert_eq!((who.len(), &who), (1, &stems("**Who** is it for")));
        assert_ne!(who, stems("What is it for?"));
        // two of them are said everywhere
        assert_eq!(stems("Is it?"), [0; 0]);
        assert_eq!(stems("Who is it for in lamps?").len(), 1);
        assert_eq!(stems("Don\u{2019}t they shine?"), stems("Do not they shine?"));
        assert_eq!(stems("Don't they shine?"), stems("Do not they shine?"));
    }
}
