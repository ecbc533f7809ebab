//! `kep-missing-metrics`.

use super::super::{Findings, KepFiles};
use super::files::{absent, is_implementable, stage};
use crate::diagnostic::Severity;
use crate::metadata::{PRR_FROM, release};

declare_kep_rule! {
    /// ## What it finds
    /// An implementable KEP at beta or stable, for v1.21 or later, names no `metrics`.
    ///
    /// ## Why it matters
    /// The [KEP
    /// template](https://github.com/kubernetes/enhancements/blob/master/keps/NNNN-kep-template/kep.yaml)
    /// calls them required at beta. About half of the older KEPs and one in six of the new ones leave them
    /// out, hence a note.
    ///
    /// ## Example
    /// ```yaml
    /// stage: beta
    /// metrics: []
    /// ```
    ///
    /// ## How to fix it
    /// Name the metrics by which operators see that the feature works.
    ///
    /// ## How sure it is
    /// Certain that none is named; a feature without metrics of its own is possible.
    MissingMetrics, "kep-missing-metrics", Some(Severity::Note), "no metric is named at beta or stable", check
}

fn check(files: &KepFiles, findings: &mut Findings) {
    if files.input.is_of_another_project() {
        return;
    }
    let Some(kep) = files.own_kep().filter(|kep| kep.is_complete() && is_implementable(kep)) else { return };
    let Some(stage) = stage(kep).filter(|stage| matches!(stage.value, "beta" | "stable")) else { return };
    let recent =
        kep.text("latest-milestone").and_then(|text| release(text.value)).is_some_and(|at| at >= PRR_FROM);
    if recent && kep.texts("metrics").is_empty() {
        findings
            .report_at(absent(kep, "metrics"), format!("no metric is named at {}", stage.value))
            .help("add `metrics:` with their names");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kep::sample::Sample;

    #[test]
    fn only_from_beta_on() {
        let none = |stage: &str| {
            let text = crate::rules::kep::sample::GOOD
                .replace("metrics:\n  - pods_total\n", "")
                .replace("stage: beta", &format!("stage: {stage}"));
            Sample::new(&text).check(&MissingMetrics).len()
        };
        assert_eq!(["alpha", "beta", "stable", "removed"].map(none), [0, 1, 1, 0]);
    }

    #[test]
    fn what_is_absent_points_at_no_key() {
        let place = |with: &str| Sample::with("metrics:\n  - pods_total\n", with).check(&MissingMetrics).remove(0).primary;
        let absent = place("");
        assert_eq!(absent.message.as_deref(), Some("the file has no `metrics`"));
        assert_eq!(absent.span, crate::source::Span::from_range(0.."title: Faster pods".len()));
        assert_eq!(place("metrics: []\n").message, None);
    }
}
