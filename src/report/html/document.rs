//! One document: its picture, its metadata, what is open, and then its questions.

use std::io::{self, Write};

use super::super::compare::{self, Before, Change, Kind};
use super::super::coverage::coverage;
use super::super::picture::{Shares, Standings, rows, weakening};
use super::super::quotes::{one_line, wording};
use super::super::reading_list::{Entry, ReadingList, reading_list};
use super::super::screen::{clean, clip};
use super::super::summary::{answered, identity, level_name};
use super::super::{Options, uri};
use super::{Reviewed, bar, filter, line, questions};
use crate::document::escaped;
use crate::review::Review;
use crate::template::ItemKind;

/// Longest value of a metadata line, in columns.
const VALUE: usize = 300;

/// Where the parts of one document go.
pub(super) struct Place<'a> {
    /// The document's number in the page, from 1: the beginning of all its anchors.
    pub(super) number: usize,
    /// Level of the document's own heading.
    pub(super) level: usize,
    pub(super) options: &'a Options,
}

impl Place<'_> {
    /// A heading so many levels below the document's.
    pub(super) fn heading(&self, below: usize, text: &str) -> String {
        let level = self.level + below;
        format!("<h{level}>{}</h{level}>", escaped(text))
    }

    /// The anchor of a question.
    pub(super) fn anchor(&self, index: crate::template::ItemIndex) -> String {
        format!("d{}-{}", self.number, index.0)
    }
}

/// Writes a document. `alone` has its figures when it is the only one, which then has the page's title and filter.
pub(super) fn write(
    (file, review): Reviewed,
    number: usize,
    alone: Option<&Shares>,
    options: &Options,
    out: &mut dyn Write,
) -> io::Result<()> {
    let place = Place { number, level: if alone.is_some() { 1 } else { 2 }, options };
    let standings = Standings::new(file, review);
    let coverage = coverage(review);
    let path = review.source().path();
    let title = super::title(review);
    if alone.is_some() {
        writeln!(out, "{}", place.heading(0, &title))?;
    } else {
        let summary = escaped(&answered(&coverage.total));
        writeln!(
            out,
            "<details class=\"document\"><summary>{} <span class=\"note\">{summary}</span></summary>\n<div id=\"d{number}\">",
            place.heading(0, &title)
        )?;
    }
    let identity = escaped(&identity(review).join(" "));
    let link = options
        .link_base
        .as_deref()
        .map(|base| format!(" <a href=\"{}\">The document</a>", escaped(&uri::page(base, path))));
    writeln!(
        out,
        "<p class=\"identity\"><code>{}</code><br>{identity}.{}</p>",
        escaped(path),
        link.unwrap_or_default()
    )?;
    writeln!(out, "<p class=\"figure\">{}</p>", escaped(&answered(&coverage.total)))?;
    let list = reading_list(review, &weakening(file));
    let shares = super::total(&standings);
    writeln!(out, "{}\n{}", picture(&rows(&standings, &coverage)), bar::legend(&shares))?;
    let changes = file.before.map(|before| (before, compare::changes(&before, review)));
    fields(review, &place, out)?;
    if let Some((before, changes)) = &changes {
        compared(before, changes, review, &place, out)?;
    }
    open(review, &list, &place, out)?;
    if alone.is_some() {
        writeln!(
            out,
            "{}\n{}",
            place.heading(1, "Questions and answers"),
            filter(&shares, changes.is_some())
        )?;
        writeln!(out, "<div id=\"questions\">")?;
    } else {
        writeln!(out, "{}\n<div>", place.heading(1, "Questions and answers"))?;
    }
    questions::write(file, review, &standings, changes.as_ref(), &place, out)?;
    writeln!(out, "</div>{}", if alone.is_some() { "" } else { "\n</div></details>" })
}

fn picture(rows: &[super::super::picture::Row]) -> String {
    let mut out = String::from(
        "<table class=\"picture\"><thead><tr><th scope=\"col\">Section</th><th scope=\"col\">How it stands</th>\
         <th scope=\"col\" class=\"number\">Answered</th></tr></thead><tbody>",
    );
    for row in rows {
        let title = escaped(&row.title);
        let class = if row.inner { " class=\"inner\"" } else { "" };
        out.push_str(&format!("\n<tr{class}><th scope=\"row\">{title}</th>"));
        out.push_str(&match &row.bar {
            Some((count, shares)) => format!(
                "<td class=\"bars\">{}</td><td class=\"number\">{}/{}</td></tr>",
                bar::bar(shares),
                count.good(),
                count.required()
            ),
            None => format!("<td colspan=\"2\" class=\"note\">{}</td></tr>", escaped(&row.note)),
        });
    }
    out.push_str("</tbody></table>");
    out
}

/// The metadata lines that the template has, and what kep.yaml says.
fn fields(review: &Review, place: &Place, out: &mut dyn Write) -> io::Result<()> {
    let all =
        review.bound_items().filter(|(index, item, _)| item.kind == ItemKind::Field && review.asks(*index));
    let mut lines: Vec<String> = all
        .map(|(_, item, bound)| {
            let label = wording(item.wording(review.revision));
            let value = match bound.answer_span() {
                Some(span) => escaped(&clip(&one_line(review.source(), span), VALUE)),
                None => "<span class=\"note\">not given</span>".into(),
            };
            format!("<dt>{}</dt><dd>{value}</dd>", escaped(label.trim_end_matches([':', ' '])))
        })
        .collect();
    if let Some(metadata) = review.companions.metadata.as_deref() {
        for (key, value) in metadata.root() {
            let Some(key) = metadata.text_of(*key) else { continue };
            let own = metadata.text_of(*value).map(|text| text.value);
            let several = metadata.elements(*value).iter().filter_map(|one| metadata.text_of(*one));
            let texts: Vec<&str> = own.into_iter().chain(several.map(|text| text.value)).collect();
            if !texts.is_empty() {
                let value = clip(&clean(&texts.join(", ")), VALUE);
                lines.push(format!("<dt>{}</dt><dd>{}</dd>", escaped(&clean(key.value)), escaped(&value)));
            }
        }
    }
    if lines.is_empty() {
        return Ok(());
    }
    writeln!(out, "{}\n<dl>{}</dl>", place.heading(1, "Metadata"), lines.join("\n"))
}

/// What became of the answers since an earlier state.
fn compared(
    before: &Before,
    changes: &[Change],
    review: &Review,
    place: &Place,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "{}", place.heading(1, &compare::headline(before, changes)))?;
    for kind in Kind::ALL {
        let list = compare::entries(before, review, changes, kind);
        if !list.is_empty() {
            writeln!(out, "<details><summary>Answers {} ({})</summary>", kind.name(), list.len())?;
            entries(review, &list, "", place, out)?;
            writeln!(out, "</details>")?;
        }
    }
    Ok(())
}

/// What a reviewer has to ask for, and what to read with care.
fn open(review: &Review, list: &ReadingList, place: &Place, out: &mut dyn Write) -> io::Result<()> {
    let level = level_name(review).map_or_else(|| "this level".into(), |level| level.to_string());
    let required = list.open.len() + list.bare.len();
    writeln!(out, "{}", place.heading(1, &format!("Required at {level} and open ({required})")))?;
    if required == 0 {
        writeln!(out, "<p>Nothing.</p>")?;
    }
    entries(review, &list.open, "", place, out)?;
    entries(review, &list.bare, "N/A without a reason", place, out)?;
    let fold = |title: &str, list: &[Entry], out: &mut dyn Write| -> io::Result<()> {
        if list.is_empty() {
            return Ok(());
        }
        writeln!(out, "<details><summary>{} ({})</summary>", escaped(title), list.len())?;
        entries(review, list, "", place, out)?;
        writeln!(out, "</details>")
    };
    fold("Answers with work still open in them", &list.unresolved, out)?;
    fold("Answers found by similar wording alone", &list.uncertain, out)?;
    fold("Answers that a finding makes weak", &list.weak, out)?;
    fold("N/A with a reason: is it a good one?", &list.reasons, out)?;
    fold(&format!("Not required at {level}, answered anyway"), &list.beyond, out)?;
    let newest = &review.template.revision(review.template.newest()).id;
    fold(&format!("Added by the questions of {newest}"), &list.added, out)?;
    match &list.next {
        Some(next) => fold(&format!("Open for {}, the next level", next.level), &next.open, out),
        None => Ok(()),
    }
}

fn entries(
    review: &Review,
    entries: &[Entry],
    otherwise: &str,
    place: &Place,
    out: &mut dyn Write,
) -> io::Result<()> {
    if entries.is_empty() {
        return Ok(());
    }
    writeln!(out, "<ul class=\"list\">")?;
    for entry in entries {
        let remark = if entry.remark.is_empty() { otherwise } else { entry.remark.as_str() };
        let mut remark = vec![escaped(&entry.section), escaped(remark)];
        remark.retain(|part| !part.is_empty());
        remark.extend(entry.line.map(|at| line(review.source(), at, place.options)));
        writeln!(
            out,
            "<li><a href=\"#{}\">{}</a><span class=\"remark\">{}</span></li>",
            place.anchor(entry.index),
            escaped(&entry.question),
            remark.join("; ")
        )?;
    }
    writeln!(out, "</ul>")
}
