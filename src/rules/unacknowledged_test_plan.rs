//! `unacknowledged-test-plan`.

use super::checkbox::unchecked;
use super::{Context, Findings};
use crate::diagnostic::Severity;

declare_rule! {
    /// ## What it finds
    /// The box “I/we understand the owners of the involved components may require updates to existing tests”
    /// at the top of the test plan is not ticked in a KEP that is implementable or further.
    ///
    /// ## Why it matters
    /// The
    /// [KEP template](https://github.com/kubernetes/enhancements/blob/master/keps/NNNN-kep-template/README.md)
    /// asks authors to agree before code is merged; SIG Testing introduced the box for that purpose.
    ///
    /// ## Example
    /// ```markdown
    /// [ ] I/we understand the owners of the involved components may require updates to …
    /// ```
    ///
    /// ## How to fix it
    /// Put an `x` between the brackets.
    ///
    /// ## How sure it is
    /// Sure. A KEP that does not have the box, because it was written before, is not reported.
    UnacknowledgedTestPlan, "unacknowledged-test-plan", Some(Severity::Warning), "the test plan's “I/we understand” is not ticked", check
}

fn check(context: &Context, findings: &mut Findings) {
    let review = context.review;
    let from = review.template.level("implementable");
    if review.template.id != "kep" || from.is_none() || review.level.index < from {
        return;
    }
    let id = "chk-i-we-understand-the-owners-of-the-involved-compo";
    let Some(index) = review.template.find(id) else { return };
    if let Some(prompt) = unchecked(review, review.bound(index)) {
        findings
            .report(prompt.span, "the box that says that you understand what the owners may ask of the tests is open")
            .item(review, index)
            .help("put an `x` between the brackets: `[x]`");
    }
}
