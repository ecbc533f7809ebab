//! `unexplained-suppression`. `suppress` reports it: only there are suppression comments read.

use super::{Context, Findings};
use crate::diagnostic::Severity;

declare_rule! {
    /// ## What it finds
    /// A `gtr-ignore` or `gtr-ignore-file` comment without a reason. Such a comment silences nothing.
    ///
    /// ## Why it matters
    /// A review document is read by people who were not there when the comment was written. Without a reason they
    /// cannot tell an exception that was agreed on from a check that was in the way. The
    /// [GTR template](https://github.com/cncf/toc/blob/main/toc_subprojects/project-reviews-subproject/general-technical-questions.md)
    /// asks the same of an answer that says N/A.
    ///
    /// ## Example
    /// ```markdown
    /// <!-- gtr-ignore bare-not-applicable -->
    /// N/A
    /// ```
    ///
    /// ## How to fix it
    /// Add a colon and the reason:
    /// ```markdown
    /// <!-- gtr-ignore bare-not-applicable: the project has no user interface -->
    /// N/A
    /// ```
    ///
    /// ## How sure it is
    /// Certain. Any text after the colon is taken as a reason; nobody judges it but the reader.
    UnexplainedSuppression, "unexplained-suppression", Some(Severity::Warning), "a suppression comment gives no reason", check
}

fn check(_: &Context, _: &mut Findings) {}
