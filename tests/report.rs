//! `gtr report` as people call it: the page for a browser, several documents, and what became of answers.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

#[path = "common/scratch.rs"]
mod scratch;

use std::path::Path;
use std::process::Command;

use scratch::{Ran, Scratch, gtr, without_settings};

const HOSTILE: &str = "tests/html/hostile.md";

fn git(scratch: &Scratch, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.current_dir(&scratch.0).args(["-c", "user.name=a", "-c", "user.email=a@example.org"]);
    without_settings(&mut command);
    assert!(command.args(arguments).output().unwrap().status.success(), "git {arguments:?}");
}

fn report(directory: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let Ran { code, out, err } = gtr(directory, &[&["report"], arguments].concat()).output().unwrap().into();
    (code, out, err)
}

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A page as XML: what has no end tag in HTML gets one.
fn as_xml(html: &str) -> String {
    let mut xml = html.replacen("<!DOCTYPE html>", "", 1).replace(" checked>", ">");
    for name in ["meta", "input", "br", "hr"] {
        let tag = regex::Regex::new(&format!("<{name}([^>]*)>")).unwrap();
        xml = tag.replace_all(&xml, format!("<{name}$1/>")).into_owned();
    }
    xml
}

#[test]
fn nothing_of_a_hostile_document_becomes_more_than_text() {
    for base in [&[][..], &["--link-base", "https://host.example/repository"]] {
        let mut arguments = vec!["--format", "html", "--no-config", HOSTILE];
        arguments.extend(base);
        let (code, html, err) = report(here(), &arguments);
        assert_eq!((code, err.as_str()), (Some(0), ""));
        let xml = as_xml(&html);
        let page = roxmltree::Document::parse(&xml).unwrap();
        let allowed = [
            "html",
            "head",
            "meta",
            "title",
            "style",
            "body",
            "main",
            "footer",
            "h1",
            "h2",
            "h3",
            "h4",
            "p",
            "a",
            "span",
            "div",
            "section",
            "article",
            "details",
            "summary",
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "ul",
            "ol",
            "li",
            "dl",
            "dt",
            "dd",
            "fieldset",
            "legend",
            "label",
            "input",
            "svg",
            "rect",
            "code",
            "pre",
            "em",
            "strong",
            "s",
            "sup",
            "blockquote",
            "br",
            "hr",
        ];
        let attributes = [
            "aria-hidden",
            "aria-label",
            "charset",
            "class",
            "colspan",
            "content",
            "data-label",
            "dir",
            "height",
            "href",
            "http-equiv",
            "id",
            "lang",
            "name",
            "preserveAspectRatio",
            "rel",
            "role",
            "scope",
            "start",
            "tabindex",
            "type",
            "viewBox",
            "width",
            "x",
            "y",
        ];
        for node in page.descendants().filter(roxmltree::Node::is_element) {
            let name = node.tag_name().name();
            assert!(allowed.contains(&name), "{name}");
            for attribute in node.attributes() {
                assert!(attributes.contains(&attribute.name()), "{}", attribute.name());
            }
            if let Some(target) = node.attribute("href") {
                assert!(
                    ["#", "https://", "mailto:"].iter().any(|start| target.starts_with(start)),
                    "{target}"
                );
                assert_eq!(name, "a");
            }
        }
        let count = |name: &str| page.descendants().filter(|node| node.has_tag_name(name)).count();
        let head = page.descendants().find(|node| node.has_tag_name("head")).unwrap();
        let titles = head.children().filter(|node| node.has_tag_name("title")).count();
        assert_eq!((count("style"), titles), (1, 1));
        let policies: Vec<_> = page.descendants().filter_map(|node| node.attribute("http-equiv")).collect();
        assert_eq!(policies, ["Content-Security-Policy"]);
        // it is not that nothing is shown
        let text: String = page.descendants().filter_map(|node| node.text()).collect();
        for part in ["<style>", "javascript:window.ran=1", "/picture.png", "]]>", "onerror"] {
            assert!(text.contains(part), "{part}");
        }
    }
}

const OLD: &str = "# General Technical Review - Widget / Incubation

## Day 0 - Planning Phase
### Scope
* Describe the target persona or user(s) for the project?
  Developers.
* Please describe any completed end user research and link to any reports.
  None yet, we are asking five of them.
";

#[test]
fn answers_are_compared_with_a_file_and_with_a_revision() {
    let scratch = Scratch::new();
    git(&scratch, &["init", "--quiet"]);
    scratch.write("docs/review.md", OLD);
    git(&scratch, &["add", "."]);
    git(&scratch, &["commit", "--quiet", "-m", "first"]);
    scratch.write(
        "docs/review.md",
        OLD.replace("  None yet, we are asking five of them.\n", "")
            .replace("Developers.", "Developers, operators."),
    );
    scratch.write("old.md", OLD);
    let docs = scratch.0.join("docs");
    for name in ["../old.md", "HEAD:docs/review.md", "HEAD:./review.md", "HEAD:"] {
        let (code, out, err) = report(&docs, &["--compare", name, "review.md"]);
        assert_eq!(code, Some(0), "{err}");
        assert!(out.contains("0 answers added, 1 changed, 1 removed"), "{out}");
        assert!(out.contains("was “Developers.”"), "{out}");
    }
    let (_, json, _) = report(&docs, &["--format", "json", "--compare", "HEAD:", "review.md"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let compared = &json["documents"][0]["compared"];
    assert_eq!(compared["changed"], serde_json::json!(["day0.scope.target-persona"]));
    assert_eq!(compared["removed"], serde_json::json!(["day0.scope.end-user-research"]));
    let (_, markdown, _) = report(&docs, &["--format", "markdown", "--compare", "HEAD:", "review.md"]);
    assert!(markdown.contains("0 answers added, 1 changed, 1 removed"), "{markdown}");
    let (_, html, _) = report(&docs, &["--format", "html", "--compare", "HEAD:", "review.md"]);
    assert!(
        html.contains("The answer before</summary><div class=\"answer\" dir=\"auto\"><p>Developers.</p>"),
        "{html}"
    );
    roxmltree::Document::parse(&as_xml(&html)).unwrap();
}

#[test]
fn what_cannot_be_compared_is_an_error_with_a_hint() {
    let scratch = Scratch::new();
    git(&scratch, &["init", "--quiet"]);
    scratch.write("a.md", OLD);
    git(&scratch, &["add", "."]);
    git(&scratch, &["commit", "--quiet", "-m", "first"]);
    scratch.write("b.md", OLD);
    for (arguments, said) in [
        (&["--compare", "nowhere.md", "a.md"][..], "REVISION:PATH"),
        (&["--compare", "nowhere:a.md", "a.md"], "name a branch"),
        (&["--compare=--output=x:a.md", "a.md"], "is no commit"),
        (&["--compare", "HEAD:c.md", "a.md"], "has no file c.md"),
        (&["--compare", "HEAD:", "b.md"], "has no file b.md"),
        (&["--compare", "a.md", "."], "there are 2 documents"),
        (&["--compare", "HEAD:../a.md", "a.md"], "outside"),
    ] {
        let (code, out, err) = report(&scratch.0, arguments);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(err.contains(said) && err.contains("help: "), "{arguments:?}: {err}");
    }
}

#[test]
fn one_blank_line_stands_between_the_parts_of_a_report() {
    for case in ["gtr/clean", "gtr/answers-evasive", "kep/17-other-project", "kep/sections-provisional"] {
        let (code, out, _) = report(here(), &["--no-config", &format!("fixtures/{case}")]);
        assert_eq!(code, Some(0), "{case}");
        assert!(!out.contains("\n\n\n") && !out.ends_with("\n\n"), "{case}: {out}");
    }
}

#[test]
fn several_documents_have_a_row_each_in_every_format() {
    let scratch = Scratch::new();
    scratch.write("projects/a/review.md", OLD);
    scratch.write("projects/b/review.md", OLD.replace("Incubation", "Graduation"));
    scratch.write("projects/b/README.md", "# Nothing\n");
    let run = |format: &str| {
        let (code, out, err) = report(&scratch.0, &["--format", format, "projects/"]);
        assert_eq!(code, Some(0), "{err}");
        out
    };
    let csv = run("csv");
    assert_eq!(csv.lines().count(), 3);
    assert!(csv.lines().nth(2).unwrap().starts_with("projects/b/review.md,gtr,"), "{csv}");
    let text = run("text");
    let last: Vec<&str> = text.lines().rev().take(5).collect();
    assert!(last[0].starts_with("2 documents: ") && last[2].contains("/b/review.md  gtr "), "{text}");
    assert!(run("markdown").starts_with("| document | template | questions | level |"));
    let json: serde_json::Value = serde_json::from_str(&run("json")).unwrap();
    assert_eq!(json["summary"]["documents"], 2);
    let html = run("html");
    assert!(
        html.contains("<table class=\"fleet\">")
            && html.contains("href=\"#d2\"")
            && html.contains("id=\"d2\"")
    );
}
