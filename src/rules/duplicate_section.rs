//! `duplicate-section`.

use super::quote::section_name;
use super::repeated_prompts::{repeated, times};
use super::{Context, Findings};
use crate::diagnostic::{Label, Severity};
use crate::document::BlockKind;
use crate::review::{Prompt, Review, same_words};
use crate::template::{Item, ItemIndex, ItemKind};

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
    /// not, nor do those of a KEP that are deeper than the template's: they are parts of something else.
    DuplicateSection, "duplicate-section", Some(Severity::Warning), "a section stands in the document more than once", check
}

fn check(context: &Context, findings: &mut Findings) {
    let review = context.review;
    let is_heading = |prompt: &Prompt| {
        let block = review.document.blocks().get(prompt.block.0 as usize);
        block.is_none_or(|block| block.kind.is_heading())
            && review.preamble.is_none_or(|preamble| !preamble.overlaps(prompt.span))
    };
    for (index, item, bound) in review.bound_items() {
        if item.kind != ItemKind::Section {
            continue;
        }
        let chapter = |prompt: &Prompt| is_heading(prompt) && is_chapter(review, index, item, prompt);
        let Some((first, others)) = repeated(review, bound, chapter) else {
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

/// Whether a heading is more than a part of something else. A KEP has a “Design Details” below an alternative and
/// a “Proposed Change” below its proposal; its sections stand in the template's words, and at its levels or above.
fn is_chapter(review: &Review, index: ItemIndex, item: &Item, prompt: &Prompt) -> bool {
    if review.template.id != "kep" {
        return true;
    }
    let around = std::iter::successors(Some(index), |&at| review.item(at).parent).count();
    let is_deeper = matches!(
        review.document.block(prompt.block).kind,
        BlockKind::Heading(level) if usize::from(level) > around + 1
    );
    let text = review.text(prompt.span);
    !is_deeper && item.until.is_none() && item.wordings.iter().any(|wording| same_words(text, &wording.text))
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;
    use crate::document::BlockId;
    use crate::review::Match;

    #[test]
    fn a_deeper_heading_or_other_words_are_no_second_section_of_a_kep() {
        let found = |template: &str, second: &str| {
            let words = second.trim_start_matches(['#', ' ']);
            Sample::new(&format!("## Design\n\nA.\n\n{second}\n\nB.\n"))
                .template_id(template)
                .item(0, ItemKind::Section, "design", "Design")
                .prompt("design", "Design", Match::Verbatim)
                .prompt("design", words, Match::Verbatim)
                .change("design", |_, bound| bound.prompts[1].block = BlockId(2))
                .check(&DuplicateSection)
                .len()
        };
        assert_eq!(found("kep", "## Design"), 1);
        assert_eq!(found("kep", "### Design"), 0);
        assert_eq!(found("kep", "## Lamp design"), 0);
        assert_eq!(found("sample", "### Design"), 1);
    }
}
