//! The tables of a corpus: every command and format beside the floor.

use std::path::Path;

use gtr_lint::report::{Format, ReportFormat};

use crate::corpora::Corpus;
use crate::instructions;
use crate::rounds::Rounds;

/// Prints a line for every command and format.
pub(crate) fn corpus(corpus: &Corpus, scratch: &Path) {
    println!("\n{}", corpus.title);
    println!(
        "{:36} {:>12} {:>10} {:>8} {:>10} {:>8}",
        "", "processor ms", "floor ms", "times", "wall ms", "peak MB"
    );
    let floor = corpus.floor();
    for (name, arguments) in commands(scratch) {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let rounds = Rounds::of(&[&floor, &corpus.gtr(&arguments)]);
        println!(
            "{name:36} {:12.1} {:10.1} {:8.2} {:10.1} {:8.1}",
            rounds.processor(1),
            rounds.processor(0),
            rounds.times(1, 0),
            rounds.wall(1),
            rounds.peak(1)
        );
    }
    let counts = [floor, corpus.gtr(&["lint", "--format", "json"])].map(|run| instructions::of(&run));
    if let [Some(floor), Some(lint)] = counts {
        let times = lint as f64 / floor as f64;
        println!(
            "instructions: floor {}, lint as json {}, {times:.2} times",
            millions(floor),
            millions(lint)
        );
    } else {
        println!("instructions: neither perf nor valgrind counts them here");
    }
}

/// Lint in each format, lint in all of them at once, report in each format.
fn commands(scratch: &Path) -> Vec<(String, Vec<String>)> {
    let mut commands = Vec::new();
    for format in Format::ALL {
        let name = format.name().to_string();
        commands.push((format!("lint, {name}"), vec!["lint".into(), "--format".into(), name]));
    }
    let mut all = vec!["lint".to_string(), "--format".into(), "json".into()];
    for format in Format::ALL.iter().map(|format| format.name()).filter(|name| *name != "json") {
        all.extend(["--output".into(), format!("{format}={}", scratch.join(format).display())]);
    }
    commands.push(("lint, all formats in one run".into(), all));
    for format in ReportFormat::ALL {
        let name = format.name().to_string();
        commands.push((format!("report, {name}"), vec!["report".into(), "--format".into(), name]));
    }
    commands
}

pub(crate) fn millions(count: u64) -> String {
    format!("{:.1} M", count as f64 / 1e6)
}
