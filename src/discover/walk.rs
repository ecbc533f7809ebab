//! Paths on the command line to candidates.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use super::files::refused;
use super::kep::is_metadata;
use super::{Candidate, ReadError, Roots, shown};

/// Endings of the files that a walk looks at; any ending will do for a file that is named.
const ENDINGS: [&str; 2] = ["md", "markdown"];

/// What the paths of a command line lead to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// In the order of the arguments, a directory's files sorted by path; each file once.
    pub candidates: Vec<Candidate>,
    /// What could not be looked at.
    pub problems: Vec<ReadError>,
}

/// Finds the candidates of a list of files and directories.
///
/// A walk honours `.gitignore` (also outside a git repository) and `.ignore`, passes hidden files by, follows no
/// links, and takes regular files that end in `.md` or `.markdown`, in any case, and the metadata of KEPs: kep.yaml
/// and approvals in a checkout of kubernetes/enhancements, and a kep.yaml in the very directory that was named. A
/// file that is named is taken whatever it is called. The same file under two names is taken once, as explicit if
/// it was named at all.
#[must_use]
pub fn candidates(paths: &[PathBuf], roots: &Roots) -> Found {
    let mut found = Found::default();
    // Named files first: a file that a walk meets too is explicit.
    let named: HashSet<PathBuf> =
        paths.iter().filter(|path| !path.is_dir()).filter_map(|path| path.canonicalize().ok()).collect();
    let mut seen = HashSet::new();
    for path in paths {
        match std::fs::metadata(path) {
            Err(error) => found.problems.push(refused(path, &error)),
            Ok(metadata) if metadata.is_dir() => walk(path, roots, &named, &mut seen, &mut found),
            Ok(_) => {
                // What cannot be resolved cannot be compared either; reading it will say why.
                let identity = path.canonicalize().unwrap_or_else(|_| path.clone());
                add(path.clone(), identity, true, &mut seen, &mut found);
            }
        }
    }
    found
}

/// Takes a file, unless it was taken; `identity` is its path with all links resolved.
fn add(path: PathBuf, identity: PathBuf, explicit: bool, seen: &mut HashSet<PathBuf>, found: &mut Found) {
    if seen.insert(identity) {
        let shown = shown(&path);
        found.candidates.push(Candidate { path, shown, explicit });
    }
}

fn walk(
    directory: &Path,
    roots: &Roots,
    named: &HashSet<PathBuf>,
    seen: &mut HashSet<PathBuf>,
    found: &mut Found,
) {
    let walker = WalkBuilder::new(directory)
        .require_git(false)
        .sort_by_file_path(Path::cmp)
        // `gtr lint .github` names a hidden directory, so its root is walked; hidden ones below it are not.
        .hidden(true)
        .build();
    for entry in walker {
        match entry {
            Ok(entry) => {
                let regular = entry.file_type().is_some_and(|kind| kind.is_file());
                if regular && (has_ending(entry.path()) || is_metadata(entry.path(), directory, roots)) {
                    let path = entry.into_path();
                    // a regular file is no link, so its directory's links are all there are
                    let identity = roots.absolute(&path);
                    let explicit = named.contains(&identity);
                    add(path, identity, explicit, seen, found);
                }
            }
            Err(error) => found.problems.push(problem(directory, &error)),
        }
    }
}

fn has_ending(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// The walker wraps errors in path and depth; the innermost one says what happened.
fn problem(directory: &Path, error: &ignore::Error) -> ReadError {
    let mut path = directory.to_path_buf();
    let mut inner = error;
    loop {
        match inner {
            ignore::Error::WithPath { path: at, err } => {
                path.clone_from(at);
                inner = err;
            }
            ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => inner = err,
            ignore::Error::Io(error) => return refused(&path, error),
            other => return ReadError { path: shown(&path), reason: other.to_string(), help: None },
        }
    }
}
