//! A search for any of several short strings, with vector instructions where the machine has them.

use aho_corasick::{AhoCorasick, packed};

use crate::template::spellings;

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
pub(super) fn anchors(anchors: &[String]) -> Search {
    let spellings: Vec<String> = anchors.iter().flat_map(|anchor| spellings(anchor)).collect();
    Search::new(&spellings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_vector_instructions_the_same_is_found() {
        let strings = ["day 0", "Day 0", "scope"];
        let packed = Search::new(&strings);
        let automaton = Search::Automaton(AhoCorasick::new(strings).unwrap());
        for text in [
            "",
            "a day",
            "## Day 0: scope, day 0",
            "scope of a much longer line than any register has: scope",
        ] {
            assert_eq!(packed.is_match(text), automaton.is_match(text), "{text}");
            assert_eq!(packed.find_all(text), automaton.find_all(text), "{text}");
        }
        assert_eq!(automaton.find_all("## Day 0: scope, day 0"), [3, 10, 17]);
    }

    #[test]
    fn anchors_are_found_in_the_cases_of_titles() {
        let search = anchors(&["review of the lamp-oil".to_owned()]);
        for title in [
            "review of the lamp-oil",
            "REVIEW OF THE LAMP-OIL",
            "Review of the Lamp-Oil",
            "Review of the lamp-oil",
        ] {
            assert!(search.is_match(&format!("# {title}\n")), "{title}");
        }
        assert!(!search.is_match("# Review Of The Lamp-Oil"));
    }
}
