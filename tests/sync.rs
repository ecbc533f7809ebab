//! `gtr sync` over every document of the corpus (where it is there) and of the fixtures: no answer changes, a second
//! run has nothing to do, and what is synced is of the newest revision.
#![cfg(feature = "cli")]
#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test that cannot go on may panic, and a skipped one must say so"
)]

#[path = "common/files.rs"]
mod files;
#[path = "common/scratch.rs"]
mod scratch;

use std::collections::BTreeMap;
use std::path::Path;

use files::{ENHANCEMENTS, below, input, root, shared, unpack};
use gtr_lint::document::BlockKind;
use gtr_lint::input::Input;
use gtr_lint::review::{Review, Templates};
use gtr_lint::settings::Settings;
use gtr_lint::source::Source;
use gtr_lint::template::ItemKind;
use gtr_lint::{Checked, check, sync, with_sources};
use pulldown_cmark::{Event, Parser, Tag, TagEnd, TextMergeStream};
use scratch::{Ran, Scratch};

/// What a question's answer is: its bytes from the first to the last, and whether its question is in a list item.
struct Answer {
    text: String,
    in_list: bool,
}

/// The answers of all questions and sections that have one of their own, without those that hold other questions.
fn answers(review: &Review) -> BTreeMap<String, Answer> {
    let mut all = BTreeMap::new();
    for (_, item, bound) in review.bound_items() {
        let kind = matches!(item.kind, ItemKind::Question | ItemKind::Section);
        let Some(prompt) = bound.prompt().filter(|_| kind && bound.answered_by.is_none()) else { continue };
        // the span of each piece: what stands between them belongs to others, or is a comment
        let text: Vec<&str> = bound.answer.iter().map(|span| review.text(*span)).collect();
        if text.is_empty() || matches!(item.id.as_str(), "title" | "table-of-contents") {
            continue;
        }
        let in_list = review
            .document
            .ancestors(prompt.block)
            .any(|id| review.document.block(id).kind == BlockKind::Item);
        all.insert(item.id.clone(), Answer { text: text.join("\n"), in_list });
    }
    all
}

/// The events of a text without its paragraphs, which a tight list does not have, and with soft breaks as they are.
fn events(text: &str) -> Vec<Event<'_>> {
    // the parser gives the lines of code one by one inside of a list
    let paragraph =
        |event: &Event| matches!(event, Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph));
    TextMergeStream::new(Parser::new_ext(text, gtr_options())).filter(|event| !paragraph(event)).collect()
}

fn gtr_options() -> pulldown_cmark::Options {
    pulldown_cmark::Options::ENABLE_TABLES | pulldown_cmark::Options::ENABLE_TASKLISTS
}

/// A text without the indentation of each line but the first, as far as the list item around it made it.
fn unindented(text: &str) -> String {
    let lines = text.split_inclusive('\n').map(|line| line.trim_start_matches([' ', '\t']));
    lines.collect()
}

/// Checks one document; how many steps there were, `None` for what is no document.
fn synced(path: &Path, input: &Input, settings: &Settings, templates: &Templates) -> Option<(usize, bool)> {
    let before: Checked = check(input, settings, templates);
    let review = before.review.as_ref()?;
    let name = path.display();
    let fixed = sync(input, settings, templates, &before).unwrap();
    assert!(fixed.converged, "{name}: steps go on and on");
    let again = with_sources(input, &fixed.sources);
    let after = check(&again, settings, templates);
    let now = after.review.as_ref().unwrap();
    assert_eq!(review.template.id, now.template.id, "{name}");

    let (old, new) = (answers(review), answers(now));
    for (id, answer) in &old {
        let other = new.get(id).unwrap_or_else(|| panic!("{name}: {id} has no answer any more"));
        if answer.in_list == other.in_list {
            assert_eq!(answer.text, other.text, "{name}: {id}");
            continue;
        }
        assert_eq!(unindented(&answer.text), unindented(&other.text), "{name}: {id}");
        let ends = |text: &str| (text.matches("\r\n").count(), text.matches('\n').count());
        assert_eq!(ends(&answer.text), ends(&other.text), "{name}: {id}");
    }
    // every line that was there still is, but for indentation, questions, and what says the version
    let newest = now.revision == now.template.newest();
    if newest {
        let found = after.diagnostics.iter().find(|one| one.rule.0 == "outdated-template");
        assert_eq!(found, None, "{name}");
    }
    let second = sync(&again, settings, templates, &after).unwrap();
    assert_eq!(second.applied, [], "{name}: a second run");
    Some((fixed.applied.len(), newest))
}

#[test]
fn reviews_move_to_the_newest_revision_and_keep_their_answers() {
    let (settings, templates) = (Settings::default(), Templates::default());
    let corpus = shared("corpus/gtr/docs").map_or_else(Vec::new, |directory| below(&directory, ".md"));
    for path in &corpus {
        let (steps, newest) = synced(path, &input(path).unwrap(), &settings, &templates).unwrap();
        assert!(newest && steps > 0, "{}", path.display());
    }
    let (mut documents, mut newest, mut steps) = (0, 0, 0);
    for path in below(&root().join("fixtures"), ".md") {
        let Some(input) = input(&path) else { continue };
        let Some((count, is_newest)) = synced(&path, &input, &settings, &templates) else { continue };
        documents += 1;
        newest += usize::from(is_newest);
        steps += count;
        if !is_newest {
            eprintln!("not of the newest revision: {}", path.display());
        }
    }
    eprintln!("{} of the corpus; {newest} of {documents} fixtures are new, {steps} steps", corpus.len());
    assert!(documents > 90 && steps > 30, "{documents} {steps}");
}

#[test]
fn every_revision_of_the_templates_own_file_becomes_the_newest() {
    let Some(upstream) = shared("templates-upstream") else { return };
    let (settings, templates) = (Settings::default(), Templates::default());
    for path in
        below(&upstream.join("gtr"), ".md").into_iter().chain(below(&upstream.join("kep/full"), ".md"))
    {
        let mut input = input(&path).unwrap();
        input.named = true;
        let Some((_, newest)) = synced(&path, &input, &settings, &templates) else { continue };
        assert!(newest, "{}", path.display());
    }
}

#[test]
fn keps_move_to_the_newest_revision_and_keep_their_answers() {
    let directory = Scratch::new();
    if unpack(ENHANCEMENTS, &directory.0).is_none() {
        return;
    }
    let (settings, templates) = (Settings::default(), Templates::default());
    let (mut documents, mut newest) = (0, 0);
    // each of them takes a moment without optimisation: a part of them in each of the ages
    for path in
        below(&directory.0.join("keps"), ".md").iter().step_by(if cfg!(debug_assertions) { 7 } else { 1 })
    {
        let Some(input) = input(path) else { continue };
        let Some((_, is_newest)) = synced(path, &input, &settings, &templates) else { continue };
        documents += 1;
        newest += usize::from(is_newest);
    }
    eprintln!("{newest} of {documents} KEPs are of the newest revision");
    assert!(newest * 100 >= documents * 93, "{newest} of {documents}");
}

/// A KEP of 2020 with one question and its answer in a list item.
fn kep_of_bullets(question: &str, answer: &str) -> String {
    format!(
        "# KEP-12: Faster Pods\n\n## Summary\n\nPods.\n\n## Motivation\n\nSlow.\n\n### Goals\n\nFast.\n\n## Proposal\n\nStart.\n\n\
         ## Production Readiness Review Questionnaire\n\n### Feature Enablement and Rollback\n\n{question}{answer}\n\
         * **What happens if we reenable the feature if it was previously rolled back?**\n\n  Nothing.\n"
    )
}

#[test]
fn an_answer_moves_out_of_its_list_item_and_stays_the_same() {
    let (settings, templates) = (Settings::default(), Templates::default());
    let question = "* **Can the feature be disabled once it has been enabled (i.e. can we roll back\n  the enablement)?**";
    for answer in [
        "\n  Yes.\n",
        " Yes, at once.\n  Nothing is left.\n",
        "\n\n  Yes:\n\n  ```yaml\n  gate:\n    - name: off\n\n      deep: true\n  ```\n\n  and no more.\n",
        "\n  - [ ] by a gate\n    - name: Faster\n      of the kubelet\n  - [x] by hand\n\n        kubectl wait\n",
        "\n  Yes,\nlazily.\n",
        "\n  | a | b |\n  |---|---|\n  | 1 | 2 |\n\n  > quoted\n  > twice\n",
        "\n  1. first\n\n     more\n  2. second\n",
    ] {
        for end in ["\n", "\r\n"] {
            let text = kep_of_bullets(question, answer).replace('\n', end);
            let input = Input::alone(Source::new("README.md", text));
            let before = check(&input, &settings, &templates);
            let fixed = sync(&input, &settings, &templates, &before).unwrap();
            let after = fixed.sources[0].text();
            let heading = "###### Can the feature be disabled once it has been enabled (i.e. can we roll back the enablement)?";
            let (_, rest) = after.split_once(heading).unwrap_or_else(|| panic!("{answer}: {after}"));
            let (moved, _) = rest.split_once("######").unwrap();
            let expected: String =
                answer.split_inclusive('\n').map(|line| line.strip_prefix("  ").unwrap_or(line)).collect();
            let expected = expected.replace('\n', end);
            assert_eq!(moved.trim(), expected.trim(), "byte for byte but for the indentation");
            // what the item held means the same outside of it
            let item = format!("* question\n\n{}", indented(&expected));
            let inside: Vec<_> = events(&item).into_iter().skip(3).collect();
            let inside = &inside[..inside.len() - 2];
            assert_eq!(events(moved.trim()), inside, "{answer}");
            assert_eq!(after.contains("\r\n"), end == "\r\n");
            assert_eq!(after.matches('\n').count(), after.matches(end).count());
        }
    }
}

/// A text as the content of a list item.
fn indented(text: &str) -> String {
    let lines = text.trim().split_inclusive('\n');
    lines.map(|line| if line.trim().is_empty() { line.to_string() } else { format!("  {line}") }).collect()
}

#[test]
fn links_to_a_reworded_heading_follow_it() {
    let (settings, templates) = (Settings::default(), Templates::default());
    let text = "# General Technical Review - Example / Sandbox\n\n- **Project:** Example\n- **Template Version:** v1.0\n\n\
        See [the use cases](#explain-the-primary-use-case-for-the-project-what-additional-use-cases-are-supported-by-the-project).\n\n\
        ## Day 0 - Planning Phase\n\n### Scope\n\n\
        #### Explain the primary use case for the project. What additional use cases are supported by the project?\n\nPods.\n\n\
        #### Explain which use cases have been identified as unsupported by the project.\n\nNone.\n";
    let input = Input::alone(Source::new("review.md", text));
    let before = check(&input, &settings, &templates);
    let fixed = sync(&input, &settings, &templates, &before).unwrap();
    let after = fixed.sources[0].text();
    assert!(after.contains("(#describe-the-primary-use-cases-for-the-project-"), "{after}");
    assert!(
        after.contains(
            "\n#### Describe the project's vision and goals.\n\n#### Describe the primary use cases"
        ),
        "{after}"
    );
    assert!(after.contains("- **Template Version:** v1.0.1\n"), "{after}");
    assert!(after.contains("<!-- gtr-ignore retired-question: kept with its answer, not asked since 2026-08-03 -->\n\n#### Explain which"));
    let checked = check(&with_sources(&input, &fixed.sources), &settings, &templates);
    let rules: Vec<&str> = checked.diagnostics.iter().map(|one| one.rule.0).collect();
    for rule in
        ["broken-link", "outdated-template", "retired-question", "unused-suppression", "edited-question"]
    {
        assert!(!rules.contains(&rule), "{rule}: {rules:?}");
    }
}

#[test]
fn a_question_is_added_beside_its_neighbours_where_the_section_has_no_heading() {
    let (settings, templates) = (Settings::default(), Templates::default());
    let text = "# General Technical Review - Example / Sandbox\n\n- **Project:** Example\n- **Template Version:** v1.0\n\n\
        ## Day 0 - Planning Phase\n\n### What it is for\n\n\
        #### Describe the target persona or user(s) for the project?\n\nSailors.\n";
    let input = Input::alone(Source::new("review.md", text));
    let before = check(&input, &settings, &templates);
    let fixed = sync(&input, &settings, &templates, &before).unwrap();
    let after = fixed.sources[0].text();
    let added = "\n#### Describe the project's vision and goals.\n\n#### Describe the target persona";
    assert!(after.contains(added), "{after}");
}

#[test]
fn the_command_shows_and_writes() {
    let scratch = Scratch::new();
    let gtr = |arguments: &[&str]| {
        let Ran { code, out, err } = scratch.run(arguments);
        (code, out, err)
    };
    assert_eq!(
        gtr(&["new", "gtr", "review.md", "--revision", "2026-01-27", "--project", "Example"]).0,
        Some(0)
    );
    let before = scratch.read("review.md");
    let (code, diff, _) = gtr(&["sync", "--diff", "review.md"]);
    assert!(code == Some(1) && diff.contains("+* Describe the project's vision and goals."), "{diff}");
    assert_eq!(scratch.read("review.md"), before);
    let (code, out, said) = gtr(&["sync", "review.md"]);
    assert_eq!((code, out.as_str()), (Some(0), ""), "{said}");
    assert!(said.contains("questions of 2026-01-27 before, v1.0.1, questions of 2026-08-03 now"), "{said}");
    let (code, _, said) = gtr(&["sync", "review.md"]);
    assert!(code == Some(0) && said.contains("of the newest revision already"), "{said}");
    assert_eq!(gtr(&["sync", "--diff", "review.md"]).0, Some(0));
    for wrong in [&["sync"][..], &["sync", "-"]] {
        let (code, _, said) = gtr(wrong);
        assert!(code == Some(2) && said.contains("help:"), "{wrong:?}: {said}");
    }
}
