//! `kep-unknown-field`.

use super::super::phrase::either;
use super::super::{Findings, KepFiles, nearest};
use super::files::label;
use crate::diagnostic::Severity;
use crate::metadata::ProblemKind;

declare_kep_rule! {
    /// ## What it finds
    /// A key in kep.yaml or an approval that the decoder does not know, at any depth.
    ///
    /// ## Why it matters
    /// [kubernetes' types](https://github.com/kubernetes/enhancements/blob/master/api/proposal.go) are
    /// filled by a strict decoder, so one unknown key fails `make verify`; in practice it is a misspelt
    /// one, and the real one is missing.
    ///
    /// ## Example
    /// ```yaml
    /// participating-sig:
    ///   - sig-node
    /// ```
    ///
    /// ## How to fix it
    /// Write the key as the help says, or remove it.
    ///
    /// ## How sure it is
    /// Certain: the list of keys is that of the decoder, with the legacy keys that it accepts (`editor`,
    /// `last-updated`, `superseded-by`, `name`, `id`).
    UnknownField, "kep-unknown-field", Some(Severity::Error), "a key that kubernetes does not know", check
}

fn check(files: &KepFiles, findings: &mut Findings) {
    for file in files.metadata() {
        for problem in file.problems() {
            let ProblemKind::UnknownField { field, known } = &problem.kind else { continue };
            let name = field.rsplit('.').next().unwrap_or(field);
            let help = nearest(name, known.iter().copied()).map_or_else(
                || format!("remove it; what may stand here is {}", either(known)),
                |known| format!("did you mean `{known}`?"),
            );
            findings.report_at(label(file, problem.span), format!("there is no key `{field}`")).help(help);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kep::sample::Sample;

    #[test]
    fn a_misspelt_key_gets_the_right_one() {
        let found = Sample::with("see-also", "see-alos").check(&UnknownField);
        assert_eq!(found[0].message, "there is no key `see-alos`");
        assert_eq!(found[0].help.as_deref(), Some("did you mean `see-also`?"));
    }

    #[test]
    fn keys_inside_count_too() {
        assert_eq!(
            Sample::with("  alpha: \"v1.29\"", "  gamma: \"v1.29\"").messages(&UnknownField),
            ["there is no key `milestone.gamma`"]
        );
    }
}
