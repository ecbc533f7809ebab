//! `gtr lint --fix` and `--diff`: what is done with the files that fixes changed.

use std::collections::HashMap;
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::time::Duration;

use similar::{ChangeTag, TextDiff};

use super::check::Run;
use super::console::Console;
use super::failure::Failure;
use super::write;
use crate::diagnostic::Diagnostic;
use crate::discover;
use crate::fix::{Applied, Fixed};
use crate::report::{defused, is_harmful};
use crate::source::Source;
use crate::template::RevisionIndex;

/// Which fixes are applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fixes {
    /// Those that change no answer and no meaning.
    Safe,
    /// Those that leave something to do as well.
    All,
    /// What moves a document to the newest revision of its template.
    Newest,
}

/// A file as fixes made it.
#[derive(Debug)]
pub(super) struct Changed {
    /// Where it lies.
    pub(super) path: PathBuf,
    /// As it was read.
    pub(super) before: Source,
    /// As it would be.
    pub(super) after: Source,
}

/// What fixes did to a document and its companions.
#[derive(Debug, Default)]
pub(super) struct Fixing {
    pub(super) changed: Vec<Changed>,
    pub(super) applied: Vec<Applied>,
    pub(super) refused: Vec<Applied>,
    /// The revision of a document that was to be moved to the newest.
    pub(super) from: Option<RevisionIndex>,
}

impl Fixing {
    /// Compares files with what fixes made of them. `path` is where the document lies; companions lie where their
    /// names say.
    pub(super) fn take(&mut self, path: &std::path::Path, before: Vec<Source>, fixed: Fixed) {
        let place = |index: usize, source: &Source| match index {
            0 => path.to_path_buf(),
            _ => PathBuf::from(source.path()),
        };
        let both = before.into_iter().zip(fixed.sources).enumerate();
        let changed = both.filter(|(_, (before, after))| before.text() != after.text());
        let changed =
            changed.map(|(index, (before, after))| Changed { path: place(index, &before), before, after });
        self.changed = changed.collect();
        self.applied = fixed.applied;
        self.refused = fixed.refused;
    }
}

/// Takes from findings the fixes that were tried: nobody should be told that what is left can be fixed.
pub(super) fn forget_tried(diagnostics: &mut [Diagnostic], fixes: Fixes) {
    for diagnostic in diagnostics {
        diagnostic.fix.take_if(|fix| fix.safe || fixes == Fixes::All);
    }
}

/// Writes every changed file, whole or not at all, and says on standard error what was done. A file that is no
/// longer as it was read is left alone.
pub(super) fn write_all(run: &Run, console: &mut Console) -> Result<(), Failure> {
    let files = write_changed(run)?;
    let mut fixes = 0;
    for fixing in run.looked.iter().map(|one| &one.fixing) {
        fixes += fixing.applied.len();
        explain_refused(fixing, console)?;
    }
    let plural = |count: usize, noun: &str| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
    let fixes = if fixes == 1 { "1 fix".to_string() } else { format!("{fixes} fixes") };
    match files {
        0 => console.note("nothing to fix")?,
        _ => console.note(&format!("{fixes} applied in {}", plural(files, "file")))?,
    }
    Ok(())
}

/// Writes every changed file; how many there were.
pub(super) fn write_changed(run: &Run) -> Result<usize, Failure> {
    let mut files = 0;
    let mut written: HashMap<PathBuf, &str> = HashMap::new();
    for changed in run.looked.iter().flat_map(|one| &one.fixing.changed) {
        let (before, after) = (changed.before.text(), changed.after.text());
        let known = written.get(&changed.path);
        if known.is_some_and(|text| *text == after) {
            continue;
        }
        let disk = discover::bytes(&changed.path);
        if known.is_some() || disk.is_none_or(|bytes| bytes != before.as_bytes()) {
            return Err(Failure::new(
                format!("{} changed while it was checked", changed.before.path()),
                "nothing was written to it; run gtr again",
            ));
        }
        write::replace(&changed.path, after.as_bytes())?;
        written.insert(changed.path.clone(), after);
        files += 1;
    }
    Ok(files)
}

/// Prints what `--fix` would change as a unified diff. Whether it would change anything.
pub(super) fn print_diff(run: &Run, console: &mut Console) -> io::Result<bool> {
    let mut any = false;
    for fixing in run.looked.iter().map(|one| &one.fixing) {
        for changed in &fixing.changed {
            any = true;
            let (path, colour) = (changed.before.path().trim_start_matches('/'), console.look.colour);
            write_diff(path, changed.before.text(), changed.after.text(), colour, console.out)?;
        }
        explain_refused(fixing, console)?;
    }
    Ok(any)
}

pub(super) fn explain_refused(fixing: &Fixing, console: &mut Console) -> io::Result<()> {
    for refused in &fixing.refused {
        let item = refused.item.as_ref().map_or_else(String::new, |item| format!(" ({item})"));
        console.detail(&format!(
            "left out, because an answer would change or the finding stay: {}, {}{item}",
            refused.rule, refused.title
        ))?;
    }
    Ok(())
}

/// A unified diff with three lines around each change, as `git diff` writes it.
pub(super) fn write_diff(
    path: &str,
    before: &str,
    after: &str,
    colour: bool,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    // behind a second a longer diff will do
    let diff = TextDiff::configure().timeout(Duration::from_secs(1)).diff_lines(before, after);
    // the log of a GitHub runner obeys commands, and a terminal does so without colours too
    let read = colour || io::stdout().is_terminal() || std::env::var_os("GITHUB_ACTIONS").is_some();
    let paint =
        |code: &str, text: &str| if colour { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_string() };
    let path = if read { shown(path) } else { path.to_string() };
    writeln!(out, "{}", paint("1", &format!("--- a/{path}")))?;
    writeln!(out, "{}", paint("1", &format!("+++ b/{path}")))?;
    for hunk in diff.unified_diff().context_radius(3).iter_hunks() {
        writeln!(out, "{}", paint("36", &hunk.header().to_string()))?;
        for change in hunk.iter_changes() {
            let (sign, code) = match change.tag() {
                ChangeTag::Delete => ('-', "31"),
                ChangeTag::Insert => ('+', "32"),
                ChangeTag::Equal => (' ', "0"),
            };
            let line = change.value().trim_end_matches('\n');
            // what goes to a file must be a patch that applies
            let line = if read { shown(line) } else { line.to_string() };
            let line = format!("{sign}{line}");
            writeln!(out, "{}", if code == "0" { line } else { paint(code, &line) })?;
            if change.missing_newline() {
                writeln!(out, "\\ No newline at end of file")?;
            }
        }
    }
    Ok(())
}

/// A line of a document without what a terminal would take for a command; tabs and the return of CRLF stay, so that
/// the diff can be applied.
fn shown(line: &str) -> String {
    let (line, end) = line.strip_suffix('\r').map_or((line, ""), |line| (line, "\r"));
    let mark = |c: char| if c != '\t' && is_harmful(c) { '\u{fffd}' } else { c };
    defused(&line.chars().map(mark).collect::<String>()).into_owned() + end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diff_that_somebody_reads_steers_nothing() {
        assert_eq!(shown("a\u{1b}[31m\u{202e}b\rc\td\r"), "a\u{fffd}[31m\u{fffd}b\u{fffd}c\td\r");
        assert_eq!(shown("  ::error::x ::"), "  | ::error::x ::");
        assert_eq!(shown("a ##[add-path]b"), "a ## [add-path]b");
    }
}
