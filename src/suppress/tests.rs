//! Tests of the room: severities, reach of comments, findings about comments.

use std::sync::Arc;

use super::directive::{Directive, Reach, Syntax};
use super::{Outcome, Scene};
use crate::diagnostic::{Diagnostic, RuleId, Severity};
use crate::document::Document;
use crate::metadata::{Metadata, MetadataKind};
use crate::review::{Level, LevelSource, Review};
use crate::rules::Findings;
use crate::settings::{Origin, Set, Settings};
use crate::source::{FileId, Source, Span};
use crate::template::testing::bare;
use crate::template::{Item, ItemIndex, ItemKind, RevisionIndex, SeverityOverride, Template, Wording};

const RULE: RuleId = RuleId("unanswered-question");

fn template() -> Template {
    let item = Item {
        id: "day0.first".into(),
        kind: ItemKind::Question,
        wordings: vec![Wording { from: RevisionIndex(0), text: "First?".into() }],
        since: RevisionIndex(0),
        until: None,
        moved: RevisionIndex(0),
        required: Vec::new(),
        aliases: Default::default(),
        keywords: Default::default(),
        hint: None,
        scaffold: Vec::new(),
        whole: false,
        parent: None,
        end: ItemIndex(1),
    };
    Template { items: vec![item], ..bare("gtr", &["sandbox"], &["2025-01-01"]) }
}

fn review(text: &str, template: Template) -> Review {
    Review {
        document: Arc::new(Document::parse(&Source::new("a.md", text))),
        template: Arc::new(template),
        revision: RevisionIndex(0),
        level: Level { index: None, source: LevelSource::Default },
        items: Vec::new(),
        title: None,
        date: None,
        leftovers: Vec::new(),
        preamble: None,
        companions: Default::default(),
        cap: None,
        owes_no_review: false,
    }
}

/// Spans of all `<!-- … -->` in a text: what the parser would give.
fn comments(text: &str) -> Vec<Span> {
    let opens = text.match_indices("<!--").map(|(at, _)| at);
    opens.map(|at| Span::from_range(at..at + text[at..].find("-->").unwrap() + 3)).collect()
}

/// A finding at the first place of `needle`.
fn finding(text: &str, needle: &str, item: Option<&str>) -> Diagnostic {
    let at = text.find(needle).unwrap();
    let mut findings = Findings::new(RULE);
    findings.report(Span::from_range(at..at + needle.len()), "not answered");
    let mut one = findings.into_diagnostics().remove(0);
    one.item = item.map(str::to_string);
    one
}

fn parse(source: &Source, comments: &[Span]) -> Vec<Directive> {
    super::directive::parse(source, FileId(0), Syntax::Markdown, comments)
}

fn decide(
    found: Vec<Diagnostic>,
    directives: Vec<Directive>,
    review: &Review,
    settings: &Settings,
) -> Outcome {
    let mut scene = Scene::new(Some(&review.template), None, settings);
    scene.document(&review.document);
    super::decide(found, directives, &scene)
}

fn run(text: &str, found: Vec<Diagnostic>, settings: &Settings) -> Outcome {
    let directives = parse(&Source::new("a.md", text), &comments(text));
    decide(found, directives, &review(text, template()), settings)
}

fn names(list: &[Diagnostic]) -> Vec<&str> {
    list.iter().map(|one| one.rule.0).collect()
}

#[test]
fn a_comment_covers_the_next_line_with_content() {
    let text =
        "<!-- gtr-ignore unanswered-question: known -->\n\n<!-- gtr-ignore-file a: b -->\nWhat?\nWhy?\n";
    let directives = parse(&Source::new("a.md", text), &comments(text));
    assert_eq!(directives[0].reach, Reach::Lines(4, 4));
    assert_eq!(directives[1].reach, Reach::File);
}

#[test]
fn behind_text_a_comment_covers_its_own_line() {
    let text = "## What? <!-- gtr-ignore unanswered-question: known -->\nWhy?\n";
    let outcome =
        run(text, vec![finding(text, "What?", None), finding(text, "Why?", None)], &Settings::default());
    assert_eq!(names(&outcome.suppressed), ["unanswered-question"]);
    assert_eq!(names(&outcome.diagnostics), ["unanswered-question"]);
    assert_eq!(outcome.diagnostics[0].severity, Severity::Error);
}

#[test]
fn several_comments_share_a_line() {
    let text = "<!-- gtr-ignore unknown-rule: a --> <!-- gtr-ignore unanswered-question: b -->\nWhat?\n";
    let outcome = run(text, vec![finding(text, "What?", None)], &Settings::default());
    assert_eq!(names(&outcome.suppressed), ["unanswered-question"]);
    assert_eq!(names(&outcome.diagnostics), ["unused-suppression"]);
    let edit = &outcome.diagnostics[0].fix.as_ref().unwrap().edits[0];
    assert_eq!(&text[edit.span.range()], "<!-- gtr-ignore unknown-rule: a -->");
}

#[test]
fn only_the_named_item_is_silenced() {
    let text = "<!-- gtr-ignore unanswered-question(day0.first): known -->\nWhat?\n";
    let found = vec![finding(text, "What?", Some("day0.first")), finding(text, "What?", Some("day0.second"))];
    let outcome = run(text, found, &Settings::default());
    assert_eq!(outcome.suppressed.len(), 1);
    assert_eq!(outcome.diagnostics[0].item.as_deref(), Some("day0.second"));
}

#[test]
fn without_a_reason_nothing_is_silenced() {
    for text in [
        "<!-- gtr-ignore unanswered-question -->\nWhat?",
        "<!-- gtr-ignore unanswered-question: - -->\nWhat?",
    ] {
        let outcome = run(text, vec![finding(text, "What?", None)], &Settings::default());
        assert_eq!(names(&outcome.diagnostics), ["unexplained-suppression", "unanswered-question"], "{text}");
    }
}

#[test]
fn mistakes_in_comments_are_findings_with_a_suggestion() {
    let text = "<!-- gtr-ignore unanswerd-question, unanswered-question: x -->\n\n<!-- gtr-ignore -->\n";
    let outcome = run(text, Vec::new(), &Settings::default());
    assert_eq!(names(&outcome.diagnostics), ["unknown-rule", "unused-suppression", "unknown-rule"]);
    assert_eq!(outcome.diagnostics[0].help.as_deref(), Some("did you mean `unanswered-question`?"));
    assert_eq!(outcome.diagnostics[0].primary.span, Span::new(16, 34));
    // two names in one comment: removing the comment would be wrong
    assert_eq!(outcome.diagnostics[1].fix, None);
}

#[test]
fn an_unused_comment_can_be_removed_with_its_line() {
    let text = "One.\n\n<!-- gtr-ignore unanswered-question: x -->\nTwo.\n";
    let outcome = run(text, Vec::new(), &Settings::default());
    let fix = outcome.diagnostics[0].fix.as_ref().unwrap();
    assert!(fix.safe);
    assert_eq!(&text[fix.edits[0].span.range()], "<!-- gtr-ignore unanswered-question: x -->\n");
    let joined = text.replace("One.\n\n", "One.\n");
    assert!(!run(&joined, Vec::new(), &Settings::default()).diagnostics[0].fix.as_ref().unwrap().safe);
}

#[test]
fn an_unused_comment_can_be_silenced_itself() {
    let text = "<!-- gtr-ignore-file unused-suppression: shared file -->\n\n<!-- gtr-ignore unanswered-question: x -->\nA";
    let outcome = run(text, Vec::new(), &Settings::default());
    assert!(outcome.diagnostics.is_empty(), "{:?}", outcome.diagnostics);
    let alone = "<!-- gtr-ignore-file unused-suppression: shared file -->\n";
    // it silences the finding about itself, and so is used
    assert!(run(alone, Vec::new(), &Settings::default()).diagnostics.is_empty());
}

#[test]
fn other_comments_are_no_directives() {
    for text in
        ["<!-- gtr-ignored x -->", "<!-- ignore gtr-ignore x -->", "<!-- gtr ignore x: y -->", "<!-- -->"]
    {
        assert!(parse(&Source::new("a.md", text), &comments(text)).is_empty(), "{text}");
    }
}

#[test]
fn line_ends_quotes_and_a_byte_order_mark_do_not_matter() {
    let text = "\u{feff}> <!-- gtr-ignore unanswered-question:\r\n> agreed -->\r\n>\r\n> What?\r\n";
    let outcome = run(text, vec![finding(text, "What?", None)], &Settings::default());
    assert_eq!(outcome.suppressed.len(), 1);
}

#[test]
fn severities_follow_template_then_settings_and_never_wins() {
    let text = "What?";
    let graded = |template: Template, settings: &Settings| {
        let outcome =
            decide(vec![finding(text, "What?", None)], Vec::new(), &review(text, template), settings);
        outcome.diagnostics.first().map(|one| one.severity)
    };
    let with = |to| {
        let mut template = template();
        template.severities.insert(RULE.0.into(), to);
        template
    };
    let mut settings = Settings::default();
    assert_eq!(graded(template(), &settings), Some(Severity::Error));
    assert_eq!(graded(with(SeverityOverride::To(Severity::Note)), &settings), Some(Severity::Note));
    assert_eq!(graded(with(SeverityOverride::Off), &settings), None);
    settings.rules.insert(RULE, Set { value: Some(Severity::Warning), origin: Origin::Config });
    assert_eq!(graded(with(SeverityOverride::Off), &settings), Some(Severity::Warning));
    assert_eq!(graded(with(SeverityOverride::Never), &settings), None);
    settings.rules.insert(RULE, Set { value: None, origin: Origin::Flag });
    assert_eq!(graded(template(), &settings), None);
}

#[test]
fn the_same_finding_twice_is_reported_once_and_in_order() {
    let text = "What?\nWhy?";
    let found = vec![finding(text, "Why?", None), finding(text, "What?", None), finding(text, "Why?", None)];
    let outcome = run(text, found, &Settings::default());
    let starts: Vec<u32> = outcome.diagnostics.iter().map(|one| one.primary.span.start).collect();
    assert_eq!(starts, [0, 6]);
}

#[test]
fn a_cap_holds_whatever_the_rule_says() {
    let text = "What?";
    let mut one = finding(text, "What?", None);
    one.cap = Some(Severity::Warning);
    assert_eq!(run(text, vec![one], &Settings::default()).diagnostics[0].severity, Severity::Warning);
}

#[test]
fn in_yaml_the_same_stands_behind_a_hash() {
    let text = "# gtr-ignore unanswered-question: known\ntitle: a # gtr-ignore-file nonsense: why\n## gtr-ignore unanswered-question\nstage: b\n";
    let file = Metadata::parse(&Source::new("kep.yaml", text), FileId(1), MetadataKind::Kep);
    let settings = Settings::default();
    let template = template();
    let mut scene = Scene::new(Some(&template), None, &settings);
    let directives = scene.metadata(&file);
    let found = |needle: &str| {
        let mut one = finding(text, needle, None);
        one.primary.file = FileId(1);
        one
    };
    let in_document = finding(text, "title", None);
    let outcome = super::decide(vec![found("title"), found("stage"), in_document], directives, &scene);
    assert_eq!(names(&outcome.suppressed), ["unanswered-question"]);
    assert_eq!(
        names(&outcome.diagnostics),
        ["unanswered-question", "unknown-rule", "unexplained-suppression", "unanswered-question"]
    );
    let help = outcome.diagnostics[2].help.as_deref().unwrap();
    assert!(help.ends_with("# gtr-ignore RULE: reason"), "{help}");
}
