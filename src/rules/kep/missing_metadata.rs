//! `kep-missing-metadata`.

use super::super::{Findings, KepFiles};
use crate::diagnostic::{Label, Severity};

declare_kep_rule! {
    /// ## What it finds
    /// The README of a KEP lies in a directory of the tree without a `kep.yaml`.
    ///
    /// ## Why it matters
    /// [kubernetes'
    /// validation](https://github.com/kubernetes/enhancements/blob/master/pkg/repo/validate.go) fails for
    /// such a directory: without kep.yaml a KEP has no status, stage or owner.
    ///
    /// ## Example
    /// ```text
    /// keps/sig-node/1234-faster-pods/README.md
    /// ```
    ///
    /// ## How to fix it
    /// Copy kep.yaml from the template beside the README and fill it in.
    ///
    /// ## How sure it is
    /// Certain in a whole checkout; silent where only the file is known.
    MissingMetadata, "kep-missing-metadata", Some(Severity::Error), "a KEP has a README but no kep.yaml", check
}

fn check(files: &KepFiles, findings: &mut Findings) {
    if files.kep.is_some() || !files.input.path().ends_with("README.md") || files.is_exempt() {
        return;
    }
    let (Some(tree), Some(directory)) = (files.tree(), files.directory()) else { return };
    let Some(document) = files.document.filter(|_| tree.readmes.contains(directory)) else { return };
    if tree.metadata.contains(directory) {
        return;
    }
    let heading = document.sections().first().map(|section| document.content(section.heading));
    findings
        .report_at(Label::at(heading.unwrap_or_default()), "there is no kep.yaml beside this README")
        .help("copy kep.yaml from keps/NNNN-kep-template and fill it in");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kep::sample::{APPROVAL, GOOD, Sample};

    #[test]
    fn only_the_tree_can_tell() {
        let lost = |remove: bool| {
            Sample::new(GOOD).without_kep().approval(Some(APPROVAL)).tree(|tree| {
                if remove {
                    tree.metadata.clear();
                }
            })
        };
        assert_eq!(lost(true).messages(&MissingMetadata).len(), 1);
        assert!(lost(false).messages(&MissingMetadata).is_empty());
    }
}
