//! `duplicate-section`.

use super::quote::section_name;
use super::repeated_prompts::{repeated, times};
use super::{Context, Findings};
use crate::diagnostic::{Label, Severity};
use crate::document::BlockKind;
use crate::review::Prompt;
use crate::template::ItemKind;

declare_rule! {
    /// ## What it finds
    /// The heading of a section stands in the document more than once.
    ///
    /// ## Why it matters
    /// Readers stop at the first of the two, and links to the heading lead there. The
    /// [GTR template](https://github.com/cncf/toc/blob/main/toc_subprojects/project-reviews-subproject/general-technical-questions.md)
    /// has each section once (Security once for Day 0 and once for Day 2).
    ///
    /// ## Example
    /// ```markdown
    /// ### Usability
    ///
    /// ### Usability
    /// ```
    ///
    /// ## How to fix it
    /// Merge the two, or delete the empty one.
    ///
    /// ## How sure it is
    /// Only headings with the same words count. Headings in instructions that were left above the document do
    /// not.
    DuplicateSection, "duplicate-section", Some(Severity::Warning), "a section stands in the document more than once", check
}

fn check(context: &Context, findings: &mut Findings) {
    let review = context.review;
    let is_heading = |prompt: &Prompt| {
        let block = review.document.blocks().get(prompt.block.0 as usize);
        block.is_none_or(|block| matches!(block.kind, BlockKind::Heading(_)))
            && review.preamble.is_none_or(|preamble| !preamble.overlaps(prompt.span))
    };
    for (index, item, bound) in review.bound_items() {
        if item.kind != ItemKind::Section {
            continue;
        }
        let Some((first, others)) = repeated(review, bound, is_heading) else {
            continue;
        };
        let count = times(others.len() + 1);
        let finding = findings
            .report(first.span, format!("section {} is there {count}", section_name(review, index)))
            .item(review, index)
            .help("merge the sections, or delete the empty one");
        others.iter().fold(finding, |finding, other| finding.related(Label::with(other.span, "again here")));
    }
}
