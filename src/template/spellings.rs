//! The cases in which people write the words of a title. `build.rs` has this file too.

/// Words that stay small in a title.
const SMALL: [&str; 9] = ["a", "and", "for", "in", "of", "or", "the", "to", "with"];

/// A lower-case text as it stands, in capitals, with one capital at its beginning, and with one at every word that is
/// not small; each once.
pub(crate) fn spellings(text: &str) -> Vec<String> {
    let capital = |word: &str| -> String {
        let mut letters = word.chars();
        letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
    };
    let mut title = String::with_capacity(text.len());
    for word in text.split_inclusive([' ', '-', '/']) {
        let bare = word.trim_end_matches([' ', '-', '/']);
        if SMALL.contains(&bare) { title.push_str(word) } else { title.push_str(&capital(word)) }
    }
    let mut all = vec![text.to_string(), text.to_uppercase(), capital(text), title];
    all.sort_unstable();
    all.dedup();
    all
}
