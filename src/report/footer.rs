//! What stands below the findings of a document: coverage and totals.

use super::coverage::{Count, Coverage};
use super::screen::{Style, clip, counted, flow, width};
use super::summary::{answered, not_required, short_title};
use super::{FileReport, Options, count, safe_fixes};
use crate::diagnostic::Severity;
use crate::review::Review;

/// One line a part: `Day 0  Scope 5/6  Usability 1/3`.
pub(super) fn coverage_lines(review: &Review, coverage: &Coverage, options: &Options) -> String {
    let titles: Vec<String> =
        coverage.parts.iter().map(|part| clip(&short_title(review, part.part), 24)).collect();
    let column = titles.iter().map(|title| width(title)).max().unwrap_or(0);
    let mut out = String::new();
    for (part, title) in coverage.parts.iter().zip(&titles) {
        let pad = " ".repeat(column - width(title) + 2);
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
                    format!("{} {figure}", clip(&short_title(review, section.section), 40))
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

/// `17 errors, 2 warnings.`, then what is answered, then how many have a safe fix.
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
    let safe: usize = files.iter().map(|file| safe_fixes(file.diagnostics)).sum();
    let fixable = |file: &&FileReport| file.diagnostics.iter().filter(|one| one.fix.is_some()).count();
    let others = files.iter().map(fixable).sum::<usize>() - safe;
    match (safe, others) {
        _ if some.is_empty() => {}
        (0, 0) => parts.push("No safe fix.".into()),
        (0, _) => parts.push(format!("No safe fix; {others} with --fix --unsafe-fixes.")),
        (1, 0) => parts.push("1 safe fix with --fix.".into()),
        (_, 0) => parts.push(format!("{safe} safe fixes with --fix.")),
        _ => parts.push(format!("{safe} safe with --fix; {others} more with --unsafe-fixes.")),
    }
    let suppressed: usize = files.iter().map(|file| file.suppressed.len()).sum();
    if suppressed > 0 {
        parts.push(format!("{suppressed} silenced by comments."));
    }
    let baselined: usize = files.iter().map(|file| file.baselined.len()).sum();
    if baselined > 0 {
        parts.push(format!("{baselined} known from the baseline."));
    }
    parts
}
