//! Severities, suppression comments, order, identity, and what of it all counts: between a rule and a report.

mod baseline;
mod comments;
mod directive;
mod fingerprint;
mod severity;
mod silence;
mod touched;
mod written;

pub use baseline::{Baseline, BaselineError};
pub use severity::severity;

pub use touched::Touched;
pub use written::{for_file, for_finding};

use crate::diagnostic::{Diagnostic, Severity};
use crate::document::Document;
use crate::metadata::Metadata;
use crate::review::{Cap, Review};
use crate::rules::{self, KepFiles, RuleInfo};
use crate::settings::Settings;
use crate::source::{FileId, Source};
use crate::template::Template;
use directive::Directive;
use silence::Silences;

/// Findings after severities and suppressions.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// What is reported, in order.
    pub diagnostics: Vec<Diagnostic>,
    /// What a comment silences, in order.
    pub suppressed: Vec<Diagnostic>,
}

/// Gives every finding its severity, drops what is off, sets aside what a comment silences, sorts. Comments count
/// in the document and in the metadata beside it, each for its own file.
#[must_use]
pub fn apply(found: Vec<Diagnostic>, review: &Review, settings: &Settings) -> Outcome {
    let mut scene = Scene::new(Some(&review.template), review.cap, settings);
    let mut directives = scene.document(&review.document);
    for file in review.companions.all() {
        directives.append(&mut scene.metadata(file));
    }
    decide(found, directives, &scene)
}

/// The same for findings in the files of a KEP of which no document is bound. `template` is that of KEPs, if there
/// is one; `cap` says whether the KEP is settled.
#[must_use]
pub fn apply_files(
    found: Vec<Diagnostic>,
    files: &KepFiles,
    template: Option<&Template>,
    cap: Option<Cap>,
) -> Outcome {
    let mut scene = Scene::new(template, cap, files.settings);
    let mut directives = files.document.map(|document| scene.document(document)).unwrap_or_default();
    for file in files.kep.into_iter().chain(files.approval) {
        directives.append(&mut scene.metadata(file));
    }
    decide(found, directives, &scene)
}

/// What findings are judged by.
struct Scene<'a> {
    template: Option<&'a Template>,
    cap: Option<Cap>,
    settings: &'a Settings,
    document: Option<&'a Document>,
    sources: Vec<(FileId, &'a Source)>,
}

impl<'a> Scene<'a> {
    fn new(template: Option<&'a Template>, cap: Option<Cap>, settings: &'a Settings) -> Self {
        Self { template, cap, settings, document: None, sources: Vec::new() }
    }

    /// Takes the document in and gives its directives.
    fn document(&mut self, document: &'a Document) -> Vec<Directive> {
        self.document = Some(document);
        self.sources.push((FileId(0), document.source()));
        directive::of_document(document)
    }

    /// Takes a metadata file in and gives its directives.
    fn metadata(&mut self, file: &'a Metadata) -> Vec<Directive> {
        self.sources.push((file.file(), file.source()));
        directive::of_metadata(file)
    }

    /// The file of an id, if its comments count.
    fn source(&self, file: FileId) -> Option<&'a Source> {
        self.sources.iter().find(|(id, _)| *id == file).map(|(_, source)| *source)
    }

    fn severity(&self, info: &RuleInfo) -> Option<Severity> {
        match self.template {
            Some(template) => severity(info, template, self.settings),
            None => self.settings.rules.get(&info.id).map_or(info.severity, |set| set.value),
        }
    }

    /// The finding with its severity; `None` when its rule is off.
    fn grade(&self, mut one: Diagnostic) -> Option<Diagnostic> {
        let severity = self.severity(rules::find(one.rule.0)?.info())?;
        one.severity = self.capped(&one, severity);
        Some(one)
    }

    /// A severity after the caps: the finding's own, and the document's unless kubernetes' own CI refuses the
    /// same or the configuration names the rule.
    fn capped(&self, one: &Diagnostic, severity: Severity) -> Severity {
        let severity = one.cap.map_or(severity, |cap| severity.min(cap));
        let exempt = rules::is_enforced_upstream(one.rule) || self.settings.rules.contains_key(&one.rule);
        match self.cap.filter(|_| !exempt) {
            Some(Cap::Settled) => severity.min(Severity::Note),
            Some(Cap::Retiring) => severity.min(Severity::Warning),
            None => severity,
        }
    }
}

/// The steps after reading. Findings about the comments themselves come last, because only then is known what
/// each comment silenced; they can be silenced like any other.
fn decide(found: Vec<Diagnostic>, mut directives: Vec<Directive>, scene: &Scene) -> Outcome {
    let mut outcome = Outcome::default();
    let mut silences = Silences::new(&directives);
    sort_out(found, &mut silences, scene, &mut outcome);
    sort_out(comments::mistakes(&directives), &mut silences, scene, &mut outcome);
    // Those that name `unused-suppression` itself can only be judged after the others were.
    for last in [false, true] {
        silences.mark(&mut directives);
        let unused = comments::unused(&directives, last, scene);
        sort_out(unused, &mut silences, scene, &mut outcome);
    }
    for list in [&mut outcome.diagnostics, &mut outcome.suppressed] {
        list.sort();
        list.dedup();
    }
    // the same ordinals for both, so that no two findings are one to a service that is told of both
    let all = outcome.diagnostics.iter_mut().chain(&mut outcome.suppressed);
    fingerprint::set(all, scene.document, |file| scene.source(file));
    outcome
}

fn sort_out(found: Vec<Diagnostic>, silences: &mut Silences, scene: &Scene, outcome: &mut Outcome) {
    for one in found.into_iter().filter_map(|one| scene.grade(one)) {
        let silenced = scene.source(one.primary.file).is_some_and(|source| silences.silence(&one, source));
        if silenced {
            outcome.suppressed.push(one);
        } else {
            outcome.diagnostics.push(one);
        }
    }
}

#[cfg(test)]
mod tests;
