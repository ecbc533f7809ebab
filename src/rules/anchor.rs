//! The places of a page that `#…` links can jump to, as GitHub makes them.
//!
//! GitHub takes a heading's text in lower case, drops all but letters, digits, `-`, `_` and spaces, puts `-`
//! for every space, and numbers what comes again: <https://docs.github.com/en/get-started/writing-on-github/getting-started-with-writing-and-formatting-on-github/basic-writing-and-formatting-syntax#section-links>.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use memchr::{memchr_iter, memchr2};

use crate::document::{Document, heading_text, slug};

/// All anchors of a page, in lower case.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    /// Each with the number of headings that make it by their text alone.
    all: HashMap<String, usize>,
    /// By what is left of them for renderers that put one `-` for several, those of which less is left; made when
    /// first asked for.
    loose: OnceCell<HashMap<String, String>>,
}

impl Anchors {
    /// The anchors of a document: headings (those lost in a fence or comment too: they have a finding of
    /// their own), `id=` and `name=` of raw HTML, `{#id}` behind a heading.
    pub(super) fn of(document: &Document) -> Self {
        let (sections, lost) = (document.sections(), document.lost_headings());
        let mut anchors = Self::default();
        anchors.all.reserve(sections.len() + lost.len());
        for section in sections {
            anchors.add_heading(document.text(document.block(section.heading).span));
        }
        for lost in lost {
            anchors.add_heading(document.text(lost.span));
        }
        anchors.add_html(document.source().text());
        anchors
    }

    fn add_heading(&mut self, heading: &str) {
        let text = heading_text(heading);
        if let Some((before, id)) = attribute(text) {
            self.add(id.to_lowercase());
            self.add(slug(before));
        }
        match self.all.entry(slug(text)) {
            Entry::Vacant(entry) => {
                entry.insert(1);
            }
            Entry::Occupied(mut entry) => {
                let count = entry.get_mut();
                *count += 1;
                let numbered = (*count > 1).then(|| format!("{}-{}", entry.key(), *entry.get() - 1));
                numbered.into_iter().for_each(|anchor| self.add(anchor));
            }
        }
    }

    fn add(&mut self, anchor: String) {
        self.all.entry(anchor).or_insert(0);
    }

    fn add_html(&mut self, text: &str) {
        let tags = memchr_iter(b'<', text.as_bytes()).filter_map(|open| named(&text[open + 1..]));
        tags.for_each(|name| self.add(name.to_lowercase()));
    }

    /// Whether the page has an anchor; `fragment` is what follows `#`, escapes undone.
    pub(super) fn has(&self, fragment: &str) -> bool {
        if self.all.contains_key(fragment) {
            return true;
        }
        let fragment = fragment.to_lowercase();
        let fragment = fragment.strip_prefix("user-content-").unwrap_or(&fragment);
        // the top of the page, footnotes, and what browsers search for themselves
        fragment.is_empty()
            || fragment == "top"
            || fragment.starts_with("fn-")
            || fragment.starts_with("fnref-")
            || fragment.starts_with("fn:")
            || fragment.starts_with(":~:")
            || self.all.contains_key(fragment)
    }

    /// An anchor that other renderers, which put one `-` for several, make of a heading.
    pub(super) fn has_loosely(&self, fragment: &str) -> Option<&str> {
        let loose = self.loose.get_or_init(|| {
            let mut loose: HashMap<String, String> = HashMap::new();
            for anchor in self.all.keys() {
                if let Cow::Owned(less) = squeezed(anchor) {
                    let first = loose.entry(less).or_insert_with(|| anchor.clone());
                    if anchor < first {
                        first.clone_from(anchor);
                    }
                }
            }
            loose
        });
        let fragment = fragment.to_lowercase();
        let less = squeezed(&fragment);
        let whole = self.all.get_key_value(&*less).map(|(anchor, _)| anchor.as_str());
        let first = loose.get(&*less).map(String::as_str);
        whole.into_iter().chain(first).min()
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.all.len()
    }

    /// All anchors, sorted.
    pub(super) fn sorted(&self) -> Vec<&str> {
        let mut all: Vec<&str> = self.all.keys().map(String::as_str).collect();
        all.sort_unstable();
        all
    }
}

/// Most headings with as many letters that are looked at for one anchor.
const FEW: usize = 100;

/// The headings of a document by the number of their letters: most anchors are found among them, without making all.
pub(super) struct Headings<'a>(Vec<(usize, &'a str)>);

impl<'a> Headings<'a> {
    /// Those that are none of a fence or comment.
    pub(super) fn of(document: &'a Document) -> Self {
        let texts =
            document.sections().iter().map(|section| document.text(document.block(section.heading).span));
        let mut all: Vec<_> = texts.map(|text| (letters(text).count(), text)).collect();
        all.sort_by_key(|(count, _)| *count);
        Self(all)
    }

    /// Whether a heading makes an anchor by its text alone; false also where that is not quick to tell.
    pub(super) fn has(&self, anchor: &str) -> bool {
        let count = letters(anchor).count();
        let from = self.0.partition_point(|(other, _)| *other < count);
        let mut alike = self.0[from..].iter().take_while(|(other, _)| *other == count).take(FEW);
        alike.any(|(_, heading)| {
            let same =
                letters(heading).zip(letters(anchor)).all(|(one, other)| one.eq_ignore_ascii_case(other));
            same && slug(heading_text(heading)) == anchor
        })
    }
}

/// The ASCII letters and digits of a text.
fn letters(text: &str) -> impl Iterator<Item = &u8> {
    text.as_bytes().iter().filter(|byte| byte.is_ascii_alphanumeric())
}

/// The heading's text and the id of a `{#id}` behind it.
fn attribute(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_end().strip_suffix('}')?;
    let from = text.rfind('}').map_or(0, |at| at + 1);
    text[from..].match_indices('{').find_map(|(at, _)| {
        let id = text[from + at + 1..].trim_start().strip_prefix('#')?;
        let id = id.split(char::is_whitespace).next().filter(|id| !id.is_empty())?;
        Some((text[..from + at].trim_end(), id))
    })
}

/// The value of `id=` or `name=` in a tag; `rest` is what follows its `<`.
fn named(rest: &str) -> Option<&str> {
    if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let end = memchr2(b'<', b'>', rest.as_bytes()).unwrap_or(rest.len());
    let tag = &rest[..end];
    tag.match_indices(char::is_whitespace).find_map(|(at, space)| {
        let rest = &tag[at + space.len()..];
        let value = ["id", "name"].iter().find_map(|name| {
            let is_it = rest.get(..name.len())?.eq_ignore_ascii_case(name);
            is_it.then(|| rest[name.len()..].trim_start().strip_prefix('=')).flatten()
        })?;
        let value = value.trim_start();
        let value = value.strip_prefix(['"', '\'']).unwrap_or(value);
        let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '\'');
        value.split(ends).next().filter(|value| !value.is_empty())
    })
}

/// One `-` for several, none at the ends.
fn squeezed(slug: &str) -> Cow<'_, str> {
    if !(slug.contains("--") || slug.starts_with('-') || slug.ends_with('-')) {
        return slug.into();
    }
    slug.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_are_counted_and_read_from_html() {
        let mut anchors = Anchors::default();
        for heading in ["## Usability", "## Usability", "## Usability {#usage}"] {
            anchors.add_heading(heading);
        }
        anchors.add_html("<a name=\"Top-Link\"></a> <h2 class=x id='second'> a name=no");
        for there in [
            "usability",
            "usability-1",
            "usage",
            "user-content-usability",
            "Usability",
            "second",
            "top-link",
            "",
            "top",
        ] {
            assert!(anchors.has(there), "{there}");
        }
        for not in ["usability-2", "no", "day-0-planning"] {
            assert!(!anchors.has(not), "{not}");
        }
    }

    #[test]
    fn ids_stand_behind_headings_and_in_tags() {
        assert_eq!(attribute("A b { #one .wide } "), Some(("A b", "one")));
        assert_eq!(attribute("A {x} {{#two}"), Some(("A {x} {", "two")));
        assert_eq!(attribute("A {x} {#} b"), None);
        assert_eq!(attribute("{#a} b}"), None);
        assert_eq!(named("a class=x ID = \"One\" name=two>"), Some("One"));
        assert_eq!(named("a id=\"\" name='two'>"), Some("two"));
        assert_eq!(named("a href=x> id=y"), None);
        assert_eq!(named(" id=x>"), None);
    }

    #[test]
    fn other_renderers_put_one_dash() {
        let mut anchors = Anchors::default();
        anchors.add_heading("## Day 0 - Planning");
        assert!(!anchors.has("day-0-planning"));
        assert_eq!(anchors.has_loosely("Day-0-Planning"), Some("day-0---planning"));
        let mut anchors = Anchors::default();
        for heading in ["## Day 0 - Planning", "## Day 0 Planning", "## -Day 0 Planning-"] {
            anchors.add_heading(heading);
        }
        assert_eq!(anchors.has_loosely("day-0-planning"), Some("-day-0-planning-"), "the first in order");
        assert_eq!(anchors.has_loosely("day-0"), None);
    }

    #[test]
    fn a_heading_is_known_without_the_others() {
        let source =
            crate::source::Source::new("a.md", "# A & b\n\n## What's *new*?\n\n## C {#d}\n\n## A  b\n");
        let document = Document::parse(&source);
        let headings = Headings::of(&document);
        for there in ["a--b", "whats-new", "c-d"] {
            assert!(headings.has(there) && Anchors::of(&document).has(there), "{there}");
        }
        for not in ["a-b", "A--b", "d", "c", "", "whats"] {
            assert!(!headings.has(not), "{not}");
        }
    }
}
