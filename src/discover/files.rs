//! Reading one file: looked at before it is opened, so that nothing blocks and nothing huge is loaded.

use std::fs::{File, Metadata};
use std::io::{ErrorKind, Read};
use std::path::Path;
use std::sync::Arc;

use super::{Kind, Listing, ReadError, shown};

/// Largest file that is read unless somebody says otherwise, in bytes.
pub const DEFAULT_MAX_SIZE: u64 = 64 << 20;

/// Files shorter than this are read at once, in bytes; to clear the space for a longer one costs more than to ask
/// whether it ends.
const SHORT: usize = 8 << 10;

/// Where files come from: the disk, or an editor's open buffers first.
pub trait Files: Send + Sync {
    /// The bytes of a file.
    ///
    /// # Errors
    /// When it is missing, no regular file, too large, or the system refuses it.
    fn read(&self, path: &Path) -> Result<Vec<u8>, ReadError>;

    /// Whether a file or directory is there.
    fn exists(&self, path: &Path) -> bool;

    /// Whether a name is there in a directory.
    fn has(&self, directory: &Path, name: &str) -> bool {
        self.exists(&directory.join(name))
    }

    /// What a directory holds on the disk; nothing when it cannot be listed.
    fn list(&self, directory: &Path) -> Arc<Listing> {
        Arc::new(Listing::of(directory))
    }

    /// What a path is, links not followed, where a listing said it and that still counts.
    fn kind(&self, _path: &Path) -> Option<Kind> {
        None
    }
}

/// The file system.
#[derive(Debug, Clone, Copy)]
pub struct Disk {
    /// Largest file that is read, in bytes.
    pub max_size: u64,
}

impl Default for Disk {
    fn default() -> Self {
        Self { max_size: DEFAULT_MAX_SIZE }
    }
}

impl Files for Disk {
    fn read(&self, path: &Path) -> Result<Vec<u8>, ReadError> {
        let metadata = std::fs::metadata(path).map_err(|error| refused(path, &error))?;
        if !metadata.is_file() && !is_descriptor(path) {
            return Err(irregular(path, &metadata));
        }
        if metadata.is_file() && metadata.len() > self.max_size {
            return Err(too_large(path, self.max_size));
        }
        let file = File::open(path).map_err(|error| refused(path, &error))?;
        limited(file, metadata.len(), self.max_size, path)
    }

    fn exists(&self, path: &Path) -> bool {
        // A link to nothing is not there for a reader of the page.
        std::fs::metadata(path).is_ok()
    }
}

/// All bytes of a stream, at most `max_size`; `expected` is how many there may be.
pub(super) fn limited(
    stream: impl Read,
    expected: u64,
    max_size: u64,
    path: &Path,
) -> Result<Vec<u8>, ReadError> {
    let mut stream = stream.take(max_size.saturating_add(1));
    let expected = usize::try_from(expected.min(max_size)).unwrap_or_default();
    let mut bytes = Vec::new();
    let mut read = || {
        if (1..SHORT).contains(&expected) {
            // One byte more than there may be: who gives all but that one has come to the end.
            bytes.resize(expected + 1, 0);
            let length = once(&mut stream, &mut bytes)?;
            bytes.truncate(length);
            if length == expected {
                return Ok(());
            }
        } else {
            bytes.reserve_exact(expected + 1);
        }
        stream.read_to_end(&mut bytes).map(drop)
    };
    read().map_err(|error| refused(path, &error))?;
    // A file can grow while it is read, and a pipe has no size.
    if bytes.len() as u64 > max_size {
        return Err(too_large(path, max_size));
    }
    Ok(bytes)
}

/// Reads what a stream gives at once, in bytes.
fn once(stream: &mut impl Read, bytes: &mut [u8]) -> std::io::Result<usize> {
    loop {
        match stream.read(bytes) {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            read => return read,
        }
    }
}

/// `/dev/stdin` and what a shell's `<(…)` expands to: pipes that somebody opened for us.
fn is_descriptor(path: &Path) -> bool {
    let number = |parent: &str| {
        path.strip_prefix(parent).is_ok_and(|rest| rest.to_str().is_some_and(|n| n.parse::<u32>().is_ok()))
    };
    path == Path::new("/dev/stdin") || number("/dev/fd") || number("/proc/self/fd")
}

fn irregular(path: &Path, metadata: &Metadata) -> ReadError {
    let what = kind(metadata);
    ReadError {
        path: shown(path),
        reason: format!("{what}, not a regular file"),
        help: Some("pass text on standard input with `-`".into()),
    }
}

#[cfg(unix)]
fn kind(metadata: &Metadata) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    let kind = metadata.file_type();
    match () {
        () if kind.is_dir() => "a directory",
        () if kind.is_fifo() => "a named pipe",
        () if kind.is_socket() => "a socket",
        () if kind.is_char_device() || kind.is_block_device() => "a device",
        () => "something else",
    }
}

#[cfg(not(unix))]
fn kind(metadata: &Metadata) -> &'static str {
    if metadata.is_dir() { "a directory" } else { "something else" }
}

fn too_large(path: &Path, max_size: u64) -> ReadError {
    ReadError {
        path: shown(path),
        reason: format!("larger than {max_size} bytes"),
        help: Some("--max-size, GTR_MAX_SIZE or `max-size` in gtr.yaml set another limit".into()),
    }
}

/// The system's refusal in plain words, without its error number.
pub(super) fn refused(path: &Path, error: &std::io::Error) -> ReadError {
    let (reason, help) = match error.kind() {
        ErrorKind::NotFound => ("no such file or directory".to_string(), None),
        ErrorKind::PermissionDenied => ("permission denied".to_string(), None),
        _ => {
            let text = error.to_string();
            (text.split(" (os error").next().unwrap_or(&text).to_lowercase(), None)
        }
    };
    ReadError { path: shown(path), reason, help }
}
