//! Template files to [`Template`]s: bundled ones from JSON, a user's from YAML. The one place of this room
//! that names serde_yaml.

mod assemble;
mod items;
mod raw;
#[cfg(feature = "cli")]
mod schema;

use std::fmt;

use super::Template;
use assemble::{Problem, assemble};
use raw::RawTemplate;
#[cfg(feature = "cli")]
pub use schema::schema;

/// Why a template cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadError {
    /// What is wrong and what to do.
    pub message: String,
    /// 1-based line and column, where known.
    pub at: Option<(u32, u32)>,
}

impl fmt::Display for LoadError {
    /// `LINE:COLUMN: message`, or the message alone.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.at {
            Some((line, column)) => write!(f, "{line}:{column}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl std::error::Error for LoadError {}

/// A template that comes with the program, not read yet.
#[derive(Debug)]
pub struct Bundled {
    /// Its id.
    pub id: &'static str,
    /// Strings one of which a document of this kind holds: its anchors in the cases that people write titles in.
    pub(crate) spellings: &'static [&'static str],
    /// Patterns of the paths below a repository's root at which such documents lie.
    pub paths: &'static [&'static str],
    json: &'static str,
    /// Aliases and keywords, which the JSON names by their places here: most runs look at none of them.
    texts: &'static str,
}

// Written by build.rs from templates/*.yaml.
static BUNDLED: &[Bundled] = include!(concat!(env!("OUT_DIR"), "/bundled.rs"));

/// The templates that come with the program, by id. Nothing is parsed until [`Bundled::load`].
#[must_use]
pub fn bundled() -> &'static [Bundled] {
    BUNDLED
}

impl Bundled {
    /// Reads the template. Takes well under a millisecond.
    #[must_use]
    pub fn load(&self) -> Template {
        from_json(self.json, self.texts).expect("tests/templates.rs loads every bundled template")
    }
}

fn from_json(text: &str, texts: &'static str) -> Result<Template, LoadError> {
    let raw: RawTemplate =
        serde_json::from_str(text).map_err(|error| LoadError { message: error.to_string(), at: None })?;
    assemble(raw, Some(texts)).map_err(|problem| LoadError { message: problem.message, at: None })
}

/// Reads a template from YAML.
///
/// # Errors
/// When it is no YAML, a key is unknown, or something it names is not there.
pub fn from_yaml(text: &str) -> Result<Template, LoadError> {
    if let Some(at) = too_deep(text) {
        return Err(LoadError { message: TOO_DEEP.into(), at: Some(at) });
    }
    let raw: RawTemplate = serde_yaml::from_str(text).map_err(|error| {
        let at = error.location().map(|place| (place.line() as u32, place.column() as u32));
        let message = error.to_string();
        // The parser ends its messages with the place, which `at` has.
        let message = message.split(" at line ").next().unwrap_or(&message).to_owned();
        LoadError { message, at }
    })?;
    assemble(raw, None).map_err(|problem| LoadError { at: locate(text, &problem), message: problem.message })
}

/// What is wrong with a text that [`too_deep`] finds fault with.
pub const TOO_DEEP: &str = "more brackets are opened inside each other than anybody writes";

/// The line and column at which a text of YAML has opened more brackets than any configuration has: the parser takes
/// a time that is quadratic in them. Brackets in quotes and comments are counted too.
#[must_use]
pub fn too_deep(text: &str) -> Option<(u32, u32)> {
    let mut depth = 0usize;
    for (line, content) in text.lines().enumerate() {
        for (at, byte) in content.bytes().enumerate().filter(|(_, byte)| b"[]{}".contains(byte)) {
            depth = if matches!(byte, b'[' | b'{') { depth + 1 } else { depth.saturating_sub(1) };
            if depth > 500 {
                let column = content.get(..at).unwrap_or_default().chars().count();
                return Some((line as u32 + 1, column as u32 + 1));
            }
        }
    }
    None
}

/// The line of the file that a problem is about: an item's `id:` line, else the first that has the name.
/// An id that is there twice is looked for from the end.
fn locate(text: &str, problem: &Problem) -> Option<(u32, u32)> {
    let about = problem.about.as_str();
    let has = |line: &str| line.contains(about) && !line.trim_start().starts_with('#');
    let is_id = |line: &str| {
        let value = line.trim_start().trim_start_matches(['-', ' ', '{']).strip_prefix("id:");
        value.is_some_and(|value| {
            value.trim().trim_matches(['"', '\'']).split([',', '}']).next() == Some(about)
        })
    };
    let lines: Vec<&str> = text.lines().collect();
    let found =
        lines.iter().rposition(|line| is_id(line)).or_else(|| lines.iter().position(|line| has(line)))?;
    let column = lines[found].find(about).map_or(1, |at| lines[found][..at].chars().count() as u32 + 1);
    Some((found as u32 + 1, column))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::{Requirement, RevisionIndex};

    const HEAD: &str =
        "id: demo\nlevels: [low, high]\nrevisions: [{id: 2024-01-01}, {id: 2025-01-01}]\nitems:\n";

    fn load(items: &str) -> Result<Template, LoadError> {
        from_yaml(&format!("{HEAD}{items}"))
    }

    fn message(items: &str) -> String {
        load(items).expect_err("must be refused").to_string()
    }

    #[test]
    fn bundled_anchors_are_all_spelt() {
        for bundled in bundled() {
            let anchors = bundled.load().recognition.anchors;
            let spelt: Vec<String> =
                anchors.iter().flat_map(|anchor| crate::template::spellings(anchor)).collect();
            assert_eq!(bundled.spellings, spelt, "{}", bundled.id);
        }
    }

    #[test]
    fn bundled_texts_say_something() {
        for item in bundled().iter().flat_map(|bundled| bundled.load().items) {
            assert!(!item.aliases.has_blank() && !item.keywords.has_blank(), "{}", item.id);
        }
    }

    #[test]
    fn a_short_template_is_enough() {
        let template = load(
            "- id: a\n  kind: section\n  title: A\n  required: {from: high}\n  items:\n  - id: a.b\n    kind: question\n    text: {'2025-01-01': Why?}\n",
        )
        .unwrap();
        assert_eq!(template.name, "DEMO");
        let question = template.item(template.find("a.b").unwrap());
        assert_eq!(question.required, [Requirement::Optional, Requirement::Required]);
        assert_eq!(question.since.0, 1);
        assert_eq!(question.parent, template.find("a"));
    }

    #[test]
    fn words_for_levels_hold_upwards() {
        let template =
            load("- {id: a, kind: question, text: Why?, required: {low: encouraged, high: required}}")
                .unwrap();
        assert_eq!(template.items[0].required, [Requirement::Encouraged, Requirement::Required]);
    }

    #[test]
    fn mistakes_name_the_item_and_its_line() {
        let cases = [
            (
                "- {id: a, kind: question, text: Why?}\n- {id: a, kind: question, text: How?}",
                "6:8: two items",
            ),
            ("- {id: a, kind: question}", "5:8: item `a` has no `text`"),
            ("- {id: a, kind: question, text: ''}", "5:8: item `a`: an empty `text`"),
            ("- {id: a, kind: question, title: Why?}", "5:8: question `a`: write `text` instead of `title`"),
            ("- {id: a, kind: question, text: {'2023': Why?}}", "5:8: item `a`: unknown revision `2023`"),
            (
                "- {id: a, kind: question, text: {'2025-01-01': Why?}, until: 2024-01-01}",
                "5:8: item `a`: `until` is before",
            ),
            ("- {id: a, kind: group, text: All}", "5:8: group `a` has no items"),
            ("- {id: a, kind: question, text: Why?, required: {from: top}}", "5:8: `a`: unknown level `top`"),
            (
                "- {id: a, kind: question, text: Why?, aliases: {from: 0, to: 0}}",
                "5:8: item `a`: `aliases` is no list",
            ),
            ("- {id: a, kind: question, text: Why?, required: often}", "5:8: item `a`: `required: often`"),
            ("- {id: A, kind: question, text: Why?}", "5:8: `A` is no id"),
            (
                "- {id: s, kind: section, title: S, since: 2025-01-01, items: [{id: s.q, kind: question, text: Why?, since: 2024-01-01}]}",
                "item `s.q` is in revisions that `s`",
            ),
        ];
        for (items, expected) in cases {
            let message = message(items);
            assert!(message.contains(expected), "{items}\n  {message}\n  {expected}");
        }
    }

    #[test]
    fn broken_yaml_and_unknown_keys_have_a_place() {
        let error = load("- {id: a, kind: question, text: Why?, txet: x}").unwrap_err();
        assert!(error.message.contains("unknown field `txet`"), "{error}");
        assert_eq!(error.at.map(|at| at.0), Some(5), "{error}");
        assert!(from_yaml("id: [").unwrap_err().at.is_some());
    }

    #[test]
    fn scaffold_lines_are_texts_or_dated() {
        let item = |lines: &str| format!("- {{id: a, kind: question, text: Why?, scaffold: [{lines}]}}");
        let template = load(&item("'Name:', {text: 'Old name:', until: 2024-01-01}")).unwrap();
        let lines = &template.items[0].scaffold;
        assert_eq!([lines[0].text.as_str(), lines[1].text.as_str()], ["Name:", "Old name:"]);
        assert_eq!([lines[0].until, lines[1].until], [None, Some(RevisionIndex(0))]);
        assert!(message(&item("''")).contains("not one line of text"));
        assert!(message(&item("{text: A, until: '2023'}")).contains("unknown revision `2023`"));
        assert!(message(&item("{text: A, since: 2024-01-01}")).contains("unknown field `since`"));
    }

    #[test]
    fn a_moved_item_may_be_older_than_the_section_around_it() {
        let section = |moved: &str| {
            format!(
                "- {{id: s, kind: section, title: S, since: 2025-01-01, items: [{{id: s.q, kind: question, text: Why?, since: 2024-01-01, moved: {moved}}}]}}"
            )
        };
        assert_eq!(load(&section("2025-01-01")).unwrap().items[1].since, RevisionIndex(0));
        assert!(message(&section("2024-01-01")).contains("is in revisions that `s`"));
        let early = "- {id: q, kind: question, text: Why?, since: 2025-01-01, moved: 2024-01-01}";
        assert!(message(early).contains("`moved` is not one of its own revisions"));
    }

    #[test]
    fn guidance_is_a_list_or_one_text() {
        let question = "- {id: a, kind: question, text: Why?}\n";
        let block =
            load(&format!("{question}guidance: >\n  00000000000000ff 0000000000000001\n  {:016x}\n", 2));
        assert_eq!(block.unwrap().guidance, [1, 2, 255]);
        let list = load(&format!("{question}guidance: ['00000000000000ff']"));
        assert_eq!(list.unwrap().guidance, [255]);
        assert!(message(&format!("{question}guidance: ff")).contains("not a hash of 16 hex digits"));
    }

    #[test]
    fn revisions_are_oldest_first() {
        let text = HEAD.replace("2025-01-01", "2023-01-01") + "- {id: a, kind: question, text: Why?}";
        let error = from_yaml(&text).unwrap_err().to_string();
        assert!(error.contains("older than the one above it"), "{error}");
    }
}
