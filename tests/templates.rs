//! The bundled templates: they load, their ids are a promise, and their wording is upstream's.
#![cfg(feature = "cli")]

#[path = "common/files.rs"]
mod files;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use files::shared;
use gtr_lint::review::words;
use gtr_lint::template::{Date, Item, ItemIndex, ItemKind, RevisionIndex, Template, bundled};

fn gtr() -> Template {
    bundled().iter().find(|bundled| bundled.id == "gtr").expect("gtr is bundled").load()
}

fn revision(template: &Template, id: &str) -> RevisionIndex {
    let at = template.revisions.iter().position(|revision| revision.id == id).expect("a revision");
    RevisionIndex(at as u16)
}

fn is_asked(item: &Item) -> bool {
    matches!(item.kind, ItemKind::Question | ItemKind::Group)
}

#[test]
fn every_bundled_template_loads_under_its_id() {
    for bundled in bundled() {
        let template = bundled.load();
        assert_eq!(template.id, bundled.id);
        let anchors = &template.recognition.anchors;
        assert!(!anchors.is_empty(), "{}: without anchors every file is parsed", bundled.id);
    }
}

#[test]
fn ids_are_a_promise() {
    let gtr = gtr();
    let line = |item: &Item| {
        let until = item.until.map(|until| format!(", until {}", gtr.revision(until).id));
        format!("{} ({}){}\n", item.id, item.kind.name(), until.unwrap_or_default())
    };
    insta::assert_snapshot!(gtr.items.iter().map(line).collect::<String>());
}

#[test]
fn each_revision_has_as_many_questions_as_upstream() {
    let gtr = gtr();
    let counts = gtr.revisions.iter().enumerate().map(|(at, revision)| {
        let asked = |item: &&Item| is_asked(item) && item.is_in(RevisionIndex(at as u16));
        (revision.id.as_str(), gtr.items.iter().filter(asked).count())
    });
    let expected = [
        ("2024-09-24", 81),
        ("2024-09-27", 80),
        ("2025-04-30", 80),
        ("2025-09-25", 81),
        ("2025-09-30", 85),
        ("2026-01-27", 84),
        ("2026-08-03", 84),
    ];
    assert_eq!(counts.collect::<Vec<_>>(), expected);
}

#[test]
fn levels_ask_for_their_days() {
    let gtr = gtr();
    let newest = gtr.newest();
    let required = |level: &str| {
        let level = usize::from(gtr.level(level).expect("a level").0);
        let leaf = |at: &ItemIndex| gtr.children(*at).next().is_none();
        let counts = |at: &ItemIndex| {
            let item = gtr.item(*at);
            item.kind == ItemKind::Question
                && item.is_in(newest)
                && item.required[level] == gtr_lint::template::Requirement::Required
                && leaf(at)
        };
        gtr.indices().filter(counts).count()
    };
    assert_eq!([required("Sandbox"), required("incubating"), required("Graduated")], [35, 47, 77]);
}

#[test]
fn revisions_are_dated() {
    for revision in &gtr().revisions {
        assert!(Date::parse(&revision.id).is_some(), "{}", revision.id);
    }
}

/// What is left of a label when filler words and endings are taken away, as alignment does.
fn folded(text: &str) -> Vec<String> {
    let filler =
        ["the", "a", "an", "of", "and", "or", "for", "project", "your", "our", "to", "in", "is", "how"];
    let stem = |word: &str| {
        let endings = ["ing", "ed", "s"].into_iter();
        let mut stems = endings.filter_map(|ending| word.strip_suffix(ending)).filter(|stem| stem.len() > 2);
        stems.next().unwrap_or(word).to_owned()
    };
    let whole = words(text).map(|word| stem(&text[word.span.range()].to_lowercase()));
    whole.filter(|word| !filler.contains(&word.as_str())).collect()
}

#[test]
fn an_alias_means_one_item_in_its_section() {
    for bundled in bundled() {
        let ambiguous = ambiguous_aliases(&bundled.load());
        assert!(ambiguous.is_empty(), "{}: {ambiguous:#?}", bundled.id);
    }
}

/// Aliases with more than one meaning in a section, and their meanings.
fn ambiguous_aliases(template: &Template) -> Vec<String> {
    let mut meanings: BTreeMap<(Option<ItemIndex>, Vec<String>), BTreeSet<&str>> = BTreeMap::new();
    for index in template.indices() {
        let item = template.item(index);
        let section = if item.kind == ItemKind::Section { item.parent } else { template.section_of(index) };
        for alias in item.aliases.iter() {
            let words = folded(alias);
            assert!(!words.is_empty(), "{}: `{alias}` has no words of its own", item.id);
            meanings.entry((section, words)).or_default().insert(&item.id);
        }
    }
    let ambiguous = meanings.iter().filter(|(_, items)| items.len() > 1);
    ambiguous.map(|((_, words), items)| format!("{}: {items:?}", words.join(" "))).collect()
}

#[test]
fn every_question_has_aliases_and_keywords() {
    let items = bundled().iter().flat_map(|bundled| bundled.load().items);
    for item in items.filter(|item| is_asked(item) && item.id != "day0.security.projects") {
        let few = if item.kind == ItemKind::Group { 1 } else { 3 };
        assert!(item.aliases.iter().count() >= few, "{} has few aliases", item.id);
        assert!(!item.keywords.is_empty(), "{} has no keywords", item.id);
    }
}

#[test]
fn the_wording_is_upstreams() {
    let Some(folder) = shared("templates-upstream/gtr") else { return };
    let gtr = gtr();
    for (id, file) in [
        ("2024-09-24", "2024-09-24-6c93b526"),
        ("2024-09-27", "2024-09-27-bd24d8cf"),
        ("2025-04-30", "2025-04-30-d8e0f44f"),
        ("2025-09-30", "2025-09-30-b839c13d"),
        ("2026-01-27", "2026-01-27-55c2ec8b"),
        ("2026-08-03", "2026-08-v1.0.1-INFERRED"),
    ] {
        let at = revision(&gtr, id);
        let text = fs::read_to_string(folder.join(format!("{file}.txt"))).unwrap();
        let mut expected = listed(&text);
        let mut ours = wordings(&gtr, at);
        if id < "2026-08-03" {
            // Items stand in the order of the newest revision, which moved the use cases up in Scope.
            for lines in [&mut expected, &mut ours] {
                lines.sort_by_key(|(section, _)| section != "Day 0 / Scope");
                let scope = lines.iter().filter(|(section, _)| section == "Day 0 / Scope").count();
                lines[..scope].sort();
            }
        }
        assert_eq!(ours, expected, "{id}");
    }
}

/// Section and question of each line of an upstream list.
fn listed(text: &str) -> Vec<(String, String)> {
    let mut section = String::new();
    let mut lines = Vec::new();
    for line in text.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            title.clone_into(&mut section);
        } else if let Some(question) = line.trim_start().strip_prefix("* ") {
            lines.push((section.clone(), question.trim_end().to_owned()));
        }
    }
    lines
}

/// The same for a revision of the bundled template.
fn wordings(template: &Template, revision: RevisionIndex) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    for index in template.indices() {
        let item = template.item(index);
        if is_asked(item) && item.is_in(revision) {
            let section = template.item(template.section_of(index).expect("a question lies in a section"));
            let day = &section.id[3..4];
            let title = section.wording(revision);
            lines.push((format!("Day {day} / {title}"), item.wording(revision).to_owned()));
        }
    }
    lines
}

#[test]
fn ids_are_those_of_the_reference() {
    let Some(path) = shared("reference/gtr-questions.json") else { return };
    let text = fs::read_to_string(path).unwrap();
    let reference: serde_json::Value = serde_json::from_str(&text).unwrap();
    let gtr = gtr();
    let at = revision(&gtr, "2026-01-27");
    for question in reference["questions"].as_array().unwrap() {
        let id = question["id"].as_str().unwrap();
        let item = gtr.item(gtr.find(id).unwrap_or_else(|| panic!("{id} is not there")));
        assert_eq!(item.wording(at), question["text"].as_str().unwrap(), "{id}");
        let kind = if question["kind"] == "grouping" { ItemKind::Group } else { ItemKind::Question };
        assert_eq!(item.kind, kind, "{id}");
    }
}
