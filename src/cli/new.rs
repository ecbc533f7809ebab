//! `gtr new`.

use std::path::{Path, PathBuf};

use super::console::Console;
use super::failure::Failure;
use super::{templates, today, write};
use crate::discover::{Disk, Files, is_directory};
use crate::scaffold::fresh::{self, Facts, Fresh, Layout};
use crate::template::{Date, LevelIndex, RevisionIndex, Template};

const AFTER_HELP: &str = "\
Examples:
  gtr new gtr review.md --project Example --level incubation
  gtr new gtr --level graduation --layout headings --no-guidance > review.md
  gtr new kep keps/sig-node/1234-faster-pods --author name
  gtr new kep 1234-faster-pods --sig sig-node --level alpha --milestone v1.36

Each question gets a comment that says what a good answer has. Such comments begin with `gtr:` and are no answer;
`gtr lint --fix` deletes those that stand below one.";

/// Write a fresh document of a template, with nothing answered yet.
///
/// A review is one file, or goes to standard output; a KEP is a directory with README.md and kep.yaml. Nothing that
/// is there is overwritten without --force.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// Which template, such as `gtr` or `kep`.
    #[arg(value_name = "TEMPLATE")]
    template: String,

    /// The file to write, of a KEP its directory. Without it: standard output.
    #[arg(value_name = "FILE")]
    path: Option<PathBuf>,

    /// What the document aims at, such as `incubation` or `alpha`; the lowest level if not given.
    #[arg(long, value_name = "NAME")]
    level: Option<String>,

    /// The revision (its day) or version of the template; the newest if not given.
    #[arg(long, value_name = "REVISION")]
    revision: Option<String>,

    /// How questions are written; as upstream's file of the revision has them if not given.
    #[arg(long, value_name = "NAME")]
    layout: Option<LayoutName>,

    /// Leave out the comments that say what a good answer has.
    #[arg(long)]
    no_guidance: bool,

    /// The day the document is written, instead of the clock's.
    #[arg(long, value_name = "YYYY-MM-DD", env = "GTR_TODAY", hide_env_values = true, value_parser = today::parse)]
    date: Option<Date>,

    /// Overwrite what is there.
    #[arg(long)]
    force: bool,

    #[command(flatten)]
    review: ReviewValues,

    #[command(flatten)]
    kep: KepValues,
}

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "For a review")]
struct ReviewValues {
    /// The project's name.
    #[arg(long, value_name = "NAME")]
    project: Option<String>,

    /// The project's version that is reviewed.
    #[arg(long, value_name = "VERSION")]
    project_version: Option<String>,

    /// The project's website.
    #[arg(long, value_name = "URL")]
    website: Option<String>,

    /// What the project does, in one sentence.
    #[arg(long, value_name = "TEXT")]
    description: Option<String>,
}

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "For a KEP")]
struct KepValues {
    /// Its title; else made of the directory's name.
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,

    /// Its number, which is that of its issue; else the one the directory's name begins with.
    #[arg(long, value_name = "NUMBER")]
    number: Option<u32>,

    /// The SIG that owns it; else the directory around it.
    #[arg(long, value_name = "NAME")]
    sig: Option<String>,

    /// An author's GitHub name. Repeatable.
    #[arg(long = "author", value_name = "NAME")]
    authors: Vec<String>,

    /// The release its stage is planned for, such as `v1.36`; from alpha on.
    #[arg(long, value_name = "RELEASE")]
    milestone: Option<String>,
}

/// A value of `--layout`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum LayoutName {
    /// List items.
    Bullets,
    /// Headings.
    Headings,
}

/// Since this day the questions of upstream's KEP template are headings.
const KEP_HEADINGS: &str = "2021-02-08";

/// Runs the command.
pub(super) fn run(args: &Args, console: &mut Console) -> Result<(), Failure> {
    let all = templates::bundled();
    let template = templates::named(&all, &args.template)?;
    if !["gtr", "kep"].contains(&template.id.as_str()) {
        let what = format!("gtr writes no fresh document of the template {}", template.id);
        return Err(Failure::new(what, "copy upstream's file; `gtr lint` checks it then. Known: gtr, kep"));
    }
    let revision = templates::revision(template, args.revision.as_deref())?;
    let level = level(template, args.level.as_deref())?;
    let path = args.path.as_deref().filter(|path| path.as_os_str() != "-");
    args.check(template)?;
    if template.id == "kep" {
        let Some(path) = path else {
            return Err(Failure::new(
                "a KEP is two files and needs a directory",
                "name one: gtr new kep keps/sig-node/1234-faster-pods",
            ));
        };
        return kep(args, template, revision, level, path, console);
    }
    let text = review(args, template, revision, level);
    let Some(path) = path else { return Ok(console.out.write_all(text.as_bytes())?) };
    if is_directory(path) {
        let what = format!("{} is a directory", path.display());
        return Err(Failure::new(what, "name the file to write in it"));
    }
    write_files(&[(path.to_path_buf(), text)], args.force, console)
}

impl Args {
    /// Refuses options that the template has no use for.
    fn check(&self, template: &Template) -> Result<(), Failure> {
        let (review, kep) = (&self.review, &self.kep);
        let of_review = [
            ("--project", review.project.is_some()),
            ("--project-version", review.project_version.is_some()),
            ("--website", review.website.is_some()),
            ("--description", review.description.is_some()),
        ];
        let of_kep = [
            ("--title", kep.title.is_some()),
            ("--number", kep.number.is_some()),
            ("--sig", kep.sig.is_some()),
            ("--author", !kep.authors.is_empty()),
            ("--milestone", kep.milestone.is_some()),
        ];
        let (unfit, fit) =
            if template.id == "kep" { (&of_review[..], &of_kep[..]) } else { (&of_kep[..], &of_review[..]) };
        let Some((name, _)) = unfit.iter().find(|(_, given)| *given) else { return Ok(()) };
        let names: Vec<&str> = fit.iter().map(|(name, _)| *name).collect();
        Err(Failure::new(
            format!("{name} has no place in a document of the template {}", template.id),
            format!("what it takes: {}", names.join(", ")),
        ))
    }

    fn date(&self) -> String {
        self.date.or_else(today::from_clock).map(|date| date.to_string()).unwrap_or_default()
    }

    fn fresh<'a>(
        &self,
        template: &'a Template,
        revision: RevisionIndex,
        level: LevelIndex,
        title: String,
    ) -> Fresh<'a> {
        let headings = template.id == "kep" && template.revision(revision).id.as_str() >= KEP_HEADINGS;
        let layout = match self.layout {
            Some(LayoutName::Headings) => Layout::Headings,
            None if headings => Layout::Headings,
            Some(LayoutName::Bullets) | None => Layout::Bullets,
        };
        Fresh { template, revision, level, layout, guidance: !self.no_guidance, title, values: Vec::new() }
    }
}

fn level(template: &Template, name: Option<&str>) -> Result<LevelIndex, Failure> {
    let Some(name) = name else { return Ok(LevelIndex(0)) };
    template.level(name).ok_or_else(|| {
        let help = format!("the levels of {} are {}", template.id, template.levels.join(", "));
        Failure::new(format!("unknown level `{name}`"), help)
    })
}

/// The text of a review.
fn review(args: &Args, template: &Template, revision: RevisionIndex, level: LevelIndex) -> String {
    let given = &args.review;
    let project = given.project.as_deref().map(str::trim).filter(|name| !name.is_empty());
    let kind = template.recognition.titles.first().unwrap_or(&template.name);
    let level_name = capitalised(&template.levels[usize::from(level.0)]);
    let title = format!("{kind} - {} / {level_name}", project.unwrap_or("[Project Name]"));
    let values = [
        ("field.project", project.map(str::to_string)),
        ("field.project-version", given.project_version.clone()),
        ("field.website", given.website.clone()),
        ("field.date-updated", Some(args.date())),
        ("field.template-version", Some(template.revision(revision).version.clone())),
        ("field.description", given.description.clone()),
    ];
    let mut fresh = args.fresh(template, revision, level, title);
    fresh.values = values.into_iter().filter_map(|(id, value)| Some((id, value?))).collect();
    fresh::document(&fresh)
}

/// Writes the two files of a KEP.
fn kep(
    args: &Args,
    template: &Template,
    revision: RevisionIndex,
    level: LevelIndex,
    path: &Path,
    console: &mut Console,
) -> Result<(), Failure> {
    let name = |path: Option<&Path>| {
        let name = path.and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
        name.unwrap_or_default()
    };
    let (own, around) = (name(Some(path)), name(path.parent()));
    let digits = own.len() - own.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let given = &args.kep;
    let number = given.number.map(|number| number.to_string());
    let number = number.unwrap_or_else(|| own[..digits].trim_start_matches('0').to_string());
    let title =
        given.title.clone().unwrap_or_else(|| capitalised(own[digits..].replace(['-', '_'], " ").trim()));
    let sig = given.sig.clone().or_else(|| Some(around).filter(|name| name.starts_with("sig-")));
    let facts = Facts {
        date: args.date(),
        level: template.levels[usize::from(level.0)].clone(),
        sig: sig.unwrap_or_default(),
        authors: given.authors.clone(),
        milestone: given.milestone.clone().unwrap_or_default(),
        title,
        number,
    };
    let number = if facts.number.is_empty() { "NNNN" } else { &facts.number };
    let fresh = args.fresh(template, revision, level, format!("KEP-{number}: {}", facts.title));
    let files =
        [(path.join("README.md"), fresh::document(&fresh)), (path.join("kep.yaml"), fresh::kep_yaml(&facts))];
    write_files(&files, args.force, console)
}

/// Writes files, all of them or, if one is there already, none.
fn write_files(files: &[(PathBuf, String)], force: bool, console: &mut Console) -> Result<(), Failure> {
    let disk = Disk::default();
    if let Some((path, _)) = files.iter().find(|(path, _)| !force && disk.exists(path)) {
        let what = format!("{} exists already", path.display());
        return Err(Failure::new(what, "choose another name, or overwrite it with --force"));
    }
    for (path, text) in files {
        if let Some(directory) = path.parent().filter(|directory| !directory.as_os_str().is_empty()) {
            write::directory(directory)?;
        }
        if force {
            write::replace(path, text.as_bytes())?;
        } else {
            write::create(path, text.as_bytes())?;
        }
        console.note(&format!("wrote {}", path.display()))?;
    }
    Ok(())
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
