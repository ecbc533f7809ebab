//! The questions of a KEP as headings, where they are list items as in the template until 2020.
//!
//! What answers such a question lies in its list item and moves out of it: the item's indentation is taken from each
//! line, and nothing else changes.

use super::super::fresh::KEP_QUESTION;
use super::super::{Form, container, form, line_end, line_start, visible};
use super::{Replacement, Step, name};
use crate::document::BlockKind;
use crate::review::{Prompt, Review, same_words};
use crate::source::Span;
use crate::template::{ItemIndex, ItemKind};

/// One step for each question that is a list item at the margin.
pub(super) fn steps(review: &Review) -> Vec<Step> {
    if review.template.id != "kep" {
        return Vec::new();
    }
    let questions = review.template.indices().filter(|&index| review.item(index).kind == ItemKind::Question);
    let step = |index: ItemIndex| {
        let change = converted(review, index, visible(review, index)?)?;
        let title = format!("Make {} a heading", name(review, index));
        Some(Step { title, item: index, adds: false, changes: vec![change] })
    };
    questions.filter_map(step).collect()
}

fn converted(review: &Review, index: ItemIndex, prompt: &Prompt) -> Option<Replacement> {
    let document = &review.document;
    let Some(Form::Item { marker, .. }) = form(document, prompt) else { return None };
    let item = container(document, prompt.block)?;
    let block = document.block(item);
    let list = document.block(block.parent?);
    let outside = list.parent.is_none() && matches!(list.kind, BlockKind::List { .. });
    // marks before the question count to its text, not to the item's indentation
    let marker = &marker[..marker.len() - marker.trim_start_matches([' ', '-', '*', '+']).len()];
    let width = marker.trim_end_matches('*').len();
    let shared =
        review.items.iter().flat_map(|bound| &bound.prompts).filter(|other| other.block == prompt.block);
    if !outside
        || block.indented
        || block.commented
        || marker.contains('\t')
        || width == 0
        || shared.count() > 1
    {
        return None;
    }
    let start = line_start(document, block.span.start);
    let (question, behind) = question(review, index, prompt)?;
    let rest = Span::new(behind, block.span.end);
    let rest = dedented(review.text(rest), width)?;
    let end = line_end(document);
    let above = &review.source().text()[..start as usize];
    let apart = above.is_empty() || above.ends_with("\n\n") || above.ends_with("\n\r\n");
    let gap = if apart { "" } else { end };
    let heading = Form::Heading(KEP_QUESTION).line(&question);
    // what stood on the question's own line becomes the first line of the answer
    let rest = rest.trim_start_matches([' ', '\t']);
    let body = match rest {
        "" => String::new(),
        _ if begins_blank(rest) => rest.to_string(),
        _ if rest.starts_with(['\n', '\r']) => format!("{end}{rest}"),
        _ => format!("{end}{end}{rest}"),
    };
    let text = document.source().text();
    let after = &text[block.span.end as usize..];
    let below = if after.trim().is_empty() || begins_blank(after) { "" } else { end };
    Some(Replacement { span: Span::new(start, block.span.end), text: format!("{gap}{heading}{body}{below}") })
}

/// Whether a blank line follows the line that a text goes on with.
fn begins_blank(text: &str) -> bool {
    let Some(line) = text.strip_prefix("\r\n").or_else(|| text.strip_prefix('\n')) else { return false };
    line.split(['\n', '\r']).next().is_none_or(|line| line.trim().is_empty())
}

/// The question in the newest wording where it has one of the template's, else in the author's; and where what
/// follows it begins.
fn question(review: &Review, index: ItemIndex, prompt: &Prompt) -> Option<(String, u32)> {
    let text = review.text(prompt.span);
    let rest = &review.source().text()[prompt.span.end as usize..];
    let closing = rest.len() - rest.trim_start_matches(['*', '_', ':']).len();
    let opened = text.matches("**").count() + rest[..closing].matches("**").count();
    let inner = text.trim_matches(['*', '_', ' ', ':']);
    let inner = inner.split(['\n', '\r']).map(str::trim).collect::<Vec<_>>().join(" ");
    if opened % 2 == 1 || inner.contains("**") || inner.is_empty() {
        return None;
    }
    let item = review.item(index);
    let known = item.wordings.iter().any(|wording| same_words(&inner, &wording.text));
    let question = if known { item.newest_wording().trim().to_string() } else { inner };
    Some((question, prompt.span.end + closing as u32))
}

/// A text with so many columns of indentation taken from each line but the first; `None` where a tab stands in them.
fn dedented(text: &str, columns: usize) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    for (at, line) in text.split_inclusive('\n').enumerate() {
        if at == 0 {
            out += line;
            continue;
        }
        let blanks = line.len() - line.trim_start_matches([' ', '\t']).len();
        let indentation = &line[..blanks.min(columns)];
        if indentation.contains('\t') && !line.trim().is_empty() {
            return None;
        }
        out += &line[indentation.len()..];
    }
    Some(out)
}
