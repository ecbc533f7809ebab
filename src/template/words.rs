//! What a template says of an item, in words for people.

use super::{Item, Requirement, RevisionIndex, Template};

impl Template {
    /// At which levels an item is required or encouraged.
    #[must_use]
    pub fn asked(&self, item: &Item) -> String {
        let mut parts = Vec::new();
        for (kind, word) in [(Requirement::Required, "required"), (Requirement::Encouraged, "encouraged")] {
            let levels: Vec<&str> = self
                .levels
                .iter()
                .zip(&item.required)
                .filter(|(_, requirement)| **requirement == kind)
                .map(|(level, _)| level.as_str())
                .collect();
            if !levels.is_empty() {
                parts.push(format!("{word} at {}", levels.join(", ")));
            }
        }
        if parts.is_empty() { "optional at every level".into() } else { parts.join("; ") }
    }

    /// From which revision to which an item is asked.
    #[must_use]
    pub fn lifetime(&self, item: &Item) -> String {
        let id = |index: RevisionIndex| self.revision(index).id.as_str();
        match item.until {
            Some(until) => format!("from {} to {}, retired since", id(item.since), id(until)),
            None => format!("from {} on", id(item.since)),
        }
    }
}
