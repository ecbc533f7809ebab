//! `json`: one object for the whole run, schema 1. Fields may be added, never changed.

use std::io::{self, BufWriter, Write};

use serde::{Serialize, Serializer};

use super::indented::Indented;
use super::places::{FilePlaces, Range, known};
use super::{FileReport, safe_fixes, url};
use crate::diagnostic::{Diagnostic, Severity};
use crate::review::Cap;

#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub(super) struct Run<'a> {
    schema: u32,
    #[cfg_attr(feature = "cli", schemars(with = "Vec<File<'a>>"))]
    files: Files<'a>,
    summary: Summary,
}

/// The entries of all files, each made when it is written and then forgotten.
struct Files<'a>(&'a [FileReport<'a>]);

impl Serialize for Files<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().filter(|file| file.is_shown()).flat_map(entries))
    }
}

/// One physical file: a document, or a companion of one.
#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct File<'a> {
    /// Relative to the working directory, with `/`.
    path: &'a str,
    /// The path of the review that the file belongs to, its own if it is one.
    document: &'a str,
    /// `gtr`, `kep` or the id of a template of one's own; null where no questions are bound.
    template: Option<&'a str>,
    /// The day on which the questions were written that the document answers.
    revision: Option<&'a str>,
    /// What the document aims at; null where that is unknown.
    level: Option<&'a str>,
    /// `settled` or `retiring` of a KEP whose findings weigh less for it; left out of all others.
    #[serde(skip_serializing_if = "Option::is_none")]
    cap: Option<&'a str>,
    diagnostics: Vec<Finding<'a>>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub(super) struct Finding<'a> {
    /// The rule's name, such as `missing-question`.
    rule: &'a str,
    /// `error`, `warning` or `note`.
    severity: &'a str,
    /// One sentence, lower case, without full stop.
    message: &'a str,
    /// What to do about it.
    help: Option<&'a str>,
    /// Id of the template's item that it is about, such as `day0.scope.roadmap`.
    item: Option<&'a str>,
    /// The rule's page.
    url: Option<String>,
    /// 16 hex digits that stay when lines or the file move; unlike all others of its document.
    fingerprint: String,
    /// Where it is.
    span: Range,
    /// Other places that belong to it.
    related: Vec<Related<'a>>,
    /// How to remove it.
    fix: Option<Fix<'a>>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct Related<'a> {
    path: &'a str,
    message: Option<&'a str>,
    span: Range,
}

#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct Fix<'a> {
    /// What the change does.
    title: &'a str,
    /// Whether it can be made without asking: it changes no answer and no meaning.
    safe: bool,
    /// Edits that do not overlap and belong together.
    edits: Vec<Edit<'a>>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct Edit<'a> {
    path: &'a str,
    /// First byte to replace.
    start: u32,
    /// One past the last byte to replace.
    end: u32,
    /// What stands there afterwards.
    text: &'a str,
}

/// `files` counts what was looked at, `fixable` the findings with a safe fix.
#[derive(Default, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct Summary {
    files: usize,
    recognised: usize,
    error: usize,
    warning: usize,
    note: usize,
    fixable: usize,
    suppressed: usize,
    /// Left out where there is no baseline.
    #[serde(skip_serializing_if = "is_zero")]
    baselined: usize,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_zero(count: &usize) -> bool {
    *count == 0
}

/// One entry a physical file, documents in the order given, each followed by its companions.
pub(super) fn write(files: &[FileReport], out: &mut dyn Write) -> io::Result<()> {
    let run = Run { schema: 1, files: Files(files), summary: summary(files) };
    // in memory first: one write instead of one a word
    let mut out = BufWriter::with_capacity(1 << 16, out);
    let mut serializer = serde_json::Serializer::with_formatter(&mut out, Indented::default());
    run.serialize(&mut serializer)?;
    out.write_all(b"\n")?;
    out.flush()
}

fn summary(files: &[FileReport]) -> Summary {
    let mut all = Summary { files: files.len(), ..Summary::default() };
    for file in files {
        all.recognised += usize::from(file.is_recognised());
        all.error += super::count(file.diagnostics, Severity::Error);
        all.warning += super::count(file.diagnostics, Severity::Warning);
        all.note += super::count(file.diagnostics, Severity::Note);
        all.fixable += safe_fixes(file.diagnostics);
        all.suppressed += file.suppressed.len();
        all.baselined += file.baselined.len();
    }
    all
}

fn entries<'a>(file: &FileReport<'a>) -> Vec<File<'a>> {
    let review = file.review;
    let level = review
        .and_then(|review| review.level.index.and_then(|level| review.template.levels.get(level.0 as usize)));
    let entry = |source: &&'a crate::source::Source| File {
        path: source.path(),
        document: file.document().path(),
        template: review.map(|review| review.template.id.as_str()),
        revision: review.map(|review| review.template.revision(review.revision).id.as_str()),
        level: level.map(String::as_str).or(file.kep.and_then(|kep| kep.name)),
        cap: review.map_or(file.kep.and_then(|kep| kep.cap), |review| review.cap).map(Cap::name),
        diagnostics: Vec::new(),
    };
    let mut entries: Vec<File> = file.sources.iter().map(entry).collect();
    let mut places = FilePlaces::new(file);
    for diagnostic in file.diagnostics {
        let at = known(entries.len(), diagnostic.primary.file);
        entries[at].diagnostics.push(finding(file, diagnostic, &mut places));
    }
    entries
}

/// One finding with its places as people count them.
pub(super) fn finding<'a>(
    file: &FileReport<'a>,
    diagnostic: &'a Diagnostic,
    places: &mut FilePlaces,
) -> Finding<'a> {
    let edit = |edit: &'a crate::diagnostic::Edit| Edit {
        path: file.source(edit.file).path(),
        start: edit.span.start,
        end: edit.span.end,
        text: &edit.text,
    };
    Finding {
        rule: diagnostic.rule.0,
        severity: diagnostic.severity.name(),
        message: &diagnostic.message,
        help: diagnostic.help.as_deref(),
        item: diagnostic.item.as_deref(),
        url: url(diagnostic.rule),
        fingerprint: diagnostic.fingerprint.to_string(),
        span: places.range(&diagnostic.primary),
        related: diagnostic
            .related
            .iter()
            .map(|label| Related {
                path: file.source(label.file).path(),
                message: label.message.as_deref(),
                span: places.range(label),
            })
            .collect(),
        fix: diagnostic.fix.as_ref().map(|fix| Fix {
            title: &fix.title,
            safe: fix.safe,
            edits: fix.edits.iter().map(edit).collect(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Edit as FixEdit;
    use crate::diagnostic::Label;
    use crate::report::testing::{findings, plain_file, review_file, sample, written};
    use crate::source::{FileId, Source, Span};

    #[test]
    fn the_contract() {
        let review = sample();
        let mut found = findings().split_off(4);
        found[1].primary.message = Some("not reported here".into());
        found[1].related.push(Label { file: FileId(1), ..Label::with(Span::new(0, 6), "says so") });
        found[1].fix.as_mut().expect("it has a fix").edits =
            vec![FixEdit { file: FileId(0), span: Span::new(1, 2), text: "\u{1b}".into() }];
        let metadata = Source::new("kep.yaml", "title: x\n");
        let other = Source::new("README.md", "no review");
        let mut file = review_file(&review, &found);
        file.sources.push(&metadata);
        let text = written(|out| write(&[file, plain_file(&other, &[])], out));
        insta::assert_snapshot!(text);
    }
}
