//! Small words of messages: counts, choices, what was probably meant.

/// `1 heading`, `2 headings`.
pub(super) fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// `a, b or c`.
pub(super) fn either<T: AsRef<str>>(choices: &[T]) -> String {
    match choices {
        [] => String::new(),
        [only] => only.as_ref().to_string(),
        [head @ .., last] => {
            let head: Vec<&str> = head.iter().map(AsRef::as_ref).collect();
            format!("{} or {}", head.join(", "), last.as_ref())
        }
    }
}

/// The word with a capital letter in front.
pub(super) fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The candidate that differs least from a word, if it differs by no more than a third of it.
/// Case does not count. Linear in the number of candidates; the first of equally near ones wins.
pub(super) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = word.to_lowercase().chars().collect();
    let most = (word.len() / 3).max(1);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let other: Vec<char> = candidate.to_lowercase().chars().collect();
        if other.len().abs_diff(word.len()) > most {
            continue;
        }
        let distance = distance(&word, &other);
        if distance <= most && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// How many characters to insert, drop or replace (Levenshtein), kept in one row.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_near() {
        let levels = ["sandbox", "incubation", "graduation"];
        assert_eq!(nearest("Incubaton", levels), Some("incubation"));
        assert_eq!(nearest("Gradation", levels), Some("graduation"));
        assert_eq!(nearest("beta", levels), None);
        assert_eq!(nearest("", levels), None);
    }

    #[test]
    fn words_read_well() {
        assert_eq!(either(&["a", "b", "c"]), "a, b or c");
        assert_eq!(either(&["a"]), "a");
        assert_eq!(count(1, "link"), "1 link");
        assert_eq!(count(0, "link"), "0 links");
        assert_eq!(capitalised("sandbox"), "Sandbox");
    }
}
