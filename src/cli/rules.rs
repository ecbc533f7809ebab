//! `gtr rules`.

use std::io::{self, Write};

use serde::Serialize;

use crate::diagnostic::Severity;
use crate::review::Templates;
use crate::rules::{self, RuleInfo};
use crate::settings::Settings;
use crate::suppress::severity;

const AFTER_HELP: &str = "\
Examples:
  gtr rules                          a table: name, severity, what it finds
  gtr rules --format json            the same as data
  gtr explain missing-question       everything about one rule";

/// List the rules and their severities.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// How the list is printed.
    #[arg(short, long, value_name = "NAME", default_value = "text")]
    format: ListFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum ListFormat {
    Text,
    Json,
}

/// Severities of one rule by template: the template's id (or `default`) and a word.
pub(super) fn by_template(info: &RuleInfo, templates: &Templates) -> Vec<(String, &'static str)> {
    let word = |severity: Option<Severity>| severity.map_or("off", Severity::name);
    let mut all: Vec<(String, &str)> = Vec::new();
    for id in templates.ids() {
        if let Some(catalogue) = templates.get(&id) {
            all.push((id, word(severity(info, &catalogue.template, &Settings::default()))));
        }
    }
    if all.is_empty() {
        all.push(("default".into(), word(info.severity)));
    }
    all
}

/// Runs the command.
pub(super) fn run(args: &Args, out: &mut dyn Write) -> io::Result<()> {
    let templates = Templates::new(Vec::new());
    let mut all: Vec<&'static RuleInfo> = rules::ALL.iter().map(|rule| rule.info()).collect();
    all.sort_by_key(|info| info.id);
    match args.format {
        ListFormat::Text => text(&all, &templates, out),
        ListFormat::Json => json(&all, &templates, out),
    }
}

fn text(all: &[&RuleInfo], templates: &Templates, out: &mut dyn Write) -> io::Result<()> {
    let width = all.iter().map(|info| info.id.0.len()).max().unwrap_or(0);
    for (at, info) in all.iter().enumerate() {
        let severities = by_template(info, templates);
        if at == 0 {
            write!(out, "{:width$}", "rule")?;
            severities.iter().try_for_each(|(id, _)| write!(out, "  {id:7}"))?;
            writeln!(out, "  finds")?;
        }
        write!(out, "{:width$}", info.id.0)?;
        severities.iter().try_for_each(|(id, word)| write!(out, "  {word:0$}", id.len().max(7)))?;
        writeln!(out, "  {}", info.summary)?;
    }
    Ok(())
}

#[derive(Serialize)]
struct List<'a> {
    schema: u32,
    rules: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    id: &'a str,
    summary: &'a str,
    severity: &'a str,
    severities: Vec<ByTemplate>,
}

#[derive(Serialize)]
struct ByTemplate {
    template: String,
    severity: &'static str,
}

fn json(all: &[&'static RuleInfo], templates: &Templates, out: &mut dyn Write) -> io::Result<()> {
    let entry = |info: &&'static RuleInfo| Entry {
        id: info.id.0,
        summary: info.summary,
        severity: info.severity.map_or("off", Severity::name),
        severities: by_template(info, templates)
            .into_iter()
            .filter(|(template, _)| template != "default")
            .map(|(template, severity)| ByTemplate { template, severity })
            .collect(),
    };
    let list = List { schema: 1, rules: all.iter().map(entry).collect() };
    serde_json::to_writer_pretty(&mut *out, &list)?;
    writeln!(out)
}
