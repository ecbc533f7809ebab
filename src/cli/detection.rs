//! `--explain-detection`: why a file was taken for a document of its template, or for none.

use crate::input::Input;
use crate::review::{Evidence, Templates};
use crate::settings::Settings;

/// What spoke for and against each template, in one line; `None` for a file that nothing points to and that
/// nobody named, of which a tree is full.
pub(super) fn explain(input: &Input, settings: &Settings, templates: &Templates) -> Option<String> {
    let path = input.file.path();
    if input.role().is_some() {
        return input.named.then(|| format!("{path}: metadata of a KEP, told from its name"));
    }
    if let Some(set) = &settings.template {
        return Some(format!("{path}: {}, because it was named", set.value));
    }
    let all = crate::evidence(input, settings, templates);
    let Some((first, others)) = all.split_first() else {
        return input
            .named
            .then(|| format!("{path}: none, because it has no words that point to a template"));
    };
    let mut parts = vec![if first.enough {
        format!("{path}: {}, {} % sure: {}", first.template, first.confidence, first.found.join(", "))
    } else {
        format!("{path}: none; {}", rejected(first))
    }];
    parts.extend(others.iter().map(rejected));
    Some(parts.join("; "))
}

/// A template that was not taken.
fn rejected(evidence: &Evidence) -> String {
    format!("not {} ({} %): {}", evidence.template, evidence.confidence, evidence.found.join(", "))
}
