//! The only place that writes files.

use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::failure::Failure;

fn refused(path: &Path, error: &std::io::Error, help: &str) -> Failure {
    let text = error.to_string().to_lowercase();
    let reason = text.split(" (os error").next().unwrap_or(&text).to_string();
    Failure::new(format!("cannot write {}: {reason}", path.display()), help)
}

/// Writes a file that must not exist yet.
///
/// # Errors
/// When it exists, or the system refuses.
pub(super) fn create(path: &Path, content: &[u8]) -> Result<(), Failure> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(|error| {
        if error.kind() == ErrorKind::AlreadyExists {
            let what = format!("{} exists already and is never overwritten", path.display());
            return Failure::new(what, "edit it, or remove it first");
        }
        refused(path, &error, "is the directory there, and may you write to it?")
    })?;
    file.write_all(content).map_err(|error| refused(path, &error, "is there room on the disk?"))
}

/// Makes a directory and those around it, where they are not there.
///
/// # Errors
/// When the system refuses.
pub(super) fn directory(path: &Path) -> Result<(), Failure> {
    let help = "is something else there, and may you write to it?";
    fs::create_dir_all(path).map_err(|error| refused(path, &error, help))
}

/// Writes a file whole or not at all: into a temporary file beside it, which then takes its name.
///
/// A link is followed and a device written to directly, so that neither is replaced by a file.
///
/// # Errors
/// When the system refuses.
pub(super) fn replace(path: &Path, content: &[u8]) -> Result<(), Failure> {
    let help = "is the directory there, and may you write to it?";
    let fail = |error: std::io::Error| refused(path, &error, help);
    let target = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let existing = fs::metadata(&target).ok();
    if existing.as_ref().is_some_and(|metadata| !metadata.is_file()) {
        return OpenOptions::new()
            .write(true)
            .open(&target)
            .and_then(|mut file| file.write_all(content))
            .map_err(fail);
    }
    if existing.as_ref().is_some_and(|metadata| metadata.permissions().readonly()) {
        // a rename would replace it all the same
        return Err(Failure::new(
            format!("cannot write {}: it is read-only", path.display()),
            "make it writable first, or see what would change with --diff",
        ));
    }
    let temporary = beside(&target);
    let written = write_new(&temporary, content).and_then(|()| {
        if let Some(metadata) = existing {
            fs::set_permissions(&temporary, metadata.permissions())?;
        }
        fs::rename(&temporary, &target)
    });
    written.map_err(|error| {
        // It may not even be there; the first error is the one to tell.
        let _ = fs::remove_file(&temporary);
        fail(error)
    })
}

fn write_new(path: &Path, content: &[u8]) -> std::io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(content)?;
    file.sync_all()
}

fn beside(target: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(target.file_name().unwrap_or_default());
    name.push(format!(".{}.tmp", std::process::id()));
    target.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_created_only_once() {
        let directory = std::env::temp_dir().join(format!("gtr-write-{}", std::process::id()));
        fs::create_dir_all(&directory).unwrap();
        let path = directory.join("a.json");
        create(&path, b"one").unwrap();
        assert!(matches!(create(&path, b"two"), Err(Failure::Mistake { .. })));
        assert_eq!(fs::read(&path).unwrap(), b"one");
        replace(&path, b"three").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"three");
        assert_eq!(fs::read_dir(&directory).unwrap().count(), 1);
        assert!(replace(&directory.join("no/a.json"), b"").is_err());
        fs::remove_dir_all(&directory).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn a_device_stays_a_device() {
        replace(Path::new("/dev/null"), b"x").unwrap();
        assert!(!fs::metadata("/dev/null").unwrap().is_file());
    }
}
