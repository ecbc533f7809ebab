//! What `duplicate-question` and `duplicate-section` share: prompts that ask the same.

use super::gate::is_commented;
use crate::review::{BoundItem, Match, Prompt, Review, same_words};

/// How often, in words.
pub(super) fn times(count: usize) -> String {
    if count == 2 { "twice".to_string() } else { format!("{count} times") }
}

/// The first visible prompt that fits and later ones that ask the same; `None` when there is no later one.
///
/// The same are prompts with the same words, and prompts that both have wording of the template.
pub(super) fn repeated<'a>(
    review: &Review,
    bound: &'a BoundItem,
    fits: impl Fn(&Prompt) -> bool,
) -> Option<(&'a Prompt, Vec<&'a Prompt>)> {
    if bound.prompts.len() < 2 {
        return None;
    }
    let mut prompts = bound.prompts.iter().filter(|prompt| !is_commented(review, prompt) && fits(prompt));
    let first = prompts.next()?;
    let others: Vec<_> = prompts
        .filter(|other| {
            let verbatim = first.matched == Match::Verbatim && other.matched == Match::Verbatim;
            verbatim || same_words(review.text(first.span), review.text(other.span))
        })
        .collect();
    (!others.is_empty()).then_some((first, others))
}
