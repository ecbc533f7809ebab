//! `missing-question`.

use super::gate::required;
use super::quote::quote_item;
use super::{Context, Findings};
use crate::diagnostic::Severity;
use crate::review::{BoundItem, Cause, State};
use crate::scaffold;

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
        if let Some(since) = review.template.retired_since(index) {
            let help = format!("nobody has asked it since {}; `gtr sync` brings the document to the newest questions", since.id);
            finding.help(help).at_most(Severity::Note);
            continue;
        }
        let finding = finding.help("add the question to its section and answer it, or write N/A with a reason");
        if let Some(insertion) = scaffold::insertion(review, index, false) {
            finding.insertion("Add the question to its section", insertion);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;
    use crate::template::ItemKind::Question;
    use crate::template::RevisionIndex;

    #[test]
    fn what_nobody_asks_any_more_is_a_note() {
        let found = |until: Option<RevisionIndex>| {
            Sample::new("Why?\n\nBecause.\n")
                .revision("2025-01-01")
                .item(0, Question, "a", "Why?")
                .item(0, Question, "b", "How?")
                .bind("a", "Why?", "Because.", State::Answered)
                .change("b", |item, _| item.until = until)
                .check(&MissingQuestion)
        };
        let (asked, retired) = (found(None), found(Some(RevisionIndex(0))));
        assert_eq!((asked.len(), asked[0].cap), (1, None));
        assert_eq!((retired.len(), retired[0].cap), (1, Some(Severity::Note)));
        assert!(retired[0].fix.is_none());
        assert!(retired[0].help.as_deref().is_some_and(|help| help.contains("since 2025-01-01;")));
    }
}
