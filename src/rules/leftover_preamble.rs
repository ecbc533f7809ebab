//! `leftover-preamble`.

use super::whole_lines::{Answers, first_line};
use super::{Context, Findings};
use crate::diagnostic::{Edit, Severity};
use crate::source::FileId;

declare_rule! {
    /// ## What it finds
    /// The template's own introduction and instructions still stand above the document.
    ///
    /// ## Why it matters
    /// What stands above the title in the
    /// [GTR template](https://github.com/cncf/toc/blob/main/toc_subprojects/project-reviews-subproject/general-technical-questions.md)
    /// is for authors and not part of the copy they make; readers have to scroll past it.
    ///
    /// ## Example
    /// ```markdown
    /// # General Technical Review questions
    /// …
    /// # General Technical Review - Example / Incubation
    /// ```
    ///
    /// ## How to fix it
    /// Delete everything above the document's title.
    ///
    /// ## How sure it is
    /// Sure: the lines are the template's own.
    LeftoverPreamble, "leftover-preamble", Some(Severity::Warning), "the template's instructions stand above the document", check
}

fn check(context: &Context, findings: &mut Findings) {
    let review = context.review;
    let Some(span) = review.preamble else { return };
    let source = review.source();
    let lines = source.line(span.end.saturating_sub(1)).saturating_sub(source.line(span.start)) + 1;
    let edit =
        Edit { file: FileId(0), span: Answers::of(review).deletion_beside(source, span), text: String::new() };
    findings
        .report(
            first_line(source, span),
            format!("the template's instructions ({lines} lines) stand above the document"),
        )
        .help("delete them; the document begins at its title")
        .fix("Delete the template's instructions", true, vec![edit]);
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Sample, check};
    use super::*;

    #[test]
    fn its_lines_are_counted_and_go_together() {
        let mut review = Sample::new("> Copy this.\n> Then fill it in.\n\n# Lamps\n").review();
        assert_eq!(check(&review, &LeftoverPreamble).len(), 0);
        review.preamble = Some(crate::source::Span::new(0, 31));
        let found = check(&review, &LeftoverPreamble);
        assert_eq!(found[0].message, "the template's instructions (2 lines) stand above the document");
        assert_eq!(review.text(found[0].primary.span), "> Copy this.");
        let edit = &found[0].fix.as_ref().unwrap().edits[0];
        assert!(review.text(edit.span).trim_end().ends_with("fill it in."));
    }
}
