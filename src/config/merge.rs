//! Flags over environment over `gtr.yaml` over defaults.

use super::Config;
use crate::diagnostic::{RuleId, Severity};
use crate::settings::{Origin, Set, Settings};
use crate::template::Date;

/// What flags and environment say; it holds for every document of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overrides {
    /// Id of the template.
    pub template: Option<Set<String>>,
    /// Name of the level.
    pub level: Option<Set<String>>,
    /// Severities by rule; of two for one rule the later counts.
    pub rules: Vec<(RuleId, Option<Severity>)>,
    /// Today.
    pub today: Option<Date>,
    /// Largest file to read, in bytes.
    pub max_size: Option<Set<u64>>,
}

/// The settings of one document. `config` comes with the document's path relative to the configuration's
/// directory, with `/` between its parts.
#[must_use]
pub fn settings(config: Option<(&Config, &str)>, overrides: &Overrides) -> Settings {
    let mut settings = Settings { today: overrides.today, ..Settings::default() };
    if let Some((config, path)) = config {
        let set = |value: &str| Set { value: value.to_string(), origin: Origin::Config };
        settings.template = config.template.get(path).map(set);
        settings.level = config.level.get(path).map(set);
        settings.max_size = config.max_size.map(|value| Set { value, origin: Origin::Config });
        settings.placeholders.clone_from(&config.placeholders);
        settings.required = config.required.iter().cloned().collect();
        let rules = config.rules.iter();
        settings.rules = rules.map(|&(rule, value)| (rule, Set { value, origin: Origin::Config })).collect();
    }
    if overrides.template.is_some() {
        settings.template.clone_from(&overrides.template);
    }
    if overrides.level.is_some() {
        settings.level.clone_from(&overrides.level);
    }
    if overrides.max_size.is_some() {
        settings.max_size.clone_from(&overrides.max_size);
    }
    for &(rule, value) in &overrides.rules {
        settings.rules.insert(rule, Set { value, origin: Origin::Flag });
    }
    settings
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "level:\n  'projects/*/tech-review/*.md': incubation\n  '*.md': sandbox\nrules: {unknown-rule: error, unused-suppression: off}\nplaceholders: [pending]\nrequired: {day2: graduation}\n";

    fn merged(path: &str, overrides: &Overrides) -> Settings {
        settings(Some((&Config::parse(TEXT, "gtr.yaml").unwrap(), path)), overrides)
    }

    #[test]
    fn the_first_pattern_that_matches_counts() {
        let level = |path| merged(path, &Overrides::default()).level.unwrap();
        assert_eq!(level("projects/a/tech-review/b.md").value, "incubation");
        assert_eq!(level("deep/down/b.md"), Set { value: "sandbox".into(), origin: Origin::Config });
        assert_eq!(merged("b.txt", &Overrides::default()).level, None);
    }

    #[test]
    fn flags_and_environment_win_one_by_one() {
        let level = Some(Set { value: "graduation".to_string(), origin: Origin::Environment });
        let overrides = Overrides {
            level: level.clone(),
            rules: vec![(RuleId("unknown-rule"), None)],
            ..Overrides::default()
        };
        let merged = merged("b.md", &overrides);
        assert_eq!(merged.level, level);
        assert_eq!(merged.rules[&RuleId("unknown-rule")], Set { value: None, origin: Origin::Flag });
        assert_eq!(merged.rules[&RuleId("unused-suppression")].origin, Origin::Config);
        assert_eq!(merged.placeholders, ["pending"]);
        assert_eq!(merged.required["day2"], "graduation");
    }
}
