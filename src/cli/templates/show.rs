//! `gtr templates show ID`: the items of one revision with their ids, as an indented list.

use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;

use super::{Failure, asked, named, revision};
use crate::review::plain;
use crate::template::{Item, ItemIndex, LevelIndex, Requirement, Template};

/// Shows what a template asks.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which template, such as `gtr`.
    #[arg(value_name = "TEMPLATE")]
    pub id: String,
    /// The revision (its day) or version to show; the newest if not given.
    #[arg(long, value_name = "REVISION")]
    pub revision: Option<String>,
    /// Only what is required at this level.
    #[arg(long, value_name = "LEVEL")]
    pub level: Option<String>,
}

/// Prints the items of a revision: id, wording, from which level it is required.
///
/// # Errors
/// When the template, the revision or the level is unknown, or `out` cannot be written to.
pub fn run(args: &Args, templates: &[Arc<Template>], out: &mut dyn Write) -> Result<ExitCode, Failure> {
    let template = named(templates, &args.id)?;
    let revision = revision(template, args.revision.as_deref())?;
    let level = match &args.level {
        None => None,
        Some(name) => Some(template.level(name).ok_or_else(|| {
            let known = template.levels.join(", ");
            Failure::Usage(format!("unknown level `{name}`; the levels of {} are {known}", template.id))
        })?),
    };
    let shown = template.revision(revision);
    let count = asked(template, revision);
    writeln!(out, "{}: {}", template.name, template.description)?;
    writeln!(out, "{} of {}: {count} questions", shown.version, shown.id)?;
    if let Some(level) = level {
        writeln!(out, "required at {}:", template.levels[usize::from(level.0)])?;
    }
    for index in template.indices() {
        let item = template.item(index);
        if item.is_in(revision) && level.is_none_or(|level| asks(template, index, level)) {
            let indent = "  ".repeat(depth(template, item));
            let level = new_level(template, index).map(|level| format!(" (required from {level})"));
            let text = plain(item.wording(revision));
            writeln!(out, "{indent}{}  {text}{}", item.id, level.unwrap_or_default())?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Whether an item, or one below it, is required at a level.
fn asks(template: &Template, index: ItemIndex, level: LevelIndex) -> bool {
    let required = |item: &Item| item.required[usize::from(level.0)] == Requirement::Required;
    let end = template.item(index).end;
    template.items[usize::from(index.0)..usize::from(end.0)].iter().any(required)
}

fn depth(template: &Template, item: &Item) -> usize {
    let parent = |index: &ItemIndex| template.item(*index).parent;
    std::iter::successors(item.parent, parent).count()
}

/// The level from which an item is required, where the item around it does not say the same.
fn new_level(template: &Template, index: ItemIndex) -> Option<&str> {
    let own = template.required_from(index);
    let around = template.item(index).parent.and_then(|parent| template.required_from(parent));
    (own != around).then(|| own.map(|level| template.levels[usize::from(level.0)].as_str())).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::bundled;

    fn show(revision: Option<&str>, level: Option<&str>) -> Result<String, Failure> {
        let gtr = bundled().iter().find(|bundled| bundled.id == "gtr").unwrap().load();
        let args =
            Args { id: "gtr".to_owned(), revision: revision.map(Into::into), level: level.map(Into::into) };
        let mut out = Vec::new();
        run(&args, &[Arc::new(gtr)], &mut out)?;
        Ok(String::from_utf8(out).unwrap())
    }

    #[test]
    fn a_revision_shows_its_own_items() {
        let newest = show(None, None).unwrap();
        assert!(
            newest.contains("    day0.scope.vision  Describe the project's vision and goals."),
            "{newest}"
        );
        assert!(
            newest.contains("day1  Day 1 - Installation and Deployment Phase (required from incubation)")
        );
        let old = show(Some("v1.0"), None).unwrap();
        assert!(!old.contains("day0.scope.vision") && old.contains("day0.scope.unsupported-use-cases"));
    }

    #[test]
    fn a_level_shows_what_it_requires() {
        let incubation = show(None, Some("Incubating")).unwrap();
        assert!(incubation.contains("day1.enablement.cleanup") && !incubation.contains("day2"));
    }

    #[test]
    fn unknown_names_are_said_with_the_known_ones() {
        let error = show(Some("v9"), None).unwrap_err().to_string();
        assert!(error.contains("`v9`") && error.contains("2026-01-27"), "{error}");
        assert!(show(None, Some("gold")).unwrap_err().to_string().contains("sandbox, incubation"));
    }
}
