//! `leftover-scaffold`.

mod samples;

use super::checkbox::{is_checked, list_item};
use super::gate::visible_prompt;
use super::quote::{counted, quote_item};
use super::same_wording::same_wording;
use super::{Context, Findings};
use crate::diagnostic::{Label, Severity};
use crate::document::BlockId;
use crate::review::{Prompt, Review, plain, same_words};
use crate::source::Span;
use crate::template::{ItemIndex, ItemKind};

declare_rule! {
    /// ## What it finds
    /// An option of a question is ticked, and a field below it is still empty: a feature gate without its
    /// name, a metric without its name. As notes, each once a document: options that nobody ticked were left
    /// beside the one that was; a section holds nothing but the template's sample line (`<test>: <link to test
    /// coverage>`), or still has it beside what was written.
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
    /// Fill in the field, or delete it where it does not apply; delete the options that were not picked. Put your
    /// tests in the place of the sample, or say why there are none; `--fix` deletes a sample beside others.
    ///
    /// ## How sure it is
    /// A field counts as empty when nothing stands on its line or nested below it. Fields marked `[Optional]`
    /// are not asked for, and of fields that are alternatives one is enough. An option that nobody ticked but
    /// somebody wrote into is not reported, nor is a sample with something nested below it.
    LeftoverScaffold, "leftover-scaffold", Some(Severity::Warning), "what the template gives to be filled in was left as it is", check
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
            others.into_iter().fold(finding, |finding, span| finding.related(Label::with(span, plain(review.text(span)))));
        }
        if !ticked.is_empty() {
            let unused = open.into_iter().filter(|(at, prompt, _)| !is_filled(review, *at, prompt));
            alternatives.extend(unused.map(|(at, prompt, _)| (at, prompt)));
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
        others.iter().fold(finding, |finding, (_, prompt)| {
            finding.related(Label::with(prompt.span, plain(review.text(prompt.span))))
        });
    }
    samples::check(context, findings);
}

/// Whether something was written into an option: nobody should delete that with it.
fn is_filled(review: &Review, option: ItemIndex, prompt: &Prompt) -> bool {
    let Some(item) = list_item(review, prompt) else { return false };
    let inside = review.document.block(item).span;
    review.bound(option).answer.iter().any(|span| span.start < inside.end)
}

/// The empty fields of a ticked option, first and others.
fn empty_fields(review: &Review, option: ItemIndex, prompt: &Prompt) -> Option<(Span, Vec<Span>)> {
    let document = &review.document;
    let item = list_item(review, prompt)?;
    // those that end in a question mark may be answered anywhere
    let fields = review.item(option).scaffold.iter().filter(|field| field.text.ends_with(':'));
    let fields: Vec<&str> = fields.map(|field| field.text.as_str()).filter(|text| !text.starts_with('[')).collect();
    let mut empty: Vec<Span> = Vec::new();
    let mut filled = false;
    for id in (item.0 + 1..document.block(item).end.0).map(BlockId) {
        let block = document.block(id);
        if !block.kind.is_leaf() || block.commented {
            continue;
        }
        for line in document.lines(id) {
            let text = document.text(line.span).trim();
            if !fields.iter().any(|field| text.ends_with(':') && same_words(text, field)) {
                filled |= fields.iter().any(|field| begins(text, field));
            } else if is_followed_by_value(review, line.span) {
                filled = true;
            } else {
                empty.push(line.span);
            }
        }
    }
    // `Condition name` and `Other field` are alternatives
    if filled && review.item(option).id == "chk-api-status" {
        return None;
    }
    let mut spans = empty.into_iter();
    Some((spans.next()?, spans.collect()))
}

fn begins(text: &str, field: &str) -> bool {
    text.split_once(':').is_some_and(|(label, value)| {
        !value.trim().is_empty() && same_words(label, field.trim_end_matches(':'))
    })
}

/// Whether the next line that is not blank is the author's own: no field, option, question or heading.
fn is_followed_by_value(review: &Review, field: Span) -> bool {
    let text = review.source().text();
    let end = field.end as usize + text[field.end as usize..].find('\n').unwrap_or(0);
    let rest = text[end..].trim_start();
    let Some(line) = rest.lines().next() else { return false };
    let at = (text.len() - rest.len()) as u32;
    let span = Span::new(at, at + line.len() as u32);
    let bare = line.trim_start_matches(['-', '*', '+', ' ']);
    if ["#", "[ ]", "[]", "[x]", "[X]", "<!--"].iter().any(|sign| bare.starts_with(sign)) {
        return false;
    }
    let is_prompt = review.items.iter().flat_map(|bound| &bound.prompts).any(|prompt| prompt.span.overlaps(span));
    let label = bare.split_once(':').map_or(bare, |(label, _)| label);
    let is_template = || {
        review.template.items.iter().flat_map(|item| &item.scaffold).any(|other| {
            same_wording(bare, &other.text) || same_wording(label, other.text.trim_end_matches(':'))
        })
    };
    !is_prompt && !is_template()
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;
    use crate::review::{Match, State};
    use crate::template::Scaffold;

    fn found(fields: &str) -> Vec<String> {
        let text = format!("Q?\n\n- [x] Metrics\n{fields}- [ ] Other\n  - Details:\n");
        let field = Scaffold { text: "Metric name:".into(), until: None };
        Sample::new(&text)
            .item(0, ItemKind::Question, "q", "Q?")
            .item(1, ItemKind::Checkbox, "q.metrics", "Metrics")
            .bind("q", "Q?", "Metrics", State::Answered)
            .prompt("q.metrics", "Metrics", Match::Verbatim)
            .change("q.metrics", |item, bound| {
                item.scaffold.push(field);
                bound.prompts[0].block = BlockId(3);
            })
            .template_id("kep")
            .check(&LeftoverScaffold)
            .into_iter()
            .map(|found| found.message)
            .collect()
    }

    #[test]
    fn an_empty_field_below_a_ticked_option() {
        assert_eq!(found("  - Metric name:\n"), ["“Metrics” is ticked, but its field “Metric name” is empty"]);
        // a line of the author's own
        assert!(found("  - Shown as:\n").is_empty());
        for filled in ["  - Metric name: `a_total`\n", "  - Metric name:\n    - `a_total`\n", "  - Metric name:\n\n  `a`\n"] {
            assert!(found(filled).is_empty(), "{filled}");
        }
    }
    #[test]
    fn options_beside_the_one_that_is_ticked_are_left_over_where_an_answer_is_asked_for() {
        let sample = || {
            Sample::new("Q?\n\n- [x] Metrics\n- [ ] Other\n")
                .item(0, ItemKind::Question, "q", "Q?")
                .item(1, ItemKind::Checkbox, "q.metrics", "Metrics")
                .item(1, ItemKind::Checkbox, "q.other", "Other")
                .bind("q", "Q?", "Metrics", State::Answered)
                .prompt("q.metrics", "Metrics", Match::Verbatim)
                .prompt("q.other", "Other", Match::Verbatim)
                // paragraph, list, then item and paragraph for each
                .change("q.metrics", |_, bound| bound.prompts[0].block = BlockId(3))
                .change("q.other", |_, bound| bound.prompts[0].block = BlockId(5))
                .template_id("kep")
        };
        let found = sample().check(&LeftoverScaffold);
        assert_eq!(found[0].message, "an option that nobody ticked was left beside those that are ticked");
        assert!(sample().optional("q").check(&LeftoverScaffold).is_empty());
    }
}
