//! What the fuzzers try, as functions of arbitrary bytes that panic when something is wrong. `tests/fuzzing.rs` of the
//! program runs the same functions for a short time under stable Rust.

mod generate;

use gtr_lint::diagnostic::Diagnostic;
use gtr_lint::input::{Input, Role};
use gtr_lint::report::{self, FileReport, Format, Options, ReportFormat};
use gtr_lint::review::{Review, Templates};
use gtr_lint::settings::{Origin, Set, Settings};
use gtr_lint::source::Source;
use gtr_lint::template::ItemKind;
use gtr_lint::{Checked, check, config, fix, template};

pub use generate::generated;

/// Recognition as it is, then each bundled template without being asked.
fn every_settings(templates: &Templates) -> Vec<Settings> {
    let forced = templates.ids().into_iter().map(|id| Settings {
        template: Some(Set { value: id, origin: Origin::Flag }),
        ..Settings::default()
    });
    std::iter::once(Settings::default()).chain(forced).collect()
}

/// The whole pipeline on a document of any bytes with every template and in every format; what is JSON parses.
pub fn pipeline(bytes: &[u8]) {
    let Ok(source) = Source::from_bytes("review.md", bytes.to_vec()) else { return };
    let templates = Templates::default();
    for settings in every_settings(&templates) {
        let checked = check(&Input::alone(source.clone()), &settings, &templates);
        spans_are_sound(&source, &checked.diagnostics);
        formats(&[&source], &checked);
    }
}

/// A span begins and ends between characters, and within the file.
fn spans_are_sound(source: &Source, diagnostics: &[Diagnostic]) {
    for diagnostic in diagnostics {
        let span = diagnostic.primary.span;
        assert!(
            source.text().get(span.range()).is_some(),
            "{} points to {span:?}, which is no text",
            diagnostic.rule
        );
    }
}

/// Every format of a result; what is JSON is read back.
fn formats(sources: &[&Source], checked: &Checked) {
    let files = [FileReport {
        sources: sources.to_vec(),
        kep: checked.kep,
        review: checked.review.as_ref(),
        diagnostics: &checked.diagnostics,
        suppressed: &checked.suppressed,
        baselined: &[],
        before: None,
    }];
    let options = Options::default();
    for &format in Format::ALL {
        let mut out = Vec::new();
        report::write_lint(format, &files, &options, &mut out).expect("memory takes everything");
        let text = String::from_utf8(out).expect("every format is UTF-8");
        match format.name() {
            "json" | "sarif" | "gitlab" | "rdjson" => drop(json(&text)),
            "jsonl" => text.lines().for_each(|line| drop(json(line))),
            "junit" | "checkstyle" => {
                assert!(text.chars().all(is_xml), "{format:?} has a character XML forbids")
            }
            _ => {}
        }
    }
    for &format in ReportFormat::ALL {
        let mut out = Vec::new();
        report::write_report(format, &files, &options, &mut out).expect("memory takes everything");
        let text = String::from_utf8(out).expect("every format is UTF-8");
        if format.name() == "json" {
            json(&text);
        }
    }
}

fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).expect("a machine format parses")
}

/// Whether XML 1.0 allows a character.
fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// Fixes end, lose no answer, and leave nothing to a second run.
pub fn fixes(bytes: &[u8]) {
    let Ok(source) = Source::from_bytes("review.md", bytes.to_vec()) else { return };
    let templates = Templates::default();
    for settings in every_settings(&templates) {
        let input = Input::alone(source.clone());
        let before = check(&input, &settings, &templates);
        let fixed = fix(&input, &settings, &templates, &before, true);
        assert!(fixed.converged, "fixes go on and on: {:?}", fixed.applied);
        let again = gtr_lint::with_sources(&input, &fixed.sources);
        let after = check(&again, &settings, &templates);
        if let (Some(before), Some(after)) = (&before.review, &after.review) {
            assert_eq!(answers(before), answers(after), "an answer changed");
        }
        assert_eq!(before.review.is_some(), after.review.is_some(), "recognition changed");
    }
}

/// Item and answer of all that is answered. What follows the headings is left out, the table of contents and the
/// targets of links to headings, and so is white space.
fn answers(review: &Review) -> Vec<(String, String)> {
    let text = review.source().text();
    let contents = text.find("<!-- toc -->").zip(text.find("<!-- /toc -->"));
    let written =
        |start: u32| contents.is_none_or(|(open, close)| !(open..close).contains(&(start as usize)));
    let answered = review
        .bound_items()
        .filter(|(_, item, bound)| item.kind != ItemKind::Field && !bound.answer.is_empty());
    let text = |spans: &[gtr_lint::source::Span]| {
        let spans = spans.iter().filter(|span| written(span.start));
        let words = spans.flat_map(|span| review.text(*span).split_whitespace());
        let text = words.collect::<Vec<_>>().join(" ");
        let mut parts = text.split("](#");
        let first = parts.next().unwrap_or_default().to_string();
        parts.fold(first, |out, part| out + "](#" + part.find(')').map_or(part, |end| &part[end..]))
    };
    let mut all: Vec<_> = answered.map(|(_, item, bound)| (item.id.clone(), text(&bound.answer))).collect();
    all.sort();
    all
}

const README: &str = "# KEP-1: A\n\n## Summary\n\nText.\n\n## Motivation\n\nText.\n\n### Goals\n\nText.\n";

/// A kep.yaml and an approval of any bytes, alone and beside a document.
pub fn metadata(bytes: &[u8]) {
    let templates = Templates::default();
    let settings = Settings::default();
    let of = |name: &str| Source::from_bytes(name, bytes.to_vec());
    for (name, role) in [
        ("keps/sig-a/1-a/kep.yaml", Role::KepMetadata),
        ("keps/prod-readiness/sig-a/1.yaml", Role::PrrApproval),
    ] {
        let Ok(source) = of(name) else { return };
        let checked = check(&Input::alone(source.clone()), &settings, &templates);
        spans_are_sound(&source, &checked.diagnostics);
        formats(&[&source], &checked);
        let mut beside = Input::alone(Source::new("keps/sig-a/1-a/README.md", README));
        beside.companions.push((role, source.clone()));
        let checked = check(&beside, &settings, &templates);
        formats(&[&beside.file, &source], &checked);
    }
}

/// gtr.yaml and a template of any bytes: an error or a value, never a panic.
pub fn configuration(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let _ = config::Config::parse(text, "gtr.yaml");
    let _ = template::from_yaml(text);
}
