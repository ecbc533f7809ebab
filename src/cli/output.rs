//! The one door from the command line to the reporters.

use std::io::{self, Write};

use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::check::{Looked, Run};
use super::compare::Earlier;
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

/// How pages that link to documents do it.
#[derive(Debug, clap::Args)]
pub(super) struct LinkOptions {
    /// Where links of `markdown` and `html` lead: URL/path/of/the/document. On GitHub the address of the repository's root
    /// at a commit, such as https://github.com/OWNER/NAME/blob/COMMIT.
    #[arg(long, value_name = "URL", env = "GTR_LINK_BASE", hide_env_values = true, value_parser = link_base)]
    link_base: Option<String>,
}

fn link_base(text: &str) -> Result<String, String> {
    let known =
        ["https://", "http://"].iter().any(|scheme| text.len() > scheme.len() && text.starts_with(scheme));
    // it stands inside the parentheses of a link
    let breaks = |c: char| c.is_whitespace() || c.is_control() || "()<>\"\\".contains(c);
    if known && !text.contains(breaks) {
        Ok(text.to_string())
    } else {
        Err("it must be an address that begins with https:// or http://".into())
    }
}

/// Writes the findings of a run to standard output.
pub(super) fn lint(
    format: LintFormat,
    run: &Run,
    links: &LinkOptions,
    console: &mut Console,
) -> io::Result<()> {
    let options = report::Options { baseline: run.has_baseline, ..options(links, console) };
    report::write_lint(format, &reports(run), &options, console.out)
}

/// Writes the findings of a run to a file: without colours, since nobody knows what will show it.
pub(super) fn lint_to_file(
    format: LintFormat,
    run: &Run,
    links: &LinkOptions,
    quiet: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let link_base = links.link_base.clone();
    let baseline = run.has_baseline;
    let options = report::Options { quiet, link_base, baseline, ..report::Options::default() };
    report::write_lint(format, &reports(run), &options, out)
}

/// Writes the answer coverage of a run to standard output, compared with the earlier states: none, or one entry a
/// file.
pub(super) fn review(
    format: ReviewFormat,
    run: &Run,
    earlier: &[Option<Earlier>],
    links: &LinkOptions,
    console: &mut Console,
) -> io::Result<()> {
    let options = options(links, console);
    let mut reports = reports(run);
    for (report, earlier) in reports.iter_mut().zip(earlier) {
        report.before = earlier.as_ref().map(|one| report::Before { name: &one.name, review: &one.review });
    }
    report::write_report(format, &reports, &options, console.out)
}

fn options(links: &LinkOptions, console: &Console) -> report::Options {
    let look = console.look;
    report::Options {
        colour: look.colour,
        hyperlinks: look.hyperlinks,
        width: look.width,
        quiet: console.quiet,
        link_base: links.link_base.clone(),
        ..report::Options::default()
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
        before: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_base_is_an_address_that_breaks_no_link() {
        assert!(link_base("https://github.com/cncf/toc/blob/main").is_ok());
        for text in ["", "https://", "github.com/x", "javascript:x", "https://x/) [y](z", "https://x y"] {
            assert!(link_base(text).is_err(), "{text}");
        }
    }
}
