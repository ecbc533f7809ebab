//! The two streams of a run and how they are written to.

use std::io::{self, Write};

use super::colour::Look;
use super::failure::Failure;
use crate::report::{defused, is_harmful};

/// Where a command writes.
pub(super) struct Console<'a> {
    /// Findings, reports, pages.
    pub(super) out: &'a mut dyn Write,
    /// Errors and notes.
    pub(super) err: &'a mut dyn Write,
    /// What the terminal can show.
    pub(super) look: Look,
    /// Without notes.
    pub(super) quiet: bool,
    /// With details.
    pub(super) verbose: bool,
}

impl Console<'_> {
    /// `error: what` and `help: what to do`.
    pub(super) fn failure(&mut self, failure: &Failure) -> io::Result<()> {
        match failure {
            Failure::Mistake { what, help } => {
                writeln!(self.err, "error: {}", harmless(what))?;
                help.as_ref().map_or(Ok(()), |help| writeln!(self.err, "help: {}", harmless(help)))
            }
            Failure::Output(error) => writeln!(self.err, "error: cannot write the output: {error}"),
        }
    }

    /// Something worth knowing that changes nothing.
    pub(super) fn note(&mut self, text: &str) -> io::Result<()> {
        if self.quiet { Ok(()) } else { writeln!(self.err, "note: {}", harmless(text)) }
    }

    /// What only somebody who looks into the matter wants to know.
    pub(super) fn detail(&mut self, text: &str) -> io::Result<()> {
        if self.verbose { writeln!(self.err, "{}", harmless(text)) } else { Ok(()) }
    }
}

/// Names of files and keys come from anywhere: control characters never reach the terminal.
fn harmless(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        if is_harmful(c) {
            safe.extend(c.escape_unicode());
        } else {
            safe.push(c);
        }
    }
    defused(&safe).into_owned()
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn control_characters_are_spelt_out() {
        assert_eq!(harmless("a\u{1b}[31m.md\n"), "a\\u{1b}[31m.md\\u{a}");
        assert_eq!(harmless("##[add-path]a.md"), "## [add-path]a.md");
        assert_eq!(harmless("Übersicht “x”"), "Übersicht “x”");
    }
}
