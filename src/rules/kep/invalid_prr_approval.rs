//! `kep-invalid-prr-approval`.

use super::super::{Findings, KepFiles};
use super::files::label;
use crate::diagnostic::Severity;
use crate::review::STAGES;

declare_kep_rule! {
    /// ## What it finds
    /// A stage that is in an approval file has no `approver`, in whatever stage the KEP is.
    ///
    /// ## Why it matters
    /// [kubernetes' check](https://github.com/kubernetes/enhancements/blob/master/pkg/kepval/approval.go)
    /// refuses the whole file then. The [production readiness
    /// process](https://github.com/kubernetes/community/blob/master/sig-architecture/production-readiness.md)
    /// is the reason for the file: it says who approved.
    ///
    /// ## Example
    /// ```yaml
    /// beta:
    ///   approver: ""
    /// ```
    ///
    /// ## How to fix it
    /// Name the approver, or remove the stage.
    ///
    /// ## How sure it is
    /// Certain.
    InvalidPrrApproval, "kep-invalid-prr-approval", Some(Severity::Error), "a stage of the approval names no approver", check
}

fn check(files: &KepFiles, findings: &mut Findings) {
    let Some(approval) = files.approval.filter(|_| !super::files::is_template(files.input.path())) else {
        return;
    };
    for stage in STAGES {
        let Some(block) = approval.field(stage).filter(|block| !approval.is_null(block.value)) else {
            continue;
        };
        if !matches!(approval.node(block.value).kind, crate::metadata::NodeKind::Mapping(_)) {
            continue;
        }
        let approver = approval.field_of(block.value, "approver");
        if approver.is_some_and(|field| approval.text_of(field.value).is_some()) || !approval.is_complete() {
            continue;
        }
        let place = approver.map_or(block.key, |field| field.key);
        findings
            .report_at(label(approval, place), format!("the stage {stage} names no approver"))
            .help("add `approver: \"@account\"`, or remove the stage");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kep::sample::{APPROVAL, GOOD, Sample};

    #[test]
    fn every_stage_that_is_there_has_an_approver() {
        let with = |text: &str| Sample::new(GOOD).approval(Some(text)).messages(&InvalidPrrApproval);
        assert!(with(APPROVAL).is_empty());
        assert_eq!(with("kep-number: 1\nalpha: {}\nbeta:\n  approver: \"\"\nstable:\n").len(), 2);
        assert_eq!(with("kep-number: 1\nremoved:\n  approver:\n"), ["the stage removed names no approver"]);
    }
}
