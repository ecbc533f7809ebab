//! The functions of `fuzz/` on some random input: the same code as the fuzzers', a short time, under stable Rust.
//! `FUZZ_CASES` sets how many cases of each.
#![cfg(feature = "cli")]
#![allow(
    dead_code,
    unreachable_pub,
    missing_docs,
    clippy::unwrap_used,
    reason = "a test that cannot go on may panic; the harness is public where the fuzzers use it"
)]

#[path = "common/files.rs"]
mod files;

use std::fs;
use std::path::PathBuf;

use files::{below, root};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};

#[path = "../fuzz/src/lib.rs"]
mod harness;

fn cases(default: u32) -> u32 {
    std::env::var("FUZZ_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// Documents and metadata of the fixtures, to be cut up.
fn seeds(endings: &[&str]) -> Vec<Vec<u8>> {
    let paths = below(&root().join("fixtures"), "");
    let fits = |path: &&PathBuf| endings.iter().any(|ending| path.to_string_lossy().ends_with(ending));
    paths.iter().filter(fits).map(|path| fs::read(path).unwrap()).collect()
}

/// Lines of two seeds in any order, some of them spoilt by signs that markdown and YAML read.
fn pieces(seeds: Vec<Vec<u8>>) -> impl Strategy<Value = Vec<u8>> {
    let signs = prop::sample::select(vec![
        "",
        "- ",
        "* ",
        "#",
        "**",
        "<!--",
        "-->",
        "```",
        "> ",
        "|",
        "[",
        "](",
        "\t",
        "\r",
        "\u{feff}",
        "\0",
        "::",
        "&",
        "N/A",
        "TODO",
        "---",
        "    ",
        "~~~",
        "<details>",
        "</summary>",
        "- [ ] ",
        "\u{202e}",
    ]);
    let seed = prop::sample::select(seeds);
    let line = (any::<prop::sample::Index>(), signs, 0..4u8);
    (seed.clone(), seed, prop::collection::vec(line, 0..60)).prop_map(|(one, other, lines)| {
        let all: Vec<&[u8]> = one.split(|b| *b == b'\n').chain(other.split(|b| *b == b'\n')).collect();
        let mut text = Vec::new();
        for (at, sign, place) in &lines {
            let line = at.get(&all);
            match place {
                0 => text.extend([sign.as_bytes(), line].concat()),
                1 => text.extend([line, sign.as_bytes()].concat()),
                _ => text.extend(*line),
            }
            text.push(b'\n');
        }
        text
    })
}

fn run(strategy: impl Strategy<Value = Vec<u8>>, cases: u32, what: fn(&[u8])) {
    let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
    let result = runner.run(&strategy, |bytes| {
        let tried = std::panic::catch_unwind(|| what(&bytes));
        tried.map_err(|panic| {
            let text = panic.downcast_ref::<String>().cloned();
            TestCaseError::fail(text.unwrap_or_else(|| "it panicked".into()))
        })
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}

#[test]
fn any_document_goes_through_the_pipeline() {
    run(pieces(seeds(&[".md"])), cases(60), harness::pipeline);
}

#[test]
fn any_document_can_be_fixed() {
    run(pieces(seeds(&[".md"])), cases(40), harness::fixes);
}

#[test]
fn any_metadata_is_read() {
    run(pieces(seeds(&[".yaml"])), cases(100), harness::metadata);
}

#[test]
fn any_configuration_is_read() {
    run(pieces(seeds(&[".yaml"])), cases(100), harness::configuration);
}

#[test]
fn generated_documents_have_the_states_they_were_given() {
    run(prop::collection::vec(any::<u8>(), 0..200), cases(60), harness::generated);
}
