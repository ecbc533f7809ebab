//! `kep-unknown-prr-approver`.

use super::super::phrase::either;
use super::super::{Findings, KepFiles, nearest};
use super::files::{account, at};
use super::prr::{Need, need};
use crate::diagnostic::Severity;

declare_kep_rule! {
    /// ## What it finds
    /// The approver of the current stage is in neither `prod-readiness-approvers` nor
    /// `prod-readiness-approvers-emeritus` of OWNERS_ALIASES.
    ///
    /// ## Why it matters
    /// [kubernetes' check](https://github.com/kubernetes/enhancements/blob/master/pkg/kepval/approval.go)
    /// compares the two. The [production readiness
    /// process](https://github.com/kubernetes/community/blob/master/sig-architecture/production-readiness.md)
    /// says how people become approvers.
    ///
    /// ## Example
    /// ```yaml
    /// beta:
    ///   approver: "@somebody-else"
    /// ```
    ///
    /// ## How to fix it
    /// Correct the account, or have one of the approvers review the KEP.
    ///
    /// ## How sure it is
    /// As certain as the checkout is fresh: upstream asks the main branch. Case counts and one `@` does
    /// not, as there. Stages before the current one are not compared.
    UnknownPrrApprover, "kep-unknown-prr-approver", Some(Severity::Error), "who approved is not one of the production readiness approvers", check
}

const GROUPS: [&str; 2] = ["prod-readiness-approvers", "prod-readiness-approvers-emeritus"];

fn check(files: &KepFiles, findings: &mut Findings) {
    let (Some(kep), Some(approval), Some(tree)) = (files.own_kep(), files.approval, files.tree()) else {
        return;
    };
    let Need::Yes(stage) = need(kep) else { return };
    let Some(approver) = approval.inner(stage.value, "approver") else { return };
    let Some(current) = tree.groups.get(GROUPS[0]) else { return };
    let name = account(approver.value);
    let mut all = GROUPS.iter().filter_map(|group| tree.groups.get(*group)).flatten();
    if all.any(|known| known == name) {
        return;
    }
    let help = nearest(name, current.iter().map(String::as_str)).map_or_else(
        || format!("OWNERS_ALIASES names {}", either(current)),
        |known| format!("did you mean `@{known}`?"),
    );
    findings
        .report_at(
            at(approval, approver),
            format!("`{}` is no production readiness approver", approver.value),
        )
        .help(help);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kep::sample::{APPROVAL, GOOD, Sample};

    #[test]
    fn names_are_compared_as_upstream_does() {
        let with = |name: &str| {
            let approval = APPROVAL.replace("@prr\"\n", &format!("{name}\"\n"));
            let sample = Sample::new(GOOD).approval(Some(&approval)).tree(|tree| {
                tree.groups.insert(GROUPS[1].to_string(), vec!["past".to_string()]);
            });
            sample.check(&UnknownPrrApprover)
        };
        assert!(with("@prr").is_empty());
        assert!(with("prr").is_empty());
        assert!(with("@past").is_empty());
        assert_eq!(with("@PRR")[0].message, "`@PRR` is no production readiness approver");
        assert_eq!(with("@PRR")[0].help.as_deref(), Some("did you mean `@prr`?"));
        assert_eq!(with("@@prr").len(), 1);
        assert_eq!(with("@somebody").len(), 1);
    }

    #[test]
    fn only_the_current_stage_counts() {
        let approval = APPROVAL.replacen("@prr", "@nobody", 1);
        assert!(Sample::new(GOOD).approval(Some(&approval)).check(&UnknownPrrApprover).is_empty());
        let sample = Sample::new(GOOD).approval(Some(&approval)).tree(|tree| tree.groups.clear());
        assert!(sample.check(&UnknownPrrApprover).is_empty());
    }
}
