//! An answer to a question that has none, or none that counts.

use super::{Form, below, form, line_end};
use crate::review::{Review, State};
use crate::source::Span;
use crate::template::ItemIndex;

/// Where a short answer goes and what stands there: the bytes to replace and the text, laid out as the document does
/// it. `None` where the question cannot be answered in one line: it is answered already, it is nowhere, or
/// it stands in a table.
#[must_use]
pub fn answer(review: &Review, index: ItemIndex, text: &str) -> Option<(Span, String)> {
    let bound = review.bound(index);
    match bound.state {
        State::Unanswered => below_question(review, index, text),
        State::Placeholder | State::NotApplicableBare if bound.answered_by.is_none() => {
            // one line: what else stands there somebody wrote for a reason
            let [span] = bound.answer[..] else { return None };
            let plain = !review.text(span).trim().contains(['\n', '\r', '|']);
            plain.then(|| (span, text.to_string()))
        }
        _ => None,
    }
}

fn below_question(review: &Review, index: ItemIndex, text: &str) -> Option<(Span, String)> {
    let document = &review.document;
    let prompt = review.bound(index).prompt()?;
    let form = form(document, prompt)?;
    let end = line_end(document);
    let all = document.source().text();
    let behind = document.block(prompt.block).span.end as usize;
    let line_break = memchr::memchr(b'\n', &all.as_bytes()[behind..]).map(|at| behind + at + 1);
    let at = line_break.unwrap_or(all.len());
    let first = if line_break.is_some() { "" } else { end };
    let text = match form {
        Form::Item { .. } => format!("{first}{}{end}", below(form).line(text)),
        Form::Heading(_) | Form::Paragraph { .. } => {
            let follows = all[at..].starts_with(['\n', '\r']) || all[at..].trim().is_empty();
            let gap = if follows { "" } else { end };
            format!("{first}{end}{text}{end}{gap}")
        }
    };
    let at = at as u32;
    Some((Span::new(at, at), text))
}
