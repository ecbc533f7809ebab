//! Every output format is read back by what stands for its readers: JSON by schemas, XML by a reader that is not
//! ours, workflow commands by the rules of GitHub's toolkit. The documents are the fixtures, and one that wants to
//! do harm.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test may panic and say what it skips")]

#[path = "common/scratch.rs"]
mod scratch;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use scratch::{Scratch, gtr};
use serde_json::{Value, json};

const FORMATS: [&str; 11] = [
    "pretty",
    "concise",
    "json",
    "jsonl",
    "github",
    "sarif",
    "junit",
    "gitlab",
    "rdjson",
    "checkstyle",
    "markdown",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What one run over some documents writes, by format.
struct Written(Scratch);

impl Written {
    /// One run that writes all formats.
    fn new(directory: &Path, paths: &[&str]) -> Self {
        let target = Scratch::new();
        let arguments = ["lint", "-q", "--today", "2026-11-01", "--fail-on", "never"];
        let mut command = gtr(directory, &arguments);
        command.args(["--link-base", "https://example.org/blob/main"]).args(paths);
        for format in FORMATS {
            command.arg(format!("--output={format}={}", target.0.join(format).display()));
        }
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        Self(target)
    }

    fn text(&self, format: &str) -> String {
        self.0.read(format)
    }

    fn json(&self, format: &str) -> Value {
        serde_json::from_str(&self.text(format)).unwrap()
    }

    /// All findings as `json` has them.
    fn findings(&self) -> Vec<Value> {
        let run = self.json("json");
        let files = run["files"].as_array().unwrap().iter();
        files.flat_map(|file| file["diagnostics"].as_array().unwrap().clone()).collect()
    }
}

fn fixtures() -> Written {
    Written::new(root(), &["fixtures"])
}

/// A committed schema, closed: a key that it does not name is a mistake here, though readers must bear it.
fn schema(name: &str) -> jsonschema::Validator {
    let path = root().join("docs/schemas").join(format!("{name}.json"));
    let mut schema: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    close(&mut schema);
    jsonschema::validator_for(&schema).unwrap()
}

fn close(schema: &mut Value) {
    match schema {
        Value::Object(map) => {
            map.values_mut().for_each(close);
            if map.get("properties").is_some_and(Value::is_object)
                && map.get("type") == Some(&"object".into())
            {
                map.insert("additionalProperties".into(), false.into());
            }
        }
        Value::Array(all) => all.iter_mut().for_each(close),
        _ => {}
    }
}

fn holds(validator: &jsonschema::Validator, value: &Value, what: &str) {
    let problems: Vec<String> = validator
        .iter_errors(value)
        .take(5)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(problems.is_empty(), "{what}: {problems:#?}");
}

#[test]
fn our_own_formats_are_what_their_schemas_say() {
    let written = fixtures();
    holds(&schema("lint"), &written.json("json"), "json");
    let line = schema("lint-line");
    for text in written.text("jsonl").lines() {
        holds(&line, &serde_json::from_str(text).unwrap(), "jsonl");
    }
    let output = gtr(root(), &["report", "-q", "--format", "json", "fixtures"]).output().unwrap();
    holds(&schema("report"), &serde_json::from_slice(&output.stdout).unwrap(), "report");
    for name in ["lint", "lint-line", "report"] {
        assert!(!schema(name).is_valid(&json!({"schema": 1})), "{name} asks for nothing");
    }
}

#[test]
fn every_format_has_every_finding() {
    let written = fixtures();
    let findings = written.findings();
    assert!(findings.len() > 200, "{}", findings.len());
    let length = |value: &Value| value.as_array().unwrap().len();
    assert_eq!(written.text("jsonl").lines().count(), findings.len());
    assert_eq!(written.text("concise").lines().count(), findings.len());
    assert_eq!(length(&written.json("gitlab")), findings.len());
    assert_eq!(length(&written.json("rdjson")["diagnostics"]), findings.len());
    let checkstyle = written.text("checkstyle");
    let checkstyle = roxmltree::Document::parse(&checkstyle).unwrap();
    assert_eq!(checkstyle.descendants().filter(|node| node.has_tag_name("error")).count(), findings.len());
    let sarif = written.json("sarif");
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let silenced = results.iter().filter(|one| one["suppressions"] != json!([])).count();
    assert_eq!(results.len() - silenced, findings.len());
    assert_eq!(written.json("json")["summary"]["suppressed"], silenced);
    assert!(silenced > 0, "the fixtures have a silenced finding");
}

#[test]
fn standard_output_and_files_have_the_same() {
    let written = Written::new(root(), &["fixtures/gtr/tour/review.md"]);
    for format in FORMATS {
        let arguments = ["lint", "-q", "--today", "2026-11-01", "--color", "always", "--format", format];
        let mut command = gtr(root(), &arguments);
        command.args(["--link-base", "https://example.org/blob/main", "fixtures/gtr/tour/review.md"]);
        let out = String::from_utf8(command.output().unwrap().stdout).unwrap();
        if matches!(format, "pretty" | "concise") {
            assert!(out.contains('\u{1b}'), "{format}");
        } else {
            assert_eq!(out, written.text(format), "{format}");
        }
        assert!(!written.text(format).contains('\u{1b}'), "{format}");
    }
}

/// The shape that GitLab documents for Code Quality reports.
#[test]
fn gitlab_is_a_code_quality_report() {
    let issues = fixtures().json("gitlab");
    let schema = json!({"type": "array", "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {"type": "object", "required": ["path", "lines"], "properties": {
                "path": {"type": "string", "pattern": "^[^./]"},
                "lines": {"type": "object", "required": ["begin"], "properties": {
                    "begin": {"type": "integer", "minimum": 1}, "end": {"type": "integer", "minimum": 1}}}}}}}});
    holds(&jsonschema::validator_for(&schema).unwrap(), &issues, "gitlab");
    let all: Vec<&Value> = issues.as_array().unwrap().iter().map(|issue| &issue["fingerprint"]).collect();
    assert_eq!(all.iter().map(|print| print.as_str()).collect::<BTreeSet<_>>().len(), all.len());
}

/// The shape of reviewdog's protocol, and columns that lead to the words of the findings.
#[test]
fn rdjson_is_what_reviewdog_reads() {
    let written = fixtures();
    let run = written.json("rdjson");
    let position = json!({"type": "object", "required": ["line", "column"], "additionalProperties": false,
        "properties": {"line": {"type": "integer", "minimum": 1}, "column": {"type": "integer", "minimum": 1}}});
    let range = json!({"type": "object", "required": ["start", "end"], "additionalProperties": false,
        "properties": {"start": position, "end": position}});
    let code = json!({"type": "object", "required": ["value"], "additionalProperties": false,
        "properties": {"value": {"type": "string"}, "url": {"type": "string"}}});
    let suggestion = json!({"type": "object", "required": ["range", "text"], "additionalProperties": false,
        "properties": {"range": range, "text": {"type": "string"}}});
    let location = json!({"type": "object", "required": ["path", "range"], "additionalProperties": false,
        "properties": {"path": {"type": "string"}, "range": range}});
    let schema = json!({"type": "object", "required": ["source", "diagnostics"], "additionalProperties": false,
        "properties": {
            "source": {"type": "object", "required": ["name"], "properties": {"name": {"const": "gtr"}}},
            "diagnostics": {"type": "array", "items": {
                "type": "object", "required": ["message", "location", "severity", "code"],
                "additionalProperties": false,
                "properties": {
                    "message": {"type": "string"},
                    "location": location,
                    "severity": {"enum": ["ERROR", "WARNING", "INFO"]},
                    "code": code,
                    "suggestions": {"type": "array", "items": suggestion}}}}}});
    holds(&jsonschema::validator_for(&schema).unwrap(), &run, "rdjson");
    let mut compared = 0;
    for (entry, finding) in run["diagnostics"].as_array().unwrap().iter().zip(written.findings()) {
        let path = entry["location"]["path"].as_str().unwrap();
        let text = fs::read_to_string(root().join(path)).unwrap();
        let start = &entry["location"]["range"]["start"];
        let line = start["line"].as_u64().unwrap() as usize - 1;
        // lines as everybody counts them, which lone carriage returns are not
        if !text.replace("\r\n", "\n").contains('\r') {
            let before: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
            let offset = before + start["column"].as_u64().unwrap() as usize - 1;
            assert_eq!(Some(offset as u64), finding["span"]["start"].as_u64(), "{entry}");
            compared += 1;
        }
    }
    assert!(compared > 200, "{compared}");
}

#[test]
fn sarif_has_what_code_scanning_reads() {
    let log = fixtures().json("sarif");
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    for rule in rules {
        for text in ["/shortDescription/text", "/fullDescription/text", "/help/text"] {
            let text = rule.pointer(text).and_then(Value::as_str).unwrap();
            assert!((1..=1024).contains(&text.chars().count()), "{rule}");
        }
        let properties = &rule["properties"];
        assert!(properties["tags"].as_array().is_some_and(|tags| (1..=10).contains(&tags.len())));
        assert!(["very-high", "high", "medium", "low"].contains(&properties["precision"].as_str().unwrap()));
        let severity = properties["problem.severity"].as_str().unwrap();
        assert!(["error", "warning", "recommendation"].contains(&severity));
        assert!(properties.get("security-severity").is_none());
    }
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    assert_eq!(run["automationDetails"]["id"], "gtr/");
    for result in run["results"].as_array().unwrap() {
        assert_eq!(result["locations"].as_array().map(Vec::len), Some(1));
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["region"]["startLine"], place["region"]["endLine"], "{result}");
        let uri = place["artifactLocation"]["uri"].as_str().unwrap();
        assert!(uri.starts_with("fixtures/") && !uri.contains([' ', '\\']), "{uri}");
        assert_eq!(result["partialFingerprints"]["primaryLocationLineHash"].as_str().map(str::len), Some(16));
        let rule = &rules[result["ruleIndex"].as_u64().unwrap() as usize];
        assert_eq!(rule["id"], result["ruleId"]);
    }
    // OASIS's schema is not ours to publish
    match std::env::var_os("GTR_SARIF_SCHEMA") {
        Some(path) => {
            let schema: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
            holds(&jsonschema::validator_for(&schema).unwrap(), &log, "sarif");
        }
        None => eprintln!("skipped: GTR_SARIF_SCHEMA names no SARIF schema"),
    }
}

#[test]
fn junit_has_a_case_for_every_question() {
    let written = fixtures();
    let text = written.text("junit");
    let document = roxmltree::Document::parse(&text).unwrap();
    let suites: Vec<_> = document.root_element().children().filter(roxmltree::Node::is_element).collect();
    assert!(suites.iter().all(|suite| suite.has_tag_name("testsuite")));
    let output = gtr(root(), &["report", "-q", "--format", "json", "fixtures"]).output().unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut good = 0;
    for document in report["documents"].as_array().unwrap() {
        let path = document["path"].as_str().unwrap();
        let suite = suites.iter().find(|suite| suite.attribute("name") == Some(path)).unwrap();
        let cases: Vec<_> = suite.children().filter(|node| node.has_tag_name("testcase")).collect();
        for item in document["items"].as_array().unwrap() {
            let counted = item["required"] == true && item["kind"] == "question";
            if !counted || !["answered", "not-applicable"].contains(&item["state"].as_str().unwrap()) {
                continue;
            }
            let name = format!("{}: ", item["id"].as_str().unwrap());
            // lead-ins are no cases of their own
            if let Some(case) = cases.iter().find(|case| case.attribute("name").unwrap().starts_with(&name)) {
                assert!(!case.children().any(|node| node.has_tag_name("skipped")), "{path}: {name}");
                good += usize::from(!case.children().any(|node| node.has_tag_name("failure")));
            }
        }
        for case in &cases {
            assert!(case.attribute("classname").is_some(), "{path}");
            for inside in case.children().filter(roxmltree::Node::is_element) {
                assert!(["failure", "skipped", "system-out"].contains(&inside.tag_name().name()));
            }
        }
    }
    assert!(good > 200, "{good}");
    let errors = written.findings().iter().filter(|one| one["severity"] == "error").count();
    assert!(errors > 0);
    assert_eq!(text.contains("<failure"), errors > 0);
}

/// A document whose every part wants to be something else where it is shown.
fn hostile() -> String {
    let evil = [
        "::error file=x::pwned",
        "##[add-path]/evil",
        "<script>alert(1)</script> @everyone #1 https://evil.example",
        "| a | b | </details> ![x](https://evil.example/x.png) $x$ `",
        "\u{1b}[31mred\u{7}\u{b}\u{202e} \u{fffe} &amp; ]]> \"quoted\" %0A::warning::x",
    ];
    let mut text = String::from("# General Technical Review - ::error::x / Sandbox\n\n");
    text += "## Day 0 - Planning Phase\n### Scope\n\n";
    let questions = [
        "Describe the target persona or user(s) for the project?",
        "Explain the primary use case for the project.",
        "Explain which use cases have been identified as unsupported by the project.",
        "Describe the intended types of organizations who would benefit from adopting this project.",
        "Please describe any completed end user research and link to any reports.",
    ];
    for (question, line) in questions.iter().zip(evil) {
        text += &format!("* {question}\n  TODO: {line}\n");
    }
    text += "\n## Links\n\n";
    for line in evil {
        let target: String = line.chars().filter(|c| !"<>".contains(*c) && !c.is_control()).collect();
        text += &format!("[{line}](<{target}.md>)\n\n");
    }
    text
}

#[test]
fn a_hostile_document_does_no_harm_in_any_format() {
    let directory = Scratch::repository(&[]);
    // a name that Windows would not take is tried where it can be
    let name = if cfg!(windows) { "a.md" } else { "::error ::##[x]|<b>@x.md" };
    directory.write(name, hostile());
    let written = Written::new(&directory.0, &["."]);
    let messages: Vec<String> = written.findings().iter().map(|one| one["message"].to_string()).collect();
    for harmful in ["::error", "##[", "<script", "@everyone", "https://evil", "%0A::warning"] {
        assert!(messages.iter().any(|message| message.contains(harmful)), "{harmful}: {messages:#?}");
    }
    for format in ["pretty", "concise", "github", "markdown"] {
        let text = written.text(format);
        assert!(!text.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{format}: {text}");
        if format != "markdown" {
            let commands = text.split(['\n', '\r']).filter(|line| line.trim_start().starts_with("::"));
            let ours = ["::error file=", "::warning file=", "::notice file="];
            for command in commands {
                assert!(
                    format == "github" && ours.iter().any(|start| command.starts_with(start)),
                    "{command}"
                );
            }
        }
    }
    assert!(!written.text("pretty").contains("##["));
    let page = written.text("markdown");
    for harmful in ["<script", "![", "@everyone", "@x", "https://evil", "<b>", "$x$", "#1 "] {
        assert!(!page.contains(harmful), "{harmful}: {page}");
    }
    assert_eq!(page.matches("<details>").count(), page.matches("</details>").count());
    for format in ["junit", "checkstyle"] {
        let text = written.text(format);
        roxmltree::Document::parse(&text).unwrap();
        assert!(!text.contains(['\u{1b}', '\u{b}', '\u{fffe}']), "{format}");
    }
    for format in ["json", "sarif", "gitlab", "rdjson"] {
        written.json(format);
    }
}
