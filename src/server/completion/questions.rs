//! Questions and sections that the document does not have.

use lsp_types::{CompletionItem, CompletionItemKind};

use super::{Line, entry};
use crate::document::BlockKind;
use crate::review::{Review, State, plain};
use crate::scaffold;
use crate::server::items;
use crate::server::view::View;
use crate::source::{FileId, Span};
use crate::template::{ItemIndex, ItemKind, Requirement};

/// What may stand before a question: marks of headings, lists, quotes and emphasis.
const MARKS: [char; 8] = ['#', '*', '-', '+', '>', '_', ' ', '\t'];

/// Missing questions and sections, those of the cursor's section first, else in the template's order.
pub(super) fn all(view: &View, review: &Review, file: FileId, line: &Line) -> Vec<CompletionItem> {
    let typed = line.before.trim_start_matches(MARKS);
    let marks = &line.before[..line.before.len() - typed.len()];
    if !line.after.trim().is_empty() || is_code(review, line.span) {
        return Vec::new();
    }
    let cursor = line.span.start + line.before.len() as u32;
    let span = Span::new(line.span.start, cursor);
    let here = section(review, cursor);
    let count = review.items.len();
    let mut found = Vec::new();
    for (index, item, bound) in review.bound_items() {
        let insertion = match item.kind {
            _ if bound.state != State::Missing || bound.answered_by.is_some() || !review.asks(index) => {
                continue;
            }
            ItemKind::Section => scaffold::section(review, index, false),
            ItemKind::Question | ItemKind::Group => scaffold::insertion(review, index, false),
            ItemKind::Field | ItemKind::Checkbox => continue,
        };
        let text = plain(item.wording(review.revision));
        let Some(insertion) = insertion
            .filter(|_| begins(&text, typed) || item.aliases.iter().any(|alias| begins(alias, typed)))
        else {
            continue;
        };
        let own = review.template.section_of(index);
        let rank = usize::from(index.0) + if own.is_some() && own == here { 0 } else { count };
        let asked = match bound.required {
            Requirement::Required => "required",
            Requirement::Encouraged => "encouraged",
            Requirement::Optional => "optional",
        };
        found.push(CompletionItem {
            label: items::name(review, index),
            kind: Some(if item.kind == ItemKind::Section {
                CompletionItemKind::Module
            } else {
                CompletionItemKind::Snippet
            }),
            detail: Some(format!("{asked}, {}", item.id)),
            // editors compare it with all that is replaced, marks included
            filter_text: Some(format!("{marks}{}", if begins(&text, typed) { &text } else { typed })),
            ..entry(view, file, span, insertion.text.trim_matches(['\r', '\n']).to_string(), rank)
        });
    }
    found
}

/// Whether a text goes on as somebody began it.
fn begins(text: &str, typed: &str) -> bool {
    let mut text = text.chars().flat_map(char::to_lowercase);
    typed.chars().flat_map(char::to_lowercase).all(|c| text.next() == Some(c))
}

/// Whether a line lies where no question can stand.
fn is_code(review: &Review, line: Span) -> bool {
    review.document.blocks().iter().any(|block| {
        let inside = block.span.start <= line.start && line.end <= block.span.end;
        inside
            && matches!(
                block.kind,
                BlockKind::Code { .. } | BlockKind::FrontMatter | BlockKind::Comment { .. }
            )
    })
}

/// The section of the template that a byte lies in: the last one whose heading stands before it.
fn section(review: &Review, offset: u32) -> Option<ItemIndex> {
    let headings = review.bound_items().filter(|(_, item, _)| item.kind == ItemKind::Section);
    let before = headings.filter_map(|(index, _, bound)| {
        bound.prompt().map(|prompt| (prompt.span.start, index)).filter(|(start, _)| *start <= offset)
    });
    before.max_by_key(|(start, _)| *start).map(|(_, index)| index)
}
