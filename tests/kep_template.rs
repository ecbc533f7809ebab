//! The KEP template: its ids are a promise, and every revision is upstream's, item by item.

#[path = "common/files.rs"]
mod files;

use std::fs;

use files::shared;
use gtr_lint::review::{guidance_hash, plain, words};
use gtr_lint::template::{Item, ItemKind, Requirement, RevisionIndex, Scaffold, Template, bundled};

fn kep() -> Template {
    bundled().iter().find(|bundled| bundled.id == "kep").expect("kep is bundled").load()
}

#[test]
fn ids_are_a_promise() {
    let kep = kep();
    let line = |item: &Item| {
        let until = item.until.map(|until| format!(", until {}", kep.revision(until).id));
        format!("{} ({}){}\n", item.id, item.kind.name(), until.unwrap_or_default())
    };
    insta::assert_snapshot!(kep.items.iter().map(line).collect::<String>());
}

#[test]
fn each_stage_asks_for_its_questions() {
    let kep = kep();
    let count = |level: &str, kind: ItemKind| {
        let level = usize::from(kep.level(level).expect("a level").0);
        let asked = |item: &&Item| item.kind == kind && item.required[level] == Requirement::Required;
        kep.items.iter().filter(asked).count()
    };
    let questions = ["provisional", "Implementable", "alpha", "beta", "GA"];
    assert_eq!(questions.map(|level| count(level, ItemKind::Question)), [0, 0, 5, 25, 25]);
    assert_eq!(questions.map(|level| count(level, ItemKind::Checkbox)), [0, 7, 7, 7, 10]);
    let scalability = kep.item(kep.find("prr-node-exhaustion").expect("is there"));
    let alpha = usize::from(kep.level("alpha").expect("a level").0);
    assert_eq!(scalability.required[alpha], Requirement::Encouraged);
}

#[test]
fn scaffolding_is_neither_guidance_nor_a_prompt() {
    let kep = kep();
    let mut lines = 0;
    for line in kep.items.iter().flat_map(|item| &item.scaffold) {
        let hash = guidance_hash(&line.text).expect("a line has words");
        assert!(kep.guidance.binary_search(&hash).is_err(), "{} is guidance too", line.text);
        lines += 1;
    }
    assert!(lines > 20, "{lines}");
    for item in &kep.items {
        for wording in &item.wordings {
            let hash = guidance_hash(&wording.text).expect("a wording has words");
            assert!(kep.guidance.binary_search(&hash).is_err(), "{} is guidance too", item.id);
        }
    }
}

/// The lines of a revision as upstream's lists have them: `##### Unit tests`, `- [ ] Metrics`,
/// `* **How can …?**`, without links and code marks.
fn listed(kep: &Template, revision: RevisionIndex) -> Vec<String> {
    let headings = kep.revision(revision).id.as_str() >= "2021-02-08";
    let mut lines = Vec::new();
    for index in kep.indices() {
        let item = kep.item(index);
        if !item.is_in(revision) {
            continue;
        }
        let text = plain(item.wording(revision));
        lines.push(match item.kind {
            // the brackets of `[optional]` are no link
            ItemKind::Section => format!("# {}", item.wording(revision)),
            ItemKind::Checkbox => format!("- [ ] {text}"),
            ItemKind::Question if headings => format!("###### {text}"),
            ItemKind::Question => format!("* **{text}**"),
            ItemKind::Group | ItemKind::Field => panic!("{} is no kind of a KEP", item.id),
        });
    }
    lines
}

#[test]
fn every_revision_is_upstreams() {
    let Some(folder) = shared("templates-upstream/kep") else { return };
    let kep = kep();
    assert_eq!(kep.revisions.len(), 18);
    for (at, revision) in kep.revisions.iter().enumerate() {
        let path = folder.join(format!("{}.txt", revision.id));
        let text = fs::read_to_string(&path).unwrap();
        // The level of a section's heading is layout.
        let section = |line: &str| match line.trim_start_matches('#') {
            rest if rest.len() < line.len() && !line.starts_with("###### ") => format!("#{rest}"),
            _ => line.to_owned(),
        };
        let mut expected: Vec<String> = text.lines().map(section).collect();
        let mut ours = listed(&kep, RevisionIndex(at as u16));
        for moved in moved_after(&revision.id) {
            // What stands elsewhere in older revisions is compared without its place.
            for lines in [&mut expected, &mut ours] {
                let place = lines.iter().position(|line| line.contains(moved)).expect("it is there");
                let line = lines.remove(place);
                lines.push(line);
            }
        }
        assert_eq!(ours, expected, "{}", revision.id);
    }
}

/// Texts of items that stand elsewhere since a later revision (`moved` in the file).
fn moved_after(revision: &str) -> Vec<&'static str> {
    let mut moved = Vec::new();
    if revision < "2019-02-08" {
        moved.push("# Graduation Criteria");
    }
    if ("2020-05-07".."2021-04-20b").contains(&revision) {
        moved.push("What are the reasonable SLOs");
    }
    moved
}

#[test]
fn ids_are_those_of_the_reference() {
    let Some(path) = shared("reference/kep-headings.json") else { return };
    let text = fs::read_to_string(path).unwrap();
    let reference: serde_json::Value = serde_json::from_str(&text).unwrap();
    let kep = kep();
    let newest = kep.newest();
    let ours = kep.items.iter().filter(|item| item.is_in(newest));
    let ours: Vec<(&str, &str, String)> =
        ours.map(|item| (item.id.as_str(), item.kind.name(), plain(item.wording(newest)))).collect();
    let expected = reference["items"].as_array().unwrap().iter().map(|item| {
        let kind = match item["kind"].as_str().unwrap() {
            "prr-question" => "question",
            "checklist" => "checkbox",
            other => other,
        };
        (item["id"].as_str().unwrap(), kind, item["text"].as_str().unwrap().to_owned())
    });
    assert_eq!(ours, expected.collect::<Vec<_>>());
    for item in reference["items"].as_array().unwrap() {
        let index = kep.find(item["id"].as_str().unwrap()).unwrap();
        // The title is no item around the others: they would inherit from it.
        let parent = kep.item(index).parent.map_or("title", |parent| kep.item(parent).id.as_str());
        let expected = item["parent"].as_str().unwrap_or("title");
        assert_eq!(parent, expected, "{}", item["id"]);
    }
}

/// Lines of comments and of visible prose that are no guidance: headings, link definitions, the table of
/// contents, boxes, bold-bullet questions, and sample criteria, which authors keep and mean.
fn is_other(line: &str, samples: bool) -> bool {
    let definition = line.starts_with('[') && line.contains("]: ");
    let contents = line.contains("](#");
    let prompt = ["#", "* **", "- [ ]", "[ ]"].iter().any(|start| line.starts_with(start));
    let sample = samples && line.starts_with("- ") && !line.ends_with('?');
    definition || contents || prompt || sample || words(line).nth(2).is_none()
}

#[test]
fn all_guidance_in_comments_is_known() {
    let Some(folder) = shared("templates-upstream/kep") else { return };
    let kep = kep();
    let mut files = 0;
    for entry in fs::read_dir(folder.join("full")).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        let mut commented = false;
        let mut samples = false;
        for line in text.lines().map(str::trim) {
            if !commented && line.starts_with('#') {
                samples = ["Graduation Criteria", "Examples", "Alpha ->", "Beta ->", "Removing"]
                    .iter()
                    .any(|title| line.contains(title));
            }
            commented |= line.contains("<!--");
            let inner = line.trim_start_matches("<!--").trim_end_matches("-->").trim();
            if commented && !is_other(inner, samples) {
                let hash = guidance_hash(inner).expect("three words");
                let scaffold = |line: &Scaffold| guidance_hash(&line.text) == Some(hash);
                let known = kep.guidance.binary_search(&hash).is_ok()
                    || kep.items.iter().flat_map(|item| &item.scaffold).any(scaffold);
                assert!(known, "{inner}: add {hash:016x}");
            }
            commented &= !line.contains("-->");
        }
        files += 1;
    }
    assert_eq!(files, 41);
}
