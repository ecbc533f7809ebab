//! `--baseline` and `--write-baseline`, alone and together with what changed.

use std::fs;

use super::GITHUB;
use super::scratch::Scratch;
use super::toy::{Repository, STRANGE, asked, checkout, document, has_git, pull_request};

#[test]
fn a_baseline_hides_what_is_known_and_nothing_else() {
    let scratch = Scratch::new();
    let directory = Repository(scratch.0.join("plain"));
    directory.write("a.md", &document("A", 3));
    directory.write("sub/b.md", &document("B", 3));
    let before = directory.lint(&[], &[]);
    assert_eq!(before.code, 1);
    let missing = directory.lint(&["--baseline", "ci/known.json"], &[]);
    assert_eq!(missing.code, 2);
    assert!(
        missing.err.contains("error: the baseline ci/known.json does not exist\nhelp: --write-baseline"),
        "{}",
        missing.err
    );
    fs::create_dir(directory.0.join("ci")).unwrap();
    let baseline = ["--baseline", "ci/known.json"];
    let written = directory.lint(&[&baseline[..], &["--write-baseline"]].concat(), &[]);
    let all = before.found().len() as u64;
    assert_eq!((written.code, written.found().len(), written.baselined()), (0, 0, all), "{}", written.err);
    assert!(written.err.contains(&format!("note: ci/known.json written: {all} findings")), "{}", written.err);
    let text = fs::read_to_string(directory.0.join("ci/known.json")).unwrap();
    assert!(text.contains("    \"../a.md\": [\n") && text.contains("    \"../sub/b.md\": [\n"), "{text}");
    // lines move, from whatever directory it runs
    directory.edit("a.md", "## ", "Words.\n\nMore words.\n\n## ");
    let below = Repository(directory.0.join("sub"));
    let same = below.lint(&["--baseline", "../ci/known.json", ".."], &[]);
    assert_eq!((same.code, same.found().len(), same.baselined()), (0, 0, all), "{}", same.err);
    assert!(!same.err.contains("fixed"), "{}", same.err);
    // one is fixed, one is new, also under another name
    directory.edit("a.md", "  TBD\n", "  An answer.\n");
    directory.edit("a.md", "  Answer 7.\n", "  TODO\n");
    fs::rename(directory.0.join("sub/b.md"), directory.0.join("sub/c.md")).unwrap();
    let changed = directory.lint(&baseline, &[]);
    assert_eq!(changed.found(), [format!("a.md placeholder-answer {}", asked(7).0)], "{}", changed.err);
    assert_eq!((changed.code, changed.baselined()), (1, all - 1));
    assert!(
        changed.err.contains("note: 1 finding of ci/known.json is fixed; --write-baseline"),
        "{}",
        changed.err
    );
    // what is not checked stays as it is, and is not stale
    directory.edit("sub/c.md", "  Answer 7.\n", "  TODO\n");
    assert_eq!(directory.lint(&[&baseline[..], &["--write-baseline", "sub"]].concat(), &[]).code, 0);
    let part = fs::read_to_string(directory.0.join("ci/known.json")).unwrap();
    assert!(
        part.contains("../a.md") && part.contains("../sub/c.md") && !part.contains("../sub/b.md"),
        "{part}"
    );
    assert_eq!(directory.lint(&[&baseline[..], &["sub"]].concat(), &[]).code, 0);
    let rest = directory.lint(&baseline, &[]);
    assert_eq!(rest.found(), [format!("a.md placeholder-answer {}", asked(7).0)], "{}", rest.err);
    // a text format tells how many
    let ran = directory.lint(&[&baseline[..], &["--output", "pretty=out.txt"]].concat(), &[]);
    let pretty = fs::read_to_string(directory.0.join("out.txt")).unwrap();
    assert!(pretty.contains(" known from the baseline."), "{}\n{pretty}", ran.err);
}

#[test]
fn a_file_that_is_no_baseline_is_never_overwritten() {
    let scratch = Scratch::new();
    let directory = Repository(scratch.0.join("plain"));
    directory.write("a.md", &document("A", 3));
    for (content, expected) in [
        ("# Notes\n", "error: known.json is no baseline: not JSON"),
        ("{\"schema\": 9}", "error: known.json is a baseline of schema 9; this program reads schema 1"),
    ] {
        directory.write("known.json", content);
        for write in [&[][..], &["--write-baseline"]] {
            let ran = directory.lint(&[&["--baseline", "known.json"], write].concat(), &[]);
            assert_eq!(ran.code, 2);
            assert!(ran.err.contains(expected) && ran.err.contains("\nhelp: "), "{}", ran.err);
            assert_eq!(fs::read_to_string(directory.0.join("known.json")).unwrap(), content);
        }
    }
    for arguments in [&["--write-baseline"][..], &["--write-baseline", "--baseline", "b", "--changed-lines"]]
    {
        assert_eq!(directory.lint(arguments, &[]).code, 2);
    }
    let lost = "no/such/directory.json";
    let ran = directory.lint(&["--baseline", lost, "--write-baseline"], &[]);
    assert!(ran.code == 2 && ran.err.contains("cannot write"), "{}", ran.err);
}

#[test]
fn the_gates_of_a_pull_request_work_together() {
    if !has_git() {
        return;
    }
    let scratch = Scratch::new();
    let (origin, ..) = pull_request(&scratch);
    origin.lint(&["--baseline", "known.json", "--write-baseline"], &[]);
    let known = fs::read_to_string(origin.0.join("known.json")).unwrap();
    let clone = checkout(&scratch, &origin, "2");
    clone.write("known.json", &known);
    // what the base has is known, so what is left is what the change made
    let ran = clone.lint(&["--changed", "--baseline", "known.json"], &GITHUB);
    let mut found = ran.found();
    found.retain(|one| !one.starts_with(STRANGE));
    found.sort();
    let expected = [
        format!("edited.md missing-question {}", asked(8).0),
        format!("edited.md placeholder-answer {}", asked(5).0),
        format!("reviews/new name.md unanswered-question {}", asked(6).0),
    ];
    assert_eq!(found, expected, "{}", ran.err);
    assert!(ran.baselined() > 0);
    let lines = clone.lint(&["--changed-lines", "--baseline", "known.json"], &GITHUB);
    let mut found = lines.found();
    found.retain(|one| !one.starts_with(STRANGE));
    assert_eq!(found.len(), expected.len(), "{found:?}");
    assert!(lines.baselined() < ran.baselined());
}
