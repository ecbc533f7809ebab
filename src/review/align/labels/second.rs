//! The second question of a heading that stands for two: "Sovereignty and residency" with "**Compliance:**" below.

use super::collect::Labelled;
use super::order::between;
use super::{SURE, bind};
use crate::document::LeadKind;
use crate::review::align::Aligner;
use crate::review::candidates::Container;
use crate::template::{ItemIndex, ItemKind};

/// Looks for the questions that are left of a section in which most were reworded. A bold line that names one counts
/// below the heading of the question before it, where it would be asked, if no other label names it as well.
pub(super) fn find(aligner: &mut Aligner, items: &[ItemIndex], labels: &[Labelled]) {
    let template = &aligner.catalogue.template;
    let question = |item: &ItemIndex| template.item(*item).kind == ItemKind::Question;
    let questions = items.iter().copied().filter(|item| question(item) && !template.is_nested(*item));
    for item in questions.collect::<Vec<_>>() {
        if !aligner.is_open(item) || !aligner.wanted[item.0 as usize] {
            continue;
        }
        let mut named = labels.iter().filter_map(|label| names(label, item).map(|score| (label, score)));
        let (Some((label, score)), None) = (named.next(), named.next()) else { continue };
        let bold = label.style.lead == Some(LeadKind::Strong);
        let alone = label.label.whole && label.style.container == Container::Paragraph;
        let before = || between(aligner, items, label, item);
        if bold && alone && !aligner.taken[label.at] && before().is_some_and(|item| is_heading(aligner, item))
        {
            bind(aligner, label, item, score);
        }
    }
}

/// How well a label agrees with an item that it surely names, and no other better.
fn names(label: &Labelled, item: ItemIndex) -> Option<f32> {
    let best = label.scores.iter().map(|(score, _)| *score).fold(SURE, f32::max);
    label.scores.iter().find(|(score, of)| *of == item && *score >= best).map(|(score, _)| *score)
}

/// Whether an item is asked by a heading.
fn is_heading(aligner: &Aligner, item: ItemIndex) -> bool {
    aligner.prompts(item).iter().any(|prompt| aligner.document.block(prompt.block).kind.is_heading())
}
