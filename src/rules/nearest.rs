//! "Did you mean": the name that a mistyped one was probably meant to be.

use std::borrow::Cow;

use super::phrase::either;

/// The candidate nearest to `word`, if one is near enough to be worth suggesting.
///
/// Near is at most a third of the word's letters wrong (one to three), in any case; failing that, the only
/// candidate that begins with the word.
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.trim().to_lowercase();
    let length = word.chars().count();
    let limit = (length / 3).clamp(1, 3);
    let letters = letters(&word);
    let mut best: Option<(usize, &str)> = None;
    let mut beginning = Vec::new();
    for candidate in candidates {
        let lower = if candidate.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
            Cow::Borrowed(candidate)
        } else {
            Cow::Owned(candidate.to_lowercase())
        };
        if least_wrong(length, letters, &lower) <= limit {
            let distance = strsim::osa_distance(&word, &lower);
            if distance <= limit && best.is_none_or(|(least, _)| distance < least) {
                best = Some((distance, candidate));
            }
        }
        if word.len() >= 3 && lower.starts_with(&word) {
            beginning.push(candidate);
        }
    }
    match (best, &beginning[..]) {
        (Some((_, candidate)), _) => Some(candidate),
        (None, [only]) => Some(only),
        _ => None,
    }
}

/// What to write for a word that is none of those which may stand there: the one that was probably meant, or all of
/// them. Several words with `|` between them are a template's own line, which means none.
pub(super) fn one_of(word: &str, names: &[&str]) -> String {
    nearest(word, names.iter().copied())
        .filter(|_| !word.contains('|'))
        .map_or_else(|| format!("write {}", either(names)), |name| format!("did you mean `{name}`?"))
}

/// How often each letter stands in a word; letters that share a place count as one.
fn letters(word: &str) -> [u32; 64] {
    let mut letters = [0; 64];
    word.chars().for_each(|letter| letters[letter as usize % 64] += 1);
    letters
}

/// Letters of another word that are surely wrong, wherever they stand: those that one has more than the other.
/// Quick to count, while the distance takes as many steps as both have letters, multiplied.
fn least_wrong(length: usize, mut letters: [u32; 64], other: &str) -> usize {
    let mut found = 0;
    let mut others = 0;
    for letter in other.chars() {
        let left = &mut letters[letter as usize % 64];
        found += usize::from(*left > 0);
        *left = left.saturating_sub(1);
        others += 1;
    }
    length.max(others) - found
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: &[&str] = &["bare-not-applicable", "broken-link", "missing-question", "missing-section"];

    fn suggest(word: &str) -> Option<&'static str> {
        nearest(word, NAMES.iter().copied())
    }

    #[test]
    fn a_typo_finds_its_name_and_nonsense_finds_none() {
        assert_eq!(suggest("bare-not-aplicable"), Some("bare-not-applicable"));
        assert_eq!(suggest("Borken-Link"), Some("broken-link"));
        assert_eq!(suggest("MD013"), None);
        assert_eq!(suggest(""), None);
    }

    #[test]
    fn a_beginning_counts_when_only_one_name_has_it() {
        assert_eq!(suggest("bare"), Some("bare-not-applicable"));
        assert_eq!(suggest("missing"), None);
    }
}
