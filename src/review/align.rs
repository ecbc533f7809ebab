//! Which lines of a document ask which items of a template.
//!
//! Four passes, each only over what the ones before left open (the numbers are those of `docs/alignment.md`):
//!
//! 1. `sections`: headings (bold lines where there are none) that name a section of the template.
//! 2. `exact`: a line's words begin with a wording of the template, whole or cut at the end of a sentence.
//!    Looked up by the hash of its first three words, so a line costs a few words, not its length.
//! 3. `similar`: reworded questions, by the longest common subsequence of words, against at most eight
//!    wordings that share rare words with the line.
//! 4. `labels`: short labels of the author's own, by stems against aliases, keywords and wordings, only
//!    inside their section, only for items still open, only in the style the section's prompts have.
//!
//! An exact match is never refused, wherever it stands. Order only breaks ties.

mod exact;
mod joined;
mod labels;
mod sections;
mod similar;
#[cfg(test)]
mod tests;

use super::candidates::{Candidate, Style, candidates};
use super::catalogue::Catalogue;
use super::revision::revision;
use super::{Match, Prompt};
use crate::document::Document;
use crate::source::Span;
use crate::template::{ItemIndex, ItemKind, RevisionIndex};

/// Where the sections of the template lie in the document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Context {
    /// First byte it holds for.
    pub(super) start: u32,
    /// The top-level section (a day of a GTR).
    pub(super) top: Option<ItemIndex>,
    /// The section itself.
    pub(super) section: Option<ItemIndex>,
    /// A heading of the author's own stands between the section's heading and here.
    pub(super) left: bool,
}

/// What the passes find.
#[derive(Debug, Default)]
pub(super) struct Alignment {
    /// One entry an item of the template: where it is asked, in document order.
    pub(super) prompts: Vec<Vec<Prompt>>,
    /// Contexts in document order, the first from byte 0.
    pub(super) contexts: Vec<Context>,
    /// The lines that were looked at, in document order.
    pub(super) lines: Vec<Candidate>,
}

/// How a prompt is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Written {
    pub(super) style: Style,
    /// The section of what it asks.
    pub(super) section: Option<ItemIndex>,
    /// What it asks is a lead-in's question.
    pub(super) nested: bool,
}

/// The state that the passes share.
pub(super) struct Aligner<'a> {
    pub(super) document: &'a Document,
    pub(super) catalogue: &'a Catalogue,
    pub(super) candidates: Vec<Candidate>,
    /// One entry a candidate: what it was found to ask, so that later passes leave it alone.
    pub(super) taken: Vec<bool>,
    /// Stems of the project's name, which say nothing in a label.
    pub(super) project: Vec<u64>,
    pub(super) styles: Vec<Written>,
    /// One entry an item: whether the passes behind `exact` look for it, see [`Aligner::settle`].
    pub(super) wanted: Vec<bool>,
    /// The document's revision as far as it can be told behind `exact`; `None` where no question stands in the
    /// template's words.
    pub(super) revision: Option<RevisionIndex>,
    pub(super) result: Alignment,
}

/// Begins to align a document, from byte `from` on (what stands before is a left-over preamble): the passes that
/// tell whether it is a document of the template at all. `project` is the project's name, as the title has it.
pub(super) fn begin<'a>(
    document: &'a Document,
    catalogue: &'a Catalogue,
    from: u32,
    project: &str,
) -> Aligner<'a> {
    let candidates = candidates(document, from, u32::MAX);
    let mut aligner = Aligner {
        document,
        catalogue,
        taken: vec![false; candidates.len()],
        project: super::stem::stems(project),
        candidates,
        styles: Vec::new(),
        wanted: Vec::new(),
        revision: None,
        result: Alignment {
            prompts: vec![Vec::new(); catalogue.template.items.len()],
            contexts: vec![Context { start: 0, top: None, section: None, left: false }],
            lines: Vec::new(),
        },
    };
    sections::find(&mut aligner);
    exact::find(&mut aligner);
    aligner.settle();
    similar::find(&mut aligner);
    aligner
}

impl Aligner<'_> {
    /// Goes on with labels, which prove nothing about the template, and gives what was found.
    pub(super) fn end(mut self) -> Alignment {
        labels::find(&mut self);
        self.finish()
    }

    /// Where an item is asked, as far as it is known, in the order in which it was found.
    pub(super) fn prompts(&self, item: ItemIndex) -> &[Prompt] {
        &self.result.prompts[item.0 as usize]
    }

    /// Decides which items are still looked for: those that are asked nowhere yet. In a section whose
    /// questions mostly stand in the template's words only those of the document's revision, as far as it
    /// can be told by now: nobody rewords a question that his template did not have.
    fn settle(&mut self) {
        let template = &self.catalogue.template;
        let revision = revision(&self.catalogue.changes, self.document, template, &self.result, None, None);
        let asked = |index: &ItemIndex| template.item(*index).kind == ItemKind::Question;
        self.revision = template.indices().filter(asked).any(|item| !self.is_open(item)).then_some(revision);
        self.wanted = template
            .indices()
            .map(|item| {
                let asked = matches!(template.item(item).kind, ItemKind::Question | ItemKind::Group);
                asked && self.is_open(item)
            })
            .collect();
        for section in template.indices().filter(|&index| template.item(index).kind == ItemKind::Section) {
            if self.is_kept(section) {
                let items: Vec<ItemIndex> = self.items_of(section).collect();
                for item in items {
                    self.wanted[item.0 as usize] &= template.item(item).is_in(revision);
                }
            }
        }
    }

    /// Items of a section that can be asked, nested ones included, those of its sub-sections left out.
    pub(super) fn items_of(&self, section: ItemIndex) -> impl Iterator<Item = ItemIndex> + use<'_> {
        let template = &self.catalogue.template;
        let end = template.item(section).end;
        let asked = move |item: &ItemIndex| {
            matches!(template.item(*item).kind, ItemKind::Question | ItemKind::Group)
                && template.section_of(*item) == Some(section)
        };
        (section.0 + 1..end.0).map(ItemIndex).filter(asked)
    }

    /// Whether at least half of a section's questions stand in the document already.
    pub(super) fn is_kept(&self, section: ItemIndex) -> bool {
        let (mut all, mut asked) = (0, 0);
        for item in self.items_of(section) {
            all += 1;
            asked += usize::from(!self.is_open(item));
        }
        asked * 2 >= all
    }

    /// Whether a section has items that are looked for.
    pub(super) fn wants(&self, section: ItemIndex) -> bool {
        self.items_of(section).any(|item| self.wanted[item.0 as usize] && self.is_open(item))
    }

    /// The context that holds at an offset.
    pub(super) fn context(&self, offset: u32) -> Context {
        let contexts = &self.result.contexts;
        let at = contexts.partition_point(|context| context.start <= offset);
        contexts[at.saturating_sub(1)]
    }

    /// Whether an item is asked somewhere already, outside comments.
    pub(super) fn is_open(&self, item: ItemIndex) -> bool {
        self.result.prompts[item.0 as usize].iter().all(|prompt| self.document.block(prompt.block).commented)
    }

    /// Notes that a candidate asks an item.
    pub(super) fn bind(&mut self, at: usize, item: ItemIndex, span: Span, matched: Match, uncertain: bool) {
        let candidate = self.candidates[at];
        let section = self.context(candidate.line.start).section;
        let own = self.catalogue.template.section_of(item);
        self.result.prompts[item.0 as usize].push(Prompt {
            block: candidate.block,
            span,
            matched,
            uncertain: uncertain || (matched != Match::Verbatim && section != own),
            truncated: false,
            section,
        });
        for (taken, other) in self.taken[at..].iter_mut().zip(&self.candidates[at..]) {
            if other.line.start >= span.end {
                break;
            }
            *taken = true;
        }
        if !candidate.commented && self.catalogue.template.item(item).kind != ItemKind::Section {
            let nested = self.catalogue.template.is_nested(item);
            self.styles.push(Written { style: candidate.style, section: own, nested });
        }
    }

    /// Sorts every item's prompts: the one that counts first. A prompt in the open goes before one in a
    /// comment, one in the item's own section before others, then the better match, then the earlier.
    fn finish(mut self) -> Alignment {
        let template = &self.catalogue.template;
        for index in template.indices() {
            let own = template.section_of(index);
            let document = self.document;
            let top = |section: Option<ItemIndex>| section.and_then(|at| template.item(at).parent);
            self.result.prompts[index.0 as usize].sort_by_key(|prompt| {
                let elsewhere = if prompt.section == own || template.item(index).kind == ItemKind::Section {
                    0
                } else if top(prompt.section) == top(own) {
                    1
                } else {
                    2
                };
                let worse = std::cmp::Reverse(prompt.matched);
                (
                    document.block(prompt.block).commented,
                    elsewhere,
                    prompt.uncertain,
                    worse,
                    prompt.span.start,
                )
            });
        }
        self.result.lines = self.candidates;
        self.result
    }
}
