//! Which phrases of a template have a word.

use super::catalogue::{ByHash, Phrase};

/// A phrase of fewer words is not looked for in other words.
const LEAST_REWORDED: usize = 5;

/// The phrases of [`LEAST_REWORDED`] words or more by their words.
#[derive(Debug)]
pub(super) struct ByWord {
    /// Where each word is in `phrases`.
    places: ByHash<u32>,
    /// The phrases that have a word, in order.
    phrases: Vec<Vec<u32>>,
}

impl ByWord {
    /// Files the phrases under each of their words.
    pub(super) fn new(phrases: &[Phrase]) -> Self {
        let mut filed = Self { places: ByHash::default(), phrases: Vec::new() };
        for (id, phrase) in phrases.iter().enumerate() {
            if phrase.words.len() < LEAST_REWORDED {
                continue;
            }
            for &word in &phrase.words {
                let next = filed.phrases.len() as u32;
                let at = *filed.places.entry(word).or_insert(next);
                if at == next {
                    filed.phrases.push(Vec::new());
                }
                let ids = &mut filed.phrases[at as usize];
                if ids.last() != Some(&(id as u32)) {
                    ids.push(id as u32);
                }
            }
        }
        filed
    }

    /// One entry a word, in no order that means anything: the phrases that have it.
    pub(super) fn lists(&self) -> impl Iterator<Item = &[u32]> {
        self.phrases.iter().map(Vec::as_slice)
    }

    /// Which of the [`lists`](Self::lists) is that of a word.
    pub(super) fn place(&self, word: u64) -> Option<usize> {
        self.places.get(&word).map(|&at| at as usize)
    }

    /// The list at a place.
    pub(super) fn at(&self, place: usize) -> &[u32] {
        &self.phrases[place]
    }
}
