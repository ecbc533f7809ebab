//! What one check is told to do: flags, environment and `gtr.yaml` already merged into plain data.

use std::collections::BTreeMap;

use crate::diagnostic::{RuleId, Severity};
use crate::template::Date;

/// Where a setting comes from, strongest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Origin {
    /// Nobody said anything.
    #[default]
    Default,
    /// `gtr.yaml`.
    Config,
    /// A `GTR_…` variable.
    Environment,
    /// A command-line flag.
    Flag,
}

impl Origin {
    /// The word that `gtr config show` and reports use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Config => "gtr.yaml",
            Self::Environment => "environment",
            Self::Flag => "flag",
        }
    }
}

/// A value and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Set<T> {
    /// The value.
    pub value: T,
    /// Where it comes from.
    pub origin: Origin,
}

/// The settings of one document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// Id of the template to use, which also skips recognition.
    pub template: Option<Set<String>>,
    /// Name of the level the document aims at.
    pub level: Option<Set<String>>,
    /// Severities by rule; `None` switches a rule off.
    pub rules: BTreeMap<RuleId, Set<Option<Severity>>>,
    /// More markers of an open answer, compared in any case.
    pub placeholders: Vec<String>,
    /// Items or sections (by id) that are required from another level (by name).
    pub required: BTreeMap<String, String>,
    /// Today, for `future-date`; without it that rule is silent.
    pub today: Option<Date>,
    /// Largest file to read, in bytes: for whoever reads the document, which a check does not.
    pub max_size: Option<Set<u64>>,
}
