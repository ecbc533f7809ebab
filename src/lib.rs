//! Checks review documents of the cloud native world against the questionnaire they answer.
//!
//! The rooms of the house, in the order data flows:
//!
//! ```text
//! discover ─► parse ─► recognise ─► bind ─► check ─► suppress ─► (fix) ─► report ─► exit code
//! ```
//!
//! | room | what it has |
//! |---|---|
//! | [`source`] | a file's text; byte, line and UTF-16 positions |
//! | [`diagnostic`] | findings as plain data |
//! | [`input`] | what a check may know of the world |
//! | [`document`] | the markdown tree |
//! | [`metadata`] | kep.yaml and approval files |
//! | [`template`] | versioned questionnaires |
//! | [`settings`] | what a check is told to do |
//! | [`review`] | a document bound to a template: the heart of the program |
//! | [`rules`] | one defect a file |
//! | [`derive`] | a schema from a markdown template |
//! | [`suppress`] | severities, suppression comments, order, baseline, what a change touched |
//! | [`report`] | one output format a file |
//! | [`config`] | `gtr.yaml` to settings |
//! | [`discover`] | all reading of files, and git |
//! | [`cli`] | one command a file |
//!
//! [`check`] is the whole pure pipeline. Without the default feature `cli` the crate has no command line,
//! threads, file system or clock, so that `check` can run in a browser.

#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "cli")]
pub mod config;
pub mod derive;
pub mod diagnostic;
#[cfg(feature = "cli")]
pub mod discover;
pub mod document;
pub mod fix;
pub mod input;
pub mod metadata;
pub mod report;
pub mod review;
pub mod rules;
pub mod scaffold;
pub mod settings;
pub mod source;
pub mod suppress;
pub mod template;

use std::sync::Arc;

use diagnostic::Diagnostic;
use document::Document;
use input::Input;
use review::{Companions, KepLevel, Review, Templates};
use settings::Settings;
use source::Source;

/// What a check gives: the bound review of a recognised document and its findings.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The document bound to its template; `None` when it is not a document of any template.
    pub review: Option<Review>,
    /// The level of a KEP whose metadata was checked without a bound document.
    pub kep: Option<KepLevel>,
    /// Findings in order of file and place.
    pub diagnostics: Vec<Diagnostic>,
    /// Findings that a comment in the document silences.
    pub suppressed: Vec<Diagnostic>,
}

/// Checks one document: parse, recognise, bind, run the rules, apply severities and suppressions.
///
/// An input whose file is a kep.yaml or an approval (see [`input::Input::role`]), or a markdown file that answers
/// no template and has a kep.yaml, gives findings and a [`KepLevel`] without a review.
///
/// Reads nothing but its arguments (link targets are asked for through the input's lookup).
#[must_use]
pub fn check(input: &Input, settings: &Settings, templates: &Templates) -> Checked {
    let nothing = Checked { review: None, kep: None, diagnostics: Vec::new(), suppressed: Vec::new() };
    let companions = Companions::parse(input);
    let is_metadata = input.role().is_some();
    let candidates = if is_metadata { Vec::new() } else { templates.candidates(input, settings) };
    if candidates.is_empty() && companions.is_empty() {
        return nothing;
    }
    if !input.named && rules::is_kep_template(input.path()) {
        return nothing;
    }
    let document = (!is_metadata).then(|| Arc::new(Document::parse(&input.file)));
    let forced = settings.template.is_some();
    let recognised = document.as_ref().and_then(|document| {
        let recognised = review::recognise(document, input, &candidates, forced)?;
        Some((Arc::clone(document), recognised))
    });
    let Some((document, recognised)) = recognised else {
        return check_files(input, settings, templates, document.as_deref(), &companions);
    };
    let review = review::bind(document, recognised, companions, settings);
    if !input.named && review.is_unfilled_template(input.path()) {
        return nothing;
    }
    let found = rules::run(&rules::Context::new(&review, input, settings));
    let suppress::Outcome { diagnostics, suppressed } = suppress::apply(found, &review, settings);
    Checked { review: Some(review), kep: None, diagnostics, suppressed }
}

/// What speaks for a document being one of each template that it may be one of, the likeliest first; empty when
/// nothing in it points to any. See [`review::evidence`].
#[must_use]
pub fn evidence(input: &Input, settings: &Settings, templates: &Templates) -> Vec<review::Evidence> {
    let candidates = templates.candidates(input, settings);
    if input.role().is_some() || candidates.is_empty() {
        return Vec::new();
    }
    review::evidence(&Document::parse(&input.file), input, &candidates)
}

/// Applies the fixes of a check until there is nothing left to fix; those that are not safe only with `all`.
///
/// No answer is lost: a fix that would change one is left out, and so is one after which the file would be a
/// document of no template, or of another.
#[must_use]
pub fn fix(
    input: &Input,
    settings: &Settings,
    templates: &Templates,
    checked: &Checked,
    all: bool,
) -> fix::Fixed {
    let sources: Vec<Source> = std::iter::once(&input.file)
        .chain(input.companions.iter().map(|(_, source)| source))
        .cloned()
        .collect();
    fix::fix(sources, outcome(checked), all, |sources| {
        outcome(&check(&with_sources(input, sources), settings, templates))
    })
}

/// An input with other texts: those of the document and then of its companions.
#[must_use]
pub fn with_sources(input: &Input, sources: &[Source]) -> Input {
    let mut changed = input.clone();
    let mut sources = sources.iter().cloned();
    changed.file = sources.next().unwrap_or(changed.file);
    for ((_, companion), source) in changed.companions.iter_mut().zip(sources) {
        *companion = source;
    }
    changed
}

/// What the engine of fixes looks at: findings, and the answers that must survive. White space does not count:
/// taking a comment out of an answer joins what stands around it.
fn outcome(checked: &Checked) -> fix::Outcome {
    let mut answers: Vec<(String, String)> = Vec::new();
    if let Some(review) = &checked.review {
        answers.push((String::new(), review.template.id.clone()));
        for (_, item, bound) in review.bound_items() {
            // the value of a field is what some fixes are there to change
            if item.kind != template::ItemKind::Field && !bound.answer.is_empty() {
                let texts = bound.answer.iter().flat_map(|span| review.text(*span).split_whitespace());
                answers.push((item.id.clone(), texts.collect::<Vec<_>>().join(" ")));
            }
        }
    }
    answers.sort();
    fix::Outcome { diagnostics: checked.diagnostics.clone(), answers }
}

/// Checks the metadata of a KEP whose document is absent or answers no template.
fn check_files(
    input: &Input,
    settings: &Settings,
    templates: &Templates,
    document: Option<&Document>,
    companions: &Companions,
) -> Checked {
    let files = rules::KepFiles {
        kep: companions.metadata.as_deref(),
        approval: companions.approval.as_deref(),
        document,
        review: None,
        input,
        settings,
    };
    if companions.is_empty() {
        return Checked { review: None, kep: None, diagnostics: Vec::new(), suppressed: Vec::new() };
    }
    let level = files.kep.map(review::kep_level).unwrap_or_default();
    let catalogue = templates.get("kep");
    let template = catalogue.as_ref().map(|catalogue| &*catalogue.template);
    let suppress::Outcome { diagnostics, suppressed } =
        suppress::apply_files(rules::run_files(&files), &files, template, level.cap);
    Checked { review: None, kep: Some(level), diagnostics, suppressed }
}
