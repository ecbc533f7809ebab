//! Short labels and questions in words of the author's own, such as `**Target personas:**`.
//!
//! A label is compared, by stems, with the aliases, keywords and wordings of the items of the section it
//! stands in. It is taken only where it is written like the section's other prompts; how much it must
//! agree depends on how many of the section's questions stand there in the template's own words: who
//! kept these did not rename one in the middle, so what looks like a label there is part of an answer.

use std::collections::HashMap;

use super::{Aligner, joined};
use crate::review::Match;
use crate::review::candidates::{Container, Label, Style, label};
use crate::review::catalogue::Catalogue;
use crate::review::stem::stems;
use crate::source::Span;
use crate::template::{ItemIndex, ItemKind};

/// Agreement at which a label counts in a section whose questions are mostly reworded.
const ENOUGH: f32 = 0.5;
/// Agreement of a heading or bold line in a section whose questions mostly stand in the template's words.
pub(super) const SURE: f32 = 0.8;
/// Agreement of anything else there: as good as an alias.
const CERTAIN: f32 = 0.95;
/// The weight of shared stems that makes a match without an alias as good as it can be.
const SATURATED: f32 = 5.0;

/// What being written in the section's most common style adds to a pair's rank.
const STYLE: f32 = 0.2;

/// How much better another item must agree to take a label away.
const BETTER: f32 = 0.15;

/// How much two agreements may differ and still be taken for the same.
const TIE: f32 = 0.02;

/// One label with its stems and the section it stands in.
struct Labelled {
    at: usize,
    label: Label,
    stems: Vec<u64>,
    /// Stems of its parts, where it joins several things.
    parts: Vec<Vec<u64>>,
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
        let mut stems = stems(text);
        stems.retain(|stem| !aligner.project.contains(stem));
        let parts = joined::parts(text);
        if stems.is_empty() || stems.len() > 24 {
            continue;
        }
        let group = groups
            .iter()
            .rev()
            .find(|(start, _)| *start < candidate.line.start)
            .filter(|(_, item)| aligner.catalogue.template.section_of(*item) == Some(section))
            .map(|(_, item)| *item);
        out.push(Labelled { at, label, stems, parts, style: candidate.style, section, group });
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
    let only_one = items.len() == 1;
    let bound = items.iter().filter(|item| !aligner.is_open(**item)).count();
    let kept = bound * 2 >= items.len();
    let styles = prompt_styles(aligner, section, sure);
    let most = styles.values().copied().max().unwrap_or(0).max(1) as f32;
    let mut pairs: Vec<Pair> = Vec::new();
    for (number, label) in labels.iter().enumerate() {
        let plain = label.style.lead.is_none() && !matches!(label.style.container, Container::Heading(_));
        if only_one && plain {
            // the section's heading asks its only question; a line of text below it is part of the answer
            continue;
        }
        let scores: Vec<(f32, ItemIndex)> =
            items.iter().map(|&item| (agreement(aligner.catalogue, &label.stems, item), item)).collect();
        let best = scores.iter().map(|(score, _)| *score).fold(0.0, f32::max);
        // what surely names one item is not for another that it resembles
        let slack = if best >= SURE { TIE } else { BETTER };
        let joins = best < CERTAIN || joined::names_each(aligner.catalogue, &label.parts, &items);
        for &(score, item) in &scores {
            // a label that names another item better, one that is asked already included, is not for this one
            let part =
                joins && label.parts.iter().any(|part| joined::names(aligner.catalogue, part, item, &items));
            if !aligner.is_open(item) || !(score + slack >= best || part) {
                continue;
            }
            let taken = scores.iter().any(|(other, of)| *other > score && !aligner.is_open(*of));
            let bar = bar(aligner, label, item, kept, &styles);
            if (score >= bar && !taken) || (part && bar <= SURE) {
                let share = styles.get(&label.style).copied().unwrap_or(0) as f32 / most;
                let score = if part { score.max(SURE) } else { score };
                pairs.push(Pair { score, rank: score + STYLE * share, number, item, part });
            }
        }
    }
    let mut used: Vec<(usize, ItemIndex)> = Vec::new();
    for at in in_order(&pairs) {
        take(aligner, labels, &pairs[at], &mut used);
    }
    // what order forbade, if it is sure; and second items of merged labels
    pairs.sort_by(|a, b| b.rank.total_cmp(&a.rank).then(a.item.cmp(&b.item)).then(a.number.cmp(&b.number)));
    for pair in &pairs {
        let again = used.iter().any(|(number, _)| *number == pair.number);
        if aligner.is_open(pair.item) && (pair.part || (pair.score >= SURE && !again)) {
            take(aligner, labels, pair, &mut used);
        }
    }
}

fn take(aligner: &mut Aligner, labels: &[Labelled], pair: &Pair, used: &mut Vec<(usize, ItemIndex)>) {
    used.push((pair.number, pair.item));
    let label = &labels[pair.number];
    let start = aligner.candidates[label.at].line.start;
    let end = signs_end(aligner, label);
    aligner.bind(label.at, pair.item, Span::new(start, end), Match::Paraphrased, pair.score < SURE);
}

/// A label and an item that agree enough.
struct Pair {
    score: f32,
    /// The score with what the label's style adds.
    rank: f32,
    number: usize,
    item: ItemIndex,
    /// A part of the label ("Resource" of "Resource and storage requirements") names the item.
    part: bool,
}

/// The pairs of the heaviest matching that keeps labels and items in order, each used once.
///
/// Dynamic programming over labels and items: a pair may follow what ends before its label and its item.
/// Cost: labels times items of one section.
fn in_order(pairs: &[Pair]) -> Vec<usize> {
    let mut numbers: Vec<usize> = pairs.iter().map(|pair| pair.number).collect();
    numbers.dedup();
    let mut items: Vec<ItemIndex> = pairs.iter().map(|pair| pair.item).collect();
    items.sort_unstable();
    items.dedup();
    // best[j]: weight and last pair of the best chain over the items before j
    let mut best: Vec<(f32, Option<usize>)> = vec![(0.0, None); items.len() + 1];
    let mut before: Vec<Option<usize>> = vec![None; pairs.len()];
    for number in numbers {
        let mut next = best.clone();
        for (at, pair) in pairs.iter().enumerate().filter(|(_, pair)| pair.number == number) {
            let column = items.partition_point(|item| *item < pair.item);
            let (weight, last) = best[column];
            before[at] = last;
            if weight + pair.rank > next[column + 1].0 {
                next[column + 1] = (weight + pair.rank, Some(at));
            }
        }
        for column in 1..next.len() {
            if next[column - 1].0 > next[column].0 {
                next[column] = next[column - 1];
            }
        }
        best = next;
    }
    let mut chain = Vec::new();
    let mut last = best.last().and_then(|(_, last)| *last);
    while let Some(at) = last {
        chain.push(at);
        last = before[at];
    }
    chain.reverse();
    chain
}

/// How much a label must agree with an item to be taken for it.
fn bar(aligner: &Aligner, label: &Labelled, item: ItemIndex, kept: bool, styles: &Styles) -> f32 {
    let template = &aligner.catalogue.template;
    let in_style = styles.contains_key(&label.style);
    let own_group =
        template.item(item).parent.filter(|parent| template.item(*parent).kind == ItemKind::Group);
    if own_group.is_some() && own_group == label.group {
        // directly below the lead-in whose child it is, any style will do, unless another child stands there in
        // the template's words: then the label is one of a question or a point of that child's answer
        return match sibling_styles(aligner, item) {
            styles if styles.contains(&label.style) => ENOUGH,
            styles if !styles.is_empty() => f32::INFINITY,
            _ if in_style => ENOUGH,
            _ => SURE,
        };
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

/// How the other questions of a lead-in are written, those that were found by their words.
fn sibling_styles(aligner: &Aligner, item: ItemIndex) -> Vec<Style> {
    let template = &aligner.catalogue.template;
    let siblings = template.item(item).parent.into_iter().flat_map(|group| template.children(group));
    let prompts = siblings
        .filter(|&other| other != item)
        .flat_map(|other| &aligner.result.prompts[other.0 as usize])
        .filter(|prompt| prompt.matched >= Match::Edited && !prompt.uncertain);
    prompts
        .filter_map(|prompt| {
            let at = aligner.candidates.partition_point(|candidate| candidate.line.start < prompt.span.start);
            let candidate = aligner.candidates.get(at)?;
            (!candidate.commented && candidate.line.start == prompt.span.start).then_some(candidate.style)
        })
        .collect()
}

/// Styles and how many prompts have them.
type Styles = HashMap<Style, usize>;

/// The styles in which a section's prompts are written: those of the prompts found so far, and of the
/// labels that surely name an item of their section, each item counted once a style; the rare ones left out.
fn prompt_styles(aligner: &Aligner, section: ItemIndex, all: &HashMap<(Style, ItemIndex), usize>) -> Styles {
    let mut everywhere = Styles::new();
    let found = aligner.styles.iter().map(|(style, _)| (*style, 1));
    for (style, number) in found.chain(all.iter().map(|((style, _), number)| (*style, *number))) {
        *everywhere.entry(style).or_default() += number;
    }
    let count = |here: bool| {
        let mut counts = Styles::new();
        for (style, own) in &aligner.styles {
            if here == (*own == Some(section)) {
                *counts.entry(*style).or_default() += 1;
            }
        }
        for ((style, of), number) in all {
            if here == (*of == section) {
                *counts.entry(*style).or_default() += number;
            }
        }
        let most = counts.values().copied().max().unwrap_or(0);
        counts.retain(|_, count| *count * 3 >= most * 2);
        if here {
            // a style that hardly any question of the whole document has is that of points in an answer
            let best = counts.keys().map(|style| everywhere[style]).max().unwrap_or(0);
            counts.retain(|style, _| everywhere[style] * 2 >= best);
        }
        counts
    };
    let (mut own, others) = (count(true), count(false));
    let headings = others.into_iter().filter(|(style, _)| matches!(style.container, Container::Heading(_)));
    if own.is_empty() {
        return count(false);
    }
    // headings are prompts wherever a document writes prompts as headings
    for (style, _) in headings {
        own.entry(style).or_insert(1);
    }
    own
}

/// How many items of each section each style's labels surely name.
fn sure_labels(aligner: &Aligner, labels: &[Labelled]) -> HashMap<(Style, ItemIndex), usize> {
    let mut named: Vec<(Style, ItemIndex, ItemIndex)> = Vec::new();
    for label in labels {
        for item in items_of(aligner.catalogue, label.section) {
            if aligner.is_open(item) && agreement(aligner.catalogue, &label.stems, item) >= SURE {
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

/// How well a label agrees with an item, 0 to 1.
pub(super) fn agreement(catalogue: &Catalogue, label: &[u64], item: ItemIndex) -> f32 {
    let vocabulary = &catalogue.vocabulary[item.0 as usize];
    let own = catalogue.total(label);
    let mut best = 0.0f32;
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
        best = best.max(score.min(1.0));
    }
    let mut words = vocabulary.wording.clone();
    words.extend(&vocabulary.keywords);
    words.extend(vocabulary.aliases.iter().flatten());
    let both = shared(&words);
    let least = own.min(catalogue.total(&vocabulary.wording).max(0.1));
    let overlap = (both / least).min(1.0) * (both / SATURATED).min(1.0);
    best.max(0.85 * overlap)
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
