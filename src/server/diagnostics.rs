//! Findings as the editor shows them.

use lsp_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Location,
    Position, Range, Uri,
};

use super::view::View;
use crate::config::Config;
use crate::diagnostic::{self, RuleId, Severity};
use crate::report;
use crate::source::{self, FileId, Source, Span};

/// Where findings come from, as editors show it.
const SOURCE: &str = "gtr";

/// The findings of one file of a view, in order.
pub(super) fn all(view: &View, file: FileId) -> Vec<Diagnostic> {
    let own = view.checked.diagnostics.iter().filter(|one| one.primary.file == file);
    own.map(|one| convert(view, one)).collect()
}

/// One finding.
pub(super) fn convert(view: &View, one: &diagnostic::Diagnostic) -> Diagnostic {
    let help = one.help.as_ref().map(|help| format!("\nhelp: {help}")).unwrap_or_default();
    let related = one.related.iter().filter_map(|label| {
        let location =
            Location { uri: view.uri(label.file)?.clone(), range: view.range(label.file, label.span) };
        Some(DiagnosticRelatedInformation { location, message: label.message.clone().unwrap_or_default() })
    });
    let related: Vec<_> = if view.client.related { related.collect() } else { Vec::new() };
    Diagnostic {
        range: view.range(one.primary.file, one.primary.span),
        severity: Some(match one.severity {
            Severity::Error => DiagnosticSeverity::Error,
            Severity::Warning => DiagnosticSeverity::Warning,
            Severity::Note => DiagnosticSeverity::Information,
        }),
        code: Some(one.rule.0.to_string().into()),
        code_description: report::url(one.rule).map(|page| CodeDescription { href: Uri(page) }),
        source: Some(SOURCE.to_string()),
        message: format!("{}{help}", one.message).into(),
        tags: tag(one.rule).map(|tag| vec![tag]),
        related_information: (!related.is_empty()).then_some(related),
        data: None,
    }
}

/// Text that may simply go is shown faded, text whose time is over struck through.
fn tag(rule: RuleId) -> Option<DiagnosticTag> {
    match rule.0 {
        "retired-question" => Some(DiagnosticTag::Deprecated),
        "unused-suppression" => Some(DiagnosticTag::Unnecessary),
        name => name.starts_with("leftover-").then_some(DiagnosticTag::Unnecessary),
    }
}

/// What is wrong with a configuration that is open.
pub(super) fn of_configuration(
    source: &Source,
    view_range: impl Fn(&Source, Span) -> Range,
) -> Vec<Diagnostic> {
    let Err(error) = Config::parse(source.text(), source.path()) else { return Vec::new() };
    let help = error.help.map(|help| format!("\nhelp: {help}")).unwrap_or_default();
    let range = match error.at {
        Some((line, column)) => {
            let start = source.offset(source::Position { line, column });
            let end = source.line_span(line).end;
            view_range(source, Span::new(start, end))
        }
        None => Range { start: Position::default(), end: Position::default() },
    };
    vec![Diagnostic {
        range,
        severity: Some(DiagnosticSeverity::Error),
        source: Some(SOURCE.to_string()),
        message: format!("{}{help}", error.message).into(),
        ..Diagnostic::default()
    }]
}
