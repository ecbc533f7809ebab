//! Other linters of markdown, as far as they are installed: how long they take for the same tree.
//!
//! They do other work and print other findings; rumdl with a list of required headings alone (MD043) is the nearest
//! to what gtr does. What they make of documents is not compared here.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::corpora::Corpus;
use crate::process::Run;
use crate::rounds::Rounds;

/// Name, program, arguments. `CONFIG` stands for the file with the required headings.
const PEERS: &[(&str, &str, &[&str])] = &[
    ("rumdl, default rules", "rumdl", &["check", "--no-cache", "."]),
    ("rumdl, MD043 alone", "rumdl", &["check", "--no-cache", "--config", CONFIG, "--enable", "MD043", "."]),
    ("mado, default rules", "mado", &["check", "."]),
    ("markdownlint-cli2, default rules", "markdownlint-cli2", &["**/*.md"]),
];

const CONFIG: &str = "{headings}";

/// What every KEP has, and anything in between.
const HEADINGS: &str = "[MD043]\nheadings = [\"*\", \"## Summary\", \"*\", \"## Motivation\", \"*\", \"### Goals\", \"*\", \
    \"## Proposal\", \"*\", \"## Design Details\", \"*\", \"### Test Plan\", \"*\", \"## Implementation History\", \"*\"]\n";

/// Compares them with gtr, one after the other, and prints a line each.
pub(crate) fn compare(tree: &Corpus, scratch: &Path) {
    println!("\nPeers on {}, output dropped, time by the clock", tree.title);
    println!("{:36} {:>10} {:>10} {:>10} {:>12}", "", "peer ms", "gtr ms", "times gtr", "times floor");
    let config = scratch.join("headings.toml");
    fs::write(&config, HEADINGS).unwrap();
    let (gtr, floor) = (tree.gtr(&["lint"]), tree.floor());
    for (name, program, arguments) in PEERS {
        let Some(path) = installed(program) else {
            println!("{name:36} not installed");
            continue;
        };
        let arguments =
            arguments.iter().map(|one| if *one == CONFIG { config.as_path() } else { Path::new(one) });
        let peer = Run::new(&path, arguments, &tree.directory);
        let rounds = Rounds::of(&[&gtr, &peer, &floor]);
        let times =
            |other| rounds.of_two(1, other, |peer, other| peer.wall.as_secs_f64() / other.wall.as_secs_f64());
        println!(
            "{name:36} {:10.1} {:10.1} {:10.1} {:12.1}  {}",
            rounds.wall(1),
            rounds.wall(0),
            times(0),
            times(2),
            version(&path)
        );
    }
}

/// Where a program is, if it can be called.
fn installed(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|directory| directory.join(program)).find(|path| path.is_file())
}

fn version(program: &Path) -> String {
    let output = Command::new(program).arg("--version").output();
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    text.lines().next().unwrap_or_default().to_string()
}
