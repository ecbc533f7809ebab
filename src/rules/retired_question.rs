//! `retired-question`.

use super::gate::visible_prompt;
use super::quote::quote_item;
use super::{Context, Findings};
use crate::diagnostic::Severity;
use crate::review::RevisionStatus;
use crate::template::ItemKind;

declare_rule! {
    /// ## What it finds
    /// A question that the document's revision of the template no longer has.
    ///
    /// ## Why it matters
    /// Nobody asks for it any more: the
    /// [GTR template](https://github.com/cncf/toc/blob/main/toc_subprojects/project-reviews-subproject/general-technical-questions.md)
    /// dropped it or merged it into another question.
    ///
    /// ## Example
    /// ```markdown
    /// * Describe how each of the cloud native principles apply to your project.
    /// ```
    ///
    /// ## How to fix it
    /// Delete the question, or leave it: an answer more does no harm.
    ///
    /// ## How sure it is
    /// Sure. A document written on a revision that had the question is not reported.
    RetiredQuestion, "retired-question", Some(Severity::Note), "the template no longer asks this", check
}

fn check(context: &Context, findings: &mut Findings) {
    let review = context.review;
    for (index, item, bound) in review.bound_items() {
        let asks = matches!(item.kind, ItemKind::Question | ItemKind::Group);
        if !asks || bound.status != RevisionStatus::Retired {
            continue;
        }
        let Some(prompt) = visible_prompt(review, bound) else { continue };
        let Some(since) = review.template.retired_since(index) else { continue };
        let message = format!("{} is no longer asked since {}", quote_item(review, index), since.id);
        findings
            .report(prompt.span, message)
            .item(review, index)
            .help("delete the question, or leave it: it does no harm");
    }
}
