//! One cause for several items: an absent section, a comment, a swallowed heading.

use super::{Cause, Review, State};
use crate::document::{BlockId, BlockKind, LostCause, LostHeading};
use crate::template::{ItemIndex, ItemKind};

pub(super) fn find(review: &mut Review) {
    for index in review.template.indices() {
        let bound = review.bound(index);
        if bound.state != State::CommentedOut {
            continue;
        }
        let Some(block) = bound.prompt().map(|prompt| prompt.block) else { continue };
        let (cause, state) = hidden(review, block);
        review.items[index.0 as usize].cause = cause;
        review.items[index.0 as usize].state = state;
    }
    for index in review.template.indices() {
        if review.item(index).kind == ItemKind::Section && is_absent(review, index) {
            for at in index.0..review.item(index).end.0 {
                let inside = &mut review.items[at as usize];
                if inside.state == State::Missing && inside.cause == Cause::Own {
                    inside.cause = Cause::Absent(index);
                }
            }
        }
    }
}

/// What hides a block: a comment, or the fence or comment that was never closed.
fn hidden(review: &Review, block: BlockId) -> (Cause, State) {
    let document = &review.document;
    let outer = document
        .ancestors(block)
        .filter(|&id| matches!(document.block(id).kind, BlockKind::Comment { .. } | BlockKind::Code { .. }))
        .last();
    let Some(outer) = outer else { return (Cause::Own, State::CommentedOut) };
    let place = document.block(block).span.start;
    let inside = |lost: &LostHeading| {
        lost.cause != LostCause::AfterComment && document.block(outer).span.contains(lost.by)
    };
    let lost = document.lost_headings();
    // what stands before the first of them is lost by the same mistake
    let lost = lost
        .iter()
        .rposition(|lost| inside(lost) && lost.span.start <= place)
        .or_else(|| lost.iter().position(inside));
    let state = match document.block(outer).kind {
        BlockKind::Code { .. } => State::Missing,
        _ => State::CommentedOut,
    };
    match lost {
        Some(at) => (Cause::Swallowed(at as u32), state),
        None => (Cause::Commented(outer), state),
    }
}

/// Whether a section is absent: its heading is not bound and none of its required questions is asked
/// anywhere, or it is there with none of them.
fn is_absent(review: &Review, section: ItemIndex) -> bool {
    let end = review.item(section).end;
    let mut required = (section.0 + 1..end.0)
        .map(ItemIndex)
        .filter(|&item| review.is_leaf_question(item) && review.requires(item))
        .peekable();
    required.peek().is_some()
        && required.all(|item| {
            let bound = review.bound(item);
            bound.state == State::Missing && bound.prompts.is_empty() && bound.cause == Cause::Own
        })
}

#[cfg(test)]
mod tests {
    use crate::review::tests::{input, item};
    use crate::review::{Cause, State, Templates};
    use crate::settings::Settings;
    use crate::template::from_yaml;

    #[test]
    fn a_section_is_absent_with_its_required_questions_though_one_that_may_be_left_out_is_asked() {
        let template = "id: lamp\nlevels: [only]\nrevisions: [{id: 2024-01-01}]\n\
            recognition: {titles: [Lamp Review]}\nitems:\n\
            - id: light\n  kind: section\n  title: Light of the lamps\n  required: {from: only}\n  items:\n\
            \x20 - {id: light.how, kind: question, text: How bright is it?}\n\
            \x20 - {id: light.why, kind: question, text: Why at night?, required: optional}\n";
        let templates = Templates::new(vec![from_yaml(template).unwrap()]);
        let text =
            "# Lamp Review - Lanterns / only\n\n## Light of the lamps\n\n* Why at night?\n  It is dark.\n";
        let review = crate::check(&input(text), &Settings::default(), &templates).review.unwrap();
        assert_eq!(item(&review, "light.why").1, State::Answered);
        let [light, how] = ["light", "light.how"].map(|id| review.template.find(id).unwrap());
        assert_eq!(review.bound(how).cause, Cause::Absent(light));
    }
}
