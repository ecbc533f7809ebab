//! A template file as it is written, before it is checked. The same for bundled JSON and a user's YAML.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::template::{ItemKind, Upstream};

/// A whole file.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawTemplate {
    pub(super) id: String,
    pub(super) name: Option<String>,
    #[serde(default)]
    pub(super) description: String,
    #[serde(default)]
    pub(super) upstream: Upstream,
    pub(super) levels: Vec<String>,
    #[serde(default)]
    pub(super) level_aliases: BTreeMap<String, String>,
    pub(super) revisions: Vec<RawRevision>,
    #[serde(default)]
    pub(super) severities: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) recognition: RawRecognition,
    #[serde(default)]
    pub(super) placeholders: Vec<String>,
    #[serde(default)]
    pub(super) guidance: Guidance,
    pub(super) items: Vec<RawItem>,
}

/// One line of `revisions`.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawRevision {
    pub(super) id: String,
    pub(super) on_main: Option<String>,
    #[serde(default)]
    pub(super) version: String,
    #[serde(default)]
    pub(super) commit: String,
}

/// The key `recognition`.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub(super) struct RawRecognition {
    pub(super) anchors: Vec<String>,
    pub(super) titles: Vec<String>,
    pub(super) paths: Vec<String>,
    pub(super) front_matter: Vec<String>,
    pub(super) other_titles: Vec<String>,
}

/// One item with the items in it.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawItem {
    pub(super) id: String,
    pub(super) kind: ItemKind,
    pub(super) title: Option<OneOrMany>,
    pub(super) text: Option<OneOrMany>,
    pub(super) label: Option<OneOrMany>,
    pub(super) since: Option<String>,
    pub(super) until: Option<String>,
    pub(super) moved: Option<String>,
    pub(super) required: Option<OneOrMany>,
    #[serde(default)]
    pub(super) aliases: Vec<String>,
    #[serde(default)]
    pub(super) keywords: Vec<String>,
    pub(super) hint: Option<String>,
    #[serde(default)]
    pub(super) scaffold: Vec<RawScaffold>,
    #[serde(default)]
    pub(super) items: Vec<RawItem>,
}

/// A single string, or strings by key in the order they are written.
#[derive(Debug)]
pub(super) enum OneOrMany {
    /// `text: …`
    One(String),
    /// `text: {"2025-09-30": …}`
    Many(Vec<(String, String)>),
}

impl<'de> Deserialize<'de> for OneOrMany {
    // By hand, because serde's `untagged` loses the place of an error.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = OneOrMany;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text or a map of texts")
            }

            fn visit_str<E>(self, text: &str) -> Result<OneOrMany, E> {
                Ok(OneOrMany::One(text.to_owned()))
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<OneOrMany, M::Error> {
                let mut many = Vec::new();
                while let Some(entry) = map.next_entry::<String, String>()? {
                    many.push(entry);
                }
                Ok(OneOrMany::Many(many))
            }
        }
        deserializer.deserialize_any(Reader)
    }
}

/// Hashes as a list, or all in one text with white space between: hundreds of them are one block.
#[derive(Debug, Default)]
pub(super) struct Guidance(pub(super) Vec<String>);

impl<'de> Deserialize<'de> for Guidance {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Guidance;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of hashes or a text of hashes")
            }

            fn visit_str<E>(self, text: &str) -> Result<Guidance, E> {
                Ok(Guidance(text.split_whitespace().map(str::to_owned).collect()))
            }

            fn visit_seq<S: SeqAccess<'de>>(self, mut list: S) -> Result<Guidance, S::Error> {
                let mut hashes = Vec::new();
                while let Some(hash) = list.next_element()? {
                    hashes.push(hash);
                }
                Ok(Guidance(hashes))
            }
        }
        deserializer.deserialize_any(Reader)
    }
}

/// One line of `scaffold`: a text, or `{text: …, until: …}` for one that upstream dropped.
#[derive(Debug)]
pub(super) struct RawScaffold {
    pub(super) text: String,
    pub(super) until: Option<String>,
}

impl<'de> Deserialize<'de> for RawScaffold {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Dated {
            text: String,
            until: String,
        }
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = RawScaffold;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text or `{text: …, until: …}`")
            }

            fn visit_str<E>(self, text: &str) -> Result<RawScaffold, E> {
                Ok(RawScaffold { text: text.to_owned(), until: None })
            }

            fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<RawScaffold, M::Error> {
                let Dated { text, until } = Dated::deserialize(MapAccessDeserializer::new(map))?;
                Ok(RawScaffold { text, until: Some(until) })
            }
        }
        deserializer.deserialize_any(Reader)
    }
}
