//! `gtr lint --fix` on files: what is written, what is kept, and that a file is whole at every moment.
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
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, SystemTime};

use files::{below, shared};
use scratch::{Scratch, with_input};

/// A review with guidance of the template left in, which is what a safe fix deletes.
const REVIEW: &str = "# General Technical Review - Example / Sandbox\n\n- **Project:** Example\n\
    - **Project Version:** v1.2.0\n- **Website:** https://example.org\n- **Date Updated:** 2026-02-03\n\
    - **Template Version:** v1.0\n- **Description:** <!-- Short project description --> Examples.\n\n\
    ## Day 0 - Planning Phase\n\n### Scope\n\n* Describe the target persona or user(s) for the project?\n\n\
    \x20 Operators.\n";

const GUIDANCE: &str = "<!-- Short project description -->";

/// Bytes and time of change of all files.
fn state(scratch: &Scratch) -> BTreeMap<String, (Vec<u8>, SystemTime)> {
    let file = |entry: fs::DirEntry| {
        let time = entry.metadata().unwrap().modified().unwrap();
        (entry.file_name().to_string_lossy().into_owned(), (fs::read(entry.path()).unwrap(), time))
    };
    fs::read_dir(&scratch.0).unwrap().map(|entry| file(entry.unwrap())).collect()
}

#[test]
fn a_second_run_writes_nothing() {
    let Some(corpus) = shared("corpus/gtr/docs") else { return };
    let scratch = Scratch::new();
    for path in below(&corpus, "") {
        scratch.write(&path.file_name().unwrap().to_string_lossy(), fs::read(&path).unwrap());
    }
    for all in [&["lint", "--fix", "-q", "."][..], &["lint", "--fix", "--unsafe-fixes", "-q", "."]] {
        let before = state(&scratch);
        scratch.run(all);
        let first = state(&scratch);
        assert_eq!(before.len(), first.len(), "no file more, none less");
        assert_ne!(before, first, "there was something to fix");
        scratch.run(all);
        assert_eq!(first, state(&scratch), "a second run");
        // what is whole to the first diff is whole to the second
        let diff = scratch.run(&[&["lint", "--diff"], &all[3..]].concat());
        assert_eq!((diff.code, diff.out.len()), (Some(0), 0));
    }
}

#[test]
fn line_ends_the_byte_order_mark_and_a_missing_line_end_stay() {
    let crlf = REVIEW.replace('\n', "\r\n");
    for (name, before) in [
        ("crlf.md", crlf.clone()),
        ("bom.md", format!("\u{feff}{REVIEW}")),
        ("both.md", format!("\u{feff}{crlf}")),
        ("end.md", REVIEW.trim_end().to_string()),
    ] {
        let scratch = Scratch::new();
        let path = scratch.write(name, &before);
        scratch.run(&["lint", "--fix", name]);
        let after = fs::read_to_string(&path).unwrap();
        assert!(!after.contains(GUIDANCE), "{name}: {after}");
        // nothing but a part of the line with the guidance is gone
        let line = |text: &str| {
            text.lines().filter(|line| !line.contains("Description")).collect::<Vec<_>>().join("\n")
        };
        assert_eq!(line(&before), line(&after), "{name}");
        assert_eq!(before.starts_with('\u{feff}'), after.starts_with('\u{feff}'), "{name}");
        assert_eq!(before.matches("\r\n").count(), after.matches("\r\n").count(), "{name}");
        assert_eq!(before.ends_with('\n'), after.ends_with('\n'), "{name}");
    }
}

#[test]
fn a_diff_writes_nothing_and_fails_where_there_is_one() {
    let scratch = Scratch::new();
    scratch.write("review.md", REVIEW);
    let before = state(&scratch);
    let diff = scratch.run(&["lint", "--diff", "review.md"]);
    assert_eq!(diff.code, Some(1));
    let shown = diff.out.as_str();
    assert!(
        shown.starts_with("--- a/review.md\n+++ b/review.md\n@@ ") && shown.contains(GUIDANCE),
        "{shown}"
    );
    assert_eq!(before, state(&scratch));
}

/// A comment of the template between a list and indented code: without it the code would be a question in the list.
/// Another comment goes.
#[test]
fn what_cannot_be_fixed_is_left_and_not_announced_again() {
    let kep = "# KEP-1: Lamps\n\n## Summary\n\n<!--\nThis section is incredibly important for producing high-quality, \
        user-focused\n-->\nLamps.\n\n## Production Readiness Review Questionnaire\n\n### Monitoring Requirements\n\n\
        ###### What are the SLIs (Service Level Indicators) an operator can use to determine the health of the service?\n\n\
        - A lamp shines.\n\n<!--\nPick one more of these and delete the rest.\n-->\n\n    ###### Are there any missing \
        metrics that would be useful to have to improve observability of this feature?\n";
    let scratch = Scratch::new();
    let (folder, name) = ("keps/sig-node/1-lamps", "keps/sig-node/1-lamps/README.md");
    scratch.write(
        &format!("{folder}/kep.yaml"),
        "title: Lamps\nkep-number: 1\nstatus: implemented\nstage: stable\n",
    );
    let path = scratch.write(name, kep);
    let run = scratch.run(&["lint", "--fix", name]);
    let after = fs::read_to_string(path).unwrap();
    assert!(!after.contains("incredibly") && after.contains("Pick one"), "{after}");
    assert!(run.err.contains("1 fix applied"), "{}", run.err);
    assert!(run.out.contains("left in at 1 place") && run.out.contains("No safe fix"), "{}", run.out);
}

#[test]
fn standard_input_cannot_be_fixed_but_compared() {
    let scratch = Scratch::new();
    let refused = scratch.run(&["lint", "--fix", "-"]);
    assert_eq!(refused.code, Some(2));
    let said = &refused.err;
    assert!(said.contains("standard input cannot be fixed") && said.contains("help: use --diff"), "{said}");
    let output =
        with_input(&mut scratch.command(&["lint", "--diff", "-", "--stdin-filename", "review.md"]), REVIEW);
    assert_eq!(output.code, Some(1));
    assert!(output.out.contains("a/review.md"));
}

#[cfg(unix)]
#[test]
fn permissions_and_links_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let scratch = Scratch::new();
    let path = scratch.write("review.md", REVIEW);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    let link = scratch.0.join("link.md");
    symlink("review.md", &link).unwrap();
    scratch.run(&["lint", "--fix", "link.md"]);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(!fs::read_to_string(&path).unwrap().contains(GUIDANCE), "the file behind the link is fixed");
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
}

#[cfg(unix)]
#[test]
fn a_place_that_cannot_be_written_to_is_said() {
    use std::os::unix::fs::PermissionsExt;
    let scratch = Scratch::new();
    let path = scratch.write("review.md", REVIEW);
    let mode = |path: &Path, mode: u32| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    mode(&path, 0o444);
    let refused = scratch.run(&["lint", "--fix", "review.md"]);
    let said = &refused.err;
    assert_eq!(refused.code, Some(2), "{said}");
    assert!(said.contains("review.md: it is read-only") && said.contains("help:"), "{said}");
    assert_eq!(fs::read_to_string(&path).unwrap(), REVIEW);
    assert_eq!(state(&scratch).len(), 1, "no temporary file is left");
}

/// Killed at any moment, a run leaves every file as it was or as it should be, and nothing that another run would
/// take for a document.
#[cfg(unix)]
#[test]
fn a_killed_run_leaves_whole_files() {
    let scratch = Scratch::new();
    let long = format!("{REVIEW}\n{}", "More about operators, and what they do all day.\n\n".repeat(200));
    let names: Vec<String> = (0..24).map(|number| format!("review-{number}.md")).collect();
    for name in &names {
        scratch.write(name, &long);
    }
    let begin = std::time::Instant::now();
    scratch.run(&["lint", "--fix", "-q", "."]);
    let mut whole = begin.elapsed();
    let fixed = fs::read_to_string(scratch.0.join(&names[0])).unwrap();
    assert!(fixed != long && !fixed.contains(GUIDANCE));
    let (mut before, mut after) = (0, 0);
    // a generator of numbers that are the same in each run of the test
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    for _ in 0..24 {
        for name in &names {
            scratch.write(name, &long);
        }
        let mut command = scratch.command(&["lint", "--fix", "-q", "."]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let begin = std::time::Instant::now();
        // half of the runs are killed while they write, however fast this machine is at the moment
        if random.is_multiple_of(2) {
            let last = scratch.0.join(&names[(random >> 8) as usize % names.len()]);
            while fs::metadata(&last).unwrap().len() == long.len() as u64 && begin.elapsed() < whole * 20 {
                std::thread::sleep(Duration::from_micros(50));
            }
        } else {
            std::thread::sleep(whole.mul_f64((random % 150) as f64 / 100.0));
        }
        let _ = child.kill();
        child.wait().unwrap();
        whole = whole.max(begin.elapsed()).min(whole * 2);
        for name in &names {
            let now = fs::read_to_string(scratch.0.join(name)).unwrap();
            match now {
                _ if now == long => before += 1,
                _ if now == fixed => after += 1,
                _ => panic!("{name} is neither as it was nor as it should be: {} bytes", now.len()),
            }
        }
    }
    eprintln!("{before} files as they were, {after} fixed");
    assert!(before > 0 && after > 0, "no run was killed in between");
    let listed = scratch.run(&["lint", "-f", "json", "."]);
    let found: serde_json::Value = listed.json();
    assert_eq!(found["summary"]["recognised"], names.len(), "what a killed run leaves is no document");
}
