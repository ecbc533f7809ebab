//! A template for tests of what reads one.

use super::{Recognition, Revision, Template, Upstream};

/// A template without items; of each revision the day on which it was written.
pub(crate) fn bare(id: &str, levels: &[&str], revisions: &[&str]) -> Template {
    let revision = |day: &&str| Revision {
        id: (*day).to_owned(),
        on_main: None,
        version: "v1.0".into(),
        commit: String::new(),
    };
    Template {
        id: id.into(),
        name: id.to_uppercase(),
        description: String::new(),
        upstream: Upstream::default(),
        levels: levels.iter().map(|level| (*level).to_owned()).collect(),
        level_aliases: Default::default(),
        revisions: revisions.iter().map(revision).collect(),
        severities: Default::default(),
        recognition: Recognition::default(),
        placeholders: Vec::new(),
        shared_answers: false,
        guidance: Vec::new(),
        samples: Vec::new(),
        items: Vec::new(),
    }
}
