//! Repository roots and where a file lies below one.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::directories::{Directories, kind};
use super::memo::Memo;
use super::tree::{Aliases, Trees};
use super::{Files, Kind, absolute_with, relative, resolved};
use crate::input::{Place, Repository, Role, TreeFacts};

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
/// that is laid out like cncf/toc (`toc_subprojects`, `projects`) or kubernetes/enhancements
/// (`keps/prod-readiness`, `OWNERS_ALIASES`; other projects have KEPs of their own).
pub struct Roots {
    files: Arc<dyn Files>,
    known: Memo<OsString, Above>,
    paths: Memo<OsString, PathBuf>,
    directories: Arc<Directories>,
    companions: Memo<OsString, Vec<(Role, PathBuf)>>,
    approvals: Memo<OsString, Option<PathBuf>>,
    trees: Arc<Trees>,
    aliases: Aliases,
}

impl Roots {
    /// Nothing looked at yet.
    #[must_use]
    pub fn new(files: Arc<dyn Files>) -> Self {
        Self {
            files,
            known: Memo::default(),
            paths: Memo::default(),
            directories: Arc::default(),
            companions: Memo::default(),
            approvals: Memo::default(),
            trees: Arc::default(),
            aliases: |_| BTreeMap::new(),
        }
    }

    /// Everything to be looked at anew, but for the facts about trees of KEPs, which cost most and change least.
    #[must_use]
    pub fn renewed(&self) -> Self {
        let fresh = Self::new(Arc::clone(&self.files)).with_aliases(self.aliases);
        Self { trees: Arc::clone(&self.trees), ..fresh }
    }

    /// Takes a reader of OWNERS_ALIASES (`metadata::owners_aliases`); without one the groups stay unknown.
    #[must_use]
    pub fn with_aliases(mut self, aliases: Aliases) -> Self {
        self.aliases = aliases;
        self
    }

    /// Whether a file that nobody named may be read with another (both absolute): it lies in the same repository,
    /// or in the same directory where there is none, and is no link that leads out of it.
    #[must_use]
    pub(super) fn holds(&self, path: &Path, other: &Path) -> bool {
        let bound = self.shared_root(other).map_or_else(
            || other.parent().unwrap_or(other).to_path_buf(),
            |root| self.resolved(&root.directory),
        );
        let full = self.absolute(path);
        let is_no_link = || matches!(kind(&full, &*self.files), Kind::File | Kind::Directory | Kind::Nothing);
        full.starts_with(&bound) && (is_no_link() || inside(&bound, &full))
    }

    /// The facts about the tree of KEPs in a repository, listed when they are first asked for.
    #[must_use]
    pub fn tree(&self, root: &Root) -> Arc<TreeFacts> {
        self.trees.of(root, &*self.files, self.aliases)
    }

    /// The absolute path of a file, see [`absolute`](super::absolute); each directory is resolved once.
    #[must_use]
    pub fn absolute(&self, path: &Path) -> PathBuf {
        self.paths.get(path.as_os_str(), || absolute_with(path, |directory| self.resolved(directory)))
    }

    fn resolved(&self, directory: &Path) -> PathBuf {
        self.directories.resolved(directory, &*self.files)
    }

    /// The directories that were resolved.
    pub(super) fn directories(&self) -> Arc<Directories> {
        Arc::clone(&self.directories)
    }

    /// The other files of the KEP that a file belongs to, looked for by `find` when they are first asked for.
    pub(super) fn companions(
        &self,
        path: &Path,
        find: impl FnOnce() -> Vec<(Role, PathBuf)>,
    ) -> Vec<(Role, PathBuf)> {
        self.companions.get(path.as_os_str(), find)
    }

    /// The approval that belongs to a kep.yaml, looked for by `find` when it is first asked for.
    pub(super) fn approval(
        &self,
        metadata: &Path,
        find: impl FnOnce() -> Option<PathBuf>,
    ) -> Option<PathBuf> {
        self.approvals.get(metadata.as_os_str(), find)
    }

    /// The root of the repository that a file (an absolute path) lies in.
    #[must_use]
    pub fn root(&self, path: &Path) -> Option<Root> {
        self.shared_root(path).as_deref().cloned()
    }

    /// The same, not copied.
    pub(super) fn shared_root(&self, path: &Path) -> Option<Arc<Root>> {
        let above = self.above(path.parent()?);
        above.git.or(above.laid_out)
    }

    /// What marks a root in a directory or nearest above it.
    fn above(&self, directory: &Path) -> Above {
        self.known.get(directory.as_os_str(), || {
            let parent = directory.parent().map(|parent| self.above(parent)).unwrap_or_default();
            let has = |name: &str| self.files.has(directory, name);
            let layout = || {
                if has("toc_subprojects") && has("projects") {
                    Repository::Toc
                } else if has("keps")
                    && has("OWNERS_ALIASES")
                    && self.files.has(&directory.join("keps"), "prod-readiness")
                {
                    Repository::Enhancements
                } else {
                    Repository::Other
                }
            };
            let root = |repository| Arc::new(Root { directory: directory.to_path_buf(), repository });
            if has(".git") {
                return Above { git: Some(root(layout())), laid_out: None };
            }
            if parent.git.is_some() {
                return parent;
            }
            let laid_out = Some(layout()).filter(|layout| *layout != Repository::Other).map(root);
            Above { git: None, laid_out: laid_out.or(parent.laid_out) }
        })
    }
}

/// Whether what a path leads to lies below a directory. What is not there leads nowhere: reading it says so.
pub(super) fn inside(bound: &Path, path: &Path) -> bool {
    path.canonicalize().map_or(true, |real| real.starts_with(resolved(bound)))
}

/// The nearest roots of a directory, itself included.
#[derive(Debug, Clone, Default)]
struct Above {
    /// It has `.git`.
    git: Option<Arc<Root>>,
    /// It is laid out like a repository that is known; not looked for below one with `.git`.
    laid_out: Option<Arc<Root>>,
}
