//! Answers that stand for more than one item: a lead-in for its children, children for their lead-in, a
//! section for what it does not ask.

use super::answer::{Region, is_asked};
use super::state::{Piece, PieceKind};
use super::{BoundItem, State};
use crate::document::Document;
use crate::source::Span;
use crate::template::{ItemIndex, ItemKind, RevisionIndex, Template};

pub(super) fn apply(
    document: &Document,
    template: &Template,
    revision: RevisionIndex,
    regions: &[Region],
    items: &mut [BoundItem],
) {
    let asked =
        |index: ItemIndex| is_asked(template.item(index).kind) && template.item(index).is_in(revision);
    // children before parents
    for index in (0..template.items.len() as u16).rev().map(ItemIndex) {
        match template.item(index).kind {
            ItemKind::Group | ItemKind::Question => {
                let children: Vec<ItemIndex> =
                    template.children(index).filter(|&child| asked(child)).collect();
                if !children.is_empty() {
                    lead_in(template, index, &children, items);
                }
            }
            // what stands below a heading stands below none that is not there
            ItemKind::Section if !items[index.0 as usize].prompts.is_empty() => {
                section(document, template, index, &asked, regions, items);
            }
            _ => {}
        }
    }
}

/// A lead-in that is answered itself answers the children that were dropped (a question with children of
/// its own does not); one that is not is answered when a child is.
fn lead_in(template: &Template, index: ItemIndex, children: &[ItemIndex], items: &mut [BoundItem]) {
    let own = items[index.0 as usize].state;
    let has_own = !matches!(own, State::Missing | State::CommentedOut | State::Unanswered);
    if has_own {
        if template.item(index).kind == ItemKind::Group {
            for &child in children {
                let bound = &mut items[child.0 as usize];
                if bound.state == State::Missing {
                    bound.state = own;
                    bound.answered_by = Some(index);
                }
            }
        }
        return;
    }
    if let Some(&child) = children.iter().find(|child| items[child.0 as usize].state.is_good()) {
        items[index.0 as usize].state = State::Answered;
        items[index.0 as usize].answered_by = Some(child);
    } else if own == State::Unanswered
        && let Some(&child) = children.iter().find(|&&child| is_written_into(template, items, child))
    {
        // what stands behind the boxes of a question answers the question, not the last of them
        let BoundItem { state, answer, markers, .. } = items[child.0 as usize].clone();
        let bound = &mut items[index.0 as usize];
        (bound.state, bound.answer, bound.markers) = (state, answer, markers);
    } else if own == State::Missing {
        // without a lead-in the group is in the state of its first child that is there
        let there =
            children.iter().map(|child| items[child.0 as usize].state).find(|state| *state != State::Missing);
        items[index.0 as usize].state = there.unwrap_or(State::Missing);
    }
}

/// Whether something that is no good answer stands at a box: a bare N/A, a marker of open work.
fn is_written_into(template: &Template, items: &[BoundItem], child: ItemIndex) -> bool {
    template.item(child).kind == ItemKind::Checkbox
        && matches!(items[child.0 as usize].state, State::NotApplicableBare | State::Placeholder)
}

/// A section with one question whose heading stands for it, one that is answered as a whole, and a blanket
/// N/A below a heading.
fn section(
    document: &Document,
    template: &Template,
    index: ItemIndex,
    asked: &impl Fn(ItemIndex) -> bool,
    regions: &[Region],
    items: &mut [BoundItem],
) {
    let end = template.item(index).end;
    let inside = (index.0 + 1..end.0).map(ItemIndex).filter(|&item| asked(item));
    let unprompted =
        |items: &[BoundItem]| inside.clone().all(|item| items[item.0 as usize].prompts.is_empty());
    let whole = template.item(index).whole;
    if inside.clone().next().is_none() || !(whole || unprompted(items)) {
        return;
    }
    let Some(region) = regions.iter().find(|region| region.item == index && !region.pieces.is_empty()) else {
        return;
    };
    let single = inside.clone().nth(1).is_none() || whole;
    let blanket = region.reading.state == State::NotApplicable;
    if !(single || blanket && !is_lone_link(document, &region.pieces)) {
        return;
    }
    for item in inside {
        let bound = &mut items[item.0 as usize];
        if bound.state == State::Missing && region.reading.state != State::Unanswered {
            bound.state = region.reading.state;
            bound.answered_by = Some(index);
            bound.answer = region.pieces.iter().map(|piece| piece.span).collect::<Vec<Span>>();
            bound.markers.clone_from(&region.reading.markers);
        }
    }
}

fn is_lone_link(document: &Document, pieces: &[Piece]) -> bool {
    matches!(pieces, [piece] if piece.kind == PieceKind::Text && document.text(piece.span).contains("]("))
}

#[cfg(test)]
mod tests {
    use crate::review::State;
    use crate::review::tests::{TITLE, item, review};

    #[test]
    fn a_blanket_not_applicable_holds_where_none_of_the_questions_is_asked() {
        let state = |questions: &str| {
            let blanket = "### Usability\n\nNot applicable, as lamps are for everybody.\n\n";
            item(&review(&format!("{TITLE}{blanket}{questions}")), "day0.usability.integration").1
        };
        assert_eq!(state(""), State::NotApplicable);
        let asked = "* How should the target personas interact with your project?\n  They look.\n";
        assert_eq!(state(asked), State::Missing);
    }
}
