//! What can be done about the findings at a place: each fix, N/A with a reason to write, suppression with a reason to
//! write, and every safe fix at once.

mod fix_all;

use std::collections::HashSet;

use lsp_types::{CodeAction, CodeActionKind, WorkspaceEdit};
use serde_json::Value;

use super::client::FIX_ALL;
use super::diagnostics;
use super::view::View;
use crate::diagnostic::{Diagnostic, Edit};
use crate::document::Document;
use crate::scaffold;
use crate::source::{FileId, Span};
use crate::suppress;
use crate::template::ItemKind;

/// An answer that says that nothing applies, up to the reason. It counts as one without a reason until that is there.
const NOT_APPLICABLE: &str = "N/A, because …";

/// What an editor asks for.
pub(super) struct Wanted {
    /// Kinds, if it names any; a kind stands for those that begin with it.
    only: Option<Vec<String>>,
    /// Nobody asked: the editor wants to know whether to show a lamp.
    automatic: bool,
}

impl Wanted {
    /// Reads the context of a request.
    pub(super) fn new(context: &Value) -> Self {
        let only = context.get("only").and_then(Value::as_array);
        let only =
            only.map(|kinds| kinds.iter().filter_map(|kind| kind.as_str().map(str::to_string)).collect());
        Self { only, automatic: context.get("triggerKind").and_then(Value::as_u64) == Some(2) }
    }

    fn wants(&self, kind: &str) -> bool {
        let covers = |wanted: &String| {
            wanted.is_empty()
                || kind
                    .strip_prefix(wanted.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        self.only.as_ref().is_none_or(|only| only.iter().any(covers))
    }
}

/// The actions for a range of a file: fixes first, then N/A, then suppressions, then the fix of everything.
pub(super) fn at(view: &View, file: FileId, range: Span, wanted: &Wanted) -> Vec<CodeAction> {
    let mut actions = Vec::new();
    if wanted.wants("quickfix") {
        let touches = |one: &&Diagnostic| touches(view, one, file, range);
        let here: Vec<&Diagnostic> = view.checked.diagnostics.iter().filter(touches).collect();
        actions.extend(here.iter().filter_map(|one| fix(view, one)));
        actions.extend(not_applicable(view, file, &here));
        actions.extend(suppressions(view, &here));
    }
    // costs several checks, so not at every move of the cursor
    if wanted.wants(FIX_ALL) && !wanted.automatic {
        actions.extend(fix_all::action(view));
    }
    actions
}

/// Whether a finding's lines and the range's have one in common: nobody aims at a character.
fn touches(view: &View, one: &Diagnostic, file: FileId, range: Span) -> bool {
    let source = view.source(file);
    let lines = |span: Span| (source.line(span.start), source.line(span.end));
    let ((from, to), (first, last)) = (lines(one.primary.span), lines(range));
    one.primary.file == file && from <= last && first <= to
}

fn action(view: &View, title: String, about: &[&Diagnostic], edit: WorkspaceEdit) -> CodeAction {
    CodeAction {
        title,
        kind: Some(CodeActionKind::QuickFix),
        diagnostics: Some(about.iter().map(|one| diagnostics::convert(view, one)).collect()),
        edit: Some(edit),
        ..CodeAction::default()
    }
}

fn fix(view: &View, one: &Diagnostic) -> Option<CodeAction> {
    let fix = one.fix.as_ref()?;
    let item = one.item.as_ref().map(|item| format!(" ({item})")).unwrap_or_default();
    let mut action = action(view, format!("{}{item}", fix.title), &[one], view.edit(&fix.edits));
    action.is_preferred = fix.safe.then_some(true);
    Some(action)
}

/// For each question that findings are about: N/A as its answer, where one line can stand.
fn not_applicable(view: &View, file: FileId, here: &[&Diagnostic]) -> Vec<CodeAction> {
    let Some(review) = view.review(file) else { return Vec::new() };
    let mut done = HashSet::new();
    let mut actions = Vec::new();
    for one in here {
        let Some(index) = one.item.as_deref().and_then(|id| review.template.find(id)) else { continue };
        if review.item(index).kind != ItemKind::Question || !done.insert(index) {
            continue;
        }
        if let Some((span, text)) = scaffold::answer(review, index, NOT_APPLICABLE) {
            let title = format!("Answer N/A with a reason ({})", review.item(index).id);
            let edit = view.edit(&[Edit { file, span, text }]);
            actions.push(action(view, title, &[one], edit));
        }
    }
    actions
}

fn suppressions(view: &View, here: &[&Diagnostic]) -> Vec<CodeAction> {
    let mut actions = Vec::new();
    let mut titles = HashSet::new();
    let parsed = here.first().and_then(|one| document(view, one.primary.file));
    for one in here {
        let source = view.source(one.primary.file);
        let document = parsed.as_ref().map(AsRef::as_ref);
        let found = &view.checked.diagnostics;
        if let Some(edit) = suppress::for_finding(one, source, document, found) {
            let item = one.item.as_ref().filter(|item| edit.text.contains(&format!("({item})")));
            let item = item.map(|item| format!(" ({item})")).unwrap_or_default();
            let title = format!("Suppress {}{item} here, with a reason", one.rule);
            if titles.insert(title.clone()) {
                actions.push(action(view, title, &[one], view.edit(&[edit])));
            }
        }
        let title = format!("Suppress {} in this file, with a reason", one.rule);
        if titles.insert(title.clone()) {
            let edit = suppress::for_file(one, source, document);
            actions.push(action(view, title, &[one], view.edit(&[edit])));
        }
    }
    actions
}

/// The parsed file; `None` of metadata.
fn document(view: &View, file: FileId) -> Option<std::borrow::Cow<'_, Document>> {
    if let Some(review) = view.review(file) {
        return Some(std::borrow::Cow::Borrowed(&review.document));
    }
    let is_metadata = file != FileId(0) || view.input.role().is_some();
    (!is_metadata).then(|| std::borrow::Cow::Owned(Document::parse(view.source(file))))
}
