//! `gtr templates list`: the templates of this run with their revisions.

use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;

use super::{Failure, asked};
use crate::template::{RevisionIndex, Template};

/// Lists the templates and their revisions.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Prints one paragraph a template: name, levels, and a line for each revision.
///
/// # Errors
/// When `out` cannot be written to.
pub fn run(_args: &Args, templates: &[Arc<Template>], out: &mut dyn Write) -> Result<ExitCode, Failure> {
    for (at, template) in templates.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}  {}", template.id, template.description)?;
        writeln!(out, "  levels: {}", template.levels.join(" < "))?;
        for (at, revision) in template.revisions.iter().enumerate() {
            let count = asked(template, RevisionIndex(at as u16));
            let version = &revision.version;
            writeln!(out, "  {}  {version:<8}  {count} questions  {}", revision.id, revision.commit)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::bundled;

    #[test]
    fn every_revision_has_a_line() {
        let gtr = bundled().iter().find(|bundled| bundled.id == "gtr").unwrap().load();
        let mut out = Vec::new();
        run(&Args {}, &[Arc::new(gtr)], &mut out).unwrap();
        let out = String::from_utf8(out).unwrap();
        assert!(out.contains("sandbox < incubation < graduation"), "{out}");
        assert!(out.contains("  2025-09-30  v1.0      85 questions  b839c13d"), "{out}");
    }
}
