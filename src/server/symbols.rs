//! The outline: sections and questions of the template where the document has them, with what their answers are worth.

use lsp_types::{BaseSymbolInformation, DocumentSymbol, Location, SymbolInformation, SymbolKind};

use super::items;
use super::view::View;
use crate::review::{Prompt, Review};
use crate::source::{FileId, Span};
use crate::template::{ItemIndex, ItemKind};

/// One entry with those below it.
struct Node {
    index: ItemIndex,
    /// What it names.
    own: Span,
    /// All that belongs to it.
    whole: Span,
    children: Vec<Node>,
}

/// The outline as a tree.
pub(super) fn tree(view: &View, file: FileId) -> Vec<DocumentSymbol> {
    let Some(review) = view.review(file) else { return Vec::new() };
    nodes(review).into_iter().map(|node| symbol(view, review, file, node)).collect()
}

/// The outline as a list, for editors that know no tree.
pub(super) fn flat(view: &View, file: FileId) -> Vec<SymbolInformation> {
    #[allow(deprecated, reason = "the type cannot be made without that field")]
    fn push(
        symbol: DocumentSymbol,
        parent: Option<&str>,
        uri: &lsp_types::Uri,
        list: &mut Vec<SymbolInformation>,
    ) {
        let detail = symbol.detail.as_ref().map(|detail| format!(" ({detail})")).unwrap_or_default();
        list.push(SymbolInformation {
            deprecated: None,
            location: Location { uri: uri.clone(), range: symbol.range },
            base_symbol_information: BaseSymbolInformation {
                name: format!("{}{detail}", symbol.name),
                kind: symbol.kind,
                tags: None,
                container_name: parent.map(str::to_string),
            },
        });
        for child in symbol.children.unwrap_or_default() {
            push(child, Some(&symbol.name), uri, list);
        }
    }
    let mut list = Vec::new();
    if let Some(uri) = view.uri(file) {
        tree(view, file).into_iter().for_each(|one| push(one, None, uri, &mut list));
    }
    list
}

#[allow(deprecated, reason = "the type cannot be made without that field")]
fn symbol(view: &View, review: &Review, file: FileId, node: Node) -> DocumentSymbol {
    let item = review.item(node.index);
    let children: Vec<_> = node.children.into_iter().map(|child| symbol(view, review, file, child)).collect();
    DocumentSymbol {
        name: items::name(review, node.index),
        detail: detail(review, node.index),
        kind: match item.kind {
            ItemKind::Section => SymbolKind::Namespace,
            ItemKind::Question => SymbolKind::Property,
            ItemKind::Group => SymbolKind::Module,
            ItemKind::Field => SymbolKind::Field,
            ItemKind::Checkbox => SymbolKind::Boolean,
        },
        tags: None,
        deprecated: None,
        range: view.range(file, node.whole),
        selection_range: view.range(file, node.own),
        children: (!children.is_empty()).then_some(children),
    }
}

/// How far an item is answered: `answered 3/5`, `unanswered`, `N/A`.
fn detail(review: &Review, index: ItemIndex) -> Option<String> {
    let count = items::count(review, index);
    match review.item(index).kind {
        ItemKind::Section if count.required() > 0 => {
            Some(format!("answered {}/{}", count.good(), count.required()))
        }
        ItemKind::Section if count.not_required > 0 => {
            Some(format!("answered {}/{}, not required", count.answered_anyway, count.not_required))
        }
        // of prose there is nothing to count
        ItemKind::Section => None,
        ItemKind::Checkbox => None,
        _ => Some(items::words(review.bound(index).state).to_string()),
    }
}

/// The prompts in the open as a tree, in the document's order. No range crosses another: editors refuse that.
fn nodes(review: &Review) -> Vec<Node> {
    let open = |prompt: &&Prompt| !review.document.block(prompt.block).commented;
    let mut found: Vec<(Span, u32, ItemIndex)> = Vec::new();
    for (index, item, bound) in review.bound_items() {
        let Some(prompt) = bound.prompts.iter().find(open) else { continue };
        let own = items::span(review, prompt);
        let section = review.document.sections().iter().find(|section| section.heading == prompt.block);
        let end = match (item.kind, section) {
            (ItemKind::Section, Some(section)) => section.span.end,
            _ => bound.answer_span().map_or(own.end, |answer| answer.end.max(own.end)),
        };
        found.push((own, end, index));
    }
    found.sort_by_key(|(own, _, index)| (own.start, *index));
    let mut rest = found.into_iter().peekable();
    let mut roots = Vec::new();
    while let Some(node) = node(review, &mut rest, u32::MAX) {
        roots.push(node);
    }
    roots
}

/// The next entry with all that lies in it; it ends before `limit`.
fn node(
    review: &Review,
    rest: &mut std::iter::Peekable<std::vec::IntoIter<(Span, u32, ItemIndex)>>,
    limit: u32,
) -> Option<Node> {
    let (own, end, index) = rest.next()?;
    let own = Span::new(own.start, own.end.min(limit));
    let mut end = end.min(limit).max(own.end);
    let item = review.item(index);
    let is_section = item.kind == ItemKind::Section;
    let mut children = Vec::new();
    while let Some((next, ..)) = rest.peek().copied().filter(|(next, ..)| next.start < limit) {
        let below = rest.peek().is_some_and(|(.., other)| index < *other && *other < item.end);
        // a question ends where the next one begins, unless that is a part of it
        let inside = if is_section { next.start < end } else { below && next.start >= own.end };
        if !inside {
            if !is_section {
                end = end.min(next.start).max(own.end);
            }
            break;
        }
        let child = node(review, rest, if is_section { end } else { limit })?;
        end = end.max(child.whole.end);
        children.push(child);
    }
    Some(Node { index, own, whole: Span::new(own.start, end), children })
}
