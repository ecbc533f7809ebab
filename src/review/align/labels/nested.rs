//! The questions below a lead-in in words of the author's own, where the lead-in is in such words too: labels in
//! what would be its answer.

use std::collections::BTreeMap;

use super::collect::Labelled;
use super::{BETTER, ENOUGH, SURE, bind};
use crate::review::Match;
use crate::review::align::Aligner;
use crate::review::candidates::{Style, label};
use crate::source::Span;
use crate::template::{ItemIndex, ItemKind};

/// Looks below every lead-in of a section that was found as a label, while none of its questions was.
pub(super) fn find(aligner: &mut Aligner, section: ItemIndex, labels: &[Labelled]) {
    let items: Vec<ItemIndex> = aligner.items_of(section).collect();
    for lead_in in items {
        let open = questions(aligner, lead_in);
        let Some(region) = region(aligner, lead_in).filter(|_| !open.is_empty()) else { continue };
        let inside = |label: &&Labelled| {
            region.contains(aligner.candidates[label.at].line)
                && !label.label.bare
                && !aligner.taken[label.at]
        };
        let inside: Vec<&Labelled> = labels.iter().filter(inside).collect();
        if inside.is_empty() {
            continue;
        }
        let styles = written(aligner, region);
        let named = |(style, written)| named(lead_in, &open, &inside, style, written);
        let named = styles.into_iter().filter_map(named);
        let Some(pairs) = named.max_by_key(Vec::len) else { continue };
        for (score, label, item) in pairs {
            bind(aligner, label, item, score);
        }
    }
}

/// The questions of a lead-in that are looked for; none where one of them stands somewhere already: then the others
/// would be written as that one is.
fn questions(aligner: &Aligner, lead_in: ItemIndex) -> Vec<ItemIndex> {
    let template = &aligner.catalogue.template;
    let all = template.children(lead_in).filter(|&item| template.item(item).kind == ItemKind::Question);
    let (open, asked): (Vec<_>, Vec<_>) = all.partition(|&item| aligner.is_open(item));
    let wanted = open.into_iter().filter(|item| aligner.wanted[item.0 as usize]);
    if asked.is_empty() { wanted.collect() } else { Vec::new() }
}

/// From a lead-in that was found as a label to what is asked next, its own questions aside.
fn region(aligner: &Aligner, lead_in: ItemIndex) -> Option<Span> {
    let prompts = aligner.prompts(lead_in).iter();
    let start =
        prompts.filter(|prompt| prompt.matched == Match::Paraphrased).map(|prompt| prompt.span.end).min()?;
    let own = lead_in.0..aligner.catalogue.template.item(lead_in).end.0;
    let others = aligner.result.prompts.iter().enumerate().filter(|(item, _)| !own.contains(&(*item as u16)));
    let prompts = others.flat_map(|(_, prompts)| prompts).map(|prompt| prompt.span.start);
    let contexts = aligner.result.contexts.iter().map(|context| context.start);
    let end = prompts.chain(contexts).filter(|&next| next >= start).min();
    Some(Span::new(start, end.unwrap_or(aligner.document.source().length())))
}

/// How many labels a region holds in each style.
fn written(aligner: &Aligner, region: Span) -> BTreeMap<Style, usize> {
    let from = aligner.candidates.partition_point(|line| line.line.start < region.start);
    let lines = aligner.candidates[from..].iter().zip(&aligner.taken[from..]);
    let mut counts = BTreeMap::new();
    for (line, taken) in lines.take_while(|(line, _)| line.line.start < region.end) {
        let open = line.first && !line.commented && !taken;
        if open && label(aligner.document, aligner.catalogue, line).is_some_and(|label| !label.bare) {
            *counts.entry(line.style).or_default() += 1;
        }
    }
    counts
}

/// The labels of one style, of which so many are `written`, with the questions that they name, each used once; `None`
/// where a label in this style names none while a question is left: then they are points of one answer.
fn named<'a>(
    lead_in: ItemIndex,
    open: &[ItemIndex],
    labels: &[&'a Labelled],
    style: Style,
    written: usize,
) -> Option<Vec<(f32, &'a Labelled, ItemIndex)>> {
    let mut pairs = Vec::new();
    for &label in labels.iter().filter(|label| label.style == style) {
        let others = label.scores.iter().filter(|(_, item)| *item != lead_in);
        let best = others.map(|(score, _)| *score).fold(ENOUGH, f32::max);
        let names = label.scores.iter().filter(|(score, item)| score + BETTER >= best && open.contains(item));
        pairs.extend(names.filter(|(score, _)| *score >= ENOUGH).map(|&(score, item)| (score, label, item)));
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.at.cmp(&b.1.at)).then(a.2.cmp(&b.2)));
    let mut taken: Vec<(f32, &Labelled, ItemIndex)> = Vec::new();
    for pair in pairs {
        if taken.iter().all(|(_, label, item)| label.at != pair.1.at && *item != pair.2) {
            taken.push(pair);
        }
    }
    let all = taken.len() == open.len() || written == taken.len();
    (all && taken.iter().any(|(score, ..)| *score >= SURE)).then_some(taken)
}
