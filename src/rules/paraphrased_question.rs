//! `paraphrased-question`.

use super::quote::{counted, quote_item};
use super::reworded::{mostly_paraphrased, report_together, reworded};
use super::{Context, Findings};
use crate::diagnostic::Severity;
use crate::review::Match;

declare_rule! {
    /// ## What it finds
    /// Questions that are asked in other words than the template's, such as a short label. One finding for
    /// all of them; one of its own where it is not certain which question is meant.
    ///
    /// ## Why it matters
    /// Reviewers find their way by the questions of the
    /// [GTR template](https://github.com/cncf/toc/blob/main/toc_subprojects/project-reviews-subproject/general-technical-questions.md),
    /// and a short label hides half of what is asked.
    ///
    /// ## Example
    /// ```markdown
    /// * **Target personas:** platform engineers
    /// ```
    ///
    /// ## How to fix it
    /// Put the template's question before the answer. Nothing has to be done if the label is clear.
    ///
    /// ## How sure it is
    /// Labels are matched by section and by words that only one question has. Matches by likeness alone are
    /// the ones that stand by themselves: check that they are right.
    ParaphrasedQuestion, "paraphrased-question", Some(Severity::Note), "a question is asked in other words than the template's", check
}

const HELP: &str = "use the template's wording, so that reviewers find what they look for";

fn check(context: &Context, findings: &mut Findings) {
    let review = context.review;
    let edited = mostly_paraphrased(review).then(|| reworded(review, Match::Edited)).into_iter().flatten();
    let edited = edited.filter(|(_, prompt)| !prompt.truncated);
    let (uncertain, certain): (Vec<_>, Vec<_>) =
        reworded(review, Match::Paraphrased).chain(edited).partition(|(_, prompt)| prompt.uncertain);
    if let Some(finding) = report_together(review, &certain, findings, |count| {
        format!("{} in other words than the template's", counted(count, "question"))
    }) {
        finding.help(HELP);
    }
    for (index, prompt) in uncertain {
        findings
            .report(prompt.span, format!("this is taken for {}", quote_item(review, index)))
            .item(review, index)
            .help(HELP);
    }
}
