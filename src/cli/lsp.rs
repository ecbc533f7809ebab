//! `gtr lsp`.

use super::{panic, today};
use crate::server;
use crate::template::Date;

const AFTER_HELP: &str = "\
An editor starts this command and talks to it over standard input and output, in the language
server protocol. docs/editors.md has the set-up of Neovim, Helix, VS Code, Zed, Emacs.";

/// Serve editors: findings while writing, outline, explanations, fixes, completion.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// The only way there is; accepted because editors pass it.
    #[arg(long = "stdio", hide = true)]
    _stdio: bool,

    /// The process to end with; accepted because editors pass it, though `initialize` says the same.
    #[arg(long = "clientProcessId", value_name = "ID", hide = true)]
    _client_process: Option<u32>,

    /// The date to compare dates in documents with, instead of the clock's.
    #[arg(long, value_name = "YYYY-MM-DD", env = "GTR_TODAY", hide_env_values = true, value_parser = today::parse)]
    today: Option<Date>,
}

/// Runs the command until the editor ends it; gives the exit code.
pub(super) fn run(args: &Args) -> u8 {
    panic::survive();
    let fixed = args.today;
    // A session goes on for days, so the clock is asked each time.
    let options = server::Options { today: Box::new(move || fixed.or_else(today::from_clock)) };
    u8::from(!server::serve(&options))
}
