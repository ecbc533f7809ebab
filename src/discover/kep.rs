//! The files of one KEP: which of them belong together, and reading those that go with another.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::read::source;
use super::{Candidate, Files, ReadError, Root, Roots, relative, shown};
use crate::input::{Input, Repository, Role, approval_path};

/// The file names of a KEP.
const README: &str = "README.md";
const METADATA: &str = "kep.yaml";

/// Whether a walk takes a YAML file: the metadata of KEPs in a checkout of kubernetes/enhancements, or the
/// kep.yaml of the very directory that was named (`walked`), wherever it lies.
pub(super) fn is_metadata(path: &Path, walked: &Path, roots: &Roots) -> bool {
    if path.extension().is_none_or(|ending| ending != "yaml") {
        return false;
    }
    if path.file_name().is_some_and(|name| name == METADATA) && path.parent() == Some(walked) {
        return true;
    }
    let full = roots.absolute(path);
    let Some((root, place)) = placed(&full, roots) else { return false };
    if root.repository != Repository::Enhancements {
        return false;
    }
    match place.strip_prefix("keps/prod-readiness/") {
        Some(inner) => inner.split('/').count() == 2,
        None => place.starts_with("keps/") && place.ends_with("/kep.yaml"),
    }
}

/// The files that are read together with another of these candidates, as absolute paths: they are checked there,
/// and once.
#[must_use]
pub fn read_with_others<'a>(
    candidates: impl IntoIterator<Item = &'a Candidate>,
    files: &dyn Files,
    roots: &Roots,
) -> HashSet<PathBuf> {
    let mut covered = HashSet::new();
    for candidate in candidates {
        let path = roots.absolute(&candidate.path);
        // An approval has its kep.yaml beside it only to be compared with.
        if !is_approval(&path, roots) {
            covered.extend(companions(&path, files, roots).into_iter().map(|(_, path)| path));
        }
    }
    covered
}

/// Gives an input that was read from `path` the other files of its KEP, and the facts about the tree around it.
/// What cannot be read is left out and returned.
pub fn attach(input: &mut Input, path: &Path, files: &dyn Files, roots: &Roots) -> Vec<ReadError> {
    let mut problems = Vec::new();
    let full = roots.absolute(path);
    for (role, path) in companions(&full, files, roots) {
        let shown = shown_beside(&path, &full, input.file.path());
        if !roots.holds(&path, &full) {
            problems.push(ReadError::outside(shown));
            continue;
        }
        match files.read(&path).and_then(|bytes| source(&shown, bytes)) {
            Ok(source) => input.companions.push((role, source)),
            Err(error) => problems.push(ReadError { path: shown, ..error }),
        }
    }
    if let Some((root, place)) = placed(&full, roots)
        && root.repository == Repository::Enhancements
        && place.starts_with("keps/")
    {
        input.tree = Some(roots.tree(&root));
    }
    problems
}

/// The other files of the KEP that a file (an absolute path) belongs to: kep.yaml and the approval of a README,
/// the approval of a kep.yaml, the kep.yaml of an approval. Those that are not there are left out.
fn companions(path: &Path, files: &dyn Files, roots: &Roots) -> Vec<(Role, PathBuf)> {
    roots.companions(path, || find_companions(path, files, roots))
}

fn find_companions(path: &Path, files: &dyn Files, roots: &Roots) -> Vec<(Role, PathBuf)> {
    let Some(name) = path.file_name() else { return Vec::new() };
    let mut found = Vec::new();
    if is_approval(path, roots) {
        found.extend(metadata_of(path, files, roots).map(|path| (Role::KepMetadata, path)));
    } else if name == README {
        let metadata = path.with_file_name(METADATA);
        if files.exists(&metadata) {
            let approval = approval_of(&metadata, files, roots);
            found.push((Role::KepMetadata, metadata));
            found.extend(approval.map(|path| (Role::PrrApproval, path)));
        }
    } else if name == METADATA {
        found.extend(approval_of(path, files, roots).map(|path| (Role::PrrApproval, path)));
    }
    found
}

/// The file with which another (an absolute path) is checked: the README beside a kep.yaml, the README or kep.yaml
/// that leads to an approval; the file itself where there is none.
#[must_use]
pub fn leader(path: &Path, files: &dyn Files, roots: &Roots) -> PathBuf {
    let metadata = match path.file_name() {
        Some(name) if name == METADATA => Some(path.to_path_buf()),
        _ if is_approval(path, roots) => metadata_of(path, files, roots),
        _ => None,
    };
    let leads = |one: &PathBuf| {
        files.exists(one) && companions(one, files, roots).iter().any(|(_, other)| other == path)
    };
    let leaders = metadata.into_iter().flat_map(|path| [path.with_file_name(README), path]);
    leaders.into_iter().find(leads).unwrap_or_else(|| path.to_path_buf())
}

/// The files of the KEP that a file (an absolute path) belongs to, itself first, whether or not they are there.
pub(super) fn family(path: &Path, files: &dyn Files, roots: &Roots) -> Vec<PathBuf> {
    let mut family = vec![path.to_path_buf()];
    let metadata = match path.file_name() {
        Some(name) if name == README => Some(path.with_file_name(METADATA)),
        Some(name) if name == METADATA => Some(path.to_path_buf()),
        _ if is_approval(path, roots) => metadata_of(path, files, roots),
        _ => None,
    };
    if let Some(metadata) = metadata {
        family.extend(approval_place(&metadata, files, roots));
        family.push(metadata.with_file_name(README));
        family.push(metadata);
    }
    family
}

/// The approval that belongs to a kep.yaml. In a repository that is no checkout of kubernetes/enhancements there
/// is none, whatever lies at its place.
fn approval_of(metadata: &Path, files: &dyn Files, roots: &Roots) -> Option<PathBuf> {
    roots.approval(metadata, || approval_place(metadata, files, roots).filter(|path| files.exists(path)))
}

/// Where that approval is or would be.
fn approval_place(metadata: &Path, files: &dyn Files, roots: &Roots) -> Option<PathBuf> {
    let (root, _) = placed(metadata, roots)?;
    if root.repository != Repository::Enhancements {
        return None;
    }
    let bytes = files.read(metadata).ok()?;
    Some(root.directory.join(approval_path(std::str::from_utf8(&bytes).ok()?)?))
}

/// The kep.yaml that an approval belongs to: the one that leads to it.
fn metadata_of(approval: &Path, files: &dyn Files, roots: &Roots) -> Option<PathBuf> {
    let (root, _) = placed(approval, roots)?;
    let number = approval.file_stem()?.to_str()?.trim_start_matches('0');
    let tree = roots.tree(&root);
    let directories = tree.keps.get(if number.is_empty() { "0" } else { number })?;
    let mut paths = directories.iter().map(|directory| root.directory.join(directory).join(METADATA));
    paths.find(|path| approval_of(path, files, roots).as_deref() == Some(approval))
}

fn is_approval(path: &Path, roots: &Roots) -> bool {
    path.extension().is_some_and(|ending| ending == "yaml")
        && placed(path, roots).is_some_and(|(root, place)| {
            root.repository == Repository::Enhancements && place.starts_with("keps/prod-readiness/")
        })
}

/// The root of a file's repository and its path from there.
fn placed(path: &Path, roots: &Roots) -> Option<(Root, String)> {
    let root = roots.root(path)?;
    let place = root.place(path)?.path;
    Some((root, place))
}

/// The path that reports show of a file, `own` being another file (both absolute) that they show as `own_shown`:
/// from the same place.
fn shown_beside(path: &Path, own: &Path, own_shown: &str) -> String {
    let common = own.ancestors().skip(1).find(|above| path.starts_with(above));
    let Some((below, rest)) =
        common.and_then(|common| Some((relative(own, common)?, relative(path, common)?)))
    else {
        return shown(path);
    };
    let mut parts: Vec<&str> = own_shown.split('/').collect();
    parts.pop();
    for _ in 0..below.matches('/').count() {
        match parts.last() {
            Some(&last) if last != ".." && !last.is_empty() => drop(parts.pop()),
            _ => parts.push(".."),
        }
    }
    parts.push(&rest);
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_companion_is_shown_from_where_its_document_is() {
        let (own, approval) = ("/r/keps/sig-a/1-x/README.md", "/r/keps/prod-readiness/sig-a/1.yaml");
        for (shown, expected) in [
            ("keps/sig-a/1-x/README.md", "keps/prod-readiness/sig-a/1.yaml"),
            ("/r/keps/sig-a/1-x/README.md", "/r/keps/prod-readiness/sig-a/1.yaml"),
            ("README.md", "../../prod-readiness/sig-a/1.yaml"),
            ("1-x/README.md", "../prod-readiness/sig-a/1.yaml"),
            ("../../r/keps/sig-a/1-x/README.md", "../../r/keps/prod-readiness/sig-a/1.yaml"),
        ] {
            assert_eq!(shown_beside(Path::new(approval), Path::new(own), shown), expected);
            let sibling = shown.replace("README.md", "kep.yaml");
            let path = Path::new("/r/keps/sig-a/1-x/kep.yaml");
            assert_eq!(shown_beside(path, Path::new(own), shown), sibling);
        }
    }
}
