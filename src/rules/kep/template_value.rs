//! `kep-template-value`.

use super::super::{Findings, KepFiles};
use super::files::at;
use crate::diagnostic::Severity;
use crate::metadata::{Metadata, Text};

declare_kep_rule! {
    /// ## What it finds
    /// A value that is the template's sample: the title `KEP Template`, `kep-number: NNNN`, the people
    /// `@jane.doe`, `@alice.doe` and `@oscar.doe`, the SIGs `sig-xyz`, `sig-aaa`, `sig-bbb`, the KEPs of
    /// `sig-aaa` to `sig-ccc`, `MyFeature` and `my_feature_metric`.
    ///
    /// ## Why it matters
    /// These come from the [KEP
    /// template](https://github.com/kubernetes/enhancements/blob/master/keps/NNNN-kep-template/kep.yaml);
    /// they point to nobody and nothing, and tools take them for facts.
    ///
    /// ## Example
    /// ```yaml
    /// metrics:
    ///   - my_feature_metric
    /// ```
    ///
    /// ## How to fix it
    /// Write the real value, or remove the entry; a key that has to be there keeps one.
    ///
    /// ## How sure it is
    /// Certain: only whole values that nobody would write for themselves.
    TemplateValue, "kep-template-value", Some(Severity::Error), "a sample of the template was left in", check
}

const PEOPLE: &[&str] = &["jane.doe", "janedoe", "alice.doe", "alicedoe", "oscar.doe", "oscardoe"];
const SIGS: &[&str] = &["sig-xyz", "sig-aaa", "sig-bbb", "sig-ccc"];
const KEPS: &[&str] = &["1234-we-heard-you-like-keps", "2345-everyone-gets-a-kep", "3456-replaced-kep"];

fn check(files: &KepFiles, findings: &mut Findings) {
    let Some(kep) = files.own_kep() else { return };
    let found = samples(kep);
    for (key, text) in &found {
        let of_key = found.iter().filter(|(other, _)| other == key).count();
        // the decoder refuses a KEP without these, be they one value or a list that holds nothing else
        let needed = kep.requires(key) && kep.texts(key).len() <= of_key;
        findings
            .report_at(at(kep, *text), format!("`{}` is the template's sample for `{key}`", text.value))
            .help(if needed { "write the real value" } else { "write the real value, or remove it" });
    }
}

fn samples(kep: &Metadata) -> Vec<(&'static str, Text<'_>)> {
    let mut found = Vec::new();
    let mut keep = |key: &'static str, text: Text<'_>, is_sample: bool| {
        if is_sample {
            found.push((key, text.span));
        }
    };
    for (key, sample) in [("title", "KEP Template"), ("kep-number", "NNNN")] {
        if let Some(text) = kep.text(key) {
            keep(key, text, text.value.eq_ignore_ascii_case(sample));
        }
    }
    for key in ["authors", "reviewers", "approvers"] {
        for text in kep.texts(key) {
            let name = text.value.trim_start_matches('@');
            keep(key, text, PEOPLE.iter().any(|sample| sample.eq_ignore_ascii_case(name)));
        }
    }
    if let Some(text) = kep.text("owning-sig") {
        keep("owning-sig", text, SIGS.contains(&text.value));
    }
    for text in kep.texts("participating-sigs") {
        keep("participating-sigs", text, SIGS.contains(&text.value));
    }
    for key in ["see-also", "replaces", "superseded-by"] {
        for text in kep.texts(key) {
            keep(key, text, KEPS.iter().any(|sample| text.value.contains(sample)));
        }
    }
    for text in kep.texts("metrics") {
        keep("metrics", text, text.value == "my_feature_metric");
    }
    for gate in kep.field("feature-gates").map_or(&[][..], |field| kep.elements(field.value)) {
        if let Some(text) = kep.field_of(*gate, "name").and_then(|field| kep.text_of(field.value)) {
            keep("feature-gates", text, text.value == "MyFeature");
        }
    }
    found
        .into_iter()
        .map(|(key, span)| (key, Text { value: kep.source().slice(span).trim_matches(['"', '\'']), span }))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kep::sample::{APPROVAL, GOOD, Sample};

    #[test]
    fn samples_are_found_wherever_they_stand() {
        let with = |piece: &str, other: &str| Sample::with(piece, other).messages(&TemplateValue);
        assert_eq!(
            with("Faster pods", "KEP Template"),
            ["`KEP Template` is the template's sample for `title`"]
        );
        assert_eq!(with("@ann", "@jane.doe"), ["`@jane.doe` is the template's sample for `authors`"]);
        assert_eq!(with("pods_total", "my_feature_metric").len(), 1);
        assert_eq!(with("FasterPods", "MyFeature").len(), 1);
        let help = |piece: &str, other: &str| {
            Sample::with(piece, other).check(&TemplateValue).remove(0).help.unwrap_or_default()
        };
        assert_eq!(help("Faster pods", "KEP Template"), "write the real value");
        assert_eq!(help("@ann", "@jane.doe"), "write the real value");
        assert_eq!(help("- \"@ann\"", "- \"@ann\"\n  - \"@jane.doe\""), "write the real value, or remove it");
        assert_eq!(help("pods_total", "my_feature_metric"), "write the real value, or remove it");
        assert_eq!(with("/keps/sig-node/77-pods", "/keps/sig-ccc/3456-replaced-kep").len(), 1);
        let template = Sample::with("Faster pods", "KEP Template").at("keps/NNNN-kep-template/README.md");
        assert!(template.messages(&TemplateValue).is_empty());
        let _ = (GOOD, APPROVAL);
    }
}
