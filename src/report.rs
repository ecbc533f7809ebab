//! How results look: one output format a file.
//!
//! Reporters turn byte spans into lines and columns and write to whatever they are given; they decide
//! nothing. Text formats never pass a control character of a document on to a terminal, and a machine
//! format holds nothing but its data.

mod concise;
mod coverage;
#[cfg(feature = "cli")]
mod excerpt;
#[cfg(feature = "cli")]
mod footer;
#[cfg(feature = "cli")]
mod groups;
mod json;
mod places;
#[cfg(feature = "cli")]
mod pretty;
mod quotes;
mod reading_list;
mod review_json;
mod review_text;
#[cfg(feature = "cli")]
mod rows;
mod screen;
mod summary;
#[cfg(test)]
mod testing;

pub use coverage::{Count, Coverage, PartCount, SectionCount, coverage};

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
}

impl Format {
    /// All formats, the default first.
    pub const ALL: &[Self] = &[
        #[cfg(feature = "cli")]
        Self::Pretty,
        Self::Concise,
        Self::Json,
    ];

    /// The name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            #[cfg(feature = "cli")]
            Self::Pretty => "pretty",
            Self::Concise => "concise",
            Self::Json => "json",
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
    /// One JSON object for the whole run.
    Json,
}

impl ReportFormat {
    /// All formats, the default first.
    pub const ALL: &[Self] = &[Self::Text, Self::Json];

    /// The name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
        }
    }

    /// The format with a name.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.name() == name)
    }
}

/// How text formats look. Machine formats read nothing of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Escape sequences for colour and weight.
    pub colour: bool,
    /// Rule names link to their pages (OSC 8).
    pub hyperlinks: bool,
    /// Columns to stay within; less than 60 is taken as 60.
    pub width: usize,
    /// Findings alone: no coverage, no summary, nothing about clean documents.
    pub quiet: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { colour: false, hyperlinks: false, width: 80, quiet: false }
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
        Format::Pretty => pretty::write(files, options, out),
        Format::Concise => concise::write(files, options, out),
        Format::Json => json::write(files, out),
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
        ReportFormat::Text => review_text::write(files, options, out),
        ReportFormat::Json => review_json::write(files, out),
    }
}

/// One fingerprint a finding, in their order: 16 hex digits.
#[must_use]
pub fn fingerprints(file: &FileReport) -> Vec<String> {
    file.diagnostics.iter().map(|diagnostic| diagnostic.fingerprint.to_string()).collect()
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
