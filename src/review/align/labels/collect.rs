//! The labels of a document, each with how well it agrees with the items of its section.

use std::collections::HashMap;

use super::super::Aligner;
use super::super::joined::{self, Part};
use super::SURE;
use super::agreement::LabelStems;
use crate::review::candidates::{Label, Style, label};
use crate::review::stem::stems;
use crate::template::{ItemIndex, ItemKind};

/// One label with its stems and the section it stands in.
pub(super) struct Labelled {
    pub(super) at: usize,
    pub(super) label: Label,
    /// Its parts, where it joins several things.
    pub(super) parts: Vec<Part>,
    /// How well it agrees with each item of its section that it agrees with at all.
    pub(super) scores: Vec<(f32, ItemIndex)>,
    pub(super) style: Style,
    pub(super) section: ItemIndex,
    /// The group in whose region it stands.
    pub(super) group: Option<ItemIndex>,
    /// A heading as high as its section's: it ends the section, unless it is one of its questions.
    pub(super) beside: bool,
}

/// Labels outside comments that no earlier pass took, in bound sections.
pub(super) fn collect(aligner: &Aligner) -> Vec<Labelled> {
    let mut out = Vec::new();
    let mut items = HashMap::new();
    let groups = group_places(aligner);
    let written = aligner.styles.iter().map(|written| (written.style, written.section));
    let mut written: Vec<(Style, Option<ItemIndex>)> = written.collect();
    written.sort_unstable();
    written.dedup();
    let sections = aligner.catalogue.template.indices();
    let sections: Vec<(bool, bool)> =
        sections.map(|index| (aligner.wants(index), aligner.is_kept(index))).collect();
    let mut bare = Vec::new();
    for (at, candidate) in aligner.candidates.iter().enumerate() {
        if aligner.taken[at] || candidate.commented || !candidate.first {
            continue;
        }
        let context = aligner.context(candidate.line.start);
        // a section of sections asks questions of its own as well
        let heading = candidate.style.is_heading();
        let beside = context.left && heading && candidate.line.start == context.start;
        let section =
            if context.left { context.section.filter(|_| beside) } else { context.section.or(context.top) };
        let Some(section) = section else { continue };
        let (wants, kept) = sections[section.0 as usize];
        if !wants || beside && kept {
            continue;
        }
        let group = group_at(aligner, &groups, candidate.line.start, section).filter(|_| !beside);
        let is_written = || written.binary_search(&(candidate.style, Some(section))).is_ok();
        if kept && !heading && group.is_none() && !is_written() {
            continue;
        }
        let Some(label) = label(aligner.document, aligner.catalogue, candidate) else { continue };
        if !label.bare {
            let found = labelled(aligner, (at, label, section, group), &mut items);
            out.extend(found.map(|found| Labelled { beside, ..found }));
        } else if !kept {
            bare.push((at, label, section, group));
        }
    }
    // short lines with nothing below are asked where others like them are, with something below
    let sure = |label: &&Labelled| label.scores.iter().any(|(score, _)| *score >= SURE);
    let mut styles = written;
    styles.extend(
        out.iter().filter(|label| !label.beside).filter(sure).map(|label| (label.style, Some(label.section))),
    );
    bare.retain(|(at, _, section, _)| styles.contains(&(aligner.candidates[*at].style, Some(*section))));
    out.extend(bare.into_iter().filter_map(|place| labelled(aligner, place, &mut items)));
    // who slipped into the level of the sections did it more than once
    let slipped = out.iter().filter(|label| label.beside).filter(sure).count();
    out.retain(|label| !label.beside || slipped > 1);
    out.sort_by_key(|label| label.at);
    out
}

/// A label with what it agrees with; nothing for one that agrees with no item of its section.
fn labelled(
    aligner: &Aligner,
    (at, label, section, group): (usize, Label, ItemIndex, Option<ItemIndex>),
    items: &mut HashMap<ItemIndex, Vec<ItemIndex>>,
) -> Option<Labelled> {
    let text = aligner.document.text(label.span);
    if crate::review::state::opens_with_marker(text) {
        return None;
    }
    let mut stems = stems(text);
    stems.retain(|stem| !aligner.project.contains(stem));
    if stems.is_empty() || stems.len() > 24 {
        return None;
    }
    let scores = scores(aligner, &stems, section, items);
    let style = aligner.candidates[at].style;
    let parts = if label.bare { Vec::new() } else { joined::parts(text) };
    (!scores.is_empty()).then_some(Labelled {
        at,
        label,
        parts,
        scores,
        style,
        section,
        group,
        beside: false,
    })
}

/// How well a label agrees with the items of a section, those left out that it shares no stem with.
/// `items` keeps the items of the sections that were asked for before.
fn scores(
    aligner: &Aligner,
    label: &[u64],
    section: ItemIndex,
    items: &mut HashMap<ItemIndex, Vec<ItemIndex>>,
) -> Vec<(f32, ItemIndex)> {
    let items = items.entry(section).or_insert_with(|| aligner.items_of(section).collect());
    LabelStems::new(aligner.catalogue, label).agreements(aligner.catalogue, items)
}

/// The group of a section in whose region an offset lies.
fn group_at(
    aligner: &Aligner,
    places: &[(u32, ItemIndex)],
    offset: u32,
    section: ItemIndex,
) -> Option<ItemIndex> {
    let before = places.partition_point(|(start, _)| *start < offset);
    let (_, item) = places[..before].last()?;
    let template = &aligner.catalogue.template;
    (template.section_of(*item) == Some(section) && template.item(*item).kind == ItemKind::Group)
        .then_some(*item)
}

/// Where prompts stand, each with the group it opens or, for other prompts of no group, itself.
fn group_places(aligner: &Aligner) -> Vec<(u32, ItemIndex)> {
    let template = &aligner.catalogue.template;
    let mut places = Vec::new();
    for index in template.indices() {
        for prompt in &aligner.result.prompts[index.0 as usize] {
            let parent =
                template.item(index).parent.filter(|parent| template.item(*parent).kind == ItemKind::Group);
            places.push((prompt.span.start, parent.unwrap_or(index)));
        }
    }
    places.sort_unstable();
    places
}
