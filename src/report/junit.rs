//! `junit`: one test case a question of the template, which CI servers show as a list of tests.
//!
//! A case passes when its question is answered, or N/A with a reason; it fails when a finding of severity error is
//! on it, or on what hides it; it is skipped when the document's level does not require it, or when it is open and
//! no error says so. Every finding that is on no question is one case more.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::FileReport;
use super::places::FilePlaces;
use super::quotes::wording;
use super::screen::clip;
use super::summary::level_name;
use super::xml::escaped;
use crate::diagnostic::{Diagnostic, Severity};
use crate::review::{Cause, Review};
use crate::source::Span;
use crate::template::ItemIndex;

/// Longest question in the name of a case, in columns.
const NAME: usize = 100;

/// The cases of one document as XML, counted.
#[derive(Default)]
struct Suite {
    cases: String,
    tests: usize,
    failures: usize,
    skipped: usize,
}

/// How a case ends.
enum Outcome {
    Passed,
    Skipped(String),
    /// The rule, the message, and all that is to be said.
    Failed(String, String, String),
}

/// One suite a document, in the order given.
pub(super) fn write(files: &[FileReport], out: &mut dyn Write) -> io::Result<()> {
    let suites: Vec<(&FileReport, Suite)> =
        files.iter().filter(|file| file.is_shown()).map(|file| (file, suite(file))).collect();
    let sum = |part: fn(&Suite) -> usize| suites.iter().map(|(_, suite)| part(suite)).sum::<usize>();
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(
        out,
        "<testsuites name=\"gtr\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\">",
        sum(|suite| suite.tests),
        sum(|suite| suite.failures),
        sum(|suite| suite.skipped)
    )?;
    for (file, suite) in &suites {
        writeln!(
            out,
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\">",
            escaped(file.document().path()),
            suite.tests,
            suite.failures,
            suite.skipped
        )?;
        out.write_all(suite.cases.as_bytes())?;
        writeln!(out, "  </testsuite>")?;
    }
    writeln!(out, "</testsuites>")
}

fn suite(file: &FileReport) -> Suite {
    let mut suite = Suite::default();
    let mut places = FilePlaces::new(file);
    let mut rest: Vec<&Diagnostic> = file.diagnostics.iter().collect();
    if let Some(review) = file.review {
        for (index, item, bound) in review.bound_items() {
            if !review.asks(index) || !review.is_leaf_question(index) {
                continue;
            }
            let (own, others) = rest.into_iter().partition(|one| one.item.as_deref() == Some(&item.id));
            rest = others;
            let question = clip(&wording(item.wording(review.revision)), NAME);
            let name = format!("{}: {question}", item.id);
            let line = bound.prompt().map(|prompt| review.source().line(prompt.span.start));
            let outcome = outcome(file, review, index, &own, &mut places);
            suite.add(file.document().path(), &name, line, &outcome, &remarks(file, &own, &mut places));
        }
    }
    for diagnostic in rest {
        let path = file.source(diagnostic.primary.file).path();
        let line = places.position(&diagnostic.primary).line;
        let name = format!("{}, line {line}: {}", diagnostic.rule, clip(&diagnostic.message, NAME));
        let one = [diagnostic];
        let outcome = failed(file, &one, &mut places).unwrap_or(Outcome::Passed);
        suite.add(path, &name, Some(line), &outcome, &remarks(file, &one, &mut places));
    }
    suite
}

fn outcome(
    file: &FileReport,
    review: &Review,
    index: ItemIndex,
    own: &[&Diagnostic],
    places: &mut FilePlaces,
) -> Outcome {
    if let Some(failed) = failed(file, own, places) {
        return failed;
    }
    let bound = review.bound(index);
    if !review.requires(index) {
        return Outcome::Skipped(match level_name(review) {
            Some(level) => format!("not required at {level}"),
            None => "the level is unknown".into(),
        });
    }
    if bound.is_good() {
        return Outcome::Passed;
    }
    let hidden: Vec<&Diagnostic> = file.diagnostics.iter().filter(|one| hides(review, index, one)).collect();
    failed(file, &hidden, places)
        .unwrap_or_else(|| Outcome::Skipped(format!("{}, but no error is reported", bound.state.name())))
}

/// Whether a finding is about what makes a question and others with it unreadable.
fn hides(review: &Review, index: ItemIndex, diagnostic: &Diagnostic) -> bool {
    let at = |span: Span| diagnostic.primary.file.0 == 0 && diagnostic.primary.span.overlaps(span);
    match review.bound(index).cause {
        Cause::Own => false,
        Cause::Absent(section) => {
            let about = diagnostic.item.as_deref().and_then(|id| review.template.find(id));
            about.is_some_and(|about| about <= section && section < review.item(about).end)
        }
        Cause::Commented(block) => at(review.document.block(block).span),
        Cause::Swallowed(lost) => review
            .document
            .lost_headings()
            .get(lost as usize)
            .is_some_and(|lost| at(lost.span) || at(lost.by)),
    }
}

/// The failure that findings make together, if one of them is an error.
fn failed(file: &FileReport, found: &[&Diagnostic], places: &mut FilePlaces) -> Option<Outcome> {
    let first = found.iter().find(|diagnostic| diagnostic.severity == Severity::Error)?;
    let all: Vec<String> = found.iter().map(|diagnostic| described(file, diagnostic, places)).collect();
    Some(Outcome::Failed(first.rule.to_string(), first.message.clone(), all.join("\n")))
}

/// What is said of a question that does not fail.
fn remarks(file: &FileReport, found: &[&Diagnostic], places: &mut FilePlaces) -> String {
    let all: Vec<String> = found.iter().map(|diagnostic| described(file, diagnostic, places)).collect();
    all.join("\n")
}

/// `path:3:1: error[rule] message`, and the help on a line of its own.
fn described(file: &FileReport, diagnostic: &Diagnostic, places: &mut FilePlaces) -> String {
    let at = places.position(&diagnostic.primary);
    let path = file.source(diagnostic.primary.file).path();
    let (line, column) = (at.line, at.column);
    let (severity, rule) = (diagnostic.severity.name(), diagnostic.rule);
    let mut text = format!("{path}:{line}:{column}: {severity}[{rule}] {}", diagnostic.message);
    if let Some(help) = &diagnostic.help {
        let _ = write!(text, "\nhelp: {help}");
    }
    text
}

impl Suite {
    fn add(&mut self, path: &str, name: &str, line: Option<u32>, outcome: &Outcome, remarks: &str) {
        self.tests += 1;
        let _ = write!(
            self.cases,
            "    <testcase classname=\"{0}\" name=\"{1}\" file=\"{0}\"",
            escaped(path),
            escaped(name)
        );
        if let Some(line) = line {
            let _ = write!(self.cases, " line=\"{line}\"");
        }
        let mut inside = String::new();
        match outcome {
            Outcome::Passed => {}
            Outcome::Skipped(why) => {
                self.skipped += 1;
                let _ = write!(inside, "<skipped message=\"{}\"/>", escaped(why));
            }
            Outcome::Failed(rule, message, text) => {
                self.failures += 1;
                let (rule, message, text) = (escaped(rule), escaped(message), escaped(text));
                let _ = write!(inside, "<failure type=\"{rule}\" message=\"{message}\">{text}</failure>");
            }
        }
        if !remarks.is_empty() && !matches!(outcome, Outcome::Failed(..)) {
            let _ = write!(inside, "<system-out>{}</system-out>", escaped(remarks));
        }
        self.cases.push_str(&if inside.is_empty() {
            "/>\n".into()
        } else {
            format!(">{inside}</testcase>\n")
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Label;
    use crate::report::testing::{finding, findings, plain_file, review_file, sample, written};
    use crate::source::{FileId, Source};

    #[test]
    fn a_case_for_every_question_and_for_every_other_finding() {
        let (mut review, mut found) = (sample(), findings());
        found.remove(0);
        found.push(Diagnostic { item: Some("day0.usability".into()), ..finding("missing-section", 9..12) });
        found.push(Diagnostic { severity: Severity::Note, ..finding("unpinned-link", 0..3) });
        let metadata = Source::new("kep.yaml", "title: x\u{b}\n");
        let primary = Label { file: FileId(1), ..Label::at(Span::new(0, 5)) };
        found.push(Diagnostic { primary, message: "a\u{b} <b>".into(), ..finding("kep-x", 0..5) });
        let integration = review.template.find("day0.usability.integration").expect("it is in the sample");
        let section = review.template.find("day0.usability").expect("it is in the sample");
        review.items[integration.0 as usize].cause = Cause::Absent(section);
        let mut file = review_file(&review, &found);
        file.sources.push(&metadata);
        let other = Source::new("README.md", "no review");
        let text = written(|out| write(&[plain_file(&other, &[]), file], out));
        insta::assert_snapshot!(text);
        let document = roxmltree::Document::parse(&text).expect("it is well-formed");
        for suite in document.descendants().filter(|node| node.has_tag_name("testsuite")) {
            let of = |name: &str| suite.descendants().filter(|node| node.has_tag_name(name)).count();
            let says = |name: &str| suite.attribute(name).and_then(|text| text.parse::<usize>().ok());
            assert_eq!(says("tests"), Some(of("testcase")));
            assert_eq!(says("failures"), Some(of("failure")));
            assert_eq!(says("skipped"), Some(of("skipped")));
        }
    }
}
