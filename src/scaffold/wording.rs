//! The template's wording put back where an author changed it.

use std::collections::HashSet;

use crate::review::{Prompt, Review, words};
use crate::source::Span;
use crate::template::{ItemIndex, RevisionIndex};

/// A question as it would be with the template's wording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// The bytes to replace: the question without the marks around it.
    pub span: Span,
    /// The template's wording.
    pub text: String,
    /// Every word that goes away is in the wording too: nothing that the author meant is lost.
    pub lossless: bool,
}

/// Signs that stand around a question without being part of it.
const MARKS: [char; 8] = ['*', '_', ' ', '\t', '"', '“', '”', '\\'];

/// What the prompt of an item becomes with the wording of a revision. `None` where the marks around the question
/// cannot be told from it.
#[must_use]
pub fn restored(
    review: &Review,
    index: ItemIndex,
    prompt: &Prompt,
    revision: RevisionIndex,
) -> Option<Restored> {
    let wording = review.item(index).wording(revision);
    let text = review.text(prompt.span);
    let start = text.len() - text.trim_start_matches(is_before).len();
    let inner = text[start..].trim_end_matches(MARKS);
    let (before, after) = (&text[..start], &text[start + inner.len()..]);
    // `**Question:** the rest` ends inside of its marks, `**Question**: the rest` behind them
    let marks = |text: &str, mark: &str| text.matches(mark).count();
    let balanced = marks(before, "**") == marks(after, "**") && marks(inner, "**") % 2 == 0;
    let named =
        inner.starts_with(['Q', 'q']) && inner[1..].starts_with(|c: char| c.is_ascii_digit() || c == ':');
    if !balanced || named || inner.contains(['`', '<', '|', '\n']) || inner.is_empty() {
        return None;
    }
    let known: HashSet<u64> = words(wording).map(|word| word.hash).collect();
    let from = prompt.span.start + start as u32;
    Some(Restored {
        span: Span::new(from, from + inner.len() as u32),
        text: wording.trim().to_string(),
        lossless: words(inner).all(|word| known.contains(&word.hash)) && !inner.contains("](")
            || inner == wording.trim(),
    })
}

/// A sign or a number before a question.
fn is_before(c: char) -> bool {
    MARKS.contains(&c) || c.is_ascii_digit() || matches!(c, '.' | ')' | '(' | '#' | '-' | '[' | ']')
}
