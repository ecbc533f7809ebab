//! `kep-invalid-milestone`.

use super::super::{Findings, KepFiles};
use super::files::{at, is_accepted, is_placeholder, remark, stage};
use crate::diagnostic::Severity;
use crate::metadata::{Metadata, PRR_FROM, Release, release};
use crate::review::{SETTLED, STAGES};

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
    /// Write the release; in a settled KEP the last one for which it was worked on. For stages to come `TBD` is fine.
    /// From v1.21 on an approval of the stage has to be there before.
    ///
    /// ## How sure it is
    /// Certain of the form. A `latest-milestone` behind the stage's own is common: work goes on in a stage,
    /// and that is no finding.
    InvalidMilestone, "kep-invalid-milestone", Some(Severity::Note), "a milestone is no release, or contradicts another", check
}

fn check(files: &KepFiles, findings: &mut Findings) {
    let Some(kep) = files.own_kep() else { return };
    let latest = kep.text("latest-milestone").and_then(|text| Some((text, release(text.value)?)));
    let stage = stage(kep);
    let own = stage.and_then(|stage| kep.inner("milestone", stage.value));
    let own_release = own.and_then(|own| release(own.value));
    if let Some((text, Release(0, 0, 0))) = latest {
        findings
            .report_at(
                at(kep, text),
                format!("`{}` is no release, and with it no approval is ever asked for", text.value),
            )
            .help(help(files, kep, Release(0, 0, 0), own_release));
    }
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
    let (Some(stage), Some((text, latest)), Some(own)) = (stage, latest, own) else { return };
    if own_release.is_some_and(|own| latest < own && latest != Release(0, 0, 0)) {
        findings
            .report_at(
                at(kep, text),
                format!(
                    "`latest-milestone` is {}, before the milestone of {}, {}",
                    text.value, stage.value, own.value
                ),
            )
            .related(remark(kep, own.span, "the milestone of the current stage"))
            .help(help(files, kep, latest, own_release));
    }
}

/// What to write instead of `latest`, and what that sets off: an approval is asked for from v1.21 on, so a KEP without
/// one would fail kubernetes' check with the right release.
fn help(files: &KepFiles, kep: &Metadata, latest: Release, own: Option<Release>) -> String {
    let settled = kep.text("status").is_some_and(|status| SETTLED.contains(&status.value));
    let write = match settled {
        true => "write the last release for which it was worked on",
        false => "write the release for which it is worked on now",
    };
    let stage = stage(kep).filter(|_| is_accepted(kep) && latest < PRR_FROM && own.is_none_or(|own| own >= PRR_FROM));
    let approved =
        |stage: &str| files.approval.is_some_and(|approval| approval.inner(stage, "approver").is_some());
    match stage.filter(|stage| !approved(stage.value)) {
        Some(stage) => format!(
            "{write}; from v1.21 on kubernetes' check asks for an approval of {}, so that has to be there first",
            stage.value
        ),
        None => write.to_string(),
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
        assert_eq!(with("beta: \"v1.30\"", "beta: TBD"), ["`TBD` is no release"]);
        assert!(with("beta: \"v1.30\"", "beta: \"v1.30\"\n  stable: TBD").is_empty());
        assert_eq!(
            with("latest-milestone: \"v1.30\"", "latest-milestone: v1.28"),
            ["`latest-milestone` is v1.28, before the milestone of beta, v1.30"]
        );
        assert!(with("latest-milestone: \"v1.30\"", "latest-milestone: v1.33").is_empty());
        assert_eq!(with("latest-milestone: \"v1.30\"", "latest-milestone: 0.0").len(), 1);
    }
    #[test]
    fn what_to_write_fits_the_status_and_fails_no_check() {
        let help = |status: &str, latest: &str, approval: bool| {
            let text = crate::rules::kep::sample::GOOD
                .replace("status: implementable", &format!("status: {status}"))
                .replace("latest-milestone: \"v1.30\"", &format!("latest-milestone: {latest}"));
            let sample = Sample::new(&text);
            let sample = if approval { sample } else { sample.approval(None) };
            sample.check(&InvalidMilestone).remove(0).help.unwrap_or_default()
        };
        assert_eq!(help("implementable", "v1.28", true), "write the release for which it is worked on now");
        for (status, latest, approval) in
            [("implemented", "v1.28", false), ("implemented", "v1.20", true), ("withdrawn", "0.0", false)]
        {
            assert_eq!(help(status, latest, approval), "write the last release for which it was worked on");
        }
        let first = "; from v1.21 on kubernetes' check asks for an approval of beta, so that has to be there first";
        for latest in ["v1.20", "0.0"] {
            assert!(help("implemented", latest, false).ends_with(first), "{latest}");
        }
    }
}
