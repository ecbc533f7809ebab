//! Defects planted as a person who edits the file would: whole lines, with their markers and fences.

use gtr_lint::document::{BlockKind, Document};
use gtr_lint::review::Review;
use gtr_lint::source::Span;
use gtr_lint::template::ItemIndex;

/// What is done to one answered question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Plant {
    /// The answer is deleted.
    Blank,
    /// The answer is replaced by a placeholder.
    Todo,
    /// The answer is replaced by an `N/A` without a reason.
    Bare,
    /// The answer goes with its question.
    Remove,
}

pub(crate) const PLANTS: [Plant; 4] = [Plant::Blank, Plant::Todo, Plant::Bare, Plant::Remove];

/// A document with a defect.
pub(crate) struct Mutant {
    pub(crate) text: String,
    /// The bytes of the sound document that are gone.
    pub(crate) gone: Span,
}

/// Plants a defect at a question. Its answer must be its own, in one region below its prompt.
pub(crate) fn plant(review: &Review, index: ItemIndex, plant: Plant) -> Option<Mutant> {
    let text = review.source().text();
    let bound = review.bound(index);
    let prompt = bound.prompt()?.span;
    let answer = bound.answer_span()?;
    let until = next_prompt(review, prompt).unwrap_or(text.len() as u32);
    let mut range =
        bound.answer.iter().fold(answer, |all, piece| all.join(whole(review, *piece, prompt.end, until)));
    range.end = range.end.max(closing(review, range.end, until));
    let own_lines = opens_line(text, range.start, prompt.end);
    let mut end = if own_lines { line_rest(text, range.end, until) } else { range.end };
    let mut start = if own_lines { line_start(text, range.start) } else { before_space(text, range.start) };
    let mut word = match plant {
        Plant::Blank | Plant::Remove => String::new(),
        Plant::Todo => "TODO".to_string(),
        Plant::Bare => "N/A".to_string(),
    };
    if !word.is_empty() {
        if own_lines {
            let lead = &text[start as usize..bound.answer[0].start.max(start) as usize];
            let markers =
                lead.contains(|c: char| !(c.is_whitespace() || "-*+>.)".contains(c) || c.is_ascii_digit()));
            let lead = if markers {
                &lead[..lead.len() - lead.trim_start_matches([' ', '\t', '>']).len()]
            } else {
                lead
            };
            let close = if text[start as usize..end as usize].ends_with('\n') { "\n" } else { "" };
            word = format!("{lead}{word}{close}");
        } else {
            word.insert(0, ' ');
        }
    } else if plant == Plant::Remove {
        if opens_line(text, prompt.start, 0) {
            start = line_start(text, prompt.start);
            end = line_rest(text, range.end, until);
        } else {
            start = prompt.start;
        }
    }
    // what the answer shared with its prompt, such as bold type, is closed again
    let cut = &text[start as usize..end as usize];
    if !own_lines && plant != Plant::Remove && cut.matches("**").count() % 2 == 1 {
        word.push_str("**");
    }
    let mut mutated = text.to_string();
    mutated.replace_range(start as usize..end as usize, &word);
    Some(Mutant { text: mutated, gone: Span::new(start, end) })
}

/// Where the next question or section begins.
fn next_prompt(review: &Review, prompt: Span) -> Option<u32> {
    let all = review.items.iter().flat_map(|bound| &bound.prompts);
    all.map(|other| other.span.start).filter(|&start| start > prompt.start).min()
}

/// The outermost block around a piece of an answer that holds nothing of another question.
fn whole(review: &Review, piece: Span, from: u32, until: u32) -> Span {
    let blocks = review.document.blocks().iter();
    blocks
        .filter(|block| block.span.contains(piece) && block.span.start >= from && block.span.end <= until)
        .map(|block| block.span)
        .fold(piece, Span::join)
}

/// The end of what closes an answer without showing anything: tags such as `</details>`, a stray fence.
fn closing(review: &Review, from: u32, until: u32) -> u32 {
    let document: &Document = &review.document;
    let tags = document.blocks().iter().filter(|block| {
        let tag = block.kind == BlockKind::Html && document.text(block.span).starts_with("</");
        (tag || matches!(block.kind, BlockKind::Code { .. }))
            && block.span.start >= from
            && block.span.end <= until
    });
    tags.map(|block| block.span.end).max().unwrap_or(from)
}

/// Whether nothing but markers stands before a place on its line, and no byte before `from`.
fn opens_line(text: &str, at: u32, from: u32) -> bool {
    let start = line_start(text, at);
    let before = &text[start as usize..at as usize];
    start >= from
        && before
            .replace("[x]", "")
            .chars()
            .all(|c| c.is_whitespace() || "-*+>.)#_|[]".contains(c) || c.is_ascii_digit())
}

fn line_start(text: &str, at: u32) -> u32 {
    text[..at as usize].rfind('\n').map_or(0, |at| at as u32 + 1)
}

/// Past the rest of a line, if it holds only closing signs.
fn line_rest(text: &str, at: u32, until: u32) -> u32 {
    let rest = &text[at as usize..until as usize];
    let line = rest.split_inclusive('\n').next().unwrap_or_default();
    let closes = line.chars().all(|c| c.is_whitespace() || "|*_#\\".contains(c));
    if closes && (line.ends_with('\n') || until as usize == text.len()) { at + line.len() as u32 } else { at }
}

fn before_space(text: &str, at: u32) -> u32 {
    text[..at as usize].trim_end_matches([' ', '\t']).len() as u32
}
