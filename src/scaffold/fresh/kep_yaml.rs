//! The kep.yaml of a fresh KEP.

use std::fmt::Write as _;

/// What is known of a KEP before it is written. Empty texts are left to be filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// Its title, without the number.
    pub title: String,
    /// The number of its issue, which is its own.
    pub number: String,
    /// The SIG that owns it, such as `sig-node`.
    pub sig: String,
    /// GitHub names, with or without `@`.
    pub authors: Vec<String>,
    /// The day it was begun, as `YYYY-MM-DD`.
    pub date: String,
    /// The name of the level it aims at: of a status for the first two, else of a stage.
    pub level: String,
    /// The release its stage is planned for, such as `v1.36`.
    pub milestone: String,
}

/// The text of kep.yaml, with the keys of kubernetes' template that the level needs.
#[must_use]
pub fn kep_yaml(facts: &Facts) -> String {
    let stage = !matches!(facts.level.as_str(), "provisional" | "implementable");
    let status = if facts.level == "provisional" { "provisional" } else { "implementable" };
    let mut text = String::new();
    put(&mut text, "title", &facts.title);
    put(&mut text, "kep-number", &facts.number);
    let authors: Vec<String> =
        facts.authors.iter().map(|name| format!("\"@{}\"", name.trim().trim_start_matches('@'))).collect();
    list(&mut text, "authors", &authors);
    put(&mut text, "owning-sig", &facts.sig);
    put(&mut text, "status", status);
    put(&mut text, "creation-date", &facts.date);
    let open = ["TBD".to_string()];
    list(&mut text, "reviewers", &open);
    list(&mut text, "approvers", &open);
    if stage {
        let _ = writeln!(text, "stage: {}", facts.level);
    }
    if stage {
        // a release without a stage is refused
        let release =
            if facts.milestone.is_empty() { String::new() } else { format!(" \"{}\"", facts.milestone) };
        let _ = writeln!(text, "latest-milestone:{release}\nmilestone:\n  {}:{release}", facts.level);
    }
    if stage {
        text += "feature-gates: []\ndisable-supported: true\n";
    }
    if matches!(facts.level.as_str(), "beta" | "stable") {
        text += "metrics: []\n";
    }
    text
}

fn put(text: &mut String, key: &str, value: &str) {
    let line = format!("{key}: {}", scalar(value));
    let _ = writeln!(text, "{}", line.trim_end());
}

fn list(text: &mut String, key: &str, entries: &[String]) {
    if entries.is_empty() {
        let _ = writeln!(text, "{key}: []");
        return;
    }
    let _ = writeln!(text, "{key}:");
    for entry in entries {
        let _ = writeln!(text, "  - {entry}");
    }
}

/// A value as it is where no reader of YAML takes it for anything else, else in quotes.
fn scalar(value: &str) -> String {
    let plain = value.starts_with(|c: char| c.is_ascii_alphanumeric())
        && value
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | ',' | '/' | '(' | ')'))
        && !matches!(
            value.to_ascii_lowercase().as_str(),
            "true" | "false" | "yes" | "no" | "on" | "off" | "null"
        );
    if plain || value.is_empty() { value.to_string() } else { serde_json::Value::from(value).to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_yaml_would_misread_stand_in_quotes() {
        assert_eq!(scalar("Faster Pods, really"), "Faster Pods, really");
        for odd in ["a: b", "#1", "true", "- x", "a \"b\"", "@name"] {
            assert_eq!(scalar(odd), serde_json::Value::from(odd).to_string(), "{odd}");
        }
    }

    #[test]
    fn a_level_has_the_keys_it_needs() {
        let yaml = |level: &str| {
            kep_yaml(&Facts {
                level: level.into(),
                number: "7".into(),
                authors: vec!["a".into()],
                ..Facts::default()
            })
        };
        assert!(!yaml("provisional").contains("stage") && yaml("provisional").contains("  - \"@a\"\n"));
        assert!(yaml("beta").contains("stage: beta\nlatest-milestone:\nmilestone:\n  beta:\n"));
        assert!(yaml("beta").contains("metrics: []") && !yaml("alpha").contains("metrics"));
    }
}
