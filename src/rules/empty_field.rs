//! `empty-field`.

use super::quote::quote;
use super::written_date::{Reading, read};
use super::{Context, Findings, field};
use crate::diagnostic::Severity;
use crate::review::{Cause, State};

declare_rule! {
    /// ## What it finds
    /// A line of the metadata at the top of the document has its label and no value, or only a placeholder.
    ///
    /// ## Why it matters
    /// A reviewer must know which release is described, on which day, and which questions were answered; the
    /// [GTR template](https://github.com/cncf/toc/blob/main/toc_subprojects/project-reviews-subproject/general-technical-questions.md)
    /// asks for each of these lines.
    ///
    /// ## Example
    /// ```markdown
    /// - **Project Version:**
    /// ```
    ///
    /// ## How to fix it
    /// Write the value behind the label.
    ///
    /// ## How sure it is
    /// Comments, dashes and stray emphasis are no value. A value in the paragraph below its label counts.
    /// Lines of your own (reviewers, links) may stay empty.
    EmptyField, "empty-field", Some(Severity::Warning), "a metadata line of the template has no value", check
}

fn check(context: &Context, findings: &mut Findings) {
    let review = context.review;
    for index in field::demanded(review) {
        let bound = review.bound(index);
        let Some(prompt) = bound.prompt().filter(|_| field::is_there(review, index)) else { continue };
        if matches!(bound.cause, Cause::Swallowed(_)) {
            continue;
        }
        let label = quote(review.item(index).wording(review.revision).trim_end_matches(':'));
        let message = match field::value(review, index) {
            None => format!("the metadata line {label} has no value"),
            // the template's own YYYY-MM-DD is the finding of invalid-date
            Some(value)
                if bound.state == State::Placeholder
                    && !(review.item(index).id == field::DATE && read(value.raw).reading == Reading::Template) =>
            {
                format!("the metadata line {label} has only the placeholder {}", quote(&value.text))
            }
            Some(_) => continue,
        };
        findings.report(prompt.span, message).item(review, index).help("write the value behind the label");
    }
}
