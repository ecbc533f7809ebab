//! Small reviews made by hand, for the unit tests of rules that have logic of their own.

use std::sync::Arc;

use super::{Context, Rule};
use crate::diagnostic::Diagnostic;
use crate::document::{BlockId, Document};
use crate::input::Input;
use crate::review::{BoundItem, Cause, Level, LevelSource, Match, Prompt, Review, RevisionStatus, State};
use crate::settings::Settings;
use crate::source::{Source, Span};
use crate::template::testing::bare;
use crate::template::{
    Date, Item, ItemIndex, ItemKind, LevelIndex, Requirement, Revision, RevisionIndex, Template, Wording,
};

/// Builds a review: first the items with their depth, then what the document has of them.
pub(super) struct Sample {
    text: String,
    template: Template,
    items: Vec<BoundItem>,
    depths: Vec<usize>,
    /// The document's revision.
    pub(super) revision: u16,
    /// The document's date.
    pub(super) date: Option<Date>,
}

impl Sample {
    /// A document of this text, bound to a template that has one revision and one level.
    pub(super) fn new(text: &str) -> Self {
        let template = bare("sample", &["only"], &[]);
        Self { text: text.into(), template, items: vec![], depths: vec![], revision: 0, date: None }
            .revision("2024-01-01")
    }

    /// The template under another id.
    pub(super) fn template_id(mut self, id: &str) -> Self {
        self.template.id = id.into();
        self
    }

    /// Other levels; the document aims at the first.
    pub(super) fn template_levels(mut self, levels: &[&str]) -> Self {
        self.template.levels = levels.iter().map(|level| level.to_string()).collect();
        self
    }

    /// One more revision, on main on the day it was written.
    pub(super) fn revision(mut self, day: &str) -> Self {
        self.template.revisions.push(Revision {
            id: day.into(),
            on_main: Date::parse(day),
            version: "v1".into(),
            commit: String::new(),
        });
        self
    }

    /// One more item, required, not in the document.
    pub(super) fn item(mut self, depth: usize, kind: ItemKind, id: &str, wording: &str) -> Self {
        let at = self.template.items.len();
        let parent = (0..at).rev().find(|&other| self.depths[other] < depth);
        self.template.items.push(Item {
            id: id.into(),
            kind,
            wordings: vec![Wording { from: RevisionIndex(0), text: wording.into() }],
            since: RevisionIndex(0),
            until: None,
            moved: RevisionIndex(0),
            required: vec![Requirement::Required],
            aliases: Default::default(),
            keywords: Default::default(),
            hint: None,
            scaffold: vec![],
            whole: false,
            parent: parent.map(|parent| ItemIndex(parent as u16)),
            end: ItemIndex(at as u16 + 1),
        });
        let mut around = parent;
        while let Some(outer) = around {
            self.template.items[outer].end = ItemIndex(at as u16 + 1);
            around = self.template.items[outer].parent.map(|parent| parent.0 as usize);
        }
        self.depths.push(depth);
        self.items.push(BoundItem {
            prompts: vec![],
            answer: vec![],
            answered_by: None,
            state: State::Missing,
            means_no: false,
            cause: Cause::Own,
            required: Requirement::Required,
            status: RevisionStatus::Current,
            markers: vec![],
        });
        self
    }

    fn find(&self, part: &str, from: usize) -> Span {
        let at = self.text[from..].find(part).unwrap() + from;
        Span::from_range(at..at + part.len())
    }

    fn at(&mut self, id: &str) -> (&mut Item, &mut BoundItem) {
        let at = self.template.find(id).unwrap().0 as usize;
        (&mut self.template.items[at], &mut self.items[at])
    }

    /// Adds a prompt after the item's last one, in its own section.
    pub(super) fn prompt(mut self, id: &str, prompt: &str, matched: Match) -> Self {
        let index = self.template.find(id).unwrap();
        let section = self.template.section_of(index);
        let from = self.at(id).1.prompts.last().map_or(0, |prompt| prompt.span.end as usize);
        let span = self.find(prompt, from);
        let prompt = Prompt { block: BlockId(0), span, matched, uncertain: false, truncated: false, section };
        self.at(id).1.prompts.push(prompt);
        self
    }

    /// Asks an item verbatim and answers it with the first text `answer` behind the prompt.
    pub(super) fn bind(self, id: &str, prompt: &str, answer: &str, state: State) -> Self {
        let mut this = self.prompt(id, prompt, Match::Verbatim);
        let from = this.at(id).1.prompts[0].span.end as usize;
        let answer = (!answer.is_empty()).then(|| this.find(answer, from));
        this.at(id).1.answer = answer.into_iter().collect();
        this.at(id).1.state = state;
        this
    }

    /// Lets another item's answer stand for an item's.
    pub(super) fn answered_by(mut self, id: &str, by: &str, state: State) -> Self {
        let by = self.template.find(by);
        self.at(id).1.answered_by = by;
        self.at(id).1.state = state;
        self
    }

    /// Changes an item and what the document has of it.
    pub(super) fn change(mut self, id: &str, change: impl FnOnce(&mut Item, &mut BoundItem)) -> Self {
        let (item, bound) = self.at(id);
        change(item, bound);
        self
    }

    /// Marks the first text `marker` of the document as open work in an item's answer.
    pub(super) fn mark(self, id: &str, marker: &str) -> Self {
        let span = self.find(marker, 0);
        self.change(id, |_, bound| bound.markers.push(span))
    }

    /// Makes an item optional at the document's level.
    pub(super) fn optional(self, id: &str) -> Self {
        self.change(id, |_, bound| bound.required = Requirement::Optional)
    }

    /// The review.
    pub(super) fn review(self) -> Review {
        Review {
            document: Arc::new(Document::parse(&Source::new("sample.md", self.text))),
            template: Arc::new(self.template),
            revision: RevisionIndex(self.revision),
            level: Level { index: Some(LevelIndex(0)), source: LevelSource::Title },
            items: self.items,
            title: None,
            date: self.date,
            leftovers: vec![],
            preamble: None,
            companions: Default::default(),
            cap: None,
            owes_no_review: false,
        }
    }

    /// What a rule finds in the review.
    pub(super) fn check(self, rule: &dyn Rule) -> Vec<Diagnostic> {
        check(&self.review(), rule)
    }
}

/// What a rule finds in a review.
pub(super) fn check(review: &Review, rule: &dyn Rule) -> Vec<Diagnostic> {
    let input = Input::alone(review.source().clone());
    let mut findings = super::Findings::new(rule.info().id);
    rule.check(&Context::new(review, &input, &Settings::default()), &mut findings);
    findings.into_diagnostics()
}
