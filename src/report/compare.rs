//! What became of the answers since an earlier state of a document.

use super::quotes::one_line;
use super::reading_list::{Entry, entry};
use super::screen::{clean, clip};
use crate::review::Review;
use crate::template::{ItemIndex, ItemKind};

/// Longest quote of an earlier answer, in columns.
const QUOTE: usize = 140;

/// The earlier state that a document is compared with.
#[derive(Debug, Clone, Copy)]
pub struct Before<'a> {
    /// How it was named: a file, or `REVISION:PATH`.
    pub name: &'a str,
    /// The same template's review of it.
    pub review: &'a Review,
}

/// What happened to an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    /// There was none.
    Added,
    /// There was another.
    Changed,
    /// There is none any more.
    Removed,
}

impl Kind {
    pub(super) const ALL: [Self; 3] = [Self::Added, Self::Changed, Self::Removed];

    /// The word that reports use.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Removed => "removed",
        }
    }
}

/// One answer that is not what it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) index: ItemIndex,
    pub(super) kind: Kind,
    /// The item in the template of the earlier review.
    pub(super) before: Option<ItemIndex>,
}

/// All answers that are not what they were, in template order. White space does not count. An N/A without a reason and a
/// placeholder are no answers.
pub(super) fn changes(before: &Before, review: &Review) -> Vec<Change> {
    let old = before.review;
    let mut all = Vec::new();
    for (index, item, _) in review.bound_items() {
        if item.kind == ItemKind::Checkbox {
            continue;
        }
        let was = old.template.find(&item.id);
        let had = was.is_some_and(|was| has(old, was));
        let kind = match (had, has(review, index)) {
            (false, true) => Kind::Added,
            (true, false) => Kind::Removed,
            (true, true) if was.is_some_and(|was| words(old, was) != words(review, index)) => Kind::Changed,
            _ => continue,
        };
        all.push(Change { index, kind, before: was });
    }
    all
}

/// Whether there is something to read. Lead-ins and sections count only with words of their own.
fn has(review: &Review, index: ItemIndex) -> bool {
    let bound = review.bound(index);
    match review.item(index).kind {
        ItemKind::Question if review.is_leaf_question(index) => bound.is_good(),
        _ => !bound.answer.is_empty(),
    }
}

/// The words of an answer; those of the answer that stands for it where it has none of its own.
fn words(review: &Review, index: ItemIndex) -> Vec<&str> {
    let bound = review.bound(index);
    let by = bound.answered_by.filter(|_| bound.answer.is_empty()).unwrap_or(index);
    review.bound(by).answer.iter().flat_map(|span| review.text(*span).split_whitespace()).collect()
}

/// The changes of one kind as a list to read; what was there before is quoted.
pub(super) fn entries(before: &Before, review: &Review, changes: &[Change], kind: Kind) -> Vec<Entry> {
    let of_kind = changes.iter().filter(|change| change.kind == kind);
    let one = |change: &Change| {
        let span = change.before.and_then(|was| before.review.bound(was).answer_span());
        let quote = span.map(|span| clip(&one_line(before.review.source(), span), QUOTE));
        let remark = quote.filter(|_| kind != Kind::Added).map(|quote| format!("was “{quote}”"));
        entry(review, change.index, review.bound(change.index), remark.unwrap_or_default())
    };
    of_kind.map(one).collect()
}

/// `Since main:review.md: 2 answers added, 1 changed, 0 removed`, one harmless line.
pub(super) fn headline(before: &Before, changes: &[Change]) -> String {
    let count = |kind| changes.iter().filter(|change| change.kind == kind).count();
    let (added, changed, removed) = (count(Kind::Added), count(Kind::Changed), count(Kind::Removed));
    let noun = if added == 1 { "answer" } else { "answers" };
    format!("Since {}: {added} {noun} added, {changed} changed, {removed} removed", clean(before.name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::sample;
    use crate::review::State;

    #[test]
    fn answers_are_added_changed_and_removed() {
        let (mut old, new) = (sample(), sample());
        let at =
            |review: &Review, id: &str| review.template.find(id).expect("it is in the sample").0 as usize;
        let roadmap = at(&new, "day0.scope.roadmap");
        old.items[roadmap].state = State::Unanswered;
        old.items[roadmap].answer.clear();
        let interaction = at(&new, "day0.usability.interaction");
        old.items[interaction].answer = old.items[at(&new, "day2.signals")].answer.clone();
        let ux = at(&new, "day0.usability.ux-ui");
        old.items[ux].state = State::Answered;
        old.items[ux].answer = old.items[at(&new, "day2.signals")].answer.clone();
        let before = Before { name: "main:widget.md", review: &old };
        let found = changes(&before, &new);
        assert_eq!(headline(&before, &found), "Since main:widget.md: 1 answer added, 1 changed, 1 removed");
        let remarks = |kind| {
            entries(&before, &new, &found, kind).into_iter().map(|entry| entry.remark).collect::<Vec<_>>()
        };
        assert_eq!(remarks(Kind::Added), [""]);
        assert_eq!(remarks(Kind::Removed), ["was “Two metrics.”"]);
        assert_eq!(changes(&Before { name: "x", review: &new }, &new), []);
    }
}
