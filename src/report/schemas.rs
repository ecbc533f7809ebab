//! JSON Schemas of our own formats, generated from the types that are written.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;

use super::{json, jsonl, review_json};

/// Name and text of each schema: of `gtr lint` as `json` and a line of `jsonl`, of `gtr report` as `json`, and of
/// template files.
#[must_use]
pub fn schemas() -> Vec<(&'static str, String)> {
    vec![
        ("lint", text::<json::Run>("gtr lint --format json")),
        ("lint-line", text::<jsonl::Line>("a line of gtr lint --format jsonl")),
        ("report", text::<review_json::Run>("gtr report --format json")),
        ("template", crate::template::schema()),
    ]
}

fn text<T: JsonSchema>(title: &str) -> String {
    // what is written always has its keys, even those whose value may be null
    let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let mut schema = generator.into_root_schema_for::<T>();
    schema.insert("title".into(), title.into());
    let mut text = serde_json::to_string_pretty(&schema).expect("a schema is plain JSON");
    text.push('\n');
    text
}
