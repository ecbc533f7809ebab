//! A document bound to a template: for every item where it is asked, what answers it, in which state.
//!
//! The stages, one module each, in the order they run:
//!
//! 1. `recognise`: is this a document of the template at all?
//! 2. `align`: which lines of the document ask which items? (`words`, `normalise`, `catalogue`, `candidates` help)
//! 3. `target` and `revision`: which revision was it written on, which level does it aim at?
//! 4. `answer`: which bytes answer each item, and what are they worth?
//!
//! Rules read the result and never compare text with a template themselves.

mod align;
mod answer;
mod bind;
mod bound;
mod by_word;
mod candidates;
mod catalogue;
mod causes;
mod companions;
mod filter;
mod head;
mod inherit;
mod kep_level;
mod leftover;
mod normalise;
mod prose;
mod recognise;
mod revision;
mod search;
mod state;
mod stem;
mod target;
mod vocabulary;
mod words;
mod yes_or_no;

pub use bind::bind;
pub use bound::{BoundItem, Cause, Match, Prompt, RevisionStatus, State};
pub use catalogue::{Catalogue, Templates};
pub use companions::Companions;
pub(crate) use kep_level::QUESTIONNAIRE;
pub use kep_level::{KepLevel, SETTLED, STAGES, STATUSES, kep_level};
pub use normalise::{guidance_hash, plain, same_words};
pub use recognise::{Evidence, Recognised, evidence, recognise, recognise_titled};
pub use words::words;

use std::sync::Arc;

use crate::document::{BlockId, Document};
use crate::source::{Source, Span};
use crate::template::{Date, Item, ItemIndex, LevelIndex, Requirement, RevisionIndex, Template};

/// Where a document's level comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LevelSource {
    /// The command line.
    Flag,
    /// The environment.
    Environment,
    /// `gtr.yaml`.
    Config,
    /// kep.yaml.
    Metadata,
    /// The document's title.
    Title,
    /// The highest level one of whose own questions is answered.
    Answers,
    /// Nothing: the lowest level.
    Default,
}

impl LevelSource {
    /// The word that reports use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Flag => "flag",
            Self::Environment => "environment",
            Self::Config => "config",
            Self::Metadata => "kep.yaml",
            Self::Title => "title",
            Self::Answers => "answers",
            Self::Default => "default",
        }
    }
}

/// The level a document aims at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Level {
    /// The level; `None` when the metadata that should name it is missing or invalid.
    pub index: Option<LevelIndex>,
    /// Where it comes from.
    pub source: LevelSource,
}

/// Why the findings of a document weigh less than others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cap {
    /// The proposal is settled: nobody will write its answers any more. At most notes.
    Settled,
    /// What it proposes is being taken away again. At most warnings.
    Retiring,
}

impl Cap {
    /// The word that reports use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Settled => "settled",
            Self::Retiring => "retiring",
        }
    }
}

/// The document's title, read against the template's pattern `Kind - Project / Level`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Title {
    /// The heading.
    pub block: BlockId,
    /// The text of the heading.
    pub span: Span,
    /// The part between the first dash and the last slash.
    pub project: Option<Span>,
    /// The part after the last slash, brackets and emphasis left out.
    pub level: Option<Span>,
}

/// Template text that was left in the document: a comment, or visible lines that stand together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leftover {
    /// Its bytes.
    pub span: Span,
    /// Inside an HTML comment rather than visible.
    pub commented: bool,
    /// Written by `gtr new` rather than by the template's authors.
    pub ours: bool,
}

/// A document bound to a template.
#[derive(Debug, Clone)]
pub struct Review {
    /// The parsed file.
    pub document: Arc<Document>,
    /// The questionnaire.
    pub template: Arc<Template>,
    /// The revision the document was written on.
    pub revision: RevisionIndex,
    /// The level it aims at.
    pub level: Level,
    /// One entry an item of the template, in its order.
    pub items: Vec<BoundItem>,
    /// The title, if one follows the template's pattern.
    pub title: Option<Title>,
    /// The day the document says it was updated, where it can be read.
    pub date: Option<Date>,
    /// Template text left in: guidance, in document order.
    pub leftovers: Vec<Leftover>,
    /// The template's instructions left above the document.
    pub preamble: Option<Span>,
    /// The metadata files that belong to it.
    pub companions: Companions,
    /// Why its findings weigh less, if they do.
    pub cap: Option<Cap>,
    /// It was built before production readiness reviews began or is another project's, and has none: nothing of one is
    /// asked for, at no level.
    pub owes_no_review: bool,
}

impl Review {
    /// The file.
    #[must_use]
    pub fn source(&self) -> &Source {
        self.document.source()
    }

    /// The text of a span.
    #[must_use]
    pub fn text(&self, span: Span) -> &str {
        self.document.text(span)
    }

    /// An item of the template.
    #[must_use]
    pub fn item(&self, index: ItemIndex) -> &Item {
        self.template.item(index)
    }

    /// The same item as the document has it.
    #[must_use]
    pub fn bound(&self, index: ItemIndex) -> &BoundItem {
        &self.items[index.0 as usize]
    }

    /// All items with their indices, in template order.
    pub fn bound_items(&self) -> impl Iterator<Item = (ItemIndex, &Item, &BoundItem)> {
        let both = self.template.items.iter().zip(&self.items);
        both.enumerate().map(|(at, (item, bound))| (ItemIndex(at as u16), item, bound))
    }

    /// Whether an item is a question that coverage counts: one without questions below it.
    #[must_use]
    pub fn is_leaf_question(&self, index: ItemIndex) -> bool {
        use crate::template::ItemKind::{Group, Question};
        let mut children = self.template.children(index);
        self.item(index).kind == Question
            && !children.any(|child| matches!(self.item(child).kind, Question | Group) && self.asks(child))
    }

    /// Whether the document's revision has an item.
    #[must_use]
    pub fn asks(&self, index: ItemIndex) -> bool {
        self.item(index).is_in(self.revision)
    }

    /// Whether the document is nothing but the template's own file: its title still names no project, or the file
    /// has the name that upstream gives it, and nothing is answered.
    #[must_use]
    pub fn is_unfilled_template(&self, path: &str) -> bool {
        let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
        let project = self.title.and_then(|title| title.project).map(|span| self.text(span));
        let upstream = name(&self.template.upstream.path);
        let own = project.is_some_and(|text| text.starts_with(['[', '$']))
            || (!upstream.is_empty() && upstream != "README.md" && name(path) == upstream);
        own && self.bound_items().all(|(_, item, bound)| {
            item.kind == crate::template::ItemKind::Field || bound.prompts.is_empty() || !bound.is_good()
        })
    }

    /// Whether an item must be answered: the document's revision has it and its level requires it.
    #[must_use]
    pub fn requires(&self, index: ItemIndex) -> bool {
        let bound = self.bound(index);
        bound.status == RevisionStatus::Current && bound.required == Requirement::Required
    }

    /// Whether newer revisions of the template concern it: a KEP of another project that has no questionnaire follows a
    /// template of that project's own.
    #[must_use]
    pub fn follows_template(&self) -> bool {
        !(self.owes_no_review && self.companions.of_another_project)
    }

    /// Where to point when an item is not there: its section's heading, else the heading of the nearest
    /// preceding bound section, else the title, else the first line of text. Empty only in an empty file.
    #[must_use]
    pub fn anchor(&self, index: ItemIndex) -> Span {
        bind::anchor(self, index)
    }
}

#[cfg(test)]
mod tests;
