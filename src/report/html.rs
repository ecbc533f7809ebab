//! `gtr report --format html`: one file that holds everything, runs nothing and loads nothing.
//!
//! Its policy allows the one style sheet by its hash and nothing else, so that even a mistake in what is written here
//! would neither run nor fetch. Filtering is done by the style sheet.

mod bar;
mod document;
mod questions;

use std::io::{self, Write};

use super::picture::{Shares, Standing, Standings, total};
use super::quotes::one_line;
use super::screen::{clean, clip};
use super::summary::answered;
use super::{FileReport, Options, fleet, uri};
use crate::document::escaped;
use crate::review::Review;
use crate::source::Source;

const STYLE: &str = include_str!("html/page.css");
/// SHA-256 of the style sheet, base64, as the page's policy names it. A test computes it again.
const STYLE_HASH: &str = "q5icYHm7M1vfSFh8f0DLvhnXu8+LlfqXO8fF0j3xnsw=";

/// A file and the review in it.
type Reviewed<'a, 'b> = (&'b FileReport<'a>, &'a Review);

/// All documents in one page.
pub(super) fn write(files: &[FileReport], options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let all: Vec<Reviewed> = files.iter().filter_map(|file| Some((file, file.review?))).collect();
    let title = match all.as_slice() {
        [(_, review)] => format!("{}: {}", title(review), review.source().path()),
        _ => format!("{} reviews", all.len()),
    };
    writeln!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{STYLE_HASH}'; \
         base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n<title>{}</title>\n<style>{STYLE}</style>\n</head>\n\
         <body>\n<a class=\"skip\" href=\"#questions\">Skip to the questions</a>\n<main>",
        escaped(&title)
    )?;
    let mut shares = Shares::default();
    for (file, review) in &all {
        shares = shares.plus(&total(&Standings::new(file, review)));
    }
    match all.as_slice() {
        [] => writeln!(out, "<h1>No document</h1>\n<p>No document of any template was found.</p>")?,
        [one] => document::write(*one, 1, Some(&shares), options, out)?,
        several => {
            let compared = several.iter().any(|(file, _)| file.before.is_some());
            writeln!(out, "<h1>{title}</h1>")?;
            writeln!(out, "{}", table(files, options))?;
            writeln!(out, "{}\n{}", bar::legend(&shares), filter(&shares, compared))?;
            writeln!(out, "<div id=\"questions\">")?;
            for (at, one) in several.iter().enumerate() {
                document::write(*one, at + 1, None, options, out)?;
            }
            writeln!(out, "</div>")?;
        }
    }
    writeln!(
        out,
        "</main>\n<footer><p>Written by gtr {}. This page is complete in itself: it runs no script and loads nothing. \
         Answers are the authors’ own words.</p></footer>\n</body>\n</html>",
        env!("CARGO_PKG_VERSION")
    )
}

/// A row a document.
fn table(files: &[FileReport], options: &Options) -> String {
    let rows = fleet::rows(files);
    let mut out = String::from(
        "<table class=\"fleet\"><thead><tr><th scope=\"col\">Document</th><th scope=\"col\">Template</th>\
         <th scope=\"col\">Questions of</th><th scope=\"col\">Level</th><th scope=\"col\">How it stands</th>\
         <th scope=\"col\" class=\"number\">Answered</th><th scope=\"col\" class=\"number\">Open</th>\
         <th scope=\"col\">Oldest date</th></tr></thead><tbody>",
    );
    for (at, row) in rows.iter().enumerate() {
        let figure = match row.count.percent() {
            Some(percent) => format!("{}/{} ({percent} %)", row.count.good(), row.count.required()),
            None => "–".into(),
        };
        let source = options
            .link_base
            .as_deref()
            .map(|base| format!(" <a href=\"{}\">source</a>", escaped(&uri::page(base, row.path))));
        out.push_str(&format!(
            "\n<tr><th scope=\"row\"><a href=\"#d{}\">{}</a>{}</th>",
            at + 1,
            escaped(&clean(row.path)),
            source.unwrap_or_default()
        ));
        let mut cell = |label: &str, class: &str, html: &str| {
            out.push_str(&format!("<td class=\"{class}\" data-label=\"{label}\">{html}</td>"));
        };
        cell("Template", "", &escaped(&clean(row.template)));
        cell("Questions of", "", &escaped(&clean(row.revision)));
        cell("Level", "", &escaped(row.level()));
        cell("How it stands", "bars", &bar::bar(&row.shares));
        cell("Answered", "number", &figure);
        cell("Open", "number", &row.open().to_string());
        cell("Oldest date", "", &row.date());
        out.push_str("</tr>");
    }
    let (total, _, oldest) = fleet::sum(&rows);
    let oldest = oldest.map(|date| format!("; oldest date {date}")).unwrap_or_default();
    let figure = escaped(&answered(&total));
    format!("<p class=\"figure\">{figure}{oldest}</p>\n{out}</tbody></table>")
}

/// Buttons that choose which questions are shown.
fn filter(shares: &Shares, compared: bool) -> String {
    let mut out = String::from("<fieldset class=\"filter\"><legend>Show</legend>");
    let mut button = |id: &str, words: &str, checked: &str| {
        out.push_str(&format!(
            "<label><input type=\"radio\" name=\"show\" id=\"show-{id}\"{checked}><span>{words}</span></label>"
        ));
    };
    button("all", "everything", " checked");
    for standing in Standing::ALL {
        button(bar::class(standing), &format!("{} ({})", standing.words(), shares.of(standing)), "");
    }
    button("optional", "not required", "");
    if compared {
        button("changed", "changed", "");
    }
    out.push_str("</fieldset>");
    out
}

/// The document's first heading, else its path: one harmless line.
fn title(review: &Review) -> String {
    let first = review.document.sections().first().map(|section| review.document.content(section.heading));
    let title = first.map(|span| clip(&one_line(review.source(), span), 200));
    title.filter(|title| !title.trim().is_empty()).unwrap_or_else(|| clean(review.source().path()))
}

/// A line of a file: a link where somebody said what to link to.
fn line(source: &Source, line: u32, options: &Options) -> String {
    match &options.link_base {
        Some(base) => {
            format!("<a href=\"{}\">line {line}</a>", escaped(&uri::line(base, source.path(), line)))
        }
        None => format!("line {line}"),
    }
}

#[cfg(test)]
mod tests;
