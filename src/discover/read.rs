//! A candidate to an [`Input`]: bytes, place in the repository, a way to ask for link targets.

use std::path::Path;
use std::sync::Arc;

use super::files::limited;
use super::{Candidate, DiskLookup, Files, ReadError, Roots, shown};
use crate::input::Input;
use crate::source::{Source, SourceError};

/// Reads a candidate and what may be known of its surroundings. [`attach`](super::attach) adds the other files
/// of a KEP.
///
/// # Errors
/// When the file cannot be read or is not UTF-8.
pub fn read(candidate: &Candidate, files: &Arc<dyn Files>, roots: &Roots) -> Result<Input, ReadError> {
    let bytes = files.read(&candidate.path)?;
    let mut input = Input::alone(source(&candidate.shown, bytes)?);
    input.named = candidate.explicit;
    let path = roots.absolute(&candidate.path);
    if let Some(root) = roots.shared_root(&path) {
        input.place = root.place(&path);
        let directory = path.parent().unwrap_or(&path).to_path_buf();
        let lookup = DiskLookup::sharing(root, directory, Arc::clone(files), roots.directories());
        input.targets = Some(Arc::new(lookup));
    }
    Ok(input)
}

/// Reads standard input, at most `max_size` bytes. `shown` is the path that reports name. Nothing is known of
/// its surroundings, even if it has a name: the text may differ from the file there.
///
/// # Errors
/// When it cannot be read, is too large, or is not UTF-8.
pub fn read_stdin(shown: &str, max_size: u64) -> Result<Input, ReadError> {
    let bytes = limited(std::io::stdin().lock(), 0, max_size, Path::new(shown))?;
    Ok(Input::alone(source(shown, bytes)?))
}

/// The bytes of a file as it is now; `None` when it cannot be read.
#[must_use]
pub fn bytes(path: &Path) -> Option<Vec<u8>> {
    std::fs::read(path).ok()
}

/// Reads one file as text, whatever is around it.
///
/// # Errors
/// When it cannot be read or is not UTF-8.
pub fn read_text(path: &Path, files: &dyn Files) -> Result<Source, ReadError> {
    source(&shown(path), files.read(path)?)
}

pub(super) fn source(shown: &str, bytes: Vec<u8>) -> Result<Source, ReadError> {
    let wide = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    Source::from_bytes(shown, bytes).map_err(|error| ReadError {
        path: shown.to_string(),
        reason: if wide {
            "UTF-16 (it begins with a UTF-16 byte order mark)".into()
        } else {
            error.to_string()
        },
        help: matches!(error, SourceError::NotUtf8 { .. }).then(|| "save the file as UTF-8".into()),
    })
}
