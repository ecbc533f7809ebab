//! What `duplicate-question` and `duplicate-section` share: prompts that ask the same.

use super::gate::is_commented;
use crate::document::{BlockId, BlockKind};
use crate::review::{BoundItem, Match, Prompt, Review, same_words};

/// How often, in words.
pub(super) fn times(count: usize) -> String {
    if count == 2 { "twice".to_string() } else { format!("{count} times") }
}

/// The table row in which a prompt stands.
fn row_of(review: &Review, prompt: &Prompt) -> Option<BlockId> {
    let mut around = review.document.ancestors(prompt.block);
    around.find(|&id| review.document.block(id).kind == BlockKind::Row)
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
    let mut row = row_of(review, first);
    let others: Vec<_> = prompts
        .filter(|other| {
            // a cell further on in a question's row is part of its answer
            let own = row_of(review, other);
            if own.is_some() && own == std::mem::replace(&mut row, own) {
                return false;
            }
            let verbatim = first.matched == Match::Verbatim && other.matched == Match::Verbatim;
            verbatim || same_words(review.text(first.span), review.text(other.span))
        })
        .collect();
    (!others.is_empty()).then_some((first, others))
}
