//! `kep-missing-milestone`.

use super::super::{Findings, KepFiles};
use super::files::{absent, at, remark, stage};
use super::prr::{Need, need};
use crate::diagnostic::Severity;
use crate::metadata::{PRR_FROM, release};

declare_kep_rule! {
    /// ## What it finds
    /// Milestones are named, but none for the stage that the KEP is in. One that is accepted and names no
    /// `latest-milestone`, or one that is no release. One that is accepted and has no milestone at all is a
    /// warning.
    ///
    /// ## Why it matters
    /// [kubernetes' check](https://github.com/kubernetes/enhancements/blob/master/pkg/kepval/approval.go)
    /// needs `latest-milestone` to know whether an approval is due; the [KEP
    /// template](https://github.com/kubernetes/enhancements/blob/master/keps/NNNN-kep-template/kep.yaml)
    /// asks for a milestone a stage, and the release team plans by it.
    ///
    /// ## Example
    /// ```yaml
    /// stage: disabled
    /// milestone:
    ///   alpha: "v1.33"
    /// ```
    ///
    /// ## How to fix it
    /// Add the release in which the current stage was or will be reached.
    ///
    /// ## How sure it is
    /// Certain. KEPs whose last release is before v1.21 are left alone: the field was seldom used then. So are
    /// those in the repositories of other projects, which plan otherwise.
    MissingMilestone, "kep-missing-milestone", Some(Severity::Error), "no release is named for the current stage", check
}

fn check(files: &KepFiles, findings: &mut Findings) {
    let Some(kep) = files.own_kep().filter(|kep| kep.is_complete()) else { return };
    if files.input.is_of_another_project() {
        return;
    }
    match need(kep) {
        Need::NoMilestone => {
            findings
                .report_at(
                    absent(kep, "latest-milestone"),
                    "an accepted KEP has a `latest-milestone`; this one has none",
                )
                .help("add the release for which it is worked on, such as `latest-milestone: \"v1.36\"`");
        }
        Need::NoRelease(text) => {
            findings
                .report_at(at(kep, text), format!("`{}` is no release", text.value))
                .help("write it as `\"v1.36\"`");
        }
        _ => {}
    }
    let Some(stage) = stage(kep) else { return };
    let accepted = super::files::is_accepted(kep);
    let old =
        kep.text("latest-milestone").and_then(|text| release(text.value)).is_some_and(|at| at < PRR_FROM);
    if old || kep.inner("milestone", stage.value).is_some() {
        return;
    }
    let milestones = kep.field("milestone");
    let any = milestones
        .is_some_and(|field| kep.entries(field.value).iter().any(|(_, value)| kep.text_of(*value).is_some()));
    // whoever plans releases names the current one too; without any plan only an accepted KEP is asked
    if !any && !accepted {
        return;
    }
    let finding = findings
        .report_at(absent(kep, "milestone"), format!("no milestone for the stage it is in, {}", stage.value))
        .related(remark(kep, stage.span, "the stage"))
        .help(format!("add the release below `milestone:`, such as `{}: \"v1.36\"`", stage.value));
    if !any {
        finding.at_most(Severity::Warning);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kep::sample::Sample;

    #[test]
    fn the_stage_has_to_have_one() {
        let found = Sample::with("  beta: \"v1.30\"\n", "").check(&MissingMilestone);
        assert_eq!(found[0].message, "no milestone for the stage it is in, beta");
        assert_eq!(found[0].cap, None);
        let none =
            Sample::with("milestone:\n  alpha: \"v1.29\"\n  beta: \"v1.30\"\n", "").check(&MissingMilestone);
        assert_eq!(none[0].cap, Some(Severity::Warning));
        // from the release on that asks for reviews
        let of = |latest: &str| {
            let text = crate::rules::kep::sample::GOOD.replace("  beta: \"v1.30\"\n", "");
            let text = text.replace("latest-milestone: \"v1.30\"", &format!("latest-milestone: {latest}"));
            Sample::new(&text).check(&MissingMilestone).len()
        };
        assert_eq!((of("v1.20"), of("v1.21")), (0, 1));
    }

    #[test]
    fn what_the_check_upstream_cannot_read() {
        let with = |to: &str| Sample::with("latest-milestone: \"v1.30\"", to).messages(&MissingMilestone);
        assert_eq!(with("latest-milestone: TBD"), ["`TBD` is no release"]);
        assert_eq!(
            with("latest-milestone:"),
            ["an accepted KEP has a `latest-milestone`; this one has none"]
        );
        assert!(with("latest-milestone: 1.30").is_empty());
    }

    #[test]
    fn other_projects_plan_otherwise() {
        let without = || Sample::with("latest-milestone: \"v1.30\"\n", "");
        assert_eq!(without().messages(&MissingMilestone).len(), 1);
        assert!(without().elsewhere().messages(&MissingMilestone).is_empty());
    }

    #[test]
    fn proposals_before_acceptance_are_not_asked() {
        let text = crate::rules::kep::sample::GOOD
            .replace("status: implementable", "status: provisional")
            .replace("latest-milestone: \"v1.30\"", "")
            .replace("milestone:\n  alpha: \"v1.29\"\n  beta: \"v1.30\"\n", "");
        assert!(Sample::new(&text).check(&MissingMilestone).is_empty());
    }
}
