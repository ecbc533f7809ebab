//! `duplicate-question`.

use super::quote::quote_item;
use super::repeated_prompts::{repeated, times};
use super::{Context, Findings};
use crate::diagnostic::{Label, Severity};
use crate::review::{Match, Prompt, Review};
use crate::template::ItemKind;

declare_rule! {
    /// ## What it finds
    /// The same question is asked more than once.
    ///
    /// ## Why it matters
    /// Two answers to one question drift apart, and one of the two is often the answer to another question of
    /// the [GTR template](https://github.com/cncf/toc/blob/main/toc_subprojects/project-reviews-subproject/general-technical-questions.md)
    /// that lost its prompt.
    ///
    /// ## Example
    /// ```markdown
    /// * Describe the project defaults
    ///   * Everything is off.
    /// * Describe the project defaults
    /// ```
    ///
    /// ## How to fix it
    /// Merge the answers and delete the second question, or restore the question that should stand there.
    ///
    /// ## How sure it is
    /// Only questions with the same words count: a question split in two is none. The same text in another
    /// section counts when it is the template's own wording of more than four words. A question in quotation marks is only mentioned.
    DuplicateQuestion, "duplicate-question", Some(Severity::Warning), "a question is asked more than once", check
}

/// Up to how many words a question is a mere name.
const FEW: usize = 4;

fn check(context: &Context, findings: &mut Findings) {
    let review = context.review;
    for (index, item, bound) in review.bound_items() {
        if !matches!(item.kind, ItemKind::Question | ItemKind::Group) {
            continue;
        }
        let own = review.template.section_of(index);
        let near = |prompt: &Prompt| {
            let elsewhere = prompt.section.is_some() && prompt.matched == Match::Verbatim;
            let here = prompt.section == own || (elsewhere && is_telling(review, prompt));
            here && !is_mentioned(review, prompt)
        };
        let Some((first, others)) = repeated(review, bound, near) else { continue };
        let finding = findings
            .report(first.span, format!("{} is asked {}", quote_item(review, index), times(others.len() + 1)))
            .item(review, index)
            .help("merge the answers and delete the second question, or restore the one that should stand there");
        others.iter().fold(finding, |finding, other| finding.related(Label::with(other.span, "again here")));
    }
}

/// Whether a wording is long enough to be a question wherever it stands: a name of a few words is often
/// just used.
fn is_telling(review: &Review, prompt: &Prompt) -> bool {
    review.text(prompt.span).split_whitespace().count() > FEW
}

/// Whether a question stands in quotation marks: that names it and asks nothing.
fn is_mentioned(review: &Review, prompt: &Prompt) -> bool {
    let marks = ['"', '“', '„', '«'];
    let before = review.source().text()[..prompt.span.start as usize].chars().next_back();
    review.text(prompt.span).starts_with(marks) || before.is_some_and(|sign| marks.contains(&sign))
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;
    use crate::template::ItemKind::{Question, Section};

    fn sample() -> Sample {
        Sample::new("Use?\n\nUse?\n\nOther uses?\n")
            .item(0, Section, "s", "Scope")
            .item(1, Question, "s.use", "Use? Other uses?")
    }

    #[test]
    fn the_same_words_twice() {
        let found = sample()
            .prompt("s.use", "Use?", Match::Edited)
            .prompt("s.use", "Use?", Match::Edited)
            .check(&DuplicateQuestion);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].message, "“Use? Other uses?” is asked twice");
        assert_eq!(found[0].related.len(), 1);
    }

    #[test]
    fn a_question_split_in_two_is_asked_once() {
        let found = sample()
            .prompt("s.use", "Use?", Match::Edited)
            .prompt("s.use", "Other uses?", Match::Edited)
            .check(&DuplicateQuestion);
        assert_eq!(found, []);
    }
}
