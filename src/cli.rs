//! The command line: clap types here, one command a file.

pub mod templates;

use std::process::ExitCode;

/// Runs the program with the process's arguments.
#[must_use]
pub fn main() -> ExitCode {
    ExitCode::from(2)
}
