//! "Did you mean": the name that a mistyped one was probably meant to be.

/// The candidate nearest to `word`, if one is near enough to be worth suggesting.
///
/// Near is at most a third of the word's letters wrong (one to three), in any case; failing that, the only
/// candidate that begins with the word.
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.trim().to_lowercase();
    let length = word.chars().count();
    let limit = (length / 3).clamp(1, 3);
    let mut best: Option<(usize, &str)> = None;
    let mut beginning = Vec::new();
    for candidate in candidates {
        let lower = candidate.to_lowercase();
        // letters that one has more than the other are wrong letters
        if lower.chars().count().abs_diff(length) <= limit {
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
