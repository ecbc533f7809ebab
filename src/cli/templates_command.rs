//! Wires `gtr templates list|show|check`: which templates there are, the file to compare, and mistakes.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use super::console::Console;
use super::failure::Failure;
use super::templates::{self, check, list, show};
use crate::discover::{self, Candidate, Disk, Files, Roots};
use crate::review::Templates;
use crate::template::Template;

/// Show the bundled templates and compare them with upstream.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    List(list::Args),
    Show(show::Args),
    Check(check::Args),
}

impl From<templates::Failure> for Failure {
    fn from(failure: templates::Failure) -> Self {
        match failure {
            templates::Failure::Write(error) => Self::Output(error),
            // `what; hint`, as the commands of this family say it.
            templates::Failure::Usage(text) => match text.split_once("; ") {
                Some((what, help)) => Self::new(what, help),
                None => Self::Mistake { what: text, help: None },
            },
        }
    }
}

/// Runs the command; gives the exit code.
pub(super) fn run(command: &Command, console: &mut Console) -> Result<u8, Failure> {
    let templates = Templates::new(Vec::new());
    let all: Vec<Arc<Template>> = templates
        .ids()
        .iter()
        .filter_map(|id| templates.get(id))
        .map(|catalogue| Arc::clone(&catalogue.template))
        .collect();
    let code = match command {
        Command::List(args) => list::run(args, &all, console.out)?,
        Command::Show(args) => show::run(args, &all, console.out)?,
        Command::Check(args) => {
            let files: Arc<dyn Files> = Arc::new(Disk::default());
            let path = PathBuf::from(&args.file);
            let candidate = Candidate { shown: discover::shown(&path), path, explicit: true };
            let input = discover::read(&candidate, &files, &Roots::new(Arc::clone(&files)))?;
            check::run(args, &all, &input.file, console.out)?
        }
    };
    Ok(u8::from(code != ExitCode::SUCCESS))
}
