//! Facts about a whole tree of KEPs: listed once a repository, and only when a KEP asks for them.

use std::collections::{BTreeMap, HashMap};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::{Files, Kind, Root};
use crate::input::TreeFacts;

/// Directories are never nested deeper than this in a tree of KEPs.
const DEPTH: usize = 16;

/// Reads the text of OWNERS_ALIASES: accounts by group.
pub type Aliases = fn(&str) -> BTreeMap<String, Vec<String>>;

/// The facts of each root.
#[derive(Default)]
pub(super) struct Trees {
    known: Mutex<HashMap<PathBuf, Arc<OnceLock<Arc<TreeFacts>>>>>,
}

impl Trees {
    /// The facts of a repository. Threads that ask for the same one wait for the first; the others go on.
    pub(super) fn of(&self, root: &Root, files: &dyn Files, aliases: Aliases) -> Arc<TreeFacts> {
        let cell = {
            let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
            match known.get(&root.directory) {
                Some(cell) => Arc::clone(cell),
                None => Arc::clone(known.entry(root.directory.clone()).or_default()),
            }
        };
        Arc::clone(cell.get_or_init(|| Arc::new(facts(root, files, aliases))))
    }
}

fn facts(root: &Root, files: &dyn Files, aliases: Aliases) -> TreeFacts {
    let mut paths = Vec::new();
    list(&mut root.directory.join("keps"), "keps", DEPTH, files, &mut paths);
    // Without the groups nobody can be missing from one, so a file that cannot be read costs findings only.
    let bytes = files.read(&root.directory.join("OWNERS_ALIASES")).unwrap_or_default();
    let groups = aliases(&String::from_utf8_lossy(&bytes));
    TreeFacts::new(paths.iter().map(String::as_str), groups)
}

/// The repository-relative paths of all files of a directory that the facts are made of; `place` is its own one.
/// Links are not followed.
fn list(directory: &mut PathBuf, place: &str, depth: usize, files: &dyn Files, found: &mut Vec<String>) {
    for (name, kind) in files.list(directory).entries() {
        let below = || [place, "/", &name.to_string_lossy()].concat();
        if kind == Kind::Directory {
            if depth > 0 {
                directory.push(name);
                list(directory, &below(), depth - 1, files, found);
                directory.pop();
            }
        } else if name == "README.md" || Path::new(name).extension() == Some(OsStr::new("yaml")) {
            found.push(below());
        }
    }
}
