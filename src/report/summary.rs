//! The lines about a document as a whole that text formats share.

use std::fmt::Write;

use super::coverage::{Count, Coverage, PartCount};
use super::screen::{Style, clean, counted, flow};
use super::{FileReport, Options, count, safe_fixes};
use crate::diagnostic::Severity;
use crate::review::Review;
use crate::template::ItemIndex;

/// `GTR v1.0, questions of 2026-01-27; level incubation (title)`.
pub(super) fn identity(review: &Review) -> Vec<String> {
    let revision = review.template.revision(review.revision);
    let level = match level_name(review) {
        Some(level) => format!("level {level} ({})", review.level.source.name()),
        None => format!("level unknown ({})", review.level.source.name()),
    };
    let kind = format!("{} {},", review.template.name, revision.version);
    vec![clean(&kind), clean(&format!("questions of {};", revision.id)), clean(&level)]
}

/// The name of the document's level.
pub(super) fn level_name(review: &Review) -> Option<&str> {
    let level = review.level.index?;
    review.template.levels.get(level.0 as usize).map(String::as_str)
}

/// A section's title without what follows a dash: `Day 0 - Planning Phase` is `Day 0`.
pub(super) fn short_title(review: &Review, index: ItemIndex) -> String {
    let title = super::excerpt::wording(review.item(index).wording(review.revision));
    let cut = [" - ", " – ", " — "].iter().filter_map(|dash| title.find(dash)).min();
    title[..cut.unwrap_or(title.len())].trim_end().to_string()
}

/// `31 of 47 required questions answered (66 %)`.
pub(super) fn answered(count: &Count) -> String {
    let required = count.required();
    match count.percent() {
        Some(percent) => {
            let noun = if required == 1 { "question" } else { "questions" };
            format!("{} of {required} required {noun} answered ({percent} %)", count.good())
        }
        None => "no question is required".into(),
    }
}

/// Why nothing of a part is counted.
pub(super) fn not_required(review: &Review, part: &PartCount) -> String {
    let mut text = match level_name(review) {
        Some(level) => format!("not required at {}", clean(level)),
        None => "not counted, the level is unknown".into(),
    };
    if part.count.answered_anyway > 0 {
        let _ =
            write!(text, ", {} of {} answered anyway", part.count.answered_anyway, part.count.not_required);
    }
    text
}

/// One line a part: `Day 0  Scope 5/6  Usability 1/3`.
pub(super) fn coverage_lines(review: &Review, coverage: &Coverage, options: &Options) -> String {
    let titles: Vec<String> =
        coverage.parts.iter().map(|part| super::screen::clip(&short_title(review, part.part), 24)).collect();
    let column = titles.iter().map(|title| super::screen::width(title)).max().unwrap_or(0);
    let mut out = String::new();
    for (part, title) in coverage.parts.iter().zip(&titles) {
        let pad = " ".repeat(column - super::screen::width(title) + 2);
        let first = format!("{}{pad}", options.paint(Style::Strong, title));
        let asked = part.sections.iter().filter(|section| section.count.required() > 0);
        let mut pieces: Vec<String> = asked
            .map(|section| {
                let count = &section.count;
                let all = count.good() == count.required();
                let figure = format!("{}/{}", count.good(), count.required());
                let figure = if all { options.paint(Style::Good, &figure) } else { figure };
                if section.section == part.part {
                    figure
                } else {
                    format!("{} {figure}", short_title(review, section.section))
                }
            })
            .collect();
        if pieces.is_empty() {
            pieces.push(options.paint(Style::Faint, &not_required(review, part)));
        }
        out.push_str(&flow(&first, column + 2, "  ", &pieces, options.columns()));
        out.push('\n');
    }
    out
}

/// `17 errors, 2 warnings.`, then what is answered, then what `--fix` can do.
pub(super) fn closing(files: &[&FileReport], answers: Option<&Count>) -> Vec<String> {
    let sum = |severity| files.iter().map(|file| count(file.diagnostics, severity)).sum::<usize>();
    let all = [Severity::Error, Severity::Warning, Severity::Note].map(|severity| (severity, sum(severity)));
    let some: Vec<String> = all
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(severity, count)| counted(count, severity.name()))
        .collect();
    let findings = if some.is_empty() { "No findings".into() } else { some.join(", ") };
    let mut parts = vec![format!("{findings}.")];
    if let Some(answers) = answers {
        let text = answered(answers);
        parts.push(format!("{}{}.", text[..1].to_uppercase(), &text[1..]));
    }
    let fixes: usize = files.iter().map(|file| safe_fixes(file.diagnostics)).sum();
    if !some.is_empty() {
        parts.push(if fixes == 0 {
            "No safe fix.".into()
        } else {
            format!("{}.", counted(fixes, "safe fix").replace("fixs", "fixes"))
        });
    }
    let suppressed: usize = files.iter().map(|file| file.suppressed.len()).sum();
    if suppressed > 0 {
        parts.push(format!("{suppressed} silenced by comments."));
    }
    parts
}
