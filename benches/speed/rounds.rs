//! Runs that are compared take turns, so that whatever else the machine does falls upon all of them; what is said of
//! two is the median of the ratios within a turn.

use std::time::{Duration, Instant};

use crate::process::{Cost, Run};

/// How long the turns of one comparison may take, unless that is too little for `LEAST`.
const BUDGET: Duration = Duration::from_secs(4);
/// A turn that takes this long is the only one.
const LONG: Duration = Duration::from_secs(20);
const LEAST: usize = 5;
const MOST: usize = 101;

/// The costs of several runs, a turn after the other.
pub(crate) struct Rounds(Vec<Vec<Cost>>);

impl Rounds {
    /// Takes turns. The first is for the caches and does not count, unless it took so long that caches matter little.
    pub(crate) fn of(runs: &[&Run]) -> Self {
        let turn = || runs.iter().map(|run| run.cost()).collect();
        let clock = Instant::now();
        let first: Vec<Cost> = turn();
        if clock.elapsed() > LONG {
            return Self(vec![first]);
        }
        let mut rounds = Vec::new();
        if clock.elapsed() > BUDGET {
            rounds.push(first);
        }
        while rounds.len() < LEAST || rounds.len() < MOST && clock.elapsed() < BUDGET {
            rounds.push(turn());
        }
        Self(rounds)
    }

    /// The median of something about one run of a turn.
    pub(crate) fn of_one(&self, run: usize, what: impl Fn(&Cost) -> f64) -> f64 {
        median(self.0.iter().map(|turn| what(&turn[run])).collect())
    }

    /// The shortest time by the clock, milliseconds: of many short runs some met no other program.
    pub(crate) fn fastest(&self, run: usize) -> f64 {
        let walls = self.0.iter().map(|turn| turn[run].wall.as_secs_f64() * 1000.0);
        walls.fold(f64::INFINITY, f64::min)
    }

    /// The median of something about two runs of the same turn.
    pub(crate) fn of_two(&self, one: usize, other: usize, what: impl Fn(&Cost, &Cost) -> f64) -> f64 {
        median(self.0.iter().map(|turn| what(&turn[one], &turn[other])).collect())
    }

    /// How many times the processor time of another run one takes.
    pub(crate) fn times(&self, one: usize, other: usize) -> f64 {
        self.of_two(one, other, |one, other| one.processor.as_secs_f64() / other.processor.as_secs_f64())
    }

    /// Processor time, milliseconds.
    pub(crate) fn processor(&self, run: usize) -> f64 {
        self.of_one(run, |cost| cost.processor.as_secs_f64() * 1000.0)
    }

    /// Time by the clock, milliseconds.
    pub(crate) fn wall(&self, run: usize) -> f64 {
        self.of_one(run, |cost| cost.wall.as_secs_f64() * 1000.0)
    }

    /// Peak memory, in millions of bytes: the most there ever was.
    pub(crate) fn peak(&self, run: usize) -> f64 {
        self.0.iter().map(|turn| turn[run].peak).max().unwrap_or_default() as f64 / 1e6
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len() % 2 == 1 { values[middle] } else { f64::midpoint(values[middle - 1], values[middle]) }
}
