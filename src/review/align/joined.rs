//! Labels that join several things: "Resource and storage requirements", "Enable/disable".

use super::labels::{LabelStems, SURE};
use crate::review::catalogue::Catalogue;
use crate::review::stem::stems;
use crate::template::ItemIndex;

/// One of several things that a label joins.
pub(super) struct Part {
    stems: Vec<u64>,
    /// With the words that it shares with the last part: "primary use cases" of "primary and unsupported use cases".
    lengthened: Option<Vec<u64>>,
}

/// What a label joins with "and", `/`, `&`, `+` or a comma; nothing for a label that joins nothing.
pub(super) fn parts(text: &str) -> Vec<Part> {
    if !(text.contains(['/', '&', ',', '+']) || text.contains(" and ") || text.contains(" And ")) {
        return Vec::new();
    }
    let low = text.to_lowercase().replace(" and ", " / ");
    let mut parts: Vec<Vec<u64>> =
        low.split(['/', '&', ',', '+']).map(stems).filter(|part| !part.is_empty()).collect();
    if parts.len() < 2 {
        return Vec::new();
    }
    let shared =
        parts.last().and_then(|last| last.get(1..)).filter(|shared| !shared.is_empty()).map(<[u64]>::to_vec);
    let last = parts.pop().map(|stems| Part { stems, lengthened: None });
    let lengthened = |stems: &Vec<u64>| {
        let shared = shared.as_ref().filter(|_| stems.len() == 1)?;
        Some(stems.iter().chain(shared).copied().collect())
    };
    let before = parts.into_iter().map(|stems| Part { lengthened: lengthened(&stems), stems });
    before.chain(last).collect()
}

/// Whether a part of a label surely names an item, and no other item of the section better.
pub(super) fn names(catalogue: &Catalogue, part: &Part, item: ItemIndex, items: &[ItemIndex]) -> bool {
    let names = |stems: &Vec<u64>| {
        let stems = LabelStems::new(catalogue, stems);
        let own = stems.agreement(catalogue, item);
        own >= SURE && items.iter().all(|&other| stems.agreement(catalogue, other) <= own)
    };
    names(&part.stems) || part.lengthened.as_ref().is_some_and(names)
}

/// Whether the parts of a label surely name several items ("Installation and validation"). Of three parts and more
/// some may be details of another part's item ("CPU, memory and storage"). Where a part has a word that alone
/// names another part's item, the parts share that word, and the label is of one thing: both parts of "Testing
/// enable/disable" are tested.
pub(super) fn names_each(catalogue: &Catalogue, parts: &[Part], items: &[ItemIndex]) -> bool {
    let item = |part| items.iter().copied().find(|&item| names(catalogue, part, item, items));
    let named: Vec<Option<ItemIndex>> = parts.iter().map(item).collect();
    let mut distinct: Vec<ItemIndex> = named.iter().flatten().copied().collect();
    distinct.sort_unstable();
    distinct.dedup();
    let details = parts.len() > 2;
    if distinct.len() < 2 || !details && distinct.len() < parts.len() {
        return false;
    }
    let agrees = |part: &Part, item: ItemIndex| {
        LabelStems::new(catalogue, &part.stems).agreement(catalogue, item) > 0.0
    };
    let borrows = |part: &Part, own: ItemIndex| {
        let others = || distinct.iter().filter(move |other| **other != own);
        part.stems.iter().any(|&stem| {
            others().any(|&other| LabelStems::new(catalogue, &[stem]).agreement(catalogue, other) >= SURE)
        })
    };
    parts.iter().zip(&named).all(|(part, named)| match named {
        Some(own) => !borrows(part, *own),
        None => distinct.iter().any(|&item| agrees(part, item)),
    })
}
