//! The keys of `gtr.yaml`, their JSON Schema, and errors that say where and what instead.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::ConfigError;
use super::entries::{Entries, Patterns, RuleName, RuleSeverity, Size};
use crate::{rules, template};

/// Configuration of gtr, which checks review documents against the questionnaire they answer.
#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
#[schemars(title = "gtr.yaml")]
pub(super) struct File {
    /// The template that documents answer: an id for all of them, or ids by path pattern (the first match
    /// counts). Documents that it names are checked without being recognised first.
    #[schemars(with = "Option<NameOrPatterns>")]
    pub(super) template: Option<Patterns>,
    /// The level that documents aim at: a name for all of them, or names by path pattern (the first match counts).
    #[schemars(with = "Option<NameOrPatterns>")]
    pub(super) level: Option<Patterns>,
    /// Severities by rule name. `gtr rules` lists the names.
    #[schemars(with = "BTreeMap<String, RuleSeverity>")]
    pub(super) rules: Entries<RuleName, RuleSeverity>,
    /// More words that mark an answer as still to be written, beside TODO, TBD and their kind.
    pub(super) placeholders: Vec<String>,
    /// Items or sections, by id, that are required from another level on than the template says.
    #[schemars(with = "BTreeMap<String, String>")]
    pub(super) required: Entries<String, String>,
    /// Path patterns of files and directories that a walk leaves out.
    pub(super) exclude: Vec<String>,
    /// Paths of templates of your own, relative to this file.
    pub(super) templates: Vec<String>,
    /// Documents larger than this are refused: bytes, or a number with K, M or G. 64M without it.
    #[schemars(with = "Option<NumberOrText>")]
    pub(super) max_size: Option<Size>,
}

/// A name for all documents, or names by path pattern.
#[derive(schemars::JsonSchema)]
#[serde(untagged)]
#[allow(dead_code, reason = "describes the schema of `Patterns`; never built")]
enum NameOrPatterns {
    /// For all documents.
    Name(String),
    /// By path pattern relative to this file.
    Patterns(BTreeMap<String, String>),
}

/// A number of bytes, or a text with a unit.
#[derive(schemars::JsonSchema)]
#[serde(untagged)]
#[allow(dead_code, reason = "describes the schema of `Size`; never built")]
enum NumberOrText {
    /// Bytes.
    Bytes(u64),
    /// With a unit: `128M`.
    Text(#[schemars(regex(pattern = r"^[0-9]+([kKmMgG]?([iI]?[bB])?)$"))] String),
}

/// The JSON Schema of `gtr.yaml`, pretty-printed, rule names included.
#[must_use]
pub fn schema() -> String {
    let mut schema = schemars::schema_for!(File);
    // The names are known when the program is built, so editors can complete them.
    if let Some(names) = schema.pointer_mut("/properties/rules") {
        let known: Vec<&str> = rules::ALL.iter().map(|rule| rule.info().id.0).collect();
        names["propertyNames"] = serde_json::json!({ "enum": known });
    }
    let mut text = serde_json::to_string_pretty(&schema).expect("a schema is plain JSON");
    text.push('\n');
    text
}

/// Reads the text of a configuration; one that holds nothing but comments is the default.
pub(super) fn read(text: &str, path: &str) -> Result<File, ConfigError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if let Some(at) = template::too_deep(text) {
        return Err(ConfigError {
            message: template::TOO_DEEP.into(),
            help: None,
            path: path.into(),
            at: Some(at),
        });
    }
    let parsed = serde_yaml::from_str::<Option<File>>(text);
    parsed.map(Option::unwrap_or_default).map_err(|error| explain(text, path, &error))
}

/// The parser's words with a place and a suggestion.
fn explain(text: &str, path: &str, error: &serde_yaml::Error) -> ConfigError {
    let location = error.location();
    let mut at = location.map(|place| (place.line() as u32, place.column() as u32));
    let mut message = error.to_string();
    if let Some(end) = message.rfind(" at line ") {
        message.truncate(end);
    }
    let mut help = None;
    if let Some(word) = quoted(&message, "unknown field `") {
        help = suggestion(&word, KEYS.iter().copied(), "key");
        at = find_key(text, &word).or(at);
        message = format!("unknown key `{word}`");
    } else if let Some(word) = quoted(&message, "unknown rule `") {
        help = suggestion(&word, rules::ALL.iter().map(|rule| rule.info().id.0), "rule");
        at = find_key(text, &word).or(at);
        message = format!("unknown rule `{word}`");
    } else if let Some(word) = quoted(&message, "unknown variant `") {
        help = suggestion(&word, SEVERITIES.iter().copied(), "severity");
        message = format!("`{word}` is no severity");
    } else if message.contains("invalid type: boolean `false`") && message.starts_with("rules") {
        help = Some("a rule is switched off by `off`, in quotes if your editor reads it as a boolean".into());
    }
    ConfigError { message, help, path: path.to_string(), at }
}

const KEYS: [&str; 8] =
    ["template", "level", "rules", "placeholders", "required", "exclude", "templates", "max-size"];
const SEVERITIES: [&str; 4] = ["error", "warning", "note", "off"];

fn quoted(message: &str, before: &str) -> Option<String> {
    let rest = &message[message.find(before)? + before.len()..];
    Some(rest[..rest.find('`')?].to_string())
}

fn suggestion<'a>(word: &str, known: impl Iterator<Item = &'a str> + Clone, what: &str) -> Option<String> {
    if let Some(name) = rules::nearest(word, known.clone()) {
        return Some(format!("did you mean `{name}`?"));
    }
    Some(match what {
        "rule" => "`gtr rules` lists the names".to_string(),
        _ => format!("known: {}", known.collect::<Vec<_>>().join(", ")),
    })
}

/// Where a key stands: the parser points at what encloses it. Only a line that begins with the key counts.
fn find_key(text: &str, key: &str) -> Option<(u32, u32)> {
    text.lines().enumerate().find_map(|(line, content)| {
        let bare = content.trim_start();
        let indent = content.chars().count() - bare.chars().count();
        let bare = bare.trim_start_matches(['"', '\'', '{']).trim_start();
        let after = bare.strip_prefix(key)?.trim_start_matches(['"', '\'']).trim_start();
        after.starts_with(':').then_some((line as u32 + 1, indent as u32 + 1))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> ConfigError {
        read(text, "gtr.yaml").unwrap_err()
    }

    #[test]
    fn nothing_but_comments_is_the_default() {
        for text in ["", "# nothing\n", "---\n", "\u{feff}# nothing", "rules:\nexclude: []\n"] {
            read(text, "gtr.yaml").unwrap_or_else(|error| panic!("{text:?}: {error}"));
        }
    }

    #[test]
    fn an_unknown_key_has_a_place_and_a_suggestion() {
        let error = error("level: sandbox\nexlude: [a]\n");
        assert_eq!(error.to_string(), "unknown key `exlude`, gtr.yaml:2:1");
        assert_eq!(error.help.as_deref(), Some("did you mean `exclude`?"));
    }

    #[test]
    fn an_unknown_rule_has_a_place_and_a_suggestion() {
        let error = error("rules:\n  unknown-rule: off\n  unanswerd-question: note\n");
        assert_eq!(error.to_string(), "unknown rule `unanswerd-question`, gtr.yaml:3:3");
        assert_eq!(error.help.as_deref(), Some("did you mean `unanswered-question`?"));
    }

    #[test]
    fn an_unknown_severity_has_a_place_and_a_suggestion() {
        let error = error("rules:\n  unknown-rule: warn\n");
        assert_eq!(error.to_string(), "`warn` is no severity, gtr.yaml:2:17");
        assert_eq!(error.help.as_deref(), Some("did you mean `warning`?"));
    }

    #[test]
    fn keys_given_twice_and_broken_yaml_are_errors() {
        assert!(error("rules:\n  unknown-rule: off\n  unknown-rule: note\n").message.contains("twice"));
        assert!(error("level: a\nlevel: b\n").message.contains("duplicate"));
        assert!(error("rules: [").at.is_some());
        assert_eq!(error(&format!("level: {}", "[".repeat(1000))).at, Some((1, 508)));
        assert!(error("- a\n").message.contains("invalid type"));
    }

    #[test]
    fn the_schema_names_every_key_and_rule() {
        let schema: serde_json::Value = serde_json::from_str(&schema()).unwrap();
        for key in KEYS {
            assert!(schema["properties"][key].is_object(), "{key}");
        }
        assert_eq!(schema["additionalProperties"], false);
        assert!(schema["properties"]["rules"]["propertyNames"]["enum"].as_array().unwrap().len() >= 3);
    }
}
