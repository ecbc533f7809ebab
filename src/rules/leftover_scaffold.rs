//! `leftover-scaffold`.

use super::checkbox::{is_checked, list_item};
use super::gate::visible_prompt;
use super::quote::{counted, quote_item};
use super::{Context, Findings};
use crate::diagnostic::{Label, Severity};
use crate::document::BlockId;
use crate::review::{Prompt, Review, same_words};
use crate::source::Span;
use crate::template::{ItemIndex, ItemKind};

declare_rule! {
    /// ## What it finds
    /// An option of a question is ticked, and a field below it is still empty: a feature gate without its
    /// name, a metric without its name. As a note, and once a document: options that nobody ticked were left
    /// beside the one that was.
    ///
    /// ## Why it matters
    /// The
    /// [KEP template](https://github.com/kubernetes/enhancements/blob/master/keps/NNNN-kep-template/README.md)
    /// says to pick one of the options and delete the rest; an operator needs the name.
    ///
    /// ## Example
    /// ```markdown
    /// - [x] Metrics
    ///   - Metric name:
    /// ```
    ///
    /// ## How to fix it
    /// Fill in the field, or delete it where it does not apply; delete the options that were not picked.
    ///
    /// ## How sure it is
    /// A field counts as empty when nothing stands on its line or nested below it. Fields marked `[Optional]`
    /// are not asked for, and of fields that are alternatives one is enough.
    LeftoverScaffold, "leftover-scaffold", Some(Severity::Warning), "a ticked option has an empty field", check
}

fn check(context: &Context, findings: &mut Findings) {
    let review = context.review;
    if review.template.id != "kep" {
        return;
    }
    let mut alternatives: Vec<(ItemIndex, Prompt)> = Vec::new();
    for (question, item, _) in review.bound_items() {
        if item.kind != ItemKind::Question || !review.requires(question) {
            continue;
        }
        let options = review.template.children(question).filter(|at| review.item(*at).kind == ItemKind::Checkbox);
        let options = options.filter_map(|at| {
            let prompt = visible_prompt(review, review.bound(at))?;
            Some((at, *prompt, is_checked(review, prompt)?))
        });
        let (ticked, open): (Vec<_>, Vec<_>) = options.partition(|(.., checked)| *checked);
        for (option, prompt, _) in &ticked {
            let Some((first, others)) = empty_fields(review, *option, prompt) else { continue };
            let name = quote_item(review, *option);
            let label = review.text(first).trim().trim_end_matches(':').to_string();
            let finding = findings
                .report(first, format!("{name} is ticked, but its field “{label}” is empty"))
                .item(review, question)
                .help("fill it in, or delete it where it does not apply");
            others.into_iter().fold(finding, |finding, span| finding.related(Label::with(span, "empty too")));
        }
        if !ticked.is_empty() {
            alternatives.extend(open.into_iter().map(|(at, prompt, _)| (at, prompt)));
        }
    }
    if let Some(((option, prompt), others)) = alternatives.split_first() {
        let message = format!("{} left beside those that are ticked", match alternatives.len() {
            1 => "an option that nobody ticked was".to_string(),
            count => format!("{} that nobody ticked were", counted(count, "option")),
        });
        let finding = findings
            .report(prompt.span, message)
            .item(review, *option)
            .help("the template says: pick one of these and delete the rest")
            .at_most(Severity::Note);
        others.iter().fold(finding, |finding, (_, prompt)| finding.related(Label::with(prompt.span, "and this")));
    }
}

/// The empty fields of a ticked option, first and others.
fn empty_fields(review: &Review, option: ItemIndex, prompt: &Prompt) -> Option<(Span, Vec<Span>)> {
    let document = &review.document;
    let item = list_item(review, prompt)?;
    // those that end in a question mark may be answered anywhere
    let fields = review.item(option).scaffold.iter().filter(|field| field.text.ends_with(':'));
    let fields: Vec<&str> = fields.map(|field| field.text.as_str()).filter(|text| !text.starts_with('[')).collect();
    let mut empty: Vec<(usize, Span)> = Vec::new();
    let mut filled = false;
    for id in (item.0 + 1..document.block(item).end.0).map(BlockId) {
        let block = document.block(id);
        if !block.kind.is_leaf() || block.commented {
            continue;
        }
        let mut lines = document.lines(id).peekable();
        while let Some(line) = lines.next() {
            let text = document.text(line.span).trim();
            let field = fields.iter().position(|field| {
                text.ends_with(':') && same_words(text, field)
            });
            let Some(field) = field else {
                filled |= fields.iter().any(|field| begins(text, field));
                continue;
            };
            let goes_on = lines.peek().is_some_and(|next| !document.text(next.span).trim().ends_with(':'));
            let nested = document.ancestors(id).next().is_some_and(|around| document.block(around).end.0 > id.0 + 1 && around != item);
            if goes_on || nested {
                filled = true;
            } else {
                empty.push((field, line.span));
            }
        }
    }
    // `Condition name` and `Other field` are alternatives
    if filled && review.item(option).id == "chk-api-status" {
        return None;
    }
    let mut spans = empty.into_iter().map(|(_, span)| span);
    Some((spans.next()?, spans.collect()))
}

fn begins(text: &str, field: &str) -> bool {
    text.split_once(':').is_some_and(|(label, value)| {
        !value.trim().is_empty() && same_words(label, field.trim_end_matches(':'))
    })
}
