//! Sample lines of a section that is filled in by a list: `<test>: <link to test coverage>`.

use super::super::gate::visible_prompt;
use super::super::prose_section::{demanded, inside, says_something};
use super::super::quote::{counted, section_name};
use super::super::whole_lines::Answers;
use super::super::{Context, Findings};
use crate::diagnostic::{Label, Severity};
use crate::document::{Block, BlockKind};
use crate::review::{Prompt, Review, same_words};
use crate::source::Span;
use crate::template::{ItemIndex, Requirement};

/// What a section has of its template's samples.
struct Samples {
    section: ItemIndex,
    /// The list items that are still as they came.
    untouched: Vec<Span>,
    /// Whether anything else stands in it.
    filled: bool,
}

/// Reports samples that nobody filled in, and those that were left beside what somebody wrote: one finding each.
pub(super) fn check(context: &Context, findings: &mut Findings) {
    let review = context.review;
    let sections = demanded(review, Requirement::Encouraged);
    let samples = sections.filter_map(|section| read(review, section, visible_prompt(review, review.bound(section))?));
    let samples: Vec<Samples> = samples.filter(|samples| !samples.untouched.is_empty()).collect();
    let (filled, open): (Vec<&Samples>, Vec<&Samples>) = samples.iter().partition(|samples| samples.filled);
    if let Some((first, others)) = open.split_first() {
        let name = |samples: &Samples| section_name(review, samples.section);
        let message = match others.len() {
            0 => format!("section {} holds nothing but the template's sample", name(first)),
            _ => format!("{} hold nothing but the template's sample", counted(open.len(), "section")),
        };
        let finding = findings
            .report(first.untouched[0], message)
            .item(review, first.section)
            .help("name the tests, or say why there are none")
            .at_most(Severity::Note);
        others.iter().fold(finding, |finding, other| {
            finding.related(Label::with(other.untouched[0], format!("and {}", name(other))))
        });
    }
    let left: Vec<Span> = filled.iter().flat_map(|samples| samples.untouched.iter().copied()).collect();
    if let Some((first, others)) = left.split_first() {
        let message = match others.len() {
            0 => "a sample line of the template was left beside what was written".to_string(),
            more => format!("{} sample lines of the template were left beside what was written", more + 1),
        };
        let edits = Answers::of(review).deletions(review.source(), left.iter().copied());
        let finding = findings
            .report(*first, message)
            .help("delete it")
            .at_most(Severity::Note)
            .fix_apart("Delete the template's sample lines", true, edits);
        others.iter().fold(finding, |finding, &span| finding.related(Label::with(span, "and this")));
    }
}

fn read(review: &Review, section: ItemIndex, prompt: &Prompt) -> Option<Samples> {
    let lines = &review.item(section).scaffold;
    let (document, mut untouched, mut filled) = (&review.document, Vec::new(), false);
    if lines.is_empty() {
        return None;
    }
    for block in inside(review, prompt)?.iter().filter(|block| !block.commented) {
        let is_sample = || lines.iter().any(|line| is_same(document.text(block.span), &line.text));
        match block.kind {
            BlockKind::Paragraph if is_sample() => match alone(review, block) {
                Some(item) => untouched.push(item),
                None => filled = true,
            },
            BlockKind::Paragraph | BlockKind::Cell => filled |= says_something(review, block.span),
            BlockKind::Code { .. } | BlockKind::Html => filled |= !document.text(block.span).trim().is_empty(),
            _ => {}
        }
    }
    Some(Samples { section, untouched, filled })
}

/// The list item of which a paragraph is all.
fn alone(review: &Review, paragraph: &Block) -> Option<Span> {
    let item = review.document.block(paragraph.parent?);
    (item.kind == BlockKind::Item && item.end == paragraph.end).then_some(item.span)
}

/// Whether a text is a sample; where this has links, only they tell.
fn is_same(text: &str, sample: &str) -> bool {
    if sample.contains("](") {
        return text.split_whitespace().eq(sample.split_whitespace());
    }
    same_words(text, sample)
}
