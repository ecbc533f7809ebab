//! A search for any of several short strings, with vector instructions where the machine has them.

use aho_corasick::{AhoCorasick, packed};

/// A search for several strings at once.
#[derive(Debug)]
pub(super) enum Search {
    Packed(packed::Searcher),
    Automaton(AhoCorasick),
}

impl Search {
    /// Prepares the search for few short strings.
    pub(super) fn new<S: AsRef<[u8]>>(strings: &[S]) -> Self {
        match packed::Searcher::new(strings) {
            Some(packed) => Self::Packed(packed),
            None => Self::Automaton(AhoCorasick::new(strings).expect("few short strings fit an automaton")),
        }
    }

    /// Whether a text has any of them.
    pub(super) fn is_match(&self, text: &str) -> bool {
        match self {
            Self::Packed(packed) => packed.find(text).is_some(),
            Self::Automaton(automaton) => automaton.is_match(text),
        }
    }

    /// Where they stand in a text, in order: offsets in bytes.
    pub(super) fn find_all(&self, text: &str) -> Vec<u32> {
        match self {
            Self::Packed(packed) => packed.find_iter(text).map(|found| found.start() as u32).collect(),
            Self::Automaton(automaton) => {
                automaton.find_iter(text).map(|found| found.start() as u32).collect()
            }
        }
    }
}

/// A search for anchors in the cases that people write titles in: none, all, every word, the first word.
///
/// Case-insensitive search would read byte by byte; with the few spellings spelled out it reads many at once,
/// which counts in a tree of which hardly any file is a document.
pub(super) fn anchors<A: AsRef<str>>(anchors: &[A]) -> Search {
    let spellings: Vec<String> = anchors.iter().flat_map(|anchor| spellings(anchor.as_ref())).collect();
    Search::new(&spellings)
}

/// Words that stay small in a title.
const SMALL: [&str; 9] = ["a", "and", "for", "in", "of", "or", "the", "to", "with"];

fn spellings(anchor: &str) -> Vec<String> {
    let capital = |word: &str| -> String {
        let mut letters = word.chars();
        letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
    };
    let mut title = String::with_capacity(anchor.len());
    for word in anchor.split_inclusive([' ', '-', '/']) {
        let bare = word.trim_end_matches([' ', '-', '/']);
        if SMALL.contains(&bare) { title.push_str(word) } else { title.push_str(&capital(word)) }
    }
    let mut all = vec![anchor.to_string(), anchor.to_uppercase(), capital(anchor), title];
    all.sort_unstable();
    all.dedup();
    all
}
