//! `gtr templates derive`: a template's file answers nothing of the schema made from it, a filled copy everything.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

use std::fs;
use std::path::{Path, PathBuf};

use gtr_lint::diagnostic::{Diagnostic, Severity};
use gtr_lint::document::Document;
use gtr_lint::input::Input;
use gtr_lint::review::{Review, State, Templates};
use gtr_lint::settings::{Origin, Set, Settings};
use gtr_lint::source::Source;
use gtr_lint::template::{ItemKind, Template, from_yaml};
use gtr_lint::{check, derive};

/// Small stand-ins for the templates of other enhancement processes, with a filled copy each.
const PROCESSES: [&str; 5] = ["openshift", "kueue", "rust-rfc", "python-pep", "madr"];

fn folder(process: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/derive").join(process)
}

fn yaml(path: &Path, text: &str) -> String {
    let name = path.file_stem().unwrap().to_string_lossy().into_owned();
    let document = Document::parse(&Source::new(path.display().to_string(), text));
    derive::derive(&document, &name).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn schema(path: &Path, text: &str) -> Template {
    let yaml = yaml(path, text);
    from_yaml(&yaml).unwrap_or_else(|error| panic!("{}: {error}\n{yaml}", path.display()))
}

fn checked(template: Template, text: &str) -> (Review, Vec<Diagnostic>) {
    let named = Some(Set { value: template.id.clone(), origin: Origin::Flag });
    let settings = Settings { template: named, ..Settings::default() };
    let checked =
        check(&Input::alone(Source::new("document.md", text)), &settings, &Templates::new(vec![template]));
    (checked.review.unwrap(), checked.diagnostics)
}

/// The file itself: every question is found, none is answered.
fn answers_nothing(path: &Path) {
    let text = fs::read_to_string(path).unwrap();
    let (review, _) = checked(schema(path, &text), &text);
    let asked = |kind| !matches!(kind, ItemKind::Section | ItemKind::Field);
    assert!(review.bound_items().any(|(_, item, _)| asked(item.kind)), "{} asks nothing", path.display());
    for (_, item, bound) in review.bound_items().filter(|(_, item, _)| asked(item.kind)) {
        assert!(!bound.state.is_good(), "{}: {} is {}", path.display(), item.id, bound.state.name());
        assert_ne!(bound.state, State::Missing, "{}: {}", path.display(), item.id);
    }
}

#[test]
fn stand_ins_of_other_processes_answer_nothing() {
    PROCESSES.iter().for_each(|process| answers_nothing(&folder(process).join("template.md")));
}

#[test]
fn a_filled_copy_has_nothing_that_counts() {
    for process in PROCESSES {
        let path = folder(process).join("template.md");
        let template = schema(&path, &fs::read_to_string(&path).unwrap());
        let (_, found) = checked(template, &fs::read_to_string(folder(process).join("filled.md")).unwrap());
        assert!(found.iter().all(|finding| finding.severity == Severity::Note), "{process}: {found:#?}");
    }
}

#[test]
fn an_answer_that_is_taken_out_is_missed() {
    for (process, answer, item) in [
        (
            "openshift",
            "A window that is too short leaves nodes behind; an alert says so.",
            "proposal.risks-and-mitigations",
        ),
        ("kueue", "No queue starves.", "motivation.goals"),
        ("rust-rfc", "One more form to learn.", "drawbacks"),
        ("python-pep", "The same bounds are written over and over.", "motivation"),
        ("madr", "* the database\n* a cache of its own\n", "considered-options"),
    ] {
        let path = folder(process).join("template.md");
        let template = schema(&path, &fs::read_to_string(&path).unwrap());
        let text = fs::read_to_string(folder(process).join("filled.md")).unwrap();
        assert!(text.contains(answer), "{process}");
        let (_, found) = checked(template, &text.replace(answer, ""));
        let errors: Vec<&Diagnostic> =
            found.iter().filter(|finding| finding.severity == Severity::Error).collect();
        assert_eq!(errors.len(), 1, "{process}: {errors:#?}");
        assert_eq!(errors[0].rule.0, "unanswered-question", "{process}");
        assert_eq!(errors[0].item.as_deref(), Some(item), "{process}");
    }
}

/// Upstream's own files, which are not part of this repository.
#[test]
#[allow(clippy::print_stderr, reason = "a skipped test must say so")]
fn every_file_of_upstream_answers_nothing() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/templates-upstream");
    if !shared.is_dir() {
        eprintln!("skipped: {} is not there", shared.display());
        return;
    }
    let mut open = vec![shared];
    let mut count = 0;
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ending| ending == "md") {
                count += 1;
                answers_nothing(&path);
            }
        }
    }
    assert!(count > 20, "{count} files");
}

/// The schema of the schema language takes what is bundled and what is derived, and refuses what the program
/// refuses.
#[cfg(feature = "cli")]
#[test]
fn templates_follow_their_json_schema() {
    let schema: serde_json::Value = serde_json::from_str(&gtr_lint::template::schema()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let mut texts: Vec<String> = PROCESSES
        .iter()
        .map(|process| folder(process).join("template.md"))
        .map(|path| yaml(&path, &fs::read_to_string(&path).unwrap()))
        .collect();
    let bundled = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    for entry in fs::read_dir(bundled).unwrap() {
        texts.push(fs::read_to_string(entry.unwrap().path()).unwrap());
    }
    for text in texts {
        let value: serde_json::Value = serde_yaml::from_str(&text).unwrap();
        let errors: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{}: {errors:#?}", value["id"]);
    }
    for wrong in [
        "{id: a, levels: [x], revisions: [{id: '1'}], items: [{id: q, kind: riddle, text: Why?}]}",
        "{id: a, levels: [x], revisions: [{id: '1'}], items: [{id: q, kind: question, txet: Why?}]}",
        "{id: a, revisions: [{id: '1'}], items: []}",
        "{id: a, levels: [x], revisions: [{id: '1'}], severities: {stale-toc: loud}, items: []}",
    ] {
        let value: serde_json::Value = serde_yaml::from_str(wrong).unwrap();
        assert!(!validator.is_valid(&value), "{wrong}");
        assert!(from_yaml(wrong).is_err(), "{wrong}");
    }
}
