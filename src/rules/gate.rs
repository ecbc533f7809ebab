//! The gate: rules about answers ask only of questions that are required at the document's level.

use crate::review::{BoundItem, Cause, Prompt, Review, State};
use crate::source::Span;
use crate::template::ItemIndex;

/// A required question with the place where it is asked.
pub(super) struct Asked<'a> {
    /// The question, or the item whose answer stands for it.
    pub(super) index: ItemIndex,
    /// The same item as the document has it.
    pub(super) bound: &'a BoundItem,
    /// The prompt that counts.
    pub(super) prompt: Prompt,
}

impl Asked<'_> {
    /// The bytes a reader would change: the answer's, or the question's when there is none.
    pub(super) fn answer_span(&self) -> Span {
        self.bound.answer_span().unwrap_or(self.prompt.span)
    }
}

/// The questions that coverage counts and the document's level requires, in template order, of which `fits` says
/// that they are looked for. Asked first, because it is quickly told.
pub(super) fn required(
    review: &Review,
    fits: impl Fn(&BoundItem) -> bool,
) -> impl Iterator<Item = (ItemIndex, &BoundItem)> {
    review
        .bound_items()
        .filter(move |(index, _, bound)| {
            fits(bound) && review.requires(*index) && review.is_leaf_question(*index)
        })
        .map(|(index, _, bound)| (index, bound))
}

/// Required questions in a state of their own doing that have a prompt, one a place in the document.
///
/// Questions that one answer of a group covers count as that group, and two questions merged into one
/// prompt count as the first: who reads the findings has one place to mend.
pub(super) fn asked(review: &Review, state: State) -> Vec<Asked<'_>> {
    let mut all: Vec<Asked> = Vec::new();
    for (index, bound) in required(review, |bound| bound.state == state && bound.cause == Cause::Own) {
        let owner = bound.answered_by.map_or((index, bound), |by| (by, review.bound(by)));
        let (index, bound) = if owner.1.prompts.is_empty() { (index, bound) } else { owner };
        let Some(&prompt) = bound.prompt() else { continue };
        // few enough to look at all of them
        if all.iter().all(|other| other.prompt.span != prompt.span) {
            all.push(Asked { index, bound, prompt });
        }
    }
    all
}

/// Whether a prompt lies in an HTML comment.
pub(super) fn is_commented(review: &Review, prompt: &Prompt) -> bool {
    review.document.blocks().get(prompt.block.0 as usize).is_some_and(|block| block.commented)
}

/// The counting prompt of an item, unless it lies in an HTML comment.
pub(super) fn visible_prompt<'a>(review: &Review, bound: &'a BoundItem) -> Option<&'a Prompt> {
    bound.prompt().filter(|prompt| !is_commented(review, prompt))
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;
    use crate::template::ItemKind::{Group, Question, Section};

    #[test]
    fn one_answer_of_a_group_is_one_place() {
        let review = Sample::new("API\n\nTODO\n\nLast?\n\nTODO\n")
            .item(0, Section, "s", "Design")
            .item(1, Group, "s.api", "API")
            .item(2, Question, "s.api.a", "First?")
            .item(2, Question, "s.api.b", "Second?")
            .item(1, Question, "s.last", "Last?")
            .bind("s.api", "API", "TODO", State::Placeholder)
            .answered_by("s.api.a", "s.api", State::Placeholder)
            .answered_by("s.api.b", "s.api", State::Placeholder)
            .bind("s.last", "Last?", "TODO", State::Placeholder)
            .review();
        let found: Vec<_> = asked(&review, State::Placeholder).iter().map(|asked| asked.index.0).collect();
        assert_eq!(found, [1, 4]);
    }

    #[test]
    fn what_the_level_does_not_require_is_not_asked_for() {
        let review = Sample::new("Q?\n")
            .item(0, Question, "q", "Q?")
            .bind("q", "Q?", "", State::Unanswered)
            .optional("q")
            .review();
        assert!(asked(&review, State::Unanswered).is_empty());
    }
}
