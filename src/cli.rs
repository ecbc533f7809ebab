//! The command line: clap types here, one command a file.
//!
//! Findings and pages go to standard output, all else to standard error. Exit codes: 0 clean, 1 findings at or
//! above `--fail-on`, 2 usage, configuration, or a file that cannot be read.

mod check;
mod colour;
mod compare;
mod completions;
mod config;
mod console;
mod detection;
mod explain;
pub(crate) mod failure;
mod fix;
mod gates;
mod kep_notes;
mod lint;
mod lsp;
mod man;
mod new;
mod options;
mod output;
mod page;
mod panic;
mod report;
mod rules;
mod sync;
mod templates;
pub(crate) mod templates_used;
mod today;
mod write;

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use colour::ColourChoice;
use console::Console;
use failure::Failure;

const AFTER_HELP: &str = "\
Examples:
  gtr lint                        check every review document below this directory
  gtr lint review.md              check one file
  gtr report review.md            what is answered, what is open: for reviewers
  gtr new gtr review.md           a fresh document
  gtr sync review.md              bring a document to the newest questions
  gtr explain bare-not-applicable what a rule is about, and how to silence it
  gtr rules                       the list of rules

Exit codes:
  0  no findings that count (see `gtr lint --help`, --fail-on)
  1  findings
  2  wrong usage or configuration, or a file that cannot be read";

/// Check CNCF General Technical Reviews and Kubernetes KEPs against the questionnaire they answer.
///
/// gtr finds the questions of the template in a markdown document, however it is written, and tells which are
/// missing, unanswered, answered by a placeholder, or marked N/A without a reason.
#[derive(Debug, Parser)]
#[command(name = "gtr", version, after_help = AFTER_HELP, max_term_width = 100, propagate_version = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,

    /// Colour on a terminal, always, or never; NO_COLOR and CLICOLOR_FORCE are honoured.
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        env = "GTR_COLOR",
        hide_env_values = true
    )]
    color: ColourChoice,

    /// Findings and errors alone: no notes, no summary.
    #[arg(short, long, global = true)]
    quiet: bool,

    /// Say what is read and which configuration counts.
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    verbose: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    #[command(visible_alias = "check")]
    Lint(lint::Args),
    Report(report::Args),
    New(new::Args),
    Sync(sync::Args),
    Rules(rules::Args),
    Explain(explain::Args),
    #[command(subcommand)]
    Templates(templates::Command),
    #[command(subcommand)]
    Config(config::Command),
    Completions(completions::Args),
    Man(man::Args),
    #[command(alias = "server")]
    Lsp(lsp::Args),
}

/// Runs the program with the process's arguments.
#[must_use]
pub fn main() -> ExitCode {
    panic::install();
    let stdout = io::stdout();
    let colours_on_terminal = stdout.is_terminal();
    // Not locked: the language server writes from a thread of its own.
    let mut out = io::BufWriter::new(stdout);
    let code = run(std::env::args_os(), colours_on_terminal, &mut out, &mut io::stderr());
    ExitCode::from(match out.flush() {
        Ok(()) => code,
        Err(error) => closed(&error, code),
    })
}

/// Runs the program with any arguments and writers; gives the exit code.
fn run(
    arguments: impl IntoIterator<Item = OsString>,
    terminal: bool,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> u8 {
    let cli = match parse(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            // clap's own words: a page on request, or what is wrong with the arguments.
            let printed = error.print();
            let code = u8::from(error.use_stderr()) * 2;
            return printed.map_or_else(|error| closed(&error, code), |()| code);
        }
    };
    let look = colour::look(cli.color, terminal);
    let mut console = Console { out, err, look, quiet: cli.quiet, verbose: cli.verbose };
    match dispatch(cli.command, &mut console) {
        Ok(code) => code,
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => 0,
        Err(failure) => console.failure(&failure).map_or_else(|error| closed(&error, 2), |()| 2),
    }
}

fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Cli, clap::Error> {
    let matches = without_empty(Cli::command()).try_get_matches_from(arguments)?;
    let mut cli = Cli::from_arg_matches(&matches)?;
    if let Some((_, matches)) = matches.subcommand() {
        match &mut cli.command {
            Command::Lint(args) => args.check.remember_origins(matches),
            Command::Sync(args) => args.check.remember_origins(matches),
            Command::Report(args) => args.check.remember_origins(matches),
            Command::Config(config::Command::Show(args)) => {
                if let Some((_, matches)) = matches.subcommand() {
                    args.check.remember_origins(matches);
                }
            }
            Command::Rules(_) | Command::Explain(_) | Command::Templates(_) | Command::Config(_) => {}
            Command::New(_) | Command::Completions(_) | Command::Man(_) | Command::Lsp(_) => {}
        }
    }
    Ok(cli)
}

/// A variable that is set to nothing counts as unset: workflows pass inputs that nobody gave this way.
fn without_empty(command: clap::Command) -> clap::Command {
    let command = command.mut_args(|arg| {
        let empty = arg.get_env().and_then(std::env::var_os).is_some_and(|value| value.is_empty());
        if empty { arg.env(None::<&'static str>) } else { arg }
    });
    command.mut_subcommands(without_empty)
}

fn dispatch(command: Command, console: &mut Console) -> Result<u8, Failure> {
    match command {
        Command::Lint(args) => lint::run(&args, console),
        Command::Report(args) => report::run(&args, console),
        Command::Sync(args) => sync::run(&args, console),
        Command::New(args) => new::run(&args, console).map(|()| 0),
        Command::Rules(args) => Ok(rules::run(&args, console.out).map(|()| 0)?),
        Command::Explain(args) => explain::run(&args, console).map(|()| 0),
        Command::Templates(command) => templates::run(&command, console),
        Command::Config(command) => config::run(&command, console).map(|()| 0),
        Command::Completions(args) => Ok(completions::run(&args, Cli::command(), console.out).map(|()| 0)?),
        Command::Man(args) => man::run(&args, Cli::command(), console).map(|()| 0),
        Command::Lsp(args) => Ok(lsp::run(&args)),
    }
}

/// The exit code when standard output cannot be written to: a reader that went away (`| head`) is no error.
fn closed(error: &io::Error, code: u8) -> u8 {
    if error.kind() == io::ErrorKind::BrokenPipe { code } else { 2 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn commands_that_do_not_exist_yet_are_not_accepted() {
        assert!(parse(["gtr".into(), OsString::from("fix")]).is_err());
    }

    #[test]
    fn the_alias_is_the_same_command() {
        let cli = parse(["gtr", "check", "-q", "a.md"].map(OsString::from)).unwrap();
        assert!(matches!(cli.command, Command::Lint(_)) && cli.quiet);
    }
}
