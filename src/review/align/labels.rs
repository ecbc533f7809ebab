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
/// The weight of shared stems that makes a match without an alias as good as it can be.
const SATURATED: f32 = 5.0;

/// What being written in the section's most common style adds to a pair's rank.
const STYLE: f32 = 0.2;

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
    let sure = sure_labels(aligner, &labels);
    let mut by_section: HashMap<ItemIndex, Vec<Labelled>> = HashMap::new();
    for label in labels {
        by_section.entry(label.section).or_default().push(label);
    }
    let mut sections: Vec<ItemIndex> = by_section.keys().copied().collect();
    sections.sort_unstable();
    for section in sections {
        let labels = by_section.remove(&section).unwrap_or_default();
        assign(aligner, section, &labels, &sure);
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

fn assign(
    aligner: &mut Aligner,
    section: ItemIndex,
    labels: &[Labelled],
    sure: &HashMap<(Style, ItemIndex), usize>,
) {
    let items = items_of(aligner.catalogue, section);
    let bound = items.iter().filter(|item| !aligner.is_open(**item)).count();
    let kept = bound * 2 >= items.len();
    let styles = prompt_styles(aligner, section, sure);
    let most = styles.values().copied().max().unwrap_or(0).max(1) as f32;
    let mut pairs: Vec<Pair> = Vec::new();
    for (number, label) in labels.iter().enumerate() {
        let scores: Vec<(Agreement, ItemIndex)> =
            items.iter().map(|&item| (agreement(aligner.catalogue, &label.stems, item), item)).collect();
        let taken = scores.iter().filter(|(_, item)| !aligner.is_open(*item));
        let taken = taken.map(|(found, _)| found.score).fold(0.0, f32::max);
        for (found, item) in scores {
            // a label that names an item which is asked already is part of its answer
            if !aligner.is_open(item) || found.score < taken {
                continue;
            }
            if found.score >= bar(aligner, label, item, kept, &styles) {
                let share = styles.get(&label.style).copied().unwrap_or(0) as f32 / most;
                pairs.push(Pair { found, rank: found.score + STYLE * share, number, item });
            }
        }
    }
    // the best pair first; of equals the one that keeps the template's order
    pairs.sort_by(|a, b| b.rank.total_cmp(&a.rank).then(a.item.cmp(&b.item)).then(a.number.cmp(&b.number)));
    let mut used: HashMap<usize, u32> = HashMap::new();
    for Pair { found, number, item, .. } in pairs {
        if !aligner.is_open(item) {
            continue;
        }
        if let Some(explained) = used.get_mut(&number) {
            // a merged label names its second item by words that the first one leaves
            if found.alias & !*explained == 0 {
                continue;
            }
            *explained |= found.alias;
        } else {
            used.insert(number, found.alias);
        }
        let label = &labels[number];
        let start = aligner.candidates[label.at].line.start;
        let end = signs_end(aligner, label);
        aligner.bind(label.at, item, Span::new(start, end), Match::Paraphrased, found.score < SURE);
    }
}

/// A label and an item that agree enough.
struct Pair {
    found: Agreement,
    /// The score with what the label's style adds.
    rank: f32,
    number: usize,
    item: ItemIndex,
}

/// How much a label must agree with an item to be taken for it.
fn bar(aligner: &Aligner, label: &Labelled, item: ItemIndex, kept: bool, styles: &Styles) -> f32 {
    let template = &aligner.catalogue.template;
    let in_style = styles.contains_key(&label.style);
    let own_group =
        template.item(item).parent.filter(|parent| template.item(*parent).kind == ItemKind::Group);
    if own_group.is_some() && own_group == label.group {
        // directly below the lead-in whose child it is, any style will do
        return if in_style { ENOUGH } else { SURE };
    }
    let other_group = label.group.is_some_and(|group| template.item(group).kind == ItemKind::Group);
    let asked = |group: ItemIndex| !aligner.is_open(group);
    if own_group.is_some_and(asked) || (other_group && own_group.is_some()) {
        // the lead-in stands elsewhere, so this is part of another answer
        return f32::INFINITY;
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

/// Styles and how many prompts have them.
type Styles = HashMap<Style, usize>;

/// The styles in which a section's prompts are written: those of the prompts found so far, and of the
/// labels that surely name an item of their section, each item counted once a style; the rare ones left out.
fn prompt_styles(aligner: &Aligner, section: ItemIndex, all: &HashMap<(Style, ItemIndex), usize>) -> Styles {
    let mut counts = Styles::new();
    for (style, own) in &aligner.styles {
        if *own == Some(section) {
            *counts.entry(*style).or_default() += 4;
        } else if matches!(style.container, Container::Heading(_)) {
            *counts.entry(*style).or_default() += 1;
        }
    }
    for ((style, of), count) in all {
        *counts.entry(*style).or_default() += count * if *of == section { 4 } else { 1 };
    }
    let most = counts.values().copied().max().unwrap_or(0);
    counts.retain(|_, count| *count * 3 >= most);
    counts
}

/// How many items of each section each style's labels surely name.
fn sure_labels(aligner: &Aligner, labels: &[Labelled]) -> HashMap<(Style, ItemIndex), usize> {
    let mut named: Vec<(Style, ItemIndex, ItemIndex)> = Vec::new();
    for label in labels {
        for item in items_of(aligner.catalogue, label.section) {
            if aligner.is_open(item) && agreement(aligner.catalogue, &label.stems, item).score >= SURE {
                named.push((label.style, label.section, item));
            }
        }
    }
    named.sort_unstable();
    named.dedup();
    let mut counts = HashMap::new();
    for (style, section, _) in named {
        *counts.entry((style, section)).or_default() += 1;
    }
    counts
}

/// How well a label agrees with an item.
#[derive(Clone, Copy)]
struct Agreement {
    /// 0 to 1.
    score: f32,
    /// The stems of the alias that stands whole in the label, as a bit set over the label's stems.
    alias: u32,
}

fn agreement(catalogue: &Catalogue, label: &[u64], item: ItemIndex) -> Agreement {
    let vocabulary = &catalogue.vocabulary[item.0 as usize];
    let own = catalogue.total(label);
    let mut best = Agreement { score: 0.0, alias: 0 };
    if own == 0.0 {
        return best;
    }
    let shared = |other: &[u64]| -> f32 {
        label.iter().filter(|stem| other.contains(stem)).map(|&stem| catalogue.weight(stem)).sum()
    };
    for alias in &vocabulary.aliases {
        let both = shared(alias);
        if both == 0.0 {
            continue;
        }
        let total = catalogue.total(alias);
        let dice = 2.0 * both / (own + total);
        // an alias that stands whole in a longer label ("Sovereignty/compliance") still names its item
        let whole = both + 0.01 >= total;
        let score = if whole { dice.max(0.8 + 0.2 * both / own) } else { dice };
        if score > best.score {
            let bits = label.iter().enumerate().filter(|(_, stem)| alias.contains(stem));
            let alias = if whole { bits.fold(0, |set, (at, _)| set | 1u32 << (at % 32)) } else { 0 };
            best = Agreement { score: score.min(1.0), alias };
        }
    }
    let mut words = vocabulary.wording.clone();
    words.extend(&vocabulary.keywords);
    words.extend(vocabulary.aliases.iter().flatten());
    let both = shared(&words);
    let least = own.min(catalogue.total(&vocabulary.wording).max(0.1));
    let overlap = (both / least).min(1.0) * (both / SATURATED).min(1.0);
    best.score = best.score.max(0.85 * overlap);
    best
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
