//! Every safe fix of a document and its metadata, as `gtr lint --fix` makes them.

use lsp_types::{CodeAction, CodeActionKind};
use similar::{DiffOp, TextDiff};

use super::super::client::FIX_ALL;
use super::super::view::View;
use crate::diagnostic::Edit;
use crate::source::{FileId, Source, Span};

/// The action, if there is a safe fix.
pub(super) fn action(view: &View) -> Option<CodeAction> {
    let safe = |one: &crate::diagnostic::Diagnostic| one.fix.as_ref().is_some_and(|fix| fix.safe);
    view.checked.diagnostics.iter().any(safe).then_some(())?;
    let fixed = crate::fix(&view.input, &view.settings, &view.templates, &view.checked, false);
    let edits: Vec<Edit> = fixed
        .sources
        .iter()
        .enumerate()
        .flat_map(|(at, after)| changes(FileId(at as u32), view.source(FileId(at as u32)), after))
        .collect();
    (!edits.is_empty()).then(|| CodeAction {
        title: "Make every safe fix".to_string(),
        kind: Some(CodeActionKind::from(FIX_ALL.to_string())),
        edit: Some(view.edit(&edits)),
        ..CodeAction::default()
    })
}

/// The lines that differ, so that cursors and folds elsewhere stay.
fn changes(file: FileId, before: &Source, after: &Source) -> Vec<Edit> {
    if before.text() == after.text() {
        return Vec::new();
    }
    let diff = TextDiff::from_lines(before.text(), after.text());
    // where each line begins, in bytes
    let starts = |lines: &[&str]| -> Vec<u32> {
        let ends = lines.iter().scan(0, |at, line| {
            *at += line.len() as u32;
            Some(*at)
        });
        std::iter::once(0).chain(ends).collect()
    };
    let (old, new) = (starts(diff.old_slices()), starts(diff.new_slices()));
    let edits = diff.ops().iter().filter(|one| !matches!(one, DiffOp::Equal { .. })).map(|one| {
        let (from, to) = (one.old_range(), one.new_range());
        let text = after.slice(Span::new(new[to.start], new[to.end])).to_string();
        Edit { file, span: Span::new(old[from.start], old[from.end]), text }
    });
    edits.collect()
}
