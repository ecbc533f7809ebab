//! A template file as it is written, before it is checked. The same for bundled JSON and a user's YAML.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

#[cfg(feature = "cli")]
use super::schema::{OneOrManyWords, ScaffoldLine, SeverityWord, TextOrTexts};
use crate::template::{ItemKind, Texts, Upstream};

/// A whole file.
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawTemplate {
    /// Short id: a-z, 0-9, `-` and `.`.
    pub(super) id: String,
    /// Name for people; the id in capitals if it is left out.
    pub(super) name: Option<String>,
    /// What it is in one line.
    #[serde(default)]
    pub(super) description: String,
    /// Where the wording comes from.
    #[serde(default)]
    pub(super) upstream: Upstream,
    /// What documents aim at, lowest first; at least one.
    pub(super) levels: Vec<String>,
    /// Other spellings of levels, lower case.
    #[serde(default)]
    pub(super) level_aliases: BTreeMap<String, String>,
    /// States of the questionnaire, oldest first; at least one.
    pub(super) revisions: Vec<RawRevision>,
    /// Severities that differ from the rules' own, by rule name: error, warning, note, off, or never (the rule does
    /// not apply to these documents).
    #[serde(default)]
    #[cfg_attr(feature = "cli", schemars(with = "BTreeMap<String, SeverityWord>"))]
    pub(super) severities: BTreeMap<String, String>,
    /// How documents are told from others.
    #[serde(default)]
    pub(super) recognition: RawRecognition,
    /// Words (lower case) that mark an answer as still to be written, beside TODO, TBD and their kind.
    #[serde(default)]
    pub(super) placeholders: Vec<String>,
    /// Where a document answers behind its lists of questions, one answer counts for all questions on adjoining
    /// lines: the form itself pairs them.
    #[serde(default)]
    pub(super) shared_answers: bool,
    /// Hashes of the normalised lines of the template's guidance, 16 hex digits each: a list, or one text.
    #[serde(default)]
    #[cfg_attr(feature = "cli", schemars(with = "OneOrManyWords"))]
    pub(super) guidance: Guidance,
    /// The same of lines that are the template's only inside a comment: samples that authors take over.
    #[serde(default)]
    #[cfg_attr(feature = "cli", schemars(with = "OneOrManyWords"))]
    pub(super) samples: Guidance,
    /// What is asked, in the order of the newest revision.
    pub(super) items: Vec<RawItem>,
}

/// One line of `revisions`.
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawRevision {
    /// The day it was written, or any other name.
    pub(super) id: String,
    /// The day it was published, YYYY-MM-DD.
    pub(super) on_main: Option<String>,
    /// The version that it carries.
    #[serde(default)]
    pub(super) version: String,
    /// The commit it was taken from.
    #[serde(default)]
    pub(super) commit: String,
}

/// The key `recognition`.
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub(super) struct RawRecognition {
    /// Strings (lower case) one of which every document holds; without any, every file is looked into.
    pub(super) anchors: Vec<String>,
    /// What the title names: `General Technical Review`.
    pub(super) titles: Vec<String>,
    /// Patterns of repository-relative paths, with `*` within a part.
    pub(super) paths: Vec<String>,
    /// Lines of front matter that say so.
    pub(super) front_matter: Vec<String>,
    /// Phrases in the first heading of documents of another kind that have the same sections.
    pub(super) other_titles: Vec<String>,
}

/// One item with the items in it.
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawItem {
    /// Stable id, unique in the template: a-z, 0-9, `-` and `.`.
    pub(super) id: String,
    /// What it is.
    pub(super) kind: ItemKind,
    /// The heading of a section, or a heading for each revision that changed it.
    #[cfg_attr(feature = "cli", schemars(with = "Option<TextOrTexts>"))]
    pub(super) title: Option<OneOrMany>,
    /// The wording of a question, group or box, or a wording for each revision that changed it.
    #[cfg_attr(feature = "cli", schemars(with = "Option<TextOrTexts>"))]
    pub(super) text: Option<OneOrMany>,
    /// The label of a field, or a label for each revision that changed it.
    #[cfg_attr(feature = "cli", schemars(with = "Option<TextOrTexts>"))]
    pub(super) label: Option<OneOrMany>,
    /// First revision that has it, where it has one wording and is younger than the item around it.
    pub(super) since: Option<String>,
    /// Last revision that has it.
    pub(super) until: Option<String>,
    /// First revision that has it where it stands here.
    pub(super) moved: Option<String>,
    /// `{from: LEVEL}`, one of optional, encouraged and required, or one of them for each level from which it
    /// holds; items inherit it.
    #[cfg_attr(feature = "cli", schemars(with = "Option<TextOrTexts>"))]
    pub(super) required: Option<OneOrMany>,
    /// Short labels under which people write it.
    #[serde(default)]
    #[cfg_attr(feature = "cli", schemars(with = "Vec<String>"))]
    pub(super) aliases: RawTexts,
    /// Words that point to it inside its section.
    #[serde(default)]
    #[cfg_attr(feature = "cli", schemars(with = "Vec<String>"))]
    pub(super) keywords: RawTexts,
    /// What a good answer has, in one line.
    pub(super) hint: Option<String>,
    /// Lines below it that are to be filled in or replaced: alone they are no answer.
    #[serde(default)]
    #[cfg_attr(feature = "cli", schemars(with = "Vec<ScaffoldLine>"))]
    pub(super) scaffold: Vec<RawScaffold>,
    /// Of a section: text directly below its heading answers what it asks and a document does not.
    #[serde(default)]
    pub(super) whole: bool,
    /// The items in it. Fields and boxes hold none; sections lie in sections.
    #[serde(default)]
    pub(super) items: Vec<RawItem>,
}

/// Short texts: a list, or where `build.rs` put those of a bundled template, from byte to byte of one long text.
#[derive(Debug)]
pub(super) enum RawTexts {
    Given(Texts),
    Bundled { from: usize, to: usize },
}

impl Default for RawTexts {
    fn default() -> Self {
        Self::Given(Texts::default())
    }
}

impl<'de> Deserialize<'de> for RawTexts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Place {
            from: usize,
            to: usize,
        }
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = RawTexts;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of texts")
            }

            fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<RawTexts, M::Error> {
                let Place { from, to } = Place::deserialize(MapAccessDeserializer::new(map))?;
                Ok(RawTexts::Bundled { from, to })
            }

            fn visit_seq<S: SeqAccess<'de>>(self, list: S) -> Result<RawTexts, S::Error> {
                let texts = Vec::<String>::deserialize(SeqAccessDeserializer::new(list))?;
                Ok(RawTexts::Given(texts.into_iter().collect()))
            }
        }
        deserializer.deserialize_any(Reader)
    }
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

            fn visit_seq<S: SeqAccess<'de>>(self, list: S) -> Result<Guidance, S::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(list)).map(Guidance)
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
