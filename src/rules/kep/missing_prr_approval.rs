//! `kep-missing-prr-approval`.

use super::super::{Findings, KepFiles};
use super::files::{at, remark};
use super::prr::{Need, need};
use crate::diagnostic::Severity;
use crate::review::STAGES;

declare_kep_rule! {
    /// ## What it finds
    /// A KEP that is implementable or implemented for v1.21 or later has no approval file, or the file has
    /// no approver for its current stage.
    ///
    /// ## Why it matters
    /// The [production readiness
    /// process](https://github.com/kubernetes/community/blob/master/sig-architecture/production-readiness.md)
    /// wants an approval for every stage since v1.21, and [kubernetes'
    /// check](https://github.com/kubernetes/enhancements/blob/master/pkg/kepval/approval.go) fails without.
    ///
    /// ## Example
    /// ```yaml
    /// # keps/prod-readiness/sig-node/1234.yaml, while the KEP is at beta
    /// kep-number: 1234
    /// alpha:
    ///   approver: "@approver"
    /// ```
    ///
    /// ## How to fix it
    /// Ask for the review, and add the stage to the file with its approver.
    ///
    /// ## How sure it is
    /// Certain of what is written. That the file is absent is only said in a whole checkout. Earlier stages
    /// may be missing, as upstream allows.
    MissingPrrApproval, "kep-missing-prr-approval", Some(Severity::Error), "the stage has no production readiness approval", check
}

fn check(files: &KepFiles, findings: &mut Findings) {
    let Some(kep) = files.own_kep() else { return };
    let Need::Yes(stage) = need(kep) else { return };
    let Some(approval) = files.approval else {
        let (Some(sig), Some(number)) = (kep.text("owning-sig"), kep.text("kep-number")) else { return };
        let name = format!("{}/{}", sig.value, number.value);
        if files.tree().is_some_and(|tree| !tree.approvals.contains(&name)) {
            findings
                .report_at(
                    at(kep, stage),
                    format!("no approval for {}: keps/prod-readiness/{name}.yaml is not there", stage.value),
                )
                .help("add the file and have it approved; its path is made of owning-sig and kep-number");
        }
        return;
    };
    if !approval.is_complete() || approval.root().is_empty() {
        return;
    }
    let block = approval.field(stage.value).filter(|field| !approval.is_null(field.value));
    if block.is_some() {
        return;
    }
    let any =
        STAGES.iter().any(|name| approval.field(name).is_some_and(|field| !approval.is_null(field.value)));
    let message = if any {
        format!("the approval has nothing for the stage of the KEP, {}", stage.value)
    } else {
        "the approval has no stage at all".to_string()
    };
    let finding = findings
        .report_at(super::files::absent(approval, stage.value), message)
        .help(format!("add `{}:` with `approver:` below it", stage.value));
    finding.related(remark(kep, stage.span, "the stage in kep.yaml"));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kep::sample::{APPROVAL, GOOD, Sample};

    #[test]
    fn verdicts_of_the_check_upstream() {
        let messages = |sample: Sample| sample.messages(&MissingPrrApproval);
        assert!(messages(Sample::new(GOOD)).is_empty());
        let absent = messages(Sample::new(GOOD).approval(None));
        assert_eq!(absent, ["no approval for beta: keps/prod-readiness/sig-node/1234.yaml is not there"]);
        let other = "kep-number: 1234\nalpha:\n  approver: \"@prr\"\n";
        assert_eq!(
            messages(Sample::new(GOOD).approval(Some(other))),
            ["the approval has nothing for the stage of the KEP, beta"]
        );
        assert_eq!(
            messages(Sample::new(GOOD).approval(Some("kep-number: 1234\n"))),
            ["the approval has no stage at all"]
        );
        // not needed: too old, not accepted, a slip in the status, no release that can be read
        for (piece, other) in [
            ("v1.30", "v1.20"),
            ("v1.30", "0.0"),
            ("implementable", "provisional"),
            ("implementable", "implementabel"),
        ] {
            let text = GOOD.replace(piece, other);
            assert!(messages(Sample::new(&text).approval(None)).is_empty(), "{other}");
        }
        // an earlier stage may be missing
        let only_beta = APPROVAL.replace("alpha:\n  approver: \"@prr\"\n", "");
        assert!(messages(Sample::new(GOOD).approval(Some(&only_beta))).is_empty());
        let removed = GOOD.replace("stage: beta", "stage: removed");
        assert_eq!(messages(Sample::new(&removed)).len(), 1);
    }

    #[test]
    fn nothing_is_known_without_a_tree() {
        let sample = Sample::new(GOOD).approval(None).tree(|tree| {
            tree.approvals.insert("sig-node/1234".to_string());
        });
        assert!(sample.messages(&MissingPrrApproval).is_empty());
    }
}
