//! What short labels of an author's own are compared with: the stems of the items' wordings, aliases and keywords.

use super::catalogue::ByHash;
use super::stem::stems;
use crate::template::{ItemIndex, Template};

/// The stems of a template.
#[derive(Debug)]
pub(super) struct Vocabulary {
    /// The stems that the items have.
    stems: ByHash<Stem>,
    /// One entry an item.
    items: Vec<ItemWords>,
}

/// The words of one item.
#[derive(Debug)]
pub(super) struct ItemWords {
    /// Stems of each alias and the sum of their weights.
    pub(super) aliases: Vec<(Vec<u64>, f32)>,
    /// The sum of the weights of the wordings' stems.
    pub(super) wording: f32,
}

/// A stem among the items of a template.
#[derive(Debug)]
pub(super) struct Stem {
    /// How rare it is among wordings and aliases: its logarithmic inverse document frequency.
    pub(super) weight: f32,
    /// The items that have it in a wording, an alias or a keyword, in order.
    pub(super) items: Vec<ItemIndex>,
}

/// The weight of a stem that stands in no wording and no alias: as much as that of a rare one.
pub(super) const UNKNOWN: f32 = 3.0;

impl Vocabulary {
    /// Takes the stems of all items: first which items have each and how rare that makes it, then what every
    /// item's aliases and wordings weigh.
    pub(super) fn learn(template: &Template) -> Self {
        let mut all: Vec<(Vec<u64>, Vec<Vec<u64>>)> = Vec::with_capacity(template.items.len());
        let mut seen: ByHash<(u32, Vec<ItemIndex>)> = ByHash::default();
        for index in template.indices() {
            let item = template.item(index);
            let mut wording: Vec<u64> =
                item.wordings.iter().flat_map(|wording| stems(&wording.text)).collect();
            wording.sort_unstable();
            wording.dedup();
            let aliases = item.aliases.iter().map(stems);
            let aliases: Vec<Vec<u64>> = aliases.filter(|stems| !stems.is_empty()).collect();
            for &stem in wording.iter().chain(aliases.iter().flatten()) {
                let (count, items) = seen.entry(stem).or_default();
                if items.last() != Some(&index) {
                    items.push(index);
                    *count += 1;
                }
            }
            // keywords lead to their item without making a stem less rare
            for stem in stems(&item.keywords.join(" ")) {
                let (_, items) = seen.entry(stem).or_default();
                if items.last() != Some(&index) {
                    items.push(index);
                }
            }
            all.push((wording, aliases));
        }
        let total = template.items.len() as f32;
        let weight = |count: u32| if count == 0 { UNKNOWN } else { (1.0 + total / count as f32).ln() };
        let stem = |(stem, (count, items))| (stem, Stem { weight: weight(count), items });
        let mut vocabulary = Self { stems: seen.into_iter().map(stem).collect(), items: Vec::new() };
        for (wording, aliases) in all {
            let aliases = aliases.into_iter().map(|alias| (vocabulary.total(&alias), alias));
            let aliases = aliases.map(|(total, alias)| (alias, total)).collect();
            let words = ItemWords { wording: vocabulary.total(&wording), aliases };
            vocabulary.items.push(words);
        }
        vocabulary
    }

    /// What is known of a stem; `None` for one that no item has.
    pub(super) fn stem(&self, stem: u64) -> Option<&Stem> {
        self.stems.get(&stem)
    }

    /// The words of an item.
    pub(super) fn item(&self, index: ItemIndex) -> &ItemWords {
        &self.items[index.0 as usize]
    }

    /// The sum of the weights of stems.
    fn total(&self, stems: &[u64]) -> f32 {
        stems.iter().map(|&stem| self.stem(stem).map_or(UNKNOWN, |stem| stem.weight)).sum()
    }
}
