//! What is wrong with the suppression comments themselves.

use super::Scene;
use super::directive::{Directive, Target, around, is_blank, lines_of};
use crate::diagnostic::{Diagnostic, Edit, Label};
use crate::rules::{self, Findings};
use crate::source::{Source, Span};

fn findings(rule: &str) -> Findings {
    Findings::new(rules::find(rule).expect("the suppression rules are in the list of rules").info().id)
}

/// Comments that name no known rule or give no reason.
pub(super) fn mistakes(directives: &[Directive]) -> Vec<Diagnostic> {
    let mut unknown = findings("unknown-rule");
    let mut unexplained = findings("unexplained-suppression");
    for directive in directives {
        if directive.targets.is_empty() {
            unknown
                .report_at(label(directive, directive.span), "the suppression comment names no rule")
                .help(format!("write {}; `gtr rules` lists the names", directive.syntax.sample()));
            continue;
        }
        for target in directive.targets.iter().filter(|target| rules::find(&target.rule).is_none()) {
            let names = rules::ALL.iter().map(|rule| rule.info().id.0);
            let help = rules::nearest(&target.rule, names).map_or_else(
                || "`gtr rules` lists the names".to_string(),
                |name| format!("did you mean `{name}`?"),
            );
            let message = format!("there is no rule `{}`", target.rule);
            unknown.report_at(label(directive, target.span), message).help(help);
        }
        if !directive.explained {
            let message = "the suppression comment gives no reason, so it silences nothing";
            unexplained
                .report_at(label(directive, directive.span), message)
                .help(format!("add a colon and why: {}", directive.syntax.sample()));
        }
    }
    let mut all = unknown.into_diagnostics();
    all.append(&mut unexplained.into_diagnostics());
    all
}

/// Explained comments that silenced nothing although their rule exists and is on. `about_unused`: those that
/// name `unused-suppression` itself, or all the others.
pub(super) fn unused(directives: &[Directive], about_unused: bool, scene: &Scene) -> Vec<Diagnostic> {
    let mut found = findings("unused-suppression");
    for directive in directives.iter().filter(|directive| directive.explained) {
        for target in directive.targets.iter().filter(|target| !target.used) {
            let Some(rule) = rules::find(&target.rule) else { continue };
            let on = scene.severity(rule.info()).is_some();
            if !on || (target.rule == "unused-suppression") != about_unused {
                continue;
            }
            let (message, help) = describe(target, scene);
            let finding = found.report_at(label(directive, target.span), message).help(help);
            if let (1, Some(source)) = (directive.targets.len(), scene.source(directive.file)) {
                let (span, safe) = removal(source, directive);
                let edit = Edit { file: directive.file, span, text: String::new() };
                finding.fix("remove the comment", safe, vec![edit]);
            }
        }
    }
    found.into_diagnostics()
}

fn label(directive: &Directive, span: Span) -> Label {
    Label { file: directive.file, span, message: None }
}

fn describe(target: &Target, scene: &Scene) -> (String, String) {
    match (&target.item, scene.template) {
        (Some(item), Some(template)) if template.find(item).is_none() => {
            let ids = template.items.iter().map(|item| item.id.as_str());
            let help = rules::nearest(item, ids).map_or_else(
                || format!("`gtr templates show {}` lists the ids", template.id),
                |id| format!("did you mean `{id}`?"),
            );
            (
                format!(
                    "there is no item `{item}` in the template {}, so nothing is silenced",
                    template.name
                ),
                help,
            )
        }
        _ => (
            format!("nothing to silence: no `{}` on the line that the comment covers", target.rule),
            "remove the comment, or move it to the line before the finding".to_string(),
        ),
    }
}

/// The bytes to remove and whether that leaves the rest as it is. A comment on lines of its own goes with its
/// line end; between two lines of text it holds two blocks apart, so removing it might join them.
fn removal(source: &Source, directive: &Directive) -> (Span, bool) {
    let (before, after) = around(source, directive.span);
    if !is_blank(before) || !is_blank(after) {
        return (directive.span, true);
    }
    let (first, last) = lines_of(source, directive.span);
    let (lines, text) = (source.lines(), source.text());
    let blank =
        |line: u32| line < 1 || line > lines.count() || is_blank(source.slice(source.line_span(line)));
    let end = match source.line_span(last + 1) {
        next if last < lines.count() => next.start,
        _ => text.len() as u32,
    };
    (Span::new(source.line_span(first).start, end), blank(first - 1) || blank(last + 1))
}
