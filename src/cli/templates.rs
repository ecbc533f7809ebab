//! `gtr templates`: what is bundled, what it asks, and whether upstream asks something else by now.

mod check;
mod derive;
mod list;
mod show;

use std::io;
use std::path::Path;
use std::sync::Arc;

use super::console::Console;
use super::failure;
use crate::discover::{self, Disk};
use crate::review::Templates;
use crate::source::Source;
use crate::template::{ItemKind, RevisionIndex, Template};

/// The questionnaires gtr knows, and whether upstream's files still agree with them.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// List the templates with their revisions.
    List(list::Args),
    /// Show what a revision of a template asks.
    Show(show::Args),
    /// Compare a template's markdown file with the bundled one and say what differs. For gtr and kep that is all that
    /// differs; the files of other kinds hold more that is no question, and that is said too.
    Check(check::Args),
    /// Make a schema, on standard output, from any markdown template, for `--template FILE.yaml`.
    Derive(derive::Args),
    /// Print the JSON Schema of template files, for editors.
    Schema,
}

/// Runs one of the commands; gives the exit code.
///
/// # Errors
/// When something named is not there, a file cannot be read, or the output cannot be written.
pub(super) fn run(command: &Command, console: &mut Console) -> Result<u8, failure::Failure> {
    if let Command::Derive(args) = command {
        derive::run(args, &template_file(&args.file)?, console.out)?;
        return Ok(0);
    }
    if matches!(command, Command::Schema) {
        write!(console.out, "{}", crate::template::schema())?;
        return Ok(0);
    }
    let templates = bundled();
    match command {
        Command::List(args) => list::run(args, &templates, console.out)?,
        Command::Show(args) => show::run(args, &templates, console.out)?,
        Command::Check(args) => {
            let equal = check::run(args, &templates, &template_file(&args.file)?, console.out)?;
            return Ok(u8::from(!equal));
        }
        Command::Derive(_) | Command::Schema => {}
    }
    Ok(0)
}

/// A template's markdown file; `-` is standard input.
fn template_file(name: &str) -> Result<Source, failure::Failure> {
    let disk = Disk::default();
    Ok(match name {
        "-" => discover::read_stdin("<stdin>", disk.max_size)?.file,
        name => discover::read_text(Path::new(name), &disk)?,
    })
}

/// All templates that come with the program.
pub(super) fn bundled() -> Vec<Arc<Template>> {
    let all = Templates::default();
    let template = |id: &String| all.get(id).map(|catalogue| Arc::clone(&catalogue.template));
    all.ids().iter().filter_map(template).collect()
}

/// Why a command of this family did not run to its end.
#[derive(Debug)]
pub(super) enum Failure {
    /// The user asked for something that is not there.
    Usage { what: String, help: String },
    /// Its output could not be written.
    Write(io::Error),
}

#[cfg(test)]
impl Failure {
    fn help(self) -> String {
        match self {
            Self::Usage { what, help } => format!("{what}: {help}"),
            Self::Write(error) => error.to_string(),
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}

impl From<Failure> for failure::Failure {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Usage { what, help } => Self::new(what, help),
            Failure::Write(error) => Self::Output(error),
        }
    }
}

/// The template with an id.
pub(super) fn named<'a>(templates: &'a [Arc<Template>], id: &str) -> Result<&'a Template, Failure> {
    let known = || templates.iter().map(|template| template.id.as_str()).collect::<Vec<_>>().join(", ");
    let found = templates.iter().find(|template| template.id == id);
    found.map(AsRef::as_ref).ok_or_else(|| Failure::Usage {
        what: format!("unknown template `{id}`"),
        help: format!("the templates are {}", known()),
    })
}

/// The revision with an id, or the newest of a version, or the newest of all.
pub(super) fn revision(template: &Template, name: Option<&str>) -> Result<RevisionIndex, Failure> {
    let Some(name) = name else { return Ok(template.newest()) };
    let by_id = template.revisions.iter().position(|revision| revision.id == name);
    let by_version = || template.revisions.iter().rposition(|revision| revision.version == name);
    by_id.or_else(by_version).map(|at| RevisionIndex(at as u16)).ok_or_else(|| {
        let known: Vec<&str> = template.revisions.iter().map(|revision| revision.id.as_str()).collect();
        Failure::Usage {
            what: format!("template {} has no revision `{name}`", template.id),
            help: format!("the revisions are {}", known.join(", ")),
        }
    })
}

/// How many questions, groups and boxes a revision asks.
fn asked(template: &Template, revision: RevisionIndex) -> usize {
    let asks = |kind| matches!(kind, ItemKind::Question | ItemKind::Group | ItemKind::Checkbox);
    template.items.iter().filter(|item| asks(item.kind) && item.is_in(revision)).count()
}
