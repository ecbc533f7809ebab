//! `edited-question`.

use super::quote::counted;
use super::reworded::{mostly_paraphrased, report_together, reworded};
use super::{Context, Findings};
use crate::diagnostic::{Edit, Severity};
use crate::review::Match;
use crate::scaffold::{self, Restored};
use crate::source::FileId;

declare_rule! {
    /// ## What it finds
    /// Questions whose wording differs a little from the template's: shortened, extended, changed. One
    /// finding for all of them.
    ///
    /// ## Why it matters
    /// It rarely does; but an edited question may ask for less, and it is harder to compare with the
    /// [GTR template](https://github.com/cncf/toc/blob/main/toc_subprojects/project-reviews-subproject/general-technical-questions.md)
    /// when that changes.
    ///
    /// ## Example
    /// ```markdown
    /// * How does an adopter validate the installation?
    /// ```
    ///
    /// ## How to fix it
    /// Restore the template's wording, and put additions of your own into the answer.
    ///
    /// ## How sure it is
    /// Markup, punctuation, quotes, dashes, line breaks and link targets make no difference. Questions cut
    /// short so that a request is gone are reported as `truncated-question`. In a document that mostly asks in words of
    /// its own these are `paraphrased-question` with the others.
    EditedQuestion, "edited-question", Some(Severity::Note), "a question's wording was changed", check
}

fn check(context: &Context, findings: &mut Findings) {
    let review = context.review;
    if mostly_paraphrased(review) {
        return;
    }
    let places: Vec<_> = reworded(review, Match::Edited).filter(|(_, prompt)| !prompt.truncated).collect();
    if let Some(finding) = report_together(review, &places, findings, |count| {
        format!("{} with changed wording", counted(count, "question"))
    }) {
        let finding = finding.help("restore the template's wording; what is your own belongs into the answer");
        let restored = places.iter().filter_map(|(index, prompt)| {
            scaffold::restored(review, *index, prompt, review.revision)
        });
        // those that lose nothing first; the others are left for a second run
        let (safe, unsafe_ones): (Vec<_>, Vec<_>) = restored.partition(|restored| restored.lossless);
        let (safe, restored) = if safe.is_empty() { (false, unsafe_ones) } else { (true, safe) };
        if !restored.is_empty() {
            let edit = |restored: Restored| Edit { file: FileId(0), span: restored.span, text: restored.text };
            let edits = restored.into_iter().map(edit).collect();
            finding.fix("Restore the template's wording", safe, edits);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;
    use crate::template::ItemKind::Question;

    #[test]
    fn one_finding_with_all_places() {
        let found = Sample::new("One two?\n\nThree?\n\nFour?\n")
            .item(0, Question, "a", "One?")
            .item(0, Question, "b", "Three and more?")
            .item(0, Question, "c", "Four?")
            .prompt("a", "One two?", Match::Edited)
            .prompt("b", "Three?", Match::Edited)
            .prompt("c", "Four?", Match::Verbatim)
            .check(&EditedQuestion);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].message, "2 questions with changed wording");
        assert_eq!(found[0].related.len(), 1);
        assert_eq!(found[0].related[0].message.as_deref(), Some("the template asks “Three and more?”"));
    }
}
