//! `kep-missing-field`.

use super::super::{Findings, KepFiles};
use super::files::absent;
use crate::diagnostic::Severity;
use crate::metadata::{MetadataKind, ProblemKind};

declare_kep_rule! {
    /// ## What it finds
    /// `title`, `kep-number`, `authors`, `owning-sig`, `approvers` or `status` is not in kep.yaml or has no
    /// value; `kep-number` in an approval.
    ///
    /// ## Why it matters
    /// [kubernetes' types](https://github.com/kubernetes/enhancements/blob/master/api/proposal.go) mark
    /// these as required, and `make verify` fails without them.
    ///
    /// ## Example
    /// ```yaml
    /// title: Faster pods
    /// authors:
    /// ```
    ///
    /// ## How to fix it
    /// Add the key with a value.
    ///
    /// ## How sure it is
    /// Certain. An empty list (`[]`) passes kubernetes' check and this one; `kep-missing-approver` has an
    /// eye on approvers. `owning-sig` is not asked for in the repositories of other projects, which have no
    /// special interest groups.
    MissingField, "kep-missing-field", Some(Severity::Error), "a required key is absent or has no value", check
}

fn check(files: &KepFiles, findings: &mut Findings) {
    for file in files.metadata() {
        let name = match file.kind() {
            MetadataKind::Kep => "kep.yaml",
            MetadataKind::Approval => "the approval",
        };
        for problem in file.problems() {
            let ProblemKind::MissingField { field } = &problem.kind else { continue };
            if *field == "owning-sig" && files.input.is_of_another_project() {
                continue;
            }
            let message = match file.field(field) {
                Some(_) => format!("`{field}` has no value"),
                None => format!("{name} has no `{field}`"),
            };
            findings
                .report_at(absent(file, field), message)
                .help(format!("add `{field}:` with a value"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kep::sample::Sample;

    #[test]
    fn absent_and_empty_are_told_apart() {
        assert_eq!(
            Sample::with("title: Faster pods\n", "").messages(&MissingField),
            ["kep.yaml has no `title`"]
        );
        assert_eq!(Sample::with("Faster pods", "~").messages(&MissingField), ["`title` has no value"]);
    }

    #[test]
    fn other_projects_have_no_special_interest_groups() {
        let without = || Sample::with("owning-sig: sig-node\n", "");
        assert_eq!(without().messages(&MissingField), ["kep.yaml has no `owning-sig`"]);
        assert!(without().elsewhere().messages(&MissingField).is_empty());
        let untitled = Sample::with("title: Faster pods\n", "").elsewhere();
        assert_eq!(untitled.messages(&MissingField), ["kep.yaml has no `title`"]);
    }

    #[test]
    fn an_empty_list_passes_as_upstream() {
        assert!(Sample::with("approvers:\n  - \"@cat\"", "approvers: []").messages(&MissingField).is_empty());
        assert_eq!(
            Sample::with("approvers:\n  - \"@cat\"", "approvers:").messages(&MissingField),
            ["`approvers` has no value"]
        );
    }
}
