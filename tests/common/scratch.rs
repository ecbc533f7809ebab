//! A directory to run the program in, and what a run gives.
#![allow(dead_code, clippy::unwrap_used, reason = "each test takes what it needs, and may panic")]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// A directory of its own that goes away with its test.
pub(crate) struct Scratch(pub(crate) PathBuf);

impl Scratch {
    pub(crate) fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("gtr-test-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let temporary = std::env::temp_dir();
        // git sees where a link leads, and Windows has another form for what it has resolved
        let temporary = if cfg!(windows) { temporary } else { temporary.canonicalize().unwrap() };
        let directory = temporary.join(name);
        fs::create_dir_all(&directory).unwrap();
        Self(directory)
    }

    /// One with files that is the root of a repository, so that nothing above it counts.
    pub(crate) fn repository(files: &[(&str, &str)]) -> Self {
        let scratch = Self::new();
        fs::create_dir(scratch.0.join(".git")).unwrap();
        for (path, content) in files {
            scratch.write(path, content);
        }
        scratch
    }

    /// Writes a file, and the directories above it; gives its path.
    pub(crate) fn write(&self, path: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.0.join(path)).unwrap()
    }

    /// The program, to be run in this directory.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        gtr(&self.0, arguments)
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        self.command(arguments).output().unwrap().into()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The program, to be run in a directory on one day, by somebody who has set nothing for it or for git.
pub(crate) fn gtr(directory: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gtr"));
    command.current_dir(directory).args(arguments);
    without_settings(&mut command);
    command.env("GTR_TODAY", "2026-11-02");
    command
}

/// Takes away what the surroundings tell the program and git.
pub(crate) fn without_settings(command: &mut Command) {
    let ours = |name: &str| name.starts_with("GTR_") || name.starts_with("GIT_");
    for (name, _) in std::env::vars().filter(|(name, _)| ours(name)) {
        command.env_remove(name);
    }
}

/// A run that gets a text on its standard input.
pub(crate) fn with_input(command: &mut Command, input: &str) -> Ran {
    let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // The program may end before it has read everything.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap().into()
}

/// What a run gave.
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }
}

impl Ran {
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}{}", self.out, self.err))
    }
}
