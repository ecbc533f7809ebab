//! Questions and headings in the words of an older revision, and questions that are no longer asked.

use super::super::{Form, Restored, container, form, line_end, line_start, restored, visible};
use super::{Replacement, Step, name};
use crate::document::{heading_text, slug};
use crate::review::{Prompt, Review, RevisionStatus, State, same_words};
use crate::source::Span;
use crate::template::{ItemIndex, ItemKind};

/// The newest wording for what has an older one, word for word. What an author changed stays.
pub(super) fn steps(review: &Review) -> Vec<Step> {
    let mut steps = Vec::new();
    for index in review.template.indices().filter(|&index| review.item(index).kind != ItemKind::Field) {
        let Some(change) = visible(review, index).and_then(|prompt| reworded(review, index, prompt)) else {
            continue;
        };
        let links = links(review, index, &change);
        // an answer that links to a heading stays as it is, and so does the heading
        if links.iter().any(|link| is_answer(review, link.span)) {
            continue;
        }
        let mut changes = vec![change];
        changes.extend(links);
        steps.push(Step {
            title: format!("Write {} in the newest words", name(review, index)),
            item: index,
            adds: false,
            changes,
        });
    }
    steps
}

/// Whether bytes belong to an answer; a table of contents is none.
fn is_answer(review: &Review, span: Span) -> bool {
    review.bound_items().any(|(_, item, bound)| {
        let contents = matches!(item.id.as_str(), "title" | "table-of-contents");
        !contents && bound.answer.iter().any(|answer| answer.contains(span))
    })
}

fn reworded(review: &Review, index: ItemIndex, prompt: &Prompt) -> Option<Replacement> {
    let newest = review.template.newest();
    let item = review.item(index);
    if item.wordings.len() < 2 || !item.is_in(newest) {
        return None;
    }
    let restored = restored(review, index, prompt, newest).or_else(|| wrapped(review, index, prompt))?;
    let text = review.text(restored.span);
    let old = item.wordings.iter().map(|wording| wording.text.trim()).find(|old| is_wording(text, old));
    let changed = old.is_some_and(|_| text != restored.text && !is_wording(text, &restored.text));
    changed.then_some(Replacement { span: restored.span, text: restored.text })
}

/// A question over several lines, without the marks around it, and the newest wording.
fn wrapped(review: &Review, index: ItemIndex, prompt: &Prompt) -> Option<Restored> {
    let text = review.text(prompt.span);
    let marks = ['*', '_', ' '];
    let inner = text.trim_matches(marks);
    let start = text.len() - text.trim_start_matches(marks).len();
    let span = Span::new(prompt.span.start + start as u32, prompt.span.start + (start + inner.len()) as u32);
    let plain = inner.contains('\n') && !inner.contains(['`', '<', '|', '>', '*']);
    let heading = review.document.block(prompt.block).kind.is_heading();
    let text = review.item(index).newest_wording().trim().to_string();
    (plain && !heading).then_some(Restored { span, text, lossless: false })
}

/// Whether a text is a wording: the same words, and the same places that links lead to. Quotes, dashes and
/// punctuation are an author's own.
fn is_wording(text: &str, wording: &str) -> bool {
    let targets = |text: &str| {
        text.split("](").skip(1).filter_map(|rest| rest.split(')').next()).map(unescaped).collect::<Vec<_>>()
    };
    same_words(text, wording) && targets(text) == targets(wording)
}

fn unescaped(text: &str) -> String {
    text.replace('\\', "")
}

/// Links inside the document to a heading whose anchor changes with its words.
fn links(review: &Review, index: ItemIndex, change: &Replacement) -> Vec<Replacement> {
    let Some(prompt) = visible(review, index) else { return Vec::new() };
    let document = &review.document;
    let block = document.block(prompt.block);
    if !block.kind.is_heading() {
        return Vec::new();
    }
    let heading = document.text(block.span);
    let (from, to) =
        ((change.span.start - block.span.start) as usize, (change.span.end - block.span.start) as usize);
    let after = format!("{}{}{}", &heading[..from], change.text, &heading[to..]);
    let (old, new) =
        (format!("#{}", slug(heading_text(heading))), format!("#{}", slug(heading_text(&after))));
    let to_it = document.links().iter().filter(|link| old != new && *link.destination == *old);
    let target = |span: Span| {
        let at = document.text(span).rfind(&format!("({old})"))? as u32 + span.start + 1;
        Some(Replacement { span: Span::new(at, at + old.len() as u32), text: new.clone() })
    };
    to_it.filter_map(|link| target(link.span)).collect()
}

/// What marks a question that stays although nobody asks it any more.
const MARK: &str = "gtr-ignore retired-question";

/// Marks on questions that the newest revision no longer has; their answers stay. Where there is none, the question
/// goes.
pub(super) fn marks(review: &Review) -> Vec<Step> {
    let mut steps = Vec::new();
    for (index, item, bound) in review.bound_items() {
        let asks = matches!(item.kind, ItemKind::Question | ItemKind::Group);
        let Some(since) = review.template.retired_since(index).filter(|_| asks) else { continue };
        debug_assert!(bound.status != RevisionStatus::AddedLater || bound.prompts.is_empty());
        let Some(prompt) = visible(review, index) else { continue };
        if bound.state == State::Unanswered
            && let Some(change) = deleted(review, prompt)
        {
            let title = format!("Delete {}, no longer asked and not answered", name(review, index));
            steps.push(Step { title, item: index, adds: false, changes: vec![change] });
            continue;
        }
        let comment = format!("<!-- {MARK}: kept with its answer, not asked since {} -->", since.id);
        if let Some(change) = mark(review, prompt, &comment) {
            let title = format!("Mark {} as no longer asked", name(review, index));
            steps.push(Step { title, item: index, adds: false, changes: vec![change] });
        }
    }
    steps
}

/// The lines of a question that stands alone in its block or list item, and a blank line below where one is above.
fn deleted(review: &Review, prompt: &Prompt) -> Option<Replacement> {
    let document = &review.document;
    let text = document.source().text();
    let block = container(document, prompt.block).unwrap_or(prompt.block);
    let span = document.block(block).span;
    let own = document.block(prompt.block).span;
    let alone = span.end == own.end && own.end <= prompt.span.end + 2;
    if !alone || form(document, prompt).is_none() {
        return None;
    }
    let start = line_start(document, span.start);
    let next = |from: usize| text[from..].find('\n').map_or(text.len(), |at| from + at + 1);
    let mut end = next(own.end as usize);
    let above = text[..start as usize].trim_end_matches([' ', '\t', '\r']);
    let blank = above.is_empty() || above.ends_with("\n\n") || above.ends_with("\r\n\r\n");
    if blank && text[end..next(end)].trim().is_empty() {
        end = next(end);
    }
    Some(Replacement { span: Span::new(start, end as u32), text: String::new() })
}

/// The comment on the line above a heading or a paragraph, or at the end of a list item's question.
fn mark(review: &Review, prompt: &Prompt, comment: &str) -> Option<Replacement> {
    let document = &review.document;
    let text = document.source().text();
    let start = document.block(prompt.block).span.start;
    if matches!(form(document, prompt), Some(Form::Heading(_) | Form::Paragraph { .. })) {
        let at = line_start(document, start);
        let above = text[..at as usize].trim_end().lines().next_back().unwrap_or_default();
        let end = line_end(document);
        return (!above.contains(MARK)).then(|| Replacement::insert(at, format!("{comment}{end}{end}")));
    }
    container(document, prompt.block)?;
    let rest = &text[prompt.span.end as usize..];
    let line = &rest[..rest.find(['\n', '\r']).unwrap_or(rest.len())];
    // the marks that close the question belong to it
    let marks = line.len() - line.trim_start_matches(['*', '_', ':', '.', '?', ')']).len();
    let at = prompt.span.end + marks as u32;
    (!line.contains(MARK)).then(|| Replacement::insert(at, format!(" {comment}")))
}
