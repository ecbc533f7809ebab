//! `kep-invalid-milestone`.

use super::super::{Findings, KepFiles};
use super::files::{at, is_placeholder, remark, stage};
use super::release::{Release, release};
use crate::diagnostic::Severity;
use crate::review::STAGES;

declare_kep_rule! {
    /// ## What it finds
    /// A milestone up to the current stage that is no release, `latest-milestone: 0.0`, or a
    /// `latest-milestone` before the one of the current stage.
    ///
    /// ## Why it matters
    /// The [KEP
    /// template](https://github.com/kubernetes/enhancements/blob/master/keps/NNNN-kep-template/kep.yaml)
    /// asks for releases such as `v1.36`. `0.0` is before v1.21, so [kubernetes'
    /// check](https://github.com/kubernetes/enhancements/blob/master/pkg/kepval/approval.go) never asks for
    /// an approval again.
    ///
    /// ## Example
    /// ```yaml
    /// stage: beta
    /// latest-milestone: "v1.23"
    /// milestone:
    ///   beta: "v1.24"
    /// ```
    ///
    /// ## How to fix it
    /// Write the release. For stages to come `TBD` is fine.
    ///
    /// ## How sure it is
    /// Certain of the form. A `latest-milestone` behind the stage's own is common: work goes on in a stage,
    /// and that is no finding.
    InvalidMilestone, "kep-invalid-milestone", Some(Severity::Note), "a milestone is no release, or contradicts another", check
}

fn check(files: &KepFiles, findings: &mut Findings) {
    let Some(kep) = files.own_kep() else { return };
    let latest = kep.text("latest-milestone").and_then(|text| Some((text, release(text.value)?)));
    if let Some((text, Release(0, 0, 0))) = latest {
        findings
            .report_at(
                at(kep, text),
                format!("`{}` is no release, and with it no approval is ever asked for", text.value),
            )
            .help("write the last release for which it was worked on");
    }
    let stage = stage(kep);
    let reached = stage.and_then(|stage| STAGES.iter().position(|name| *name == stage.value)).unwrap_or(0);
    for (at_stage, name) in STAGES.iter().enumerate() {
        let Some(text) = kep.inner("milestone", name) else { continue };
        if release(text.value).is_some() || is_placeholder(text.value) && at_stage > reached {
            continue;
        }
        // what is retired was not always stable before, and prose about the future is not wrong yet
        if at_stage <= reached {
            findings
                .report_at(at(kep, text), format!("`{}` is no release", text.value))
                .help("write it as `\"v1.36\"`");
        }
    }
    let (Some(stage), Some((text, latest))) = (stage, latest) else { return };
    let Some(own) = kep.inner("milestone", stage.value) else { return };
    if release(own.value).is_some_and(|own| latest < own && latest != Release(0, 0, 0)) {
        findings
            .report_at(
                at(kep, text),
                format!(
                    "`latest-milestone` is {}, before the milestone of {}, {}",
                    text.value, stage.value, own.value
                ),
            )
            .related(remark(kep, own.span, "the milestone of the current stage"))
            .help("write the release for which it is worked on now");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kep::sample::Sample;

    #[test]
    fn form_and_order() {
        let with = |piece: &str, other: &str| Sample::with(piece, other).messages(&InvalidMilestone);
        assert_eq!(with("alpha: \"v1.29\"", "alpha: TBD"), ["`TBD` is no release"]);
        assert!(with("beta: \"v1.30\"", "beta: \"v1.30\"\n  stable: TBD").is_empty());
        assert_eq!(
            with("latest-milestone: \"v1.30\"", "latest-milestone: v1.28"),
            ["`latest-milestone` is v1.28, before the milestone of beta, v1.30"]
        );
        assert!(with("latest-milestone: \"v1.30\"", "latest-milestone: v1.33").is_empty());
        assert_eq!(with("latest-milestone: \"v1.30\"", "latest-milestone: 0.0").len(), 1);
    }
}
