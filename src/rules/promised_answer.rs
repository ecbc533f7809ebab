//! `promised-answer`.

use super::quote::quote_item;
use super::whole_answer::has_link;
use super::{Context, Findings};
use crate::diagnostic::Severity;
use crate::review::{Review, State};
use crate::template::ItemIndex;

mod sentences;

use sentences::promises;

declare_rule! {
    /// ## What it finds
    /// At beta or later, the answer to “Are there any tests for feature enablement/disablement?” or “Were
    /// upgrade and rollback tested?” only promises: every sentence is about the future or says “not yet”, and nothing
    /// is linked.
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
    /// An answer with a link, code, or one sentence about the past or the present is not reported. A yes or no at
    /// its beginning does not count, nor does what a promised test looks at (“that lamps that were lit stay lit”).
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

fn only_promises(review: &Review, index: ItemIndex) -> bool {
    let text: Vec<&str> = review.bound(index).answer.iter().map(|span| review.text(*span)).collect();
    !text.iter().any(|part| part.contains('`')) && promises(&text.join("\n\n"))
}
