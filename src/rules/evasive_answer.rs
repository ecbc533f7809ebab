//! `evasive-answer`.

use std::sync::LazyLock;

use super::quote::quote_item;
use super::whole_answer::{answer_words, text_words};
use super::{Context, Findings};
use crate::diagnostic::Severity;

/// Whole answers, compared by their words.
const PHRASES: &[&str] = &[
    "unknown",
    "unsure",
    "not known",
    "not known yet",
    "not yet known",
    "not sure",
    "not sure yet",
    "don't know",
    "do not know",
    "I don't know",
    "I do not know",
    "we don't know",
    "we do not know",
    "we are not sure",
    "no idea",
];

static PHRASE_WORDS: LazyLock<Vec<Vec<u64>>> =
    LazyLock::new(|| PHRASES.iter().map(|phrase| text_words(phrase)).collect());

declare_rule! {
    /// ## What it finds
    /// The whole answer of a required question is "Unknown", "Not known", "Not sure" or the like.
    ///
    /// ## Why it matters
    /// If the maintainers do not know, a reviewer cannot either, and will ask who finds out. The
    /// [GTR template](https://github.com/cncf/toc/blob/main/toc_subprojects/project-reviews-subproject/general-technical-questions.md)
    /// tells people who are unsure to ask.
    ///
    /// ## Example
    /// ```markdown
    /// * Describe the project's resource requirements.
    ///   * Not sure.
    /// ```
    ///
    /// ## How to fix it
    /// Say what is known, what is not and how it will be found out. "None known" is an answer.
    ///
    /// ## How sure it is
    /// Sure: only whole answers count.
    EvasiveAnswer, "evasive-answer", Some(Severity::Warning), "the whole answer is \"unknown\" or \"not sure\"", check
}

fn check(context: &Context, findings: &mut Findings) {
    let review = context.review;
    let longest = PHRASE_WORDS.iter().map(Vec::len).max().unwrap_or_default();
    for asked in context.answered() {
        let first = answer_words(review, asked.bound).next();
        if !PHRASE_WORDS.iter().any(|phrase| phrase.first().copied() == first) {
            continue;
        }
        // one word more than any phrase has is enough to tell
        let answer: Vec<_> = answer_words(review, asked.bound).take(longest + 1).collect();
        if PHRASE_WORDS.contains(&answer) {
            findings
                .report(asked.answer_span(), format!("{} is left open", quote_item(review, asked.index)))
                .item(review, asked.index)
                .help("say what is known, what is not, and how it will be found out");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;
    use crate::review::State;
    use crate::template::ItemKind::Question;

    #[test]
    fn none_known_is_an_answer() {
        let found = |answer: &str| {
            Sample::new(&format!("Limits?\n\n{answer}\n"))
                .item(0, Question, "q", "Limits?")
                .bind("q", "Limits?", answer, State::Answered)
                .check(&EvasiveAnswer)
                .len()
        };
        assert_eq!(found("_Not sure_."), 1);
        assert_eq!(found("We don’t know"), 1);
        assert_eq!(found("None known"), 0);
    }
}
