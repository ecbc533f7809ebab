//! `kep-invalid-feature-gate`.

use super::super::{Findings, KepFiles};
use super::files::{is_placeholder, label};
use crate::diagnostic::Severity;
use crate::metadata::{Metadata, NodeId, NodeKind};

declare_kep_rule! {
    /// ## What it finds
    /// An entry of `feature-gates` without `name`, with a name that is not UpperCamelCase, or without
    /// `components`.
    ///
    /// ## Why it matters
    /// The [KEP
    /// template](https://github.com/kubernetes/enhancements/blob/master/keps/NNNN-kep-template/kep.yaml)
    /// asks for the name and for the components in which the gate has to be set; gates in
    /// [kubernetes](https://github.com/kubernetes/kubernetes/blob/master/pkg/features/kube_features.go) are
    /// UpperCamelCase.
    ///
    /// ## Example
    /// ```yaml
    /// feature-gates:
    ///   - name: faster-pods
    /// ```
    ///
    /// ## How to fix it
    /// Write the name as it is in the code, and list the components.
    ///
    /// ## How sure it is
    /// Names of environment variables, such as `KUBECTL_…`, are accepted: kubectl has those for gates. In the
    /// repositories of other projects, most of which are one component, `components` may be left out.
    InvalidFeatureGate, "kep-invalid-feature-gate", Some(Severity::Warning), "a feature gate has no name, no component, or a name of another form", check
}

fn check(files: &KepFiles, findings: &mut Findings) {
    let Some(kep) = files.own_kep() else { return };
    let gates = kep.field("feature-gates").map_or(&[][..], |field| kep.elements(field.value));
    for gate in gates {
        if let Some((span, message, help)) = problem(kep, *gate, files.input.is_of_another_project()) {
            findings.report_at(label(kep, span), message).help(help);
        }
    }
}

fn problem(kep: &Metadata, gate: NodeId, elsewhere: bool) -> Option<(crate::source::Span, String, &'static str)> {
    let rename = "write the name as in the code: UpperCamelCase, one name an entry";
    if kep.is_null(gate) {
        let span = Some(kep.span(gate)).filter(|span| !span.is_empty());
        let key = kep.field("feature-gates").map(|field| field.key);
        return Some((span.or(key)?, "an entry of `feature-gates` is empty".to_string(), "remove it"));
    }
    if !matches!(kep.node(gate).kind, NodeKind::Mapping(_)) {
        return None;
    }
    let name = kep.field_of(gate, "name");
    let Some(text) = name.and_then(|name| kep.text_of(name.value)) else {
        let span = name.map_or_else(|| kep.first_line_of(gate), |name| name.key);
        return Some((span, "a feature gate has no name".to_string(), "add `name:`"));
    };
    if is_placeholder(text.value) {
        let message = format!("`{}` is no feature gate", text.value);
        return Some((text.span, message, "remove `feature-gates` if there is none"));
    }
    if !is_name(text.value) {
        return Some((text.span, format!("`{}` is no name of a feature gate", text.value), rename));
    }
    let components = kep.field_of(gate, "components");
    let any =
        components.is_some_and(|field| kep.elements(field.value).iter().any(|id| kep.text_of(*id).is_some()));
    if any || elsewhere && components.is_none() {
        return None;
    }
    let message = format!("the feature gate {} names no component", text.value);
    Some((
        components.map_or(text.span, |field| field.key),
        message,
        "add `components:` and those in which it is set",
    ))
}

fn is_name(name: &str) -> bool {
    let camel =
        name.starts_with(|c: char| c.is_ascii_uppercase()) && name.chars().all(|c| c.is_ascii_alphanumeric());
    let variable =
        name.contains('_') && name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
    camel || variable
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kep::sample::Sample;

    #[test]
    fn names_and_components() {
        let with = |piece: &str, other: &str| Sample::with(piece, other).messages(&InvalidFeatureGate);
        assert_eq!(with("FasterPods", "faster-pods"), ["`faster-pods` is no name of a feature gate"]);
        assert_eq!(with("FasterPods", "fasterPods"), ["`fasterPods` is no name of a feature gate"]);
        assert_eq!(with("FasterPods", "Faster_Pods"), ["`Faster_Pods` is no name of a feature gate"]);
        assert!(with("FasterPods", "KUBECTL_FASTER_PODS").is_empty());
        assert_eq!(with("FasterPods", "n/a"), ["`n/a` is no feature gate"]);
        assert_eq!(
            with("- name: FasterPods\n    components", "- components"),
            ["a feature gate has no name"]
        );
        assert_eq!(
            with("    components:\n      - kubelet\n", ""),
            ["the feature gate FasterPods names no component"]
        );
        assert_eq!(
            with("  - name: FasterPods\n    components:\n      - kubelet\n", "  -\n"),
            ["an entry of `feature-gates` is empty"]
        );
    }

    #[test]
    fn a_project_that_is_one_component_need_not_say_which() {
        let with = |components: &str| {
            Sample::with("    components:\n      - kubelet\n", components)
                .elsewhere()
                .messages(&InvalidFeatureGate)
        };
        assert!(with("").is_empty());
        assert_eq!(with("    components:\n").len(), 1);
    }
}
