//! Severities, suppression comments and order: what stands between a rule and a report.

mod comments;
mod directive;
mod severity;

pub use severity::severity;

use crate::diagnostic::Diagnostic;
use crate::review::Review;
use crate::rules;
use crate::settings::Settings;
use directive::Directive;

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
    let directives = directive::read(&review.document);
    decide(found, directives, review, settings)
}

/// The steps after reading. Findings about the comments themselves come last, because only then is known what
/// each comment silenced; they can be silenced like any other.
fn decide(
    found: Vec<Diagnostic>,
    mut directives: Vec<Directive>,
    review: &Review,
    settings: &Settings,
) -> Outcome {
    let graded = |found: Vec<Diagnostic>| -> Vec<Diagnostic> {
        found.into_iter().filter_map(|one| grade(one, review, settings)).collect()
    };
    let mut outcome = Outcome::default();
    sort_out(graded(found), &mut directives, review, &mut outcome);
    sort_out(graded(comments::mistakes(&directives)), &mut directives, review, &mut outcome);
    // Those that name `unused-suppression` itself can only be judged after the others were.
    for last in [false, true] {
        let unused = comments::unused(&directives, last, review, settings);
        sort_out(graded(unused), &mut directives, review, &mut outcome);
    }
    for list in [&mut outcome.diagnostics, &mut outcome.suppressed] {
        list.sort();
        list.dedup();
    }
    outcome
}

/// The finding with its severity; `None` when its rule is off.
fn grade(mut one: Diagnostic, review: &Review, settings: &Settings) -> Option<Diagnostic> {
    let info = rules::find(one.rule.0)?.info();
    let severity = severity(info, &review.template, settings)?;
    one.severity = one.cap.map_or(severity, |cap| severity.min(cap));
    Some(one)
}

fn sort_out(found: Vec<Diagnostic>, directives: &mut [Directive], review: &Review, outcome: &mut Outcome) {
    for one in found {
        let mut silenced = false;
        // No early end: two comments that both silence it are both used.
        for directive in directives.iter_mut() {
            silenced |= directive.silences(&one, review.source());
        }
        if silenced {
            outcome.suppressed.push(one);
        } else {
            outcome.diagnostics.push(one);
        }
    }
}

#[cfg(test)]
mod tests;
