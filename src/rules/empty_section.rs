//! `empty-section`.

use super::gate::visible_prompt;
use super::prose_section::{demanded, has_only, is_empty};
use super::quote::section_name;
use super::{Context, Findings};
use crate::diagnostic::Severity;
use crate::review::{Prompt, State};
use crate::template::{Requirement, without_optional};

declare_rule! {
    /// ## What it finds
    /// The heading of a section that the KEP's status asks for is there, with nothing below it but the
    /// template's guidance, or a placeholder such as TBD: Summary, Motivation and Goals always; Proposal, Risks and Mitigations, Design
    /// Details, Test Plan, Graduation Criteria, both strategies and Implementation History once implementable.
    /// As a note: Non-Goals, Drawbacks and Alternatives.
    ///
    /// ## Why it matters
    /// Reviewers read a KEP section by section, and the
    /// [KEP template](https://github.com/kubernetes/enhancements/blob/master/keps/NNNN-kep-template/README.md)
    /// marks as optional what may be left out.
    ///
    /// ## Example
    /// ```markdown
    /// ### Drawbacks
    ///
    /// ### Alternatives
    /// ```
    ///
    /// ## How to fix it
    /// Write the section. Where there is nothing to say, one sentence says so.
    ///
    /// ## How sure it is
    /// A section whose text stands in its subsections is not empty, and code, tables and pictures count as
    /// text. Sections marked `(Optional)` or `[optional]`, stories and sections of the author's own are never asked for. A
    /// section that is not there at all is `missing-section`.
    EmptySection, "empty-section", Some(Severity::Warning), "a section that the document's level asks for is empty", check
}

fn check(context: &Context, findings: &mut Findings) {
    let review = context.review;
    if review.template.id != "kep" {
        return;
    }
    for section in demanded(review, Requirement::Encouraged) {
        let bound = review.bound(section);
        // the sections of kinds of tests are filled in one by one; the test plan as a whole is asked for
        let required = bound.required == Requirement::Required;
        if !required && review.item(section).parent.is_some_and(|at| review.item(at).id == "test-plan") {
            continue;
        }
        let Some(prompt) = visible_prompt(review, bound) else { continue };
        let is_optional = |prompt: &Prompt| {
            let heading = review.document.text(review.document.content(prompt.block));
            without_optional(heading) != heading.trim_end()
        };
        if bound.prompts.iter().any(is_optional) {
            continue;
        }
        let name = section_name(review, section);
        let message = if bound.prompts.iter().all(|prompt| is_empty(review, prompt)) {
            format!("section {name} is empty")
        } else if bound.state == State::Placeholder && has_only(review, prompt, &bound.answer) {
            format!("section {name} holds nothing but a placeholder")
        } else {
            continue;
        };
        let finding = findings
            .report(prompt.span, message)
            .item(review, section)
            .help("write it; where there is nothing to say, say so in a sentence");
        if !required {
            finding.at_most(Severity::Note);
        }
    }
}
