//! `kep-missing-disable-supported`.

use super::super::{Findings, KepFiles};
use super::files::{absent, is_accepted};
use crate::diagnostic::Severity;
use crate::metadata::{PRR_FROM, release};

declare_kep_rule! {
    /// ## What it finds
    /// A KEP that is accepted names feature gates, but not whether the feature can be disabled again.
    ///
    /// ## Why it matters
    /// The [KEP
    /// template](https://github.com/kubernetes/enhancements/blob/master/keps/NNNN-kep-template/kep.yaml)
    /// calls it required at alpha; the README asks the same question and tells to set it.
    ///
    /// ## Example
    /// ```yaml
    /// feature-gates:
    ///   - name: FasterPods
    ///     components: [kubelet]
    /// # disable-supported is not there
    /// ```
    ///
    /// ## How to fix it
    /// Add `disable-supported: true` or `false`.
    ///
    /// ## How sure it is
    /// Certain. Asked only from v1.21 on.
    MissingDisableSupported, "kep-missing-disable-supported", Some(Severity::Warning), "`disable-supported` is absent although there are feature gates", check
}

fn check(files: &KepFiles, findings: &mut Findings) {
    if files.input.is_of_another_project() {
        return;
    }
    let Some(kep) = files.own_kep().filter(|kep| kep.is_complete() && is_accepted(kep)) else { return };
    let recent =
        kep.text("latest-milestone").and_then(|text| release(text.value)).is_some_and(|at| at >= PRR_FROM);
    let gates = kep.field("feature-gates").map_or(&[][..], |field| kep.elements(field.value));
    let there = kep.field("disable-supported").is_some_and(|field| !kep.is_null(field.value));
    if !recent || gates.is_empty() || there {
        return;
    }
    let place = if kep.field("disable-supported").is_some() { "disable-supported" } else { "feature-gates" };
    findings
        .report_at(
            absent(kep, place),
            "feature gates are named, but not whether the feature can be disabled again",
        )
        .help("add `disable-supported: true` or `disable-supported: false`");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kep::sample::Sample;

    #[test]
    fn gates_ask_for_it() {
        assert_eq!(Sample::with("disable-supported: true\n", "").check(&MissingDisableSupported).len(), 1);
        assert_eq!(
            Sample::with("disable-supported: true", "disable-supported:")
                .check(&MissingDisableSupported)
                .len(),
            1
        );
        assert!(
            Sample::with("disable-supported: true", "disable-supported: no")
                .check(&MissingDisableSupported)
                .is_empty()
        );
    }
}
