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

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;
    use crate::template::ItemKind;

    #[test]
    fn each_missing_line_is_said_and_all_of_them_once() {
        let sample = |text: &str| {
            let sample = Sample::new(text).item(0, ItemKind::Field, "field.project", "Project:");
            sample.item(0, ItemKind::Field, "field.version", "Version:")
        };
        let messages = |sample: Sample| -> Vec<String> {
            sample.check(&MissingField).into_iter().map(|one| one.message).collect()
        };
        let none = ["the document has none of the template's metadata lines: “Project”, “Version”"];
        assert_eq!(messages(sample("# Lanterns\n")), none);
        let one = || sample("Project: a\n").bind("field.project", "Project:", "a", State::Answered);
        assert_eq!(messages(one()), ["the metadata line “Version” is missing"]);
        let found = one().check(&MissingField);
        let help = "add it below the title, followed by its value: - **Version:** …";
        assert_eq!(found[0].help.as_deref(), Some(help));
        let hidden = sample("Project: a\n<!-- Version: b -->\n");
        let hidden = hidden.bind("field.project", "Project:", "a", State::Answered);
        let hidden = hidden.bind("field.version", "Version:", "b", State::CommentedOut).check(&MissingField);
        assert_eq!(hidden[0].message, "the metadata line “Version” is inside a comment, where no reader sees it");
        assert_eq!(hidden[0].help.as_deref(), Some("take it out of the comment"));
    }
}
