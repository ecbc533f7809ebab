//! The documents that are checked, and where they come from.
//!
//! Real ones are not part of the repository: they are in the directory `GTR_SHARED`, else in `../shared`; a checkout
//! of kubernetes/enhancements may lie anywhere else (`GTR_BENCH_KEP`).

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::floor;
use crate::process::Run;

/// A directory that goes away with the benchmark.
pub(crate) struct Scratch(PathBuf);

impl Scratch {
    pub(crate) fn new() -> Self {
        let directory = std::env::temp_dir().join(format!("gtr-bench-{}", std::process::id()));
        fs::create_dir_all(&directory).unwrap();
        Self(directory.canonicalize().unwrap())
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Documents that are checked in one run.
pub(crate) struct Corpus {
    /// What they are.
    pub(crate) title: String,
    /// Where the program runs.
    pub(crate) directory: PathBuf,
    /// What gtr is told to check, seen from there.
    pub(crate) paths: Vec<PathBuf>,
    /// The files that gtr reads then, or directories of them.
    pub(crate) read: Vec<PathBuf>,
}

impl Corpus {
    /// A run of gtr over them.
    pub(crate) fn gtr(&self, arguments: &[&str]) -> Run {
        let arguments = arguments.iter().map(Path::new);
        Run::gtr(arguments.chain(self.paths.iter().map(PathBuf::as_path)), &self.directory)
    }

    /// Size of the files that it is told to check, if it is told files.
    pub(crate) fn bytes(&self) -> u64 {
        self.paths.iter().map(|path| bytes(&self.directory.join(path))).sum()
    }

    /// Reading and parsing them.
    pub(crate) fn floor(&self) -> Run {
        floor::under(&self.read, &self.directory)
    }
}

pub(crate) fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn shared() -> PathBuf {
    std::env::var_os("GTR_SHARED").map_or_else(|| here().join("../shared"), PathBuf::from)
}

/// The reviews of the corpus, else those of the fixtures.
pub(crate) fn reviews() -> Corpus {
    let directory = shared().join("corpus/gtr/docs");
    let (what, directory) =
        if directory.is_dir() { ("reviews", directory) } else { ("fixtures", here().join("fixtures/gtr")) };
    let files = markdown(&directory);
    let everything = vec![PathBuf::from(".")];
    let title = format!("{} {what}, {}", files.len(), size(&files));
    Corpus {
        title,
        directory: directory.canonicalize().unwrap(),
        paths: everything.clone(),
        read: everything,
    }
}

/// A checkout of kubernetes/enhancements, unpacked if need be.
///
/// # Errors
/// Why there is none.
pub(crate) fn keps(scratch: &Scratch) -> Result<Corpus, String> {
    let directory = match std::env::var_os("GTR_BENCH_KEP") {
        Some(given) => PathBuf::from(given),
        None => unpacked(scratch)?,
    };
    let Ok(directory) = directory.canonicalize() else {
        return Err(format!("{} is not there", directory.display()));
    };
    let files = markdown(&directory);
    let title = format!("all KEPs: {} markdown files, {}, and their metadata", files.len(), size(&files));
    let read = [".", "OWNERS_ALIASES"].map(PathBuf::from).to_vec();
    Ok(Corpus { title, directory, paths: vec![".".into()], read })
}

fn unpacked(scratch: &Scratch) -> Result<PathBuf, String> {
    let (archives, target) = (shared().join("corpus/kep"), scratch.path().join("enhancements"));
    if target.is_dir() {
        return Ok(target);
    }
    let entries = fs::read_dir(&archives).into_iter().flatten().flatten().map(|entry| entry.path());
    let archive =
        entries.filter(|path| path.to_string_lossy().ends_with(".tar.xz")).max().ok_or_else(|| {
            format!(
                "neither GTR_BENCH_KEP names a checkout, nor is there an archive in {}",
                archives.display()
            )
        })?;
    fs::create_dir_all(&target).unwrap();
    let tar = Command::new("tar").arg("-xJf").arg(&archive).arg("-C").arg(&target).status();
    match tar {
        Ok(status) if status.success() => Ok(target),
        Ok(status) => Err(format!("tar could not unpack {}: {status}", archive.display())),
        Err(error) => Err(format!("tar is needed to unpack {}: {error}", archive.display())),
    }
}

/// The KEP of that tree whose README is nearest to 144 KB, named alone.
pub(crate) fn kep(tree: &Corpus) -> Corpus {
    let distance = |path: &PathBuf| bytes(path).abs_diff(144_000);
    let mut files = markdown(&tree.directory);
    files.retain(|path| path.ends_with("README.md") && path.with_file_name("kep.yaml").is_file());
    let readme = files.into_iter().min_by_key(distance).unwrap();
    let title = format!("one KEP, {}, and its metadata", size(std::slice::from_ref(&readme)));
    let readme = readme.strip_prefix(&tree.directory).unwrap().to_path_buf();
    // keps/SIG/NUMBER-TITLE/README.md has its approval in keps/prod-readiness/SIG/NUMBER.yaml
    let name = |above: usize| readme.ancestors().nth(above).unwrap().file_name().unwrap().to_string_lossy();
    let number = format!("{}.yaml", name(1).split('-').next().unwrap());
    let approval = Path::new("keps/prod-readiness").join(&*name(2)).join(number);
    let mut read = vec![readme.clone(), readme.with_file_name("kep.yaml"), "OWNERS_ALIASES".into()];
    read.extend(Some(approval).filter(|path| tree.directory.join(path).is_file()));
    Corpus { title, directory: tree.directory.clone(), paths: vec![readme], read }
}

/// All markdown files below a directory, sorted; links and hidden directories are left out.
pub(crate) fn markdown(directory: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(directory).unwrap() {
        let entry = entry.unwrap();
        let (kind, path) = (entry.file_type().unwrap(), entry.path());
        if kind.is_dir() && !entry.file_name().as_encoded_bytes().starts_with(b".") {
            files.extend(markdown(&path));
        } else if kind.is_file() && path.extension().is_some_and(|ending| ending == "md") {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn bytes(path: &Path) -> u64 {
    fs::metadata(path).unwrap().len()
}

fn size(files: &[PathBuf]) -> String {
    let total: u64 = files.iter().map(|path| bytes(path)).sum();
    if total < 10_000_000 { format!("{} KB", total / 1000) } else { format!("{} MB", total / 1_000_000) }
}
