//! Other linters of markdown, as far as they are installed: how long they take for the same tree.
//!
//! They do other work and print other findings; outlint with the headings of the template and rumdl with a list of
//! required headings alone (MD043) are the nearest to what gtr does. What they make of documents is not compared here.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use gtr_lint::template::{self, ItemIndex, ItemKind, Template};

use crate::corpora::{Corpus, markdown};
use crate::process::Run;
use crate::rounds::Rounds;

/// Name, program, arguments. `CONFIG` and `SCHEMA` stand for files with the required headings, `FILES` for all files.
const PEERS: &[(&str, &str, &[&str])] = &[
    ("rumdl, default rules", "rumdl", &["check", "--no-cache", "."]),
    ("rumdl, MD043 alone", "rumdl", &["check", "--no-cache", "--config", CONFIG, "--enable", "MD043", "."]),
    ("outlint, headings of the template", "outlint", &["check", "--schema", SCHEMA, FILES]),
    ("mado, default rules", "mado", &["check", "."]),
    ("markdownlint-cli2, default rules", "markdownlint-cli2", &["**/*.md"]),
];

const CONFIG: &str = "{headings}";
const SCHEMA: &str = "{schema}";
const FILES: &str = "{files}";

/// What every KEP has, and anything in between.
const HEADINGS: &str = "[MD043]\nheadings = [\"*\", \"## Summary\", \"*\", \"## Motivation\", \"*\", \"### Goals\", \"*\", \
    \"## Proposal\", \"*\", \"## Design Details\", \"*\", \"### Test Plan\", \"*\", \"## Implementation History\", \"*\"]\n";

/// Compares them with gtr, one after the other, and prints a line each.
pub(crate) fn compare(tree: &Corpus, scratch: &Path) {
    println!("\nPeers on {}, output dropped, time by the clock", tree.title);
    println!("{:36} {:>10} {:>10} {:>10} {:>12}", "", "peer ms", "gtr ms", "times gtr", "times floor");
    let config = scratch.join("headings.toml");
    fs::write(&config, HEADINGS).unwrap();
    let schema = scratch.join("outlint.yml");
    fs::write(&schema, outline()).unwrap();
    let files = markdown(&tree.directory);
    let (gtr, floor) = (tree.gtr(&["lint"]), tree.floor());
    for (name, program, arguments) in PEERS {
        let Some(path) = installed(program) else {
            println!("{name:36} not installed");
            continue;
        };
        let arguments = arguments.iter().flat_map(|one| match *one {
            CONFIG => vec![config.as_path()],
            SCHEMA => vec![schema.as_path()],
            FILES => files.iter().map(PathBuf::as_path).collect(),
            argument => vec![Path::new(argument)],
        });
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

/// The sections and questions of the KEP template as an outline for outlint, with anything in between.
fn outline() -> String {
    let kep = template::bundled().iter().find(|bundled| bundled.id == "kep").unwrap().load();
    let mut text = "version: 1\ntitle: \"*\"\nextras: anywhere\n".to_string();
    let top =
        kep.indices().filter(|&index| kep.item(index).parent.is_none() && kep.item(index).id != "title");
    headings(&kep, top, 0, &mut text);
    text
}

fn headings(kep: &Template, items: impl Iterator<Item = ItemIndex>, depth: usize, text: &mut String) {
    let indent = "    ".repeat(depth);
    let asked = |index: &ItemIndex| matches!(kep.item(*index).kind, ItemKind::Section | ItemKind::Question);
    for (at, index) in items.filter(asked).enumerate() {
        if at == 0 {
            let extras = if depth > 0 { format!("{indent}extras: anywhere\n") } else { String::new() };
            writeln!(text, "{extras}{indent}sections:").unwrap();
        }
        let heading = kep.item(index).newest_wording();
        let required = !heading.contains("(Optional)");
        writeln!(text, "{indent}  - match: {heading:?}\n{indent}    required: {required}").unwrap();
        headings(kep, kep.children(index), depth + 1, text);
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
