//! How well a label agrees with an item.

use crate::review::catalogue::Catalogue;
use crate::review::vocabulary::{Stem, UNKNOWN};
use crate::template::ItemIndex;

/// The weight of shared stems that makes a match without an alias as good as it can be.
const SATURATED: f32 = 5.0;

/// A label's stems, looked up once for all the items it is compared with.
pub(in crate::review::align) struct LabelStems<'a> {
    /// Those that some item of the template has.
    known: Vec<(u64, &'a Stem)>,
    /// The weight of all of them, the unknown ones included.
    own: f32,
}

impl<'a> LabelStems<'a> {
    /// Looks up the stems of a label.
    pub(in crate::review::align) fn new(catalogue: &'a Catalogue, label: &[u64]) -> Self {
        let vocabulary = catalogue.vocabulary();
        let found = || label.iter().map(|&stem| (stem, vocabulary.stem(stem)));
        Self {
            known: found().filter_map(|(stem, known)| known.map(|known| (stem, known))).collect(),
            own: found().map(|(_, known)| known.map_or(UNKNOWN, |known| known.weight)).sum(),
        }
    }

    /// How well the label agrees with each of several items that are in order, those left out with which it does
    /// not agree at all.
    pub(in crate::review::align) fn agreements(
        &self,
        catalogue: &Catalogue,
        items: &[ItemIndex],
    ) -> Vec<(f32, ItemIndex)> {
        let (Some(first), Some(last)) = (items.first(), items.last()) else { return Vec::new() };
        let mut shared = vec![0.0f32; (last.0 - first.0) as usize + 1];
        for (_, known) in &self.known {
            let from = known.items.partition_point(|item| item < first);
            for item in known.items[from..].iter().take_while(|item| *item <= last) {
                shared[(item.0 - first.0) as usize] += known.weight;
            }
        }
        let agreement = |&item: &ItemIndex| {
            let both = shared[(item.0 - first.0) as usize];
            (self.of_shared(catalogue, item, both), item)
        };
        items.iter().map(agreement).filter(|(score, _)| *score > 0.0).collect()
    }

    /// How well the label agrees with an item, 0 to 1.
    pub(in crate::review::align) fn agreement(&self, catalogue: &Catalogue, item: ItemIndex) -> f32 {
        let shared = self.known.iter().filter(|(_, known)| known.items.binary_search(&item).is_ok());
        self.of_shared(catalogue, item, shared.map(|(_, known)| known.weight).sum())
    }

    /// The same from the weight of the stems that the item has too.
    fn of_shared(&self, catalogue: &Catalogue, item: ItemIndex, both: f32) -> f32 {
        if both == 0.0 {
            return 0.0;
        }
        let vocabulary = catalogue.vocabulary().item(item);
        let mut best = 0.0f32;
        for (alias, total) in &vocabulary.aliases {
            let shared = self.known.iter().filter(|(stem, _)| alias.contains(stem));
            let shared: f32 = shared.map(|(_, known)| known.weight).sum();
            if shared == 0.0 {
                continue;
            }
            let dice = 2.0 * shared / (self.own + total);
            // an alias that stands whole in a longer label ("Sovereignty/compliance") still names its item
            let whole = shared + 0.01 >= *total;
            let score = if whole { dice.max(0.8 + 0.2 * shared / self.own) } else { dice };
            best = best.max(score.min(1.0));
        }
        let least = self.own.min(vocabulary.wording.max(0.1));
        let overlap = (both / least).min(1.0) * (both / SATURATED).min(1.0);
        best.max(0.85 * overlap)
    }
}
