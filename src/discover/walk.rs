//! Paths on the command line to candidates.

use std::collections::HashSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use ignore::{DirEntry, WalkBuilder, WalkState};

use super::files::refused;
use super::kep::{is_metadata, is_yaml, list_tree};
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
    // What cannot be resolved cannot be compared either; reading it will say why.
    let identity = |path: &PathBuf| path.canonicalize().unwrap_or_else(|_| path.clone()).into_os_string();
    let named: Vec<_> = paths
        .iter()
        .map(|path| {
            let metadata = std::fs::metadata(path)?;
            Ok(if metadata.is_dir() { None } else { Some(identity(path)) })
        })
        .collect::<Vec<std::io::Result<Option<OsString>>>>();
    // Named files first: a file that a walk meets too is explicit.
    let explicit: HashSet<OsString> = named.iter().flatten().flatten().cloned().collect();
    let mut seen = HashSet::new();
    for (path, named) in paths.iter().zip(named) {
        match named {
            Err(error) => found.problems.push(refused(path, &error)),
            Ok(None) => walk(path, roots, &explicit, &mut seen, &mut found),
            Ok(Some(identity)) => add(path.clone(), identity, true, &mut seen, &mut found),
        }
    }
    found
}

/// Takes a file, unless it was taken; `identity` is its path with all links resolved.
fn add(path: PathBuf, identity: OsString, explicit: bool, seen: &mut HashSet<OsString>, found: &mut Found) {
    if seen.insert(identity) {
        let shown = shown(&path);
        found.candidates.push(Candidate { path, shown, explicit });
    }
}

fn walk(
    directory: &Path,
    roots: &Roots,
    named: &HashSet<OsString>,
    seen: &mut HashSet<OsString>,
    found: &mut Found,
) {
    let (paths, mut problems) = files(directory);
    found.problems.append(&mut problems);
    let mut is_listed = false;
    for path in paths {
        let metadata = !has_ending(&path) && is_metadata(&path, directory, roots);
        if metadata && !is_listed {
            list_tree(&path, roots);
            is_listed = true;
        }
        if metadata || has_ending(&path) {
            // a regular file is no link, so its directory's links are all there are
            let identity = roots.absolute(&path).into_os_string();
            let explicit = named.contains(&identity);
            add(path, identity, explicit, seen, found);
        }
    }
}

/// The regular files of a walk that may be candidates and what could not be looked at, both sorted by path.
fn files(directory: &Path) -> (Vec<PathBuf>, Vec<ReadError>) {
    // The walker for several threads looks for ignore files in what it lists, the other one asks for each by name. One
    // thread is enough: in a small tree the others would cost more than they find.
    let walker = WalkBuilder::new(directory)
        .require_git(false)
        // `gtr lint .github` names a hidden directory, so its root is walked; hidden ones below it are not.
        .hidden(true)
        .threads(1)
        .build_parallel();
    let all = Mutex::new((Vec::new(), Vec::new()));
    walker.run(|| {
        Box::new(|entry| {
            let keep = |entry: &DirEntry| {
                entry.file_type().is_some_and(|kind| kind.is_file())
                    && (has_ending(entry.path()) || is_yaml(entry.path()))
            };
            let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
            match entry {
                Ok(entry) if keep(&entry) => all.0.push(entry.into_path()),
                Ok(_) => {}
                Err(error) => all.1.push(problem(directory, &error)),
            }
            WalkState::Continue
        })
    });
    let (mut paths, mut problems) = all.into_inner().unwrap_or_else(PoisonError::into_inner);
    paths.sort_by_cached_key(|path| parts(path));
    problems.sort_by(|a, b| a.path.cmp(&b.path));
    (paths, problems)
}

/// A key that sorts as the parts of a path do, and is compared at once.
fn parts(path: &Path) -> Vec<u8> {
    let mut key = Vec::with_capacity(path.as_os_str().len() + 1);
    for part in path.components() {
        key.extend_from_slice(part.as_os_str().as_encoded_bytes());
        key.push(0);
    }
    key
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
