//! `pointer-answer`.

use std::sync::LazyLock;

use super::quote::{quote, quote_item};
use super::whole_answer::{answer_words, has_link, text_words};
use super::{Context, Findings};
use crate::diagnostic::Severity;

/// Words that point to another place of the page without a name.
const POINTERS: &str = "above below previous previously earlier ditto preceding";

/// Words that may stand around them without saying where.
const AROUND: &str = "a already also and answer answered answers as been covered described discussed explained \
    given has have in is it listed mentioned noted of on part please provided question questions refer reply response responses s same section \
    see stated the these this to under was with";

static WORDS: LazyLock<(Vec<u64>, Vec<u64>)> = LazyLock::new(|| (text_words(POINTERS), text_words(AROUND)));

declare_rule! {
    /// ## What it finds
    /// The whole answer of a required question is "as above", "see above", "same as previous" or the like,
    /// without a link.
    ///
    /// ## Why it matters
    /// Answers are read one by one, and "above" changes when the
    /// [GTR template](https://github.com/cncf/toc/blob/main/toc_subprojects/project-reviews-subproject/general-technical-questions.md)
    /// changes its order.
    ///
    /// ## Example
    /// ```markdown
    /// * Describe how the project handles rollbacks.
    ///   * As above.
    /// ```
    ///
    /// ## How to fix it
    /// Link to the heading that holds the answer, or repeat the sentence that matters.
    ///
    /// ## How sure it is
    /// Sure: only whole answers count, and an answer that names a section or links to it is fine.
    PointerAnswer, "pointer-answer", Some(Severity::Note), "the whole answer is \"as above\" without a link", check
}

fn check(context: &Context, findings: &mut Findings) {
    let review = context.review;
    for asked in context.answered() {
        let answer = answer_words(review, asked.bound);
        if !points(answer) || has_link(review, asked.bound) {
            continue;
        }
        let span = asked.answer_span();
        let message =
            format!("{} is answered elsewhere: {}", quote_item(review, asked.index), quote(review.text(span)));
        findings
            .report(span, message)
            .item(review, asked.index)
            .help("link to the heading that holds the answer, or repeat what matters");
    }
}

/// Whether an answer has a pointer and nothing but pointers and the words around them. The first other word
/// ends the search.
fn points(mut answer: impl Iterator<Item = u64>) -> bool {
    let (pointers, around) = &*WORDS;
    let mut pointed = false;
    let says_nothing_else = answer.all(|word| {
        let points = pointers.contains(&word);
        pointed |= points;
        points || around.contains(&word)
    });
    says_nothing_else && pointed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_pointer(answer: &str) -> bool {
        points(text_words(answer).into_iter())
    }

    #[test]
    fn only_answers_that_say_nothing_else() {
        assert!(is_pointer("As above."));
        assert!(is_pointer("Described as part of the above answer"));
        assert!(is_pointer("(see the previous question)"));
        assert!(is_pointer("See the previous response."));
        assert!(!is_pointer("See the Security section above"));
        assert!(!is_pointer("Same as above, with one replica"));
        assert!(!is_pointer("The same"));
    }
}
