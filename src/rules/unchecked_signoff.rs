//! `unchecked-signoff`.

use super::checkbox::unchecked;
use super::quote::counted;
use super::{Context, Findings};
use crate::diagnostic::{Label, Severity};
use crate::metadata::{Release, release};
use crate::review::{Review, plain};
use crate::template::ItemKind;

declare_rule! {
    /// ## What it finds
    /// Boxes marked `(R)` in the Release Signoff Checklist are open although the KEP names a release. One
    /// finding a document, with all boxes. Boxes about GA count at the last stage only.
    ///
    /// ## Why it matters
    /// The
    /// [KEP template](https://github.com/kubernetes/enhancements/blob/master/keps/NNNN-kep-template/README.md)
    /// says that items marked with (R) are required before a KEP is targeted at a release. Nobody checks it
    /// today, and most KEPs forget a box, so this is a note.
    ///
    /// ## Example
    /// ```markdown
    /// - [ ] (R) Graduation criteria is in place
    /// ```
    ///
    /// ## How to fix it
    /// Tick what is done.
    ///
    /// ## How sure it is
    /// Sure that the box is open. Where the approval file has the stage of the KEP, the finding says that the
    /// box of the production readiness review contradicts it.
    UncheckedSignoff, "unchecked-signoff", Some(Severity::Note), "required boxes of the release checklist are open", check
}

fn check(context: &Context, findings: &mut Findings) {
    let review = context.review;
    if review.template.id != "kep" || !has_release(review) {
        return;
    }
    let open = review.bound_items().filter(|(index, item, _)| {
        item.kind == ItemKind::Checkbox && item.id.starts_with("chk-r-") && review.requires(*index)
    });
    let open: Vec<_> = open.filter_map(|(index, _, bound)| Some((index, unchecked(review, bound)?))).collect();
    let Some(((first, prompt), others)) = open.split_first() else { return };
    let approved = is_approved(review);
    let contradicts = |id: &str| id.contains("production-readiness-review") && approved;
    let mut message = format!("{} of the release checklist {} open", counted(open.len(), "required box"),
        if open.len() == 1 { "is" } else { "are" }).replace("boxs", "boxes");
    if open.iter().any(|(index, _)| contradicts(&review.item(*index).id)) {
        message.push_str("; the approval file says that the production readiness review is done");
    }
    let finding = findings.report(prompt.span, message).item(review, *first).help("tick what is done");
    others.iter().fold(finding, |finding, (_, prompt)| {
        finding.related(Label::with(prompt.span, plain(review.text(prompt.span))))
    });
}

/// Whether kep.yaml names a release; without kep.yaml the level was given by hand.
fn has_release(review: &Review) -> bool {
    let Some(kep) = review.companions.metadata.as_deref() else { return review.level.index.is_some() };
    kep.text("latest-milestone")
        .and_then(|milestone| release(milestone.value))
        .is_some_and(|release| release > Release(0, 0, 0))
}

/// Whether the approval file has the stage of the KEP.
pub(super) fn is_approved(review: &Review) -> bool {
    let companions = &review.companions;
    let (Some(kep), Some(approval)) = (companions.metadata.as_deref(), companions.approval.as_deref()) else {
        return false;
    };
    kep.text("stage").is_some_and(|stage| approval.inner(stage.value, "approver").is_some())
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;
    use crate::document::BlockId;

    #[test]
    fn open_boxes_are_one_finding() {
        // brackets without a blank are a box to people
        let text = "- [ ] (R) One\n- [x] (R) Two\n- [] (R) Three\n- [ ] Four\n";
        let sample = ["One", "Two", "Three"].iter().enumerate().fold(Sample::new(text), |sample, (at, name)| {
            let (id, prompt) = (format!("chk-r-{}", name.to_lowercase()), format!("(R) {name}"));
            let sample = sample.item(0, ItemKind::Checkbox, &id, &prompt);
            let sample = sample.prompt(&id, &prompt, crate::review::Match::Verbatim);
            // list, then item and paragraph for each
            sample.change(&id, |_, bound| bound.prompts[0].block = BlockId(2 + 2 * at as u32))
        });
        let found = sample.template_id("kep").check(&UncheckedSignoff);
        assert_eq!(found[0].message, "2 required boxes of the release checklist are open");
        assert_eq!((found.len(), found[0].related.len()), (1, 1));
    }

    /// The findings in a document with boxes of one item each, as its prompts stand in it.
    fn found(template: &str, boxes: &[(&str, &[&str])], text: &str) -> Vec<String> {
        let sample = boxes.iter().fold(Sample::new(text).template_id(template), |sample, (id, prompts)| {
            let sample = sample.item(0, ItemKind::Checkbox, id, prompts[0]);
            prompts
                .iter()
                .fold(sample, |sample, prompt| sample.prompt(id, prompt, crate::review::Match::Verbatim))
        });
        sample.check(&UncheckedSignoff).into_iter().map(|one| one.message).collect()
    }

    #[test]
    fn only_required_boxes_of_keps_that_stand_open_everywhere_count() {
        let one: &[_] = &[("chk-r-one", &["[ ] One"][..])];
        let open = ["1 required box of the release checklist is open"];
        assert_eq!(found("kep", one, "- [ ] One\n"), open);
        assert_eq!(found("sample", one, "- [ ] One\n"), [""; 0]);
        assert_eq!(found("kep", &[("chk-one", &["[ ] One"])], "- [ ] One\n"), [""; 0]);
        // ticked where it stands a second time
        let twice: &[_] = &[("chk-r-one", &["[ ] One", "[x] One"][..])];
        assert_eq!(found("kep", twice, "- [ ] One\n- [x] One\n"), [""; 0]);
    }
}
