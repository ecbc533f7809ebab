//! `kep-invalid-type`.

use super::super::{Findings, KepFiles};
use super::files::label;
use crate::diagnostic::Severity;
use crate::metadata::ProblemKind;

declare_kep_rule! {
    /// ## What it finds
    /// Text where a list belongs, a list where text belongs, anything but a boolean for
    /// `disable-supported`.
    ///
    /// ## Why it matters
    /// [kubernetes' types](https://github.com/kubernetes/enhancements/blob/master/api/proposal.go) are
    /// filled by a strict decoder, so this fails `make verify`.
    ///
    /// ## Example
    /// ```yaml
    /// approvers: "@ann"
    /// ```
    ///
    /// ## How to fix it
    /// Write the value in the shape that the message asks for.
    ///
    /// ## How sure it is
    /// Certain: numbers and dates count as text, `yes` and `on` as booleans, and a key without a value is
    /// left alone, as the decoder does.
    InvalidType, "kep-invalid-type", Some(Severity::Error), "a value of a shape that kubernetes refuses", check
}

fn check(files: &KepFiles, findings: &mut Findings) {
    for file in files.metadata() {
        for problem in file.problems() {
            let ProblemKind::WrongType { field, expected, found } = &problem.kind else { continue };
            let name = match field.as_str() {
                "the file" | "a key" => field.clone(),
                _ => format!("`{field}`"),
            };
            let finding = findings
                .report_at(label(file, problem.span), format!("{name} is {found}, but has to be {expected}"));
            if *expected == "a list of text" {
                finding.help(format!("write `{field}:` and below it one `- …` for each"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kep::sample::Sample;

    #[test]
    fn the_expected_shape_is_said() {
        let found = Sample::with("approvers:\n  - \"@cat\"", "approvers: \"@cat\"").check(&InvalidType);
        assert_eq!(found[0].message, "`approvers` is text, but has to be a list of text");
        assert_eq!(
            Sample::with("disable-supported: true", "disable-supported: maybe").messages(&InvalidType),
            ["`disable-supported` is text, but has to be `true` or `false`"]
        );
    }

    #[test]
    fn a_list_is_no_kep() {
        assert_eq!(
            Sample::new("- a\n").messages(&InvalidType),
            ["the file is a list, but has to be keys and values"]
        );
    }
}
