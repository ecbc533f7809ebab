//! `promised-answer`.

use std::sync::LazyLock;

use regex::Regex;

use super::quote::quote_item;
use super::whole_answer::has_link;
use super::{Context, Findings};
use crate::diagnostic::Severity;
use crate::review::{Review, State, plain};
use crate::template::ItemIndex;

declare_rule! {
    /// ## What it finds
    /// At beta or later, the answer to “Are there any tests for feature enablement/disablement?” or “Were
    /// upgrade and rollback tested?” only promises: every sentence is about the future, and nothing is linked.
    ///
    /// ## Why it matters
    /// Approvers of
    /// [production readiness](https://github.com/kubernetes/community/blob/master/sig-architecture/production-readiness.md)
    /// ask for what was done: the template wants upgrade and rollback tested before a feature is on by default.
    ///
    /// ## Example
    /// ```markdown
    /// ###### Were upgrade and rollback tested? Was the upgrade->downgrade->upgrade path tested?
    ///
    /// This will be tested manually before beta.
    /// ```
    ///
    /// ## How to fix it
    /// Test it, and say how and with what result; link the tests.
    ///
    /// ## How sure it is
    /// An answer with a link, code, or one sentence about the past or the present is not reported.
    PromisedAnswer, "promised-answer", Some(Severity::Warning), "an answer about tests only promises them", check
}

const QUESTIONS: &[&str] = &["prr-enablement-tests", "prr-upgrade-rollback-tested"];

fn check(context: &Context, findings: &mut Findings) {
    let review = context.review;
    let beta = review.template.level("beta");
    if review.template.id != "kep" || beta.is_none() || review.level.index < beta {
        return;
    }
    for index in QUESTIONS.iter().filter_map(|id| review.template.find(id)) {
        let bound = review.bound(index);
        if bound.state != State::Answered || !review.requires(index) || bound.answered_by.is_some() {
            continue;
        }
        let Some(span) = bound.answer_span().filter(|_| !has_link(review, bound) && only_promises(review, index)) else {
            continue;
        };
        findings
            .report(span, format!("{} is answered with a promise", quote_item(review, index)))
            .item(review, index)
            .help("test it, and say how and with what result; link the tests");
    }
}

// The expressions read sentences in lower case: without cases they are much quicker to build.

static PROMISE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?-u)\b(will|we'll|shall|to be|going to|plan(s|ned)? (to|for|on)|planning|are planned|is planned)\b")
        .expect("constant and tested")
});

/// What is no promise: that something will not be done, also where it is put well.
static DECLINED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?-u)\b(will|shall|is|are) not( planned| going)?\b|\bwon('|’)t\b").expect("constant and tested")
});

/// What a promise is about; of other sentences about the future some tell how the feature behaves.
static TESTING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?-u)\b\w*test|\be2e\b|\b(cover|verif|validat|exercis|complet|be added|introduc|perform|plan|manual)|\bdone\b|\bwill be\s*(,|$)",
    )
    .expect("constant and tested")
});

/// What tells of tests that are there: after the words of the promises are taken away.
static DONE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?-u)\b(was|were|been|did|done|has|have|exists?|existing|already|currently|yes|passe[sd]|[a-z]+ed)\b|`")
        .expect("constant and tested")
});

/// The part of a promise that looks like the past: `will be tested`, `to be added`, `once implemented`.
static FUTURE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?-u)\b(be|get) (\w+ly )?\w+ed\b|\bbe done\b|\bplanned\b|\b(once|when|after|until|before)\b(?u:[^.])*|\b(proposed|needed|required|based|automated|enabled|disabled)\b")
        .expect("constant and tested")
});

fn only_promises(review: &Review, index: ItemIndex) -> bool {
    let text: Vec<&str> = review.bound(index).answer.iter().map(|span| review.text(*span)).collect();
    !text.iter().any(|part| part.contains('`')) && promises(&plain_lines(&text.join("\n\n")))
}

fn plain_lines(text: &str) -> String {
    text.split("\n\n").map(plain).collect::<Vec<_>>().join(". ")
}

/// Whether a sentence has letters of [`PROMISE`]; most have none, and know it without an expression.
fn may_promise(sentence: &str) -> bool {
    ["will", "'ll", "shall", "to be", "going to", "plan"].iter().any(|word| sentence.contains(word))
}

/// Whether every sentence is about the future.
fn promises(text: &str) -> bool {
    let sentences = text.split(['.', '!', ';']).filter(|sentence| sentence.split_whitespace().count() > 1);
    let mut any = false;
    for sentence in sentences.map(str::to_ascii_lowercase) {
        if !may_promise(&sentence) {
            return false;
        }
        // each expression is costly to build, so the last ones are not asked where the first say no
        let kept = DECLINED.replace_all(&sentence, " ");
        if !(PROMISE.is_match(&kept) && TESTING.is_match(&kept)) {
            return false;
        }
        if DONE.is_match(&FUTURE.replace_all(&sentence, " ")) {
            return false;
        }
        any = true;
    }
    any
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn promises_are_about_the_future_alone() {
        for text in [
            "This will be tested manually before beta.",
            "Tests will be added. We plan to automate them",
            "No. Upgrade tests are planned for beta",
            "They will be, there is no side effect",
        ] {
            assert!(promises(text), "{text}");
        }
        for text in [
            "Yes, unit tests will cover it",
            "Upgrade was tested by hand. More tests will be added.",
            "We tested it and will repeat the test.",
            "There are unit tests.",
            "Such tests will not tell more than those of the feature.",
            "Nothing is stored, so it will just work",
            "Rollback is not planned for testing",
            "Yes",
        ] {
            assert!(!promises(text), "{text}");
        }
    }
}
