//! `kep-self-approval`.

use super::super::{Findings, KepFiles};
use super::files::{account, at, remark};
use crate::diagnostic::Severity;
use crate::review::STAGES;

declare_kep_rule! {
    /// ## What it finds
    /// An approver in the approval file is one of the `authors` of kep.yaml.
    ///
    /// ## Why it matters
    /// The [production readiness
    /// process](https://github.com/kubernetes/community/blob/master/sig-architecture/production-readiness.md)
    /// wants somebody to look who did not write the answers. It happens where the approvers are few.
    ///
    /// ## Example
    /// ```yaml
    /// # authors of kep.yaml: ["@ann"]
    /// beta:
    ///   approver: "@ann"
    /// ```
    ///
    /// ## How to fix it
    /// Ask another approver, or leave it at that.
    ///
    /// ## How sure it is
    /// Certain that the accounts are the same; it is allowed, hence a note.
    SelfApproval, "kep-self-approval", Some(Severity::Note), "an author approved the production readiness of their own KEP", check
}

fn check(files: &KepFiles, findings: &mut Findings) {
    let (Some(kep), Some(approval)) = (files.own_kep(), files.approval) else { return };
    let authors = kep.texts("authors");
    for stage in STAGES {
        let Some(approver) = approval.inner(stage, "approver") else { continue };
        let same = |name: &str| account(name).eq_ignore_ascii_case(account(approver.value));
        let Some(author) = authors.iter().find(|author| same(author.value)) else { continue };
        findings
            .report_at(
                at(approval, approver),
                format!("`{}` approved {stage} and is an author", approver.value),
            )
            .related(remark(kep, author.span, "the author"))
            .help("ask another approver");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kep::sample::{APPROVAL, GOOD, Sample};

    #[test]
    fn accounts_are_compared_without_case_and_sign() {
        let approval = APPROVAL.replacen("@prr", "Ann", 1);
        let found = Sample::new(GOOD).approval(Some(&approval)).messages(&SelfApproval);
        assert_eq!(found, ["`Ann` approved alpha and is an author"]);
    }
}
