//! The floor: what any program that looks at these documents must do. It finds and reads every file that gtr reads
//! and drains the parser over the markdown, with the options of `src/document/parse.rs`, in one thread.

use std::ffi::OsString;
use std::fs;
use std::hint::black_box;
use std::io;
use std::path::{Path, PathBuf};

use pulldown_cmark::{Options, Parser};

use crate::process::Run;

/// First argument of the process that is the floor; files and directories follow.
pub(crate) const FLOOR: &str = "--floor";

/// The floor under these paths, as a process of its own.
pub(crate) fn under(paths: &[PathBuf], directory: &Path) -> Run {
    Run::own(std::iter::once(Path::new(FLOOR)).chain(paths.iter().map(PathBuf::as_path)), directory)
}

/// The floor itself.
pub(crate) fn run(paths: impl Iterator<Item = OsString>) -> io::Result<()> {
    for path in paths {
        visit(Path::new(&path))?;
    }
    Ok(())
}

/// A file that was named is read, whatever it is called; of a directory, what a walk of gtr reads.
fn visit(path: &Path) -> io::Result<()> {
    if !path.is_dir() {
        return read(path);
    }
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        let (kind, path) = (entry.file_type()?, entry.path());
        if entry.file_name().as_encoded_bytes().starts_with(b".") {
            continue;
        }
        if kind.is_dir() {
            visit(&path)?;
        } else if kind.is_file() && (has_ending(&path, "md") || is_metadata(&path)) {
            read(&path)?;
        }
    }
    Ok(())
}

fn has_ending(path: &Path, ending: &str) -> bool {
    path.extension().is_some_and(|own| own == ending)
}

/// In a tree of KEPs there are other YAML files too, which gtr does not read.
fn is_metadata(path: &Path) -> bool {
    path.ends_with("kep.yaml")
        || has_ending(path, "yaml") && path.components().any(|part| part.as_os_str() == "prod-readiness")
}

fn read(path: &Path) -> io::Result<()> {
    if !has_ending(path, "md") {
        black_box(fs::read(path)?);
        return Ok(());
    }
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM;
    let text = fs::read_to_string(path)?;
    for event in Parser::new_ext(&text, options).into_offset_iter() {
        black_box(event);
    }
    Ok(())
}
