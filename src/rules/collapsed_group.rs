//! `collapsed-group`.

use std::collections::BTreeMap;

use super::gate::{required, visible_prompt};
use super::quote::{counted, quote_item};
use super::{Context, Findings};
use crate::diagnostic::Severity;
use crate::review::State;
use crate::template::{ItemIndex, ItemKind};

declare_rule! {
    /// ## What it finds
    /// A lead-in whose questions were deleted and which is answered once, as if it were the question.
    ///
    /// ## Why it matters
    /// One answer for several questions tends to leave some of them open. The
    /// [GTR template](https://github.com/cncf/toc/blob/main/toc_subprojects/project-reviews-subproject/general-technical-questions.md)
    /// asks them one by one.
    ///
    /// ## Example
    /// ```markdown
    /// * Security Hygiene
    ///   * We scan every commit.
    /// ```
    ///
    /// ## How to fix it
    /// Put the questions back and answer each, or make sure that the one answer covers them.
    ///
    /// ## How sure it is
    /// The deleted questions count as answered; whether they are is for the reader to say.
    CollapsedGroup, "collapsed-group", Some(Severity::Note), "a lead-in is answered once and its questions are deleted", check
}

fn check(context: &Context, findings: &mut Findings) {
    let review = context.review;
    let mut collapsed: BTreeMap<ItemIndex, usize> = BTreeMap::new();
    for (_, bound) in required(review, |bound| bound.state == State::Answered && bound.prompts.is_empty()) {
        if let Some(by) = bound.answered_by {
            *collapsed.entry(by).or_default() += 1;
        }
    }
    for (group, count) in collapsed {
        if review.item(group).kind == ItemKind::Section {
            continue;
        }
        let Some(prompt) = visible_prompt(review, review.bound(group)) else { continue };
        let questions = counted(count, "question");
        findings
            .report(prompt.span, format!("{} is answered once, for its {questions}", quote_item(review, group)))
            .item(review, group)
            .help("put the deleted questions back and answer each, or check that the one answer covers them");
    }
}
