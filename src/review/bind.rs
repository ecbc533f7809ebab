//! Everything together: alignment, target and answers become a [`Review`].

use std::sync::Arc;

use super::align::Alignment;
use super::answer::{Reader, Region};
use super::kep_level::{self, kep_level};
use super::leftover::Guidance;
use super::recognise::Recognised;
use super::revision::revision;
use super::state::Markers;
use super::yes_or_no::asks_yes_or_no;
use super::{BoundItem, Cause, Companions, Review, RevisionStatus, State, causes, inherit, target};
use crate::document::{BlockKind, Document};
use crate::settings::Settings;
use crate::source::Span;
use crate::template::{ItemIndex, ItemKind, LevelIndex, Requirement, RevisionIndex, Template};

/// Binds a recognised document.
#[must_use]
pub fn bind(
    document: Arc<Document>,
    recognised: Recognised,
    companions: Companions,
    settings: &Settings,
) -> Review {
    let Recognised { catalogue, mut alignment, title, from } = recognised;
    let template = Arc::clone(&catalogue.template);
    target::fields(&document, &catalogue, &mut alignment);
    let value = |id: &str| {
        let prompt =
            template.find(id).and_then(|item| alignment.prompts[item.0 as usize].first().copied())?;
        let behind = document.text(Span::new(prompt.span.end, document.source().length()));
        Some(behind.split(['\n', '\r']).next().unwrap_or_default().to_string())
    };
    let date = value("field.date-updated").as_deref().and_then(target::date);
    let version = value("field.template-version");
    let revision = revision(&catalogue.changes, &document, &template, &alignment, version.as_deref(), date);

    let guidance = Guidance::find(&document, &catalogue.prose, from, &alignment.lines);
    let placeholders =
        template.placeholders.iter().chain(&settings.placeholders).map(|text| text.to_lowercase());
    let reader = Reader {
        document: &document,
        template: &template,
        revision,
        guidance: &guidance,
        markers: &Markers::new(placeholders.collect()),
    };
    let mut regions = reader.regions(&alignment);
    fields_end_with_their_item(&document, &template, &alignment, &mut regions);
    let mut items = items(&document, &template, revision, alignment, &regions);
    inherit::apply(&document, &template, revision, &regions, &mut items);

    let kep =
        (template.id == "kep").then(|| companions.metadata.as_deref().map(kep_level).unwrap_or_default());
    let level = target::level(&document, &template, settings, kep, title.as_ref(), |item| {
        items[item.0 as usize].state.is_good()
    });
    for index in template.indices() {
        let item = &mut items[index.0 as usize];
        item.required = required(&template, settings, index, level.index);
        item.means_no = kep.is_some()
            && item.state == State::NotApplicableBare
            && asks_yes_or_no(template.item(index).wording(revision));
    }
    let may_do_without = kep.is_some_and(|kep| kep.predates_reviews || companions.of_another_project);
    let owes_no_review = may_do_without && ask_no_review(&template, &mut items);
    let preamble = guidance.preamble(&document, title.as_ref());
    let mut review = Review {
        leftovers: guidance.leftovers(&document, preamble),
        document,
        template,
        revision,
        level,
        items,
        title,
        date,
        preamble,
        companions,
        cap: kep.and_then(|kep| kep.cap),
        owes_no_review,
    };
    causes::find(&mut review);
    review.leftovers.extend(guidance.done(&review));
    review.leftovers.sort_unstable_by_key(|leftover| leftover.span);
    review
}

/// A metadata field that is a list item ends with it: the next item may be a field of the author's own.
fn fields_end_with_their_item(
    document: &Document,
    template: &Template,
    alignment: &Alignment,
    regions: &mut [Region],
) {
    for region in regions.iter_mut().filter(|region| template.item(region.item).kind == ItemKind::Field) {
        let prompt = alignment.prompts[region.item.0 as usize][region.prompt];
        let list_item =
            document.ancestors(prompt.block).find(|&id| document.block(id).kind == BlockKind::Item);
        let Some(id) = list_item else { continue };
        let end = document.block(id).span.end;
        let followed =
            document.block(id).parent.is_some_and(|list| document.block(list).end > document.block(id).end);
        if followed || region.pieces.first().is_some_and(|first| first.span.start < end) {
            region.pieces.retain(|piece| piece.span.start < end);
        }
        if region.pieces.is_empty() {
            region.reading.state = State::Unanswered;
            region.reading.markers.clear();
        }
    }
}

/// One bound item an item of the template, with what lies below its own prompts.
fn items(
    document: &Document,
    template: &Template,
    revision: RevisionIndex,
    alignment: Alignment,
    regions: &[Region],
) -> Vec<BoundItem> {
    let counting = counting(document, &alignment, regions);
    let mut items: Vec<BoundItem> = template
        .indices()
        .zip(alignment.prompts)
        .map(|(index, prompts)| BoundItem {
            state: if prompts.is_empty() { State::Missing } else { State::CommentedOut },
            prompts,
            answer: Vec::new(),
            answered_by: None,
            means_no: false,
            cause: Cause::Own,
            required: Requirement::Optional,
            status: status(template, index, revision),
            markers: Vec::new(),
        })
        .collect();
    for (item, region) in items.iter_mut().zip(counting) {
        let Some(region) = region else { continue };
        item.prompts[..=region.prompt].rotate_right(1);
        let hidden = item.prompts.first().is_some_and(|prompt| document.block(prompt.block).commented);
        item.state = if hidden { State::CommentedOut } else { region.reading.state };
        item.markers.clone_from(&region.reading.markers);
        item.answer = merge(region);
    }
    items
}

/// For each item the region that counts: that of its first prompt, unless nothing stands there and something below
/// another one.
fn counting<'a>(
    document: &Document,
    alignment: &Alignment,
    regions: &'a [Region],
) -> Vec<Option<&'a Region>> {
    let mut counting: Vec<Option<&Region>> = vec![None; alignment.prompts.len()];
    for region in regions.iter().filter(|region| region.prompt == 0) {
        counting[region.item.0 as usize].get_or_insert(region);
    }
    for region in regions.iter().filter(|region| region.prompt > 0 && region.reading.state.is_good()) {
        let counts = &mut counting[region.item.0 as usize];
        let open = counts.is_none_or(|first| first.reading.state == State::Unanswered);
        let prompt = alignment.prompts[region.item.0 as usize][region.prompt];
        if open && !document.block(prompt.block).commented {
            *counts = Some(region);
        }
    }
    counting
}

/// The spans of a region's pieces; without content there is no answer.
fn merge(region: &Region) -> Vec<Span> {
    let headings_only = region.pieces.iter().all(|piece| piece.kind == super::state::PieceKind::Heading);
    if headings_only { Vec::new() } else { region.pieces.iter().map(|piece| piece.span).collect() }
}

fn status(template: &Template, index: ItemIndex, revision: RevisionIndex) -> RevisionStatus {
    let item = template.item(index);
    if item.is_in(revision) {
        RevisionStatus::Current
    } else if item.since > revision {
        RevisionStatus::AddedLater
    } else {
        RevisionStatus::Retired
    }
}

/// How much an item is asked for at a level, settings included; the innermost setting counts.
fn required(
    template: &Template,
    settings: &Settings,
    index: ItemIndex,
    level: Option<LevelIndex>,
) -> Requirement {
    let Some(level) = level else { return Requirement::Optional };
    let mut around = std::iter::successors(Some(index), |&at| template.item(at).parent);
    let set = around.find_map(|at| settings.required.get(&template.item(at).id));
    if let Some(from) = set.and_then(|name| template.level(name)) {
        return if level >= from { Requirement::Required } else { Requirement::Optional };
    }
    template.item(index).required.get(level.0 as usize).copied().unwrap_or(Requirement::Optional)
}

/// What was built before production readiness reviews began, or by another project, is asked for none, unless there is
/// one; gives whether there is none. A section alone ("Scalability") is none. What later templates ask stays to be told.
fn ask_no_review(template: &Template, items: &mut [BoundItem]) -> bool {
    let Some(review) = template.find(kep_level::QUESTIONNAIRE) else { return false };
    let asks = |index: ItemIndex| {
        let kind = template.item(index).kind;
        index == review || matches!(kind, ItemKind::Question | ItemKind::Group)
    };
    let range = review.0..template.item(review).end.0;
    let is_absent = range
        .clone()
        .map(ItemIndex)
        .filter(|&index| asks(index))
        .all(|index| items[usize::from(index.0)].prompts.is_empty());
    if is_absent {
        let questionnaire = &mut items[usize::from(range.start)..usize::from(range.end)];
        let current = questionnaire.iter_mut().filter(|item| item.status == RevisionStatus::Current);
        current.for_each(|item| item.required = Requirement::Optional);
    }
    is_absent
}

/// Where to point when an item is not there; see [`Review::anchor`].
pub(super) fn anchor(review: &Review, index: ItemIndex) -> Span {
    let heading = |section: ItemIndex| {
        let prompt = review.bound(section).prompt()?;
        // a heading behind a comment is no block of its own
        let lost = review.document.block(prompt.block).kind == BlockKind::Html;
        Some(if lost { prompt.span } else { review.document.content(prompt.block) })
    };
    let own = std::iter::successors(review.template.section_of(index), |&at| review.item(at).parent);
    if let Some(span) = own.into_iter().find_map(heading) {
        return span;
    }
    let before = (0..index.0).rev().map(ItemIndex).filter(|&at| review.item(at).kind == ItemKind::Section);
    if let Some(span) = before.into_iter().find_map(heading) {
        return span;
    }
    if let Some(title) = review.title {
        return title.span;
    }
    let text = review.source().text();
    let bom = review.source().bom_length();
    let line = text[bom as usize..].lines().find(|line| !line.trim().is_empty());
    let start = line.map_or(bom, |line| (line.as_ptr() as usize - text.as_ptr() as usize) as u32);
    // a title that names no kind of document is a title all the same
    let first = review.document.sections().first().map(|section| section.heading);
    if let Some(heading) = first.filter(|heading| review.document.block(*heading).span.start == start) {
        let content = review.document.content(heading);
        if !content.is_empty() {
            return content;
        }
    }
    Span::new(start, start + line.map_or(0, |line| line.trim_end().len() as u32))
}
