//! What could be written at a place: missing questions and sections in the document's own layout, values of fields.

mod questions;
mod values;

use lsp_types::{CompletionItem, CompletionItemKind, CompletionItemTextEdit, InsertTextMode, TextEdit};

use super::view::View;
use crate::input::Role;
use crate::source::{FileId, Span};

/// The line of the cursor.
struct Line<'a> {
    /// All of it.
    span: Span,
    /// What stands before the cursor.
    before: &'a str,
    /// What stands behind it.
    after: &'a str,
}

/// What fits at a byte.
pub(super) fn at(view: &View, file: FileId, offset: u32) -> Vec<CompletionItem> {
    let source = view.source(file);
    let span = source.line_span(source.line(offset));
    let offset = offset.clamp(span.start, span.end);
    let before = source.slice(Span::new(span.start, offset));
    let after = source.slice(Span::new(offset, span.end));
    let line = Line { span, before, after };
    if let Some(role) = Role::of_path(source.path()) {
        return if role == Role::KepMetadata { values::metadata(view, file, &line) } else { Vec::new() };
    }
    let Some(review) = view.review(file) else { return Vec::new() };
    let found = values::field(view, review, file, &line);
    if found.is_empty() { questions::all(view, review, file, &line) } else { found }
}

/// An entry that replaces bytes of the line; entries are listed in the order of `rank`.
fn entry(view: &View, file: FileId, replaced: Span, text: String, rank: usize) -> CompletionItem {
    let edit = TextEdit { range: view.range(file, replaced), new_text: text };
    CompletionItem {
        kind: Some(CompletionItemKind::EnumMember),
        sort_text: Some(format!("{rank:05}")),
        insert_text_mode: Some(InsertTextMode::AsIs),
        text_edit: Some(CompletionItemTextEdit::TextEdit(edit)),
        ..CompletionItem::default()
    }
}
