//! Every folder of `fixtures/<template>` is a document and what the program says of it, as a person reads it.
//!
//! | file | what it has |
//! |---|---|
//! | `review.md`, `README.md` | the document: a review, a KEP |
//! | `kep.yaml` | the metadata of a KEP |
//! | `gtr.yaml` | its configuration, if it has one |
//! | `expected.txt` | `gtr lint`: standard output, then standard error and the exit code |
//! | `expected.json` | `gtr lint --format json` |
//! | `expected-items.txt` | `gtr report --format json` as a table: state, match and line of every item |
//!
//! `GTR_UPDATE_FIXTURES=1 cargo test --test fixtures` writes the expected files; read what it changed. Otherwise the
//! test compares. A folder without expectations fails.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

const UPDATE: &str = "run `GTR_UPDATE_FIXTURES=1 cargo test --test fixtures` and read what it changes";

const KINDS: [&str; 10] = [
    "gtr",
    "kep",
    "governance-review",
    "due-diligence-incubation",
    "due-diligence-graduation",
    "due-diligence-guideline",
    "incubation-application",
    "graduation-application",
    "security-self-assessment",
    "domain-technical-review",
];

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

fn cases_of(kind: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(fixtures().join(kind)).unwrap();
    let mut cases: Vec<PathBuf> =
        entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    cases.sort();
    cases
}

fn cases() -> Vec<PathBuf> {
    KINDS.iter().flat_map(|kind| cases_of(kind)).collect()
}

/// The name of a case's document.
fn document(case: &Path) -> &'static str {
    if case.join("README.md").exists() { "README.md" } else { "review.md" }
}

/// Runs the program in a case's folder; gives its streams and its exit code.
fn gtr(case: &Path, command: &str, format: &str) -> (String, String, i32) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_gtr"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("GTR_") || name == "COLUMNS") {
        program.env_remove(name);
    }
    let arguments =
        [command, "--format", format, "--color", "never", "--today", "2026-11-01", document(case)];
    let output = program.current_dir(case).args(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code().unwrap())
}

fn findings(case: &Path) -> String {
    let (mut out, err, code) = gtr(case, "lint", "pretty");
    if !err.is_empty() {
        write!(out, "--- standard error\n{err}").unwrap();
    }
    writeln!(out, "--- exit code {code}").unwrap();
    out
}

/// One line an item: state, match, where it is asked, where it is answered.
fn items(case: &Path) -> String {
    let (out, _, _) = gtr(case, "report", "json");
    let report: Value = serde_json::from_str(&out).unwrap();
    let mut table = String::new();
    for document in report["documents"].as_array().unwrap() {
        let word = |name: &str| document[name].as_str().unwrap_or("-").to_owned();
        writeln!(table, "revision  {}", word("revision")).unwrap();
        writeln!(table, "level     {} ({})", word("level"), word("level-source")).unwrap();
        writeln!(table, "\n{:20} {:11} {:>5} {:>9}  item", "state", "match", "asked", "answered").unwrap();
        for item in document["items"].as_array().unwrap() {
            table += &row(item);
        }
    }
    table
}

fn row(item: &Value) -> String {
    let word = |name: &str| item[name].as_str().unwrap_or_default().to_owned();
    let line =
        |name: &str| item[name]["line"].as_u64().map_or_else(|| "-".to_owned(), |line| line.to_string());
    let mut remarks = Vec::new();
    if item["required"] == true {
        remarks.push("required".to_owned());
    }
    if word("revision-status") != "current" {
        remarks.push(word("revision-status"));
    }
    if let Some(other) = item["answered-by"].as_str() {
        remarks.push(format!("answered by {other}"));
    }
    let row = format!(
        "{:20} {:11} {:>5} {:>9}  {}  {}",
        word("state"),
        word("match"),
        line("prompt"),
        line("answer"),
        word("id"),
        remarks.join(", ")
    );
    format!("{}\n", row.trim_end())
}

/// The expected files that are not what the program says; none after they were written anew.
fn differing(cases: &[PathBuf]) -> Vec<String> {
    let update = std::env::var_os("GTR_UPDATE_FIXTURES").is_some();
    let mut different = Vec::new();
    for case in cases {
        let files = [
            ("expected.txt", findings(case)),
            ("expected.json", gtr(case, "lint", "json").0),
            ("expected-items.txt", items(case)),
        ];
        for (name, now) in files {
            let path = case.join(name);
            if update {
                fs::write(path, now).unwrap();
            } else if fs::read_to_string(&path).ok().as_ref() != Some(&now) {
                different.push(path.strip_prefix(fixtures()).unwrap().display().to_string());
            }
        }
    }
    different
}

#[test]
fn every_document_gives_what_is_expected() {
    let all = cases();
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let mut different: Vec<String> = std::thread::scope(|scope| {
        let parts = all.chunks(all.len().div_ceil(workers));
        let running: Vec<_> = parts.map(|part| scope.spawn(|| differing(part))).collect();
        running.into_iter().flat_map(|part| part.join().unwrap()).collect()
    });
    different.sort();
    assert!(different.is_empty(), "not as expected: {}; {UPDATE}", different.join(", "));
}

/// A document of one kind is never taken for one of another.
#[test]
fn every_document_is_recognised_as_its_kind() {
    for kind in KINDS {
        for case in cases_of(kind) {
            let text = fs::read_to_string(case.join("expected.json")).unwrap();
            let run: Value = serde_json::from_str(&text).unwrap();
            for file in run["files"].as_array().unwrap() {
                let taken = file["template"].as_str().unwrap_or(kind);
                assert_eq!(taken, kind, "{}", case.display());
            }
        }
    }
}

#[test]
fn every_case_is_listed_with_what_it_is_about() {
    for kind in KINDS {
        let list = fs::read_to_string(fixtures().join(kind).join("README.md")).unwrap();
        let cases = cases_of(kind);
        for case in &cases {
            let (name, document) = (case.file_name().unwrap().to_string_lossy(), document(case));
            let row = format!("| [{name}]({name}/{document}) |");
            assert!(list.contains(&row), "{name} is not in fixtures/{kind}/README.md");
        }
        let rows = list.lines().filter(|line| line.starts_with("| [")).count();
        assert_eq!(rows, cases.len(), "fixtures/{kind}/README.md lists a case that is not there");
    }
}

/// Bytes are what some cases are about, so a checkout must not change them.
#[test]
fn line_ends_and_marks_are_as_they_were_written() {
    let read = |case: &str| fs::read(fixtures().join("gtr").join(case).join("review.md")).unwrap();
    assert!(read("bytes-crlf").windows(2).filter(|two| two == b"\r\n").count() > 10);
    assert!(read("bytes-bom").starts_with("\u{feff}".as_bytes()));
    assert!(!read("bytes-no-final-newline").ends_with(b"\n"));
    assert!(read("bytes-lone-cr").contains(&b'\r') && !read("bytes-lone-cr").contains(&b'\n'));
}
