//! The second question of a heading that stands for two: "Sovereignty and residency" with "**Compliance:**" below.

use super::collect::Labelled;
use super::order::fits_between;
use super::{SURE, bind};
use crate::review::align::Aligner;
use crate::review::candidates::Container;
use crate::template::{ItemIndex, ItemKind};

/// Looks for the questions that are left of a section in which most were reworded. A label counts in whatever style it is
/// written if it stands by itself, where the question would be asked, and if no other names that question as well.
pub(super) fn find(aligner: &mut Aligner, items: &[ItemIndex], labels: &[Labelled]) {
    let template = aligner.catalogue.template.clone();
    let left =
        |item: &&ItemIndex| template.item(**item).kind == ItemKind::Question && !template.is_nested(**item);
    for &item in items.iter().filter(left) {
        if !aligner.is_open(item) || !aligner.wanted[item.0 as usize] {
            continue;
        }
        let mut named = labels.iter().filter_map(|label| names(label, item).map(|score| (label, score)));
        let (Some((label, score)), None) = (named.next(), named.next()) else { continue };
        let alone =
            label.label.whole && label.style.lead.is_some() && label.style.container == Container::Paragraph;
        if alone && !aligner.taken[label.at] && fits_between(aligner, items, label, item) {
            bind(aligner, label, item, score);
        }
    }
}

/// How well a label agrees with an item that it surely names, and no other better.
fn names(label: &Labelled, item: ItemIndex) -> Option<f32> {
    let best = label.scores.iter().map(|(score, _)| *score).fold(SURE, f32::max);
    label.scores.iter().find(|(score, of)| *of == item && *score >= best).map(|(score, _)| *score)
}
