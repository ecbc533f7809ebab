//! `gtr templates`: what is bundled, what it asks, and whether upstream asks something else by now.

pub mod check;
pub mod list;
pub mod show;

use std::fmt;
use std::io;
use std::sync::Arc;

use crate::template::{ItemKind, RevisionIndex, Template};

/// Why a command of this family did not run to its end.
#[derive(Debug)]
pub enum Failure {
    /// The user asked for something that is not there: message with a hint.
    Usage(String),
    /// Its output could not be written.
    Write(io::Error),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(message) => f.write_str(message),
            Self::Write(error) => write!(f, "cannot write: {error}"),
        }
    }
}

impl std::error::Error for Failure {}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}

/// The template with an id.
fn named<'a>(templates: &'a [Arc<Template>], id: &str) -> Result<&'a Template, Failure> {
    let known = || templates.iter().map(|template| template.id.as_str()).collect::<Vec<_>>().join(", ");
    let found = templates.iter().find(|template| template.id == id);
    found
        .map(AsRef::as_ref)
        .ok_or_else(|| Failure::Usage(format!("unknown template `{id}`; the templates are {}", known())))
}

/// The revision with an id, or the newest of a version, or the newest of all.
fn revision(template: &Template, name: Option<&str>) -> Result<RevisionIndex, Failure> {
    let Some(name) = name else { return Ok(template.newest()) };
    let by_id = template.revisions.iter().position(|revision| revision.id == name);
    let by_version = || template.revisions.iter().rposition(|revision| revision.version == name);
    by_id.or_else(by_version).map(|at| RevisionIndex(at as u16)).ok_or_else(|| {
        let known: Vec<&str> = template.revisions.iter().map(|revision| revision.id.as_str()).collect();
        let (id, known) = (&template.id, known.join(", "));
        Failure::Usage(format!("template {id} has no revision `{name}`; the revisions are {known}"))
    })
}

/// How many questions, groups and boxes a revision asks.
fn asked(template: &Template, revision: RevisionIndex) -> usize {
    let asks = |kind| matches!(kind, ItemKind::Question | ItemKind::Group | ItemKind::Checkbox);
    template.items.iter().filter(|item| asks(item.kind) && item.is_in(revision)).count()
}
