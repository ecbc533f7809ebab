//! `gtr report --compare`: the same documents as they were.

use std::path::Path;

use super::check::{Looked, Run};
use super::failure::Failure;
use crate::discover::{self, Disk, Files};
use crate::input::Input;
use crate::review::Review;
use crate::settings::{Origin, Set};
use crate::source::Source;

/// An earlier state of a document.
pub(super) struct Earlier {
    /// How it was named.
    pub(super) name: String,
    /// Bound to the template of the later state.
    pub(super) review: Review,
}

/// Reads and binds the earlier state of every document of a run: one entry a file that was looked at.
///
/// # Errors
/// When it cannot be read, or when one file is named for several documents.
pub(super) fn earlier(run: &Run, name: &str, max_size: u64) -> Result<Vec<Option<Earlier>>, Failure> {
    let documents = run.looked.iter().filter(|one| one.review.is_some()).count();
    let of_each = name.strip_suffix(':').is_some_and(|revision| !revision.is_empty());
    if documents > 1 && !of_each {
        return Err(Failure::new(
            format!("--compare names one file, and there are {documents} documents"),
            "report one document, or name a revision alone: --compare main: takes each document from there",
        ));
    }
    run.looked.iter().map(|one| one_of(run, one, name, max_size)).collect()
}

fn one_of(run: &Run, looked: &Looked, name: &str, max_size: u64) -> Result<Option<Earlier>, Failure> {
    let Some(review) = &looked.review else { return Ok(None) };
    let source = read(&looked.path, name, max_size)?;
    let shown = source.path().to_string();
    let mut settings = looked.settings.clone();
    settings.template = Some(Set { value: review.template.id.clone(), origin: Origin::Flag });
    let input = Input::alone(Source::new(review.source().path(), source.text()));
    let checked = crate::check(&input, &settings, &run.templates);
    let review = checked.review.ok_or_else(|| {
        Failure::new(format!("{shown} cannot be compared: it is no document"), "name its earlier state")
    })?;
    Ok(Some(Earlier { name: shown, review }))
}

/// A file of that name, else what git has.
fn read(document: &Path, name: &str, max_size: u64) -> Result<Source, Failure> {
    let (path, files) = (Path::new(name), Disk { max_size });
    if files.exists(path) || !name.contains(':') {
        return discover::read_text(path, &files).map_err(|error| {
            let help = error.help.clone();
            let help =
                help.unwrap_or_else(|| "a state in git is named REVISION:PATH, or REVISION: alone".into());
            Failure::new(error.to_string(), help)
        });
    }
    Ok(discover::at_revision(name, document, max_size)?)
}
