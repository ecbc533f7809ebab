//! What a planted defect may change, and what it may not.

use std::collections::BTreeMap;

use gtr_lint::Checked;
use gtr_lint::diagnostic::Diagnostic;
use gtr_lint::review::{Review, State};
use gtr_lint::source::Span;
use gtr_lint::template::{ItemIndex, ItemKind};

use crate::mutant::Plant;

/// Rule and item of a finding; which question a finding about several names first is not compared.
type Key = (&'static str, Option<String>);

/// The differences that a plant should not have made, one line each.
pub(crate) fn differences(
    before: &Checked,
    after: &Checked,
    at: ItemIndex,
    plant: Plant,
    gone: Span,
) -> Vec<String> {
    let (Some(old), Some(new)) = (&before.review, &after.review) else {
        return vec!["recognised no more".to_string()];
    };
    let mut out = others(old, new, at);
    out.extend(findings(before, after, old, new, at, plant, gone));
    out
}

/// What an answer given to an open question should not have changed.
pub(crate) fn mended(before: &Checked, after: &Checked, at: ItemIndex) -> Vec<String> {
    let (Some(old), Some(new)) = (&before.review, &after.review) else {
        return vec!["recognised no more".to_string()];
    };
    let mut out = others(old, new, at);
    let item = &old.item(at).id;
    let is_its = |finding: &&Diagnostic| {
        let rules = ["unanswered-question", "placeholder-answer", "bare-not-applicable"];
        rules.contains(&finding.rule.0) && finding.item.as_ref() == Some(item)
    };
    let (was, is) =
        (before.diagnostics.iter().filter(is_its).count(), after.diagnostics.iter().filter(is_its).count());
    if (was, is) != (1, 0) || after.diagnostics.len() + 1 != before.diagnostics.len() {
        out.push(format!(
            "{was} findings of its own became {is}, all {} became {}",
            before.diagnostics.len(),
            after.diagnostics.len()
        ));
    }
    out
}

/// Changes of the revision, the level and of items that are not around the changed one.
fn others(old: &Review, new: &Review, at: ItemIndex) -> Vec<String> {
    let mut out = Vec::new();
    if old.revision != new.revision {
        let name = |review: &Review| review.template.revision(review.revision).id.clone();
        out.push(format!("revision {} became {}", name(old), name(new)));
    }
    if old.level != new.level {
        out.push(format!("level {:?} became {:?}", old.level, new.level));
    }
    let around: Vec<ItemIndex> = std::iter::successors(Some(at), |&item| old.item(item).parent).collect();
    for index in old.template.indices().filter(|index| !around.contains(index)) {
        let (was, is) = (old.bound(index), new.bound(index));
        let id = &old.item(index).id;
        if was.state != is.state {
            out.push(format!("state of {id}: {} became {}", was.state.name(), is.state.name()));
        } else if old.item(index).kind != ItemKind::Section && answer(old, index) != answer(new, index) {
            out.push(format!("answer of {id} changed"));
        }
    }
    out
}

fn answer(review: &Review, index: ItemIndex) -> String {
    review.bound(index).answer.iter().map(|span| review.text(*span)).collect::<Vec<_>>().join("\n")
}

fn findings(
    before: &Checked,
    after: &Checked,
    old: &Review,
    new: &Review,
    at: ItemIndex,
    plant: Plant,
    gone: Span,
) -> Vec<String> {
    let mut change: BTreeMap<Key, i32> = BTreeMap::new();
    for finding in &after.diagnostics {
        *change.entry(key(finding)).or_default() += 1;
    }
    for finding in &before.diagnostics {
        *change.entry(key(finding)).or_default() -= 1;
    }
    change.retain(|_, count| *count != 0);
    let mut out = Vec::new();
    let wanted = wanted(old, new, at, plant);
    if change.remove(&wanted) != Some(1) {
        let prompt = new
            .bound(at)
            .prompt()
            .map(|prompt| (new.source().line(prompt.span.start), new.text(prompt.span)));
        let (state, by) = (new.bound(at).state.name(), new.bound(at).answered_by.map(|by| &new.item(by).id));
        out.push(format!("no {}: {state} by {by:?}, asked by {prompt:?}", wanted.0));
    }
    let item = Some(old.item(at).id.clone());
    for ((rule, of), count) in change {
        let fewer = count < 0;
        let was_there =
            before.diagnostics.iter().filter(|finding| key(finding) == (rule, of.clone())).any(|finding| {
                let places = std::iter::once(&finding.primary).chain(&finding.related);
                places.into_iter().any(|label| gone.overlaps(label.span))
            });
        // a section without any question of its own left is one finding in place of one a question, and in
        // place of those of the sections in it
        let inside = wanted.1.as_ref().zip(of.as_ref()).is_some_and(|(outer, inner)| {
            inner.strip_prefix(outer.as_str()).is_some_and(|rest| rest.starts_with('.'))
        });
        let merged = wanted.0 == "missing-section"
            && (rule == "missing-question" || (rule == "missing-section" && inside));
        if !(fewer && (was_there || of == item || merged)) {
            out.push(format!("{rule} of {of:?}: {count:+} findings"));
        }
    }
    out
}

fn key(finding: &Diagnostic) -> Key {
    let several = ["edited-question", "paraphrased-question", "repeated-answer"].contains(&finding.rule.0);
    (finding.rule.0, finding.item.clone().filter(|_| !several))
}

/// The one finding that a plant makes.
fn wanted(old: &Review, new: &Review, at: ItemIndex, plant: Plant) -> Key {
    let item = |index: ItemIndex| Some(old.item(index).id.clone());
    match plant {
        Plant::Blank => ("unanswered-question", item(at)),
        Plant::Todo => ("placeholder-answer", item(at)),
        Plant::Bare => ("bare-not-applicable", item(at)),
        Plant::Remove if new.bound(at).state == State::CommentedOut => ("commented-out-question", item(at)),
        Plant::Remove => match emptied_section(old, at) {
            Some(section) => ("missing-section", item(section)),
            None => ("missing-question", item(at)),
        },
    }
}

/// The section around a question, if no other required question of it is asked anywhere.
fn emptied_section(review: &Review, at: ItemIndex) -> Option<ItemIndex> {
    let sections = std::iter::successors(review.item(at).parent, |&item| review.item(item).parent);
    let emptied =
        sections.filter(|&section| review.item(section).kind == ItemKind::Section).filter(|&section| {
            (section.0 + 1..review.item(section).end.0)
                .map(ItemIndex)
                .filter(|&item| item != at && review.is_leaf_question(item) && review.requires(item))
                .all(|item| {
                    review.bound(item).prompts.is_empty() && review.bound(item).state == State::Missing
                })
        });
    emptied.last()
}
