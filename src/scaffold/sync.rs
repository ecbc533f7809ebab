//! What brings a document to the newest revision of its template: questions that are not there yet, other wordings,
//! marks on what is no longer asked, the version, and headings where a KEP still has bullets.
//!
//! Each step stands for itself. Whoever applies them checks that no answer is lost, and asks again afterwards: what
//! one step adds may be what the next one is placed by.

mod add;
mod headings;
mod reword;
mod version;

use super::visible;
use crate::review::Review;
use crate::source::Span;
use crate::template::{ItemIndex, ItemKind, RevisionIndex};

/// Bytes of the document and what stands there afterwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replacement {
    /// The bytes; none for an insertion.
    pub span: Span,
    /// The text.
    pub text: String,
}

impl Replacement {
    fn insert(at: u32, text: String) -> Self {
        Self { span: Span::new(at, at), text }
    }
}

/// One change that leaves a document whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What it does, as an imperative sentence without a full stop.
    pub title: String,
    /// The item it is about.
    pub item: ItemIndex,
    /// It adds the item: a step after which the item is not found there has the wrong place.
    pub adds: bool,
    /// The bytes it changes.
    pub changes: Vec<Replacement>,
}

/// The steps that a document needs next; `from` is the revision it was written on.
#[must_use]
pub fn steps(review: &Review, from: RevisionIndex) -> Vec<Step> {
    if !review.follows_template() {
        return Vec::new();
    }
    let mut steps = headings::steps(review);
    steps.extend(reword::steps(review));
    steps.extend(reword::marks(review));
    steps.extend(add::steps(review, from));
    steps.extend(version::step(review));
    steps
}

/// Items of the newest revision that a document written on `from` should have and has not.
#[must_use]
pub fn open(review: &Review, from: RevisionIndex) -> Vec<ItemIndex> {
    let newest = review.template.newest();
    let is_open = |&index: &ItemIndex| {
        let item = review.item(index);
        item.since > from
            && item.is_in(newest)
            && item.kind != ItemKind::Field
            && review.bound(index).prompts.is_empty()
            && is_written(review, index)
    };
    review.template.indices().filter(is_open).collect()
}

/// Whether the outermost section around an item has anything in the document, or is new itself: a part that is not
/// written yet needs nothing added.
fn is_written(review: &Review, index: ItemIndex) -> bool {
    let top = std::iter::successors(Some(index), |&at| review.item(at).parent).last().unwrap_or(index);
    if review.item(top).since > RevisionIndex(0) {
        return true;
    }
    let asked = |at: ItemIndex| review.item(at).kind != ItemKind::Section || review.template.id == "kep";
    (top.0..review.item(top).end.0).map(ItemIndex).any(|at| asked(at) && visible(review, at).is_some())
}

/// A short name of an item for people.
fn name(review: &Review, index: ItemIndex) -> String {
    let text = crate::review::plain(review.item(index).newest_wording());
    let short: String = text.chars().take(60).collect();
    if short.len() < text.len() { format!("“{}…”", short.trim_end()) } else { format!("“{short}”") }
}
