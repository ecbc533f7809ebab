//! Whether a relative link's target exists, for the rules that ask.

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::directories::Directories;
use super::{Files, Root};
use crate::input::{Lookup, percent_decoded};

/// Looks targets up on the disk, never outside the repository, each once.
pub struct DiskLookup {
    root: Arc<Root>,
    directory: PathBuf,
    files: Arc<dyn Files>,
    directories: Arc<Directories>,
    known: Mutex<HashMap<String, Option<bool>>>,
}

impl DiskLookup {
    /// A lookup for the documents of a directory (absolute) in a repository.
    #[must_use]
    pub fn new(root: Root, directory: PathBuf, files: Arc<dyn Files>) -> Self {
        Self::sharing(Arc::new(root), directory, files, Arc::default())
    }

    /// The same, with directories that are resolved for others too.
    pub(super) fn sharing(
        root: Arc<Root>,
        directory: PathBuf,
        files: Arc<dyn Files>,
        directories: Arc<Directories>,
    ) -> Self {
        Self { root, directory, files, directories, known: Mutex::default() }
    }

    fn look(&self, target: &str) -> Option<bool> {
        let path = self.resolve(target)?;
        if !self.files.exists(&path) {
            return Some(false);
        }
        // A link inside the repository may lead out of it; what is there is nobody's business.
        match self.directories.real(&path, &*self.files) {
            Some(real) => real
                .starts_with(self.directories.resolved(&self.root.directory, &*self.files))
                .then_some(true),
            // There for an editor, not on the disk.
            None => Some(true),
        }
    }

    /// The path a target names, `..` taken away without asking the disk; `None` outside the repository.
    fn resolve(&self, target: &str) -> Option<PathBuf> {
        let (mut path, target) = match target.strip_prefix('/') {
            Some(rest) => (self.root.directory.clone(), rest),
            None => (self.directory.clone(), target),
        };
        for part in Path::new(target).components() {
            match part {
                Component::Normal(name) => path.push(name),
                Component::CurDir | Component::RootDir => {}
                Component::ParentDir => {
                    if path == self.root.directory || !path.pop() {
                        return None;
                    }
                }
                Component::Prefix(_) => return None,
            }
        }
        path.starts_with(&self.root.directory).then_some(path)
    }
}

impl Lookup for DiskLookup {
    /// Tries the target as it is, then without `#…` and `?…`, then with `%20` and its kind decoded: a link that
    /// works in any of these readings is not broken.
    fn exists(&self, target: &str) -> Option<bool> {
        if let Some(known) = self.known.lock().unwrap_or_else(PoisonError::into_inner).get(target) {
            return *known;
        }
        let bare = target.split(['#', '?']).next().unwrap_or(target);
        let decoded = bare.contains('%').then(|| percent_decoded(bare)).flatten();
        let mut answer = None;
        for reading in [Some(target), Some(bare), decoded.as_deref()].into_iter().flatten() {
            match self.look(reading) {
                Some(true) => {
                    answer = Some(true);
                    break;
                }
                other => answer = other,
            }
        }
        self.known.lock().unwrap_or_else(PoisonError::into_inner).insert(target.to_string(), answer);
        answer
    }
}
