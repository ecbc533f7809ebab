//! The only place that starts a process: git, asked for what changed. It is never asked to write anything.

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Why git cannot tell what changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GitError {
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

impl GitError {
    pub(super) fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into() }
    }
}

impl fmt::Display for GitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// A repository with a work tree.
#[derive(Debug, Clone)]
pub(super) struct Git {
    top: PathBuf,
}

impl Git {
    /// The repository that a directory lies in.
    pub(super) fn around(directory: &Path) -> Result<Self, GitError> {
        let output = start(directory, &["rev-parse", "--show-toplevel"])?;
        if !output.status.success() {
            return Err(refused(directory, &output));
        }
        let mut name = output.stdout;
        while name.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
            name.pop();
        }
        let top = PathBuf::from(os_string(&name));
        Ok(Self { top: top.canonicalize().unwrap_or(top) })
    }

    /// The top of its work tree, absolute, links resolved.
    pub(super) fn top(&self) -> &Path {
        &self.top
    }

    /// What a command that must succeed prints.
    pub(super) fn read<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Result<Vec<u8>, GitError> {
        let output = start(&self.top, arguments)?;
        if output.status.success() { Ok(output.stdout) } else { Err(refused(&self.top, &output)) }
    }

    /// The only line that a command prints; `None` when it fails or prints nothing, which says no.
    pub(super) fn ask<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Result<Option<String>, GitError> {
        let output = start(&self.top, arguments)?;
        let text = String::from_utf8_lossy(&output.stdout);
        let line = text.lines().next().unwrap_or_default().trim();
        Ok((output.status.success() && !line.is_empty()).then(|| line.to_string()))
    }

    /// Whether a command succeeds.
    pub(super) fn agrees<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Result<bool, GitError> {
        Ok(start(&self.top, arguments)?.status.success())
    }

    /// A file of the repository, given by the name that git has for it.
    pub(super) fn path(&self, name: &OsStr) -> PathBuf {
        // part by part: a path in Windows' long form takes no `/`
        let parts = Path::new(name).components();
        parts.fold(self.top.clone(), |path, part| path.join(part))
    }
}

/// Bytes that git printed as a name of the system.
#[cfg(unix)]
pub(super) fn os_string(bytes: &[u8]) -> OsString {
    use std::os::unix::ffi::OsStrExt;
    OsStr::from_bytes(bytes).to_os_string()
}

/// Bytes that git printed as a name of the system; git's are UTF-8 there.
#[cfg(not(unix))]
pub(super) fn os_string(bytes: &[u8]) -> OsString {
    String::from_utf8_lossy(bytes).into_owned().into()
}

fn start<A: AsRef<OsStr>>(directory: &Path, arguments: &[A]) -> Result<Output, GitError> {
    let mut command = Command::new("git");
    // names are names, never patterns; nothing is written, not even a fresher index
    command.arg("-C").arg(directory).args(["--literal-pathspecs", "--no-optional-locks"]).args(arguments);
    command.stdin(Stdio::null()).env("LC_ALL", "C").env_remove("GIT_PREFIX");
    // a hook's GIT_DIR makes git take any directory for the top of the work tree
    if std::env::var_os("GIT_WORK_TREE").is_none() {
        command.env_remove("GIT_DIR");
    }
    command.output().map_err(|error| match error.kind() {
        ErrorKind::NotFound => GitError::new(
            "git is not installed, and only git knows what changed",
            "install git, or name the files and leave --changed out",
        ),
        _ => GitError::new(format!("git cannot be started: {error}"), "leave --changed out"),
    })
}

/// What git says when it refuses, in the words of this program where it is a known case.
fn refused(directory: &Path, output: &Output) -> GitError {
    let said = String::from_utf8_lossy(&output.stderr);
    let shown = super::shown(directory);
    if said.contains("not a git repository") {
        return GitError::new(
            format!("{shown} is in no git repository, so nobody knows what changed"),
            "run it in a checkout, or leave --changed out",
        );
    }
    if said.contains("dubious ownership") {
        return GitError::new(
            "git refuses to read the repository, because somebody else owns it",
            format!("git config --global --add safe.directory {}", directory.display()),
        );
    }
    let line =
        said.lines().map(|line| line.trim_start_matches("fatal: ").trim()).find(|line| !line.is_empty());
    let line = line.unwrap_or("it does not say why");
    GitError::new(format!("git fails in {shown}: {line}"), "leave --changed out, or name the files")
}
