//! `markdown`: a page for `$GITHUB_STEP_SUMMARY` or a comment. What is answered first, findings folded below.

use std::io::{self, Write};

use super::coverage::{Count, coverage};
use super::markup::{LONGEST, Page, link, text};
use super::places::FilePlaces;
use super::review_markdown::sections;
use super::screen::counted;
use super::summary::{answered, level_name, template_name};
use super::{FileReport, Options, count, uri, url};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::FileId;

const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Note];

/// One table of all documents, then the findings of each.
pub(super) fn write(files: &[FileReport], options: &Options, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(page(files, options, LONGEST).as_bytes())
}

fn page(files: &[FileReport], options: &Options, longest: usize) -> String {
    let shown: Vec<&FileReport> = files.iter().filter(|file| file.is_shown()).collect();
    let mut page = Page::new(longest);
    page.line(&format!("## gtr: {}\n", sums(&shown)));
    if !options.quiet && !shown.is_empty() {
        table(&shown, options, &mut page);
    }
    for file in shown.iter().filter(|file| !file.diagnostics.is_empty()) {
        page.fold(&format!("{}: {}", text(file.document().path()), sums(&[file])));
        let mut places = FilePlaces::new(file);
        for severity in SEVERITIES {
            let of_it = file.diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity);
            of_it.for_each(|diagnostic| page.line(&finding(file, diagnostic, &mut places, options)));
        }
        page.end();
    }
    page.finish("`gtr lint` prints all of it.")
}

/// `2 errors, 1 note`, or that there is nothing.
fn sums(files: &[&FileReport]) -> String {
    let of = |severity| files.iter().map(|file| count(file.diagnostics, severity)).sum::<usize>();
    let all = SEVERITIES.map(|severity| (of(severity), severity));
    let some: Vec<String> = all
        .iter()
        .filter(|(sum, _)| *sum > 0)
        .map(|(sum, severity)| counted(*sum, severity.name()))
        .collect();
    if some.is_empty() { "no findings".into() } else { some.join(", ") }
}

/// What is answered: a row a document, and of a single document its sections.
fn table(files: &[&FileReport], options: &Options, page: &mut Page) {
    page.line("| document | questions | level | answered | errors | warnings | notes |");
    page.line("|---|---|---|---:|---:|---:|---:|");
    let mut total = Count::default();
    for file in files {
        let path = file.document().path();
        let target = options.link_base.as_deref().map(|base| uri::page(base, path));
        let (questions, level, figure) = match (file.review, file.kep) {
            (Some(review), _) => {
                let count = coverage(review).total;
                total = total.plus(&count);
                (template_name(review), level_name(review).unwrap_or("unknown").to_string(), figure(&count))
            }
            (None, Some(kep)) => ("metadata".into(), kep.name.unwrap_or("unknown").into(), "–".into()),
            (None, None) => ("–".to_string(), "–".to_string(), "–".to_string()),
        };
        let [errors, warnings, notes] = SEVERITIES.map(|severity| count(file.diagnostics, severity));
        page.line(&format!(
            "| {} | {} | {} | {figure} | {errors} | {warnings} | {notes} |",
            link(path, target.as_deref()),
            text(&questions),
            text(&level)
        ));
    }
    page.line("");
    match files {
        [file] => {
            if let Some(review) = file.review {
                sections(file, review, page);
            }
        }
        _ if total.required() > 0 => {
            page.line(&format!("{} documents: {}.\n", files.len(), answered(&total)))
        }
        _ => {}
    }
}

/// `28/35 (80 %)`.
pub(super) fn figure(count: &Count) -> String {
    match count.percent() {
        Some(percent) => format!("{}/{} ({percent} %)", count.good(), count.required()),
        None => "–".into(),
    }
}

/// One finding as an item of a list.
fn finding(file: &FileReport, diagnostic: &Diagnostic, places: &mut FilePlaces, options: &Options) -> String {
    let at = &diagnostic.primary;
    let source = file.source(at.file);
    let line = places.position(at).line;
    let words = match at.file {
        FileId(0) => format!("line {line}"),
        _ => format!("{}, line {line}", source.path()),
    };
    let target = options.link_base.as_deref().map(|base| uri::line(base, source.path(), line));
    let rule = match url(diagnostic.rule) {
        Some(url) => format!("[`{}`]({url})", diagnostic.rule),
        None => format!("`{}`", diagnostic.rule),
    };
    let help = diagnostic.help.as_deref().map(|help| format!("<br>{}", text(help)));
    format!(
        "- **{}** {rule} {}: {}{}",
        diagnostic.severity.name(),
        link(&words, target.as_deref()),
        text(&diagnostic.message),
        help.unwrap_or_default()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Label;
    use crate::report::testing::{finding, findings, plain_file, review_file, sample, written};
    use crate::source::{Source, Span};

    fn linked() -> Options {
        Options { link_base: Some("https://example.org/blob/main".into()), ..Options::default() }
    }

    #[test]
    fn a_document_with_findings() {
        let (review, mut found) = (sample(), findings());
        found.rotate_right(1);
        let metadata = Source::new("a b/kep.yaml", "title: x\n");
        let primary = Label { file: FileId(1), ..Label::at(Span::new(0, 5)) };
        let message = "“<b>x</b>” names @nobody, see https://x.y".into();
        found.push(Diagnostic { primary, message, ..finding("kep-x", 0..5) });
        let mut file = review_file(&review, &found);
        file.sources.push(&metadata);
        insta::assert_snapshot!(written(|out| write(&[file], &linked(), out)));
    }

    #[test]
    fn several_documents_have_a_row_each() {
        let (review, found) = (sample(), findings().split_off(5));
        let (broken, other) = (Source::new("a|b\n.md", "x"), Source::new("README.md", ""));
        let all = [finding("a", 0..1)];
        let files = [
            review_file(&review, &found),
            plain_file(&other, &[]),
            plain_file(&broken, &all),
            review_file(&review, &[]),
        ];
        insta::assert_snapshot!(written(|out| write(&files, &Options::default(), out)));
    }

    #[test]
    fn nothing_found_is_said_and_a_long_page_is_cut() {
        let text = written(|out| write(&[], &Options::default(), out));
        assert_eq!(text, "## gtr: no findings\n\n");
        let (review, found) = (sample(), findings());
        let files = vec![review_file(&review, &found); 40];
        let text = page(&files, &Options::default(), 8_000);
        assert!(text.len() <= 8_000 && text.contains("was cut at 8 kB"), "{}", text.len());
        assert_eq!(text.matches("<details>").count(), text.matches("</details>").count());
    }
}
