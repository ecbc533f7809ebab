//! What the README shows is what the program does.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

use std::fs;
use std::path::Path;

use gtr_lint::rules;

fn read(path: &str) -> String {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
    text.replace("\r\n", "\n")
}

#[test]
fn the_picture_is_what_the_program_prints() {
    let expected = read("fixtures/gtr/tour/expected.txt");
    let (output, _) = expected.split_once("--- exit code").unwrap();
    let shown = format!("```text\n$ gtr lint review.md\n{output}```\n");
    assert!(read("README.md").contains(&shown), "the picture should be:\n{shown}");
}

/// The list is that of docs/rules.md, which the program writes.
#[test]
fn every_rule_is_listed() {
    let readme = read("README.md");
    let rows: Vec<String> = read("docs/rules.md")
        .lines()
        .filter(|line| line.starts_with("| ["))
        .map(|line| line.replace("](rules/", "](docs/rules/"))
        .collect();
    assert_eq!(rows.len(), rules::ALL.len());
    for row in &rows {
        assert!(readme.lines().any(|line| line == row), "missing or out of date: {row}");
    }
    let listed = readme.lines().filter(|line| line.starts_with("| [")).count();
    assert_eq!(listed, rows.len(), "the README lists a rule that is not there");
}

#[test]
fn relative_links_lead_somewhere() {
    for page in [
        "README.md",
        "docs/configuration.md",
        "docs/alignment.md",
        "docs/benchmarks.md",
        "docs/ci.md",
        "docs/install.md",
        "docs/pre-commit.md",
        "CONTRIBUTING.md",
        "docs/formats.md",
        "docs/pull-requests.md",
        "docs/templates.md",
        "fixtures/gtr/README.md",
    ] {
        let text = read(page);
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(page).parent().unwrap().to_path_buf();
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let path = target.split('#').next().unwrap();
            let local = !path.is_empty() && !path.contains("://");
            assert!(!local || folder.join(path).exists(), "{page}: {target}");
        }
    }
}

#[test]
fn every_format_is_told_about() {
    let page = read("docs/formats.md");
    for format in gtr_lint::report::Format::ALL {
        let name = format.name();
        assert!(page.contains(&format!("\n## `{name}`\n")), "docs/formats.md: {name}");
        assert!(read("README.md").contains(&format!("`{name}`")), "README.md: {name}");
    }
}
