//! A small review built by hand, for the tests of this room.

use std::sync::Arc;

use super::FileReport;
use crate::diagnostic::{Diagnostic, Fingerprint, Fix, Label, RuleId, Severity};
use crate::document::{BlockId, Document};
use crate::review::{BoundItem, Cause, Level, LevelSource, Match, Prompt, Review, RevisionStatus, State};
use crate::source::{Source, Span};
use crate::template::testing::bare;
use crate::template::{Item, ItemIndex, ItemKind, LevelIndex, Requirement, RevisionIndex, Template, Wording};

/// The document of [`sample`].
pub(super) const TEXT: &str = "# General Technical Review - Widget / Incubation

- **Project:** Widget

## Day 0 - Planning Phase
### Scope

* Describe the roadmap process.

  See [the roadmap](https://example.org).
* Describe the target persona or user(s) for the project?

  N/A
* Explain the primary use case for the project.
  N/A: it is a library and others decide
* Please describe any completed end user research and link to any reports.
  TBD
* Who are you?
  We.

### Usability

* How should the target personas interact with your project?
  With the command line. TODO the web page
* Describe the user experience (UX) and user interface (UI) of the project.

## Day 2 - Day-to-Day Operations Phase
* Describe the signals.
  Two metrics.
";

const REQUIRED: [Requirement; 3] = [Requirement::Required; 3];
const GRADUATION: [Requirement; 3] = [Requirement::Optional, Requirement::Optional, Requirement::Required];

struct Row(&'static str, usize, ItemKind, [Requirement; 3], &'static str, State, &'static str);

/// Id, depth, kind, required, wording, state, answer.
const ROWS: &[Row] = &{
    use ItemKind::{Field, Question, Section};
    use State::{Answered, Missing, NotApplicable, NotApplicableBare, Placeholder, Unanswered};
    [
        Row("field.project", 0, Field, REQUIRED, "**Project:**", Answered, "Widget\n"),
        Row("day0", 0, Section, REQUIRED, "Day 0 - Planning Phase", Answered, ""),
        Row("day0.scope", 1, Section, REQUIRED, "Scope", Answered, ""),
        Row(
            "day0.scope.roadmap",
            2,
            Question,
            REQUIRED,
            "Describe the roadmap process.",
            Answered,
            "See [the roadmap](https://example.org).",
        ),
        Row(
            "day0.scope.target-persona",
            2,
            Question,
            REQUIRED,
            "Describe the target persona or user(s) for the project?",
            NotApplicableBare,
            "N/A\n",
        ),
        Row(
            "day0.scope.primary-use-case",
            2,
            Question,
            REQUIRED,
            "Explain the primary use case for the project.",
            NotApplicable,
            "N/A: it is a library and others decide",
        ),
        Row(
            "day0.scope.end-user-research",
            2,
            Question,
            REQUIRED,
            "Please describe any completed end user research and link to any reports.",
            Placeholder,
            "TBD",
        ),
        Row("day0.scope.who", 2, Question, REQUIRED, "Who are you?", Answered, "We."),
        Row("day0.scope.why", 2, Question, REQUIRED, "Why?", Missing, ""),
        Row("day0.scope.vision", 2, Question, REQUIRED, "Describe the vision.", Missing, ""),
        Row("day0.usability", 1, Section, REQUIRED, "Usability", Answered, ""),
        Row(
            "day0.usability.interaction",
            2,
            Question,
            REQUIRED,
            "How should the target personas interact with your project?",
            Answered,
            "With the command line. TODO the web page",
        ),
        Row(
            "day0.usability.ux-ui",
            2,
            Question,
            REQUIRED,
            "Describe the user experience (UX) and user interface (UI) of the project.",
            Unanswered,
            "",
        ),
        Row(
            "day0.usability.integration",
            2,
            Question,
            REQUIRED,
            "Describe how this project integrates with other projects in a production environment.",
            Missing,
            "",
        ),
        Row("day2", 0, Section, GRADUATION, "Day 2 - Day-to-Day Operations Phase", Answered, ""),
        Row("day2.signals", 1, Question, GRADUATION, "Describe the signals.", Answered, "Two metrics."),
        Row("day2.limits", 1, Question, GRADUATION, "Describe the limits.", Missing, ""),
    ]
};

/// Items that the sample's revision no longer has, and one that it does not have yet.
const RETIRED: [&str; 2] = ["day0.scope.who", "day0.scope.why"];
const ADDED: &str = "day0.scope.vision";

fn place(part: &str) -> Option<Span> {
    let start = TEXT.find(part).filter(|_| !part.is_empty())?;
    Some(Span::from_range(start..start + part.trim_end().len()))
}

fn items() -> Vec<Item> {
    let end = |at: usize| ROWS[at + 1..].iter().position(|row| row.1 <= ROWS[at].1);
    let item = |(at, row): (usize, &Row)| Item {
        id: row.0.into(),
        kind: row.2,
        wordings: vec![Wording { from: RevisionIndex(0), text: row.4.into() }],
        since: RevisionIndex(if row.0 == ADDED { 2 } else { 0 }),
        until: RETIRED.contains(&row.0).then_some(RevisionIndex(0)),
        moved: RevisionIndex(0),
        required: row.3.to_vec(),
        aliases: Default::default(),
        keywords: Default::default(),
        hint: None,
        scaffold: Vec::new(),
        whole: false,
        parent: (0..at).rev().find(|above| ROWS[*above].1 < row.1).map(|above| ItemIndex(above as u16)),
        end: ItemIndex(end(at).map_or(ROWS.len(), |after| at + 1 + after) as u16),
    };
    ROWS.iter().enumerate().map(item).collect()
}

fn template() -> Template {
    let days = ["2024-09-22", "2025-09-30", "2026-01-27"];
    Template { items: items(), ..bare("gtr", &["sandbox", "incubation", "graduation"], &days) }
}

fn bound(row: &Row) -> BoundItem {
    let prompt = |span| Prompt {
        block: BlockId(0),
        span,
        matched: Match::Verbatim,
        uncertain: false,
        truncated: false,
        section: None,
    };
    BoundItem {
        prompts: place(row.4).map(prompt).into_iter().collect(),
        answer: place(row.6).into_iter().collect(),
        answered_by: None,
        state: row.5,
        means_no: false,
        cause: Cause::Own,
        required: row.3[1],
        status: match row.0 {
            id if RETIRED.contains(&id) => RevisionStatus::Retired,
            ADDED => RevisionStatus::AddedLater,
            _ => RevisionStatus::Current,
        },
        markers: place("TODO").filter(|_| row.0 == "day0.usability.interaction").into_iter().collect(),
    }
}

/// A GTR at incubation with every state but commented-out, a retired question that is still there, one
/// that is not, one that was added later, and a Day 2 that is not required.
pub(super) fn sample() -> Review {
    Review {
        document: Arc::new(Document::parse(&Source::new("widget.md", TEXT))),
        template: Arc::new(template()),
        revision: RevisionIndex(1),
        level: Level { index: Some(LevelIndex(1)), source: LevelSource::Title },
        items: ROWS.iter().map(bound).collect(),
        title: None,
        date: None,
        leftovers: Vec::new(),
        preamble: None,
        companions: Default::default(),
        cap: None,
        owes_no_review: false,
    }
}

/// A finding of severity error in the document.
pub(super) fn finding(rule: &'static str, range: std::ops::Range<usize>) -> Diagnostic {
    Diagnostic {
        rule: RuleId(rule),
        severity: Severity::Error,
        cap: None,
        message: "something is wrong".into(),
        primary: Label::at(Span::from_range(range)),
        related: Vec::new(),
        help: None,
        item: None,
        fix: None,
        fingerprint: Fingerprint::default(),
    }
}

/// Findings for [`sample`]: a group of four, a marker inside a line, a fix.
pub(super) fn findings() -> Vec<Diagnostic> {
    let asked = ["target-persona", "primary-use-case", "end-user-research", "who", "roadmap"];
    let mut all: Vec<_> = ROWS
        .iter()
        .filter(|row| asked.iter().any(|id| row.0.ends_with(id)))
        .map(|row| Diagnostic {
            message: format!("“{}” is not answered", row.4),
            help: Some("answer below the question, or write N/A with a reason".into()),
            item: Some(row.0.into()),
            ..finding("unanswered-question", place(row.4).expect("it is asked").range())
        })
        .collect();
    all.push(Diagnostic {
        severity: Severity::Warning,
        message: "a marker of open work stands beside an answer".into(),
        item: Some("day0.usability.interaction".into()),
        fix: Some(Fix { title: "remove the marker".into(), safe: true, apart: false, edits: Vec::new() }),
        ..finding("unresolved-marker", place("TODO").expect("it is there").range())
    });
    for (number, one) in (1..).zip(&mut all) {
        one.fingerprint = Fingerprint(number);
    }
    all
}

/// A file without a review.
pub(super) fn plain_file<'a>(source: &'a Source, diagnostics: &'a [Diagnostic]) -> FileReport<'a> {
    FileReport {
        sources: vec![source],
        review: None,
        kep: None,
        diagnostics,
        suppressed: &[],
        baselined: &[],
        before: None,
    }
}

/// The file of a review.
pub(super) fn review_file<'a>(review: &'a Review, diagnostics: &'a [Diagnostic]) -> FileReport<'a> {
    FileReport {
        sources: vec![review.source()],
        review: Some(review),
        kep: None,
        diagnostics,
        suppressed: &[],
        baselined: &[],
        before: None,
    }
}

/// What a writer wrote, with fingerprints (which hang on the parser's headings) made equal.
pub(super) fn written(write: impl FnOnce(&mut dyn std::io::Write) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).expect("memory takes everything");
    let text = String::from_utf8(out).expect("reports are UTF-8");
    let mask = regex::Regex::new("\"fingerprint\": \"[0-9a-f]{16}\"").expect("a valid pattern");
    mask.replace_all(&text, "\"fingerprint\": \"…\"").into_owned()
}
