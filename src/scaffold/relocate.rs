//! A question that stands in another section, moved with its answer to its own.

use super::place::boundary;
use super::sync::Replacement;
use super::{container, form, line_end, line_start, put};
use crate::review::{Prompt, Review};
use crate::source::Span;
use crate::template::{ItemIndex, ItemKind};

/// The changes that move an item with all that answers it, byte for byte, to where its section has it: what is
/// taken away and what is put in. `None` where its section writes its questions in another form, where its text
/// holds a question of another item, or where nothing tells its place.
#[must_use]
pub fn relocated(review: &Review, index: ItemIndex) -> Option<[Replacement; 2]> {
    let document = &review.document;
    let prompt = review.bound(index).prompt()?;
    let own = form(document, prompt)?;
    let lines = lines_of(review, index, prompt)?;
    let text = document.text(lines);
    let put = put(review, index, false, |form| (*form == own).then(|| text.trim_end().to_string()))?;
    let inside = lines.start < put.at && put.at < lines.end;
    let taken = Replacement { span: with_gap(review, lines), text: String::new() };
    let added = Replacement { span: Span::new(put.at, put.at), text: put.text };
    (!inside && !taken.span.contains(added.span)).then_some([taken, added])
}

/// The lines of a question and of all that answers it, if they hold nothing else.
fn lines_of(review: &Review, index: ItemIndex, prompt: &Prompt) -> Option<Span> {
    let document = &review.document;
    let item = container(document, prompt.block);
    let start = line_start(document, document.block(item.unwrap_or(prompt.block)).span.start);
    let answers = review.bound(index).answer.iter().map(|span| span.end);
    let end = match item {
        Some(item) => answers.fold(document.block(item).span.end, u32::max),
        // what a lead-in of another form asks does not end before the next prompt
        None if review.item(index).kind == ItemKind::Group => return None,
        None => boundary(review, prompt),
    };
    let text = document.source().text();
    let kept = text[..end as usize].trim_end().len().max(prompt.span.end as usize);
    let end = memchr::memchr(b'\n', &text.as_bytes()[kept..]).map_or(text.len(), |at| kept + at + 1);
    let lines = Span::new(start, end as u32);
    let below = index.0..review.item(index).end.0;
    let alone = review.bound_items().all(|(other, _, bound)| {
        below.contains(&other.0) || !bound.prompts.iter().any(|prompt| prompt.span.overlaps(lines))
    });
    let headed = document.ids().any(|id| {
        let block = document.block(id);
        block.kind.is_heading() && id != prompt.block && block.span.overlaps(lines)
    });
    (alone && !headed).then_some(lines)
}

/// Lines with the blank ones behind them, where others stand before.
fn with_gap(review: &Review, lines: Span) -> Span {
    let text = review.source().text();
    let end = line_end(&review.document);
    let before = &text[..lines.start as usize];
    if !before.is_empty() && !before.ends_with(&end.repeat(2)) {
        return lines;
    }
    let after = &text[lines.end as usize..];
    let blank = after.len() - after.trim_start_matches(['\n', '\r']).len();
    Span::new(lines.start, lines.end + blank as u32)
}
