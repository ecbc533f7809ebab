//! Facts about a whole tree of KEPs: listed once a repository, and only when a KEP asks for them.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::{Files, Root, relative};
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
            Arc::clone(known.entry(root.directory.clone()).or_default())
        };
        Arc::clone(cell.get_or_init(|| Arc::new(facts(root, files, aliases))))
    }
}

fn facts(root: &Root, files: &dyn Files, aliases: Aliases) -> TreeFacts {
    let mut paths = Vec::new();
    list(&root.directory.join("keps"), &root.directory, DEPTH, &mut paths);
    // Without the groups nobody can be missing from one, so a file that cannot be read costs findings only.
    let bytes = files.read(&root.directory.join("OWNERS_ALIASES")).unwrap_or_default();
    let groups = aliases(&String::from_utf8_lossy(&bytes));
    TreeFacts::new(paths.iter().map(String::as_str), groups)
}

/// The repository-relative paths of all files of a directory that the facts are made of. Links are not followed.
fn list(directory: &Path, root: &Path, depth: usize, found: &mut Vec<String>) {
    let Ok(entries) = fs::read_dir(directory) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        let Ok(kind) = entry.file_type() else { continue };
        if kind.is_dir() {
            if depth > 0 {
                list(&path, root, depth - 1, found);
            }
        } else {
            let name = entry.file_name();
            if name == "README.md" || path.extension().is_some_and(|ending| ending == "yaml") {
                found.extend(relative(&path, root));
            }
        }
    }
}
