//! Labels that join several things: "Resource and storage requirements", "Enable/disable".

use super::labels::{LabelStems, SURE};
use crate::review::catalogue::Catalogue;
use crate::review::stem::stems;
use crate::template::ItemIndex;

/// The stems of what a label joins with "and", `/`, `&`, `+` or a comma; nothing for a label that joins nothing.
pub(super) fn parts(text: &str) -> Vec<Vec<u64>> {
    if !(text.contains(['/', '&', ',', '+']) || text.contains(" and ") || text.contains(" And ")) {
        return Vec::new();
    }
    let low = text.to_lowercase().replace(" and ", " / ");
    let parts: Vec<Vec<u64>> =
        low.split(['/', '&', ',', '+']).map(stems).filter(|part| !part.is_empty()).collect();
    if parts.len() < 2 { Vec::new() } else { parts }
}

/// Whether a part of a label surely names an item, and no other item of the section better.
pub(super) fn names(catalogue: &Catalogue, part: &[u64], item: ItemIndex, items: &[ItemIndex]) -> bool {
    let part = LabelStems::new(catalogue, part);
    let own = part.agreement(catalogue, item);
    own >= SURE && items.iter().all(|&other| part.agreement(catalogue, other) <= own)
}

/// Whether each part of a label surely names an item of its own ("Installation and validation"). Where a part
/// has a word that alone names another part's item, the parts share that word, and the label is of one
/// thing: both parts of "Testing enable/disable" are tested.
pub(super) fn names_each(catalogue: &Catalogue, parts: &[Vec<u64>], items: &[ItemIndex]) -> bool {
    let mut named: Vec<ItemIndex> = parts
        .iter()
        .filter_map(|part| items.iter().copied().find(|&item| names(catalogue, part, item, items)))
        .collect();
    named.dedup();
    if named.len() != parts.len() || named.len() < 2 {
        return false;
    }
    let borrows = |part: &[u64], own: ItemIndex| {
        let others = || named.iter().filter(move |other| **other != own);
        part.iter().any(|&stem| {
            others().any(|&other| LabelStems::new(catalogue, &[stem]).agreement(catalogue, other) >= SURE)
        })
    };
    parts.iter().zip(&named).all(|(part, &own)| !borrows(part, own))
}
