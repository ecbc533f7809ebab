//! `gtr report` for a reviewer at a terminal: how much is answered, what to ask, what to read with care.

use std::io::{self, Write};

use super::compare::{self, Before, Kind};
use super::coverage::{STATES, coverage};
use super::picture::{self, Row, Shares, Standing, Standings, rows, weakening};
use super::quotes::{one_line, wording};
use super::reading_list::{Entry, Next, ReadingList, reading_list};
use super::screen::{Style, clean, clip, counted, flow, width, wrap};
use super::summary::{answered, identity, level_name};
use super::{FileReport, Options, fleet};
use crate::diagnostic::Severity;
use crate::review::{Review, State};
use crate::template::ItemKind;

/// Columns of a bar.
const BAR: usize = 20;
/// Questions of the next level that are named.
const NEXT: usize = 12;
/// Columns before a question: its line number.
const MARGIN: usize = 9;

/// All documents; when there are several, a row of each and a line of totals behind them.
pub(super) fn write(files: &[FileReport], options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let reviewed = files.iter().filter_map(|file| Some((file, file.review?)));
    for (at, (file, review)) in reviewed.enumerate() {
        if at > 0 {
            writeln!(out, "\n")?;
        }
        let parts = [head(review, options), picture(file, review, options)];
        out.write_all(parts.join("\n").as_bytes())?;
        if !options.quiet {
            out.write_all(lists(review, &reading_list(review, &weakening(file)), options).as_bytes())?;
        }
        if let Some(before) = &file.before {
            out.write_all(compared(before, review, options).as_bytes())?;
        }
    }
    let rows = fleet::rows(files);
    if rows.len() > 1 {
        let (total, _, oldest) = fleet::sum(&rows);
        writeln!(out, "\n\n{}", fleet::table(&rows, options))?;
        let oldest = oldest.map(|date| format!("; oldest date {date}")).unwrap_or_default();
        writeln!(out, "{}: {}{oldest}", counted(rows.len(), "document"), answered(&total))?;
    }
    Ok(())
}

/// Path, template, level, metadata.
fn head(review: &Review, options: &Options) -> String {
    let mut out = format!("{}\n", options.paint(Style::Strong, review.source().path()));
    out.push_str(&flow("", 0, " ", &identity(review), options.columns()));
    out.push('\n');
    let fields: Vec<_> = review
        .bound_items()
        .filter(|(index, item, _)| item.kind == ItemKind::Field && review.asks(*index))
        .map(|(_, item, bound)| {
            let label = wording(item.wording(review.revision));
            let label = clip(label.trim_end_matches([':', ' ']), 30);
            (label, bound.answer_span().map(|span| one_line(review.source(), span)))
        })
        .collect();
    let column = fields.iter().map(|(label, _)| width(label)).max().unwrap_or(0) + 4;
    for (label, value) in &fields {
        let pad = " ".repeat(column - 2 - width(label));
        let room = options.columns().saturating_sub(column);
        let value = match value {
            Some(value) => clip(value, room),
            None => options.paint(Style::Faint, "not given"),
        };
        out.push_str(&format!("  {label}{pad}{value}\n"));
    }
    out
}

/// The figures and the bars.
fn picture(file: &FileReport, review: &Review, options: &Options) -> String {
    let (coverage, standings) = (coverage(review), Standings::new(file, review));
    let total = &coverage.total;
    let mut out = options.paint(Style::Strong, &answered(total));
    out.push('\n');
    match total.of(State::NotApplicable) {
        0 => {}
        1 => out.push_str("1 of them is N/A with a reason\n"),
        reasons => out.push_str(&format!("{reasons} of them are N/A with a reason\n")),
    }
    let mut open: Vec<String> = STATES
        .iter()
        .filter(|state| !state.is_good() && total.of(**state) > 0)
        .map(|state| format!("{} {},", total.of(*state), words(*state)))
        .collect();
    if let Some(last) = open.last_mut() {
        last.pop();
        out.push_str(&flow("Open: ", 6, " ", &open, options.columns()));
        out.push('\n');
    }
    let rows = rows(&standings, &coverage);
    if !rows.is_empty() {
        out.push('\n');
    }
    let room = options.columns().saturating_sub(BAR + 12);
    let indented = |row: &Row| format!("{}{}", if row.inner { "  " } else { "" }, row.title);
    let column = rows.iter().map(|row| width(&indented(row))).max().unwrap_or(0).min(room);
    for row in &rows {
        let title = clip(&indented(row), column);
        let pad = " ".repeat(column - width(&title) + 2);
        match &row.bar {
            Some((count, shares)) => {
                let figure = format!("{}/{}", count.good(), count.required());
                out.push_str(&format!("{title}{pad}{}  {figure}\n", bar(shares, options)));
            }
            None => {
                let text = wrap(&format!("{title}{pad}"), column + 2, &row.note, options.columns());
                out.push_str(&format!("{text}\n"));
            }
        }
    }
    out.push_str(&legend(&picture::total(&standings), options));
    out
}

/// A bar whose parts say how the questions stand; every part that is not empty has a cell.
fn bar(shares: &Shares, options: &Options) -> String {
    let cells = Standing::ALL.iter().zip(shares.cells(BAR)).filter(|(_, cells)| *cells > 0);
    let all = shares.of(Standing::Answered) == shares.total();
    cells.map(|(standing, cells)| paint(*standing, all, &standing.cell().repeat(cells), options)).collect()
}

fn paint(standing: Standing, all: bool, text: &str, options: &Options) -> String {
    let style = match standing {
        Standing::Answered if all => Style::Good,
        Standing::Answered | Standing::Reason => Style::Strong,
        Standing::Weak => Style::Of(Severity::Warning),
        Standing::Open => Style::Faint,
    };
    options.paint(style, text)
}

/// What the parts of the bars mean; only those that there are.
fn legend(shares: &Shares, options: &Options) -> String {
    let some = Standing::ALL.iter().filter(|standing| shares.of(**standing) > 0);
    let pieces: Vec<String> = some
        .map(|standing| {
            let cell = paint(*standing, false, standing.cell(), options);
            format!("{cell} {} {}", shares.of(*standing), standing.words())
        })
        .collect();
    if pieces.is_empty() {
        String::new()
    } else {
        format!("\n{}\n", flow("", 0, "  ", &pieces, options.columns()))
    }
}

fn words(state: State) -> &'static str {
    match state {
        State::Answered => "answered",
        State::NotApplicable => "N/A with a reason",
        State::NotApplicableBare => "N/A without a reason",
        State::Placeholder => "still to be written",
        State::Unanswered => "without an answer",
        State::CommentedOut => "inside a comment",
        State::Missing => "not in the document",
    }
}

fn lists(review: &Review, list: &ReadingList, options: &Options) -> String {
    let mut out = String::new();
    let heading = |text: &str, count: usize| {
        format!("\n{}\n", options.paint(Style::Strong, &format!("{text} ({count})")))
    };
    if !list.open.is_empty() {
        out.push_str(&heading("To ask the maintainers", list.open.len()));
        out.push_str(&by_section(&list.open, options));
    }
    let care = [
        ("N/A without a reason", &list.bare),
        ("Answers with work still open in them", &list.unresolved),
        ("Answers found by similar wording alone", &list.uncertain),
        ("Answers that a finding makes weak", &list.weak),
        ("N/A with a reason: is it a good one?", &list.reasons),
    ];
    let count = care.iter().map(|(_, entries)| entries.len()).sum::<usize>();
    if count > 0 {
        out.push_str(&heading("To read with care", count));
        for (title, entries) in care.iter().filter(|(_, entries)| !entries.is_empty()) {
            out.push_str(&format!("  {title}\n"));
            out.extend(entries.iter().map(|entry| question(entry, options)));
        }
    }
    if !list.beyond.is_empty() {
        let level = level_name(review).map_or_else(|| "this level".into(), clean);
        out.push_str(&heading(&format!("Not required at {level}, answered anyway"), list.beyond.len()));
        out.push_str(&by_section(&list.beyond, options));
    }
    if !list.added.is_empty() {
        let newest = &review.template.revision(review.template.newest()).id;
        out.push_str(&heading(&format!("Added by the questions of {newest}"), list.added.len()));
        out.push_str(&by_section(&list.added, options));
    }
    if let Some(next) = &list.next {
        out.push_str(&next_level(next, options));
    }
    out
}

/// What became of the answers since an earlier state.
fn compared(before: &Before, review: &Review, options: &Options) -> String {
    let changes = compare::changes(before, review);
    let mut out = format!("\n{}\n", wrap("", 0, &compare::headline(before, &changes), options.columns()));
    for kind in Kind::ALL {
        let entries = compare::entries(before, review, &changes, kind);
        if !entries.is_empty() && !options.quiet {
            let heading = format!("Answers {} ({})", kind.name(), entries.len());
            out.push_str(&format!("\n{}\n", options.paint(Style::Strong, &heading)));
            out.push_str(&by_section(&entries, options));
        }
    }
    out
}

/// What the next level would ask: counted, and the first open questions named.
fn next_level(next: &Next, options: &Options) -> String {
    let level = clean(&next.level);
    let has = if next.answered == 1 { "has" } else { "have" };
    let text = format!(
        "At {level} {} would be required; {} of them {has} an answer.",
        counted(next.required, "more question"),
        next.answered,
    );
    let mut out = format!("\n{}\n", wrap("", 0, &text, options.columns()));
    let shown = if next.open.len() <= NEXT + 1 { next.open.len() } else { NEXT };
    if shown > 0 {
        let heading = format!("Open for {level} ({})", next.open.len());
        out.push_str(&format!("\n{}\n", options.paint(Style::Strong, &heading)));
        out.push_str(&by_section(&next.open[..shown], options));
    }
    if shown < next.open.len() {
        let more = next.open.len() - shown;
        let text = format!("and {more} more: gtr report --level {level}");
        out.push_str(&wrap(&" ".repeat(MARGIN), MARGIN, &text, options.columns()));
        out.push('\n');
    }
    out
}

fn by_section(entries: &[Entry], options: &Options) -> String {
    let mut out = String::new();
    let mut last = "";
    for entry in entries {
        if entry.section != last {
            out.push_str(&format!("  {}\n", clip(&entry.section, options.columns() - 2)));
            last = &entry.section;
        }
        out.push_str(&question(entry, options));
    }
    out
}

/// Line number, the whole question, the remark.
fn question(entry: &Entry, options: &Options) -> String {
    let line = entry.line.map_or_else(|| "-".into(), |line| line.to_string());
    let number = options.paint(Style::Faint, &format!("{line:>7}"));
    let mut out = wrap(&format!("{number}  "), MARGIN, &entry.question, options.columns());
    out.push('\n');
    if !entry.remark.is_empty() {
        out.push_str(&wrap(&" ".repeat(MARGIN + 2), MARGIN + 2, &entry.remark, options.columns()));
        out.push('\n');
    }
    out
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
        let files = [plain_file(&other, &[]), review_file(&review, &[])];
        insta::assert_snapshot!(written(|out| write(&files, &Options::default(), out)));
    }

    #[test]
    fn every_line_fits() {
        let review = sample();
        for columns in [60, 80] {
            let options = Options { width: columns, ..Options::default() };
            let text = written(|out| write(&[review_file(&review, &[])], &options, out));
            let long: Vec<_> = text.lines().filter(|line| width(line) > columns).collect();
            assert!(long.is_empty(), "{columns}: {long:#?}");
        }
    }

    #[test]
    fn several_documents_end_with_a_total() {
        let review = sample();
        let files = [review_file(&review, &[]), review_file(&review, &[])];
        let text = written(|out| write(&files, &Options::default(), out));
        assert!(text.ends_with("2 documents: 6 of 14 required questions answered (43 %)\n"), "{text}");
    }
}
