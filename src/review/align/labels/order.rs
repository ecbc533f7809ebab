//! Labels and items in order: the heaviest monotone matching of a section.

use super::super::Aligner;
use super::collect::Labelled;
use crate::template::ItemIndex;

/// A label and an item that agree enough.
pub(super) struct Pair {
    pub(super) score: f32,
    /// The score with what the label's style adds.
    pub(super) rank: f32,
    pub(super) number: usize,
    pub(super) item: ItemIndex,
    /// A part of the label ("Resource" of "Resource and storage requirements") names the item.
    pub(super) part: bool,
    /// Every part of the label names an item of its own.
    pub(super) each: bool,
}

/// Whether an item would stand beside a neighbour at a label's place: behind the last asked one of those
/// before it or ahead of the first of those behind it. Sections are not always in the template's order, but
/// what stands between two strangers is a point of the first one's answer. Items that the document's revision
/// had elsewhere fit anywhere and are nobody's neighbours.
///
/// `named`: the label is a name of the item and no more. Then a heading fits anywhere, anything else also
/// where the item changed places with the one before it.
pub(super) fn fits(
    aligner: &Aligner,
    items: &[ItemIndex],
    label: &Labelled,
    item: ItemIndex,
    named: bool,
) -> bool {
    if !is_placed(aligner, item) || (named && label.style.is_heading()) {
        return true;
    }
    let Neighbours { before, after, below, above } = neighbours(aligner, items, label, item);
    before == below || after == above || (named && after.is_some() && after == below)
}

/// What is asked before a label at whose place an item would stand between its two neighbours; `None` where it would not,
/// or where it is the section's first or last question.
pub(super) fn between(
    aligner: &Aligner,
    items: &[ItemIndex],
    label: &Labelled,
    item: ItemIndex,
) -> Option<ItemIndex> {
    let Neighbours { before, after, below, above } = neighbours(aligner, items, label, item);
    let fits = after.is_some() && before == below && after == above && is_placed(aligner, item);
    before.filter(|_| fits)
}

/// Whether an item stands in the document's revision where it stands in the newest.
fn is_placed(aligner: &Aligner, item: ItemIndex) -> bool {
    let item = aligner.catalogue.template.item(item);
    item.moved == item.since || aligner.revision.is_some_and(|revision| item.moved <= revision)
}

/// What a section asks around a label, and around an item.
struct Neighbours {
    /// Asked last before the label.
    before: Option<ItemIndex>,
    /// Asked first behind it.
    after: Option<ItemIndex>,
    /// The last asked one before the item in the template.
    below: Option<ItemIndex>,
    /// The first asked one behind it there.
    above: Option<ItemIndex>,
}

fn neighbours(aligner: &Aligner, items: &[ItemIndex], label: &Labelled, item: ItemIndex) -> Neighbours {
    let offset = aligner.candidates[label.at].line.start;
    let place = |other: ItemIndex| {
        let prompts = aligner.result.prompts[other.0 as usize].iter();
        let open = prompts.filter(|prompt| {
            prompt.section == Some(label.section) && !aligner.document.block(prompt.block).commented
        });
        open.map(|prompt| prompt.span.start).min()
    };
    let mut places: Vec<(u32, ItemIndex)> = items
        .iter()
        .filter(|&&other| is_placed(aligner, other))
        .filter_map(|&other| place(other).map(|start| (start, other)))
        .collect();
    let others = || places.iter().map(|(_, other)| *other);
    let (below, above) =
        (others().filter(|other| *other < item).max(), others().filter(|other| *other > item).min());
    places.sort_unstable();
    let at = places.partition_point(|(start, _)| *start < offset);
    let before = at.checked_sub(1).map(|at| places[at].1);
    Neighbours { before, after: places.get(at).map(|(_, other)| *other), below, above }
}

/// The pairs of the heaviest matching that keeps labels and items in order, each used once. Pairs of one
/// label must stand together, labels in document order.
///
/// Dynamic programming over labels and items: a pair may follow what ends before its label and its item.
/// Cost: labels times items of one section.
pub(super) fn in_order(pairs: &[Pair]) -> Vec<usize> {
    let mut items: Vec<ItemIndex> = pairs.iter().map(|pair| pair.item).collect();
    items.sort_unstable();
    items.dedup();
    // best[j]: weight and last pair of the best chain over the items before j
    let mut best: Vec<(f32, Option<usize>)> = vec![(0.0, None); items.len() + 1];
    let mut before: Vec<Option<usize>> = vec![None; pairs.len()];
    let mut first = 0;
    for same in pairs.chunk_by(|a, b| a.number == b.number) {
        let mut next = best.clone();
        for (at, pair) in (first..).zip(same) {
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
        first += same.len();
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
