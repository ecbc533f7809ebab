//! One line above the title: how much is answered.

use lsp_types::{CodeLens, Command};

use super::view::View;
use crate::report;
use crate::source::{FileId, Span};

/// The lens of a document; none where nothing is required.
pub(super) fn all(view: &View, file: FileId) -> Vec<CodeLens> {
    let Some(review) = view.review(file) else { return Vec::new() };
    let total = report::coverage(review).total;
    if total.required() == 0 {
        return Vec::new();
    }
    let level = review.level.index.map(|level| &review.template.levels[usize::from(level.0)]);
    let level = level.map(|name| format!(" at {name}")).unwrap_or_default();
    let title = format!("{} of {} required questions answered{level}", total.good(), total.required());
    let first = review.document.sections().first().map(|section| section.span.start);
    let start = first.unwrap_or_else(|| review.source().bom_length());
    // a text to read, no command to run
    let command = Command { title, tooltip: None, command: String::new(), arguments: None };
    vec![CodeLens { range: view.range(file, Span::new(start, start)), command: Some(command), data: None }]
}
