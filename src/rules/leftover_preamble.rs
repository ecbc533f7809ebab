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
    /// Delete everything above the document's title; `gtr lint --fix` does.
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
