//! The files of one KEP: which of them belong together, and reading those that go with another.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use memchr::memmem;

use super::read::source;
use super::{Candidate, Files, ReadError, Root, Roots, plain, relative, shown};
use crate::input::{Input, Repository, Role, approval_path};
use crate::source::Source;

/// The file names of a KEP.
const README: &str = "README.md";
const METADATA: &str = "kep.yaml";

/// Whether a walk takes a YAML file: the metadata of KEPs in a checkout of kubernetes/enhancements, or the
/// kep.yaml of the very directory that was named (`walked`), wherever it lies.
pub(super) fn is_metadata(path: &Path, walked: &Path, roots: &Roots) -> bool {
    if !is_yaml(path) {
        return false;
    }
    if path.file_name().is_some_and(|name| name == METADATA) && path.parent() == Some(walked) {
        return true;
    }
    let Some((root, place)) = placed(&roots.absolute(path), roots) else { return false };
    if root.repository != Repository::Enhancements || !place.starts_with("keps/") {
        return false;
    }
    match place.strip_prefix("keps/prod-readiness/") {
        Some(inner) => inner.split('/').count() == 2,
        None => place.ends_with("/kep.yaml"),
    }
}

/// Lists the tree of KEPs around a file with metadata: its KEPs will ask for the facts about it, and what was listed
/// also says what else is in its directories.
pub(super) fn list_tree(metadata: &Path, roots: &Roots) {
    let root = roots.shared_root(&roots.absolute(metadata));
    if let Some(root) = root.filter(|root| root.repository == Repository::Enhancements) {
        drop(roots.tree(&root));
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
        // An approval has its kep.yaml beside it only to be compared with; what is covered covers nothing more.
        if !covered.contains(&path) && !is_approval(&path, roots) {
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
    let own = input.file.clone();
    let mut all = Vec::new();
    each_companion(&full, Some(own.text()), files, roots, &mut |role, path| {
        all.push((role, path.to_path_buf()));
        let shown = shown_beside(path, &full, own.path());
        if !roots.holds(path, &full) {
            problems.push(ReadError::outside(shown));
            return None;
        }
        match files.read(path).and_then(|bytes| source(&shown, bytes)) {
            Ok(source) => {
                input.companions.push((role, source.clone()));
                Some(source)
            }
            Err(error) => {
                problems.push(ReadError { path: shown, ..error });
                None
            }
        }
    });
    roots.companions(&full, || all);
    if let Some((root, place)) = placed(&full, roots)
        && root.repository == Repository::Enhancements
        && place.starts_with("keps/")
    {
        input.tree = Some(roots.tree(&root));
    }
    problems
}

/// The other files of the KEP that a file (an absolute path) belongs to.
fn companions(path: &Path, files: &dyn Files, roots: &Roots) -> Vec<(Role, PathBuf)> {
    roots.companions(path, || {
        let mut all = Vec::new();
        each_companion(path, None, files, roots, &mut |role, path| {
            all.push((role, path.to_path_buf()));
            None
        });
        all
    })
}

/// Finds the other files of the KEP that a file (an absolute path) belongs to: kep.yaml and the approval of a README,
/// the approval of a kep.yaml, the kep.yaml of an approval. Those that are not there are left out.
///
/// A kep.yaml leads to its approval, so `own`, the text of the file, and what `found` read of one that it was given
/// need not be read again.
fn each_companion(
    path: &Path,
    own: Option<&str>,
    files: &dyn Files,
    roots: &Roots,
    found: &mut dyn FnMut(Role, &Path) -> Option<Source>,
) {
    let approval = if is_approval(path, roots) {
        if let Some(metadata) = metadata_of(path, files, roots) {
            found(Role::KepMetadata, &metadata);
        }
        None
    } else if path.file_name().is_some_and(|name| name == README) {
        let metadata = path.with_file_name(METADATA);
        if !files.exists(&metadata) {
            return;
        }
        let read = found(Role::KepMetadata, &metadata);
        approval_of(&metadata, read.as_ref().map(Source::text), files, roots)
    } else if path.file_name().is_some_and(|name| name == METADATA) {
        approval_of(path, own, files, roots)
    } else {
        None
    };
    if let Some(approval) = approval {
        found(Role::PrrApproval, &approval);
    }
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
        family.extend(approval_place(&metadata, None, files, roots));
        family.push(metadata.with_file_name(README));
        family.push(metadata);
    }
    family
}

/// The approval that belongs to a kep.yaml, whose text may be known. In a repository that is no checkout of
/// kubernetes/enhancements there is none, whatever lies at its place.
fn approval_of(metadata: &Path, text: Option<&str>, files: &dyn Files, roots: &Roots) -> Option<PathBuf> {
    let there = |path: &PathBuf| files.exists(path);
    roots.approval(metadata, || approval_place(metadata, text, files, roots).filter(there))
}

/// Where that approval is or would be.
fn approval_place(metadata: &Path, text: Option<&str>, files: &dyn Files, roots: &Roots) -> Option<PathBuf> {
    let root = roots.shared_root(metadata)?;
    if root.repository != Repository::Enhancements {
        return None;
    }
    let place = match text {
        Some(text) => approval_path(text)?,
        None => approval_path(std::str::from_utf8(&files.read(metadata).ok()?).ok()?)?,
    };
    Some(root.directory.join(place))
}

/// The kep.yaml that an approval belongs to: the one that leads to it.
fn metadata_of(approval: &Path, files: &dyn Files, roots: &Roots) -> Option<PathBuf> {
    let root = roots.shared_root(approval)?;
    let number = approval.file_stem()?.to_str()?.trim_start_matches('0');
    let tree = roots.tree(&root);
    let directories = tree.keps.get(if number.is_empty() { "0" } else { number })?;
    let mut paths = directories.iter().map(|directory| root.directory.join(directory).join(METADATA));
    paths.find(|path| approval_of(path, None, files, roots).as_deref() == Some(approval))
}

fn is_approval(path: &Path, roots: &Roots) -> bool {
    // most are in no such directory
    let named = || memmem::find(path.as_os_str().as_encoded_bytes(), b"prod-readiness").is_some();
    is_yaml(path)
        && named()
        && placed(path, roots).is_some_and(|(root, place)| {
            root.repository == Repository::Enhancements && place.starts_with("keps/prod-readiness/")
        })
}

/// Whether a file is called like one with metadata.
pub(crate) fn is_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "yaml")
}

/// The root of a file's repository and its path from there.
fn placed(path: &Path, roots: &Roots) -> Option<(Arc<Root>, String)> {
    let root = roots.shared_root(path)?;
    let place = relative(path, &root.directory)?;
    Some((root, place))
}

/// What two files (absolute paths) are called below the nearest directory that both lie in.
fn behind_common(one: &Path, other: &Path) -> Option<(String, String)> {
    if let (Some(one), Some(other)) = (plain(one), plain(other)) {
        let same = one.bytes().zip(other.bytes()).take_while(|(one, other)| one == other).count();
        let begin = memchr::memrchr(b'/', &one.as_bytes()[..same])? + 1;
        return Some((one[begin..].to_string(), other[begin..].to_string()));
    }
    let common = one.ancestors().skip(1).find(|above| other.starts_with(above))?;
    Some((relative(one, common)?, relative(other, common)?))
}

/// The path that reports show of a file, `own` being another file (both absolute) that they show as `own_shown`:
/// from the same place.
fn shown_beside(path: &Path, own: &Path, own_shown: &str) -> String {
    let Some((below, rest)) = behind_common(own, path) else { return shown(path) };
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
