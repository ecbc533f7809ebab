//! `gtr templates derive FILE.md`: a schema from any markdown template.

use std::io::Write;
use std::path::Path;

use super::Failure;
use crate::derive;
use crate::document::Document;
use crate::source::Source;

/// Makes a schema, as YAML, from a markdown template.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// The markdown file that authors copy and fill in; `-` reads standard input.
    #[arg(value_name = "FILE")]
    pub(super) file: String,
}

/// Prints the schema of `source`, the file's text.
///
/// # Errors
/// When the file asks nothing or `out` cannot be written to.
pub(super) fn run(args: &Args, source: &Source, out: &mut dyn Write) -> Result<(), Failure> {
    let name =
        Path::new(&args.file).file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into());
    let yaml = derive::derive(&Document::parse(source), &name).map_err(|what| Failure::Usage {
        what: format!("{}: {what}", source.path()),
        help: "a template has headings, bullets, bold paragraphs or boxes below which people write"
            .to_owned(),
    })?;
    out.write_all(yaml.as_bytes())?;
    Ok(())
}
