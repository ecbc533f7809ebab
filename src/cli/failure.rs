//! What stops a command: a user's mistake, said with a hint.

use std::io;

use crate::config::ConfigError;
use crate::discover::{GitError, ReadError};

/// Why a command cannot go on. It ends with exit code 2.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Something the user can mend.
    Mistake {
        /// What is wrong, and where.
        what: String,
        /// What to do.
        help: Option<String>,
    },
    /// Standard output or standard error cannot be written to.
    Output(io::Error),
}

impl Failure {
    /// A mistake with a hint.
    pub(crate) fn new(what: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Mistake { what: what.into(), help: Some(help.into()) }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Self::Mistake { what: error.to_string(), help: error.help }
    }
}

impl From<ReadError> for Failure {
    fn from(error: ReadError) -> Self {
        Self::Mistake { what: error.to_string(), help: error.help }
    }
}

impl From<GitError> for Failure {
    fn from(error: GitError) -> Self {
        Self::Mistake { what: error.message, help: Some(error.help) }
    }
}
