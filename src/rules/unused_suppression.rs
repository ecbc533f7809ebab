//! `unused-suppression`. `suppress` reports it: only there is known what a comment silenced.

use super::{Context, Findings};
use crate::diagnostic::Severity;

declare_rule! {
    /// ## What it finds
    /// A `gtr-ignore` or `gtr-ignore-file` comment that silences nothing, because what it was written for is
    /// gone, stands on another line, or is about another item.
    ///
    /// ## Why it matters
    /// A suppression that no longer does anything hides the next finding of that rule in the same place, and
    /// readers of the file take its reason for a fact that still holds. Other linters report it for the same
    /// reason, [ESLint](https://eslint.org/docs/latest/use/configure/rules#report-unused-eslint-disable-comments)
    /// for example.
    ///
    /// ## Example
    /// ```markdown
    /// <!-- gtr-ignore bare-not-applicable: there is no user interface -->
    /// The command line is documented in the handbook.
    /// ```
    ///
    /// ## How to fix it
    /// Remove the comment, or move it: a comment on a line of its own covers the next line that is neither
    /// blank nor such a comment, one behind other text covers its own line.
    ///
    /// ## How sure it is
    /// Certain. A comment that names a rule which is switched off is left alone, since that may differ between
    /// machines.
    UnusedSuppression, "unused-suppression", Some(Severity::Warning), "a suppression comment silences nothing", check
}

fn check(_: &Context, _: &mut Findings) {}
