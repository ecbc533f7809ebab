//! Short labels and questions in words of the author's own, such as `**Target personas:**`.
//!
//! A label is compared, by stems, with the aliases, keywords and wordings of the items of the section it
//! stands in. It is taken only where it is written like the section's other prompts; how much it must
//! agree depends on how many of the section's questions stand there in the template's own words: who
//! kept these did not rename one in the middle, so what looks like a label there is part of an answer.

use std::collections::HashMap;

use super::Aligner;
use crate::review::Match;
use crate::review::candidates::{Container, Label, Style, label};
use crate::review::catalogue::Catalogue;
use crate::review::stem::stems;
use crate::source::Span;
use crate::template::{ItemIndex, ItemKind};

/// Agreement at which a label counts in a section whose questions are mostly reworded.
const ENOUGH: f32 = 0.5;
/// Agreement of a heading or bold line in a section whose questions mostly stand in the template's words.
const SURE: f32 = 0.8;
/// Agreement of anything else there: as good as an alias.
const CERTAIN: f32 = 0.95;
/// Agreement at which another item is asked by the same, merged label.
const MERGED: f32 = 0.9;
/// How many stems of the average weight make a match as good as it can be.
const SATURATED: f32 = 2.6;

/// One label with its stems and the section it stands in.
struct Labelled {
    at: usize,
    label: Label,
    stems: Vec<u64>,
    style: Style,
    section: ItemIndex,
    /// The group in whose region it stands.
    group: Option<ItemIndex>,
}

pub(super) fn find(aligner: &mut Aligner) {
    let labels = collect(aligner);
    let mut by_section: HashMap<ItemIndex, Vec<Labelled>> = HashMap::new();
    for label in labels {
        by_section.entry(label.section).or_default().push(label);
    }
    let mut sections: Vec<ItemIndex> = by_section.keys().copied().collect();
    sections.sort_unstable();
    for section in sections {
        let labels = by_section.remove(&section).unwrap_or_default();
        assign(aligner, section, &labels);
    }
}

/// Labels outside comments that no earlier pass took, in bound sections.
fn collect(aligner: &Aligner) -> Vec<Labelled> {
    let mut out = Vec::new();
    let groups = group_places(aligner);
    for (at, candidate) in aligner.candidates.iter().enumerate() {
        if aligner.taken[at] || candidate.commented || !candidate.first {
            continue;
        }
        let context = aligner.context(candidate.line.start);
        let Some(section) = context.section.filter(|_| !context.left) else { continue };
        let Some(label) = label(aligner.document, candidate) else { continue };
        let text = aligner.document.text(label.span);
        if crate::review::state::opens_with_marker(text) {
            continue;
        }
        let stems = stems(text);
        if stems.is_empty() || stems.len() > 24 {
            continue;
        }
        let group = groups
            .iter()
            .rev()
            .find(|(start, _)| *start < candidate.line.start)
            .filter(|(_, item)| aligner.catalogue.template.section_of(*item) == Some(section))
            .map(|(_, item)| *item);
        out.push(Labelled { at, label, stems, style: candidate.style, section, group });
    }
    out
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

/// Items of a section that can be asked, nested ones included.
fn items_of(catalogue: &Catalogue, section: ItemIndex) -> Vec<ItemIndex> {
    let template = &catalogue.template;
    let end = template.item(section).end;
    (section.0 + 1..end.0)
        .map(ItemIndex)
        .filter(|&item| {
            matches!(template.item(item).kind, ItemKind::Question | ItemKind::Group)
                && template.section_of(item) == Some(section)
        })
        .collect()
}

fn assign(aligner: &mut Aligner, section: ItemIndex, labels: &[Labelled]) {
    let items = items_of(aligner.catalogue, section);
    let bound = items.iter().filter(|item| !aligner.is_open(**item)).count();
    let kept = bound * 2 >= items.len();
    let styles = prompt_styles(aligner, section, &items, labels);
    let mut pairs: Vec<(f32, usize, ItemIndex)> = Vec::new();
    for (number, label) in labels.iter().enumerate() {
        let scores: Vec<(f32, ItemIndex)> =
            items.iter().map(|&item| (agreement(aligner.catalogue, &label.stems, item), item)).collect();
        let best = scores.iter().map(|(score, _)| *score).fold(0.0, f32::max);
        let taken = scores
            .iter()
            .filter(|(_, item)| !aligner.is_open(*item))
            .map(|(score, _)| *score)
            .fold(0.0, f32::max);
        for (score, item) in scores {
            // a label that names an item which is asked already is part of its answer
            if !aligner.is_open(item) || score < taken || score + 0.25 < best {
                continue;
            }
            if score >= bar(aligner, label, item, kept, &styles) {
                pairs.push((score, number, item));
            }
        }
    }
    // the best pair first; of equals the one that keeps the template's order
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.2.cmp(&b.2)).then(a.1.cmp(&b.1)));
    let mut used: HashMap<usize, ItemIndex> = HashMap::new();
    for &(score, number, item) in &pairs {
        if !aligner.is_open(item) {
            continue;
        }
        if used.contains_key(&number) && score < MERGED {
            continue;
        }
        used.insert(number, item);
        let label = &labels[number];
        let start = aligner.candidates[label.at].line.start;
        let end = signs_end(aligner, label);
        aligner.bind(label.at, item, Span::new(start, end), Match::Paraphrased, score < SURE);
    }
}

/// How much a label must agree with an item to be taken for it.
fn bar(aligner: &Aligner, label: &Labelled, item: ItemIndex, kept: bool, styles: &[Style]) -> f32 {
    let template = &aligner.catalogue.template;
    let in_style = styles.contains(&label.style);
    let own_group =
        template.item(item).parent.filter(|parent| template.item(*parent).kind == ItemKind::Group);
    if own_group.is_some() && own_group == label.group {
        // directly below the lead-in whose child it is, any style will do
        return if in_style { ENOUGH } else { SURE };
    }
    if !in_style {
        return f32::INFINITY;
    }
    match (kept, label.style.container) {
        (false, _) => ENOUGH,
        (true, Container::Heading(_)) => SURE,
        (true, _) if label.label.whole && label.style.lead.is_some() => SURE,
        (true, _) => CERTAIN,
    }
}

/// The styles in which a section's prompts are written: those of the prompts found so far, in this section
/// and, where they are few, in the whole document; and the style of most labels that surely name an item.
fn prompt_styles(
    aligner: &Aligner,
    section: ItemIndex,
    items: &[ItemIndex],
    labels: &[Labelled],
) -> Vec<Style> {
    let mut counts: HashMap<Style, usize> = HashMap::new();
    for (style, own) in &aligner.styles {
        if *own == Some(section) {
            *counts.entry(*style).or_default() += 2;
        } else if matches!(style.container, Container::Heading(_)) {
            *counts.entry(*style).or_default() += 1;
        }
    }
    for label in labels {
        let sure = items
            .iter()
            .any(|&item| aligner.is_open(item) && agreement(aligner.catalogue, &label.stems, item) >= SURE);
        if sure {
            *counts.entry(label.style).or_default() += 1;
        }
    }
    let most = counts.values().copied().max().unwrap_or(0);
    counts.into_iter().filter(|(_, count)| *count * 3 >= most).map(|(style, _)| style).collect()
}

/// How well a label's stems agree with an item, 0 to 1.
fn agreement(catalogue: &Catalogue, label: &[u64], item: ItemIndex) -> f32 {
    let vocabulary = &catalogue.vocabulary[item.0 as usize];
    let own = catalogue.total(label);
    if own == 0.0 {
        return 0.0;
    }
    let shared = |other: &[u64]| -> f32 {
        label.iter().filter(|stem| other.contains(stem)).map(|&stem| catalogue.weight(stem)).sum()
    };
    let mut best = 0.0f32;
    for alias in &vocabulary.aliases {
        let both = shared(alias);
        if both == 0.0 {
            continue;
        }
        let total = catalogue.total(alias);
        let dice = 2.0 * both / (own + total);
        // an alias that stands whole in a longer label ("Sovereignty/compliance") still names its item
        let inside = if both + 0.01 >= total { 0.9 + 0.1 * both / own } else { 0.0 };
        best = best.max(dice).max(inside.min(1.0));
    }
    let mut words = vocabulary.wording.clone();
    words.extend(&vocabulary.keywords);
    words.extend(vocabulary.aliases.iter().flatten());
    let both = shared(&words);
    let least = own.min(catalogue.total(&vocabulary.wording).max(0.1));
    let overlap = (both / least).min(1.0) * (both / (SATURATED * 2.0)).min(1.0);
    best.max(0.92 * overlap)
}

/// The end of a label with its closing signs.
fn signs_end(aligner: &Aligner, label: &Labelled) -> u32 {
    let candidate = &aligner.candidates[label.at];
    if label.label.whole {
        let rest = aligner
            .document
            .text(Span::new(label.label.span.end, candidate.line.end.max(label.label.span.end)));
        return label.label.span.end + rest.trim_end().len() as u32;
    }
    let rest = aligner.document.text(Span::new(label.label.span.end, candidate.rest.end));
    let line = rest.split(['\n', '\r']).next().unwrap_or_default();
    let signs = line.len() - line.trim_start_matches([' ', ':', '.', '-', '–', '—', '\t']).len();
    label.label.span.end + line[..signs].trim_end().len() as u32
}
