//! What directories hold, so that a tree that is listed is not asked for every name in it.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::Path;
use std::sync::Arc;

use super::memo::Memo;
use super::{Disk, Files, ReadError};

/// What an entry of a directory is, links not followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A regular file.
    File,
    /// A directory.
    Directory,
    /// A link, a pipe, a device.
    Other,
    /// There is no such entry.
    Nothing,
}

impl From<fs::FileType> for Kind {
    fn from(kind: fs::FileType) -> Self {
        if kind.is_file() {
            Self::File
        } else if kind.is_dir() {
            Self::Directory
        } else {
            Self::Other
        }
    }
}

/// The entries of a directory.
#[derive(Debug, Default)]
pub struct Listing {
    /// Sorted by name.
    entries: Vec<(OsString, Kind)>,
    /// There are no others.
    complete: bool,
}

impl Listing {
    /// Lists a directory; what cannot be listed has no entries.
    #[must_use]
    pub fn of(directory: &Path) -> Self {
        let Ok(found) = fs::read_dir(directory) else { return Self::default() };
        let (mut entries, mut complete) = (Vec::new(), true);
        for entry in found {
            match entry {
                Ok(entry) => {
                    entries.push((entry.file_name(), entry.file_type().map_or(Kind::Other, Kind::from)));
                }
                Err(_) => complete = false,
            }
        }
        entries.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        Self { entries, complete }
    }

    /// The entries, sorted by name.
    pub fn entries(&self) -> impl Iterator<Item = (&OsStr, Kind)> {
        self.entries.iter().map(|(name, kind)| (name.as_os_str(), *kind))
    }

    /// What a name is; `None` where that depends on how the file system compares names, or not all could be listed.
    fn kind(&self, name: &OsStr) -> Option<Kind> {
        if let Ok(at) = self.entries.binary_search_by(|(known, _)| known.as_os_str().cmp(name)) {
            return Some(self.entries[at].1);
        }
        // A file system may take `~1`, a dot at the end, another case or accents written otherwise for a name.
        let simple = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
        let bytes = name.as_encoded_bytes();
        let plain = bytes.iter().all(simple) && !bytes.ends_with(b".");
        let alike = || self.entries.iter().any(|(known, _)| known.eq_ignore_ascii_case(name));
        (self.complete && plain && !alike()).then_some(Kind::Nothing)
    }
}

/// The file system during one run: what a listing said counts until its end.
#[derive(Debug, Default)]
pub(crate) struct Listed {
    disk: Disk,
    listings: Memo<OsString, Arc<Listing>>,
}

impl Listed {
    /// Nothing listed yet.
    pub(crate) fn new(disk: Disk) -> Self {
        Self { disk, listings: Memo::default() }
    }
}

/// Whether something is there for who follows links; a link may lead to nothing.
fn exists(kind: Option<Kind>) -> Option<bool> {
    match kind? {
        Kind::File | Kind::Directory => Some(true),
        Kind::Nothing => Some(false),
        Kind::Other => None,
    }
}

impl Files for Listed {
    fn read(&self, path: &Path) -> Result<Vec<u8>, ReadError> {
        self.disk.read(path)
    }

    fn exists(&self, path: &Path) -> bool {
        exists(self.kind(path)).unwrap_or_else(|| self.disk.exists(path))
    }

    fn has(&self, directory: &Path, name: &str) -> bool {
        let listing = self.listings.known(directory.as_os_str());
        let kind = listing.and_then(|listing| listing.kind(name.as_ref()));
        exists(kind).unwrap_or_else(|| self.disk.has(directory, name))
    }

    fn list(&self, directory: &Path) -> Arc<Listing> {
        self.listings.get(directory.as_os_str(), || self.disk.list(directory))
    }

    fn kind(&self, path: &Path) -> Option<Kind> {
        let (directory, name) = (path.parent()?, path.file_name()?);
        self.listings.known(directory.as_os_str())?.kind(name)
    }
}
