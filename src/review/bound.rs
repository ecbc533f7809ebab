//! An item of the template as a document has it: where it is asked, what answers it, in which state.

use crate::document::BlockId;
use crate::source::Span;
use crate::template::{ItemIndex, Requirement};

/// How a prompt's wording compares with the template's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Match {
    /// Not in the document.
    None,
    /// Another wording of the author's own.
    Paraphrased,
    /// Shortened, extended or changed a little.
    Edited,
    /// The same words.
    Verbatim,
}

impl Match {
    /// The word that reports use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Paraphrased => "paraphrased",
            Self::Edited => "edited",
            Self::Verbatim => "verbatim",
        }
    }
}

/// What an item's answer is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// There is an answer.
    Answered,
    /// The question is there and nothing below it.
    Unanswered,
    /// The whole answer says that it is still to be written.
    Placeholder,
    /// Marked as not applicable, with a reason.
    NotApplicable,
    /// Marked as not applicable, without a reason.
    NotApplicableBare,
    /// The question is in an HTML comment.
    CommentedOut,
    /// The question is nowhere.
    Missing,
}

impl State {
    /// The word that reports use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Unanswered => "unanswered",
            Self::Placeholder => "placeholder",
            Self::NotApplicable => "not-applicable",
            Self::NotApplicableBare => "not-applicable-bare",
            Self::CommentedOut => "commented-out",
            Self::Missing => "missing",
        }
    }

    /// Whether a reviewer has something to read.
    #[must_use]
    pub fn is_good(self) -> bool {
        matches!(self, Self::Answered | Self::NotApplicable)
    }
}

/// Why an item is in its state. Items that share a cause other than `Own` share one finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cause {
    /// Because of what stands (or does not stand) at its own place.
    Own,
    /// Its whole section is absent: the section's index.
    Absent(ItemIndex),
    /// It lies in this comment block.
    Commented(BlockId),
    /// It was lost with a heading: index into the document's lost headings.
    Swallowed(u32),
}

/// A place where an item is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Prompt {
    /// The leaf block it stands in.
    pub block: BlockId,
    /// The bytes of the question, label or heading, markup included.
    pub span: Span,
    /// How its wording compares.
    pub matched: Match,
    /// Found by similarity alone, or outside its own section.
    pub uncertain: bool,
    /// The wording was cut short: a part of the template's question that asks for something of its own is gone.
    pub truncated: bool,
    /// The section of the template in which it stands.
    pub section: Option<ItemIndex>,
}

/// Whether the document's revision has an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RevisionStatus {
    /// It has.
    Current,
    /// A newer revision added it.
    AddedLater,
    /// An older revision had it.
    Retired,
}

impl RevisionStatus {
    /// The word that reports use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::AddedLater => "added-later",
            Self::Retired => "retired",
        }
    }
}

/// One item of the template as the document has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoundItem {
    /// Where it is asked, the one that counts first.
    pub prompts: Vec<Prompt>,
    /// The bytes that answer it, in document order, without nested prompts, guidance and comments.
    pub answer: Vec<Span>,
    /// The item whose answer stands for this one's.
    pub answered_by: Option<ItemIndex>,
    /// What the answer is worth.
    pub state: State,
    /// It is marked as not applicable without a reason, and that says enough: to a question of a KEP that asks for
    /// yes or no it means no.
    pub means_no: bool,
    /// Why.
    pub cause: Cause,
    /// How much it is asked for at the document's level.
    pub required: Requirement,
    /// Whether the document's revision has it.
    pub status: RevisionStatus,
    /// Markers of open work (TODO, TBD, …) beside or inside a real answer.
    pub markers: Vec<Span>,
}

impl BoundItem {
    /// Whether a reviewer has something to read.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.state.is_good() || self.means_no
    }

    /// The prompt that counts.
    #[must_use]
    pub fn prompt(&self) -> Option<&Prompt> {
        self.prompts.first()
    }

    /// How the wording of the prompt that counts compares.
    #[must_use]
    pub fn matched(&self) -> Match {
        self.prompt().map_or(Match::None, |prompt| prompt.matched)
    }

    /// From the first byte of the answer to the last.
    #[must_use]
    pub fn answer_span(&self) -> Option<Span> {
        Some(Span::new(self.answer.first()?.start, self.answer.last()?.end))
    }
}
