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

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;
    use crate::template::ItemKind;

    #[test]
    fn a_placeholder_is_no_value() {
        let sample = |id: &str, value: &str, state| {
            let sample = Sample::new(&format!("Date Updated: {value}\n"));
            let sample = sample.item(0, ItemKind::Field, id, "Date Updated:");
            let found = sample.bind(id, "Date Updated:", value, state).check(&EmptyField);
            found.into_iter().map(|one| one.message).collect::<Vec<_>>()
        };
        let placeholder = ["the metadata line “Date Updated” has only the placeholder “TBD”"];
        assert_eq!(sample(field::DATE, "TBD", State::Placeholder), placeholder);
        assert_eq!(sample(field::DATE, "", State::Unanswered), ["the metadata line “Date Updated” has no value"]);
        assert_eq!(sample(field::DATE, "2026-01-01", State::Answered), [""; 0]);
        // the template's own sample is an invalid date, and so a finding already
        assert_eq!(sample(field::DATE, "YYYY-MM-DD", State::Placeholder), [""; 0]);
        assert_eq!(sample("field.project", "YYYY-MM-DD", State::Placeholder).len(), 1);
    }

    #[test]
    fn what_an_open_fence_swallowed_is_said_once_elsewhere() {
        let sample = Sample::new("Project:\n").item(0, ItemKind::Field, "field.project", "Project:");
        let sample = sample.bind("field.project", "Project:", "", State::Unanswered);
        let swallowed = sample.change("field.project", |_, bound| bound.cause = Cause::Swallowed(0));
        assert_eq!(swallowed.check(&EmptyField), []);
    }
}
