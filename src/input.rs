//! What a check may know of the world, as plain data. `discover` gathers it; rules only read it.

mod percent;
mod tree;

pub(crate) use percent::percent_decoded;
pub use tree::{TreeFacts, approval_path, directory_number, without_zeros};

use std::sync::Arc;

use crate::source::{FileId, Source};

/// What a file beside the document is to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// `kep.yaml` of the same KEP.
    KepMetadata,
    /// The production readiness approval of the same KEP.
    PrrApproval,
}

impl Role {
    /// What a file is by its path, when it is metadata and no document.
    #[must_use]
    pub fn of_path(path: &str) -> Option<Self> {
        let mut parts = path.rsplit(['/', '\\']);
        let name = parts.next()?;
        if name == "kep.yaml" {
            return Some(Self::KepMetadata);
        }
        (name.ends_with(".yaml") && parts.any(|part| part == "prod-readiness")).then_some(Self::PrrApproval)
    }
}

/// Where the document lies in its repository, as a value (no path type reaches a rule).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Path from the repository's root, parts joined by `/`.
    pub path: String,
    /// What kind of repository it is.
    pub repository: Repository,
}

/// Kinds of repository whose layout is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Repository {
    /// cncf/toc or a fork of it.
    Toc,
    /// kubernetes/enhancements or a fork of it.
    Enhancements,
    /// Any other.
    Other,
}

/// Answers whether a relative link's target exists; asked for the targets that a document names.
pub trait Lookup: Send + Sync {
    /// `target` is a decoded path relative to the document's directory (or, with a leading `/`, to the
    /// repository's root). `None` when it can't be known: outside the repository, for example.
    fn exists(&self, target: &str) -> Option<bool>;
}

/// One document and everything that may be known when it is checked.
///
/// `discover` gives the README of a KEP its `kep.yaml` and (see [`approval_path`]) its approval as companions.
/// A `kep.yaml` or an approval that has no README, or that was named alone, is `file` itself; a kep.yaml has
/// its approval, an approval its kep.yaml as companion then.
#[derive(Clone)]
pub struct Input {
    /// The document.
    pub file: Source,
    /// Named by the user rather than met in a walk: a template's own unfilled file counts only then.
    pub named: bool,
    /// Files that belong to it.
    pub companions: Vec<(Role, Source)>,
    /// Where it lies, if that is known (it is not for standard input).
    pub place: Option<Place>,
    /// How to ask for link targets; without it, rules that need it stay silent.
    pub targets: Option<Arc<dyn Lookup>>,
    /// Facts about the tree around it.
    pub tree: Option<Arc<TreeFacts>>,
}

impl Input {
    /// A document alone, nothing known of its surroundings.
    #[must_use]
    pub fn alone(file: Source) -> Self {
        Self { file, named: true, companions: Vec::new(), place: None, targets: None, tree: None }
    }

    /// The path of the document: from the repository's root where that is known.
    #[must_use]
    pub fn path(&self) -> &str {
        self.place.as_ref().map_or(self.file.path(), |place| &place.path)
    }

    /// The directory of the document, without a slash at its end; empty at the root.
    #[must_use]
    pub fn directory(&self) -> &str {
        self.path().rsplit_once('/').map_or("", |(directory, _)| directory)
    }

    /// Whether it lies in a repository that is none of the reviewers'.
    #[must_use]
    pub fn is_elsewhere(&self) -> bool {
        self.place.as_ref().is_some_and(|place| place.repository == Repository::Other)
    }

    /// Whether it is a KEP of another project than kubernetes, which has neither its special interest groups nor its
    /// release team nor its CI: elsewhere, in a directory with a number (or `NNNN`) that is in none of a group.
    #[must_use]
    pub fn is_of_another_project(&self) -> bool {
        let directory = self.directory();
        let name = directory.rsplit('/').next().unwrap_or_default();
        self.is_elsewhere()
            && (directory_number(directory).is_some() || name.starts_with("NNNN-"))
            && !directory.split('/').any(|name| name.starts_with("sig-"))
    }

    /// What the document is when it is no markdown but metadata, checked for itself.
    #[must_use]
    pub fn role(&self) -> Option<Role> {
        Role::of_path(self.path())
    }

    /// The source of a file id, if the input has it.
    #[must_use]
    pub fn source(&self, file: FileId) -> Option<&Source> {
        match file.0 {
            0 => Some(&self.file),
            n => self.companions.get(n as usize - 1).map(|(_, source)| source),
        }
    }

    /// The companion in a role, with its id.
    #[must_use]
    pub fn companion(&self, role: Role) -> Option<(FileId, &Source)> {
        let at = self.companions.iter().position(|(r, _)| *r == role)?;
        Some((FileId(at as u32 + 1), &self.companions[at].1))
    }
}
