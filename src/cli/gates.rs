//! Which of all findings count in a pull request: those of what changed, and those that are not known already.

use std::path::{Path, PathBuf};

use super::check::{Looked, Run};
use super::console::Console;
use super::failure::Failure;
use super::options::CheckOptions;
use super::write;
use crate::discover::{self, Changes, Disk, Files};
use crate::source::ChangedLines;
use crate::suppress::{Baseline, BaselineError, Touched};

/// The arguments that leave findings out.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "In a pull request")]
pub(super) struct GateOptions {
    /// Check only documents that changed since BASE, a KEP when one of its files did. Without BASE: the base of the
    /// pull request in GitHub Actions (HEAD^1) and Prow (PULL_BASE_SHA), elsewhere where this branch left
    /// origin's main branch; there, what is not committed counts too. --strict asks nothing of such a run.
    #[arg(long, value_name = "BASE", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    changed: Option<String>,

    /// Of these, print only findings on lines that changed, and about questions, sections and keys whose lines did.
    /// Implies --changed.
    #[arg(long)]
    changed_lines: bool,

    /// Leave out the findings that this file lists; they do not count for the exit code.
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,

    /// Write all findings of this run to the baseline first. What it has of files that are not checked stays.
    #[arg(long, requires = "baseline", conflicts_with = "changed_lines")]
    write_baseline: bool,
}

impl GateOptions {
    /// What changed; `None` when everything counts.
    ///
    /// # Errors
    /// When git cannot tell, or standard input is checked, which has no history.
    pub(super) fn changes(&self, options: &CheckOptions) -> Result<Option<Changes>, Failure> {
        if self.changed.is_none() && !self.changed_lines {
            return Ok(None);
        }
        if options.paths.iter().any(|path| path.as_os_str() == "-") {
            let help = "name the file, or leave --changed out";
            return Err(Failure::new("nobody knows what changed in standard input", help));
        }
        let base = self.changed.as_deref().filter(|name| !name.is_empty());
        let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        Ok(Some(Changes::since(&options.paths, base, &variable)?))
    }

    /// Takes the findings that do not count out of a run, those of the baseline apart.
    ///
    /// # Errors
    /// When the baseline cannot be read or written, or git cannot compare a file.
    pub(super) fn apply(
        &self,
        run: &mut Run,
        changes: Option<&Changes>,
        console: &mut Console,
    ) -> Result<(), Failure> {
        // First the baseline: which of its findings are fixed is seen from all that there are.
        if let Some(path) = &self.baseline {
            self.baseline(path, run, console)?;
            run.has_baseline = true;
        }
        if let Some(changes) = changes.filter(|_| self.changed_lines) {
            for one in &mut run.looked {
                keep_touched(one, changes)?;
            }
        }
        Ok(())
    }

    fn baseline(&self, path: &Path, run: &mut Run, console: &mut Console) -> Result<(), Failure> {
        let disk = Disk::default();
        let there = disk.exists(path);
        if !there && !self.write_baseline {
            let what = format!("the baseline {} does not exist", path.display());
            return Err(Failure::new(what, "--write-baseline writes it"));
        }
        let mut baseline = if there { read(path, &disk)? } else { Baseline::default() };
        let place = discover::absolute(path);
        let directory = place.parent().unwrap_or(&place);
        let looked: Vec<Vec<String>> = run.looked.iter().map(|one| names(one, directory)).collect();
        let is_looked = |name: &String| looked.iter().flatten().any(|known| known == name);
        let rest: Vec<String> =
            baseline.files().map(str::to_string).filter(|name| !is_looked(name)).collect();
        let gone = rest.iter().filter(|name| !disk.exists(&directory.join(name)));
        if self.write_baseline {
            gone.chain(looked.iter().flatten()).for_each(|name| baseline.forget(name));
            for (one, names) in run.looked.iter().zip(&looked) {
                for finding in &one.diagnostics {
                    baseline.learn(name_of(names, finding.primary.file.0), finding);
                }
            }
            write::replace(path, baseline.to_text().as_bytes())?;
            console.note(&format!("{} written: {}", path.display(), findings(baseline.len())))?;
        } else {
            gone.for_each(|name| baseline.mark_gone(name));
        }
        for (one, names) in run.looked.iter_mut().zip(&looked) {
            let all = std::mem::take(&mut one.diagnostics);
            (one.baselined, one.diagnostics) = all
                .into_iter()
                .partition(|finding| baseline.take(name_of(names, finding.primary.file.0), finding));
        }
        let left = baseline.left(looked.iter().flatten().map(String::as_str));
        if left > 0 {
            let are = if left == 1 { "is" } else { "are" };
            let what = findings(left);
            console.note(&format!(
                "{what} of {} {are} fixed; --write-baseline takes them out",
                path.display()
            ))?;
        }
        Ok(())
    }
}

/// `1 finding`, `2 findings`.
fn findings(count: u32) -> String {
    format!("{count} {}", if count == 1 { "finding" } else { "findings" })
}

fn read(path: &Path, disk: &Disk) -> Result<Baseline, Failure> {
    let source = discover::read_text(path, disk)?;
    Baseline::parse(source.text()).map_err(|BaselineError { message, help }| {
        Failure::new(format!("{} is {message}", path.display()), help)
    })
}

/// The files of a check as a baseline in a directory names them: relative to it, so that it does not matter where
/// the program runs.
fn names(one: &Looked, directory: &Path) -> Vec<String> {
    let name = |path: &str| match path {
        "<stdin>" => path.to_string(),
        _ => between(directory, &discover::absolute(Path::new(path))),
    };
    one.sources.iter().map(|source| name(source.path())).collect()
}

fn name_of(names: &[String], file: u32) -> &str {
    names.get(file as usize).or(names.first()).map_or("", String::as_str)
}

/// The way from a directory to a file, both absolute, with `/` between its parts.
fn between(directory: &Path, file: &Path) -> String {
    let above = directory.ancestors().enumerate();
    let found = above.filter_map(|(up, above)| Some((up, discover::relative(file, above)?))).next();
    match found {
        Some((up, rest)) => "../".repeat(up) + &rest,
        None => file.to_string_lossy().replace('\\', "/"),
    }
}

/// Leaves out what a change is not answerable for.
fn keep_touched(one: &mut Looked, changes: &Changes) -> Result<(), Failure> {
    if one.diagnostics.is_empty() && one.baselined.is_empty() {
        return Ok(());
    }
    let lines = |at: usize, shown: &str| -> Result<ChangedLines, Failure> {
        // what is shown of a name that is not Unicode leads nowhere
        let path = if at == 0 { one.path.as_path() } else { Path::new(shown) };
        Ok(changes.lines(&discover::absolute(path))?)
    };
    let lines: Result<Vec<_>, Failure> =
        one.sources.iter().enumerate().map(|(at, source)| lines(at, source.path())).collect();
    let touched = Touched::new(one.review.as_ref(), one.sources.iter().zip(lines?));
    one.diagnostics.retain(|finding| touched.has(finding));
    one.baselined.retain(|finding| touched.has(finding));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_from_where_the_baseline_is() {
        for (directory, file, expected) in [
            ("/r", "/r/a/b.md", "a/b.md"),
            ("/r/ci", "/r/a/b.md", "../a/b.md"),
            ("/r/a", "/r/a/b.md", "b.md"),
            ("/x/y", "/r/a.md", "../../r/a.md"),
        ] {
            assert_eq!(between(Path::new(directory), Path::new(file)), expected);
        }
    }
}
