//! What a check may know of the world, as plain data. `discover` gathers it; rules only read it.

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

/// Facts about a whole tree, shared by all of its documents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TreeFacts {}

/// One document and everything that may be known when it is checked.
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
