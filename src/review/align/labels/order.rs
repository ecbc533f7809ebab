//! Labels and items in order: the heaviest monotone matching of a section.

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
