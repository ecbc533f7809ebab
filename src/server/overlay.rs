//! Files as the editor has them: open documents first, then the disk.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use crate::discover::{Disk, Files, ReadError};

/// Open documents over the disk. Paths are absolute, links in their directories resolved.
///
/// Remembers what was asked of the disk and what it answered: not every editor tells of files that others change.
#[derive(Debug, Default)]
pub(super) struct Overlay {
    disk: Disk,
    open: RwLock<HashMap<PathBuf, Arc<String>>>,
    asked: Mutex<HashMap<PathBuf, Answers>>,
}

/// What the disk said of a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Answers {
    /// Whether it is there.
    exists: Option<bool>,
    /// A hash of its bytes; of those of a file that cannot be read there is none.
    content: Option<Option<u64>>,
}

impl Overlay {
    /// Whether the disk would answer otherwise now. Forgets what was asked then, for it will be asked again.
    pub(super) fn differs(&self) -> bool {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        let same = |(path, answers): (&PathBuf, &Answers)| {
            // what is open does not depend on the disk
            self.open(path).is_some()
                || answers.exists.is_none_or(|exists| exists == self.disk.exists(path))
                    && answers.content.is_none_or(|content| content == hash(&self.disk.read(path)))
        };
        let differs = !asked.iter().all(same);
        if differs {
            asked.clear();
        }
        differs
    }

    /// Forgets what was asked of the disk.
    pub(super) fn forget(&self) {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn note(&self, path: &Path, note: impl FnOnce(&mut Answers)) {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        match asked.get_mut(path) {
            Some(answers) => note(answers),
            None => note(asked.entry(path.to_path_buf()).or_default()),
        }
    }

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
        if let Some(text) = self.open(path) {
            return Ok(text.as_bytes().to_vec());
        }
        let read = self.disk.read(path);
        self.note(path, |answers| answers.content = Some(hash(&read)));
        read
    }

    fn exists(&self, path: &Path) -> bool {
        if self.open(path).is_some() {
            return true;
        }
        let exists = self.disk.exists(path);
        self.note(path, |answers| answers.exists = Some(exists));
        exists
    }
}

fn hash(read: &Result<Vec<u8>, ReadError>) -> Option<u64> {
    let mut hasher = DefaultHasher::new();
    read.as_ref().ok()?.hash(&mut hasher);
    Some(hasher.finish())
}
