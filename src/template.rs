//! A versioned questionnaire as plain data. `template/load.rs` reads it from YAML.
//!
//! The items of a template lie in one vector in preorder, like the blocks of a document.

mod load;
mod spellings;
#[cfg(test)]
pub(crate) mod testing;
mod texts;
mod words;

#[cfg(feature = "cli")]
pub use load::schema;
pub use load::{Bundled, LoadError, TOO_DEEP, bundled, from_yaml, too_deep};
pub(crate) use spellings::spellings;
pub use texts::Texts;

use std::collections::BTreeMap;

use crate::diagnostic::Severity;

/// A date as written in ISO 8601: year, month, day. Ordered as dates are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// Year, 0 to 9999.
    pub year: u16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day, 1 to 31, one that the month has.
    pub day: u8,
}

/// Index of an item in its template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemIndex(pub u16);

/// Index of a revision in its template, oldest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RevisionIndex(pub u16);

/// Index of a level in its template, lowest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LevelIndex(pub u8);

/// What an item is.
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ItemKind {
    /// A part of the document with a heading.
    Section,
    /// Something to answer.
    Question,
    /// A lead-in whose children are the questions.
    Group,
    /// A line of metadata: label and value.
    Field,
    /// A box to tick.
    Checkbox,
}

impl ItemKind {
    /// The word that reports use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Section => "section",
            Self::Question => "question",
            Self::Group => "group",
            Self::Field => "field",
            Self::Checkbox => "checkbox",
        }
    }
}

/// How much an item is asked for at a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Requirement {
    /// Nobody asks.
    Optional,
    /// Welcome, never demanded.
    Encouraged,
    /// Must be answered.
    Required,
}

/// One wording of an item, valid from a revision on until the next wording begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// First revision that has it.
    pub from: RevisionIndex,
    /// Upstream's exact text, one line of markdown.
    pub text: String,
}

/// A line that upstream puts below an item, to be filled in: the label of a value, a sample.
///
/// Where a document still has nothing but its words it is no answer; with a value behind it, it is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scaffold {
    /// Upstream's exact text, one line of markdown without a list marker.
    pub text: String,
    /// Last revision that has it; `None` while it is still there.
    pub until: Option<RevisionIndex>,
}

/// A node of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Stable id, such as `day0.scope.roadmap`.
    pub id: String,
    /// What it is.
    pub kind: ItemKind,
    /// Its wordings, oldest first, never empty: the question, the heading's title or the field's label.
    pub wordings: Vec<Wording>,
    /// First revision that has the item.
    pub since: RevisionIndex,
    /// Last revision that has it; `None` while it is still there.
    pub until: Option<RevisionIndex>,
    /// First revision that has it where it stands here; older ones had it elsewhere.
    pub moved: RevisionIndex,
    /// How much it is asked for, one entry a level, lowest level first.
    pub required: Vec<Requirement>,
    /// Short labels under which people write it.
    pub aliases: Texts,
    /// Words that point to it inside its section.
    pub keywords: Texts,
    /// What a good answer has, in one line of our own words.
    pub hint: Option<String>,
    /// Lines that upstream puts below it, to be filled in.
    pub scaffold: Vec<Scaffold>,
    /// Of a section: text directly below its heading answers what it asks and a document does not.
    pub whole: bool,
    /// The item it lies in.
    pub parent: Option<ItemIndex>,
    /// One past the last item of its subtree.
    pub end: ItemIndex,
}

impl Item {
    /// Whether a revision has the item.
    #[must_use]
    pub fn is_in(&self, revision: RevisionIndex) -> bool {
        self.since <= revision && self.until.is_none_or(|until| revision <= until)
    }

    /// The wording that a revision has (the oldest one for revisions before the item).
    #[must_use]
    pub fn wording(&self, revision: RevisionIndex) -> &str {
        let at = self.wordings.partition_point(|wording| wording.from <= revision);
        &self.wordings[at.saturating_sub(1)].text
    }

    /// The wording that a revision has, without the mark of a section that may be left out (`[optional]`).
    #[must_use]
    pub fn title(&self, revision: RevisionIndex) -> &str {
        without_optional(self.wording(revision))
    }

    /// The newest wording.
    #[must_use]
    pub fn newest_wording(&self) -> &str {
        &self.wordings[self.wordings.len() - 1].text
    }
}

/// A title without the mark at its end that the section may be left out, in round or square brackets.
pub(crate) fn without_optional(title: &str) -> &str {
    let title = title.trim_end();
    let at = title.len().saturating_sub("(optional)".len());
    match title.get(at..).map(str::to_ascii_lowercase).as_deref() {
        Some("(optional)" | "[optional]") => title[..at].trim_end(),
        _ => title,
    }
}

/// One state of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// The day it was written, which is its id.
    pub id: String,
    /// The day it reached the main branch.
    pub on_main: Option<Date>,
    /// The version string it carries.
    pub version: String,
    /// The commit it was taken from.
    pub commit: String,
}

/// How a document of this kind is told from others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recognition {
    /// Strings (lower case) one of which a file must hold, in any case, to be looked at further.
    pub anchors: Vec<String>,
    /// Beginnings of a document's title, compared by their words.
    pub titles: Vec<String>,
    /// Globs over the repository-relative path.
    pub paths: Vec<String>,
    /// Lines of front matter that say so, compared by their words.
    pub front_matter: Vec<String>,
    /// Phrases in the first heading of documents of other kinds that have the same sections.
    pub other_titles: Vec<String>,
}

/// What a rule's severity is for a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SeverityOverride {
    /// This severity instead of the rule's default.
    To(Severity),
    /// Not reported unless configured.
    Off,
    /// The rule does not apply to documents of this kind.
    Never,
}

/// Where the wording comes from.
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Upstream {
    /// `owner/name`.
    pub repository: String,
    /// Path of the template in it.
    pub path: String,
    /// Licence of the wording, as SPDX expression.
    pub licence: String,
    /// Page that people are sent to.
    pub url: String,
}

/// A versioned questionnaire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// Short id: `gtr`, `kep`.
    pub id: String,
    /// Name for people: `GTR`.
    pub name: String,
    /// What it is in one line.
    pub description: String,
    /// Where the wording comes from.
    pub upstream: Upstream,
    /// Names of the levels, lowest first.
    pub levels: Vec<String>,
    /// Other spellings of levels, lower case, to their index.
    pub level_aliases: BTreeMap<String, LevelIndex>,
    /// Oldest first, never empty.
    pub revisions: Vec<Revision>,
    /// Severities that differ from the rules' defaults, by rule name.
    pub severities: BTreeMap<String, SeverityOverride>,
    /// How documents of this kind are recognised.
    pub recognition: Recognition,
    /// Markers of an open answer that this template's authors use, beside the common ones.
    pub placeholders: Vec<String>,
    /// One answer behind questions on adjoining lines answers all of them.
    pub shared_answers: bool,
    /// Sorted hashes of the normalised lines of the template's guidance.
    pub guidance: Vec<u64>,
    /// The same of lines that are the template's only inside a comment: in the open their authors mean them.
    pub samples: Vec<u64>,
    /// All items in preorder.
    pub items: Vec<Item>,
}

impl Template {
    /// An item by its index.
    #[must_use]
    pub fn item(&self, index: ItemIndex) -> &Item {
        &self.items[index.0 as usize]
    }

    /// Indices of all items in template order.
    pub fn indices(&self) -> impl Iterator<Item = ItemIndex> + use<> {
        (0..self.items.len() as u16).map(ItemIndex)
    }

    /// Indices of an item's children.
    pub fn children(&self, index: ItemIndex) -> impl Iterator<Item = ItemIndex> + '_ {
        let end = self.item(index).end;
        let mut next = ItemIndex(index.0 + 1);
        std::iter::from_fn(move || {
            (next < end).then(|| {
                let child = next;
                next = self.item(child).end;
                child
            })
        })
    }

    /// The nearest section around an item, itself if it is one.
    #[must_use]
    pub fn section_of(&self, index: ItemIndex) -> Option<ItemIndex> {
        std::iter::successors(Some(index), |&at| self.item(at).parent)
            .find(|&at| self.item(at).kind == ItemKind::Section)
    }

    /// Whether an item is asked below another: a question of a lead-in or of a question, a box.
    #[must_use]
    pub fn is_nested(&self, index: ItemIndex) -> bool {
        self.item(index).parent.is_some_and(|parent| self.item(parent).kind != ItemKind::Section)
    }

    /// What a document of a revision was written on: `questions of 2025-12-08`, or `template of 2018-12-01` where nothing
    /// was asked yet.
    pub(crate) fn origin(&self, revision: RevisionIndex) -> String {
        let asks =
            |item: &Item| matches!(item.kind, ItemKind::Question | ItemKind::Group) && item.is_in(revision);
        let what = if self.items.iter().any(asks) { "questions" } else { "template" };
        format!("{what} of {}", self.revision(revision).id)
    }

    /// The revision since which an item is no longer asked; `None` for one that the newest has.
    #[must_use]
    pub fn retired_since(&self, index: ItemIndex) -> Option<&Revision> {
        self.revisions.get(usize::from(self.item(index).until?.0) + 1)
    }

    /// The index of an id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<ItemIndex> {
        self.items.iter().position(|item| item.id == id).map(|at| ItemIndex(at as u16))
    }

    /// The newest revision.
    #[must_use]
    pub fn newest(&self) -> RevisionIndex {
        RevisionIndex(self.revisions.len() as u16 - 1)
    }

    /// A revision by its index.
    #[must_use]
    pub fn revision(&self, index: RevisionIndex) -> &Revision {
        &self.revisions[index.0 as usize]
    }

    /// The level with a name or another spelling of it, in any case.
    #[must_use]
    pub fn level(&self, name: &str) -> Option<LevelIndex> {
        let name = name.trim().to_lowercase();
        let at = self.levels.iter().position(|level| *level == name);
        at.map(|at| LevelIndex(at as u8)).or_else(|| self.level_aliases.get(&name).copied())
    }

    /// The lowest level at which an item is required.
    #[must_use]
    pub fn required_from(&self, index: ItemIndex) -> Option<LevelIndex> {
        let at = self.item(index).required.iter().position(|r| *r == Requirement::Required);
        at.map(|at| LevelIndex(at as u8))
    }
}

impl Date {
    /// A date, if the calendar has it.
    #[must_use]
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            1..=12 => 31,
            _ => return None,
        };
        (1..=days).contains(&day).then_some(Self { year, month, day })
    }

    /// Reads `YYYY-MM-DD`, exactly padded.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (year, rest) = text.split_once('-')?;
        let (month, day) = rest.split_once('-')?;
        let number = |part: &str, width: usize| -> Option<u16> {
            let digits = part.len() == width && part.bytes().all(|b| b.is_ascii_digit());
            digits.then(|| part.parse().ok()).flatten()
        };
        Self::new(number(year, 4)?, number(month, 2)? as u8, number(day, 2)? as u8)
    }

    /// Days since 1 January of the year 0, for differences between dates.
    ///
    /// The algorithm is `days_from_civil` of <https://howardhinnant.github.io/date_algorithms.html>.
    #[must_use]
    pub fn days(self) -> i64 {
        let (month, day) = (i64::from(self.month), i64::from(self.day));
        let year = i64::from(self.year) - i64::from(month <= 2);
        let era = year.div_euclid(400);
        let of_era = year.rem_euclid(400);
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}
