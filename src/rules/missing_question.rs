//! `missing-question`.

use super::gate::required;
use super::quote::quote_item;
use super::{Context, Findings};
use crate::diagnostic::Severity;
use crate::review::{BoundItem, Cause, Review, State};
use crate::scaffold;
use crate::template::ItemIndex;

declare_rule! {
    /// ## What it finds
    /// A question that is required at the document's level is nowhere in the document, while other questions
    /// of its section are there.
    ///
    /// ## Why it matters
    /// A question that was deleted reads like one that was avoided. The
    /// [GTR template](https://github.com/cncf/toc/blob/main/toc_subprojects/project-reviews-subproject/general-technical-questions.md)
    /// asks to keep what does not apply, marked as N/A with a brief explanation.
    ///
    /// ## Example
    /// The section *Usability* holds two of its three questions.
    ///
    /// ## How to fix it
    /// Copy the question from the template into its section and answer it, or write `N/A` with a reason.
    ///
    /// ## How sure it is
    /// Questions are looked for in every layout (bullets, headings, bold text, tables, short labels) and in the
    /// whole document. An answer that stands below a label of the author's own, with no word of the question,
    /// can be missed. The fix writes the question as its neighbours are written, and is not safe, because the question
    /// is still to be answered. A section of which nothing is there is one `missing-section`. A question that only older
    /// revisions of the template have, the document's own among them, is at most a note.
    MissingQuestion, "missing-question", Some(Severity::Error), "a required question is nowhere", check
}

fn check(context: &Context, findings: &mut Findings) {
    let review = context.review;
    let is_missing = |bound: &BoundItem| {
        bound.state == State::Missing && bound.cause == Cause::Own && bound.answered_by.is_none()
    };
    for (index, _) in required(review, is_missing) {
        let message = format!("{} is missing", quote_item(review, index));
        let finding = findings.report(review.anchor(index), message).item(review, index);
        if let Some(since) = retired(review, index) {
            let help = format!("nobody has asked it since {since}; `gtr sync` brings the document to the newest questions");
            finding.help(help).at_most(Severity::Note);
            continue;
        }
        let finding = finding.help("add the question to its section and answer it, or write N/A with a reason");
        if let Some(insertion) = scaffold::insertion(review, index, false) {
            finding.insertion("Add the question to its section", insertion);
        }
    }
}

/// The revision since which a question is no longer asked.
fn retired(review: &Review, index: ItemIndex) -> Option<&str> {
    let until = review.item(index).until.filter(|until| *until < review.template.newest())?;
    review.template.revisions.get(usize::from(until.0) + 1).map(|revision| revision.id.as_str())
}
