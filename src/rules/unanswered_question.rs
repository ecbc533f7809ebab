//! `unanswered-question`.

use super::gate::asked;
use super::quote::quote_item;
use super::{Context, Findings};
use crate::diagnostic::Severity;
use crate::review::State;

declare_rule! {
    /// ## What it finds
    /// A question that is required at the document's level is there, and nothing answers it. Text that came
    /// with the template (guidance, comments, unticked boxes) does not count as an answer.
    ///
    /// ## Why it matters
    /// Reviewers cannot tell a question that was forgotten from one that does not apply. The
    /// [GTR template](https://github.com/cncf/toc/blob/main/toc_subprojects/project-reviews-subproject/general-technical-questions.md)
    /// asks to mark what does not apply as N/A with a brief explanation.
    ///
    /// ## Example
    /// ```markdown
    /// * How does an adopter test and validate the installation?
    /// * (the next question)
    /// ```
    ///
    /// ## How to fix it
    /// Answer below the question, or write `N/A` with a reason.
    ///
    /// ## How sure it is
    /// An answer is found wherever it stands: on the same line, nested, flush left, after the list of its
    /// questions, or below a comment that holds them.
    UnansweredQuestion, "unanswered-question", Some(Severity::Error), "a required question is asked and nothing answers it", check
}

fn check(context: &Context, findings: &mut Findings) {
    let review = context.review;
    for asked in asked(review, State::Unanswered) {
        findings
            .report(asked.prompt.span, format!("{} is not answered", quote_item(review, asked.index)))
            .item(review, asked.index)
            .help("answer below the question, or write N/A with a reason");
    }
}
