//! What is known of a question or section, shown when the pointer rests on it.

use lsp_types::{Hover, MarkupContent, MarkupKind};

use super::items;
use super::view::View;
use crate::diagnostic::RuleId;
use crate::report;
use crate::review::{Match, Review};
use crate::source::{FileId, Span};
use crate::template::{ItemIndex, ItemKind, Requirement};

/// The explanation of the item that is asked at a byte.
pub(super) fn at(view: &View, file: FileId, offset: u32) -> Option<Hover> {
    let review = view.review(file)?;
    let (index, span) = items::at(review, offset)?;
    let text = explanation(view, review, index, span);
    let (kind, value) = if view.client.markdown {
        (MarkupKind::Markdown, text)
    } else {
        (MarkupKind::PlainText, text.replace("**", "").replace('`', ""))
    };
    Some(Hover { contents: MarkupContent { kind, value }.into(), range: Some(view.range(file, span)) })
}

fn explanation(view: &View, review: &Review, index: ItemIndex, span: Span) -> String {
    let (template, item, bound) = (&review.template, review.item(index), review.bound(index));
    let mut parts = vec![format!("**{}**", escaped(item.wording(review.revision)))];
    let section = item.parent.and_then(|parent| template.section_of(parent));
    let place = section.map(|section| format!(" in {}", items::name(review, section))).unwrap_or_default();
    parts.push(format!("`{}`, {} of {}{place}", item.id, item.kind.name(), template.name));

    let mut lines = vec![state(review, index)];
    if matches!(bound.matched(), Match::Edited | Match::Paraphrased) {
        lines.push(format!("Wording: {}, the template's is above", bound.matched().name()));
    }
    let level = review.level.index.map_or_else(
        || "unknown".to_string(),
        |level| format!("{} ({})", template.levels[usize::from(level.0)], review.level.source.name()),
    );
    let asked = match bound.required {
        Requirement::Required => "required here",
        Requirement::Encouraged => "encouraged here",
        Requirement::Optional => "not required here",
    };
    lines.push(format!("Asked: {}; the document's level is {level}: {asked}", template.asked(item)));
    if !item.aliases.is_empty() {
        lines.push(format!("Also known as: {}", item.aliases.join("; ")));
    }
    let newest = item.newest_wording();
    if item.until.is_some() {
        lines.push(format!("Asked {}", template.lifetime(item)));
    } else if newest != item.wording(review.revision) {
        lines.push(format!("Newest wording: {}", escaped(newest)));
    }
    parts.push(lines.iter().map(|line| format!("- {line}\n")).collect());

    let findings = view.checked.diagnostics.iter().filter(|one| {
        one.primary.file == FileId(0)
            && (one.item.as_deref() == Some(item.id.as_str())
                || one.item.is_none() && span.overlaps(one.primary.span))
    });
    let findings: String = findings
        .map(|one| format!("- {}: {} ({})\n", one.severity.name(), escaped(&one.message), rule(one.rule)))
        .collect();
    if !findings.is_empty() {
        parts.push(findings);
    }
    if !template.upstream.url.is_empty() {
        parts.push(format!("[The template]({})", template.upstream.url));
    }
    parts.join("\n\n")
}

fn state(review: &Review, index: ItemIndex) -> String {
    let bound = review.bound(index);
    if review.item(index).kind == ItemKind::Section {
        let count = items::count(review, index);
        return match (count.required(), count.not_required) {
            (0, 0) => format!("State: {}", items::words(bound.state)),
            (0, open) => {
                format!("State: {} of {open} questions answered, none is required", count.answered_anyway)
            }
            (required, _) => format!("State: {} of {required} required questions answered", count.good()),
        };
    }
    let by = bound.answered_by.map(|other| format!(" by the answer to {}", items::name(review, other)));
    format!("State: {}{}", items::words(bound.state), by.unwrap_or_default())
}

/// A rule with a link to its page; without a page, the command that prints it.
fn rule(rule: RuleId) -> String {
    report::url(rule).map_or_else(|| format!("`gtr explain {rule}`"), |page| format!("[{rule}]({page})"))
}

/// Text of a template inside of markdown: its own markup stays, but HTML would vanish.
fn escaped(text: &str) -> String {
    text.replace('<', "&lt;").replace("**", "")
}
