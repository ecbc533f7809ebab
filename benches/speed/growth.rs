//! Whether time grows with size alone: large documents of several shapes, each at 2 MB and at 20 MB.

use std::path::Path;

use crate::corpora::Corpus;
use crate::documents::{Shape, joined};
use crate::rounds::Rounds;

const SMALL: usize = 2_000_000;
const LARGE: usize = 20_000_000;

/// Prints a line for every shape and command. The tree of KEPs makes one shape more, where there is one.
pub(crate) fn measure(tree: Result<&Corpus, &str>, scratch: &Path) {
    println!("\nOne file of 20 MB beside one of 2 MB");
    println!(
        "{:36} {:>8} {:>8} {:>10} {:>10} {:>8} {:>8} {:>8}",
        "processor time", "2 MB ms", "20 MB ms", "a byte", "floor ms", "times", "wall ms", "peak MB"
    );
    for shape in Shape::ALL {
        let pair = [SMALL, LARGE].map(|bytes| shape.write(bytes, scratch));
        both(shape.title(), &pair, shape.arguments());
    }
    match tree {
        Ok(tree) => both(
            "all KEPs in one",
            &[SMALL, LARGE].map(|bytes| joined(tree, bytes, scratch)),
            &["--template", "kep"],
        ),
        Err(why) => println!("all KEPs in one: skipped, {why}"),
    }
}

fn both(title: &str, pair: &[Corpus; 2], arguments: &[&str]) {
    let [small, large] = pair;
    for command in ["lint", "report"] {
        let arguments = [&[command], arguments].concat();
        let rounds = Rounds::of(&[&small.gtr(&arguments), &large.gtr(&arguments), &large.floor()]);
        let name = format!("{title}, {command}");
        println!(
            "{name:36} {:8.1} {:8.1} {:10.2} {:10.1} {:8.2} {:8.1} {:8.1}",
            rounds.processor(0),
            rounds.processor(1),
            rounds.times(1, 0) * small.bytes() as f64 / large.bytes() as f64,
            rounds.processor(2),
            rounds.times(1, 2),
            rounds.wall(1),
            rounds.peak(1)
        );
    }
}
