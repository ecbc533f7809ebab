//! A template as written to a [`Template`]: names become indices, and what does not fit is said.

use std::collections::BTreeMap;

use super::items::Items;
use super::raw::{RawRevision, RawTemplate};
use crate::diagnostic::Severity;
use crate::template::{Date, LevelIndex, Recognition, Revision, SeverityOverride, Template};

/// What is wrong, and the text in the file that the message is about.
#[derive(Debug)]
pub(super) struct Problem {
    pub(super) message: String,
    /// Searched for in the file to find the line.
    pub(super) about: String,
}

/// A problem with the name it is about.
pub(super) fn problem(about: &str, message: impl Into<String>) -> Problem {
    Problem { message: message.into(), about: about.to_owned() }
}

/// Checks a template and puts it together. `texts` are those that `build.rs` took out of a bundled one.
pub(super) fn assemble(raw: RawTemplate, texts: Option<&'static str>) -> Result<Template, Problem> {
    if !is_id(&raw.id) {
        return Err(problem(&raw.id, format!("`{}` is no id: use a-z, 0-9, `-` and `.`", raw.id)));
    }
    let levels = levels(&raw)?;
    let revisions = revisions(&raw.revisions)?;
    let level_aliases = level_aliases(&raw, &levels)?;
    let severities = severities(&raw.severities)?;
    let (guidance, samples) = (hashes("guidance", &raw.guidance.0)?, hashes("samples", &raw.samples.0)?);
    for anchor in &raw.recognition.anchors {
        if anchor.trim().is_empty() || *anchor != anchor.to_lowercase() {
            return Err(problem(anchor, format!("the anchor `{anchor}` must be lower case and not empty")));
        }
    }
    let items = Items::read(raw.items, &levels, &revisions, texts)?;
    Ok(Template {
        name: raw.name.unwrap_or_else(|| raw.id.to_uppercase()),
        id: raw.id,
        description: raw.description,
        upstream: raw.upstream,
        levels,
        level_aliases,
        revisions,
        severities,
        recognition: Recognition {
            anchors: raw.recognition.anchors,
            titles: raw.recognition.titles,
            paths: raw.recognition.paths,
            front_matter: raw.recognition.front_matter,
            other_titles: raw.recognition.other_titles,
        },
        placeholders: raw.placeholders,
        shared_answers: raw.shared_answers,
        guidance,
        samples,
        items,
    })
}

/// Whether a text can be the id of a template or an item.
pub(super) fn is_id(text: &str) -> bool {
    let fits = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.');
    !text.is_empty() && text.bytes().all(fits)
}

fn levels(raw: &RawTemplate) -> Result<Vec<String>, Problem> {
    if raw.levels.is_empty() {
        return Err(problem("levels", "`levels` is empty: name at least one, lowest first"));
    }
    if raw.levels.len() > usize::from(u8::MAX) {
        return Err(problem("levels", "more than 255 levels"));
    }
    for (at, level) in raw.levels.iter().enumerate() {
        if !is_id(level) {
            return Err(problem(level, format!("level `{level}`: use a-z, 0-9 and `-`")));
        }
        if raw.levels[..at].contains(level) {
            return Err(problem(level, format!("level `{level}` is there twice")));
        }
    }
    Ok(raw.levels.clone())
}

fn level_aliases(raw: &RawTemplate, levels: &[String]) -> Result<BTreeMap<String, LevelIndex>, Problem> {
    let mut aliases = BTreeMap::new();
    for (alias, level) in &raw.level_aliases {
        if *alias != alias.to_lowercase() {
            return Err(problem(alias, format!("level alias `{alias}` must be lower case")));
        }
        aliases.insert(alias.clone(), level_index(alias, level, levels)?);
    }
    Ok(aliases)
}

/// The index of a level that `about` names.
pub(super) fn level_index(about: &str, level: &str, levels: &[String]) -> Result<LevelIndex, Problem> {
    let at = levels.iter().position(|known| known == level);
    at.map(|at| LevelIndex(at as u8)).ok_or_else(|| {
        problem(about, format!("`{about}`: unknown level `{level}`; the levels are {}", levels.join(", ")))
    })
}

fn revisions(raw: &[RawRevision]) -> Result<Vec<Revision>, Problem> {
    if raw.is_empty() {
        return Err(problem("revisions", "`revisions` is empty: name at least one, oldest first"));
    }
    if raw.len() > usize::from(u16::MAX) {
        return Err(problem("revisions", "more than 65535 revisions"));
    }
    let mut revisions: Vec<Revision> = Vec::with_capacity(raw.len());
    for revision in raw {
        let id = &revision.id;
        if id.trim().is_empty() {
            return Err(problem("revisions", "a revision has an empty id: use the day it was written"));
        }
        if revisions.iter().any(|known| known.id == *id) {
            return Err(problem(id, format!("revision `{id}` is there twice")));
        }
        let before = revisions.last().and_then(|last| Date::parse(&last.id));
        if let (Some(before), Some(day)) = (before, Date::parse(id))
            && day < before
        {
            return Err(problem(id, format!("revision `{id}` is older than the one above it; oldest first")));
        }
        let on_main = match &revision.on_main {
            None => None,
            Some(day) => Some(Date::parse(day).ok_or_else(|| {
                problem(id, format!("revision `{id}`: `on-main: {day}` is no date; write YYYY-MM-DD"))
            })?),
        };
        revisions.push(Revision {
            id: id.clone(),
            on_main,
            version: revision.version.clone(),
            commit: revision.commit.clone(),
        });
    }
    Ok(revisions)
}

fn severities(raw: &BTreeMap<String, String>) -> Result<BTreeMap<String, SeverityOverride>, Problem> {
    let read = |(rule, word): (&String, &String)| {
        let severity = match word.as_str() {
            "error" => SeverityOverride::To(Severity::Error),
            "warning" => SeverityOverride::To(Severity::Warning),
            "note" => SeverityOverride::To(Severity::Note),
            "off" => SeverityOverride::Off,
            "never" => SeverityOverride::Never,
            _ => {
                let known = "error, warning, note, off or never";
                return Err(problem(rule, format!("`{rule}`: severity `{word}` is not {known}")));
            }
        };
        Ok((rule.clone(), severity))
    };
    raw.iter().map(read).collect()
}

fn hashes(key: &str, raw: &[String]) -> Result<Vec<u64>, Problem> {
    let read = |text: &String| {
        let hash = (text.len() == 16).then(|| u64::from_str_radix(text, 16).ok()).flatten();
        hash.ok_or_else(|| problem(text, format!("{key} `{text}` is not a hash of 16 hex digits in quotes")))
    };
    let mut hashes = raw.iter().map(read).collect::<Result<Vec<u64>, Problem>>()?;
    hashes.sort_unstable();
    hashes.dedup();
    Ok(hashes)
}
