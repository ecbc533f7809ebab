//! Several documents at once: what is said of each in one row.

use super::compare::Before;
use super::coverage::{Count, coverage};
use super::picture::{Shares, Standings, total};
use super::screen::clean;
use super::summary::level_name;
use super::{FileReport, Options};
use crate::review::Review;
use crate::template::Date;

/// A document in one row.
#[derive(Debug, Clone)]
pub(super) struct Row<'a> {
    pub(super) review: &'a Review,
    pub(super) path: &'a str,
    /// The template's id.
    pub(super) template: &'a str,
    /// The version that its questions carry; may be empty.
    pub(super) version: &'a str,
    /// The day of its questions.
    pub(super) revision: &'a str,
    /// What the document aims at, one harmless word or a few.
    pub(super) level: Option<String>,
    pub(super) count: Count,
    pub(super) shares: Shares,
    /// What its answers are compared with.
    pub(super) before: Option<Before<'a>>,
    /// See [`oldest`].
    pub(super) oldest: Option<Date>,
}

impl Row<'_> {
    /// Required questions without an answer.
    pub(super) fn open(&self) -> u32 {
        self.count.required() - self.count.good()
    }

    /// The level, or that it is unknown.
    pub(super) fn level(&self) -> &str {
        self.level.as_deref().unwrap_or("unknown")
    }

    /// The oldest date as text, or a dash.
    pub(super) fn date(&self) -> String {
        self.oldest.map_or_else(|| "–".into(), |date| date.to_string())
    }
}

/// One row a document, in the order given.
pub(super) fn rows<'a>(files: &[FileReport<'a>]) -> Vec<Row<'a>> {
    let row = |file: &FileReport<'a>| {
        let review = file.review?;
        let revision = review.template.revision(review.revision);
        Some(Row {
            review,
            path: review.source().path(),
            template: &review.template.id,
            version: &revision.version,
            revision: &revision.id,
            level: level_name(review).map(clean),
            count: coverage(review).total,
            shares: total(&Standings::new(file, review)),
            before: file.before,
            oldest: oldest(review),
        })
    };
    files.iter().filter_map(row).collect()
}

/// All rows together: their counts, and the oldest date of any.
pub(super) fn sum(rows: &[Row]) -> (Count, Shares, Option<Date>) {
    let mut all = (Count::default(), Shares::default(), None);
    for row in rows {
        all = (all.0.plus(&row.count), all.1.plus(&row.shares), earlier(all.2, row.oldest));
    }
    all
}

/// The earliest of a document's own dates: the day it says it was updated; in kep.yaml those of its creation and its
/// last update. Dates that cannot be read do not count.
pub(super) fn oldest(review: &Review) -> Option<Date> {
    let metadata = review.companions.metadata.as_deref();
    let keys = ["creation-date", "last-updated"].into_iter();
    let written = keys.filter_map(|key| Date::parse(metadata?.text(key)?.value.trim()));
    written.fold(review.date, |oldest, date| earlier(oldest, Some(date)))
}

fn earlier(one: Option<Date>, other: Option<Date>) -> Option<Date> {
    one.into_iter().chain(other).min()
}

/// The rows as a table for a screen, headings first. A path that is too long loses its beginning.
pub(super) fn table(rows: &[Row], options: &Options) -> String {
    use super::screen::{Style, width};
    let mut lines = vec![
        ["document", "template", "questions", "level", "answered", "", "open", "oldest"].map(String::from),
    ];
    for row in rows {
        let percent = row.count.percent().map_or_else(|| "–".into(), |percent| format!("{percent} %"));
        lines.push([
            clean(row.path),
            clean(row.template),
            clean(row.revision),
            row.level().to_string(),
            format!("{}/{}", row.count.good(), row.count.required()),
            percent,
            row.open().to_string(),
            row.date(),
        ]);
    }
    let widest = |at: usize| lines.iter().map(|line| width(&line[at])).max().unwrap_or(0);
    let mut columns: [usize; 8] = std::array::from_fn(widest);
    let others: usize = columns[1..].iter().map(|column| column + 2).sum();
    columns[0] = columns[0].min(options.columns().saturating_sub(others).max(16));
    let mut out = String::new();
    for (at, line) in lines.iter().enumerate() {
        let mut text = String::new();
        for (column, cell) in line.iter().enumerate() {
            let cell = if column == 0 { clip_front(cell, columns[0]) } else { cell.clone() };
            let pad = " ".repeat(columns[column].saturating_sub(width(&cell)));
            let gap = if column == 0 { "" } else { "  " };
            // figures end below each other
            text.push_str(&if (4..7).contains(&column) {
                format!("{gap}{pad}{cell}")
            } else {
                format!("{gap}{cell}{pad}")
            });
        }
        let text = text.trim_end();
        out.push_str(&if at == 0 { options.paint(Style::Faint, text) } else { text.to_string() });
        out.push('\n');
    }
    out
}

/// The end of a text within so many columns.
fn clip_front(text: &str, columns: usize) -> String {
    use super::screen::width;
    if width(text) <= columns {
        return text.to_string();
    }
    let fits = |at: &usize| width(&text[*at..]) < columns;
    let from = text.char_indices().map(|(at, _)| at).find(fits).unwrap_or(text.len());
    format!("…{}", &text[from..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::{plain_file, review_file, sample};
    use crate::source::Source;

    #[test]
    fn a_row_a_document_and_their_sum() {
        let (one, mut other) = (sample(), sample());
        other.date = Date::new(2025, 11, 2);
        let text = Source::new("README.md", "no review");
        let files = [review_file(&one, &[]), plain_file(&text, &[]), review_file(&other, &[])];
        let rows = rows(&files);
        let table = table(&rows, &Options::default());
        let expected = "\
document   template  questions   level       answered        open  oldest
widget.md  gtr       2025-09-30  incubation       3/7  43 %     4  –
widget.md  gtr       2025-09-30  incubation       3/7  43 %     4  2025-11-02
";
        assert_eq!(table, expected);
        let (count, shares, oldest) = sum(&rows);
        assert_eq!((count.good(), shares.total(), oldest), (6, 14, other.date));
    }

    #[test]
    fn a_long_path_keeps_its_end() {
        assert_eq!(clip_front("projects/widget/review.md", 12), "…t/review.md");
        assert_eq!(clip_front("review.md", 12), "review.md");
    }
}
