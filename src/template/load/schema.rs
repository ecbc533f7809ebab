//! The JSON Schema of template files, from the types that read them.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;

use super::raw::RawTemplate;

/// `text: …`, or `text: {"2025-09-30": …}`.
#[derive(JsonSchema)]
#[serde(untagged)]
#[allow(dead_code, reason = "describes a schema; never built")]
pub(super) enum TextOrTexts {
    /// One text.
    One(String),
    /// Texts by revision or level.
    Many(BTreeMap<String, String>),
}

/// A list of words, or one text of words with white space between.
#[derive(JsonSchema)]
#[serde(untagged)]
#[allow(dead_code, reason = "describes a schema; never built")]
pub(super) enum OneOrManyWords {
    /// All in one text.
    One(String),
    /// A list.
    Many(Vec<String>),
}

/// A line of `scaffold`.
#[derive(JsonSchema)]
#[serde(untagged, deny_unknown_fields)]
#[allow(dead_code, reason = "describes a schema; never built")]
pub(super) enum ScaffoldLine {
    /// One line of markdown.
    Text(String),
    /// One that upstream dropped.
    Dated {
        /// One line of markdown.
        text: String,
        /// Last revision that has it.
        until: String,
    },
}

/// How much a finding of a rule counts.
#[derive(JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[allow(dead_code, reason = "describes a schema; never built")]
pub(super) enum SeverityWord {
    /// The document breaks what is demanded.
    Error,
    /// A reviewer will ask about it.
    Warning,
    /// Worth knowing.
    Note,
    /// Not reported unless configured.
    Off,
    /// The rule does not apply.
    Never,
}

/// The schema, pretty-printed, with a line end.
#[must_use]
pub fn schema() -> String {
    let generator = SchemaSettings::draft2020_12().for_deserialize().into_generator();
    let mut schema = generator.into_root_schema_for::<RawTemplate>();
    schema.insert("title".into(), "a template of gtr".into());
    let mut text = serde_json::to_string_pretty(&schema).expect("a schema is plain JSON");
    text.push('\n');
    text
}
