//! `missing-field`.

use super::quote::quote;
use super::{Context, Findings, field};
use crate::diagnostic::Severity;
use crate::review::{Cause, State};

declare_rule! {
    /// ## What it finds
    /// A line of the metadata at the top of the document is not there: project, project version, website,
    /// date, template version or description.
    ///
    /// ## Why it matters
    /// A reviewer must know which release is described, on which day, and which questions were answered.
    /// The lines are part of the
    /// [GTR template](https://github.com/cncf/toc/blob/main/toc_subprojects/project-reviews-subproject/general-technical-questions.md).
    ///
    /// ## Example
    /// ```markdown
    /// # General Technical Review - Example / Incubation
    ///
    /// - **Project:** Example
    /// - **Website:** https://project.example
    /// ```
    ///
    /// ## How to fix it
    /// Add the line below the title, with the template's label: `- **Project Version:** v1.2.3`.
    ///
    /// ## How sure it is
    /// Labels are found as list items, in tables and block quotes, and with small changes of their wording.
    /// Only lines that the document's revision of the template has are asked for. When there is no metadata
    /// at all, that is one finding.
    MissingField, "missing-field", Some(Severity::Warning), "a metadata line of the template is not there", check
}

fn check(context: &Context, findings: &mut Findings) {
    let review = context.review;
    let missing: Vec<_> = field::demanded(review)
        .filter(|&index| !field::is_there(review, index))
        .filter(|&index| !matches!(review.bound(index).cause, Cause::Swallowed(_)))
        .collect();
    let label = |index| quote(review.item(index).wording(review.revision).trim_end_matches(':'));
    if let [first, _, ..] = missing[..]
        && missing.len() == field::demanded(review).count()
    {
        let labels: Vec<String> = missing.iter().map(|&index| label(index)).collect();
        findings
            .report(
                review.anchor(first),
                format!("the document has none of the template's metadata lines: {}", labels.join(", ")),
            )
            .help("add a list with these labels and their values below the title");
        return;
    }
    for index in missing {
        let bound = review.bound(index);
        let label = label(index);
        if let (State::CommentedOut, Some(prompt)) = (bound.state, bound.prompt()) {
            findings
                .report(prompt.span, format!("the metadata line {label} is inside a comment, where no reader sees it"))
                .item(review, index)
                .help("take it out of the comment");
            continue;
        }
        findings
            .report(review.anchor(index), format!("the metadata line {label} is missing"))
            .item(review, index)
            .help(format!("add it below the title, followed by its value: - **{}:** …", label.trim_matches(['“', '”'])));
    }
}
