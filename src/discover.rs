//! All reading: paths, standard input, configuration files, link targets, git. Finds candidates, recognises nothing.
//!
//! A candidate is a path that was named or met in a walk; [`read`] makes an [`Input`](crate::input::Input) of it.
//! Nothing is kept here between the two, so a run over a whole tree holds one text a thread.

mod changes;
mod configuration;
mod directories;
mod files;
mod git;
mod kep;
mod listing;
mod lookup;
mod memo;
mod place;
mod read;
mod revision;
mod tree;
mod walk;

pub use changes::Changes;
pub use configuration::{Configurations, Located};
pub use files::{DEFAULT_MAX_SIZE, Disk, Files};
pub use git::GitError;
pub use kep::{attach, leader, read_with_others};
pub use listing::{Kind, Listing};
pub use lookup::DiskLookup;
pub use place::{Root, Roots};
pub use read::{bytes, read, read_stdin, read_text};
pub use revision::at_revision;
pub use tree::Aliases;
pub use walk::{Found, candidates};

pub(crate) use kep::is_yaml;
pub(crate) use listing::Listed;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// A file that may be a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Where to read it.
    pub path: PathBuf,
    /// The path that reports show: relative to the working directory if it lies there, `/` between the parts.
    pub shown: String,
    /// Named by the user rather than met in a walk.
    pub explicit: bool,
}

/// Why a file or directory cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadError {
    /// The path as reports show it.
    pub path: String,
    /// What is wrong, without the path.
    pub reason: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl ReadError {
    /// A file that nobody named lies outside of the repository that is checked.
    fn outside(path: String) -> Self {
        Self {
            path,
            reason: "it leads out of the repository".into(),
            help: Some(
                "put the file itself there: what nobody named is only read in its own repository".into(),
            ),
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot read {}: {}", self.path, self.reason)
    }
}

/// A path as reports show it, see [`Candidate::shown`].
#[must_use]
pub fn shown(path: &Path) -> String {
    let here = if path.is_absolute() { here() } else { None };
    if let Some(below) = here.and_then(|here| relative(path, here)) {
        return if below.is_empty() { ".".to_string() } else { below };
    }
    if let Some(text) = plain(path) {
        return text.to_string();
    }
    let parts = path.components().filter(|part| !matches!(part, std::path::Component::CurDir));
    let text = parts.collect::<PathBuf>().to_string_lossy().into_owned();
    let text = if std::path::MAIN_SEPARATOR == '/' { text } else { text.replace('\\', "/") };
    if text.is_empty() { ".".to_string() } else { text }
}

/// The working directory, asked for once: the program never leaves it.
fn here() -> Option<&'static Path> {
    static HERE: OnceLock<Option<PathBuf>> = OnceLock::new();
    HERE.get_or_init(|| std::env::current_dir().ok()).as_deref()
}

/// Whether a path is a directory, links followed.
#[must_use]
pub fn is_directory(path: &Path) -> bool {
    path.is_dir()
}

/// The absolute path of a file with its directory's links resolved, but not its own: where it lies, not where
/// its content comes from. Files that do not exist have one too.
#[must_use]
pub fn absolute(path: &Path) -> PathBuf {
    absolute_with(path, resolved)
}

fn absolute_with(path: &Path, resolve: impl FnOnce(&Path) -> PathBuf) -> PathBuf {
    let below = here().filter(|_| path.is_relative()).map(|here| here.join(path));
    let full = below.as_deref().unwrap_or(path);
    // most paths are written as they would be
    let put_together =
        if plain(full).is_some() && full.is_absolute() { None } else { std::path::absolute(full).ok() };
    let full = put_together.as_deref().unwrap_or(full);
    match (full.parent(), full.file_name()) {
        (Some(parent), Some(name)) => resolve(parent).join(name),
        _ => full.to_path_buf(),
    }
}

/// A directory with all links resolved; as it is where that cannot be done.
fn resolved(directory: &Path) -> PathBuf {
    directory.canonicalize().unwrap_or_else(|_| directory.to_path_buf())
}

/// A path below a directory with `/` between its parts; `None` when it is not below it.
#[must_use]
pub fn relative(path: &Path, directory: &Path) -> Option<String> {
    // most paths are written as their parts would be put together, and so are the directories
    if let (Some(text), Some(above)) = (plain(path), plain(directory))
        && let Some(below) = text.strip_prefix(above).and_then(|below| below.strip_prefix('/'))
    {
        return Some(below.to_string());
    }
    let path = path.strip_prefix(directory).ok()?;
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    Some(parts.join("/"))
}

/// The text of a path that is written as its parts would be put together, as most are.
fn plain(path: &Path) -> Option<&str> {
    let text = path.to_str().filter(|_| std::path::MAIN_SEPARATOR == '/')?;
    let bytes = text.strip_prefix('/').unwrap_or(text).as_bytes();
    let ends = memchr::memchr_iter(b'/', bytes).chain([bytes.len()]);
    let mut begin = 0;
    for end in ends {
        if matches!(bytes[begin..end], [] | [b'.']) {
            return None;
        }
        begin = end + 1;
    }
    Some(text)
}

#[cfg(test)]
mod tests;
