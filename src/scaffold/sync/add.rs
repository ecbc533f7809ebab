//! Questions, boxes and sections that came after the document was written.

use super::super::{container, insertion, line_end, line_start, section, visible};
use super::{Replacement, Step, name, open};
use crate::review::{Review, same_words};
use crate::template::{ItemIndex, ItemKind, RevisionIndex};

/// What to add: of what lies in each other the outermost alone.
pub(super) fn steps(review: &Review, from: RevisionIndex) -> Vec<Step> {
    let open = open(review, from);
    let mut steps = Vec::new();
    for &index in &open {
        if is_written(review, index) {
            continue;
        }
        let around = std::iter::successors(review.item(index).parent, |&at| review.item(at).parent);
        if around.into_iter().any(|at| open.contains(&at)) {
            continue;
        }
        let change = match review.item(index).kind {
            ItemKind::Section => {
                section(review, index, true).map(|new| Replacement::insert(new.at, new.text))
            }
            ItemKind::Checkbox => checkbox(review, index),
            ItemKind::Question | ItemKind::Group => {
                insertion(review, index, true).map(|new| Replacement::insert(new.at, new.text))
            }
            ItemKind::Field => None,
        };
        let Some(change) = change else { continue };
        let title = format!("Add {}", name(review, index));
        steps.push(Step { title, item: index, adds: true, changes: vec![change] });
    }
    steps
}

/// Whether a line of the document says what an item asks, though it is not bound there: one more would be too many.
fn is_written(review: &Review, index: ItemIndex) -> bool {
    let wording = review.item(index).newest_wording();
    let mut lines = review.source().text().lines();
    // a table of contents names what may not be there
    lines.any(|line| !line.contains("](#") && same_words(line.trim_start_matches(SIGNS), wording))
}

/// What stands before a heading, a list item or a box.
const SIGNS: [char; 9] = ['#', '*', '-', '+', ' ', '\t', '>', '[', ']'];

/// A box below the one that comes before it in the template, else above the one behind it.
fn checkbox(review: &Review, index: ItemIndex) -> Option<Replacement> {
    let parent = review.item(index).parent?;
    let siblings: Vec<ItemIndex> = review.template.children(parent).collect();
    let there = |at: &ItemIndex| {
        review.item(*at).kind == ItemKind::Checkbox
            && visible(review, *at).is_some()
            && marker(review, *at).is_some()
    };
    let earlier = siblings.iter().rev().copied().find(|at| *at < index && there(at));
    let later = siblings.iter().copied().find(|at| *at > index && there(at));
    let Some(neighbour) = earlier.or(later) else { return statement(review, index, parent) };
    let (start, sign) = marker(review, neighbour)?;
    let document = &review.document;
    let line = format!("{sign}[ ] {}", review.item(index).newest_wording());
    let end = line_end(document);
    if earlier.is_none() {
        return Some(Replacement::insert(start, format!("{line}{end}")));
    }
    let item = container(document, visible(review, neighbour)?.block)?;
    let at = document.block(item).span.end;
    Some(Replacement::insert(at, format!("{end}{line}")))
}

/// A box that stands alone in its section: a paragraph behind the section's own text, which stays the section's.
fn statement(review: &Review, index: ItemIndex, parent: ItemIndex) -> Option<Replacement> {
    let boxes = review.template.children(parent).filter(|&at| review.item(at).kind == ItemKind::Checkbox);
    if boxes.count() > 1 || review.item(parent).kind != ItemKind::Section {
        return None;
    }
    let document = &review.document;
    let prompt = visible(review, parent)?;
    let sections = document.sections();
    let at = sections.iter().position(|section| section.heading == prompt.block)?;
    let until = sections.get(at + 1).map_or(document.source().text().len() as u32, |next| next.span.start);
    let own = &document.source().text()[..until as usize];
    let at = own.trim_end().len() as u32;
    let end = line_end(document);
    let gap = if own[at as usize..].matches('\n').count() > 1 { "" } else { end };
    let text = format!("{end}{end}[ ] {}{gap}", review.item(index).newest_wording());
    (at >= prompt.span.end).then(|| Replacement::insert(at, text))
}

/// Where the line of a box begins and what stands before its `[`, if that is a list item's sign.
fn marker(review: &Review, index: ItemIndex) -> Option<(u32, String)> {
    let document = &review.document;
    let item = container(document, visible(review, index)?.block)?;
    let start = document.block(item).span.start;
    let line = line_start(document, start);
    let text = &document.source().text()[line as usize..];
    let sign = &text[..text.find('[')?];
    let plain = matches!(sign.trim(), "-" | "*" | "+");
    plain.then(|| (line, sign.to_string()))
}
