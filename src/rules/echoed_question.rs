//! `echoed-question`.

use memchr::memchr2_iter;

use super::quote::quote_item;
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
        if !begins_within(first_word(review, asked.bound), wording, prompt) {
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

/// The first word of an answer as it is written; empty when it has none.
fn first_word<'a>(review: &'a Review, bound: &BoundItem) -> &'a str {
    let first = |text: &'a str| words(text).next().map(|word| &text[word.span.range()]);
    bound.answer.iter().find_map(|span| first(review.text(*span))).unwrap_or_default()
}

/// Whether the first word of an answer may be one of a question's, told without reading words: most answers begin
/// with one of their own.
fn begins_within(first: &str, wording: &str, prompt: &str) -> bool {
    let first = first.as_bytes();
    let Some(&letter) = first.first() else { return false };
    let (low, high) = (letter.to_ascii_lowercase(), letter.to_ascii_uppercase());
    let has = |question: &str| {
        let question = question.as_bytes();
        memchr2_iter(low, high, question).any(|at| {
            question[at..].get(..first.len()).is_some_and(|word| word.eq_ignore_ascii_case(first))
        })
    };
    !first.is_ascii() || has(wording) || has(prompt)
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
