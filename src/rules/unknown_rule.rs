//! `unknown-rule`. `suppress` reports it: only there are suppression comments read.

use super::{Context, Findings};
use crate::diagnostic::Severity;

declare_rule! {
    /// ## What it finds
    /// A `gtr-ignore` or `gtr-ignore-file` comment that names no rule, or a rule that does not exist.
    ///
    /// ## Why it matters
    /// Such a comment does nothing, and the finding it was written for is still reported. `gtr rules` and
    /// the [list of rules](../rules.md) have all names. Ruff has the
    /// [same rule](https://docs.astral.sh/ruff/rules/invalid-rule-code/) for Python.
    ///
    /// ## Example
    /// ```markdown
    /// <!-- gtr-ignore bare-not-aplicable: there is no user interface -->
    /// N/A
    /// ```
    ///
    /// ## How to fix it
    /// Write the name as `gtr rules` has it; the message names the nearest one. `gtr explain RULE` prints the
    /// comment to paste.
    ///
    /// ## How sure it is
    /// Certain for the version of gtr that reports it: a comment for a rule of a newer version is unknown to an
    /// older one.
    UnknownRule, "unknown-rule", Some(Severity::Warning), "a suppression comment names a rule that does not exist", check
}

fn check(_: &Context, _: &mut Findings) {}
