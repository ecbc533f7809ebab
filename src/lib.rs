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
//! | [`source`] | a file's text; byte and line positions |
//! | [`diagnostic`] | findings as plain data |
//! | [`input`] | what a check may know of the world |
//! | [`document`] | the markdown tree |
//! | [`metadata`] | kep.yaml and approval files |
//! | [`template`] | versioned questionnaires |
//! | [`settings`] | what a check is told to do |
//! | [`review`] | a document bound to a template: the heart of the program |
//! | [`rules`] | one defect a file |
//! | [`mod@derive`] | a schema from a markdown template |
//! | [`suppress`] | severities, suppression comments, order, baseline, what a change touched |
//! | [`report`] | one output format a file |
//! | [`config`] | `gtr.yaml` to settings |
//! | [`discover`] | all reading of files, and git |
//! | [`cli`] | one command a file |
//! | [`server`] | the language server: one feature a file |
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
#[cfg(feature = "cli")]
pub mod server;
pub mod settings;
pub mod source;
pub mod suppress;
pub mod template;

use std::collections::HashSet;
use std::sync::Arc;

use diagnostic::{Diagnostic, Edit, RuleId};
use document::Document;
use input::Input;
use review::{Companions, KepLevel, Review, Templates};
use settings::Settings;
use source::{FileId, Source};

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
    let likely = if is_metadata { Vec::new() } else { templates.likely(input, settings) };
    let candidates = || if is_metadata { Vec::new() } else { templates.candidates(input, settings, &likely) };
    if likely.is_empty() && companions.is_empty() && candidates().is_empty() {
        return nothing;
    }
    if !input.named && rules::is_kep_template(input.path()) {
        return nothing;
    }
    let mut document = (!is_metadata).then(|| Arc::new(parse(input, &likely)));
    let forced = settings.template.is_some();
    let recognised = document.as_mut().and_then(|document| {
        let mut recognised = review::recognise_titled(document, input, &likely);
        if recognised.is_none() {
            if document.has_known() {
                *document = Arc::new(Document::parse(&input.file));
            }
            recognised = review::recognise(document, input, &candidates(), forced);
        }
        Some((Arc::clone(document), recognised?))
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

/// The document of an input. Where one template alone is likely, comments that hold nothing but its guidance are not
/// parsed; should the document turn out to be of another, it must be parsed anew.
fn parse(input: &Input, likely: &[Arc<review::Catalogue>]) -> Document {
    match likely {
        [catalogue] => Document::parse_unless(&input.file, &|comment| catalogue.is_guidance(comment)),
        _ => Document::parse(&input.file),
    }
}

/// What speaks for a document being one of each template that it may be one of, the likeliest first; empty when
/// nothing in it points to any. See [`review::evidence`].
#[must_use]
pub fn evidence(input: &Input, settings: &Settings, templates: &Templates) -> Vec<review::Evidence> {
    if input.role().is_some() {
        return Vec::new();
    }
    let likely = templates.likely(input, settings);
    let candidates = templates.candidates(input, settings, &likely);
    if candidates.is_empty() {
        return Vec::new();
    }
    review::evidence(&Document::parse(&input.file), input, &likely, &candidates)
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

/// Moves a document to the newest revision of its template: adds what is new, writes what has other words by now,
/// marks what is no longer asked and sets the version. `None` for what is no document.
///
/// No answer is lost, as with [`fix`](crate::fix()). A table of contents that was right follows the headings.
#[must_use]
pub fn sync(
    input: &Input,
    settings: &Settings,
    templates: &Templates,
    checked: &Checked,
) -> Option<fix::Fixed> {
    let from = checked.review.as_ref()?.revision;
    let stale = |one: &&Diagnostic| one.rule.0 == "stale-toc";
    let follows = !checked.diagnostics.iter().any(|one| stale(&one));
    // an item that shares the answer of another from now on has lost nothing
    let answered: HashSet<String> = outcome(checked).answers.into_iter().map(|(id, _)| id).collect();
    let wanted = |checked: &Checked| {
        let mut findings = rules::Findings::new(RuleId("outdated-template"));
        let steps = checked.review.iter().flat_map(|review| {
            let steps = scaffold::sync::steps(review, from);
            found(input, settings, templates, review.source(), steps)
                .into_iter()
                .map(move |step| (review, step))
        });
        for (review, step) in steps {
            let edit = |change: scaffold::sync::Replacement| Edit {
                file: FileId(0),
                span: change.span,
                text: change.text,
            };
            let edits = step.changes.into_iter().map(edit).collect();
            let place = review.anchor(step.item);
            findings.report(place, step.title.clone()).item(review, step.item).fix(step.title, true, edits);
        }
        let steps = findings.into_diagnostics();
        let contents = checked.diagnostics.iter().filter(|one| follows && steps.is_empty() && stale(one));
        let contents: Vec<Diagnostic> = contents.cloned().collect();
        let mut outcome = outcome(checked);
        outcome.diagnostics = steps.into_iter().chain(contents).collect();
        outcome.answers.retain(|(id, _)| answered.contains(id));
        outcome
    };
    let sources: Vec<Source> = std::iter::once(&input.file)
        .chain(input.companions.iter().map(|(_, source)| source))
        .cloned()
        .collect();
    Some(fix::fix(sources, wanted(checked), true, |sources| {
        wanted(&check(&with_sources(input, sources), settings, templates))
    }))
}

/// The steps that add nothing, and those after which what they add is found.
fn found(
    input: &Input,
    settings: &Settings,
    templates: &Templates,
    source: &Source,
    steps: Vec<scaffold::sync::Step>,
) -> Vec<scaffold::sync::Step> {
    let after = |steps: &[&scaffold::sync::Step]| {
        let mut changes: Vec<_> = steps.iter().flat_map(|step| &step.changes).collect();
        changes.sort_by_key(|change| change.span);
        let mut text = source.text().to_string();
        for change in changes.into_iter().rev() {
            text.replace_range(change.span.range(), &change.text);
        }
        let mut input = input.clone();
        input.file = Source::new(source.path(), text);
        check(&input, settings, templates).review
    };
    let is_found = |review: &Review, step: &scaffold::sync::Step| {
        let bound = review.bound(step.item);
        // what it would take for an answer was written to something else
        let takes = bound.answered_by.is_none() && !bound.answer.is_empty();
        let boxed = review.item(step.item).kind == template::ItemKind::Checkbox;
        !bound.prompts.is_empty() && (boxed || !takes)
    };
    let added: Vec<&scaffold::sync::Step> = steps.iter().filter(|step| step.adds).collect();
    let together = if added.is_empty() { None } else { after(&added) };
    let good = |step: &scaffold::sync::Step| {
        !step.adds
            || together.as_ref().is_some_and(|review| is_found(review, step))
            || after(&[step]).is_some_and(|review| is_found(&review, step))
    };
    let good: Vec<bool> = steps.iter().map(good).collect();
    steps.into_iter().zip(good).filter_map(|(step, good)| good.then_some(step)).collect()
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
/// taking a comment out of an answer joins what stands around it. Nor does the table of contents, which follows the
/// headings.
fn outcome(checked: &Checked) -> fix::Outcome {
    let mut answers: Vec<(String, String)> = Vec::new();
    if let Some(review) = &checked.review {
        answers.push((String::new(), review.template.id.clone()));
        let text = review.source().text();
        let contents = document::contents_in(text).unwrap_or_default();
        for (_, item, bound) in review.bound_items() {
            // the value of a field is what some fixes are there to change
            if item.kind != template::ItemKind::Field && !bound.answer.is_empty() {
                let written =
                    bound.answer.iter().filter(|span| !contents.range().contains(&(span.start as usize)));
                let texts = written.flat_map(|span| review.text(*span).split_whitespace());
                let text = texts.collect::<Vec<_>>().join(" ");
                answers.push((item.id.clone(), without_anchors(&text)));
            }
        }
    }
    answers.sort();
    fix::Outcome { diagnostics: checked.diagnostics.clone(), answers }
}

/// A text without the targets of links to its own document's headings, which follow these.
fn without_anchors(text: &str) -> String {
    let mut parts = text.split("](#");
    let mut out = parts.next().unwrap_or_default().to_string();
    for part in parts {
        out += "](#";
        out += part.find(')').map_or(part, |end| &part[end..]);
    }
    out
}

/// Checks the metadata of a KEP whose document is absent or answers no template.
fn check_files(
    input: &Input,
    settings: &Settings,
    templates: &Templates,
    document: Option<&Document>,
    companions: &Companions,
) -> Checked {
    let files = rules::KepFiles::new(companions, document, input, settings);
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
