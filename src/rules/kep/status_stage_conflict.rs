//! `kep-status-stage-conflict`.

use super::super::{Findings, KepFiles};
use super::files::{at, remark, stage};
use crate::diagnostic::Severity;

declare_kep_rule! {
    /// ## What it finds
    /// `status: implemented` in a KEP whose stage is alpha, beta or deprecated.
    ///
    /// ## Why it matters
    /// The [handler of KEPs](https://github.com/kubernetes/enhancements/blob/master/api/proposal.go) holds
    /// that implemented implies stable, but no CI job runs that check; release tooling takes such a KEP for
    /// finished.
    ///
    /// ## Example
    /// ```yaml
    /// status: implemented
    /// stage: beta
    /// ```
    ///
    /// ## How to fix it
    /// Set the stage that was reached, or take the status back to `implementable`. For a KEP that was given
    /// up, write `withdrawn`.
    ///
    /// ## How sure it is
    /// Certain of the contradiction, not of which of the two is meant. `disabled` and `removed` are ends
    /// too and are accepted.
    StatusStageConflict, "kep-status-stage-conflict", Some(Severity::Error), "`status` says implemented, but `stage` says that there is more to do", check
}

fn check(files: &KepFiles, findings: &mut Findings) {
    let Some(kep) = files.kep else { return };
    let Some(status) = kep.text("status").filter(|status| status.value == "implemented") else { return };
    let Some(stage) = stage(kep).filter(|stage| matches!(stage.value, "alpha" | "beta" | "deprecated"))
    else {
        return;
    };
    findings
        .report_at(at(kep, status), format!("`status` says implemented, but the stage is {}", stage.value))
        .related(remark(kep, stage.span, "the stage"))
        .help("write the stage that was reached, or `implementable` while there is more to do");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kep::sample::Sample;

    #[test]
    fn what_ends_a_proposal_is_no_conflict() {
        let found = |stage: &str| {
            let text = crate::rules::kep::sample::GOOD
                .replace("implementable", "implemented")
                .replace("stage: beta", &format!("stage: {stage}"));
            Sample::new(&text).check(&StatusStageConflict).len()
        };
        assert_eq!(["alpha", "beta", "deprecated"].map(found), [1, 1, 1]);
        assert_eq!(["stable", "disabled", "removed", "GA"].map(found), [0, 0, 0, 0]);
    }
}
