//! Whether two wordings have the same words, told by as few of them as possible.

use crate::review::same_words;

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

#[cfg(test)]
mod tests {
    use super::*;

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
