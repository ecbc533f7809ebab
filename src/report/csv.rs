//! `gtr report --format csv`: one row a document, for a spreadsheet. RFC 4180, lines end with CR and LF.

use std::io::{self, Write};

use super::FileReport;
use super::compare::{self, Kind};
use super::fleet::rows;
use super::picture::Standing;
use crate::review::State;

/// The columns. Columns may be added at the end, never changed.
const COLUMNS: [&str; 17] = [
    "path",
    "template",
    "version",
    "revision",
    "level",
    "level-source",
    "required",
    "answered",
    "not-applicable",
    "weak",
    "open",
    "open-not-applicable-bare",
    "percent",
    "oldest-date",
    "added",
    "changed",
    "removed",
];

/// A line of headings and one a document. `answered` and `not-applicable` include what is `weak`; `required` is their
/// sum with `open`. The last three are empty without `--compare`.
pub(super) fn write(files: &[FileReport], out: &mut dyn Write) -> io::Result<()> {
    line(COLUMNS.map(String::from).as_slice(), out)?;
    for row in rows(files) {
        let number = |count: u32| count.to_string();
        let changes = row.before.map(|before| compare::changes(&before, row.review));
        let became = |kind| {
            let of_kind =
                |all: &Vec<compare::Change>| all.iter().filter(|change| change.kind == kind).count();
            changes.as_ref().map(|all| of_kind(all).to_string()).unwrap_or_default()
        };
        let cells = [
            path(row.path),
            row.template.to_string(),
            row.version.to_string(),
            row.revision.to_string(),
            row.level.clone().unwrap_or_default(),
            row.review.level.source.name().to_string(),
            number(row.count.required()),
            number(row.count.of(State::Answered)),
            number(row.count.of(State::NotApplicable)),
            number(row.shares.of(Standing::Weak)),
            number(row.open()),
            number(row.count.of(State::NotApplicableBare)),
            row.count.percent().map(number).unwrap_or_default(),
            row.oldest.map(|date| date.to_string()).unwrap_or_default(),
            became(Kind::Added),
            became(Kind::Changed),
            became(Kind::Removed),
        ];
        line(&cells, out)?;
    }
    Ok(())
}

/// A path that no spreadsheet takes for a formula, and that still names the file.
fn path(path: &str) -> String {
    let starts = path.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if starts { format!("./{path}") } else { path.to_string() }
}

fn line(cells: &[String], out: &mut dyn Write) -> io::Result<()> {
    let quoted: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
    write!(out, "{}\r\n", quoted.join(","))
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::{review_file, sample, written};

    #[test]
    fn a_row_a_document() {
        let review = sample();
        let text = written(|out| write(&[review_file(&review, &[])], out));
        let expected = "path,template,version,revision,level,level-source,required,answered,not-applicable,weak,open,\
                        open-not-applicable-bare,percent,oldest-date,added,changed,removed\r\n\
                        widget.md,gtr,v1.0,2025-09-30,incubation,title,7,2,1,1,4,1,43,,,,\r\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn a_cell_is_no_formula_and_ends_nowhere_else() {
        assert_eq!(quoted(&path("=HYPERLINK(\"x\",1)")), "\"./=HYPERLINK(\"\"x\"\",1)\"");
        assert_eq!(quoted("a\r\nb"), "\"a\r\nb\"");
    }
}
