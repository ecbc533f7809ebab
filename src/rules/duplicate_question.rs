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
        let whole = sample().prompt("s.use", "Use?", Match::Verbatim).prompt("s.use", "Other uses?", Match::Edited);
        assert_eq!(whole.check(&DuplicateQuestion), []);
    }
    #[test]
    fn in_another_section_a_name_of_few_words_is_just_used() {
        let found = |words: &str| {
            let sample = Sample::new(&format!("{words}\n\n{words}\n"))
                .item(0, Section, "s", "Scope")
                .item(1, Question, "s.use", words)
                .item(0, Section, "other", "Other");
            let sample = sample.prompt("s.use", words, Match::Verbatim).prompt("s.use", words, Match::Verbatim);
            let other = |bound: &mut crate::review::BoundItem| {
                bound.prompts[1].section = Some(crate::template::ItemIndex(2));
            };
            sample.change("s.use", |_, bound| other(bound)).check(&DuplicateQuestion).len()
        };
        assert_eq!(found("Uses of the lamp"), 0);
        assert_eq!(found("Uses of the lamp?  By whom?"), 1);
    }
    #[test]
    fn a_question_in_quotation_marks_is_not_asked() {
        let words = "Who uses the lamp by night?";
        let found = |again: &str| {
            Sample::new(&format!("{words}\n\nsee {again}\n"))
                .item(0, Section, "s", "Scope")
                .item(1, Question, "s.use", words)
                .prompt("s.use", words, Match::Verbatim)
                .prompt("s.use", again.trim_matches('"'), Match::Verbatim)
                .check(&DuplicateQuestion)
                .len()
        };
        assert_eq!(found(words), 1);
        assert_eq!(found(&format!("\"{words}\"")), 0);
    }
}
