//! `bare-not-applicable`.

use super::gate::asked;
use super::quote::quote_item;
use super::{Context, Findings};
use crate::diagnostic::Severity;
use crate::review::State;

declare_rule! {
    /// ## What it finds
    /// A required question is answered with `N/A`, `Not applicable` or `Not relevant`, and no reason follows.
    /// "Currently", "for now" and words of the question are no reason; a link is one.
    ///
    /// ## Why it matters
    /// The
    /// [GTR template](https://github.com/cncf/toc/blob/main/toc_subprojects/project-reviews-subproject/general-technical-questions.md)
    /// asks to mark what does not apply as N/A and to explain it briefly. Without the explanation a reviewer
    /// has to ask.
    ///
    /// ## Example
    /// ```markdown
    /// * Describe the project's storage requirements.
    ///   * N/A
    /// ```
    ///
    /// ## How to fix it
    /// Add why in a few words: `N/A, the project is a library and stores nothing`. `None.` is an answer.
    ///
    /// ## How sure it is
    /// Sure for what it finds. In a KEP only questions that ask how, what or which are looked at: to a
    /// question that asks for yes or no, N/A means no.
    BareNotApplicable, "bare-not-applicable", Some(Severity::Error), "a required question is marked N/A without a reason", check
}

fn check(context: &Context, findings: &mut Findings) {
    let review = context.review;
    for asked in asked(review, State::NotApplicableBare) {
        if asked.bound.means_no {
            continue;
        }
        let message = format!("{} is marked N/A without a reason", quote_item(review, asked.index));
        findings
            .report(asked.answer_span(), message)
            .item(review, asked.index)
            .help("add why in a few words; \"None.\" is an answer");
    }
}
