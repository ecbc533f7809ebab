//! Sections that are answered directly, without questions: which of them are there, and which are empty.

use crate::document::{Block, BlockKind};
use crate::review::{Prompt, Review, RevisionStatus};
use crate::source::Span;
use crate::template::{ItemIndex, ItemKind, Requirement};

/// The sections whose text is the answer and that a level asks for at least this much, in template order.
pub(super) fn demanded(review: &Review, at_least: Requirement) -> impl Iterator<Item = ItemIndex> + '_ {
    let sections = review.bound_items().filter(move |(index, item, bound)| {
        item.kind == ItemKind::Section
            && bound.required >= at_least
            && bound.status == RevisionStatus::Current
            && review.level.index.is_some()
            && !has_questions(review, *index)
    });
    sections.map(|(index, ..)| index)
}

/// Whether the template asks questions in a section.
fn has_questions(review: &Review, section: ItemIndex) -> bool {
    (section.0 + 1..review.item(section).end.0)
        .any(|at| matches!(review.item(ItemIndex(at)).kind, ItemKind::Question | ItemKind::Group))
}

/// Whether a section's heading has nothing below it, in it or in its subsections.
pub(super) fn is_empty(review: &Review, prompt: &Prompt) -> bool {
    has_only(review, prompt, &[])
}

/// Whether a section's heading has nothing below it but what lies in these spans.
pub(super) fn has_only(review: &Review, prompt: &Prompt, spans: &[Span]) -> bool {
    let document = &review.document;
    let Some(inside) = inside(review, prompt) else { return false };
    let at = document.sections().binary_search_by_key(&prompt.block, |section| section.heading).ok();
    let counts = |block: &&Block| !block.commented && !spans.iter().any(|span| span.contains(block.span));
    let is_blank = inside.iter().filter(counts).all(|block| match block.kind {
        BlockKind::Paragraph | BlockKind::Cell => !says_something(review, block.span),
        BlockKind::Code { .. } | BlockKind::Html | BlockKind::Table => {
            document.text(block.span).trim().is_empty()
        }
        _ => true,
    });
    // a heading of the author's own right behind is meant to lie in the section, whatever its level
    let next = at.and_then(|at| document.sections().get(at + 1));
    let is_own =
        |heading| !review.items.iter().flat_map(|bound| &bound.prompts).any(|other| other.block == heading);
    is_blank && !next.is_some_and(|next| is_own(next.heading))
}

/// What lies below a section's heading, its subsections included; `None` for a prompt that is no heading.
pub(super) fn inside<'a>(review: &'a Review, prompt: &Prompt) -> Option<&'a [Block]> {
    let document = &review.document;
    let at = document.sections().binary_search_by_key(&prompt.block, |section| section.heading).ok()?;
    let heading = document.block(prompt.block);
    let is_heading = heading.kind.is_heading();
    let before = |offset: u32| document.blocks().partition_point(|block| block.span.start < offset);
    let range = before(heading.span.end)..before(document.sections()[at].span.end);
    is_heading.then(|| document.blocks().get(range)).flatten()
}

/// Whether a text is more than what the template put there.
pub(super) fn says_something(review: &Review, span: Span) -> bool {
    let mut from = span.start;
    let left = review.leftovers.iter().map(|left| left.span).filter(|left| left.overlaps(span));
    for hole in left.chain([Span::new(span.end, span.end)]) {
        if hole.start > from && review.text(Span::new(from, hole.start)).contains(char::is_alphanumeric) {
            return true;
        }
        from = from.max(hole.end);
    }
    false
}
