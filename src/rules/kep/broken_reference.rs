//! `kep-broken-reference`.

use super::super::{Findings, KepFiles};
use super::files::at;
use crate::diagnostic::Severity;
use crate::input::directory_number;

declare_kep_rule! {
    /// ## What it finds
    /// A path in `see-also`, `replaces` or `superseded-by` that is not in the tree.
    ///
    /// ## Why it matters
    /// The [KEP
    /// template](https://github.com/kubernetes/enhancements/blob/master/keps/NNNN-kep-template/kep.yaml)
    /// wants paths there, so that readers and tools can follow them. KEPs move and get other names.
    ///
    /// ## Example
    /// ```yaml
    /// see-also:
    ///   - "/keps/sig-node/1234-old-name"
    /// ```
    ///
    /// ## How to fix it
    /// Correct the path; the help names the directory that has the same number now.
    ///
    /// ## How sure it is
    /// Only paths are looked up, in the checkout: no web addresses, no prose, no `n/a`.
    BrokenReference, "kep-broken-reference", Some(Severity::Warning), "a KEP that is referred to does not exist", check
}

fn check(files: &KepFiles, findings: &mut Findings) {
    let Some(kep) = files.own_kep() else { return };
    let Some(lookup) = files.input.targets.as_deref() else { return };
    for key in ["see-also", "replaces", "superseded-by"] {
        for text in kep.texts(key) {
            let Some(path) = path(text.value) else { continue };
            if lookup.exists(&path) != Some(false) {
                continue;
            }
            findings
                .report_at(at(kep, text), format!("`{}` does not exist", text.value))
                .help(help(files, &path));
        }
    }
}

/// The target to ask for, if a reference is a path: from the root, or relative to the KEP.
fn path(reference: &str) -> Option<String> {
    if reference.contains("://") || reference.contains(char::is_whitespace) {
        return None;
    }
    let bare = reference.split(['#', '?']).next().unwrap_or_default();
    if bare.starts_with("keps/") {
        return Some(format!("/{bare}"));
    }
    let is_path =
        bare.starts_with('/') && bare.len() > 1 || bare.starts_with("./") || bare.starts_with("../");
    is_path.then(|| bare.to_string())
}

/// Directories that now have the number of the path.
fn help(files: &KepFiles, path: &str) -> String {
    let number = path.trim_end_matches('/').split('/').rev().find_map(directory_number);
    let same = files.tree().zip(number).and_then(|(tree, number)| tree.keps.get(number));
    match same {
        Some(directories) => {
            let all: Vec<String> = directories.iter().map(|directory| format!("/{directory}")).collect();
            format!("did you mean {}?", super::super::phrase::either(&all))
        }
        None => "correct the path, or remove the entry".to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kep::sample::Sample;

    #[test]
    fn a_kep_that_moved_is_found_by_its_number() {
        let found = Sample::with("/keps/sig-node/77-pods", "/keps/sig-node/77-old").check(&BrokenReference);
        assert_eq!(found[0].message, "`/keps/sig-node/77-old` does not exist");
        assert_eq!(found[0].help.as_deref(), Some("did you mean /keps/sig-node/77-pods?"));
        assert!(
            Sample::with("/keps/sig-node/77-pods", "keps/sig-node/77-pods/")
                .check(&BrokenReference)
                .is_empty()
        );
    }

    #[test]
    fn only_paths_are_looked_up() {
        for other in ["https://a.example/b", "n/a", "KEP-100", "see the issue", "#123"] {
            assert_eq!(path(other), None, "{other}");
        }
        assert_eq!(path("../78-auth#goals").as_deref(), Some("../78-auth"));
    }
}
