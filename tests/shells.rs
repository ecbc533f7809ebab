//! Completions and manual pages, read by the programs that they are for, where these are installed.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test that cannot go on may panic, and a skipped one must say so"
)]

#[path = "common/scratch.rs"]
mod scratch;

use std::fs;
use std::process::{Command, Output};

use scratch::Scratch;

fn gtr(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_gtr")).args(arguments).output().unwrap()
}

/// Runs another program; `None`, with a message, when it is not installed.
fn other(program: &str, arguments: &[&str]) -> Option<Output> {
    let output = Command::new(program).args(arguments).output();
    if output.is_err() {
        eprintln!("skipped: {program} is not installed");
    }
    output.ok()
}

#[test]
fn bash_completes_commands_and_options_under_both_names() {
    let directory = Scratch::new();
    let script = directory.0.join("gtr");
    fs::write(&script, gtr(&["completions", "bash"]).stdout).unwrap();
    for name in ["gtr", "gtr-lint"] {
        let offered = |words: &str, at: usize| {
            let line = format!(
                "source {}; COMP_WORDS=({name} {words}); COMP_CWORD={at}; \
                 fn=$(complete -p {name} | sed 's/.*-F \\([^ ]*\\).*/\\1/'); \
                 \"$fn\" {name} \"${{COMP_WORDS[{at}]}}\" \"${{COMP_WORDS[{at}-1]}}\"; echo \"${{COMPREPLY[*]}}\"",
                script.display(),
            );
            let output = other("bash", &["-c", &line])?;
            Some(String::from_utf8(output.stdout).unwrap().trim().to_string())
        };
        let Some(commands) = offered("li", 1) else { return };
        assert_eq!(commands, "lint");
        assert_eq!(offered("lint --fail-on n", 3).unwrap(), "note never");
        assert_eq!(offered("templates sh", 2).unwrap(), "show");
    }
}

#[test]
fn the_other_shells_can_read_their_scripts() {
    let directory = Scratch::new();
    for shell in ["zsh", "fish"] {
        let script = directory.0.join(shell);
        fs::write(&script, gtr(&["completions", shell]).stdout).unwrap();
        if let Some(output) = other(shell, &["-n", script.to_str().unwrap()]) {
            assert!(output.status.success(), "{shell}: {}", String::from_utf8_lossy(&output.stderr));
        }
    }
    let unknown = gtr(&["completions", "bsh"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("a similar value exists: 'bash'"));
}

#[test]
fn manual_pages_are_written_without_a_warning() {
    let directory = Scratch::new();
    let path = directory.0.to_str().unwrap();
    let written = gtr(&["man", "--directory", path]);
    assert_eq!(written.status.code(), Some(0), "{}", String::from_utf8_lossy(&written.stderr));
    let printed = gtr(&["man"]).stdout;
    assert_eq!(fs::read(directory.0.join("gtr.1")).unwrap(), printed);
    for entry in fs::read_dir(&directory.0).unwrap() {
        let page = entry.unwrap().path();
        let Some(output) = other("groff", &["-man", "-Tutf8", "-ww", page.to_str().unwrap()]) else { break };
        let warnings = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && warnings.is_empty(), "{}: {warnings}", page.display());
    }
    let nowhere = directory.0.join("nowhere");
    let missing = gtr(&["man", "--directory", nowhere.to_str().unwrap()]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&missing.stderr).contains("help: is the directory there"));
}
