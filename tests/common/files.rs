//! Files of this repository and of the reference material beside it, and inputs made of them.
#![allow(dead_code, clippy::unwrap_used, reason = "each test takes what it needs, and may panic")]
#![allow(clippy::print_stderr, reason = "a skipped test must say so")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use gtr_lint::input::{Input, Role};
use gtr_lint::source::Source;

/// Where this repository lies.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All files below a directory whose name has an ending, such as `.md`, in order; none where it is not there.
pub(crate) fn below(directory: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![directory.to_path_buf()];
    while let Some(directory) = open.pop() {
        for entry in fs::read_dir(directory).into_iter().flatten() {
            let entry = entry.unwrap();
            let path = entry.path();
            // a link to a directory is not followed
            if entry.file_type().unwrap().is_dir() {
                open.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// A path below a directory, with `/` on every system.
pub(crate) fn relative(path: &Path, directory: &Path) -> String {
    path.strip_prefix(directory).unwrap().to_string_lossy().replace('\\', "/")
}

/// A part of the reference material (`GTR_SHARED`, else `../shared`), which is no part of this repository; says so where
/// it is not there.
pub(crate) fn shared(part: &str) -> Option<PathBuf> {
    let shared = std::env::var_os("GTR_SHARED").map_or_else(|| root().join("../shared"), PathBuf::from);
    let path = shared.join(part);
    if !path.exists() {
        eprintln!("skipped: {} is not there", path.display());
    }
    path.exists().then_some(path)
}

/// Unpacks an archive of the reference material into a directory; says so where that cannot be done.
pub(crate) fn unpack(archive: &str, directory: &Path) -> Option<()> {
    let archive = shared(archive)?;
    fs::create_dir_all(directory).unwrap();
    let tar = Command::new("tar").arg("-xJf").arg(&archive).arg("-C").arg(directory).status();
    let done = tar.is_ok_and(|status| status.success());
    if !done {
        eprintln!("skipped: tar cannot unpack {}", archive.display());
    }
    done.then_some(())
}

/// The archive of kubernetes/enhancements at one day.
pub(crate) const ENHANCEMENTS: &str = "corpus/kep/kubernetes-enhancements-2026-07-24.tar.xz";

/// The tree of kubernetes/enhancements, unpacked once for all tests of this build.
pub(crate) fn enhancements() -> Option<PathBuf> {
    static UNPACKED: Mutex<()> = Mutex::new(());
    let _alone = UNPACKED.lock().unwrap();
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("kep-tree");
    // A root of its own: the directory lies inside another repository, which ignores it.
    fs::create_dir_all(target.join(".git")).unwrap();
    if !target.join("OWNERS_ALIASES").is_file() || !target.join("keps").is_dir() {
        unpack(ENHANCEMENTS, &target)?;
    }
    Some(target)
}

/// A document by its path, a KEP with its metadata; `None` where it cannot be read.
pub(crate) fn input(path: &Path) -> Option<Input> {
    let source = |path: &Path| {
        let name = path.file_name()?.to_string_lossy().into_owned();
        Source::from_bytes(name, fs::read(path).ok()?).ok()
    };
    let mut input = Input::alone(source(path)?);
    if path.ends_with("README.md")
        && let Some(metadata) = source(&path.with_file_name("kep.yaml"))
    {
        input.companions.push((Role::KepMetadata, metadata));
    }
    Some(input)
}
