//! What changed since a base: files, and lines of files.

mod base;
mod names;

use std::collections::{HashMap, HashSet};
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use super::git::{Git, GitError, os_string};
use super::{Candidate, Files, Roots, absolute, kep};
use crate::source::ChangedLines;
use base::Base;
use names::Entry;

/// What changed in the repositories that the paths of a command line lie in.
#[derive(Debug)]
pub struct Changes {
    repositories: Vec<Repository>,
}

/// What changed in one of them.
#[derive(Debug)]
struct Repository {
    git: Git,
    base: Base,
    /// What is committed counts, whatever lies in the work tree.
    committed: bool,
    files: HashMap<PathBuf, Change>,
    /// Names that are gone, renamed ones included.
    gone: HashSet<PathBuf>,
}

/// What happened to a file that is there.
#[derive(Debug)]
enum Change {
    New,
    /// The names that git has for it: the one before, if it was another, and today's.
    Modified(Option<OsString>, OsString),
}

impl Changes {
    /// Asks git what changed since `named`, or since the base that the environment (`variable` gives what is set
    /// and not empty) or the repository names. In a pull request's check what is committed is compared, elsewhere
    /// the work tree with the files that are not yet tracked.
    ///
    /// # Errors
    /// When there is no git, no repository, or no base.
    pub fn since(
        paths: &[PathBuf],
        named: Option<&str>,
        variable: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, GitError> {
        let mut repositories: Vec<Repository> = Vec::new();
        for path in paths {
            let full = absolute(path);
            let Some(directory) = full.ancestors().find(|above| above.is_dir()) else { continue };
            let git = Git::around(directory)?;
            if repositories.iter().all(|known| known.git.top() != git.top()) {
                let base = base::find(&git, named, variable)?;
                repositories.push(Repository::compare(git, base, base::is_check(variable))?);
            }
        }
        Ok(Self { repositories })
    }

    /// Whether a candidate changed, or one of the files that are checked with it: it is new, other than before,
    /// or gone.
    #[must_use]
    pub fn concern(&self, candidate: &Candidate, files: &dyn Files, roots: &Roots) -> bool {
        let family = kep::family(&absolute(&candidate.path), files, roots);
        family.iter().any(|path| {
            self.repositories.iter().any(|one| one.files.contains_key(path) || one.gone.contains(path))
        })
    }

    /// The lines of a file (an absolute path) that changed.
    ///
    /// # Errors
    /// When git cannot compare it.
    pub fn lines(&self, path: &Path) -> Result<ChangedLines, GitError> {
        let found = self.repositories.iter().find_map(|one| Some((one, one.files.get(path)?)));
        match found {
            None => Ok(ChangedLines::Some(Vec::new())),
            Some((_, Change::New)) => Ok(ChangedLines::All),
            Some((one, Change::Modified(old, name))) => one.hunks(old.as_deref(), name),
        }
    }

    /// What was compared with what, a line a repository.
    #[must_use]
    pub fn summary(&self) -> Vec<String> {
        let line = |one: &Repository| {
            let count = one.files.len();
            let files = if count == 1 { "file" } else { "files" };
            let short = &one.base.commit[..one.base.commit.len().min(12)];
            let what = if one.committed { "HEAD" } else { "the work tree" };
            format!("compared {what} with {short} ({}): {count} {files} changed", one.base.origin)
        };
        self.repositories.iter().map(line).collect()
    }
}

impl Repository {
    fn compare(git: Git, base: Base, committed: bool) -> Result<Self, GitError> {
        let mut one = Self { git, base, committed, files: HashMap::new(), gone: HashSet::new() };
        let output = one.git.read(&one.diff(&["--name-status", "-z"], &[]))?;
        for entry in names::statuses(&output) {
            match entry {
                Entry::Added(name) => drop(one.files.insert(one.git.path(&name), Change::New)),
                Entry::Modified(name) => {
                    one.files.insert(one.git.path(&name), Change::Modified(None, name));
                }
                Entry::Deleted(name) => drop(one.gone.insert(one.git.path(&name))),
                Entry::Renamed { from, to } => {
                    one.gone.insert(one.git.path(&from));
                    one.files.insert(one.git.path(&to), Change::Modified(Some(from), to));
                }
            }
        }
        if !committed {
            let output = one.git.read(&["ls-files", "-z", "--others", "--exclude-standard"])?;
            for name in names::names(&output) {
                one.files.insert(one.git.path(&os_string(name)), Change::New);
            }
        }
        Ok(one)
    }

    fn hunks(&self, old: Option<&OsStr>, name: &OsStr) -> Result<ChangedLines, GitError> {
        let names: Vec<&OsStr> = old.into_iter().chain([name]).collect();
        let output = self.git.read(&self.diff(&["-U0", "--inter-hunk-context=0", "--text"], &names))?;
        Ok(ChangedLines::Some(names::hunks(&output)))
    }

    /// `git diff` against the base, whatever the user configured for it.
    fn diff<'a>(&'a self, options: &[&'a str], names: &[&'a OsStr]) -> Vec<&'a OsStr> {
        let fixed = ["diff", "--no-color", "--no-ext-diff", "--no-textconv", "--ignore-submodules", "-M"];
        let mut all: Vec<&OsStr> =
            fixed.iter().copied().chain(options.iter().copied()).map(OsStr::new).collect();
        all.push(OsStr::new(&self.base.commit));
        all.extend(self.committed.then(|| OsStr::new("HEAD")));
        all.push(OsStr::new("--"));
        all.extend(names);
        all
    }
}
