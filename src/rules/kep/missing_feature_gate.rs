//! `kep-missing-feature-gate`.

use std::sync::LazyLock;

use regex::Regex;

use super::super::checkbox::is_checked;
use super::super::{Findings, KepFiles};
use super::files::{absent, is_implementable, stage};
use crate::diagnostic::Severity;
use crate::metadata::{PRR_FROM, release};
use crate::review::{Review, State};
use crate::template::ItemIndex;

declare_kep_rule! {
    /// ## What it finds
    /// An implementable KEP at alpha or beta, for v1.21 or later, has no `feature-gates`, or the list is
    /// empty.
    ///
    /// ## Why it matters
    /// The [KEP
    /// template](https://github.com/kubernetes/enhancements/blob/master/keps/NNNN-kep-template/kep.yaml)
    /// calls them required at alpha; without a gate the feature cannot be switched off.
    ///
    /// ## Example
    /// ```yaml
    /// stage: alpha
    /// feature-gates: []
    /// ```
    ///
    /// ## How to fix it
    /// Name the gate and its components. What has no gate says so in the README, where it is asked how the
    /// feature is enabled: another option ticked and not the gate, another mechanism in words, or N/A.
    ///
    /// ## How sure it is
    /// What lives outside the main repository (kubeadm, kubectl plugins, providers, release tooling) may
    /// have no gate by right; KEPs of kubeadm and of providers are left alone, and so is one whose README answers how
    /// the feature is enabled without a gate.
    MissingFeatureGate, "kep-missing-feature-gate", Some(Severity::Warning), "no feature gate is named at alpha or beta", check
}

fn check(files: &KepFiles, findings: &mut Findings) {
    if files.input.is_of_another_project() {
        return;
    }
    let Some(kep) = files.own_kep().filter(|kep| kep.is_complete() && is_implementable(kep)) else { return };
    let Some(stage) = stage(kep).filter(|stage| matches!(stage.value, "alpha" | "beta")) else { return };
    let recent =
        kep.text("latest-milestone").and_then(|text| release(text.value)).is_some_and(|at| at >= PRR_FROM);
    let apart = files.input.path().split('/').any(|part| part.starts_with("provider-") || part == "kubeadm");
    let gates = kep.field("feature-gates");
    let needless = || files.review.is_some_and(is_enabled_otherwise);
    // another shape is kep-invalid-type
    let named = gates.is_some_and(|field| !kep.is_null(field.value) && !is_empty_list(kep, field.value));
    if recent && !apart && !named && !needless() {
        findings
            .report_at(absent(kep, "feature-gates"), format!("no feature gate is named at {}", stage.value))
            .help("add `feature-gates:` with `name:` and `components:`");
    }
}

/// A gate, with the word shortly before it that takes it away. Words are of plain letters here: with those of all
/// alphabets, five times over, the expression is very costly to build.
static GATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"((?i-u:\b(?:no|not|without|isn't|aren't|doesn't)\b)(?:[^a-zA-Z0-9_]+[a-zA-Z0-9_]+){0,4}?[^a-zA-Z0-9_]+)?(?i-u:\bgat(?:e|es|ed)\b)",
    )
    .expect("constant and tested")
});

/// Whether the README answers how the feature is enabled, and not by a gate.
fn is_enabled_otherwise(review: &Review) -> bool {
    let Some(question) = review.template.find("prr-enable-disable") else { return false };
    let bound = review.bound(question);
    if !bound.state.is_good() && bound.state != State::NotApplicableBare {
        return false;
    }
    let parts = || (question.0..review.item(question).end.0).map(ItemIndex);
    let ticked = |index: &ItemIndex| {
        review.bound(*index).prompts.iter().any(|prompt| is_checked(review, prompt) == Some(true))
    };
    if let Some(option) = parts().find(ticked) {
        return review.item(option).id == "chk-other";
    }
    let mut answer = parts().flat_map(|index| &review.bound(index).answer).map(|span| review.text(*span));
    answer.all(has_no_gate)
}

fn has_no_gate(answer: &str) -> bool {
    GATE.captures_iter(answer).all(|found| found.get(1).is_some())
}

fn is_empty_list(kep: &crate::metadata::Metadata, id: crate::metadata::NodeId) -> bool {
    matches!(&kep.node(id).kind, crate::metadata::NodeKind::Sequence(elements) if elements.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kep::sample::Sample;

    #[test]
    fn empty_and_null_are_none() {
        let gates = "feature-gates:\n  - name: FasterPods\n    components:\n      - kubelet\n";
        for none in ["", "feature-gates: null\n", "feature-gates: []\n", "feature-gates:\n"] {
            let found = Sample::with(gates, none).messages(&MissingFeatureGate);
            assert_eq!(found, ["no feature gate is named at beta"], "{none}");
        }
        let without = crate::rules::kep::sample::GOOD.replace(gates, "");
        for apart in ["sig-cluster-lifecycle/kubeadm", "provider-lamps"] {
            let sample = Sample::new(&without).at(&format!("keps/{apart}/1234-faster-pods/README.md"));
            assert!(sample.check(&MissingFeatureGate).is_empty(), "{apart}");
        }
        let first = without.replace("latest-milestone: \"v1.30\"", "latest-milestone: v1.21");
        assert_eq!(Sample::new(&first).check(&MissingFeatureGate).len(), 1);
        for (piece, other) in [
            ("stage: beta", "stage: stable"),
            ("implementable", "provisional"),
            ("latest-milestone: \"v1.30\"", "latest-milestone: v1.20"),
        ] {
            let later = without.replace(piece, other);
            assert!(Sample::new(&later).check(&MissingFeatureGate).is_empty(), "{other}");
        }
    }

    #[test]
    fn words_may_say_that_there_is_no_gate() {
        for none in [
            "By a flag of the kubelet; the request is delegated to it",
            "It is not behind a feature gate.",
            "No feature gates.",
            "It is installed without any gate",
        ] {
            assert!(has_no_gate(none), "{none}");
        }
        for gate in ["By the gate `Lamp`", "It does not need a restart, only the feature gate", "It is gated"] {
            assert!(!has_no_gate(gate), "{gate}");
        }
    }
}
