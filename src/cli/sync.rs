//! `gtr sync`.

use std::path::Path;

use super::check::{self, Keep, Looked};
use super::console::Console;
use super::failure::Failure;
use super::fix::{self, Fixes};
use super::lint::stopped;
use super::options::CheckOptions;
use crate::review::{Review, plain};
use crate::scaffold::sync::open;

const AFTER_HELP: &str = "\
Examples:
  gtr sync --diff review.md       what would change
  gtr sync review.md              change it
  gtr sync keps/sig-node/1234-faster-pods
  cat review.md | gtr sync --diff - --stdin-filename review.md

Questions that are new are added where the template has them, what the template words differently by now is reworded
where the document has the old words, questions that nobody asks any more stay with their answers and are marked (those without go), and
the template version is set. The questions of a KEP become headings. No answer changes.

Exit codes: 0 of the newest revision now (with --diff: nothing to change), 1 something is left to do by hand (with
--diff: something would change), 2 wrong usage, or a file that cannot be read.";

/// Bring documents to the newest revision of their template; answers are kept.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    #[command(flatten)]
    pub(super) check: CheckOptions,

    /// Print what would change as a unified diff and write nothing.
    #[arg(long)]
    diff: bool,
}

/// So many items without a place are named, others are counted.
const NAMED: usize = 3;

/// Runs the command; gives the exit code.
pub(super) fn run(args: &Args, console: &mut Console) -> Result<u8, Failure> {
    if args.check.paths.iter().any(|path| path.as_path() == Path::new(".")) {
        return Err(Failure::new(
            "gtr sync changes the documents that are named, and none is",
            "name a file",
        ));
    }
    if !args.diff && args.check.paths.iter().any(|path| path.as_os_str() == "-") {
        return Err(Failure::new("standard input cannot be changed in place", "use --diff, or name a file"));
    }
    let run = check::run(&args.check, Some(Fixes::Newest), None, Keep::Document, console)?;
    let stopped = stopped(&run, args.check.strict);
    if args.diff {
        let any = fix::print_diff(&run, console)?;
        return Ok(if stopped { 2 } else { u8::from(any) });
    }
    fix::write_changed(&run)?;
    let mut left = false;
    for one in &run.looked {
        left |= explain(one, console)?;
    }
    Ok(if stopped { 2 } else { u8::from(left) })
}

/// Says what was done to a document; whether something is left to do.
fn explain(one: &Looked, console: &mut Console) -> Result<bool, Failure> {
    let (Some(review), Some(from)) = (&one.review, one.fixing.from) else { return Ok(false) };
    let path = review.source().path().to_string();
    if !review.follows_template() {
        console.note(&format!(
            "{path} is the KEP of another project and has no production readiness questionnaire: it stays on that \
             project's own template"
        ))?;
        return Ok(false);
    }
    for applied in &one.fixing.applied {
        console.detail(&format!("{path}: {}", applied.title))?;
    }
    fix::explain_refused(&one.fixing, console)?;
    let revision = |index| {
        let revision = review.template.revision(index);
        let version =
            if revision.version.is_empty() { String::new() } else { format!("{}, ", revision.version) };
        format!("{version}{}", review.template.origin(index))
    };
    let open = open(review, from);
    let newest = review.revision == review.template.newest();
    match (one.fixing.applied.len(), newest) {
        (0, true) => {
            console.note(&format!("{path} is of the newest revision already: {}", revision(from)))?
        }
        (count, _) => {
            let changes = if count == 1 { "1 change".to_string() } else { format!("{count} changes") };
            let (from, to) = (revision(from), revision(review.revision));
            console.note(&format!("{path}: {changes}; {from} before, {to} now"))?;
        }
    }
    for &index in open.iter().take(NAMED) {
        console.note(&format!(
            "{path}: no place found for {}: {}",
            review.item(index).id,
            wording(review, index)
        ))?;
    }
    if let Some(more) = open.len().checked_sub(NAMED).filter(|more| *more > 0) {
        console.note(&format!("{path}: no place found for {more} more"))?;
    }
    if !newest {
        console.note(&format!(
            "{path} is not of the newest revision yet: `gtr templates show {}`",
            review.template.id
        ))?;
    }
    Ok(!open.is_empty() || !newest)
}

fn wording(review: &Review, index: crate::template::ItemIndex) -> String {
    plain(review.item(index).newest_wording())
}
