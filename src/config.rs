//! `gtr.yaml` text to [`Settings`](crate::settings::Settings).
//!
//! This room reads no file: it gets text and gives data. Which file counts for a document is decided in
//! `discover`, flags and environment come from the command line. Globs are relative to the configuration's
//! directory.

mod entries;
mod file;
mod merge;
mod starter;

pub use entries::size;
pub use file::schema;
pub use merge::{Overrides, settings};
pub use starter::STARTER;

use std::fmt;

use globset::{Glob, GlobBuilder, GlobSet, GlobSetBuilder};

use crate::diagnostic::{RuleId, Severity};

/// Names under which a configuration is found, in one directory at most one of them.
pub const NAMES: [&str; 2] = ["gtr.yaml", ".gtr.yaml"];

/// Why a configuration cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    /// What is wrong, without the place.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The configuration's path as reports show it.
    pub path: String,
    /// 1-based line and column, where known.
    pub at: Option<(u32, u32)>,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.message, self.path)?;
        self.at.map_or(Ok(()), |(line, column)| write!(f, ":{line}:{column}"))
    }
}

/// A value that holds for the paths that a pattern matches; the first match counts.
#[derive(Debug, Clone)]
struct ForPaths {
    patterns: Vec<(GlobSet, String)>,
}

impl ForPaths {
    fn get(&self, path: &str) -> Option<&str> {
        self.patterns.iter().find(|(glob, _)| glob.is_match(path)).map(|(_, value)| value.as_str())
    }
}

/// A configuration file, checked.
#[derive(Debug, Clone)]
pub struct Config {
    /// Its path as reports show it.
    pub path: String,
    /// Paths of the user's own templates, relative to the configuration's directory.
    pub templates: Vec<String>,
    template: ForPaths,
    level: ForPaths,
    rules: Vec<(RuleId, Option<Severity>)>,
    placeholders: Vec<String>,
    required: Vec<(String, String)>,
    exclude: GlobSet,
    max_size: Option<u64>,
}

impl Config {
    /// Reads a configuration. `path` is what errors and `gtr config show` name.
    ///
    /// # Errors
    /// When the text is no YAML, has an unknown key, rule or severity, or a pattern that is no glob.
    pub fn parse(text: &str, path: &str) -> Result<Self, ConfigError> {
        let file = file::read(text, path)?;
        let globs = |patterns: Option<entries::Patterns>| -> Result<ForPaths, ConfigError> {
            let patterns = patterns.map(|entries::Patterns(list)| list).unwrap_or_default();
            let compiled = patterns.into_iter().map(|(glob, value)| Ok((compile(&glob, path)?.1, value)));
            Ok(ForPaths { patterns: compiled.collect::<Result<_, ConfigError>>()? })
        };
        let mut exclude = GlobSetBuilder::new();
        for pattern in &file.exclude {
            exclude.add(compile(pattern.trim_end_matches('/'), path)?.0);
        }
        Ok(Self {
            path: path.to_string(),
            templates: file.templates,
            template: globs(file.template)?,
            level: globs(file.level)?,
            rules: file.rules.0.into_iter().map(|(rule, severity)| (rule.0, severity.severity())).collect(),
            placeholders: file.placeholders,
            max_size: file.max_size.map(|size| size.0),
            required: file.required.0,
            exclude: exclude.build().map_err(|error| ConfigError {
                message: format!("the patterns of `exclude` are too large together: {error}"),
                help: Some("name directories instead of the files in them".into()),
                path: path.to_string(),
                at: None,
            })?,
        })
    }

    /// Whether `exclude` names a path or a directory above it. `path` is relative to the configuration's
    /// directory, with `/` between its parts.
    #[must_use]
    pub fn excludes(&self, path: &str) -> bool {
        let ends = path.match_indices('/').map(|(at, _)| at);
        ends.chain([path.len()]).any(|end| self.exclude.is_match(&path[..end]))
    }

    /// All names of levels that the configuration uses.
    pub fn level_names(&self) -> impl Iterator<Item = &str> {
        let by_path = self.level.patterns.iter().map(|(_, level)| level.as_str());
        by_path.chain(self.required.iter().map(|(_, level)| level.as_str()))
    }

    /// All ids of templates that the configuration uses.
    pub fn template_ids(&self) -> impl Iterator<Item = &str> {
        self.template.patterns.iter().map(|(_, id)| id.as_str())
    }

    /// All ids of items that the configuration uses.
    pub fn item_ids(&self) -> impl Iterator<Item = &str> {
        self.required.iter().map(|(item, _)| item.as_str())
    }
}

/// A pattern and what matches it. One without `/` matches in every directory, as in .gitignore; `*` never crosses a `/`.
fn compile(pattern: &str, path: &str) -> Result<(Glob, GlobSet), ConfigError> {
    let anywhere = (!pattern.contains('/')).then(|| format!("**/{pattern}"));
    let text = anywhere.as_deref().unwrap_or(pattern).trim_start_matches("./").trim_start_matches('/');
    let mistake = |error: &globset::Error| ConfigError {
        message: format!("`{}` is no pattern: {}", beginning(pattern), error.kind()),
        help: Some(
            "`*` is any part of a name, `**` any directories, `{a,b}` one of two, `\\*` a real *".into(),
        ),
        path: path.to_string(),
        at: None,
    };
    if pattern.len() > LONGEST_PATTERN {
        let message = format!("`{}` is no pattern: it has {} bytes", beginning(pattern), pattern.len());
        let help = Some(format!("a pattern has at most {LONGEST_PATTERN}"));
        return Err(ConfigError { message, help, path: path.to_string(), at: None });
    }
    let glob = GlobBuilder::new(text).literal_separator(true).build().map_err(|error| mistake(&error))?;
    // what a single pattern is made into panics when that fails, as it does for braces in braces in braces
    let set = GlobSetBuilder::new().add(glob.clone()).build().map_err(|_| ConfigError {
        help: Some("write it as several patterns".into()),
        message: format!("`{}` is too much for one pattern", beginning(pattern)),
        path: path.to_string(),
        at: None,
    })?;
    Ok((glob, set))
}

/// Bytes of a pattern; no path is longer.
const LONGEST_PATTERN: usize = 4096;

/// As much of a pattern as an error names.
fn beginning(pattern: &str) -> String {
    let shown: String = pattern.chars().take(60).collect();
    if shown.len() < pattern.len() { shown + "…" } else { shown }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excludes_match_files_and_whole_directories() {
        let config = Config::parse("exclude: [archive/, 'docs/*.md', draft-*]", "gtr.yaml").unwrap();
        for path in ["archive/a.md", "x/archive/deep/a.md", "docs/a.md", "x/draft-1.md", "draft-2/a.md"] {
            assert!(config.excludes(path), "{path}");
        }
        for path in ["archived/a.md", "docs/x/a.md", "my-draft-1.md", ""] {
            assert!(!config.excludes(path), "{path}");
        }
    }

    #[test]
    fn a_bad_pattern_is_an_error() {
        let error = Config::parse("exclude: ['a[']", "gtr.yaml").unwrap_err();
        assert!(error.message.starts_with("`a[` is no pattern"), "{error}");
        let deep = format!("exclude: ['{}a{}']", "{b,".repeat(400), "}".repeat(400));
        let error = Config::parse(&deep, "gtr.yaml").unwrap_err();
        assert!(error.message.ends_with("is too much for one pattern"), "{error}");
        let long = format!("exclude: ['{}']", "*a".repeat(4000));
        assert!(Config::parse(&long, "gtr.yaml").unwrap_err().message.ends_with("it has 8000 bytes"));
    }
}
