//! Notes on standard error about KEPs: what could not be known, and which rules were silent for it.

use std::io;

use super::check::{Looked, Run};
use super::console::Console;
use crate::input::{Input, Role};

/// Files that a note names one by one.
const NAMED: usize = 3;

/// What was known around a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Known {
    stdin: bool,
    /// Its kep.yaml, or that it is one itself.
    metadata: bool,
    /// The tree that it lies in, or that it is another project's and nobody expects one.
    tree: bool,
    /// A file beside it could not be read, which was said already.
    unreadable: bool,
}

impl Known {
    /// What an input holds; `stdin` says that it is no file, `unreadable` that a file beside it could not be read.
    pub(super) fn of(input: &Input, stdin: bool, unreadable: bool) -> Self {
        let metadata =
            input.role() == Some(Role::KepMetadata) || input.companion(Role::KepMetadata).is_some();
        let tree = input.tree.is_some() || input.is_of_another_project();
        Self { stdin, metadata, tree, unreadable }
    }
}

/// Says of which KEPs the level is unknown and which were checked without the files they are compared with.
pub(super) fn explain(run: &Run, console: &mut Console) -> io::Result<()> {
    let (mut levels, mut alone) = (Vec::new(), Vec::new());
    for one in run.looked.iter().filter(|one| is_kep(one) && !one.known.unreadable) {
        let path = one.sources[0].path();
        let known = one.known;
        if is_without_level(one) {
            levels.push(match (known.metadata, known.stdin) {
                (true, _) => format!(
                    "{path}: the level is unknown, because kep.yaml names no valid status and stage; rules that \
                     need one are silent"
                ),
                (false, true) => format!(
                    "{path}: no kep.yaml is read beside standard input, so the level is unknown; rules that need \
                     one or that compare files are silent (--level NAME sets it)"
                ),
                (false, false) if !path.ends_with("README.md") => format!(
                    "{path}: kep.yaml is read beside a README.md alone, so the level is unknown; rules that need \
                     one are silent (--level NAME sets it)"
                ),
                (false, false) => format!(
                    "{path}: there is no kep.yaml beside it, so the level is unknown; rules that need one are \
                     silent (--level NAME sets it)"
                ),
            });
        } else if known.stdin {
            levels.push(format!(
                "{path}: nothing is read beside standard input; rules that compare files are silent"
            ));
        }
        if !known.tree && !known.stdin {
            alone.push(format!(
                "{path}: not in a checkout of kubernetes/enhancements; rules that compare it with the approval \
                 and with other KEPs are silent"
            ));
        }
    }
    write(&levels, "KEPs have no level", console)?;
    write(&alone, "KEPs are not in a checkout of kubernetes/enhancements", console)
}

fn is_kep(one: &Looked) -> bool {
    one.kep.is_some() || one.review.as_ref().is_some_and(|review| review.template.id == "kep")
}

fn is_without_level(one: &Looked) -> bool {
    match (&one.review, one.kep) {
        (Some(review), _) => review.level.index.is_none(),
        // An approval alone is asked for nothing that hangs on a level.
        (None, kep) => one.known.metadata && kep.is_some_and(|kep| kep.name.is_none()),
    }
}

fn write(notes: &[String], more: &str, console: &mut Console) -> io::Result<()> {
    for note in notes.iter().take(NAMED) {
        console.note(note)?;
    }
    let rest = notes.len().saturating_sub(NAMED);
    if rest > 0 { console.note(&format!("{rest} more {more}")) } else { Ok(()) }
}
