//! The byte before which a new line goes, and the blank lines around it.

use super::{Form, Insertion, container, line_end, line_start};
use crate::document::{BlockId, BlockKind, Document};
use crate::review::{Prompt, Review};

/// A line right before a prompt that is there.
pub(super) fn before(review: &Review, next: &Prompt, line: &str, form: &Form) -> Option<Insertion> {
    let document = &review.document;
    let block = outer(document, next.block);
    let at = line_start(document, document.block(block).span.start);
    let end = line_end(document);
    let apart = !matches!(form, Form::Item { .. }) || is_blank_before(document, at);
    let gap = if apart { end } else { "" };
    Some(Insertion { at, text: format!("{line}{end}{gap}") })
}

/// A line behind all that answers a prompt that is there.
pub(super) fn after(review: &Review, last: &Prompt, line: &str, form: &Form) -> Option<Insertion> {
    let document = &review.document;
    let text = document.source().text();
    let until = boundary(review, last);
    // behind the last line with text before the boundary
    let kept = text[..until as usize].trim_end().len();
    let kept = kept.max(last.span.end as usize);
    let line_break = memchr::memchr(b'\n', &text.as_bytes()[kept..]).map(|at| kept + at + 1);
    let at = line_break.filter(|at| *at <= until as usize).unwrap_or(kept);
    let end = line_end(document);
    let first = if line_break.is_some_and(|at| at <= until as usize) { "" } else { end };
    let item = container(document, last.block).map(|item| document.block(item).span);
    let tight = matches!(form, Form::Item { .. }) && item.is_some_and(|item| item.end as usize >= kept);
    let gap = if tight { "" } else { end };
    // what follows is apart already where a blank line stands before it
    let follows = text[at..].starts_with(['\n', '\r']) || text[at..].trim().is_empty();
    // the next entry of a list without blank lines needs none
    let entry = matches!(form, Form::Item { marker, .. } if tight && text[at..].starts_with(marker.as_str()));
    let below = if follows || entry { "" } else { end };
    Some(Insertion { at: at as u32, text: format!("{first}{gap}{line}{end}{below}") })
}

/// Where the answer of a prompt ends: the next prompt, or the next heading that is no part of it.
pub(super) fn boundary(review: &Review, prompt: &Prompt) -> u32 {
    let document = &review.document;
    let end = document.source().text().len() as u32;
    let prompts = review.items.iter().flat_map(|bound| &bound.prompts);
    let next = prompts.filter(|other| other.span.start >= prompt.span.end);
    let next =
        next.map(|other| line_start(document, document.block(outer(document, other.block)).span.start));
    let next = next.filter(|start| *start >= prompt.span.end).min().unwrap_or(end);
    // a heading of the author's own ends the section where it stands as high as the section's
    let section = prompt.section.and_then(|section| review.bound(section).prompt());
    let level = section.and_then(|section| match document.block(section.block).kind {
        BlockKind::Heading(level) => Some(level),
        _ => None,
    });
    let own = document.sections().iter().find(|section| {
        section.span.start >= prompt.span.end && level.is_none_or(|level| section.level <= level)
    });
    next.min(own.map_or(end, |section| section.span.start))
}

/// The list item that a prompt begins, else its own block.
fn outer(document: &Document, block: BlockId) -> BlockId {
    container(document, block).unwrap_or(block)
}

/// Whether a blank line (or nothing) stands before the line that begins at an offset.
fn is_blank_before(document: &Document, at: u32) -> bool {
    let before = &document.source().text()[..at as usize];
    let Some(line) = before.lines().next_back() else { return true };
    line.trim().is_empty()
}
