//! How well a label agrees with an item.

use crate::review::catalogue::Catalogue;
use crate::template::ItemIndex;

/// The weight of shared stems that makes a match without an alias as good as it can be.
const SATURATED: f32 = 5.0;

/// How well a label agrees with an item, 0 to 1.
pub(in crate::review::align) fn agreement(catalogue: &Catalogue, label: &[u64], item: ItemIndex) -> f32 {
    let vocabulary = &catalogue.vocabulary[item.0 as usize];
    let known = |stem: &&u64| vocabulary.all.binary_search(stem).is_ok();
    let both: f32 = label.iter().filter(known).map(|&stem| catalogue.weight(stem)).sum();
    if both == 0.0 {
        return 0.0;
    }
    let own = catalogue.total(label);
    let mut best = 0.0f32;
    for (alias, total) in &vocabulary.aliases {
        let shared = label.iter().filter(|stem| alias.contains(stem));
        let shared: f32 = shared.map(|&stem| catalogue.weight(stem)).sum();
        if shared == 0.0 {
            continue;
        }
        let dice = 2.0 * shared / (own + total);
        // an alias that stands whole in a longer label ("Sovereignty/compliance") still names its item
        let whole = shared + 0.01 >= *total;
        let score = if whole { dice.max(0.8 + 0.2 * shared / own) } else { dice };
        best = best.max(score.min(1.0));
    }
    let least = own.min(vocabulary.wording.max(0.1));
    let overlap = (both / least).min(1.0) * (both / SATURATED).min(1.0);
    best.max(0.85 * overlap)
}
