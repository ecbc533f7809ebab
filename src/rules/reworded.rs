//! What `edited-question` and `paraphrased-question` share: one finding for all places.

use super::gate::visible_prompt;
use super::quote::quote_item;
use super::{Finding, Findings};
use crate::diagnostic::Label;
use crate::review::{Match, Prompt, Review, RevisionStatus};
use crate::template::{ItemIndex, ItemKind};

/// Questions and lead-ins of the document's revision that are visible and match like this.
pub(super) fn reworded(review: &Review, matched: Match) -> impl Iterator<Item = (ItemIndex, &Prompt)> {
    review.bound_items().filter_map(move |(index, item, bound)| {
        let asks = matches!(item.kind, ItemKind::Question | ItemKind::Group);
        let current = bound.status == RevisionStatus::Current;
        if bound.matched() != matched || !asks || !current {
            return None;
        }
        Some((index, visible_prompt(review, bound)?))
    })
}

/// Whether a document asks more questions in words of its own than in the template's: restoring a few of these would
/// leave it in two languages.
pub(super) fn mostly_paraphrased(review: &Review) -> bool {
    let count = |matched| reworded(review, matched).count();
    count(Match::Paraphrased) > count(Match::Verbatim) + count(Match::Edited)
}

/// One finding for several places: the first is the finding's own, the others are related. `message` is
/// given the number of places. Nothing is reported for none.
pub(super) fn report_together<'f>(
    review: &Review,
    places: &[(ItemIndex, &Prompt)],
    findings: &'f mut Findings,
    message: impl FnOnce(usize) -> String,
) -> Option<Finding<'f>> {
    let label = |(index, prompt): &(ItemIndex, &Prompt)| {
        Label::with(prompt.span, format!("the template asks {}", quote_item(review, *index)))
    };
    let mut places = places.to_vec();
    places.sort_by_key(|(_, prompt)| prompt.span);
    let (first, others) = places.split_first()?;
    let finding = findings.report_at(label(first), message(places.len()));
    let finding = if others.is_empty() { finding.item(review, first.0) } else { finding };
    Some(others.iter().fold(finding, |finding, place| finding.related(label(place))))
}
