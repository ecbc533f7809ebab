//! One run of a program and what it cost.
//!
//! The kernel tells a process what all of its children cost together. So every run is started by a process of its
//! own (this program with `--measure`), which has no other child.

use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// First argument of the process that starts a program and prints its cost.
pub(crate) const MEASURE: &str = "--measure";

/// Threads of every program that is measured: the figures are those of two cores, however many there are.
const THREADS: &str = "2";

/// What a run cost.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cost {
    /// By the clock, from its start to its end.
    pub(crate) wall: Duration,
    /// Processor time, user and system, of all its threads; by the clock where the kernel is not asked.
    pub(crate) processor: Duration,
    /// Most memory it ever had, in bytes; 0 where the kernel is not asked.
    pub(crate) peak: u64,
}

/// A program with its arguments, to be run again and again.
#[derive(Debug, Clone)]
pub(crate) struct Run {
    program: PathBuf,
    arguments: Vec<OsString>,
    directory: PathBuf,
}

impl Run {
    /// A program that will run in a directory.
    pub(crate) fn new<T: AsRef<OsStr>>(
        program: impl Into<PathBuf>,
        arguments: impl IntoIterator<Item = T>,
        directory: impl Into<PathBuf>,
    ) -> Self {
        let arguments = arguments.into_iter().map(|one| one.as_ref().to_owned()).collect();
        Self { program: program.into(), arguments, directory: directory.into() }
    }

    /// The program under test: `GTR_BENCH_PROGRAM`, else the one that cargo built with this benchmark.
    pub(crate) fn gtr<T: AsRef<OsStr>>(
        arguments: impl IntoIterator<Item = T>,
        directory: impl Into<PathBuf>,
    ) -> Self {
        Self::new(program(), arguments, directory)
    }

    /// This very program.
    pub(crate) fn own<T: AsRef<OsStr>>(
        arguments: impl IntoIterator<Item = T>,
        directory: impl Into<PathBuf>,
    ) -> Self {
        Self::new(std::env::current_exe().unwrap(), arguments, directory)
    }

    /// The same as the argument of another program, which comes first.
    pub(crate) fn below(&self, program: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(arguments).arg(&self.program).args(&self.arguments).current_dir(&self.directory);
        command
    }

    /// Runs it once.
    pub(crate) fn cost(&self) -> Cost {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.arg(MEASURE).arg(&self.program).args(&self.arguments);
        command.current_dir(&self.directory).env("RAYON_NUM_THREADS", THREADS).env_remove("GTR_TODAY");
        let output = command.stdin(Stdio::null()).stderr(Stdio::inherit()).output().unwrap();
        assert!(output.status.success(), "{} could not be measured", self.program.display());
        let text = String::from_utf8(output.stdout).unwrap();
        let mut numbers = text.split_whitespace().map(|number| number.parse().unwrap());
        let mut next = || numbers.next().unwrap();
        let (wall, processor, peak) = (next(), next(), next());
        Cost { wall: Duration::from_nanos(wall), processor: Duration::from_nanos(processor), peak }
    }
}

fn program() -> PathBuf {
    let given = std::env::var_os("GTR_BENCH_PROGRAM").map(|path| Path::new(&path).canonicalize().unwrap());
    given.unwrap_or_else(|| env!("CARGO_BIN_EXE_gtr").into())
}

/// Starts a program, waits for it, and prints wall and processor time in nanoseconds and peak memory in bytes.
/// Output goes nowhere. A linter's exit code 1 means findings; a higher one, that nothing was measured.
pub(crate) fn measure(mut arguments: impl Iterator<Item = OsString>) -> io::Result<()> {
    let mut command = Command::new(arguments.next().unwrap_or_default());
    command.args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
    let clock = Instant::now();
    let status = command.status()?;
    let wall = clock.elapsed();
    if !matches!(status.code(), Some(0 | 1)) {
        return Err(io::Error::other(format!("{command:?}: {status}")));
    }
    let (processor, peak) = children()?.unwrap_or((wall, 0));
    println!("{} {} {peak}", wall.as_nanos(), processor.as_nanos());
    Ok(())
}

/// Processor time and peak memory of the one child there was.
#[cfg(unix)]
fn children() -> io::Result<Option<(Duration, u64)>> {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeVal;
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let duration = |time: TimeVal| {
        Duration::new(time.tv_sec().unsigned_abs(), 1000 * u32::try_from(time.tv_usec()).unwrap_or_default())
    };
    // kilobytes, but for Apple's systems
    let unit = if cfg!(target_vendor = "apple") { 1 } else { 1024 };
    let peak = usage.max_rss().unsigned_abs() * unit;
    Ok(Some((duration(usage.user_time()) + duration(usage.system_time()), peak)))
}

#[cfg(not(unix))]
fn children() -> io::Result<Option<(Duration, u64)>> {
    Ok(None)
}
