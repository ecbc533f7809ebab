//! `kep-invalid-stage`.

use super::super::phrase::either;
use super::super::nearest::one_of;
use super::super::{Findings, KepFiles};
use super::files::{absent, at};
use super::prr::{Need, need};
use crate::diagnostic::Severity;
use crate::review::STAGES;

declare_kep_rule! {
    /// ## What it finds
    /// A `stage` other than alpha, beta, stable, deprecated, disabled or removed, or none at all in a KEP
    /// that is accepted for a release.
    ///
    /// ## Why it matters
    /// The [KEP
    /// template](https://github.com/kubernetes/enhancements/blob/master/keps/NNNN-kep-template/kep.yaml)
    /// names these. [kubernetes'
    /// check](https://github.com/kubernetes/enhancements/blob/master/pkg/kepval/approval.go) looks up the
    /// approval by them.
    ///
    /// ## Example
    /// ```yaml
    /// stage: GA
    /// ```
    ///
    /// ## How to fix it
    /// Write one of the six: the stage that the KEP aims at next.
    ///
    /// ## How sure it is
    /// Certain. A KEP without a release needs no stage.
    InvalidStage, "kep-invalid-stage", Some(Severity::Error), "`stage` is not one of those that a KEP can have", check
}

fn check(files: &KepFiles, findings: &mut Findings) {
    let Some(kep) = files.kep else { return };
    let Some(stage) = kep.text("stage") else {
        if kep.is_complete() && need(kep) == Need::NoStage {
            findings
                .report_at(
                    absent(kep, "stage"),
                    "a KEP that is accepted for a release has a stage; this one has none",
                )
                .help(format!("add `stage:` with {}", either(STAGES)));
        }
        return;
    };
    if STAGES.contains(&stage.value) {
        return;
    }
    let first = stage.value.split([' ', '(']).next().unwrap_or_default().to_lowercase();
    let help = match first.as_str() {
        "ga" | "v1" => "did you mean `stable`?".to_string(),
        other => one_of(other, STAGES),
    };
    findings.report_at(at(kep, stage), format!("`{}` is no stage of a KEP", stage.value)).help(help);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kep::sample::Sample;

    #[test]
    fn the_probable_one_is_said() {
        let help = |stage: &str| {
            let found = Sample::with("stage: beta", &format!("stage: {stage}")).check(&InvalidStage);
            found.into_iter().next().and_then(|one| one.help)
        };
        assert_eq!(help("GA").as_deref(), Some("did you mean `stable`?"));
        assert_eq!(help("alpha (deprecated)").as_deref(), Some("did you mean `alpha`?"));
        assert!(help("alpha|beta|stable").unwrap().starts_with("write alpha"));
        assert_eq!(help("removed"), None);
    }

    #[test]
    fn only_a_release_asks_for_a_stage() {
        assert_eq!(Sample::with("stage: beta\n", "").check(&InvalidStage).len(), 1);
        let text = crate::rules::kep::sample::GOOD.replace("stage: beta\n", "");
        assert!(Sample::new(&text.replace("implementable", "provisional")).check(&InvalidStage).is_empty());
        assert!(
            Sample::new(&text.replace("latest-milestone: \"v1.30\"\n", "")).check(&InvalidStage).is_empty()
        );
    }
}
