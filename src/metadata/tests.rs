//! Spans, strictness and hostile files.

use super::*;
use proptest::prelude::*;

fn parse(text: &str) -> Metadata {
    Metadata::parse(&Source::new("kep.yaml", text), FileId(0), MetadataKind::Kep)
}

fn problems(text: &str) -> Vec<(String, String)> {
    let file = parse(text);
    let name = |kind: &ProblemKind| match kind {
        ProblemKind::Syntax(what) => format!("syntax: {what}"),
        ProblemKind::UnknownField { field, .. } => format!("unknown {field}"),
        ProblemKind::MissingField { field } => format!("missing {field}"),
        ProblemKind::DuplicateKey { key, .. } => format!("twice {key}"),
        ProblemKind::WrongType { field, expected, found } => format!("{field}: {found}, not {expected}"),
        ProblemKind::TooDeep => "deep".into(),
        ProblemKind::LongLine => "long".into(),
        ProblemKind::Empty => "empty".into(),
        ProblemKind::Truncated { .. } => "truncated".into(),
    };
    file.problems()
        .iter()
        .map(|problem| (name(&problem.kind), file.source().slice(problem.span).to_string()))
        .collect()
}

fn names(text: &str) -> Vec<String> {
    problems(text).into_iter().map(|(name, _)| name).collect()
}

const WHOLE: &str = "title: A title\nkep-number: 1234\nauthors: [\"@a\"]\nowning-sig: sig-node\napprovers:\n- \"@b\"\nstatus: provisional\n";

#[test]
fn spans_are_bytes_of_the_file() {
    for (bom, end) in [("", "\n"), ("\u{feff}", "\n"), ("", "\r\n"), ("\u{feff}", "\r\n")] {
        let text =
            format!("{bom}# é{end}title: 'Schöne é'{end}authors:{end}  - \"@é\"{end}status: alpha # x{end}");
        let file = parse(&text);
        let at = |span: Span| &text[span.range()];
        let title = file.text("title").unwrap();
        assert_eq!((title.value, at(title.span)), ("Schöne é", "'Schöne é'"));
        let author = file.texts("authors")[0];
        assert_eq!((author.value, at(author.span)), ("@é", "\"@é\""));
        assert_eq!(at(file.text("status").unwrap().span), "alpha");
        assert_eq!(at(file.field("status").unwrap().key), "status");
        assert_eq!(file.comments().iter().map(|span| at(*span)).collect::<Vec<_>>(), ["# é", "# x"]);
    }
}

#[test]
fn a_good_file_has_no_problem() {
    assert_eq!(names(WHOLE), Vec::<String>::new());
    let more = "stage: alpha\nmilestone:\n  alpha: v1.30\n  removed: ~\nfeature-gates:\n- name: A\n  components: [b]\ndisable-supported: yes\nmetrics:\neditor: TBD\nid: 1\nprnumber: 2\nname: x\npath: y\nlast-updated: 2020-01-01\nsuperseded-by: []\n";
    assert_eq!(names(&format!("{WHOLE}{more}")), Vec::<String>::new());
}

#[test]
fn what_strict_decoding_refuses() {
    let with = |more: &str| problems(&format!("{WHOLE}{more}"));
    let one = |name: &str, text: &str| vec![(name.to_string(), text.to_string())];
    assert_eq!(with("colour: red\n"), one("unknown colour", "colour"));
    assert_eq!(with("milestone:\n  gamma: v1\n"), one("unknown milestone.gamma", "gamma"));
    assert_eq!(with("reviewers: someone\n"), one("reviewers: text, not a list of text", "someone"));
    assert_eq!(with("see-also: [[a]]\n"), one("see-also[]: a list, not text", "[a]"));
    assert_eq!(with("stage: [alpha]\n"), one("stage: a list, not text", "[alpha]"));
    assert_eq!(
        with("disable-supported: maybe\n"),
        one("disable-supported: text, not `true` or `false`", "maybe")
    );
    assert_eq!(with("feature-gates: [A]\n"), one("feature-gates[]: text, not keys and values", "A"));
    assert_eq!(with("\"title\": b\n"), one("twice title", "\"title\""));
    assert_eq!(
        names("title: a\nauthors: []\napprovers: []\nstatus: ''\n"),
        ["missing kep-number", "missing owning-sig", "missing status"]
    );
}

#[test]
fn a_duplicate_names_both_places() {
    let text = format!("{WHOLE}title: again\n");
    let file = parse(&text);
    let ProblemKind::DuplicateKey { first, .. } = &file.problems()[0].kind else { panic!() };
    assert_eq!(first.start, 0);
    assert_eq!(file.text("title").unwrap().value, "A title");
}

#[test]
fn one_slip_does_not_hide_the_rest() {
    let text = "title: a: b\nstatus: x\nauthors:\n\t- \"@a\"\nstage: beta\nowning-sig: @me\ncolour: red\n";
    let found = names(text);
    assert_eq!(found.len(), 4, "{found:?}");
    assert!(found[0].contains("needs quotes") && found[1].contains("tab"), "{found:?}");
    assert!(found[2].contains('@') && found[3] == "unknown colour", "{found:?}");
    let file = parse(text);
    assert!(!file.is_complete());
    assert_eq!(file.text("stage").unwrap().value, "beta");
}

#[test]
fn separators_cut_as_kubernetes_cuts() {
    assert_eq!(names(&format!("---\n{WHOLE}")), Vec::<String>::new());
    assert_eq!(names(&format!("# c\n---\n{WHOLE}---\n")), Vec::<String>::new());
    assert_eq!(names(&format!("---\n{WHOLE}---\nbody\n")), ["truncated"]);
    let comment = problems(&format!("title: lost\n# --- people ---\n{WHOLE}"));
    assert_eq!(comment, [("truncated".to_string(), "---".to_string())]);
    let value = names("title: a --- b\nkep-number: 1\n");
    assert!(
        value.contains(&"truncated".to_string()) && value.contains(&"missing title".to_string()),
        "{value:?}"
    );
    // an approval file is read as YAML: its first document counts
    let approval =
        |text: &str| Metadata::parse(&Source::new("1.yaml", text), FileId(0), MetadataKind::Approval);
    assert!(approval("kep-number: 1 # ---\nalpha:\n  approver: \"@a\"\n").problems().is_empty());
    let two = approval("kep-number: 1\n---\nalpha: {}\n");
    assert!(matches!(two.problems()[0].kind, ProblemKind::Truncated { .. }));
}

#[test]
fn hostile_files_have_a_place_each() {
    let mut bomb = String::from("a: &a [x,x,x,x,x,x,x,x,x]\n");
    for (name, before) in ('b'..='l').zip('a'..) {
        bomb += &format!("{name}: &{name} [{}]\n", vec![format!("*{before}"); 9].join(","));
    }
    let long = format!("title: {}\n", "x".repeat(64 * 1024));
    for (text, expected) in [
        (String::new(), "empty"),
        ("\n\n# nothing\n".to_string(), "empty"),
        (bomb, "unknown a"),
        ("[".repeat(20_000), "deep"),
        (format!("title: {}", "[".repeat(20_000)), "deep"),
        (format!("title: {}", "{a: ".repeat(20_000)), "deep"),
        (long, "long"),
        ("\ttitle: a\n".to_string(), "tab"),
        ("title: *nobody\n".to_string(), "no anchor"),
        ("- a\n- b\n".to_string(), "the file: a list"),
        ("just text".to_string(), "the file: text"),
        ("title: \"open\nstatus: x\n".to_string(), "quote"),
        ("title: [a\nstatus: x\n".to_string(), "syntax"),
        ("&a [*a]".to_string(), "the file: a list"),
        ("? [a]\n: b\n".to_string(), "a key"),
        ("\u{feff}".to_string(), "empty"),
        ("\0".to_string(), "syntax"),
    ] {
        let start = std::time::Instant::now();
        let found = problems(&text);
        let took = start.elapsed();
        assert!(found.iter().any(|(name, _)| name.contains(expected)), "{expected}: {found:.200?}");
        assert!(took.as_millis() < 500, "{expected}: {took:?}");
        let file = parse(&text);
        let length = text.len() as u32;
        assert!(file.problems().iter().all(|problem| problem.span.end <= length));
        assert!(
            text.trim_start_matches('\u{feff}').is_empty()
                || file.problems().iter().all(|problem| !problem.span.is_empty()),
            "{:?}",
            file.problems()
        );
    }
}

proptest::proptest! {
    #[test]
    fn nothing_panics(text in "[a-c:\\-\\[\\]{}\"'#&*!|>%@`\t \r\né~?,.]{0,80}") {
        let file = parse(&text);
        for problem in file.problems() {
            assert!(text.get(problem.span.range()).is_some(), "{problem:?}");
        }
        for node in &file.nodes {
            assert!(text.get(node.span.range()).is_some(), "{node:?}");
        }
    }
}

proptest! {
    #[test]
    fn comments_change_nothing_but_themselves(
        parts in prop::collection::vec(
            prop::sample::select(vec![
                "a", "b: ", "c:", ": ", "- ", "\n", "\n  ", "\n", "# x", " # y\n", "#", "'", "\"", "[", "]", "{", "}", ", ",
                "|", ">-", "&n ", "*n", "<<", "---\n", "...", "\t", "!t ", "%", "é", "? ", "\r\n",
            ]),
            0..24,
        ),
    ) {
        let text = parts.concat();
        let whole = Span::from_range(0..text.len());
        let passed = tree::parse(&text, whole, Comments::Passed);
        let kept = tree::parse(&text, whole, Comments::Kept);
        prop_assert_eq!(passed, tree::Tree { comments: Vec::new(), ..kept });
    }
}
