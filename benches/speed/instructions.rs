//! How many instructions a run takes: a figure that does not depend on what else the machine does.
//!
//! Asked of `perf` where the processor counts for us (virtual machines often do not), else of valgrind, which runs
//! the program some forty times slower. Both count what the program itself executes, loading it included, and not
//! what the kernel does for it. One thread, so that nobody counts threads that wait for each other.

use std::process::{Command, Stdio};
use std::sync::OnceLock;

use crate::process::Run;

const PERF: &[&str] = &["stat", "-x", ",", "-e", "instructions:u", "--"];
const VALGRIND: &[&str] = &["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null", "--"];

#[derive(Clone, Copy)]
enum Counter {
    Perf,
    Valgrind,
}

/// Instructions of one run; `None` where nothing on this machine counts.
pub(crate) fn of(run: &Run) -> Option<u64> {
    static COUNTER: OnceLock<Option<Counter>> = OnceLock::new();
    let counter = COUNTER.get_or_init(|| {
        let nothing = Run::new("true", [""; 0], ".");
        [Counter::Perf, Counter::Valgrind].into_iter().find(|counter| counter.count(&nothing).is_some())
    });
    counter.as_ref()?.count(run)
}

impl Counter {
    fn count(self, run: &Run) -> Option<u64> {
        let mut command: Command = match self {
            Self::Perf => run.below("perf", PERF),
            Self::Valgrind => run.below("valgrind", VALGRIND),
        };
        command.env("RAYON_NUM_THREADS", "1").stdin(Stdio::null()).stdout(Stdio::null());
        let output = command.output().ok()?;
        // what they say comes after what the program itself said
        let text = String::from_utf8_lossy(&output.stderr);
        let number = match self {
            Self::Perf => {
                text.lines().rev().find(|line| line.contains("instructions"))?.split(',').next()?.to_string()
            }
            Self::Valgrind => text
                .lines()
                .rev()
                .find(|line| line.contains("I   refs:"))?
                .rsplit(' ')
                .next()?
                .replace(',', ""),
        };
        number.parse().ok()
    }
}
