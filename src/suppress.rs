//! Severities, suppression comments and order: what stands between a rule and a report.

mod comments;
mod directive;
mod severity;

pub use severity::severity;

use crate::diagnostic::{Diagnostic, Severity};
use crate::review::{Cap, Review};
use crate::rules;
use crate::settings::Settings;
use crate::template::Template;
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

/// The same for findings in the metadata of a KEP of which no document is bound. `template` is that of KEPs, if
/// there is one; `cap` says whether the KEP is settled.
#[must_use]
pub fn apply_files(
    found: Vec<Diagnostic>,
    template: Option<&Template>,
    cap: Option<Cap>,
    settings: &Settings,
) -> Vec<Diagnostic> {
    let graded = found.into_iter().filter_map(|mut one| {
        let info = rules::find(one.rule.0)?.info();
        let severity = match template {
            Some(template) => severity(info, template, settings),
            None => settings.rules.get(&info.id).map_or(info.severity, |set| set.value),
        };
        one.severity = capped(&one, severity?, cap, settings);
        Some(one)
    });
    let mut diagnostics: Vec<Diagnostic> = graded.collect();
    diagnostics.sort();
    diagnostics.dedup();
    diagnostics
}

/// A severity after the caps: the finding's own, and the document's unless kubernetes' own CI refuses the same or
/// the configuration names the rule.
fn capped(one: &Diagnostic, severity: Severity, cap: Option<Cap>, settings: &Settings) -> Severity {
    let severity = one.cap.map_or(severity, |cap| severity.min(cap));
    let exempt = rules::is_enforced_upstream(one.rule) || settings.rules.contains_key(&one.rule);
    match cap.filter(|_| !exempt) {
        Some(Cap::Settled) => severity.min(Severity::Note),
        Some(Cap::Retiring) => severity.min(Severity::Warning),
        None => severity,
    }
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
    one.severity = capped(&one, severity, review.cap, settings);
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
