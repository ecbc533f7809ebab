//! `stale-toc`.

use super::quote::counted;
use super::toc_table::{Entry, entries};
use super::{Context, Findings};
use crate::diagnostic::{Edit, Label, Severity};
use crate::document::{CONTENTS_CLOSE as CLOSE, CONTENTS_OPEN as OPEN};
use crate::input::Repository;
use crate::review::plain;
use crate::source::{FileId, Span};

declare_rule! {
    /// ## What it finds
    /// The table of contents between `<!-- toc -->` and `<!-- /toc -->` is not the one that
    /// `hack/update-toc.sh` would write for the headings below it, or one of the two comments is missing.
    ///
    /// ## Why it matters
    /// [hack/verify-toc.sh](https://github.com/kubernetes/enhancements/blob/master/hack/verify-toc.sh) fails, and
    /// the pull request cannot be merged.
    ///
    /// ## Example
    /// ```markdown
    /// <!-- toc -->
    /// - [Goal](#goal)
    /// <!-- /toc -->
    ///
    /// ### Goals
    /// ```
    ///
    /// ## How to fix it
    /// Run `hack/update-toc.sh`; elsewhere [mdtoc](https://github.com/kubernetes-sigs/mdtoc) itself.
    ///
    /// ## How sure it is
    /// The table is compared line by line with what mdtoc v1.4.0 writes: headings to the fifth level, its
    /// anchors. Headings with formulas or raw HTML are compared by their level alone. Where mdtoc reads other
    /// headings than markdown has, the finding is a note. The files that upstream leaves out
    /// (`hack/.notableofcontents`) are left out here. In the repositories of other projects, where other tools may
    /// write the table, its indentation is free and the finding is a warning.
    StaleToc, "stale-toc", Some(Severity::Error), "the table of contents differs from the headings", check
}


/// What `hack/.notableofcontents` of kubernetes/enhancements lists.
const EXEMPT: &[&str] = &[
    "keps/README.md",
    "keps/prod-readiness/README.md",
    "keps/sig-cli/FAQ.md",
    "keps/sig-cluster-lifecycle/clusterapi/FAQ.md",
    "keps/sig-cluster-lifecycle/kubeadm/970-kubeadm-config/documentation-for-images.md",
];

const COMMAND: &str = "run `hack/update-toc.sh`";

fn check(context: &Context, findings: &mut Findings) {
    let review = context.review;
    if review.template.id != "kep" || EXEMPT.contains(&context.input.path()) {
        return;
    }
    let text = review.source().text();
    let (open, close) = (find(text, OPEN), find(text, CLOSE));
    let (open, close) = match (open, close) {
        (Some(open), Some(close)) if open < close => (open, close),
        (None, None) => {
            // elsewhere nobody runs the tool
            let place = context.input.place.as_ref();
            let in_tree = place.is_some_and(|place| {
                place.repository == Repository::Enhancements && place.path.starts_with("keps/")
            });
            if in_tree {
                let at = top(context);
                findings
                    .report(at, "there is no table of contents: `<!-- toc -->` and `<!-- /toc -->` are missing")
                    .help(format!("put both comments below the title and {COMMAND}"));
            }
            return;
        }
        (open, close) => {
            let (at, mark, message) = match (open, close) {
                (Some(open), None) => (open, OPEN, "the table of contents is never closed: `<!-- /toc -->` is missing"),
                (None, Some(close)) => (close, CLOSE, "the table of contents is never opened: `<!-- toc -->` is missing"),
                (_, close) => (close.unwrap_or(0), CLOSE, "the table of contents is closed before it is opened"),
            };
            findings
                .report(Span::from_range(at..at + mark.len()), message)
                .help(format!("put `<!-- toc -->` before and `<!-- /toc -->` behind the table and {COMMAND}"));
            return;
        }
    };
    let body = open + OPEN.len()..close;
    let expected = entries(&text[close..]);
    let elsewhere = context.input.is_of_another_project();
    let Some(difference) = difference(&text[body.clone()], &expected, elsewhere) else { return };
    let span = match difference.at {
        Some((start, end)) => Span::from_range(body.start + start..body.start + end),
        None => Span::from_range(close..close + CLOSE.len()),
    };
    let end_of_line = if text[..close].contains("\r\n") { "\r\n" } else { "\n" };
    let known = expected.iter().all(|entry| entry.sure);
    let agreed = agrees(context, &expected, close);
    let help = if elsewhere { "write it anew, with `mdtoc --inplace` for example" } else { COMMAND };
    let mut finding = findings.report(span, difference.message).help(help);
    finding = finding.related(Label::with(Span::from_range(open..open + OPEN.len()), "the table begins here"));
    if !agreed {
        finding = finding.at_most(Severity::Note);
    } else if elsewhere {
        finding = finding.at_most(Severity::Warning);
    }
    if known && agreed {
        let mut table = end_of_line.to_string();
        expected.iter().for_each(|entry| table += &format!("{}{end_of_line}", entry.line()));
        let edit = Edit { file: FileId(0), span: Span::from_range(body), text: table };
        finding.fix("Write the table of contents anew", true, vec![edit]);
    }
}

/// Where a comment stands first, in any case of its letters.
fn find(text: &str, mark: &str) -> Option<usize> {
    memchr::memchr_iter(b'<', text.as_bytes())
        .find(|at| text.as_bytes()[*at..].get(..mark.len()).is_some_and(|b| b.eq_ignore_ascii_case(mark.as_bytes())))
}

/// The first heading, else the first line.
fn top(context: &Context) -> Span {
    let document = &context.review.document;
    let first = document.sections().first().map(|section| document.block(section.heading).span);
    first.unwrap_or_else(|| context.review.anchor(crate::template::ItemIndex(0)))
}

/// The first line of the table that is another than expected.
struct Difference {
    /// Its bytes in the table; `None` when an entry is missing at the end.
    at: Option<(usize, usize)>,
    message: String,
}

/// The first difference; with `any_indent` lines may be indented as anybody likes.
fn difference(table: &str, expected: &[Entry], any_indent: bool) -> Option<Difference> {
    let base = table.as_ptr() as usize;
    let table = table.trim();
    let mut count = 0;
    for line in lines(table) {
        let at = count;
        count += 1;
        let same = expected.get(at).is_some_and(|entry| {
            // the whole is trimmed, so the first line has lost its indentation on both sides
            let wanted = if at == 0 { 0 } else { entry.indent };
            let (before, item) = line.split_at(indent(line));
            (any_indent || before.len() == wanted)
                && (!entry.sure || (any_indent || is_spaces(before)) && entry.makes(item))
        });
        if same {
            continue;
        }
        let start = line.as_ptr() as usize - base;
        let place = Some((start + indent(line), start + line.len()));
        let Some(entry) = expected.get(at) else {
            let message = format!("the table of contents has {} for a heading that is not there", shown(line));
            return Some(Difference { at: place, message });
        };
        let wanted = entry.line();
        let message = if line.trim_start() == wanted.trim_start() {
            format!(
                "the table of contents is indented otherwise: {} has {} before it, not {}",
                shown(line),
                white_space(line),
                white_space(&wanted)
            )
        } else {
            format!(
                "the table of contents differs from the headings: {} stands where {} should",
                shown(line),
                shown(&wanted)
            )
        };
        return Some(Difference { at: place.filter(|(start, end)| start < end), message });
    }
    let missing = expected.get(count)?;
    let message = format!("the table of contents has no entry for {}", shown(&missing.line()));
    Some(Difference { at: None, message })
}

/// The lines of a table, without white space at their ends; none of an empty one.
fn lines(table: &str) -> impl Iterator<Item = &str> {
    let ends = memchr::memchr_iter(b'\n', table.as_bytes()).chain([table.len()]);
    let mut start = 0;
    let lines = ends.map(move |end| table[std::mem::replace(&mut start, end + 1)..end].trim_end());
    lines.filter(|_| !table.is_empty())
}

fn is_spaces(text: &str) -> bool {
    text.bytes().all(|byte| byte == b' ')
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The white space before a line, in words.
fn white_space(line: &str) -> String {
    let before = &line[..indent(line)];
    if before.is_empty() {
        "nothing".to_string()
    } else if is_spaces(before) {
        counted(before.len(), "space")
    } else if before.bytes().all(|byte| byte == b'\t') {
        counted(before.len(), "tab")
    } else {
        "tabs and spaces".to_string()
    }
}

/// An entry as a message shows it.
fn shown(line: &str) -> String {
    let line = line.trim();
    if line.is_empty() { "a blank line".to_string() } else { format!("`{line}`") }
}

/// Whether markdown has the same headings below the table as mdtoc reads.
fn agrees(context: &Context, expected: &[Entry], close: usize) -> bool {
    let document = &context.review.document;
    let below = document.sections().iter().filter(|section| section.span.start as usize > close);
    let below: Vec<(usize, String)> = below
        .filter(|section| section.level <= 5)
        .map(|section| (usize::from(section.level), plain(document.text(document.content(section.heading)))))
        .collect();
    below.len() == expected.len()
        && below.iter().zip(expected).all(|((level, text), entry)| *level == entry.level && *text == plain(entry.heading))
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;
    use crate::input::{Input, Place};
    use crate::settings::Settings;

    fn found(text: &str) -> Vec<crate::diagnostic::Diagnostic> {
        Sample::new(text).template_id("kep").check(&StaleToc)
    }

    #[test]
    fn a_table_that_fits_is_fine() {
        assert!(found("# KEP\n<!-- toc -->\n- [A](#a)\n  - [B](#b)\n<!-- /toc -->\n## A\n### B\n").is_empty());
        assert!(found("# KEP\r\n<!-- toc -->\r\n- [A](#a)\r\n<!-- /toc -->\r\n## A\r\n").is_empty());
        assert!(found("# KEP\n\n## A\n").is_empty());
    }

    #[test]
    fn the_fix_writes_the_table() {
        let text = "# KEP\n<!-- toc -->\n- [Old](#old)\n<!-- /toc -->\n## A\n## B\n";
        let found = found(text);
        assert_eq!(
            found[0].message,
            "the table of contents differs from the headings: `- [Old](#old)` stands where `- [A](#a)` should"
        );
        let fix = found[0].fix.as_ref().unwrap();
        let mut after = text.to_string();
        after.replace_range(fix.edits[0].span.range(), &fix.edits[0].text);
        assert_eq!(after, "# KEP\n<!-- toc -->\n- [A](#a)\n- [B](#b)\n<!-- /toc -->\n## A\n## B\n");
    }

    #[test]
    fn one_comment_alone_is_a_mistake() {
        for text in ["<!-- toc -->\n## A\n", "<!-- /toc -->\n## A\n", "<!-- /toc -->\n<!-- toc -->\n## A\n"] {
            assert_eq!(found(text).len(), 1, "{text}");
        }
    }

    #[test]
    fn where_markdown_has_other_headings_it_is_a_note() {
        // an indented heading is one for markdown alone
        let found = found("<!-- toc -->\n- [B](#b)\n<!-- /toc -->\n\n## A\n\n ## B\n");
        assert_eq!(found[0].cap, Some(Severity::Note));
        assert!(found[0].fix.is_none());
    }

    #[test]
    fn an_entry_too_many_and_one_too_few() {
        let messages = |text: &str| found(text).into_iter().map(|one| one.message).collect::<Vec<_>>();
        let many = "<!-- toc -->\n- [A](#a)\n- [B](#b)\n<!-- /toc -->\n## A\n";
        assert_eq!(messages(many), ["the table of contents has `- [B](#b)` for a heading that is not there"]);
        let few = "<!-- toc -->\n- [A](#a)\n<!-- /toc -->\n## A\n## B\n";
        assert_eq!(messages(few), ["the table of contents has no entry for `- [B](#b)`"]);
        let at = few.find(CLOSE).unwrap();
        assert_eq!(found(few)[0].primary.span, Span::from_range(at..at + CLOSE.len()), "where it would stand");
    }

    fn found_at(text: &str, place: Option<(&str, Repository)>) -> Vec<crate::diagnostic::Diagnostic> {
        let review = Sample::new(text).template_id("kep").review();
        let mut input = Input::alone(review.source().clone());
        input.place = place.map(|(path, repository)| Place { path: path.into(), repository });
        let mut findings = Findings::new(crate::diagnostic::RuleId("stale-toc"));
        check(&Context::new(&review, &input, &Settings::default()), &mut findings);
        findings.into_diagnostics()
    }

    #[test]
    fn other_indentation_is_said_and_elsewhere_free() {
        let table = |before: &str| {
            format!("# KEP\n<!-- toc -->\n- [A](#a)\n{before}- [B](#b)\n<!-- /toc -->\n## A\n### B\n")
        };
        let other = Some(("keps/1-b/README.md", Repository::Other));
        for (before, said) in [("    ", "4 spaces"), ("\t", "1 tab"), (" \t", "tabs and spaces"), ("", "nothing")] {
            let text = table(before);
            let messages: Vec<_> = found(&text).into_iter().map(|one| one.message).collect();
            let expected =
                format!("the table of contents is indented otherwise: `- [B](#b)` has {said} before it, not 2 spaces");
            assert_eq!(messages, [expected]);
            assert!(found_at(&text, other).is_empty());
        }
        let stale = table("  ").replace("### B", "### C");
        let elsewhere = found_at(&stale, other);
        assert_eq!(elsewhere[0].cap, Some(Severity::Warning));
    }

    #[test]
    fn where_the_tool_runs_there_must_be_a_table() {
        let path = "keps/sig-a/1-b/README.md";
        let found = found_at;
        let missing = found("# KEP\n\n## A\n", Some((path, Repository::Enhancements)));
        assert_eq!(missing.len(), 1);
        assert_eq!(missing[0].primary.span, Span::new(0, 5), "the first heading");
        assert!(found("# KEP\n", Some((path, Repository::Other))).is_empty());
        assert!(found("# KEP\n", Some(("docs/README.md", Repository::Enhancements))).is_empty());
        assert!(found("# KEP\n", None).is_empty());
    }
}
