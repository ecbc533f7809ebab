//! `gtr report --format markdown`: what is answered and what to ask, as a page for a step summary or a comment.

use std::io::{self, Write};

use super::compare::{self, Kind};
use super::coverage::coverage;
use super::markdown::figure;
use super::markup::{LONGEST, Page, link, text};
use super::picture::{self, Shares, Standing, Standings, rows, weakening};
use super::reading_list::{Entry, reading_list};
use super::screen::counted;
use super::summary::{answered, identity, level_name};
use super::{FileReport, Options, fleet, uri};
use crate::review::Review;

/// Cells of a bar.
const BAR: usize = 10;

/// All documents, a table of them first when there are several.
pub(super) fn write(files: &[FileReport], options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Page::new(LONGEST);
    let rows = fleet::rows(files);
    if rows.len() > 1 {
        overview(&rows, options, &mut page);
    }
    for (file, review) in files.iter().filter_map(|file| Some((file, file.review?))) {
        document(file, review, options, &mut page);
    }
    out.write_all(page.finish("`gtr report` prints all of it.").as_bytes())
}

fn overview(rows: &[fleet::Row], options: &Options, page: &mut Page) {
    page.line("| document | template | questions | level | answered | open | oldest date |");
    page.line("|---|---|---|---|---:|---:|---|");
    for row in rows {
        let target = options.link_base.as_deref().map(|base| uri::page(base, row.path));
        page.line(&format!(
            "| {} | {} | {} | {} | {} | {} | {} |",
            link(row.path, target.as_deref()),
            text(row.template),
            text(row.revision),
            text(row.level()),
            figure(&row.count),
            row.open(),
            row.date()
        ));
    }
    let (total, _, oldest) = fleet::sum(rows);
    let oldest = oldest.map(|date| format!("; oldest date {date}")).unwrap_or_default();
    page.line(&format!("\n{}: {}{oldest}.\n", counted(rows.len(), "document"), answered(&total)));
}

fn document(file: &FileReport, review: &Review, options: &Options, page: &mut Page) {
    let path = review.source().path();
    let target = options.link_base.as_deref().map(|base| uri::page(base, path));
    page.line(&format!("## {}\n", link(path, target.as_deref())));
    page.line(&format!("{}\n", text(&identity(review).join(" "))));
    page.line(&format!("**{}**\n", answered(&coverage(review).total)));
    sections(file, review, page);
    let changes = file.before.map(|before| (before, compare::changes(&before, review)));
    if let Some((before, changes)) = &changes {
        page.line(&format!("**{}**\n", text(&compare::headline(before, changes))));
    }
    if options.quiet {
        return;
    }
    if let Some((before, changes)) = &changes {
        for kind in Kind::ALL {
            let entries = compare::entries(before, review, changes, kind);
            fold(review, &format!("Answers {}", kind.name()), &entries, options, page);
        }
    }
    let list = reading_list(review, &weakening(file));
    let newest = &review.template.revision(review.template.newest()).id;
    let level = level_name(review).unwrap_or("this level");
    for (title, entries) in [
        ("To ask the maintainers".to_string(), &list.open),
        ("N/A without a reason".into(), &list.bare),
        ("Answers with work still open in them".into(), &list.unresolved),
        ("Answers found by similar wording alone".into(), &list.uncertain),
        ("Answers that a finding makes weak".into(), &list.weak),
        ("N/A with a reason: is it a good one?".into(), &list.reasons),
        (format!("Not required at {level}, answered anyway"), &list.beyond),
        (format!("Added by the questions of {newest}"), &list.added),
    ] {
        fold(review, &title, entries, options, page);
    }
    if let Some(next) = &list.next {
        let text = format!(
            "At {} {} would be required; {} of them answered.",
            text(&next.level),
            counted(next.required, "more question"),
            next.answered
        );
        page.line(&format!("{text}\n"));
        fold(review, &format!("Open for {}", next.level), &next.open, options, page);
    }
}

/// A table of the parts and their sections, and what its bars mean.
pub(super) fn sections(file: &FileReport, review: &Review, page: &mut Page) {
    let standings = Standings::new(file, review);
    page.line("| section | answered | |");
    page.line("|---|---:|---|");
    for row in rows(&standings, &coverage(review)) {
        let title = text(&row.title);
        page.line(&match &row.bar {
            None => format!("| **{title}** | – | {} |", text(&row.note)),
            Some((count, shares)) if row.inner => {
                format!("| {title} | {} | {} |", figure(count), bar(shares))
            }
            Some((count, shares)) => format!("| **{title}** | **{}** | {} |", figure(count), bar(shares)),
        });
    }
    let total = picture::total(&standings);
    let some = Standing::ALL.iter().filter(|standing| total.of(**standing) > 0);
    let words =
        some.map(|standing| format!("{} {} {}", standing.cell(), total.of(*standing), standing.words()));
    page.line(&format!("\n{}\n", words.collect::<Vec<_>>().join(" · ")));
}

/// A bar whose parts say how the questions stand; every part that is not empty has a cell.
fn bar(shares: &Shares) -> String {
    Standing::ALL
        .iter()
        .zip(shares.cells(BAR))
        .map(|(standing, cells)| standing.cell().repeat(cells))
        .collect()
}

/// A list of questions, folded; nothing of an empty one.
fn fold(review: &Review, title: &str, entries: &[Entry], options: &Options, page: &mut Page) {
    if entries.is_empty() {
        return;
    }
    page.fold(&format!("{} ({})", text(title), entries.len()));
    let mut last = "";
    for entry in entries {
        if entry.section != last {
            page.line(&format!("- **{}**", text(&entry.section)));
            last = &entry.section;
        }
        let place = entry.line.map(|line| {
            let base = options.link_base.as_deref();
            let target = base.map(|base| uri::line(base, review.source().path(), line));
            format!("{}: ", link(&format!("line {line}"), target.as_deref()))
        });
        let remark = match entry.remark.as_str() {
            "" => String::new(),
            remark => format!("<br>{}", text(remark)),
        };
        page.line(&format!("  - {}{}{remark}", place.unwrap_or_default(), text(&entry.question)));
    }
    page.end();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::{plain_file, review_file, sample, written};
    use crate::source::Source;

    #[test]
    fn a_document() {
        let review = sample();
        let other = Source::new("README.md", "no review");
        let options = Options { link_base: Some("https://example.org/x/".into()), ..Options::default() };
        let files = [plain_file(&other, &[]), review_file(&review, &[])];
        insta::assert_snapshot!(written(|out| write(&files, &options, out)));
    }

    #[test]
    fn several_documents_begin_with_a_table() {
        let review = sample();
        let files = [review_file(&review, &[]), review_file(&review, &[])];
        let text = written(|out| write(&files, &Options::default(), out));
        assert!(
            text.starts_with("| document | template | questions | level | answered | open | oldest date |\n"),
            "{text}"
        );
        assert!(text.contains("\n2 documents: 6 of 14 required questions answered (43 %).\n"), "{text}");
        assert!(!text.contains("](http"), "no link without a base");
    }
}
