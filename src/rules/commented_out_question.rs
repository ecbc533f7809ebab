//! `commented-out-question`.

use std::collections::BTreeMap;

use super::gate::required;
use super::quote::{counted, quote_item};
use super::whole_lines::first_line;
use super::{Context, Findings};
use crate::diagnostic::Severity;
use crate::document::BlockId;
use crate::review::{Cause, State};
use crate::template::ItemIndex;

declare_rule! {
    /// ## What it finds
    /// Questions that are required at the document's level stand inside an HTML comment. One finding a
    /// comment, with the number of required questions it hides.
    ///
    /// ## Why it matters
    /// Readers of the rendered page do not see the questions, nor answers that stand in the comment with them.
    /// What does not apply stays, marked N/A with a brief explanation, says the
    /// [GTR template](https://github.com/cncf/toc/blob/main/toc_subprojects/project-reviews-subproject/general-technical-questions.md).
    ///
    /// ## Example
    /// ```markdown
    /// <!--
    /// ### Rollout, Upgrade and Rollback Planning
    /// * How does the project handle rollbacks?
    /// -->
    /// ```
    ///
    /// ## How to fix it
    /// Take the questions out of the comment and answer them, or delete the comment and write `N/A` with a
    /// reason below the section's heading.
    ///
    /// ## How sure it is
    /// Questions that the level does not require may be commented out. A comment whose questions are answered
    /// by text right below it is not reported.
    CommentedOutQuestion, "commented-out-question", Some(Severity::Error), "required questions are hidden in an HTML comment", check
}

fn check(context: &Context, findings: &mut Findings) {
    let review = context.review;
    let mut hidden: BTreeMap<BlockId, Vec<ItemIndex>> = BTreeMap::new();
    for (index, bound) in required(review, |bound| bound.state == State::CommentedOut) {
        if let Cause::Commented(block) = bound.cause {
            hidden.entry(block).or_default().push(index);
        }
    }
    for (block, questions) in hidden {
        let span = first_line(review.source(), review.document.block(block).span);
        let count = counted(questions.len(), "required question");
        let first = quote_item(review, questions[0]);
        let message = match questions.len() {
            1 => format!("this comment hides {count}: {first}"),
            _ => format!("this comment hides {count}, the first is {first}"),
        };
        let finding = findings.report(span, message);
        let finding = if let [only] = questions[..] { finding.item(review, only) } else { finding };
        finding.help("take the questions out of the comment and answer them, or write N/A with a reason");
    }
}
