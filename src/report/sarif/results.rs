//! Findings as SARIF results.

use serde::Serialize;

use super::super::FileReport;
use super::super::places::{FilePlaces, Range};
use super::super::uri;
use super::Text;
use super::limits::LOCATIONS;
use super::rules::{self, Rule};
use crate::diagnostic::{Diagnostic, Edit, Fix, Label, Severity};
use crate::source::{FileId, Span};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SarifResult<'a> {
    rule_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    pub(super) level: &'static str,
    message: Text<String>,
    locations: [Location<'a>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location<'a>>,
    partial_fingerprints: Fingerprints,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) baseline_state: Option<&'static str>,
    /// Empty where nothing silences the finding: a run says it of all its results or of none.
    pub(super) suppressions: Vec<Suppression>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<SarifFix<'a>>,
    /// Related places that were left out.
    #[serde(skip)]
    pub(super) cut: usize,
}

/// Of these GitHub reads the first alone.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fingerprints {
    primary_location_line_hash: String,
}

#[derive(Serialize)]
pub(super) struct Suppression {
    kind: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: Physical,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text<&'a str>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

/// The end column is exclusive.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifFix<'a> {
    description: Text<&'a str>,
    artifact_changes: Vec<Change<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change<'a> {
    artifact_location: Artifact,
    replacements: Vec<Replacement<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'a> {
    deleted_region: Region,
    inserted_content: Text<&'a str>,
}

/// Everything that a run found: of each document what is reported, what the baseline has, what is silenced.
pub(super) fn all<'a>(files: &[FileReport<'a>], baseline: bool, rules: &[Rule]) -> Vec<SarifResult<'a>> {
    let mut results = Vec::new();
    for file in files {
        let mut places = FilePlaces::new(file);
        for (found, state, silenced) in [
            (file.diagnostics, "new", false),
            (file.baselined, "unchanged", false),
            (file.suppressed, "new", true),
        ] {
            results.extend(found.iter().map(|diagnostic| SarifResult {
                rule_index: rules::index(rules, diagnostic.rule),
                baseline_state: baseline.then_some(state),
                suppressions: if silenced { vec![Suppression { kind: "inSource" }] } else { Vec::new() },
                ..result(file, diagnostic, &mut places)
            }));
        }
    }
    results
}

fn result<'a>(file: &FileReport<'a>, diagnostic: &'a Diagnostic, places: &mut FilePlaces) -> SarifResult<'a> {
    let help = diagnostic.help.as_ref().map(|help| format!("\n{help}"));
    let related = diagnostic.related.iter().enumerate().take(LOCATIONS - 1);
    SarifResult {
        rule_id: diagnostic.rule.0,
        rule_index: None,
        level: diagnostic.severity.name(),
        message: Text { text: format!("{}{}", diagnostic.message, help.unwrap_or_default()) },
        locations: [location(file, &diagnostic.primary, None, places)],
        related_locations: related.map(|(at, label)| location(file, label, Some(at + 1), places)).collect(),
        partial_fingerprints: Fingerprints { primary_location_line_hash: diagnostic.fingerprint.to_string() },
        baseline_state: None,
        suppressions: Vec::new(),
        fixes: diagnostic
            .fix
            .iter()
            .filter(|fix| !fix.edits.is_empty())
            .map(|one| fix(file, one, places))
            .collect(),
        cut: diagnostic.related.len().saturating_sub(LOCATIONS - 1),
    }
}

fn location<'a>(
    file: &FileReport<'a>,
    label: &'a Label,
    id: Option<usize>,
    places: &mut FilePlaces,
) -> Location<'a> {
    let source = file.source(label.file);
    // of several lines the first
    let line = source.line_span(source.line(label.span.start));
    let span = Span::new(label.span.start, label.span.end.min(line.end));
    Location {
        id,
        physical_location: Physical {
            artifact_location: Artifact { uri: uri::reference(source.path()) },
            region: region(places.span(label.file, span)),
        },
        message: label.message.as_deref().map(|text| Text { text }),
    }
}

fn region(range: Range) -> Region {
    Region {
        start_line: range.line,
        start_column: range.column,
        end_line: range.end_line,
        end_column: range.end_column,
    }
}

/// One change a file, its edits in the order given.
fn fix<'a>(file: &FileReport<'a>, fix: &'a Fix, places: &mut FilePlaces) -> SarifFix<'a> {
    let mut files: Vec<FileId> = fix.edits.iter().map(|edit| edit.file).collect();
    files.sort();
    files.dedup();
    let mut replacement = |edit: &'a Edit| Replacement {
        deleted_region: region(places.span(edit.file, edit.span)),
        inserted_content: Text { text: edit.text.as_str() },
    };
    let changes = files.into_iter().map(|id| Change {
        artifact_location: Artifact { uri: uri::reference(file.source(id).path()) },
        replacements: fix.edits.iter().filter(|edit| edit.file == id).map(&mut replacement).collect(),
    });
    SarifFix { description: Text { text: &fix.title }, artifact_changes: changes.collect() }
}

impl SarifResult<'_> {
    /// What is left out last comes first: errors before notes, what is to be looked at before what is known.
    pub(super) fn rank(&self) -> (bool, bool, u8) {
        let severity = [Severity::Error, Severity::Warning, Severity::Note]
            .iter()
            .position(|severity| severity.name() == self.level)
            .unwrap_or(0);
        (!self.suppressions.is_empty(), self.baseline_state == Some("unchanged"), severity as u8)
    }
}
