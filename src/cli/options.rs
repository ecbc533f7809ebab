//! The arguments that every command which checks documents shares.

use std::path::PathBuf;

use clap::parser::ValueSource;

use super::failure::Failure;
use super::today;
use crate::config::{self, Overrides};
use crate::diagnostic::{RuleId, Severity};
use crate::discover::DEFAULT_MAX_SIZE;
use crate::rules;
use crate::settings::{Origin, Set};
use crate::template::Date;

/// What to check, and how.
#[derive(Debug, clap::Args)]
pub(super) struct CheckOptions {
    /// Files and directories; `-` is standard input. Of a directory, the markdown files below it that .gitignore
    /// does not leave out.
    #[arg(value_name = "PATH", default_value = ".")]
    pub(super) paths: Vec<PathBuf>,

    /// Check against this template, without asking whether a file looks like one of its documents: an id
    /// (`gtr templates list`) or a YAML file.
    #[arg(long, value_name = "ID|PATH", env = "GTR_TEMPLATE", hide_env_values = true)]
    pub(super) template: Option<String>,

    /// Say on standard error which template each document was taken for, how sure that is, and why.
    #[arg(long)]
    pub(super) explain_detection: bool,

    /// The level that the documents aim at, such as `incubation`. Without it: gtr.yaml, the title, or the
    /// highest level whose own questions are answered.
    #[arg(long, value_name = "NAME", env = "GTR_LEVEL", hide_env_values = true)]
    pub(super) level: Option<String>,

    /// Give a rule another severity: error, warning, note or off. Repeatable.
    #[arg(long = "rule", value_name = "NAME=SEVERITY")]
    pub(super) rules: Vec<String>,

    /// Use this configuration instead of the nearest gtr.yaml above each file.
    #[arg(
        long,
        value_name = "PATH",
        env = "GTR_CONFIG",
        hide_env_values = true,
        conflicts_with = "no_config"
    )]
    pub(super) config: Option<PathBuf>,

    /// Read no configuration.
    #[arg(long)]
    pub(super) no_config: bool,

    /// Exit with 2 when no document of any template was found.
    #[arg(long)]
    pub(super) strict: bool,

    /// Leave out what `exclude` in gtr.yaml names even if it is named on the command line (for commit hooks).
    #[arg(long)]
    pub(super) force_exclude: bool,

    /// The path to report for standard input; it also decides which gtr.yaml counts.
    #[arg(long, value_name = "PATH")]
    pub(super) stdin_filename: Option<PathBuf>,

    /// The date to compare dates in documents with, instead of the clock's.
    #[arg(long, value_name = "YYYY-MM-DD", env = "GTR_TODAY", hide_env_values = true, value_parser = today::parse)]
    pub(super) today: Option<Date>,

    /// Refuse files larger than this: bytes, or with K, M or G.
    #[arg(long, value_name = "SIZE", env = "GTR_MAX_SIZE", hide_env_values = true, value_parser = config::size)]
    pub(super) max_size: Option<u64>,

    #[arg(skip)]
    template_origin: Origin,
    #[arg(skip)]
    level_origin: Origin,
    #[arg(skip)]
    max_size_origin: Origin,
}

impl CheckOptions {
    /// Keeps which values came from the environment, which clap's derived types do not say.
    pub(super) fn remember_origins(&mut self, matches: &clap::ArgMatches) {
        let origin = |id: &str| match matches.value_source(id) {
            Some(ValueSource::CommandLine) => Origin::Flag,
            Some(ValueSource::EnvVariable) => Origin::Environment,
            _ => Origin::Default,
        };
        self.template_origin = origin("template");
        self.level_origin = origin("level");
        self.max_size_origin = origin("max_size");
    }

    /// Largest file to read before a configuration is known, in bytes.
    pub(super) fn max_size(&self) -> u64 {
        self.max_size.unwrap_or(DEFAULT_MAX_SIZE)
    }

    /// `--template` as it was written, with its origin. Empty, as an unset CI variable leaves it, is none.
    pub(super) fn template(&self) -> Option<Set<String>> {
        let value = self.template.clone().filter(|name| !name.is_empty())?;
        Some(Set { value, origin: self.template_origin })
    }

    /// What holds for every document. `template` is the id that `--template` led to.
    ///
    /// # Errors
    /// When `--rule` names no rule or no severity.
    pub(super) fn overrides(&self, template: Option<Set<String>>) -> Result<Overrides, Failure> {
        let level = self.level.clone().filter(|name| !name.is_empty());
        Ok(Overrides {
            template,
            level: level.map(|value| Set { value, origin: self.level_origin }),
            rules: self.rules.iter().map(|text| rule(text)).collect::<Result<_, _>>()?,
            today: self.today.or_else(today::from_clock),
            max_size: self.max_size.map(|value| Set { value, origin: self.max_size_origin }),
        })
    }
}

/// `NAME=SEVERITY` of `--rule`.
fn rule(text: &str) -> Result<(RuleId, Option<Severity>), Failure> {
    let Some((name, severity)) = text.split_once('=') else {
        return Err(Failure::new(
            format!("`{text}` gives no severity, --rule"),
            format!("write {text}=warning"),
        ));
    };
    let Some(rule) = rules::find(name) else {
        let names = rules::ALL.iter().map(|rule| rule.info().id.0);
        let help = rules::nearest(name, names).map_or_else(
            || "`gtr rules` lists the names".to_string(),
            |name| format!("did you mean `{name}`?"),
        );
        return Err(Failure::new(format!("unknown rule `{name}`, --rule"), help));
    };
    let severity = match severity {
        "error" => Some(Severity::Error),
        "warning" => Some(Severity::Warning),
        "note" => Some(Severity::Note),
        "off" => None,
        _ => {
            let known = "error, warning, note, off";
            let help = rules::nearest(severity, known.split(", "))
                .map_or_else(|| format!("known: {known}"), |name| format!("did you mean `{name}`?"));
            return Err(Failure::new(format!("`{severity}` is no severity, --rule {name}"), help));
        }
    };
    Ok((rule.info().id, severity))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_and_a_severity_are_checked_with_a_suggestion() {
        assert_eq!(rule("unknown-rule=off").unwrap(), (RuleId("unknown-rule"), None));
        let help = |text: &str| match rule(text) {
            Err(Failure::Mistake { what, help }) => format!("{what}; {}", help.unwrap()),
            other => panic!("{other:?}"),
        };
        assert_eq!(
            help("unkown-rule=off"),
            "unknown rule `unkown-rule`, --rule; did you mean `unknown-rule`?"
        );
        assert_eq!(
            help("unknown-rule=warn"),
            "`warn` is no severity, --rule unknown-rule; did you mean `warning`?"
        );
        assert_eq!(
            help("unknown-rule"),
            "`unknown-rule` gives no severity, --rule; write unknown-rule=warning"
        );
    }
}
