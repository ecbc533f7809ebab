//! Repository roots and where a file lies below one.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::tree::{Aliases, Trees};
use super::{Files, relative};
use crate::input::{Place, Repository, TreeFacts};

/// The root of a repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Root {
    /// Its directory, absolute.
    pub directory: PathBuf,
    /// What kind of repository it is.
    pub repository: Repository,
}

impl Root {
    /// Where an absolute path lies below this root.
    #[must_use]
    pub fn place(&self, path: &Path) -> Option<Place> {
        Some(Place { path: relative(path, &self.directory)?, repository: self.repository })
    }
}

/// Finds roots, each directory looked at once.
///
/// The root is the nearest directory above a file that has `.git`; without one (an export, a tarball) the nearest
/// that is laid out like cncf/toc (`toc_subprojects`, `projects`) or kubernetes/enhancements (`keps`,
/// `OWNERS_ALIASES`).
pub struct Roots {
    files: Arc<dyn Files>,
    known: Mutex<HashMap<PathBuf, Option<Root>>>,
    trees: Trees,
    aliases: Aliases,
}

impl Roots {
    /// Nothing looked at yet.
    #[must_use]
    pub fn new(files: Arc<dyn Files>) -> Self {
        Self { files, known: Mutex::default(), trees: Trees::default(), aliases: |_| BTreeMap::new() }
    }

    /// Takes a reader of OWNERS_ALIASES (`metadata::owners_aliases`); without one the groups stay unknown.
    #[must_use]
    pub fn with_aliases(mut self, aliases: Aliases) -> Self {
        self.aliases = aliases;
        self
    }

    /// The facts about the tree of KEPs in a repository, listed when they are first asked for.
    #[must_use]
    pub fn tree(&self, root: &Root) -> Arc<TreeFacts> {
        self.trees.of(root, &*self.files, self.aliases)
    }

    /// The root of the repository that a file (an absolute path) lies in.
    #[must_use]
    pub fn root(&self, path: &Path) -> Option<Root> {
        let directory = path.parent()?;
        // The map is valid whatever a thread that panicked was doing: entries are added whole.
        if let Some(known) = self.known.lock().unwrap_or_else(PoisonError::into_inner).get(directory) {
            return known.clone();
        }
        let root = self.find(directory);
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(directory.to_path_buf(), root.clone());
        root
    }

    fn find(&self, directory: &Path) -> Option<Root> {
        let has = |above: &Path, name: &str| self.files.exists(&above.join(name));
        let layout = |above: &Path| {
            if has(above, "toc_subprojects") && has(above, "projects") {
                Repository::Toc
            } else if has(above, "keps") && has(above, "OWNERS_ALIASES") {
                Repository::Enhancements
            } else {
                Repository::Other
            }
        };
        let root = |above: &Path| Root { directory: above.to_path_buf(), repository: layout(above) };
        let git = directory.ancestors().find(|above| has(above, ".git"));
        git.map(root)
            .or_else(|| directory.ancestors().map(root).find(|root| root.repository != Repository::Other))
    }
}
