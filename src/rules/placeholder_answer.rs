//! `placeholder-answer`.

use super::gate::asked;
use super::quote::{quote, quote_item};
use super::{Context, Findings};
use crate::diagnostic::Severity;
use crate::review::State;

declare_rule! {
    /// ## What it finds
    /// The whole answer of a required question says that it is still to be written: `TODO`, `TBD`,
    /// `Coming soon`, `[maintainers: …]`, `[MORE INPUT NEEDED]` and the like, or one of the `placeholders` of
    /// `gtr.yaml`.
    ///
    /// ## Why it matters
    /// A document with open answers is not ready for review, and the marker is easily overlooked in a long
    /// page. What has no answer for a reason is marked N/A with a brief explanation, says the
    /// [GTR template](https://github.com/cncf/toc/blob/main/toc_subprojects/project-reviews-subproject/general-technical-questions.md).
    ///
    /// ## Example
    /// ```markdown
    /// * Describe the project's storage requirements.
    ///   * TODO: ask the storage team
    /// ```
    ///
    /// ## How to fix it
    /// Write the answer, or `N/A` with a reason.
    ///
    /// ## How sure it is
    /// Markers count where they begin a block, not inside prose, code or tables. Beside a real answer a marker
    /// is `unresolved-marker`.
    PlaceholderAnswer, "placeholder-answer", Some(Severity::Error), "the whole answer is a placeholder", check
}

fn check(context: &Context, findings: &mut Findings) {
    let review = context.review;
    for asked in asked(review, State::Placeholder) {
        let span = asked.answer_span();
        let message =
            format!("{} has only a placeholder: {}", quote_item(review, asked.index), quote(review.text(span)));
        findings
            .report(span, message)
            .item(review, asked.index)
            .help("write the answer, or N/A with a reason");
    }
}
