//! Boxes to tick, as a document has them.

use crate::document::{BlockId, BlockKind, InlineKind};
use crate::review::{BoundItem, Prompt, Review};

/// Whether the box before a prompt is ticked; `None` where there is no box.
pub(super) fn is_checked(review: &Review, prompt: &Prompt) -> Option<bool> {
    let before =
        review.document.inlines(prompt.block).iter().filter(|inline| inline.span.start <= prompt.span.start);
    let task = before.rev().find_map(|inline| match inline.kind {
        InlineKind::Task(checked) => Some(checked),
        _ => None,
    });
    task.or_else(|| written(review, prompt))
}

/// A box to people that is text in markdown: outside of a list, or without a blank between its brackets.
fn written(review: &Review, prompt: &Prompt) -> Option<bool> {
    let text = review.source().text();
    let with = text[prompt.span.range()].trim_start();
    let before = text[..prompt.span.start as usize].trim_end();
    let marks = [("[ ]", false), ("[]", false), ("[x]", true), ("[X]", true)];
    marks
        .into_iter()
        .find(|(mark, _)| with.starts_with(mark) || before.ends_with(mark))
        .map(|(_, ticked)| ticked)
}

/// The prompt of an item's box that is not ticked, when none of its boxes is.
pub(super) fn unchecked<'a>(review: &Review, bound: &'a BoundItem) -> Option<&'a Prompt> {
    let prompt = super::gate::visible_prompt(review, bound)?;
    let any = bound.prompts.iter().any(|prompt| is_checked(review, prompt) == Some(true));
    (!any && is_checked(review, prompt) == Some(false)).then_some(prompt)
}

/// The list item that a prompt stands in.
pub(super) fn list_item(review: &Review, prompt: &Prompt) -> Option<BlockId> {
    review.document.ancestors(prompt.block).find(|&id| review.document.block(id).kind == BlockKind::Item)
}
