//! `kep-duplicate-number`.

use super::super::{Findings, KepFiles};
use super::files::{absent, at};
use crate::diagnostic::Severity;

declare_kep_rule! {
    /// ## What it finds
    /// Another directory of the tree begins with the same number.
    ///
    /// ## Why it matters
    /// The number is that of the issue; with two KEPs of one number the [production readiness
    /// process](https://github.com/kubernetes/community/blob/master/sig-architecture/production-readiness.md)
    /// has one approval file for both.
    ///
    /// ## Example
    /// ```text
    /// keps/sig-node/1234-faster-pods
    /// keps/sig-auth/1234-safer-pods
    /// ```
    ///
    /// ## How to fix it
    /// Give the newer one the number of an issue of its own. For a KEP that moved, remove the old
    /// directory.
    ///
    /// ## How sure it is
    /// Certain. Needs the whole checkout; KEPs numbered 0000 are left alone.
    DuplicateNumber, "kep-duplicate-number", Some(Severity::Error), "two KEPs have the same number", check
}

fn check(files: &KepFiles, findings: &mut Findings) {
    let Some(kep) = files.own_kep() else { return };
    let (Some(tree), Some(directory), Some(number)) =
        (files.tree(), files.directory(), files.directory_number())
    else {
        return;
    };
    let Some(all) = tree.keps.get(number).filter(|all| all.contains(directory)) else { return };
    let others: Vec<&str> = all.iter().map(String::as_str).filter(|other| *other != directory).collect();
    if others.is_empty() {
        return;
    }
    let place = kep.text("kep-number").map_or_else(|| absent(kep, "kep-number"), |number| at(kep, number));
    findings
        .report_at(place, format!("{} has the number {number} too", others.join(", ")))
        .help("every KEP has the number of its own issue");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kep::sample::{APPROVAL, GOOD, Sample};

    #[test]
    fn the_other_directory_is_named() {
        let twin = Sample::new(GOOD).tree(|tree| {
            let dirs = tree.keps.get_mut("1234").unwrap();
            dirs.insert("keps/sig-auth/1234-safer-pods".to_string());
        });
        assert_eq!(
            twin.messages(&DuplicateNumber),
            ["keps/sig-auth/1234-safer-pods has the number 1234 too"]
        );
        let zero = Sample::new(GOOD).at("keps/sig-node/0000-a/README.md").tree(|tree| {
            tree.keps
                .insert("0".into(), ["keps/sig-node/0000-a".into(), "keps/sig-node/0000-b".into()].into());
        });
        assert!(zero.messages(&DuplicateNumber).is_empty());
        let _ = APPROVAL;
    }
}
