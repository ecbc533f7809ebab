//! `echoed-question`.

use super::quote::quote_item;
use super::same_wording::{first_word, may_hold};
use super::whole_answer::{answer_words, has_link, text_words};
use super::{Context, Findings};
use crate::diagnostic::Severity;
use crate::review::{BoundItem, Review, words};

/// Fewer words can be a real answer that picks one of the alternatives a question names.
const FEWEST: usize = 4;

/// How many times as long as its question an echo can be, white space and markup included.
const LONGEST: usize = 3;

declare_rule! {
    /// ## What it finds
    /// The answer of a required question only repeats words of the question.
    ///
    /// ## Why it matters
    /// It looks answered and says nothing, so a reviewer has to ask again what the
    /// [GTR template](https://github.com/cncf/toc/blob/main/toc_subprojects/project-reviews-subproject/general-technical-questions.md)
    /// asked.
    ///
    /// ## Example
    /// ```markdown
    /// * How does an adopter test and validate the installation?
    ///   * How an adopter does validate and test the installation.
    /// ```
    ///
    /// ## How to fix it
    /// Answer the question, or write `N/A` with a reason.
    ///
    /// ## How sure it is
    /// Every word of the answer is in the question, and the answer has at least half of the question's words
    /// and no link.
    EchoedQuestion, "echoed-question", Some(Severity::Warning), "the answer only repeats the question", check
}

fn check(context: &Context, findings: &mut Findings) {
    let review = context.review;
    for asked in context.answered() {
        let length: u32 = asked.bound.answer.iter().map(|span| span.len()).sum();
        let answer = || answer_words(review, asked.bound);
        let wording = review.item(asked.index).wording(review.revision);
        let prompt = review.text(asked.prompt.span);
        if length as usize > LONGEST * wording.len().max(prompt.len()) {
            continue;
        }
        // most answers begin with a word of their own
        let first = first_word_of(review, asked.bound);
        if !first.is_some_and(|first| may_hold(wording, first) || may_hold(prompt, first)) {
            continue;
        }
        if (is_echo(answer, wording) || is_echo(answer, prompt)) && !has_link(review, asked.bound) {
            findings
                .report(
                    asked.answer_span(),
                    format!("{} is answered with its own words", quote_item(review, asked.index)),
                )
                .item(review, asked.index)
                .help("answer the question, or write N/A with a reason");
        }
    }
}

/// The first word of an answer as it is written, if it has one.
fn first_word_of<'a>(review: &'a Review, bound: &BoundItem) -> Option<&'a str> {
    bound.answer.iter().map(|span| first_word(review.text(*span))).find(|word| !word.is_empty())
}

/// Whether the words of an answer are all in the question and are at least half of the question's.
fn is_echo<Words: Iterator<Item = u64>>(answer: impl Fn() -> Words, question: &str) -> bool {
    // most answers go on with words of their own
    if answer().take(FEWEST).any(|word| words(question).all(|asked| asked.hash != word)) {
        return false;
    }
    let mut asked = text_words(question);
    asked.sort_unstable();
    asked.dedup();
    let mut said = vec![false; asked.len()];
    for word in answer() {
        let Ok(at) = asked.binary_search(&word) else { return false };
        said[at] = true;
    }
    let said = said.into_iter().filter(|said| *said).count();
    said >= FEWEST && said * 2 >= asked.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn echo(answer: &str, question: &str) -> bool {
        is_echo(|| text_words(answer).into_iter(), question)
    }

    #[test]
    fn repeating_is_not_choosing() {
        let question = "Is the service public, private, or a hybrid of the two?";
        assert!(echo("The service is public, private or hybrid", question));
        assert!(!echo("Public and private", question));
        assert!(!echo("Hybrid", question));
        assert!(!echo("The service is public, private or hybrid: the user chooses", question));
    }
}
