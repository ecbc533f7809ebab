//! Files as the editor has them: open documents first, then the disk.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use crate::discover::{Disk, Files, ReadError};

/// Open documents over the disk. Paths are absolute, links in their directories resolved.
#[derive(Debug, Default)]
pub(super) struct Overlay {
    disk: Disk,
    open: RwLock<HashMap<PathBuf, Arc<String>>>,
}

impl Overlay {
    /// The text of a document that is open; `None` closes it.
    pub(super) fn set(&self, path: &Path, text: Option<Arc<String>>) {
        // The map is valid whatever a thread that panicked was doing: entries are added whole.
        let mut open = self.open.write().unwrap_or_else(PoisonError::into_inner);
        match text {
            Some(text) => drop(open.insert(path.to_path_buf(), text)),
            None => drop(open.remove(path)),
        }
    }

    fn open(&self, path: &Path) -> Option<Arc<String>> {
        self.open.read().unwrap_or_else(PoisonError::into_inner).get(path).cloned()
    }
}

impl Files for Overlay {
    fn read(&self, path: &Path) -> Result<Vec<u8>, ReadError> {
        self.open(path).map_or_else(|| self.disk.read(path), |text| Ok(text.as_bytes().to_vec()))
    }

    fn exists(&self, path: &Path) -> bool {
        self.open(path).is_some() || self.disk.exists(path)
    }
}
