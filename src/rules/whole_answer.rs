//! Looks at an answer as a whole: its words, and whether it holds a link.

use crate::review::{BoundItem, Review, words};

/// Hashes of the words of an answer, in order. Nothing is read before it is asked for: most answers are long,
/// and most rules know after a few words that an answer is not theirs.
pub(super) fn answer_words(review: &Review, bound: &BoundItem) -> impl Iterator<Item = u64> {
    bound.answer.iter().flat_map(|span| words(review.text(*span))).map(|word| word.hash)
}

/// Hashes of the words of a text, in order.
pub(super) fn text_words(text: &str) -> Vec<u64> {
    words(text).map(|word| word.hash).collect()
}

/// Whether a link or an image stands in an answer, or a bare address.
pub(super) fn has_link(review: &Review, bound: &BoundItem) -> bool {
    bound.answer.iter().any(|span| {
        let links = review.document.links();
        let from = links.partition_point(|link| link.span.start < span.start);
        links[from..].first().is_some_and(|link| link.span.start < span.end)
            || review.text(*span).contains("://")
    })
}
