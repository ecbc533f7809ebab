//! A suppression comment that is still to be written: where it goes, and its text without the reason.

use super::directive::{Syntax, is_blank, lines_of};
use crate::diagnostic::{Diagnostic, Edit};
use crate::document::{BlockId, BlockKind, Document};
use crate::source::{Source, Span};

/// What stands for the reason until somebody writes it. It is no word, so that the comment silences nothing yet.
const OPEN: &str = "…";

/// The comment that silences one finding at its place. `document` is the finding's file where it is markdown, `all`
/// are all findings: where another one of the rule stands on the same lines, the comment names the item. `None` where
/// no comment can stand: in code, in another comment.
#[must_use]
pub fn for_finding(
    one: &Diagnostic,
    source: &Source,
    document: Option<&Document>,
    all: &[Diagnostic],
) -> Option<Edit> {
    // a comment among the entries of a table of contents would be one more difference
    if one.rule.0 == "stale-toc" {
        return None;
    }
    let (first, last) = lines_of(source, one.primary.span);
    let twin = |other: &&Diagnostic| {
        let (from, to) = lines_of(source, other.primary.span);
        other.rule == one.rule
            && other.item != one.item
            && other.primary.file == one.primary.file
            && from <= last
            && first <= to
    };
    let target = match &one.item {
        Some(item) if all.iter().any(|other| twin(&other)) => format!("{}({item})", one.rule),
        _ => one.rule.to_string(),
    };
    let (at, text) = match document {
        Some(document) => markdown(document, one.primary.span, &target)?,
        None => before(source, first, &comment(Syntax::Yaml, "gtr-ignore", &target)),
    };
    Some(Edit { file: one.primary.file, span: Span::new(at, at), text })
}

/// The comment that silences a rule in a whole file, at its top.
#[must_use]
pub fn for_file(one: &Diagnostic, source: &Source, document: Option<&Document>) -> Edit {
    let syntax = if document.is_some() { Syntax::Markdown } else { Syntax::Yaml };
    let text = comment(syntax, "gtr-ignore-file", one.rule.0);
    // front matter is front matter only at the very top, and so are the dashes of a YAML document
    let front = document.and_then(|document| {
        let block = document.blocks().first()?;
        (block.kind == BlockKind::FrontMatter).then(|| source.line(block.span.end) + 1)
    });
    let past = front.filter(|line| *line > source.lines().count()).is_some();
    let (at, text) = if past {
        (source.text().len() as u32, format!("{}{text}", line_end(source)))
    } else {
        before(source, front.unwrap_or(1), &text)
    };
    // a line directly below the comment would be part of it
    let text = if document.is_some() { format!("{text}{}", line_end(source)) } else { text };
    Edit { file: one.primary.file, span: Span::new(at, at), text }
}

fn comment(syntax: Syntax, word: &str, target: &str) -> String {
    match syntax {
        Syntax::Markdown => format!("<!-- {word} {target}: {OPEN} -->"),
        Syntax::Yaml => format!("# {word} {target}: {OPEN}"),
    }
}

/// A comment on a line of its own before a line (from 1), as far from the edge as that.
fn before(source: &Source, line: u32, text: &str) -> (u32, String) {
    let span = source.line_span(line);
    let content = source.slice(span);
    let indent = &content[..content.len() - content.trim_start_matches([' ', '\t', '>']).len()];
    (span.start, format!("{indent}{text}{}", line_end(source)))
}

fn markdown(document: &Document, span: Span, target: &str) -> Option<(u32, String)> {
    let source = document.source();
    let text = comment(Syntax::Markdown, "gtr-ignore", target);
    let first = source.line(span.start);
    let line = source.line_span(first);
    let holds = |id: &BlockId| {
        document.block(*id).span.start <= span.start && span.start < document.block(*id).span.end
    };
    let Some(id) = document.ids().filter(holds).last() else {
        return is_blank(source.slice(line)).then(|| before(source, first, &text));
    };
    let block = document.block(id);
    let opaque = |kind| {
        matches!(
            kind,
            BlockKind::Code { .. } | BlockKind::FrontMatter | BlockKind::Html | BlockKind::Comment { .. }
        )
    };
    if block.commented || block.indented {
        return None;
    }
    match block.kind {
        BlockKind::Cell => {
            let end = document.content(id).end;
            Some((end, format!(" {text}")))
        }
        // indented as the code is, a comment would be code; less indented it would end the list around it
        BlockKind::Code { fenced: false, .. } => None,
        kind if opaque(kind) => {
            // a comment before the block covers its first line only, and none covers another of its kind
            let covered =
                source.line(block.span.start) == first && !source.slice(block.span).contains("gtr-ignore");
            covered.then(|| before(source, first, &text))
        }
        BlockKind::Table | BlockKind::Row => None,
        // a comment on a line of its own would cut the paragraph in two
        BlockKind::Paragraph if source.line(block.span.start) != first => {
            let content = source.slice(line).trim_end();
            let end = line.start + content.len() as u32;
            Some((end, format!(" {text}")))
        }
        _ => Some(before(source, first, &text)),
    }
}

fn line_end(source: &Source) -> &'static str {
    if source.text().contains("\r\n") { "\r\n" } else { "\n" }
}
