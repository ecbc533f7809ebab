//! Directories with their links resolved, each looked at once.

use std::ffi::OsString;
use std::path::{Component, Path, PathBuf};

use super::memo::Memo;
use super::{Files, Kind, resolved};

/// Where directories really lie.
#[derive(Debug, Default)]
pub(super) struct Directories(Memo<OsString, PathBuf>);

impl Directories {
    /// A directory with all links resolved; as it is where that cannot be done. One that is no link itself lies where
    /// the directory above it does.
    pub(super) fn resolved(&self, directory: &Path, files: &dyn Files) -> PathBuf {
        self.0.get(directory.as_os_str(), || match (directory.parent(), directory.components().next_back()) {
            (Some(above), Some(Component::Normal(name))) if kind(directory, files) == Kind::Directory => {
                self.resolved(above, files).join(name)
            }
            _ => resolved(directory),
        })
    }

    /// What a path leads to, all links resolved; `None` when it leads nowhere on the disk. It ends in a name.
    pub(super) fn real(&self, path: &Path, files: &dyn Files) -> Option<PathBuf> {
        match (kind(path, files), path.parent(), path.file_name()) {
            (Kind::Nothing, ..) => None,
            (Kind::File | Kind::Directory, Some(above), Some(name)) => {
                Some(self.resolved(above, files).join(name))
            }
            _ => path.canonicalize().ok(),
        }
    }
}

/// What a path is, links not followed.
pub(super) fn kind(path: &Path, files: &dyn Files) -> Kind {
    files
        .kind(path)
        .unwrap_or_else(|| path.symlink_metadata().map_or(Kind::Nothing, |it| it.file_type().into()))
}
