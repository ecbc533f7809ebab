//! Items of the template as an editor names them.

use crate::report::{self, Count};
use crate::review::{Prompt, Review, State, plain};
use crate::source::Span;
use crate::template::{ItemIndex, ItemKind};

/// Longest name, in code points.
const LONGEST: usize = 80;

/// An item's wording in the document's revision, without markup, cut at a word.
pub(super) fn name(review: &Review, index: ItemIndex) -> String {
    let text = plain(review.item(index).wording(review.revision));
    if text.chars().count() <= LONGEST {
        return if text.is_empty() { review.item(index).id.clone() } else { text };
    }
    let cut: String = text.chars().take(LONGEST).collect();
    let cut = cut.rsplit_once(' ').map_or(cut.as_str(), |(head, _)| head);
    format!("{cut}…")
}

/// A state in a word or two.
pub(super) fn words(state: State) -> &'static str {
    match state {
        State::Answered => "answered",
        State::Unanswered => "unanswered",
        State::Placeholder => "placeholder",
        State::NotApplicable => "N/A",
        State::NotApplicableBare => "N/A without a reason",
        State::CommentedOut => "commented out",
        State::Missing => "missing",
    }
}

/// The questions below an item, counted.
pub(super) fn count(review: &Review, index: ItemIndex) -> Count {
    let end = review.item(index).end;
    let coverage = report::coverage(review);
    let own = coverage.sections().filter(|one| index <= one.section && one.section < end);
    own.fold(Count::default(), |sum, one| sum.plus(&one.count))
}

/// The bytes that stand for a prompt: of a heading all of it, else the question.
pub(super) fn span(review: &Review, prompt: &Prompt) -> Span {
    let block = review.document.block(prompt.block);
    match block.kind {
        crate::document::BlockKind::Heading(_) => block.span,
        _ => prompt.span,
    }
}

/// The item that is asked at a byte; of several the one in the fewest bytes.
pub(super) fn at(review: &Review, offset: u32) -> Option<(ItemIndex, Span)> {
    let prompts = review
        .bound_items()
        .flat_map(|(index, _, bound)| bound.prompts.iter().map(move |prompt| (index, span(review, prompt))));
    let here = prompts.filter(|(_, span)| span.start <= offset && offset <= span.end);
    here.min_by_key(|(index, span)| (span.len(), review.item(*index).kind == ItemKind::Section))
}
