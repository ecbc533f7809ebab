//! Upstream's own files and whole checkouts, which are not part of this repository: every test says so and passes
//! when `../shared` is not there.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

#[path = "common/files.rs"]
mod files;
#[path = "common/scratch.rs"]
mod scratch;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use files::{below, relative, shared, unpack};
use gtr_lint::diagnostic::Severity;
use gtr_lint::input::Input;
use gtr_lint::review::{Review, Templates};
use gtr_lint::settings::{Origin, Set, Settings};
use gtr_lint::source::Source;
use gtr_lint::template::ItemKind;
use gtr_lint::{Checked, check};
use scratch::Scratch;

fn flag(value: &str) -> Option<Set<String>> {
    Some(Set { value: value.to_owned(), origin: Origin::Flag })
}

fn checked(path: &Path, settings: &Settings) -> Checked {
    let source = Source::from_bytes(path.display().to_string(), fs::read(path).unwrap()).unwrap();
    check(&Input::alone(source), settings, &Templates::default())
}

fn review(path: &Path) -> (Review, Checked) {
    let mut checked = checked(path, &Settings::default());
    let review = checked.review.take().unwrap_or_else(|| panic!("{} is not recognised", path.display()));
    (review, checked)
}

/// Ids of the questions that are answered. A lead-in is one of its children, a section's heading no answer.
fn answered(review: &Review) -> Vec<String> {
    let asked =
        review.bound_items().filter(|(_, item, _)| matches!(item.kind, ItemKind::Question | ItemKind::Group));
    asked.filter(|(_, _, bound)| bound.state.is_good()).map(|(_, item, _)| item.id.clone()).collect()
}

#[test]
fn upstreams_files_are_recognised_as_their_revision_and_answer_nothing() {
    let Some(folder) = shared("templates-upstream/gtr") else { return };
    for (file, expected) in [
        ("2024-09-24-6c93b526.md", "2024-09-24"),
        ("2024-09-27-bd24d8cf.md", "2024-09-27"),
        // drafts between two revisions, whose questions are those of the earlier one
        ("2025-04-07-9db2cfa6.md", "2024-09-27"),
        ("2025-04-09-9e6398ca.md", "2024-09-27"),
        ("2025-04-14-dbfc1c4c.md", "2024-09-27"),
        ("2025-04-28-b077b8b8.md", "2024-09-27"),
        ("2025-04-30-d8e0f44f.md", "2025-04-30"),
        // a draft that never was on main, with a question that no other has
        ("2025-09-25-cb2a4851.md", "2025-09-25"),
        ("2025-09-30-b839c13d.md", "2025-09-30"),
        ("2026-01-27-55c2ec8b.md", "2026-01-27"),
        ("HEAD4acc1-HEAD.md", "2026-01-27"),
    ] {
        let (review, _) = review(&folder.join(file));
        assert_eq!(review.template.revision(review.revision).id, expected, "{file}");
        assert_eq!(answered(&review), [""; 0], "{file}");
    }
}

/// Upstream's newest revision, of which there is only the list of its questions.
#[test]
fn the_newest_revision_is_recognised_from_its_questions() {
    let Some(list) = shared("templates-upstream/gtr/2026-08-v1.0.1-INFERRED.txt") else { return };
    let mut text =
        "# General Technical Review - [Project Name] / [Level]\n\n- **Template Version:** v1.0.1\n"
            .to_owned();
    let mut day = String::new();
    for line in fs::read_to_string(list).unwrap().lines() {
        let Some(title) = line.strip_prefix("## ") else {
            let question = line.trim_start().starts_with("* ");
            text += &if question { format!("{line}\n") } else { String::new() };
            continue;
        };
        let (of, section) = title.split_once(" / ").unwrap();
        if day != of {
            of.clone_into(&mut day);
            text += &format!("\n## {of}\n");
        }
        text += &format!("\n### {section}\n\n");
    }
    let input = Input::alone(Source::new("review.md", text));
    let review = check(&input, &Settings::default(), &Templates::default()).review.unwrap();
    assert_eq!(review.template.revision(review.revision).id, "2026-08-03");
    assert_eq!(answered(&review), [""; 0]);
    let asked = |item: &gtr_lint::template::Item| {
        matches!(item.kind, ItemKind::Question | ItemKind::Group) && item.is_in(review.revision)
    };
    let lost: Vec<&str> = review
        .bound_items()
        .filter(|(_, item, bound)| asked(item) && bound.prompts.is_empty())
        .map(|(_, item, _)| item.id.as_str())
        .collect();
    assert_eq!(lost, [""; 0]);
}

/// What upstream had before the first revision that gtr knows is read as that one.
#[test]
fn the_first_drafts_are_read_as_the_oldest_revision() {
    let Some(folder) = shared("templates-upstream/gtr") else { return };
    for file in ["2024-09-18a-cdfe2361.md", "2024-09-18b-a060e7ca.md", "2024-09-22-a727836a.md"] {
        let (review, checked) = review(&folder.join(file));
        assert_eq!(review.template.revision(review.revision).id, "2024-09-24", "{file}");
        assert_eq!(answered(&review), [""; 0], "{file}");
        let rules: Vec<_> = checked.diagnostics.iter().map(|finding| finding.rule.0).collect();
        assert!(rules.contains(&"outdated-template"), "{file}: {rules:?}");
    }
}

#[test]
fn an_unfilled_review_has_no_answer() {
    let Some(path) = shared("corpus/seeds/000_1fe4f85532a704ea.txt") else { return };
    assert_eq!(answered(&review(&path).0), [""; 0]);
}

#[test]
fn a_filled_review_has_no_error_at_its_level_and_one_comment_above_it() {
    let Some(path) = shared("corpus/seeds/001_9abe878df35097c0.txt") else { return };
    let errors = |settings: &Settings| {
        let found = checked(&path, settings).diagnostics.into_iter();
        found.filter(|finding| finding.severity == Severity::Error).collect::<Vec<_>>()
    };
    let at_its_level = errors(&Settings::default());
    assert!(at_its_level.is_empty(), "{at_its_level:#?}");
    let at_graduation = errors(&Settings { level: flag("graduation"), ..Settings::default() });
    let comments = at_graduation.iter().filter(|finding| finding.rule.0 == "commented-out-question").count();
    assert_eq!(comments, 1, "{at_graduation:#?}");
}

/// A page pasted from its rendering has no markup left, yet its questions are those of its source.
#[test]
fn a_pasted_page_is_read_as_its_source() {
    let Some(path) = shared("corpus/seeds/002_84e98810455900fa.txt") else { return };
    let Some(labels) = shared("corpus/gtr/labels/k8sgpt.tsv") else { return };
    let pasted = checked(&path, &Settings { template: flag("gtr"), ..Settings::default() }).review.unwrap();
    let found: BTreeMap<&str, &str> =
        pasted.bound_items().map(|(_, item, bound)| (item.id.as_str(), bound.state.name())).collect();
    let text = fs::read_to_string(labels).unwrap();
    let rows: Vec<Vec<&str>> = text.lines().skip(1).map(|line| line.split('\t').collect()).collect();
    let column =
        |name: &str| text.lines().next().unwrap().split('\t').position(|other| other == name).unwrap();
    let (state, note) = (column("state"), column("note"));
    // what the people who labelled were not sure of proves nothing
    let rows: Vec<_> = rows.into_iter().filter(|row| !row[note].contains("uncertain")).collect();
    let same = |row: &&Vec<&str>| {
        let expected = match row[state] {
            "not_applicable_with_reason" => "not-applicable",
            "not_applicable_bare" => "not-applicable-bare",
            "commented_out" => "commented-out",
            "template_leftover_only" => "unanswered",
            other => other,
        };
        found.get(row[0]).is_some_and(|state| *state == expected)
    };
    let agree = rows.iter().filter(same).count();
    assert!(agree * 10 >= rows.len() * 9, "{agree} of {} states agree", rows.len());
}

#[test]
fn of_a_whole_checkout_six_documents_are_technical_reviews() {
    let checkout = Scratch::new();
    if unpack("corpus/toc/cncf-toc-2026-06-30.tar.xz", &checkout.0).is_none() {
        return;
    }
    let (templates, settings) = (Templates::default(), Settings::default());
    let mut looked_at = 0;
    let mut recognised: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for path in below(&checkout.0, ".md") {
        looked_at += 1;
        let Ok(source) = Source::from_bytes(path.display().to_string(), fs::read(&path).unwrap()) else {
            continue;
        };
        let input = Input { named: false, ..Input::alone(source) };
        let checked = check(&input, &settings, &templates);
        let Some(review) = checked.review else { continue };
        let path = relative(&path, &checkout.0);
        // what is not a technical review is somebody else's, and was accepted as it is
        let error = checked.diagnostics.iter().any(|finding| finding.severity == Severity::Error);
        assert!(!error || review.template.id == "gtr", "{path}");
        recognised.entry(review.template.id.clone()).or_default().push(path);
    }
    assert!(looked_at > 500, "{looked_at} files");
    assert_eq!(recognised["gtr"].len(), 6, "{recognised:#?}");
    // told from their text alone; these words of their paths are the control
    let kinds = [
        ("governance-review", "governance-review", 19),
        ("security-self-assessment", "self-assessment", 53),
        ("due-diligence-graduation", "graduation", 9),
        ("due-diligence-incubation", "incubation", 10),
        // written as answers to the older guidelines
        ("due-diligence-guideline", "graduation-dd", 1),
    ];
    assert_eq!(recognised.len(), kinds.len() + 1, "{recognised:#?}");
    for (template, word, count) in kinds {
        let paths = &recognised[template];
        assert_eq!(paths.len(), count, "{paths:#?}");
        assert!(paths.iter().all(|path| path.contains(word)), "{template}: {paths:#?}");
    }
}

/// The other documents of the process: their own files are recognised, and answer nothing.
#[test]
fn other_templates_of_upstream_answer_nothing() {
    let Some(folder) = shared("templates-upstream/other") else { return };
    for (file, template) in [
        ("governance-review-template.md", "governance-review"),
        ("tag-domain-technical-review-template.md", "domain-technical-review"),
        ("template-dd-pr-graduation.md", "due-diligence-graduation"),
        ("template-dd-pr-incubation.md", "due-diligence-incubation"),
        ("template-graduation-application.md", "graduation-application"),
        ("template-incubation-application.md", "incubation-application"),
    ] {
        let (review, _) = review(&folder.join(file));
        assert_eq!(review.template.id, template, "{file}");
        assert_eq!(answered(&review), [""; 0], "{file}");
        let asked = |item: &gtr_lint::template::Item| {
            !matches!(item.kind, ItemKind::Section | ItemKind::Field) && item.is_in(review.template.newest())
        };
        let lost: Vec<&str> = review
            .bound_items()
            .filter(|(_, item, bound)| asked(item) && bound.prompts.is_empty())
            .map(|(_, item, _)| item.id.as_str())
            .collect();
        assert_eq!(lost, [""; 0], "{file}: every question is found");
    }
}

/// Whatever the template says to authors in a comment is its guidance, in every state that it had.
#[test]
fn every_comment_of_the_kep_template_is_guidance() {
    let Some(folder) = shared("templates-upstream/kep/full") else { return };
    let mut comments = 0;
    for path in below(&folder, ".md") {
        let settings = Settings { template: flag("kep"), ..Settings::default() };
        let review = checked(&path, &settings).review.unwrap();
        let text = review.source().text();
        let mut from = 0;
        while let Some(start) = text[from..].find("<!--").map(|at| from + at) {
            let end = start + text[start..].find("-->").unwrap() + 3;
            from = end;
            // the marks of the table of contents stay
            if ["<!-- toc -->", "<!-- /toc -->"].contains(&&text[start..end]) {
                continue;
            }
            comments += 1;
            let found =
                review.leftovers.iter().any(|left| left.commented && left.span.range() == (start..end));
            assert!(found, "{}: {}", path.display(), &text[start..end]);
        }
    }
    assert!(comments > 1000, "{comments}");
}

/// An issue page with the questions of the older guidelines, pasted as text.
#[test]
fn an_issue_page_with_the_older_guidelines_is_recognised() {
    let Some(path) = shared("corpus/seeds/003_8c973155d4c6af00.txt") else { return };
    let (review, checked) = review(&path);
    assert_eq!(review.template.id, "due-diligence-guideline");
    assert!(checked.diagnostics.iter().all(|finding| finding.severity == Severity::Note));
}
