//! `gtr config show|schema|init`.

use std::path::{Path, PathBuf};

use super::check::configuration_of;
use super::console::Console;
use super::failure::Failure;
use super::options::CheckOptions;
use super::{templates_used, write};
use crate::config::{self, NAMES, STARTER};
use crate::diagnostic::Severity;
use crate::discover::{DEFAULT_MAX_SIZE, Disk, Files, is_directory};
use crate::rules;
use crate::settings::{Origin, Set, Settings};

/// Show, describe or start a configuration.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    Show(ShowArgs),
    /// Print the JSON Schema of gtr.yaml, for editors.
    Schema,
    /// Write a commented gtr.yaml that changes nothing yet.
    Init(InitArgs),
}

/// Print the settings of a file and where each comes from.
///
/// Takes the arguments of `gtr lint` and prints what they, the environment and gtr.yaml make together, as YAML.
#[derive(Debug, clap::Args)]
pub(super) struct ShowArgs {
    #[command(flatten)]
    pub(super) check: CheckOptions,
}

#[derive(Debug, clap::Args)]
pub(super) struct InitArgs {
    /// The directory to write it to.
    #[arg(value_name = "DIRECTORY", default_value = ".")]
    directory: PathBuf,
}

/// Runs the command.
pub(super) fn run(command: &Command, console: &mut Console) -> Result<(), Failure> {
    match command {
        Command::Show(args) => show(&args.check, console),
        Command::Schema => Ok(console.out.write_all(config::schema().as_bytes())?),
        Command::Init(args) => init(&args.directory, console),
    }
}

fn init(directory: &Path, console: &mut Console) -> Result<(), Failure> {
    let there = NAMES.iter().map(|name| directory.join(name)).find(|path| Disk::default().exists(path));
    if let Some(path) = there {
        let what = format!("{} exists already and is never overwritten", path.display());
        return Err(Failure::new(what, "edit it, or remove it first"));
    }
    let path = directory.join(NAMES[0]);
    write::create(&path, STARTER.as_bytes())?;
    Ok(console.note(&format!("wrote {}", path.display()))?)
}

fn show(options: &CheckOptions, console: &mut Console) -> Result<(), Failure> {
    for (at, path) in options.paths.iter().enumerate() {
        // A directory's own gtr.yaml counts for the files in it.
        let document = if is_directory(path) { path.join("README.md") } else { path.clone() };
        let (located, full) = configuration_of(options, &document)?;
        let configs: Vec<_> = located.iter().cloned().collect();
        let (templates, template) = templates_used::load(&Disk::default(), &configs, options.template())?;
        let overrides = options.overrides(template)?;
        let level = overrides.level.as_ref().map(|set| set.value.as_str());
        let only = overrides.template.as_ref().map(|set| set.value.as_str());
        templates_used::check_names(&templates, &configs, level, only)?;
        let relative = located.as_ref().map(|located| located.relative(&full));
        let config = located.as_ref().map(|located| &located.config);
        let settings = config::settings(config.zip(relative.as_deref()), &overrides);
        let excluded = config.zip(relative.as_deref()).is_some_and(|(config, path)| config.excludes(path));
        if at > 0 {
            writeln!(console.out, "---")?;
        }
        writeln!(console.out, "# settings of {}", path.display())?;
        writeln!(console.out, "# configuration: {}", config.map_or("none", |config| config.path.as_str()))?;
        if excluded {
            writeln!(console.out, "# excluded: a walk leaves this path out")?;
        }
        print(&settings, console)?;
    }
    Ok(())
}

fn print(settings: &Settings, console: &mut Console) -> Result<(), Failure> {
    let out = &mut *console.out;
    let word = |set: &Option<Set<String>>, unset: &str| match set {
        Some(set) => (quoted(&set.value), set.origin.name()),
        None => (format!("null # {unset};"), Origin::Default.name()),
    };
    for (key, set, unset) in [
        ("template", &settings.template, "recognised by content"),
        ("level", &settings.level, "from the document"),
    ] {
        let (value, origin) = word(set, unset);
        let mark = if set.is_some() { "# " } else { "" };
        writeln!(out, "{key}: {value} {mark}{origin}")?;
    }
    writeln!(out, "rules:")?;
    let mut all: Vec<_> = rules::ALL.iter().map(|rule| rule.info()).collect();
    all.sort_by_key(|info| info.id);
    for info in all {
        let (severity, origin) = match settings.rules.get(&info.id) {
            Some(set) => (set.value, set.origin.name()),
            None => (info.severity, "default, a template may differ"),
        };
        writeln!(out, "  {}: {} # {origin}", info.id, severity.map_or("off", Severity::name))?;
    }
    let placeholders: Vec<String> = settings.placeholders.iter().map(|word| quoted(word)).collect();
    let origin = |empty: bool| if empty { Origin::Default } else { Origin::Config }.name();
    writeln!(out, "placeholders: [{}] # {}", placeholders.join(", "), origin(placeholders.is_empty()))?;
    let required =
        settings.required.iter().map(|(item, level)| format!("{}: {}", quoted(item), quoted(level)));
    let required: Vec<String> = required.collect();
    writeln!(out, "required: {{{}}} # {}", required.join(", "), origin(required.is_empty()))?;
    let (size, origin) =
        settings.max_size.as_ref().map_or((DEFAULT_MAX_SIZE, Origin::Default), |set| (set.value, set.origin));
    writeln!(out, "max-size: {size} # {}", origin.name())?;
    Ok(())
}

/// Text as a YAML string that is read back as it is: JSON's quoting is YAML's too.
fn quoted(text: &str) -> String {
    let plain = text.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
        && text.starts_with(|c: char| c.is_ascii_alphabetic());
    if plain { text.to_string() } else { serde_json::to_string(text).unwrap_or_default() }
}
