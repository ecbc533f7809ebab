//! How fast the program is: `cargo bench`, or `cargo bench -- kep-tree` for one table. Figures and how to read them:
//! docs/benchmarks.md.
//!
//! Whole programs are measured, as somebody who waits for them or pays for them has them: gtr, the floor beside which
//! it is put, a program that does nothing, and other linters. All but the last are this very file, called with an
//! argument that says which it is.
#![allow(clippy::print_stdout, reason = "a benchmark prints what it measured")]
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot go on may panic")]

#[path = "speed/corpora.rs"]
mod corpora;
#[path = "speed/documents.rs"]
mod documents;
#[path = "speed/floor.rs"]
mod floor;
#[path = "speed/growth.rs"]
mod growth;
#[path = "speed/instructions.rs"]
mod instructions;
#[path = "speed/peers.rs"]
mod peers;
#[path = "speed/process.rs"]
mod process;
#[path = "speed/rounds.rs"]
mod rounds;
#[path = "speed/start.rs"]
mod start;
#[path = "speed/table.rs"]
mod table;

use std::ffi::OsString;
use std::io;
use std::thread::available_parallelism;

use corpora::{Corpus, Scratch};

/// The tables, in their order.
const TABLES: [&str; 6] = ["start", "gtr-corpus", "kep-tree", "kep-file", "growth", "peers"];

fn main() -> io::Result<()> {
    let mut arguments = std::env::args_os().skip(1).peekable();
    match arguments.peek().and_then(|first| first.to_str()) {
        Some(floor::FLOOR) => floor::run(arguments.skip(1)),
        Some(process::MEASURE) => process::measure(arguments.skip(1)),
        Some(start::NOTHING) => Ok(()),
        _ => {
            tables(arguments);
            Ok(())
        }
    }
}

/// Prints the tables whose names contain one of the arguments; all of them without any.
fn tables(arguments: impl Iterator<Item = OsString>) {
    // cargo's own arguments begin with a dash
    let words: Vec<String> =
        arguments.filter_map(|word| word.into_string().ok()).filter(|word| !word.starts_with('-')).collect();
    let wanted = |table: &&str| words.is_empty() || words.iter().any(|word| table.contains(word.as_str()));
    let scratch = Scratch::new();
    println!("{}", machine());
    println!(
        "Medians of turns; `times` is gtr beside the floor: reading and parsing the same files, one thread."
    );
    for table in TABLES.iter().filter(|table| wanted(table)) {
        let tree = || corpora::keps(&scratch);
        match *table {
            "start" => start::measure(scratch.path()),
            "gtr-corpus" => table::corpus(&corpora::reviews(), scratch.path()),
            "growth" => growth::measure(tree().as_ref().map_err(String::as_str), scratch.path()),
            _ => match tree() {
                Ok(tree) => of_keps(table, &tree, &scratch),
                Err(why) => println!("\n{table}: skipped, {why}"),
            },
        }
    }
}

fn of_keps(table: &str, tree: &Corpus, scratch: &Scratch) {
    match table {
        "kep-tree" => table::corpus(tree, scratch.path()),
        "kep-file" => table::corpus(&corpora::kep(tree), scratch.path()),
        _ => peers::compare(tree, scratch.path()),
    }
}

/// What it was measured on.
fn machine() -> String {
    let cores = available_parallelism().map_or(1, usize::from);
    let text = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = text.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    format!("{}, {cores} cores of which two are used", name.map_or("some processor", |(_, name)| name))
}
