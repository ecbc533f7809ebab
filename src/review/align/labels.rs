//! Short labels and questions in words of the author's own, such as `**Target personas:**`.
//!
//! A label is compared, by stems, with the aliases, keywords and wordings of the items of the section it
//! stands in. It is taken only where it is written like the section's other prompts; how much it must
//! agree depends on how many of the section's questions stand there in the template's own words: who
//! kept these did not rename one in the middle, so what looks like a label there is part of an answer.

mod agreement;
mod collect;
mod nested;
mod order;
mod second;
mod styles;
#[cfg(test)]
mod tests;

pub(super) use agreement::LabelStems;

use std::collections::{HashMap, HashSet};

use super::{Aligner, joined};
use crate::review::Match;
use crate::review::candidates::Container;
use crate::source::Span;
use crate::template::{ItemIndex, ItemKind};

use collect::{Labelled, collect};
use order::{Pair, fits, in_order};
use styles::{Styles, Sure, prompt_styles, sibling_styles, sure_labels};

/// Agreement at which a label counts in a section whose questions are mostly reworded.
const ENOUGH: f32 = 0.5;
/// Agreement of a heading or bold line in a section whose questions mostly stand in the template's words.
pub(super) const SURE: f32 = 0.8;
/// Agreement of anything else there: as good as an alias.
const CERTAIN: f32 = 0.95;
/// Agreement of a label that has all the words of an alias and no others.
const WHOLE: f32 = 0.999;
/// What being written in the section's most common style adds to a pair's rank.
const STYLE: f32 = 0.2;

/// How much better another item must agree to take a label away.
const BETTER: f32 = 0.15;

/// Above this many labels in one section the pass is skipped there: nobody writes that many questions.
const TOO_MANY: usize = 4096;

/// How much two agreements may differ and still be taken for the same.
const TIE: f32 = 0.02;

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
        if labels.len() > TOO_MANY {
            continue;
        }
        assign(aligner, section, &labels, &sure);
        nested::find(aligner, section, &labels);
    }
}

fn assign(aligner: &mut Aligner, section: ItemIndex, labels: &[Labelled], sure: &Sure) {
    let items: Vec<ItemIndex> = aligner.items_of(section).collect();
    let only_one = items.len() == 1;
    let kept = aligner.is_kept(section);
    let [outer, nested] = [false, true].map(|nested| prompt_styles(aligner, section, sure, nested));
    let most = |styles: &Styles| styles.values().copied().max().unwrap_or(0).max(1) as f32;
    let mut pairs: Vec<Pair> = Vec::new();
    for (number, label) in labels.iter().enumerate() {
        let plain = label.style.lead.is_none() && !label.style.is_heading();
        if only_one && plain {
            // the section's heading asks its only question; a line of text below it is part of the answer
            continue;
        }
        let scores = &label.scores;
        let best = scores.iter().map(|(score, _)| *score).fold(0.0, f32::max);
        // what surely names one item is not for another that it resembles
        let slack = if best >= SURE { TIE } else { BETTER };
        let each = joined::names_each(aligner.catalogue, &label.parts, &items);
        let joins = best < CERTAIN || each;
        for &(score, item) in scores {
            // a label that names another item better, one that is asked already included, is not for this one
            let part =
                joins && label.parts.iter().any(|part| joined::names(aligner.catalogue, part, item, &items));
            let open = aligner.wanted[item.0 as usize] && aligner.is_open(item);
            if !open || !(score + slack >= best || part) {
                continue;
            }
            let taken = scores.iter().any(|(other, of)| *other > score && !aligner.is_open(*of));
            let styles = if aligner.catalogue.template.is_nested(item) { &nested } else { &outer };
            let bar = bar(aligner, label, item, kept, styles);
            let bar = if label.label.bare { bar.max(SURE) } else { bar };
            // who kept the template's questions kept their order
            let fits = || !kept || fits(aligner, &items, label, item, false);
            if (score >= bar && !taken && (part || fits())) || (part && bar <= SURE) {
                let share = styles.get(&label.style).copied().unwrap_or(0) as f32 / most(styles);
                let score = if part { score.max(SURE) } else { score };
                pairs.push(Pair { score, rank: score + STYLE * share, number, item, part, each });
            }
        }
    }
    let mut used: HashSet<usize> = HashSet::new();
    for at in in_order(&pairs) {
        take(aligner, labels, &pairs[at], &mut used);
    }
    // what order forbade, if it is sure and stands beside a neighbour; and second items of merged labels
    pairs.sort_by(|a, b| b.rank.total_cmp(&a.rank).then(a.item.cmp(&b.item)).then(a.number.cmp(&b.number)));
    let mut at = 0;
    while at < pairs.len() {
        let pair = &pairs[at];
        at += 1;
        let named = !kept && pair.score >= WHOLE;
        let wanted = aligner.is_open(pair.item)
            && if used.contains(&pair.number) {
                pair.part && pair.each
            } else {
                let fits = || fits(aligner, &items, &labels[pair.number], pair.item, named);
                pair.part || (pair.score >= SURE && fits())
            };
        if wanted {
            take(aligner, labels, pair, &mut used);
            // a neighbour of this one may fit now
            at = 0;
        }
    }
    if !kept {
        second::find(aligner, &items, labels);
    }
}

fn take(aligner: &mut Aligner, labels: &[Labelled], pair: &Pair, used: &mut HashSet<usize>) {
    used.insert(pair.number);
    bind(aligner, &labels[pair.number], pair.item, pair.score);
}

fn bind(aligner: &mut Aligner, label: &Labelled, item: ItemIndex, score: f32) {
    let start = aligner.candidates[label.at].line.start;
    let end = signs_end(aligner, label);
    aligner.bind(label.at, item, Span::new(start, end), Match::Paraphrased, score < SURE);
}

/// How much a label must agree with an item to be taken for it.
fn bar(aligner: &Aligner, label: &Labelled, item: ItemIndex, kept: bool, styles: &Styles) -> f32 {
    let template = &aligner.catalogue.template;
    if label.beside {
        return if template.is_nested(item) { f32::INFINITY } else { SURE };
    }
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
            // a point of a list is none for its words alone
            _ if label.label.bare => f32::INFINITY,
            _ => SURE,
        };
    }
    let other_group = label.group.is_some_and(|group| template.item(group).kind == ItemKind::Group);
    let asked = |group: ItemIndex| !aligner.is_open(group);
    if own_group.is_some_and(asked) || (other_group && own_group.is_some()) {
        // the lead-in stands elsewhere, so this is part of another answer, unless it is a heading with the question's
        // very name
        let heading = label.style.is_heading();
        return if heading && !kept { WHOLE } else { f32::INFINITY };
    }
    if !in_style {
        return f32::INFINITY;
    }
    match (kept, label.style.container) {
        (false, _) => ENOUGH,
        (true, Container::Heading(_)) => SURE,
        (true, _) if label.label.whole && label.style.lead.is_some() => SURE,
        // who kept the template's questions writes "Storage: a bucket" in an answer
        (true, _) if !label.label.whole && label.style.lead.is_none() => f32::INFINITY,
        (true, _) => CERTAIN,
    }
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
