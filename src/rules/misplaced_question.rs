//! `misplaced-question`.

use std::iter::successors;

use super::gate::visible_prompt;
use super::quote::{quote_item, section_name};
use super::{Context, Findings};
use crate::diagnostic::{Edit, Label, Severity};
use crate::review::{Match, Review, RevisionStatus};
use crate::scaffold::{self, sync::Replacement};
use crate::source::FileId;
use crate::template::{ItemIndex, ItemKind};

declare_rule! {
    /// ## What it finds
    /// A question stands in another section than its own, and its own section is there.
    ///
    /// ## Why it matters
    /// Reviewers look for it where the
    /// [GTR template](https://github.com/cncf/toc/blob/main/toc_subprojects/project-reviews-subproject/general-technical-questions.md)
    /// has it, and take it for deleted.
    ///
    /// ## Example
    /// ```markdown
    /// ### Design
    ///
    /// * How does an adopter test and validate the installation?
    /// ```
    ///
    /// ## How to fix it
    /// Move the question with its answer to its section. The fix does so where that section writes its questions in
    /// the same form; it is not safe, because only a reader sees whether the text around it still makes sense.
    ///
    /// ## How sure it is
    /// Only questions with nearly the template's wording count. Where the heading of the question's own
    /// section is missing, nothing is reported.
    MisplacedQuestion, "misplaced-question", Some(Severity::Warning), "a question stands in another section than its own", check
}

fn check(context: &Context, findings: &mut Findings) {
    let review = context.review;
    for (index, item, bound) in review.bound_items() {
        let asks = matches!(item.kind, ItemKind::Question | ItemKind::Group);
        if !asks || bound.status != RevisionStatus::Current {
            continue;
        }
        let Some(prompt) = visible_prompt(review, bound).filter(|prompt| prompt.matched >= Match::Edited) else {
            continue;
        };
        let (Some(stands), Some(own)) = (prompt.section, review.template.section_of(index)) else { continue };
        let Some(heading) = visible_prompt(review, review.bound(own)) else { continue };
        if lies_in(review, stands, own) || lies_in(review, own, stands) || moved_with_lead_in(review, index, stands) {
            continue;
        }
        let (there, own) = (section_name(review, stands), section_name(review, own));
        let finding = findings
            .report(prompt.span, format!("{} stands in {there}, not in {own}", quote_item(review, index)))
            .item(review, index)
            .related(Label::with(heading.span, "its section"))
            .help("move the question with its answer to its section");
        if let Some(changes) = scaffold::relocated(review, index) {
            let edit = |change: Replacement| Edit { file: FileId(0), span: change.span, text: change.text };
            finding.fix(
                "Move the question with its answer to its section",
                false,
                changes.into_iter().map(edit).collect(),
            );
        }
    }
}

/// Whether a section is another one or lies in it.
fn lies_in(review: &Review, inner: ItemIndex, outer: ItemIndex) -> bool {
    successors(Some(inner), |&at| review.item(at).parent).any(|at| at == outer)
}

/// Whether the lead-in stands in the same wrong section: it is reported, its questions are not.
fn moved_with_lead_in(review: &Review, index: ItemIndex, stands: ItemIndex) -> bool {
    review
        .item(index)
        .parent
        .filter(|parent| review.item(*parent).kind != ItemKind::Section)
        .and_then(|parent| visible_prompt(review, review.bound(parent)))
        .is_some_and(|prompt| prompt.section == Some(stands) && prompt.matched >= Match::Edited)
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;
    use crate::template::ItemKind::{Group, Question, Section};

    fn sample() -> Sample {
        Sample::new("Design\n\nLead\n\nTest?\n\nInstallation\n")
            .item(0, Section, "d", "Design")
            .item(0, Section, "i", "Installation")
            .item(1, Group, "i.lead", "Lead")
            .item(2, Question, "i.lead.test", "Test?")
            .prompt("d", "Design", Match::Verbatim)
            .prompt("i.lead", "Lead", Match::Verbatim)
            .prompt("i.lead.test", "Test?", Match::Verbatim)
            .change("i.lead", |_, bound| bound.prompts[0].section = Some(ItemIndex(0)))
            .change("i.lead.test", |_, bound| bound.prompts[0].section = Some(ItemIndex(0)))
    }

    #[test]
    fn a_lead_in_is_reported_with_its_questions() {
        let found = sample().prompt("i", "Installation", Match::Verbatim).check(&MisplacedQuestion);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].message, "“Lead” stands in “Design”, not in “Installation”");
    }

    #[test]
    fn a_missing_heading_is_no_move() {
        assert_eq!(sample().check(&MisplacedQuestion), []);
    }
}
