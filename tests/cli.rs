//! The program as people call it: exit codes, streams, errors with a hint.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

#[path = "common/scratch.rs"]
mod scratch;

use std::fs;
use std::process::{Command, Stdio};

use scratch::{Ran, Scratch, with_input};

#[test]
fn nothing_recognised_is_a_note_and_strict_makes_it_an_error() {
    let repository = Scratch::repository(&[("a.md", "# Hello\n"), ("b.md", "Text.\n")]);
    let ran = repository.run(&["lint"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""));
    assert!(ran.err.contains("note: 2 files looked at, no document"), "{}", ran.err);
    assert_eq!(repository.run(&["lint", "--strict"]).code, Some(2));
    let named = repository.run(&["check", "a.md"]);
    assert_eq!(named.code, Some(0));
    assert!(named.err.contains("a.md is not recognised"), "{}", named.err);
    assert_eq!(repository.run(&["lint", "-q"]).err, "");
}

#[test]
fn what_cannot_be_read_is_said_and_does_not_hide_the_others() {
    let repository = Scratch::repository(&[("a.md", "# Hello\n")]);
    repository.write("latin.md", b"ab\xe9\n");
    let ran = repository.run(&["lint", "missing.md", "latin.md", "a.md"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("error: cannot read missing.md: no such file or directory"), "{}", ran.err);
    assert!(ran.err.contains("error: cannot read latin.md: not UTF-8: byte 2"), "{}", ran.err);
    assert!(ran.err.contains("help: save the file as UTF-8"), "{}", ran.err);
    assert!(ran.err.contains("a.md is not recognised"), "{}", ran.err);
    let large = repository.run(&["lint", "--max-size", "4", "a.md"]);
    assert_eq!(large.code, Some(2));
    assert!(large.err.contains("larger than 4 bytes") && large.err.contains("--max-size"), "{}", large.err);
}

#[cfg(unix)]
#[test]
fn a_pipe_that_nobody_writes_to_does_not_block() {
    let repository = Scratch::repository(&[]);
    let made = Command::new("mkfifo").arg(repository.0.join("a.md")).status();
    if made.is_ok_and(|status| status.success()) {
        let ran = repository.run(&["lint", "a.md"]);
        assert_eq!(ran.code, Some(2));
        assert!(ran.err.contains("a named pipe, not a regular file"), "{}", ran.err);
        assert_eq!(repository.run(&["lint", "."]).code, Some(0));
    }
    let mut command = repository.command(&["lint", "/dev/stdin"]);
    assert_eq!(with_input(&mut command, "# Hello\n").code, Some(0));
}

#[test]
fn standard_input_has_the_name_that_was_given() {
    let repository = Scratch::repository(&[("sub/gtr.yaml", "rules: {nonsense: off}\n")]);
    let ran = with_input(&mut repository.command(&["lint", "-"]), "# Hello\n");
    assert_eq!(ran.code, Some(0));
    assert!(ran.err.contains("<stdin> is not recognised"), "{}", ran.err);
    let named = ["lint", "-", "--stdin-filename", "sub/a.md"];
    let ran = with_input(&mut repository.command(&named), "# Hello\n");
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("unknown rule `nonsense`, sub/gtr.yaml:1:"), "{}", ran.err);
    let ran = repository.run(&["lint", "--stdin-filename", "a.md"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("help: name `-`"), "{}", ran.err);
}

#[test]
fn a_configuration_mistake_has_a_place_and_a_suggestion() {
    let repository = Scratch::repository(&[("a.md", "# A\n"), ("gtr.yaml", "level: sandbox\nrulse: {}\n")]);
    let ran = repository.run(&["lint"]);
    assert_eq!(ran.code, Some(2));
    assert_eq!(ran.err, "error: unknown key `rulse`, gtr.yaml:2:1\nhelp: did you mean `rules`?\n");
    assert_eq!(repository.run(&["lint", "--no-config"]).code, Some(0));
    repository.write("other.yaml", b"exclude: [a.md]\n");
    let ran = repository.run(&["lint", "--config", "other.yaml"]);
    assert!(ran.err.contains("0 files looked at"), "{}", ran.err);
    let ran = repository.run(&["lint", "--config", "other.yaml", "a.md"]);
    assert!(ran.err.contains("1 file looked at"), "{}", ran.err);
    let ran = repository.run(&["lint", "--config", "other.yaml", "--force-exclude", "a.md"]);
    assert!(ran.err.contains("0 files looked at"), "{}", ran.err);
}

#[test]
fn wrong_arguments_end_with_two_and_say_what_to_do() {
    let repository = Scratch::repository(&[("a.md", "# A\n")]);
    for (arguments, expected) in [
        (&["lint", "--rule", "unknwon-rule=off"][..], "help: did you mean `unknown-rule`?"),
        (&["lint", "--rule", "unknown-rule=of"], "help: did you mean `off`?"),
        (&["lint", "--output", "jsn=x"], "help: did you mean `json`?"),
        (&["lint", "--output", "json=x", "--output", "concise=x"], "help: give each a file of its own"),
        (&["lint", "--format", "yaml"], "possible values"),
        (&["lint", "--today", "2026-02-30"], "YYYY-MM-DD"),
        (&["lint", "--fail-on", "everything"], "possible values"),
        (&["explain", "unused-supression"], "help: did you mean `unused-suppression`?"),
        (&["lint", "--template", "missing.yaml"], "cannot read missing.yaml"),
        (&["nonsense"], "Usage"),
    ] {
        let ran = repository.run(arguments);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(ran.err.starts_with("error: ") && ran.err.contains(expected), "{arguments:?}: {}", ran.err);
    }
}

#[test]
fn machine_formats_are_whole_even_when_there_is_nothing_to_say() {
    let repository = Scratch::repository(&[("a.md", "# A\n")]);
    let ran = repository.run(&["lint", "--format", "json", "--output", "json=out.json"]);
    assert_eq!(ran.code, Some(0));
    let value: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((&value["schema"], &value["summary"]["files"]), (&1.into(), &1.into()));
    assert_eq!(fs::read_to_string(repository.0.join("out.json")).unwrap(), ran.out);
    let report = repository.run(&["report", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&report.out).unwrap();
    assert_eq!(value["documents"].as_array().map(Vec::len), Some(0));
}

#[test]
fn the_environment_is_weaker_than_flags_and_stronger_than_the_configuration() {
    let repository = Scratch::repository(&[
        ("a.md", "# A\n"),
        ("gtr.yaml", "level: sandbox\nrules: {unknown-rule: error}\n"),
    ]);
    let shown = |level: Option<&str>, arguments: &[&str]| {
        let mut all = vec!["config", "show", "a.md"];
        all.extend(arguments);
        let mut command = repository.command(&all);
        if let Some(level) = level {
            command.env("GTR_LEVEL", level);
        }
        Ran::from(command.output().unwrap()).out
    };
    assert!(shown(None, &[]).contains("level: sandbox # gtr.yaml"), "{}", shown(None, &[]));
    assert!(shown(None, &[]).contains("unknown-rule: error # gtr.yaml"));
    assert!(shown(Some("incubation"), &[]).contains("level: incubation # environment"));
    assert!(shown(Some("incubation"), &["--level", "graduation"]).contains("level: graduation # flag"));
    assert!(shown(None, &["--rule", "unknown-rule=off"]).contains("unknown-rule: off # flag"));
    let mut command = repository.command(&["lint"]);
    command.env("GTR_TODAY", "").env("GTR_MAX_SIZE", "").env("GTR_FORMAT", "").env("GTR_COLOR", "");
    assert_eq!(command.output().unwrap().status.code(), Some(0));
    // an unset variable of a workflow is an empty one
    assert!(shown(Some(""), &[]).contains("level: sandbox # gtr.yaml"), "{}", shown(Some(""), &[]));
}

#[test]
fn a_starter_configuration_is_written_once() {
    let repository = Scratch::repository(&[]);
    assert_eq!(repository.run(&["config", "init"]).code, Some(0));
    let ran = repository.run(&["config", "init"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("never overwritten"), "{}", ran.err);
    assert_eq!(repository.run(&["lint"]).code, Some(0));
    let schema = repository.run(&["config", "schema"]);
    serde_json::from_str::<serde_json::Value>(&schema.out).unwrap();
}

#[test]
fn rules_are_listed_and_explained() {
    let repository = Scratch::repository(&[]);
    let table = repository.run(&["rules"]);
    assert!(table.out.lines().any(|line| line.starts_with("unused-suppression")), "{}", table.out);
    let list: serde_json::Value =
        serde_json::from_str(&repository.run(&["rules", "--format", "json"]).out).unwrap();
    let names: Vec<&str> =
        list["rules"].as_array().unwrap().iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    assert!(names.is_sorted() && names.contains(&"unknown-rule"));
    for name in names {
        let ran = repository.run(&["explain", name]);
        assert_eq!(ran.code, Some(0), "{name}");
        assert!(ran.out.contains(&format!("<!-- gtr-ignore {name}: reason -->")), "{name}");
        assert!(!ran.out.contains("\n```") && !ran.out.contains('\u{1b}'), "{name}");
    }
}

#[test]
fn help_and_version_go_to_standard_output() {
    let repository = Scratch::repository(&[]);
    for arguments in [&["--help"][..], &["--version"], &["lint", "--help"], &["config", "show", "-h"]] {
        let ran = repository.run(arguments);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{arguments:?}");
        assert!(!ran.out.is_empty());
    }
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let repository = Scratch::repository(&[]);
    let mut command = repository.command(&["explain", "unused-suppression"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0));
}

/// A document that asks every question of the template and answers none.
fn unanswered() -> String {
    use gtr_lint::template::ItemKind;
    let templates = gtr_lint::review::Templates::new(Vec::new());
    let catalogue = templates.get("gtr").unwrap();
    let template = &catalogue.template;
    let mut text = String::from("# General Technical Review - Example / Sandbox\n\n");
    for index in template.indices().filter(|index| template.item(*index).is_in(template.newest())) {
        let item = template.item(index);
        match item.kind {
            ItemKind::Section => text += &format!("\n## {}\n\n", item.newest_wording()),
            ItemKind::Question | ItemKind::Group => text += &format!("* {}\n", item.newest_wording()),
            ItemKind::Field | ItemKind::Checkbox => {}
        }
    }
    text
}

#[test]
fn findings_decide_the_exit_code_and_comments_silence_them() {
    let repository = Scratch::repository(&[("a.md", &unanswered())]);
    let rules = |arguments: &[&str]| -> Vec<(String, String)> {
        let ran = repository.run(&[&["lint", "--format", "json"], arguments].concat());
        let value: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        let found = value["files"][0]["diagnostics"].as_array().cloned().unwrap_or_default();
        let word = |one: &serde_json::Value, key: &str| one[key].as_str().unwrap().to_string();
        found.iter().map(|one| (word(one, "rule"), word(one, "severity"))).collect()
    };
    let has = |found: &[(String, String)], rule: &str| found.iter().any(|(name, _)| name == rule);
    assert_eq!(repository.run(&["lint"]).code, Some(1));
    assert_eq!(repository.run(&["lint", "--fail-on", "never"]).code, Some(0));
    assert!(has(&rules(&[]), "unanswered-question"));
    assert!(!has(&rules(&["--rule", "unanswered-question=off"]), "unanswered-question"));
    assert!(
        rules(&["--rule", "unanswered-question=note"])
            .contains(&("unanswered-question".into(), "note".into()))
    );
    // one unreadable file weighs more than findings, and hides none
    let ran = repository.run(&["lint", "--format", "concise", "a.md", "missing.md"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.out.contains("error[unanswered-question]"), "{}", ran.out);
    let comment = "<!-- gtr-ignore-file unanswered-question: a draft -->\n\n";
    let example = "\n```markdown\n<!-- gtr-ignore-file nonsense: in code -->\n```\n";
    repository.write("a.md", format!("{comment}{}{example}", unanswered()).as_bytes());
    let found = rules(&[]);
    assert!(!has(&found, "unanswered-question") && !has(&found, "unused-suppression"), "{found:?}");
    assert!(!has(&found, "unknown-rule"), "{found:?}");
    // the configuration is weaker than the flag
    repository.write("a.md", unanswered().as_bytes());
    repository.write("gtr.yaml", b"rules: {unanswered-question: off}\n");
    assert!(!has(&rules(&[]), "unanswered-question"));
    assert!(has(&rules(&["--rule", "unanswered-question=error"]), "unanswered-question"));
}

#[test]
fn names_in_flags_and_configuration_are_checked_against_the_templates() {
    let repository = Scratch::repository(&[("a.md", "# A\n")]);
    for (arguments, expected) in [
        (&["lint", "--level", "incubatoin"][..], "help: did you mean `incubation`?"),
        (&["lint", "--template", "grt"], "help: did you mean `gtr`?"),
        (&["explain", "day0.scop"], "help: did you mean `day0.scope`?"),
        (&["templates", "show", "grt"], "error: unknown template `grt`"),
    ] {
        let ran = repository.run(arguments);
        assert_eq!(ran.code, Some(2), "{arguments:?}");
        assert!(ran.err.contains(expected), "{arguments:?}: {}", ran.err);
    }
    repository.write("gtr.yaml", b"required: {day0.scop: sandbox}\n");
    let ran = repository.run(&["lint"]);
    assert_eq!(ran.err, "error: unknown item `day0.scop`, gtr.yaml\nhelp: did you mean `day0.scope`?\n");
    assert_eq!(repository.run(&["templates", "list"]).code, Some(0));
}
