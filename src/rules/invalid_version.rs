//! `invalid-version`.

use super::quote::quote;
use super::{Context, Findings, field};
use crate::diagnostic::Severity;
use crate::review::State;

declare_rule! {
    /// ## What it finds
    /// `Project Version` holds no digit, so it names no release.
    ///
    /// ## Why it matters
    /// Answers hold for a state of the software. Without a version a reviewer cannot tell which one, and
    /// later readers cannot tell what has changed since. The
    /// [GTR template](https://github.com/cncf/toc/blob/main/toc_subprojects/project-reviews-subproject/general-technical-questions.md)
    /// asks for the version of the project.
    ///
    /// ## Example
    /// ```markdown
    /// - **Project Version:** latest
    /// ```
    ///
    /// ## How to fix it
    /// Name the release: `v1.4.2`. With several components name each (`v1.4 (operator), v2.0 (agent)`);
    /// without releases name a commit and its day.
    ///
    /// ## How sure it is
    /// Anything with a digit is accepted.
    InvalidVersion, "invalid-version", Some(Severity::Warning), "the project's version names no release", check
}

fn check(context: &Context, findings: &mut Findings) {
    let review = context.review;
    let Some(value) = field::value_of(review, field::PROJECT_VERSION) else { return };
    if review.bound(value.index).state == State::Placeholder || value.raw.chars().any(char::is_numeric) {
        return;
    }
    findings
        .report(value.span, format!("the project version {} names no release: it has no number", quote(&value.text)))
        .item(review, value.index)
        .help("name the release the answers describe, such as v1.4.2; with several components, one for each");
}
