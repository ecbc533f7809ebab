//! How results look: one output format a file.
//!
//! Reporters turn byte spans into lines and columns and write to whatever they are given; they decide
//! nothing. Text formats never pass a control character of a document on to a terminal, and a machine
//! format holds nothing but its data.

mod checkstyle;
mod compare;
mod concise;
mod coverage;
mod csv;
#[cfg(feature = "cli")]
mod excerpt;
mod fleet;
#[cfg(feature = "cli")]
mod footer;
mod github;
mod gitlab;
#[cfg(feature = "cli")]
mod groups;
mod html;
mod indented;
mod json;
mod jsonl;
mod junit;
mod markdown;
mod markup;
mod picture;
mod places;
#[cfg(feature = "cli")]
mod pretty;
mod quotes;
mod rdjson;
mod reading_list;
mod review_json;
mod review_markdown;
mod review_text;
#[cfg(feature = "cli")]
mod rows;
mod runner;
mod sarif;
#[cfg(feature = "cli")]
mod schemas;
mod screen;
mod summary;
#[cfg(test)]
mod testing;
mod uri;
mod xml;

pub use compare::Before;
pub use coverage::{Count, Coverage, PartCount, SectionCount, coverage};
#[cfg(feature = "cli")]
pub(crate) use runner::defused;
#[cfg(feature = "cli")]
pub use schemas::schemas;
#[cfg(feature = "cli")]
pub(crate) use screen::is_harmful;

use std::io::{self, Write};

use crate::diagnostic::{Diagnostic, RuleId, Severity};
use crate::review::{KepLevel, Review};
use crate::source::{FileId, Source};

/// An output format of `gtr lint`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// For people: grouped by rule, with excerpts and coverage.
    #[cfg(feature = "cli")]
    Pretty,
    /// One line a finding.
    Concise,
    /// One JSON object for the whole run.
    Json,
    /// One JSON object a line, one line a finding.
    Jsonl,
    /// Workflow commands, which GitHub shows beside the lines of a pull request.
    Github,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// One test case a question, for CI servers.
    Junit,
    /// GitLab's Code Quality report.
    Gitlab,
    /// reviewdog's diagnostic format.
    Rdjson,
    /// XML that most CI servers read.
    Checkstyle,
    /// A page for a step summary or a comment.
    Markdown,
}

impl Format {
    /// All formats, the default first.
    pub const ALL: &[Self] = &[
        #[cfg(feature = "cli")]
        Self::Pretty,
        Self::Concise,
        Self::Json,
        Self::Jsonl,
        Self::Github,
        Self::Sarif,
        Self::Junit,
        Self::Gitlab,
        Self::Rdjson,
        Self::Checkstyle,
        Self::Markdown,
    ];

    /// Whether it looks into documents, besides the findings and how the items are answered.
    #[must_use]
    pub fn reads_documents(self) -> bool {
        self == Self::Junit
    }

    /// The name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            #[cfg(feature = "cli")]
            Self::Pretty => "pretty",
            Self::Concise => "concise",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Github => "github",
            Self::Sarif => "sarif",
            Self::Junit => "junit",
            Self::Gitlab => "gitlab",
            Self::Rdjson => "rdjson",
            Self::Checkstyle => "checkstyle",
            Self::Markdown => "markdown",
        }
    }

    /// The format with a name.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.name() == name)
    }
}

/// An output format of `gtr report`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReportFormat {
    /// For reviewers at a terminal.
    Text,
    /// A page for a step summary or a comment.
    Markdown,
    /// One file for a browser: the picture, and every question with its answer.
    Html,
    /// One JSON object for the whole run.
    Json,
    /// One row a document, for a spreadsheet.
    Csv,
}

impl ReportFormat {
    /// All formats, the default first.
    pub const ALL: &[Self] = &[Self::Text, Self::Markdown, Self::Html, Self::Json, Self::Csv];

    /// The name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Json => "json",
            Self::Csv => "csv",
        }
    }

    /// The format with a name.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.name() == name)
    }
}

/// What a format is told beside the findings. Of machine formats only `sarif` reads any of it: [`Options::baseline`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Escape sequences for colour and weight.
    pub colour: bool,
    /// Rule names link to their pages (OSC 8).
    pub hyperlinks: bool,
    /// Columns to stay within; less than 60 is taken as 60.
    pub width: usize,
    /// Findings alone: no coverage, no summary, nothing about clean documents.
    pub quiet: bool,
    /// Where `markdown` and `html` link to: a path is put behind it. Without it lines are named and not linked.
    pub link_base: Option<String>,
    /// The run has a baseline: `sarif` says of each finding whether it is new.
    pub baseline: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { colour: false, hyperlinks: false, width: 80, quiet: false, link_base: None, baseline: false }
    }
}

/// The result for one file that was looked at, as a reporter needs it.
#[derive(Debug, Clone)]
pub struct FileReport<'a> {
    /// The document and then its companions: [`FileId`] is the index. Never empty.
    pub sources: Vec<&'a Source>,
    /// The bound review; `None` when the file is no document of any template.
    pub review: Option<&'a Review>,
    /// The level of a KEP whose metadata was checked without a bound document.
    pub kep: Option<KepLevel>,
    /// Findings, sorted.
    pub diagnostics: &'a [Diagnostic],
    /// Findings that a comment silences.
    pub suppressed: &'a [Diagnostic],
    /// Findings that a baseline knows: people are told how many, machines which.
    pub baselined: &'a [Diagnostic],
    /// The earlier state that answers are compared with.
    pub before: Option<Before<'a>>,
}

impl<'a> FileReport<'a> {
    /// The document.
    ///
    /// # Panics
    /// When `sources` is empty, which no caller may let happen.
    #[must_use]
    pub fn document(&self) -> &'a Source {
        self.sources.first().expect("a file report has its document")
    }

    /// The file of an id; the document when there is no such file.
    #[must_use]
    pub fn source(&self, file: FileId) -> &'a Source {
        self.sources.get(file.0 as usize).copied().unwrap_or_else(|| self.document())
    }

    /// Whether it is a document, or metadata of a KEP that was checked without one.
    #[must_use]
    pub fn is_recognised(&self) -> bool {
        self.review.is_some() || self.kep.is_some()
    }

    /// Whether there is anything to say about it.
    fn is_shown(&self) -> bool {
        self.is_recognised() || !self.diagnostics.is_empty()
    }
}

/// Writes the findings of a run. Files that are no documents count as looked at and are not listed.
/// `out` gets many small pieces: give a buffered writer.
///
/// # Errors
/// When `out` refuses to be written to.
pub fn write_lint(
    format: Format,
    files: &[FileReport],
    options: &Options,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        #[cfg(feature = "cli")]
        Format::Pretty => runner::harmless(out, |out| pretty::write(files, options, out)),
        Format::Concise => runner::harmless(out, |out| concise::write(files, options, out)),
        Format::Json => json::write(files, out),
        Format::Jsonl => jsonl::write(files, out),
        Format::Github => github::write(files, out),
        Format::Sarif => sarif::write(files, options.baseline, out),
        Format::Junit => junit::write(files, out),
        Format::Gitlab => gitlab::write(files, out),
        Format::Rdjson => rdjson::write(files, out),
        Format::Checkstyle => checkstyle::write(files, out),
        Format::Markdown => markdown::write(files, options, out),
    }
}

/// Writes the answer coverage of a run. Files that are no documents are left out.
/// `out` gets many small pieces: give a buffered writer.
///
/// # Errors
/// When `out` refuses to be written to.
pub fn write_report(
    format: ReportFormat,
    files: &[FileReport],
    options: &Options,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        ReportFormat::Text => runner::harmless(out, |out| review_text::write(files, options, out)),
        ReportFormat::Markdown => review_markdown::write(files, options, out),
        ReportFormat::Html => html::write(files, options, out),
        ReportFormat::Json => review_json::write(files, out),
        ReportFormat::Csv => csv::write(files, out),
    }
}

/// The page of a rule; `None` as long as the package names no repository.
#[must_use]
pub fn url(rule: RuleId) -> Option<String> {
    let repository = env!("CARGO_PKG_REPOSITORY");
    (!repository.is_empty()).then(|| format!("{repository}/blob/main/docs/rules/{rule}.md"))
}

/// How many findings have a severity.
fn count(diagnostics: &[Diagnostic], severity: Severity) -> usize {
    diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count()
}

/// How many findings have a safe fix.
fn safe_fixes(diagnostics: &[Diagnostic]) -> usize {
    diagnostics.iter().filter(|diagnostic| diagnostic.fix.as_ref().is_some_and(|fix| fix.safe)).count()
}
