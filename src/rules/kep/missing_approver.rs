//! `kep-missing-approver`.

use super::super::{Findings, KepFiles};
use super::files::{is_placeholder, label};
use crate::diagnostic::Severity;

declare_kep_rule! {
    /// ## What it finds
    /// `approvers` is an empty list or holds nothing but `TBD`. Before the KEP is implementable `TBD` is a
    /// warning.
    ///
    /// ## Why it matters
    /// The [KEP
    /// process](https://github.com/kubernetes/enhancements/blob/master/keps/sig-architecture/0000-kep-process/README.md)
    /// has the approvers decide when a KEP moves to implementable. `approvers: []` slips through the
    /// decoder.
    ///
    /// ## Example
    /// ```yaml
    /// approvers: []
    /// ```
    ///
    /// ## How to fix it
    /// Name the approvers of the owning SIG.
    ///
    /// ## How sure it is
    /// Certain. One name beside a `TBD` is enough.
    MissingApprover, "kep-missing-approver", Some(Severity::Error), "nobody is named who approves the KEP", check
}

fn check(files: &KepFiles, findings: &mut Findings) {
    let Some(kep) = files.own_kep() else { return };
    // an absent or null list is kep-missing-field, another shape kep-invalid-type
    let Some(field) = kep.field("approvers").filter(|field| !kep.is_null(field.value)) else { return };
    let is_list = matches!(kep.node(field.value).kind, crate::metadata::NodeKind::Sequence(_));
    let named = kep.texts("approvers");
    if !is_list || named.iter().any(|text| !is_placeholder(text.value)) {
        return;
    }
    let help = "name those who approve it, such as `- \"@account\"`";
    match named.first() {
        None => {
            findings.report_at(label(kep, kep.span(field.value)), "`approvers` names nobody").help(help);
        }
        Some(first) => {
            let message = format!("`approvers` names nobody but {}", first.value);
            let finding = findings.report_at(label(kep, first.span), message).help(help);
            if kep.text("status").is_some_and(|status| status.value == "provisional") {
                finding.at_most(Severity::Warning);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kep::sample::Sample;

    #[test]
    fn empty_lists_and_placeholders() {
        let with = |to: &str| Sample::with("approvers:\n  - \"@cat\"", to).check(&MissingApprover);
        assert_eq!(with("approvers: []")[0].message, "`approvers` names nobody");
        assert_eq!(with("approvers: [TBD]")[0].message, "`approvers` names nobody but TBD");
        assert_eq!(with("approvers: [TBD]")[0].cap, None);
        assert!(with("approvers: [TBD, \"@cat\"]").is_empty());
        assert!(with("approvers:").is_empty());
        let text =
            crate::rules::kep::sample::GOOD.replace("implementable", "provisional").replace("@cat", "TBD");
        assert_eq!(Sample::new(&text).check(&MissingApprover)[0].cap, Some(Severity::Warning));
    }
}
