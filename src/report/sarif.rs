//! `sarif`: SARIF 2.1.0 for code scanning. It holds suppressed and baselined findings too, marked as such.
//!
//! A place is one small region in one line, because an alert shows in a pull request only where all its lines
//! were changed. What a code host would refuse is left out and the run says so, see `sarif/limits.rs`.

mod limits;
mod results;
mod rules;

use std::io::{self, Write};

use serde::Serialize;

use super::FileReport;
use limits::Cut;
use results::SarifResult;
use rules::Rule;

/// Where the schema of this version lies.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool,
    automation_details: Details,
    invocations: [Invocation; 1],
    column_kind: &'static str,
    results: Vec<SarifResult<'a>>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    full_name: &'static str,
    version: &'static str,
    semantic_version: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    information_uri: Option<&'static str>,
    rules: Vec<Rule>,
}

/// The part before the slash is the category that a code host files the run under.
#[derive(Serialize)]
struct Details {
    id: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tool_execution_notifications: Vec<Notification>,
}

#[derive(Serialize)]
struct Notification {
    level: &'static str,
    message: Text<String>,
}

/// A message of any kind.
#[derive(Serialize)]
struct Text<T> {
    text: T,
}

/// One log with one run, its results in the order of the documents.
pub(super) fn write(files: &[FileReport], baseline: bool, out: &mut dyn Write) -> io::Result<()> {
    let rules = rules::all();
    let mut results = results::all(files, baseline, &rules);
    let cut = limits::keep(&mut results, limits::RESULTS, limits::COMPRESSED)?;
    let mut text = serde_json::to_vec(&log(rules, results, &cut))?;
    text.push(b'\n');
    out.write_all(&text)
}

fn log<'a>(rules: Vec<Rule>, results: Vec<SarifResult<'a>>, cut: &Cut) -> Log<'a> {
    let repository = env!("CARGO_PKG_REPOSITORY");
    let notification = |text: String| Notification { level: "warning", message: Text { text } };
    Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "gtr",
                    full_name: concat!("gtr ", env!("CARGO_PKG_VERSION")),
                    version: env!("CARGO_PKG_VERSION"),
                    semantic_version: env!("CARGO_PKG_VERSION"),
                    information_uri: (!repository.is_empty()).then_some(repository),
                    rules,
                },
            },
            automation_details: Details { id: "gtr/" },
            invocations: [Invocation {
                execution_successful: true,
                tool_execution_notifications: cut.said().into_iter().map(notification).collect(),
            }],
            column_kind: "unicodeCodePoints",
            results,
        }],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Diagnostic, Edit, Label, Severity};
    use crate::report::testing::{TEXT, findings, plain_file, review_file, sample};
    use crate::source::{FileId, Source, Span};

    fn run(files: &[FileReport]) -> serde_json::Value {
        based(files, false)
    }

    fn based(files: &[FileReport], baseline: bool) -> serde_json::Value {
        let mut out = Vec::new();
        write(files, baseline, &mut out).expect("memory takes everything");
        let mut log: serde_json::Value = serde_json::from_slice(&out).expect("it is JSON");
        assert_eq!((&log["version"], log["runs"].as_array().map(Vec::len)), (&"2.1.0".into(), Some(1)));
        log["runs"][0].take()
    }

    #[test]
    fn a_finding_has_one_small_place_its_rule_and_its_fix() {
        let review = sample();
        let mut found = findings().split_off(4);
        // an answer of two lines is marked in its first
        found[0].primary = Label::at(Span::from_range(TEXT.find("See [").map_or(0..9, |at| at..at + 90)));
        found[0].related = vec![Label::with(Span::new(0, 9), "says so")];
        found[1].fix.as_mut().expect("it has a fix").edits =
            vec![Edit { file: FileId(0), span: Span::new(1, 2), text: "é".into() }];
        let source = Source::new("a b/ü.md", TEXT);
        let mut run = run(&[plain_file(&source, &found), review_file(&review, &[])]);
        let rules = run["tool"]["driver"]["rules"].take();
        for result in run["results"].as_array().expect("a list") {
            let at = result["ruleIndex"].as_u64().expect("an index") as usize;
            assert_eq!(rules[at]["id"], result["ruleId"]);
        }
        for result in run["results"].as_array_mut().expect("a list") {
            result["ruleIndex"] = 0.into();
        }
        insta::assert_snapshot!(serde_json::to_string_pretty(&run).expect("it is JSON"));
    }

    #[test]
    fn what_a_comment_silences_and_what_the_baseline_has_is_marked() {
        let (review, found) = (sample(), findings());
        let mut file = review_file(&review, &found[..2]);
        file.suppressed = &found[2..3];
        let plain = run(&[file.clone()]);
        let states = |run: &serde_json::Value, key: &str| -> Vec<String> {
            run["results"].as_array().expect("a list").iter().map(|one| one[key].to_string()).collect()
        };
        assert_eq!(states(&plain, "suppressions"), ["[]", "[]", "[{\"kind\":\"inSource\"}]"]);
        assert_eq!(states(&plain, "baselineState"), ["null", "null", "null"]);
        file.baselined = &found[3..5];
        let based = based(&[file], true);
        let expected = ["\"new\"", "\"new\"", "\"unchanged\"", "\"unchanged\"", "\"new\""];
        assert_eq!(states(&based, "baselineState"), expected);
        let prints = |run| -> std::collections::BTreeSet<String> {
            states(run, "partialFingerprints").into_iter().collect()
        };
        assert_eq!(prints(&based).len(), 5);
        assert!(prints(&plain).is_subset(&prints(&based)));
    }

    #[test]
    fn what_is_cut_is_said_and_the_worst_stays() {
        let source = Source::new("x.md", "x");
        let error = crate::report::testing::finding("missing-question", 0..1);
        let mut all = vec![Diagnostic { severity: Severity::Note, ..error.clone() }; 20_000];
        all.extend(vec![error; 9_000]);
        all[0].related = vec![Label::at(Span::new(0, 1)); 1_200];
        let run = run(&[plain_file(&source, &all)]);
        let results = run["results"].as_array().expect("a list");
        assert_eq!(results.len(), 25_000);
        assert_eq!(results.iter().filter(|one| one["level"] == "error").count(), 9_000);
        assert_eq!(results[0]["relatedLocations"].as_array().map(Vec::len), Some(999));
        let said = run["invocations"][0]["toolExecutionNotifications"].as_array().expect("a list");
        let said: Vec<_> = said.iter().filter_map(|one| one["message"]["text"].as_str()).collect();
        assert_eq!(said.len(), 2, "{said:?}");
        assert!(said[0].starts_with("4000 results were left out"), "{said:?}");
        assert!(said[1].starts_with("201 related places were left out"), "{said:?}");
    }

    #[test]
    fn what_compression_would_not_bring_below_the_limit_is_cut() {
        let source = Source::new("x.md", "x");
        let mut number = 1u64;
        let mut different = || {
            number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let message = format!("{number:x}{:x}", number.rotate_left(17));
            Diagnostic { message, ..crate::report::testing::finding("missing-question", 0..1) }
        };
        let all: Vec<_> = (0..400).map(|_| different()).collect();
        let rules = rules::all();
        let mut results = results::all(&[plain_file(&source, &all)], false, &rules);
        let cut = limits::keep(&mut results, 1_000, 10_000).expect("memory takes everything");
        assert!((50..350).contains(&results.len()), "{}", results.len());
        assert!(cut.said()[0].contains("10 MB"), "{:?}", cut.said());
        let mut results = results::all(&[plain_file(&source, &all)], false, &rules);
        assert_eq!(limits::keep(&mut results, 1_000, 1_000_000).expect("memory"), Cut::default());
        assert_eq!(results.len(), 400);
    }
}
