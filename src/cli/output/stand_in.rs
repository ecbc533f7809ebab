//! What `report` will give, as far as the command line needs it now. Goes away with the first real format.
#![allow(missing_docs, dead_code, unreachable_pub, reason = "stands in for another room")]

use std::io::{self, Write};

use crate::diagnostic::Diagnostic;
use crate::review::Review;
use crate::source::Source;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Pretty,
    Concise,
    Json,
}

impl Format {
    pub const ALL: &[Self] = &[Self::Pretty, Self::Concise, Self::Json];

    pub fn name(self) -> &'static str {
        match self {
            Self::Pretty => "pretty",
            Self::Concise => "concise",
            Self::Json => "json",
        }
    }

    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.name() == name)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportFormat {
    Text,
    Json,
}

impl ReportFormat {
    pub const ALL: &[Self] = &[Self::Text, Self::Json];

    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
        }
    }

    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.name() == name)
    }
}

#[derive(Debug, Clone, Copy)]
pub struct Options {
    pub colour: bool,
    pub hyperlinks: bool,
    pub width: usize,
    pub quiet: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { colour: false, hyperlinks: false, width: 80, quiet: false }
    }
}

pub struct FileReport<'a> {
    pub sources: Vec<&'a Source>,
    pub review: Option<&'a Review>,
    pub diagnostics: &'a [Diagnostic],
    pub suppressed: &'a [Diagnostic],
}

pub fn write_lint(format: Format, files: &[FileReport], _: &Options, out: &mut dyn Write) -> io::Result<()> {
    if format == Format::Json {
        let summary = serde_json::json!({"files": files.len(), "recognised": 0, "error": 0, "warning": 0});
        return writeln!(out, "{}", serde_json::json!({"schema": 1, "files": [], "summary": summary}));
    }
    for file in files {
        for one in file.diagnostics {
            let at = file.sources[0].position(one.primary.span.start);
            let path = file.sources[0].path();
            let severity = one.severity.name();
            writeln!(out, "{path}:{}:{}: {severity}[{}] {}", at.line, at.column, one.rule, one.message)?;
        }
    }
    Ok(())
}

pub fn write_report(
    format: ReportFormat,
    _: &[FileReport],
    _: &Options,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        ReportFormat::Text => Ok(()),
        ReportFormat::Json => writeln!(out, "{}", serde_json::json!({"schema": 1, "documents": []})),
    }
}
