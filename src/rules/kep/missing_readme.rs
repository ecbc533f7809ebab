//! `kep-missing-readme`.

use super::super::{Findings, KepFiles};
use super::files::label;
use crate::diagnostic::Severity;

declare_kep_rule! {
    /// ## What it finds
    /// A `kep.yaml` lies in a directory of the tree without a `README.md`.
    ///
    /// ## Why it matters
    /// The KEP is the README: without it there is nothing to review. The [KEP
    /// template](https://github.com/kubernetes/enhancements/blob/master/keps/NNNN-kep-template/kep.yaml)
    /// lies beside its README.
    ///
    /// ## Example
    /// ```text
    /// keps/sig-node/1234-faster-pods/kep.yaml
    /// ```
    ///
    /// ## How to fix it
    /// Add the README, give it the name `README.md`, or remove the directory.
    ///
    /// ## How sure it is
    /// Certain in a whole checkout; silent where only the file is known.
    MissingReadme, "kep-missing-readme", Some(Severity::Error), "a KEP has a kep.yaml but no README", check
}

fn check(files: &KepFiles, findings: &mut Findings) {
    let Some(kep) = files.own_kep().filter(|_| files.document.is_none()) else { return };
    let (Some(tree), Some(directory)) = (files.tree(), files.directory()) else { return };
    if tree.metadata.contains(directory) && !tree.readmes.contains(directory) {
        findings
            .report_at(label(kep, kep.anchor()), "there is no README.md beside this kep.yaml")
            .help("add the KEP itself as README.md, or remove the directory");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kep::sample::{APPROVAL, GOOD, Sample};

    #[test]
    fn only_the_tree_can_tell() {
        let alone = |remove: bool| {
            Sample::new(GOOD).readme(None).approval(Some(APPROVAL)).tree(|tree| {
                if remove {
                    tree.readmes.clear();
                }
            })
        };
        assert_eq!(alone(true).messages(&MissingReadme).len(), 1);
        assert!(alone(false).messages(&MissingReadme).is_empty());
    }
}
