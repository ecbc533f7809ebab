//! `rdjson`: reviewdog's diagnostic format. Its columns count bytes of UTF-8, from 1.

use std::io::{self, Write};

use serde::Serialize;

use super::{FileReport, url};
use crate::diagnostic::{Diagnostic, Fix, Severity};
use crate::source::{FileId, Source, Span};

#[derive(Serialize)]
struct Run<'a> {
    source: Tool,
    diagnostics: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'static str>,
}

#[derive(Serialize)]
struct Entry<'a> {
    message: String,
    location: Location<'a>,
    severity: &'static str,
    code: Code,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion<'a>>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    range: Range,
}

/// The end is exclusive.
#[derive(Serialize)]
struct Range {
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: u32,
    column: u32,
}

#[derive(Serialize)]
struct Code {
    value: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

#[derive(Serialize)]
struct Suggestion<'a> {
    range: Range,
    text: &'a str,
}

/// One object for the run, in the order of the findings.
pub(super) fn write(files: &[FileReport], out: &mut dyn Write) -> io::Result<()> {
    let repository = env!("CARGO_PKG_REPOSITORY");
    let all = files.iter().flat_map(|file| file.diagnostics.iter().map(|found| entry(file, found)));
    let run = Run {
        source: Tool { name: "gtr", url: (!repository.is_empty()).then_some(repository) },
        diagnostics: all.collect(),
    };
    let mut text = serde_json::to_vec_pretty(&run)?;
    text.push(b'\n');
    out.write_all(&text)
}

fn entry<'a>(file: &FileReport<'a>, diagnostic: &'a Diagnostic) -> Entry<'a> {
    let source = file.source(diagnostic.primary.file);
    let help = diagnostic.help.as_ref().map(|help| format!("\nhelp: {help}"));
    Entry {
        message: format!("{}{}", diagnostic.message, help.unwrap_or_default()),
        location: Location { path: source.path(), range: range(source, diagnostic.primary.span) },
        severity: match diagnostic.severity {
            Severity::Error => "ERROR",
            Severity::Warning => "WARNING",
            Severity::Note => "INFO",
        },
        code: Code { value: diagnostic.rule.0, url: url(diagnostic.rule) },
        suggestions: diagnostic
            .fix
            .as_ref()
            .map_or_else(Vec::new, |fix| suggestions(fix, diagnostic.primary.file, source)),
    }
}

/// Each suggestion can be taken without the others, so a fix of several edits, or in another file, is none.
fn suggestions<'a>(fix: &'a Fix, file: FileId, source: &Source) -> Vec<Suggestion<'a>> {
    match fix.edits.as_slice() {
        [edit] if edit.file == file => vec![Suggestion { range: range(source, edit.span), text: &edit.text }],
        _ => Vec::new(),
    }
}

fn range(source: &Source, span: Span) -> Range {
    Range { start: position(source, span.start), end: position(source, span.end) }
}

/// The bytes before an offset in its line are counted as they are in the file, a byte order mark included.
fn position(source: &Source, offset: u32) -> Position {
    let offset = offset.min(source.length());
    let line = source.line(offset);
    let start = if line == 1 { 0 } else { source.line_span(line).start };
    Position { line, column: offset - start + 1 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Edit;
    use crate::report::testing::{finding, plain_file, written};

    #[test]
    fn columns_count_bytes_and_a_fix_of_one_edit_is_a_suggestion() {
        let source = Source::new("x.md", "\u{feff}é 𐐀b\nend");
        let edit = |start, end| Edit { file: FileId(0), span: Span::new(start, end), text: "c\n".into() };
        let fix = |edits| Some(Fix { title: "write c".into(), safe: true, apart: false, edits });
        let one = Diagnostic { fix: fix(vec![edit(10, 11)]), ..finding("a", 10..13) };
        let mut two = Diagnostic { fix: fix(vec![edit(0, 1), edit(3, 3)]), ..finding("b", 0..900) };
        two.help = Some("do this".into());
        two.severity = Severity::Note;
        let text = written(|out| write(&[plain_file(&source, &[one, two])], out));
        insta::assert_snapshot!(text);
    }
}
