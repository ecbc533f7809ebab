//! How long the program takes to start, beside a program that does nothing.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::instructions;
use crate::process::Run;
use crate::rounds::Rounds;
use crate::table::millions;

/// First argument of the process that does nothing.
pub(crate) const NOTHING: &str = "--nothing";

const REVIEW: &str = "# General Technical Review - Tidemark / Sandbox\n\n## Day 0\n";

/// Prints a line for each way to start.
pub(crate) fn measure(scratch: &Path) {
    fs::write(scratch.join("review.md"), REVIEW).unwrap();
    fs::write(scratch.join("notes.md"), "# Notes\n\nNothing here is asked by any template.\n").unwrap();
    let (empty, which) = empty(scratch);
    println!("\nStarting, beside {which}");
    println!(
        "{:36} {:>10} {:>10} {:>14} {:>8} {:>13}",
        "", "fastest ms", "longer ms", "processor ms", "peak MB", "instructions"
    );
    let runs = [
        ("nothing", empty.clone()),
        ("--version", Run::gtr(["--version"], scratch)),
        ("lint of a file that is no document", Run::gtr(["lint", "notes.md"], scratch)),
        ("lint of a review of three lines", Run::gtr(["lint", "review.md"], scratch)),
        ("report of that review", Run::gtr(["report", "review.md"], scratch)),
    ];
    let rounds = Rounds::of(&runs.each_ref().map(|(_, run)| run));
    for (at, (name, run)) in runs.iter().enumerate() {
        let (wall, processor, peak) = (rounds.fastest(at), rounds.processor(at), rounds.peak(at));
        let longer = wall - rounds.fastest(0);
        let count = instructions::of(run).map_or_else(String::new, millions);
        println!("{name:36} {wall:10.2} {longer:10.2} {processor:14.2} {peak:8.1} {count:>13}");
    }
}

/// A program that does nothing, and what it is: rustc's, or this one with an argument upon which it ends.
fn empty(scratch: &Path) -> (Run, &'static str) {
    let (source, program) = (scratch.join("empty.rs"), scratch.join("empty"));
    fs::write(&source, "fn main() {}\n").unwrap();
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let built =
        Command::new(rustc).args(["-O", "-C", "strip=symbols", "-o"]).args([&program, &source]).status();
    if built.is_ok_and(|status| status.success()) {
        (Run::new(program, [""; 0], scratch), "`fn main() {}` by rustc")
    } else {
        (Run::own([NOTHING], scratch), "this benchmark, told to do nothing (there is no rustc)")
    }
}
