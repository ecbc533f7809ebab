//! `kep-missing-at-sign`.

use super::super::{Findings, KepFiles};
use super::files::{at, is_placeholder};
use crate::diagnostic::Edit;

declare_kep_rule! {
    /// ## What it finds
    /// An entry of `authors`, `reviewers` or `approvers` is an account without the `@` in front.
    ///
    /// ## Why it matters
    /// The [KEP
    /// template](https://github.com/kubernetes/enhancements/blob/master/keps/NNNN-kep-template/kep.yaml)
    /// writes accounts with `@`, so that they are links on GitHub.
    ///
    /// ## Example
    /// ```yaml
    /// authors:
    ///   - ann
    /// ```
    ///
    /// ## How to fix it
    /// Write `"@ann"`; the quotes are needed.
    ///
    /// ## How sure it is
    /// Off: many KEPs do without. Only single words are taken for accounts, no names of people or teams.
    MissingAtSign, "kep-missing-at-sign", None, "an account is written without `@`", check
}

fn check(files: &KepFiles, findings: &mut Findings) {
    let Some(kep) = files.own_kep() else { return };
    for key in ["authors", "reviewers", "approvers"] {
        for text in kep.texts(key) {
            let name = text.value;
            let is_account = name.len() <= 39 && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
            if !is_account || is_placeholder(name) || name.starts_with("sig-") || name.starts_with("wg-") {
                continue;
            }
            let edit = Edit { file: kep.file(), span: text.span, text: format!("\"@{name}\"") };
            findings
                .report_at(at(kep, text), format!("`{name}` has no @ in front"))
                .help(format!("write `\"@{name}\"`"))
                .fix("add the @", true, vec![edit]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kep::sample::Sample;

    #[test]
    fn the_fix_quotes() {
        let found = Sample::with("\"@ann\"", "ann").check(&MissingAtSign);
        assert_eq!(found[0].fix.as_ref().unwrap().edits[0].text, "\"@ann\"");
        for other in ["TBD", "sig-node-leads", "Ann Author", "\"@kubernetes/teams\""] {
            assert!(Sample::with("\"@ann\"", other).check(&MissingAtSign).is_empty(), "{other}");
        }
    }
}
