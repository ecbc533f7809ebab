//! The one door from the command line to the reporters.

use std::io::{self, Write};

use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::check::{Looked, Run};
use super::console::Console;
use crate::report;

pub(super) use report::{Format as LintFormat, ReportFormat as ReviewFormat};

/// The format of `gtr lint` unless somebody says otherwise.
pub(super) fn default_lint() -> &'static str {
    LintFormat::ALL[0].name()
}

/// The format of `gtr report` unless somebody says otherwise.
pub(super) fn default_review() -> &'static str {
    ReviewFormat::ALL[0].name()
}

/// Reads `--format` of `gtr lint`.
pub(super) fn lint_parser() -> impl TypedValueParser<Value = LintFormat> {
    let names = LintFormat::ALL.iter().map(|format| format.name());
    PossibleValuesParser::new(names)
        .map(|name| LintFormat::find(&name).expect("the parser takes known names only"))
}

/// Reads `--format` of `gtr report`.
pub(super) fn review_parser() -> impl TypedValueParser<Value = ReviewFormat> {
    let names = ReviewFormat::ALL.iter().map(|format| format.name());
    PossibleValuesParser::new(names)
        .map(|name| ReviewFormat::find(&name).expect("the parser takes known names only"))
}

/// Writes the findings of a run to standard output.
pub(super) fn lint(format: LintFormat, run: &Run, console: &mut Console) -> io::Result<()> {
    let options = options(console);
    report::write_lint(format, &reports(run), &options, console.out)
}

/// Writes the findings of a run to a file: without colours, since nobody knows what will show it.
pub(super) fn lint_to_file(
    format: LintFormat,
    run: &Run,
    quiet: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let options = report::Options { quiet, ..report::Options::default() };
    report::write_lint(format, &reports(run), &options, out)
}

/// Writes the answer coverage of a run to standard output.
pub(super) fn review(format: ReviewFormat, run: &Run, console: &mut Console) -> io::Result<()> {
    let options = options(console);
    report::write_report(format, &reports(run), &options, console.out)
}

fn options(console: &Console) -> report::Options {
    let look = console.look;
    report::Options {
        colour: look.colour,
        hyperlinks: look.hyperlinks,
        width: look.width,
        quiet: console.quiet,
    }
}

fn reports(run: &Run) -> Vec<report::FileReport<'_>> {
    run.looked.iter().map(one).collect()
}

fn one(looked: &Looked) -> report::FileReport<'_> {
    report::FileReport {
        sources: looked.sources.iter().collect(),
        review: looked.review.as_ref(),
        kep: looked.kep,
        diagnostics: &looked.diagnostics,
        suppressed: &looked.suppressed,
        baselined: &looked.baselined,
    }
}
