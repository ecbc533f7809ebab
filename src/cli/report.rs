//! `gtr report`.

use super::check::{self, Keep};
use super::compare;
use super::console::Console;
use super::failure::Failure;
use super::lint::stopped;
use super::options::CheckOptions;
use super::output::{self, LinkOptions, ReviewFormat};

const AFTER_HELP: &str = "\
Examples:
  gtr report review.md                 what is answered, and a list of what to ask the maintainers
  gtr report --level graduation review.md
  gtr report --format markdown review.md >> \"$GITHUB_STEP_SUMMARY\"
  gtr report --format html --compare main: review.md > review.html
                                       one page to read, and what became of the answers since main
  gtr report --format csv projects/    one row a document, for every document below a directory";

/// Print the answer coverage of documents, for reviewers.
///
/// Findings do not change the exit code; a file that cannot be read makes it 2.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    #[command(flatten)]
    pub(super) check: CheckOptions,

    /// How the report is printed.
    #[arg(short, long, value_name = "NAME", default_value = output::default_review(), value_parser = output::review_parser())]
    format: ReviewFormat,

    /// Say which answers were added, changed and removed since this state of the document: a file, or
    /// REVISION:PATH as git names it. `REVISION:` alone is every document as that revision has it.
    #[arg(long, value_name = "FILE|REV:PATH")]
    compare: Option<String>,

    #[command(flatten)]
    links: LinkOptions,
}

/// Runs the command; gives the exit code.
pub(super) fn run(args: &Args, console: &mut Console) -> Result<u8, Failure> {
    let run = check::run(&args.check, None, None, Keep::Document, console)?;
    for one in run.looked.iter().filter(|one| one.is_metadata_alone()) {
        console.note(&format!(
            "{} has no answers to report; name the README.md beside it",
            one.sources[0].path()
        ))?;
    }
    let earlier = match args.compare.as_deref().filter(|name| !name.is_empty()) {
        Some(name) => compare::earlier(&run, name, args.check.max_size())?,
        None => Vec::new(),
    };
    output::review(args.format, &run, &earlier, &args.links, console)?;
    Ok(u8::from(stopped(&run, args.check.strict)) * 2)
}
