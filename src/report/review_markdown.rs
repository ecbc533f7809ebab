//! `gtr report --format markdown`: what is answered and what to ask, as a page for a step summary or a comment.

use std::io::{self, Write};

use super::coverage::{Count, Coverage, coverage};
use super::markdown::figure;
use super::markup::{LONGEST, Page, link, text};
use super::reading_list::{Entry, reading_list, section_title};
use super::screen::counted;
use super::summary::{answered, identity, level_name, not_required, short_title};
use super::{FileReport, Options, uri};
use crate::review::Review;

/// Cells of a bar.
const BAR: usize = 10;

/// All documents, a table of them first when there are several.
pub(super) fn write(files: &[FileReport], options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let reviews: Vec<&Review> = files.iter().filter_map(|file| file.review).collect();
    let mut page = Page::new(LONGEST);
    if reviews.len() > 1 {
        overview(&reviews, options, &mut page);
    }
    for review in &reviews {
        document(review, options, &mut page);
    }
    out.write_all(page.finish("`gtr report` prints all of it.").as_bytes())
}

fn overview(reviews: &[&Review], options: &Options, page: &mut Page) {
    page.line("| document | level | answered |");
    page.line("|---|---|---:|");
    let mut total = Count::default();
    for review in reviews {
        let path = review.source().path();
        let count = coverage(review).total;
        total = total.plus(&count);
        let target = options.link_base.as_deref().map(|base| uri::page(base, path));
        let level = text(level_name(review).unwrap_or("unknown"));
        page.line(&format!("| {} | {level} | {} |", link(path, target.as_deref()), figure(&count)));
    }
    page.line(&format!("\n{}: {}.\n", counted(reviews.len(), "document"), answered(&total)));
}

fn document(review: &Review, options: &Options, page: &mut Page) {
    let path = review.source().path();
    let target = options.link_base.as_deref().map(|base| uri::page(base, path));
    page.line(&format!("## {}\n", link(path, target.as_deref())));
    page.line(&format!("{}\n", text(&identity(review).join(" "))));
    let coverage = coverage(review);
    page.line(&format!("**{}**\n", answered(&coverage.total)));
    sections(review, &coverage, page);
    if options.quiet {
        return;
    }
    let list = reading_list(review);
    let newest = &review.template.revision(review.template.newest()).id;
    let level = level_name(review).unwrap_or("this level");
    for (title, entries) in [
        ("To ask the maintainers".to_string(), &list.open),
        ("N/A without a reason".into(), &list.bare),
        ("Answers with work still open in them".into(), &list.unresolved),
        ("Answers found by similar wording alone".into(), &list.uncertain),
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

/// A table of the parts and their sections.
pub(super) fn sections(review: &Review, coverage: &Coverage, page: &mut Page) {
    page.line("| section | answered | |");
    page.line("|---|---:|---|");
    for part in &coverage.parts {
        let title = text(&short_title(review, part.part));
        if part.count.required() == 0 {
            page.line(&format!("| **{title}** | – | {} |", text(&not_required(review, part))));
            continue;
        }
        page.line(&format!("| **{title}** | **{}** | {} |", figure(&part.count), bar(&part.count)));
        let inner = part.sections.iter().filter(|section| section.section != part.part);
        for section in inner.filter(|section| section.count.required() > 0) {
            let title = text(&short_title(review, section.section));
            page.line(&format!("| {title} | {} | {} |", figure(&section.count), bar(&section.count)));
        }
    }
    page.line("");
}

/// A bar that is full only when nothing is open, and empty only when nothing is answered.
fn bar(count: &Count) -> String {
    let (good, required) = (count.good() as usize, count.required() as usize);
    let full = match good {
        0 => 0,
        _ if good == required => BAR,
        _ => (good * BAR / required).clamp(1, BAR - 1),
    };
    format!("{}{}", "█".repeat(full), "░".repeat(BAR - full))
}

/// A list of questions, folded; nothing of an empty one.
fn fold(review: &Review, title: &str, entries: &[Entry], options: &Options, page: &mut Page) {
    if entries.is_empty() {
        return;
    }
    page.fold(&format!("{} ({})", text(title), entries.len()));
    let mut last = String::new();
    for entry in entries {
        let section = section_title(review, entry.index);
        if section != last {
            page.line(&format!("- **{}**", text(&section)));
            last = section;
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
        assert!(text.starts_with("| document | level | answered |\n"), "{text}");
        assert!(text.contains("\n2 documents: 6 of 14 required questions answered (43 %).\n"), "{text}");
        assert!(!text.contains("](http"), "no link without a base");
    }
}
