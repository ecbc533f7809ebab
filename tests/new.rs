//! `gtr new` in every combination: what it writes has nothing wrong but that nothing is answered yet, and what
//! `lint`, `report` and `sync` say of it agrees.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

#[path = "common/scratch.rs"]
mod scratch;

use std::fs;

use gtr_lint::input::{Input, Role};
use gtr_lint::report::{self, FileReport, ReportFormat};
use gtr_lint::review::{State, Templates};
use gtr_lint::scaffold::fresh::{self, Facts, Fresh, Layout, kep_yaml};
use gtr_lint::settings::Settings;
use gtr_lint::source::Source;
use gtr_lint::template::{ItemKind, LevelIndex, RevisionIndex, Template};
use gtr_lint::{Checked, check, fix, sync};
use scratch::Scratch;

/// What follows from nothing being answered.
const OPEN: [&str; 4] = ["unanswered-question", "empty-field", "empty-section", "unchecked-signoff"];
/// And what follows in a KEP's own files and boxes.
const OPEN_KEP: [&str; 5] = [
    "unacknowledged-test-plan",
    "kep-missing-approver",
    "kep-missing-feature-gate",
    "kep-missing-metrics",
    // accepted, and planned for no release yet
    "kep-missing-milestone",
];

fn fresh<'a>(template: &'a Template, revision: u16, level: u8, layout: Layout, guidance: bool) -> Fresh<'a> {
    let (revision, level) = (RevisionIndex(revision), LevelIndex(level));
    let name = &template.levels[usize::from(level.0)];
    let title = match template.id.as_str() {
        "kep" => "KEP-12: Faster Pods".to_string(),
        _ => format!("General Technical Review - Example / {name}"),
    };
    let version = template.revision(revision).version.clone();
    let values = vec![
        ("field.project", "Example".to_string()),
        ("field.date-updated", template.revision(revision).id.clone()),
        ("field.template-version", version),
    ];
    Fresh { template, revision, level, layout, guidance, title, values }
}

fn input(fresh: &Fresh) -> Input {
    if fresh.template.id != "kep" {
        return Input::alone(Source::new("review.md", fresh::document(fresh)));
    }
    let facts = Facts {
        title: "Faster Pods".into(),
        number: "12".into(),
        sig: "sig-node".into(),
        authors: vec!["somebody".into()],
        date: "2026-02-03".into(),
        level: fresh.template.levels[usize::from(fresh.level.0)].clone(),
        milestone: "v1.36".into(),
    };
    let mut input = Input::alone(Source::new("README.md", fresh::document(fresh)));
    input.companions.push((Role::KepMetadata, Source::new("kep.yaml", kep_yaml(&facts))));
    input
}

/// Every combination, with what a check says of it.
fn each(with: impl Fn(&Fresh, &Input, &Checked, &str)) {
    let (settings, templates) = (Settings::default(), Templates::default());
    let mut combinations = 0;
    // the others are refused
    for id in templates.ids().into_iter().filter(|id| ["gtr", "kep"].contains(&id.as_str())) {
        let catalogue = templates.get(&id).unwrap();
        let template = &catalogue.template;
        for revision in 0..template.revisions.len() as u16 {
            for level in 0..template.levels.len() as u8 {
                for layout in [Layout::Bullets, Layout::Headings] {
                    for guidance in [true, false] {
                        let fresh = fresh(template, revision, level, layout, guidance);
                        let input = input(&fresh);
                        let checked = check(&input, &settings, &templates);
                        let name = format!("{id} {revision} {level} {layout:?} {guidance}");
                        assert!(checked.review.is_some(), "{name} is not recognised");
                        with(&fresh, &input, &checked, &name);
                        combinations += 1;
                    }
                }
            }
        }
    }
    assert!(combinations > 400, "{combinations}");
}

#[test]
fn nothing_is_wrong_but_that_nothing_is_answered() {
    each(|fresh, _, checked, name| {
        let review = checked.review.as_ref().unwrap();
        let newest = fresh.template.newest();
        assert_eq!(review.level.index, Some(fresh.level), "{name}");
        let expected = |rule: &str| {
            OPEN.contains(&rule)
                || fresh.template.id == "kep" && OPEN_KEP.contains(&rule)
                || fresh.revision != newest && rule == "outdated-template"
                // a KEP for a release of today has to have what its old template had not
                || fresh.revision != newest && fresh.template.id == "kep" && rule == "missing-section"
        };
        let other: Vec<_> = checked
            .diagnostics
            .iter()
            .filter(|one| !expected(one.rule.0) && !one.message.contains("nothing but the template's sample"))
            .map(|one| (one.rule.0, &one.message))
            .collect();
        assert!(other.is_empty(), "{name}: {other:?}");
        if fresh.revision == newest {
            assert_eq!(review.revision, newest, "{name}");
        }
        let mut asked = 0;
        for (index, item, bound) in review.bound_items() {
            if item.kind == ItemKind::Question && review.requires(index) {
                assert_eq!(bound.state, State::Unanswered, "{name}: {}", item.id);
                asked += 1;
            }
        }
        let found = checked.diagnostics.iter().filter(|one| one.rule.0 == "unanswered-question").count();
        let any = asked == 0 || fresh.template.id == "kep" || found > 0;
        assert!(any && found <= asked, "{name}: {found} of {asked}");
    });
}

#[test]
fn reports_count_what_lint_asks() {
    each(|fresh, input, checked, name| {
        let review = checked.review.as_ref();
        let file = FileReport {
            sources: vec![&input.file],
            kep: None,
            review,
            diagnostics: &checked.diagnostics,
            suppressed: &[],
            baselined: &[],
            before: None,
        };
        let mut out = Vec::new();
        report::write_report(ReportFormat::Json, &[file], &report::Options::default(), &mut out).unwrap();
        let json: serde_json::Value = serde_json::from_slice(&out).unwrap();
        let document = &json["documents"][0];
        let review = review.unwrap();
        let leaves = review.bound_items().map(|(index, ..)| index);
        let required = leaves.filter(|&index| review.is_leaf_question(index) && review.requires(index));
        assert_eq!(document["summary"]["required"], required.count(), "{name}");
        assert_eq!(document["summary"]["answered"], 0, "{name}");
        assert_eq!(document["level"], review.template.levels[fresh.level.0 as usize], "{name}");
    });
}

#[test]
fn fixes_find_nothing_to_do_and_sync_ends_at_the_newest_revision() {
    let (settings, templates) = (Settings::default(), Templates::default());
    each(|fresh, input, checked, name| {
        let newest = fresh.template.newest();
        let fixed = fix(input, &settings, &templates, checked, false);
        assert_eq!(fixed.applied, [], "{name}");
        let synced = sync(input, &settings, &templates, checked).unwrap();
        assert!(synced.converged && synced.refused.is_empty(), "{name}: {:?}", synced.refused);
        // a KEP's bullets are those of older revisions
        if fresh.revision == newest && (fresh.template.id != "kep" || fresh.layout == Layout::Headings) {
            assert_eq!(synced.applied, [], "{name}");
        }
        let again = gtr_lint::with_sources(input, &synced.sources);
        let checked = check(&again, &settings, &templates);
        assert_eq!(checked.review.as_ref().unwrap().revision, newest, "{name}");
        assert!(checked.diagnostics.iter().all(|one| one.rule.0 != "outdated-template"), "{name}");
        let second = sync(&again, &settings, &templates, &checked).unwrap();
        assert_eq!(second.applied, [], "{name}: a second time");
    });
}

#[test]
fn guidance_is_left_over_once_there_is_an_answer() {
    let (settings, templates) = (Settings::default(), Templates::default());
    for layout in [Layout::Bullets, Layout::Headings] {
        let catalogue = templates.get("gtr").unwrap();
        let fresh = fresh(&catalogue.template, 6, 0, layout, true);
        let indent = if layout == Layout::Bullets { "  " } else { "\n" };
        let hint = catalogue
            .template
            .item(catalogue.template.find("day0.scope.vision").unwrap())
            .hint
            .clone()
            .unwrap();
        let comment = format!("<!-- gtr: {hint} -->\n");
        let text = fresh::document(&fresh)
            .replace(&comment, &format!("{comment}{indent}Pods that start at once.\n"));
        let input = Input::alone(Source::new("review.md", text));
        let checked = check(&input, &settings, &templates);
        let found = checked.diagnostics.iter().find(|one| one.rule.0 == "leftover-guidance").unwrap();
        assert_eq!(found.related.len(), 0, "{layout:?}: the others are still needed");
        let fixed = fix(&input, &settings, &templates, &checked, false);
        let text = fixed.sources[0].text();
        assert!(!text.contains(&hint) && text.contains("Pods that start at once."), "{layout:?}");
        assert!(text.contains("<!-- gtr: "), "{layout:?}");
    }
}

#[test]
fn nothing_is_overwritten_without_force() {
    let scratch = Scratch::new();
    let review = ["new", "gtr", "a/review.md", "--project", "Example"];
    assert!(scratch.run(&review).code == Some(0));
    let path = scratch.0.join("a/review.md");
    let first = fs::read_to_string(&path).unwrap();
    assert!(first.contains("# General Technical Review - Example / Sandbox\n"), "{first}");
    assert!(first.contains("- **Date Updated:** 2026-11-02\n"), "{first}");
    fs::write(&path, "mine").unwrap();
    let refused = scratch.run(&review);
    assert_eq!(refused.code, Some(2));
    assert!(refused.err.contains("exists already") && refused.err.contains("--force"));
    assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
    assert!(scratch.run(&[&review[..], &["--force"]].concat()).code == Some(0));
    assert_eq!(fs::read_to_string(&path).unwrap(), first);
}

#[test]
fn a_kep_is_a_directory_that_tells_what_it_is() {
    let scratch = Scratch::new();
    let directory = "keps/sig-node/1234-faster-pods";
    assert!(scratch.run(&["new", "kep", directory, "--author", "somebody"]).code == Some(0));
    let read = |name: &str| fs::read_to_string(scratch.0.join(directory).join(name)).unwrap();
    assert!(read("README.md").starts_with("# KEP-1234: Faster pods\n"));
    let metadata = read("kep.yaml");
    for line in
        ["title: Faster pods\n", "kep-number: 1234\n", "owning-sig: sig-node\n", "status: provisional\n"]
    {
        assert!(metadata.contains(line), "{metadata}");
    }
    fs::remove_file(scratch.0.join(directory).join("kep.yaml")).unwrap();
    let refused = scratch.run(&["new", "kep", directory]);
    assert_eq!(refused.code, Some(2), "one of the two is there");
    assert!(!scratch.0.join(directory).join("kep.yaml").exists(), "so none is written");
    let lost = scratch.run(&["new", "kep"]);
    assert_eq!(lost.code, Some(2));
    assert!(lost.err.contains("directory"));
}

#[test]
fn mistakes_are_said_with_a_hint() {
    let scratch = Scratch::new();
    for (arguments, hint) in [
        (&["new", "gtrr"][..], "the templates are"),
        (&["new", "gtr", "--level", "gold"], "sandbox, incubation, graduation"),
        (&["new", "gtr", "--revision", "v9"], "2026-08-03"),
        (&["new", "gtr", "--sig", "sig-node"], "--project"),
        (&["new", "kep", "x", "--website", "y"], "--author"),
        (&["new", "gtr", "."], "name the file"),
    ] {
        let output = scratch.run(arguments);
        assert_eq!(output.code, Some(2), "{arguments:?}");
        let said = output.err;
        assert!(said.contains("help:") && said.contains(hint), "{arguments:?}: {said}");
    }
    let printed = scratch.run(&["new", "gtr", "--no-guidance"]);
    assert!(printed.code == Some(0) && !printed.out.contains("<!--"));
}
