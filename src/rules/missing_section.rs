//! `missing-section`.

use std::collections::BTreeMap;

use super::gate::required;
use super::quote::{counted, quote, section_name};
use super::{Context, Findings, absent_in_kep};
use crate::diagnostic::Severity;
use crate::review::{Cause, Review, State};
use crate::scaffold;
use crate::template::ItemIndex;

declare_rule! {
    /// ## What it finds
    /// A section of the template is not there, or its heading is there with none of the questions that are
    /// required at the document's level. One finding a section; its questions are not reported one by one.
    ///
    /// In a KEP also, as a warning, a section of prose that its status asks for (Summary, Motivation, Goals;
    /// once implementable Proposal, Design Details, Test Plan and the like; a note in the repositories of other
    /// projects, which have templates of their own), and sections of the production
    /// readiness questionnaire that beta will ask for and that are gone at alpha. No production readiness
    /// questionnaire at all is an error from v1.21 on, and a warning when the approval file has the stage.
    ///
    /// ## Why it matters
    /// Reviewers go through the
    /// [GTR template](https://github.com/cncf/toc/blob/main/toc_subprojects/project-reviews-subproject/general-technical-questions.md)
    /// section by section, and its questions add up: an incubation review answers Day 0 and Day 1.
    ///
    /// ## Example
    /// ```markdown
    /// ### Security
    ///
    /// See the [self-assessment](security.md).
    /// ```
    ///
    /// ## How to fix it
    /// Add the section with its questions and answer each; a link may answer a question. If nothing in the
    /// section applies, write `N/A` with a reason directly below its heading.
    ///
    /// ## How sure it is
    /// A section that was renamed, or whose heading is gone while its questions stand elsewhere, is not
    /// reported. Sections that a newer revision of the template added are left to `outdated-template`.
    MissingSection, "missing-section", Some(Severity::Error), "a section is absent, or asks none of its required questions", check
}

fn check(context: &Context, findings: &mut Findings) {
    let review = context.review;
    let questionnaire = absent_in_kep::check(review, findings);
    let mut absent: BTreeMap<ItemIndex, usize> = BTreeMap::new();
    for (_, bound) in required(review, |bound| bound.state == State::Missing) {
        if let Cause::Absent(section) = bound.cause {
            *absent.entry(section).or_default() += 1;
        }
    }
    for (section, count) in absent {
        // said already, with more that is known
        if questionnaire.is_some_and(|at| at <= section && section < review.item(at).end) {
            continue;
        }
        let finding = findings
            .report(review.anchor(section), message(review, section, count))
            .item(review, section)
            .help("add the section's questions and answer each; if none applies, write N/A with a reason below the heading");
        if let Some(insertion) = scaffold::section(review, section, false) {
            finding.insertion("Add the section with its questions", insertion);
        }
    }
}

fn message(review: &Review, section: ItemIndex, count: usize) -> String {
    let name = section_name(review, section);
    let questions = counted(count, "required question");
    let bound = review.bound(section);
    if bound.prompts.is_empty() {
        return format!("section {name} is missing with its {questions}");
    }
    match bound.answer_span().map(|span| quote(review.text(span))) {
        Some(instead) => format!("section {name} asks none of its {questions}; it has only {instead}"),
        None => format!("section {name} asks none of its {questions}"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;
    use crate::template::ItemKind::{Question, Section};

    fn absent(text: &str) -> Sample {
        Sample::new(text)
            .item(0, Section, "s", "Security")
            .item(1, Question, "s.a", "First?")
            .item(1, Question, "s.b", "Second?")
            .change("s.a", |_, bound| bound.cause = Cause::Absent(ItemIndex(0)))
            .change("s.b", |_, bound| bound.cause = Cause::Absent(ItemIndex(0)))
    }

    #[test]
    fn one_finding_a_section() {
        let found = absent("# Title\n").check(&MissingSection);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].message, "section “Security” is missing with its 2 required questions");
    }

    #[test]
    fn what_stands_there_instead_is_quoted() {
        let found = absent("## Security\n\n[The assessment](a.md)\n")
            .bind("s", "Security", "[The assessment](a.md)", State::Answered)
            .check(&MissingSection);
        assert_eq!(
            found[0].message,
            "section “Security” asks none of its 2 required questions; it has only “The assessment”"
        );
    }
}
