//! An item as text in a document's own layout, and where it goes.
//!
//! A question that is not there is written as its neighbours are: in a document of bullets as a bullet with the
//! same marker at the same depth, in one of headings as a heading of the same level, in bold where they are bold.
//! It goes right before the next question of its section that is there, else behind the last one before it.

mod answer;
pub mod fresh;
mod place;
mod relocate;
mod section;
pub mod sync;
mod wording;

pub use answer::answer;
pub use relocate::relocated;
pub use section::section;
pub use wording::{Restored, restored};

use crate::document::{BlockId, BlockKind, Document, LeadKind};
use crate::review::{Prompt, Review};
use crate::source::Span;
use crate::template::{ItemIndex, ItemKind};

use place::{after, before};

/// How a document writes a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// A heading of a level.
    Heading(u8),
    /// A list item: what stands before its text, the indentation included (`  * `), and whether the text is bold.
    Item {
        /// Indentation and marker with the white space behind it.
        marker: String,
        /// Between `**`.
        bold: bool,
    },
    /// A paragraph.
    Paragraph {
        /// Between `**`.
        bold: bool,
    },
}

impl Form {
    /// One line of markdown, without its line end.
    #[must_use]
    pub fn line(&self, text: &str) -> String {
        let text = text.trim();
        let marks = |bold: bool| if bold && !text.contains("**") { "**" } else { "" };
        match self {
            Self::Heading(level) => format!("{} {text}", "#".repeat(usize::from(*level))),
            Self::Item { marker, bold } => format!("{marker}{0}{text}{0}", marks(*bold)),
            Self::Paragraph { bold } => format!("{0}{text}{0}", marks(*bold)),
        }
    }
}

/// Text to put into a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Insertion {
    /// The byte before which it goes.
    pub at: u32,
    /// Whole lines, with the document's line ends.
    pub text: String,
}

/// Where an item that the document does not have goes, and how it is written there: the wording of the revision
/// `newest` asks for or, without it, of the document's own. `None` where nothing of the item's section tells.
#[must_use]
pub fn insertion(review: &Review, index: ItemIndex, newest: bool) -> Option<Insertion> {
    let revision = if newest { review.template.newest() } else { review.revision };
    let text = review.item(index).wording(revision);
    put(review, index, newest, |form| Some(form.line(text)))
}

/// Puts lines where an item goes; `lines` makes them for the form in which its neighbours are written.
fn put(
    review: &Review,
    index: ItemIndex,
    newest: bool,
    lines: impl Fn(&Form) -> Option<String>,
) -> Option<Insertion> {
    let section = review.template.section_of(index)?;
    let (earlier, later) = neighbours(review, section, index);
    // the nearest relative decides: a sibling before the next item of another group
    let sibling = |other: &ItemIndex| review.item(*other).parent == review.item(index).parent;
    let next = later.filter(sibling);
    let last = earlier.filter(|other| sibling(other) || Some(*other) == review.item(index).parent);
    // the questions of a KEP become headings
    let as_heading = newest && review.template.id == "kep";
    if let Some((prompt, form)) = next.and_then(|next| form_of(review, next)) {
        let form = if as_heading { Form::Heading(fresh::KEP_QUESTION) } else { form };
        return before(review, prompt, &lines(&form)?, &form);
    }
    let (last, prompt, form) = last
        .or(earlier)
        .or(later)
        .and_then(|other| form_of(review, other).map(|(prompt, form)| (other, prompt, form)))?;
    let form = if as_heading { Form::Heading(fresh::KEP_QUESTION) } else { form };
    let nested = review.item(index).parent == Some(last) && review.item(last).kind == ItemKind::Group;
    let form = if nested { below(form) } else { form };
    if Some(last) == later && earlier.is_none() {
        return before(review, prompt, &lines(&form)?, &form);
    }
    after(review, prompt, &lines(&form)?, &form)
}

/// The form of what lies below a lead-in.
fn below(form: Form) -> Form {
    match form {
        Form::Heading(level) => Form::Heading((level + 1).min(6)),
        Form::Item { marker, .. } => {
            let sign = Some(marker.trim()).filter(|sign| !sign.ends_with(['.', ')'])).unwrap_or("-");
            Form::Item { marker: format!("{}{sign} ", " ".repeat(marker.len())), bold: false }
        }
        Form::Paragraph { .. } => Form::Item { marker: "- ".to_string(), bold: false },
    }
}

/// The nearest items before and behind an item in its section that are asked in the open, in the section's place.
/// What stands elsewhere in the newest template than in the document's own is no neighbour there.
fn neighbours(
    review: &Review,
    section: ItemIndex,
    index: ItemIndex,
) -> (Option<ItemIndex>, Option<ItemIndex>) {
    let end = review.item(section).end;
    let there = |other: &ItemIndex| {
        let asks = matches!(review.item(*other).kind, ItemKind::Question | ItemKind::Group);
        let moved = review.item(*other).moved > review.item(*other).since.max(review.revision);
        asks && !moved
            && review.template.section_of(*other) == Some(section)
            && visible(review, *other).is_some()
    };
    let earlier = (section.0 + 1..index.0).rev().map(ItemIndex).find(there);
    let later = (index.0 + 1..end.0).map(ItemIndex).find(there);
    (earlier, later)
}

/// The prompt of an item that stands in the open in its own section, or anywhere when that has no heading.
fn visible(review: &Review, index: ItemIndex) -> Option<&Prompt> {
    let own = review.template.section_of(index);
    let headless = own.is_some_and(|section| review.bound(section).prompts.is_empty());
    let open = |prompt: &&Prompt| {
        (headless || prompt.section == own) && !review.document.block(prompt.block).commented
    };
    review.bound(index).prompt().filter(open)
}

/// How the prompt of an item is written.
fn form_of(review: &Review, index: ItemIndex) -> Option<(&Prompt, Form)> {
    let prompt = visible(review, index)?;
    form(&review.document, prompt).map(|form| (prompt, form))
}

/// How a prompt is written; `None` where another cannot be written beside it: in a table, a quote, on one line with
/// other text.
#[must_use]
pub fn form(document: &Document, prompt: &Prompt) -> Option<Form> {
    let block = document.block(prompt.block);
    let first = document.lines(prompt.block).next()?;
    if first.span.start != prompt.span.start {
        return None;
    }
    let bold = first.lead.is_some_and(|lead| lead.kind == LeadKind::Strong);
    match block.kind {
        BlockKind::Heading(level) => Some(Form::Heading(level)),
        BlockKind::Paragraph => match container(document, prompt.block) {
            Some(item) => {
                let start = document.block(item).span.start;
                let marker = Span::new(line_start(document, start), prompt.span.start);
                let marker = document.text(marker);
                let plain = marker.trim().len() <= 4 && !marker.contains(['>', '[', '<', '\n']);
                plain.then(|| Form::Item { marker: marker.to_string(), bold })
            }
            None if block.parent.is_none() => Some(Form::Paragraph { bold }),
            None => None,
        },
        _ => None,
    }
}

/// The list item that a prompt's paragraph begins.
fn container(document: &Document, paragraph: BlockId) -> Option<BlockId> {
    let parent = document.block(paragraph).parent?;
    let first = document.children(parent).next() == Some(paragraph);
    (first && document.block(parent).kind == BlockKind::Item).then_some(parent)
}

/// The first byte of the line that an offset lies in.
fn line_start(document: &Document, offset: u32) -> u32 {
    let before = &document.source().text().as_bytes()[..offset as usize];
    let start = memchr::memrchr2(b'\n', b'\r', before).map_or(0, |at| at + 1);
    (start as u32).max(document.source().bom_length().min(offset))
}

/// What the document ends its lines with.
#[must_use]
pub fn line_end(document: &Document) -> &'static str {
    if document.source().text().contains("\r\n") { "\r\n" } else { "\n" }
}
