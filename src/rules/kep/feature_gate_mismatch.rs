//! `kep-feature-gate-mismatch`.

use super::super::phrase::either;
use super::super::{Findings, KepFiles};
use super::files::label;
use crate::diagnostic::{Label, Severity};
use crate::review::State;
use crate::source::Span;
use crate::template::ItemIndex;

declare_kep_rule! {
    /// ## What it finds
    /// The README answers how the feature is enabled and names a feature gate, but none of those in
    /// kep.yaml's `feature-gates`.
    ///
    /// ## Why it matters
    /// Reviewers of [production readiness
    /// reviews](https://github.com/kubernetes/community/blob/master/sig-architecture/production-readiness.md)
    /// and tools read one or the other; the template asks to fill in both.
    ///
    /// ## Example
    /// ```yaml
    /// feature-gates:
    ///   - name: FasterPods   # the README has: Feature gate name: PodsFaster
    /// ```
    ///
    /// ## How to fix it
    /// Write the name that the code has in both places.
    ///
    /// ## How sure it is
    /// Quiet when the answer does not speak of a feature gate at all, or names one of several.
    FeatureGateMismatch, "kep-feature-gate-mismatch", Some(Severity::Warning), "the README's answer names none of the feature gates of kep.yaml", check
}

fn check(files: &KepFiles, findings: &mut Findings) {
    let (Some(kep), Some(review)) = (files.own_kep(), files.review) else { return };
    let Some(item) = review.template.find("prr-enable-disable") else { return };
    let bound = review.bound(item);
    let Some(place) = bound.prompt().filter(|_| bound.state == State::Answered) else { return };
    let Some(field) = kep.field("feature-gates") else { return };
    let names: Vec<&str> = kep
        .elements(field.value)
        .iter()
        .filter_map(|gate| kep.text_of(kep.field_of(*gate, "name")?.value))
        .map(|text| text.value)
        .collect();
    // up to the next question: what names the gate may be the template's own label, or answer a box of it
    let inside = |index: ItemIndex| item <= index && index < review.item(item).end;
    let next = review
        .bound_items()
        .filter(|(index, ..)| !inside(*index))
        .flat_map(|(.., bound)| bound.prompts.iter().map(|prompt| prompt.span.start))
        .filter(|start| *start >= place.span.end)
        .min();
    let end = next.unwrap_or(review.source().text().len() as u32);
    let answer = review.text(Span::new(place.span.end, end));
    if !is_mismatch(answer, &names) {
        return;
    }
    findings
        .report_at(
            label(kep, field.key),
            format!("the README's answer names another feature gate than {}", either(&names)),
        )
        .related(Label::with(place.span, "the answer in the README"))
        .help("write the name that the code has in both places");
}

fn is_mismatch(answer: &str, names: &[&str]) -> bool {
    if names.is_empty() || names.iter().any(|name| answer.contains(name)) {
        return false;
    }
    answer.lines().any(|line| {
        let lower = line.to_lowercase();
        lower.find("feature gate name").is_some_and(|at| {
            let value = line[at..].split_once(':').map_or("", |(_, value)| value);
            value.trim().trim_matches(['`', '*', '_', '"', ' ']).len() > 2
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kep::sample::GOOD;
    use crate::rules::tests::check_kep;

    #[test]
    fn the_gate_is_looked_for_up_to_the_next_question() {
        let found = |gate: &str| {
            let readme = format!(
                "# KEP-1234: Faster pods\n\n## Release Signoff Checklist\n\n## Summary\n\nA.\n\n\
                 ## Production Readiness Review Questionnaire\n\n### Feature Enablement and Rollback\n\n\
                 ###### How can this feature be enabled / disabled in a live cluster?\n\n\
                 - [x] Feature gate (also fill in values in `kep.yaml`)\n  - Feature gate name: {gate}\n\n\
                 ###### Does enabling the feature change any default behavior?\n\nFasterPods does.\n"
            );
            let found = check_kep(&readme, GOOD, &FeatureGateMismatch);
            found.into_iter().map(|one| one.message).collect::<Vec<_>>()
        };
        assert_eq!(found("PodsFaster"), ["the README's answer names another feature gate than FasterPods"]);
        assert_eq!(found("FasterPods"), [""; 0]);
    }

    #[test]
    fn one_of_several_is_enough() {
        let answer = "- [x] Feature gate\n  - Feature gate name: `PodsFaster`\n  - Components: kubelet";
        assert!(is_mismatch(answer, &["FasterPods"]));
        assert!(!is_mismatch(answer, &["FasterPods", "PodsFaster"]));
        assert!(!is_mismatch("- [x] Other\n  - Feature gate name:", &["FasterPods"]));
        assert!(!is_mismatch(answer, &[]));
    }
}
