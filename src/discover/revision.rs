//! A file as a git revision has it.

use std::path::Path;

use super::git::{Git, GitError};
use super::{absolute, read, relative};
use crate::source::Source;

const INSTEAD: &str = "name a file instead: --compare OLD.md";

/// The text of a file in a commit, named `REVISION:PATH` as git names it (from the top of the repository, or from the
/// working directory where it begins with `./` or `../`). An empty path is that of `document`.
///
/// # Errors
/// When there is no git, no repository, no such commit or file, or when the file is too large (bytes) or not UTF-8.
pub fn at_revision(name: &str, document: &Path, max_size: u64) -> Result<Source, GitError> {
    let (revision, path) = name.split_once(':').unwrap_or((name, ""));
    let full = absolute(if path.is_empty() { document } else { Path::new(path) });
    let here = absolute(document);
    let around =
        |directory: &Path| Git::around(directory).map_err(|error| GitError::new(error.message, INSTEAD));
    let git = around(here.ancestors().skip(1).find(|above| above.is_dir()).unwrap_or(&here))?;
    let from_here = path.is_empty() || path.starts_with("./") || path.starts_with("../");
    let path = match relative(&full, git.top()) {
        Some(path) if from_here => path,
        None if from_here => {
            let what = format!("{} lies outside of the document's repository", super::shown(&full));
            return Err(GitError::new(what, INSTEAD));
        }
        _ => path.to_string(),
    };
    let commit = if revision.is_empty() || revision.starts_with('-') {
        None
    } else {
        git.ask(&["rev-parse", "--verify", "--quiet", &format!("{revision}^{{commit}}")])?
    };
    let Some(commit) = commit else {
        let what = format!("`{revision}` is no commit of the document's repository, --compare");
        return Err(GitError::new(
            what,
            "name a branch, a tag or a commit, such as --compare main:review.md",
        ));
    };
    let object = format!("{commit}:{path}");
    let size = git.ask(&["cat-file", "-s", &object])?.and_then(|size| size.parse::<u64>().ok());
    let is_file = git.ask(&["cat-file", "-t", &object])?.as_deref() == Some("blob");
    let Some(size) = size.filter(|_| is_file) else {
        let what = format!("{revision} has no file {path}, --compare");
        return Err(GitError::new(what, format!("`git ls-tree -r --name-only {revision}` lists its files")));
    };
    if size > max_size {
        let what = format!("{name} has {size} bytes, more than the {max_size} that are read");
        return Err(GitError::new(what, "--max-size reads more"));
    }
    let bytes = git.read(&["cat-file", "blob", &object])?;
    let shown = format!("{revision}:{path}");
    read::source(&shown, bytes)
        .map_err(|error| GitError::new(error.to_string(), error.help.unwrap_or_else(|| INSTEAD.into())))
}
