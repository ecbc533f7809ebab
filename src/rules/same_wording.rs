//! Whether two wordings have the same words, or one holds a word, told by reading as little as possible.

use memchr::memchr2_iter;

use crate::review::{same_words, words};

/// The same as [`same_words`], quicker for what is alike or differs in its first letter: titles and wordings of one
/// item do.
pub(super) fn same_wording(one: &str, other: &str) -> bool {
    if let (Some(one), Some(other)) = (first_letter(one), first_letter(other))
        && one != other
    {
        return false;
    }
    let alike = alike(one, other);
    one == other || same_words(&one[alike..], &other[alike..])
}

/// The letter or digit that a text begins with, if it is an ASCII one.
fn first_letter(text: &str) -> Option<u8> {
    text.bytes().next().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase())
}

/// Length of the beginning that two texts share, in whole words, before anything that may hide words.
fn alike(one: &str, other: &str) -> usize {
    let shared = one
        .bytes()
        .zip(other.bytes())
        .take_while(|(one, other)| one == other && one.is_ascii() && !matches!(one, b']' | b'<' | b'&'));
    let shared = &one[..shared.count()];
    shared.trim_end_matches(|c: char| c.is_ascii_alphanumeric()).len()
}

/// The first word of a text as it is written; empty when it has none.
pub(super) fn first_word(text: &str) -> &str {
    words(text).next().map_or("", |word| &text[word.span.range()])
}

/// Whether a text may hold a word, told by its letters in any case; true also for a word that is not ASCII.
pub(super) fn may_hold(text: &str, word: &str) -> bool {
    let (text, word) = (text.as_bytes(), word.as_bytes());
    let Some(first) = word.first().filter(|_| word.is_ascii()) else { return true };
    memchr2_iter(first.to_ascii_lowercase(), first.to_ascii_uppercase(), text)
        .any(|at| text[at..].get(..word.len()).is_some_and(|part| part.eq_ignore_ascii_case(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_may_stand_anywhere() {
        assert_eq!(first_word("[**Test** plan](a.md)"), "Test");
        assert_eq!(first_word("<!-- a --> --"), "");
        for (text, word) in [("The test", "Test"), ("a", ""), ("A", "a"), ("", "\u{e9}t\u{e9}")] {
            assert!(may_hold(text, word), "{text} / {word}");
        }
        assert!(!may_hold("The tes", "test") && !may_hold("", "a"));
    }

    #[test]
    fn it_says_what_the_words_say() {
        let texts = [
            "Describe the roadmap.",
            "Describe the **roadmap**",
            "describe the roadmap process",
            "[Describe the](a.md) roadmap",
            "[Describe the](b.md) roadmap",
            "Describe the road\u{e9}map",
            "Describe the road",
            "Describe &amp; the roadmap",
            "A roadmap",
            "",
            " a roadmap",
        ];
        for one in texts {
            for other in texts {
                assert_eq!(same_wording(one, other), same_words(one, other), "{one} / {other}");
            }
        }
    }
}
