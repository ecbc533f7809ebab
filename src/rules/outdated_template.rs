//! `outdated-template`.

use super::quote::{counted, quote};
use super::same_wording::same_wording;
use super::{Context, Findings};
use crate::diagnostic::Severity;
use crate::review::Review;
use crate::template::{Item, ItemIndex, ItemKind, Requirement, RevisionIndex, Wording};

/// A newer revision that had been on main for longer than this should have been used.
const GRACE_DAYS: i64 = 90;

/// So many new questions are quoted, others are counted.
const QUOTED: usize = 3;

declare_rule! {
    /// ## What it finds
    /// The document was written on an older revision of the template than the newest. It says what was added
    /// since, as far as the document's level requires it. What a newer revision added is reported nowhere
    /// else.
    ///
    /// ## Why it matters
    /// Reviewers compare with the
    /// [current template](https://github.com/cncf/toc/blob/main/toc_subprojects/project-reviews-subproject/general-technical-questions.md).
    /// Its version string did not always change when its questions did, so authors often cannot know.
    ///
    /// ## Example
    /// A document dated 2026-03-01 has none of the questions that were added in October 2025.
    ///
    /// ## How to fix it
    /// `gtr sync FILE` adds the new questions and keeps the answers; `gtr sync --diff FILE` shows it first.
    ///
    /// ## How sure it is
    /// The revision is told from the questions that are there, never from missing ones alone. It is a warning
    /// when a newer revision with changes for the document's level had been on the main branch for more than
    /// 90 days at the date the document carries; else, and without a date, a note. A KEP is told only of what its
    /// stage requires, one of another project without a questionnaire of nothing.
    OutdatedTemplate, "outdated-template", Some(Severity::Warning), "the document was written on an older revision of the template", check
}

fn check(context: &Context, findings: &mut Findings) {
    let review = context.review;
    if !review.follows_template() {
        return;
    }
    let (old, newest) = (review.revision, review.template.newest());
    let changes = Changes::since(review, old);
    // the template of KEPs changes every few months, mostly in what no stage requires
    let idle = is_kep(review) && changes.added.is_empty() && changes.reworded.is_empty();
    if changes.none_at_all || idle {
        return;
    }
    let template = &review.template;
    let origin = template.origin(old);
    let those = if origin.starts_with("questions") { "those" } else { "the questions" };
    let message = format!(
        "written on the {origin}; {those} of {} {}",
        template.revision(newest).id,
        changes.describe(review)
    );
    let span = review.title.map_or_else(|| review.anchor(ItemIndex(0)), |title| title.span);
    let finding = findings
        .report(span, message)
        .help("`gtr sync` adds what is new and keeps the answers");
    if !changes.overdue {
        finding.at_most(Severity::Note);
    }
}

/// What revisions after a document's own changed.
struct Changes<'a> {
    /// No item of any level differs; in a KEP only those count that its stage requires.
    none_at_all: bool,
    /// Required questions that were added.
    added: Vec<&'a Item>,
    /// Required questions that were reworded.
    reworded: Vec<&'a Item>,
    /// Questions of the document's revision that are required and no longer asked.
    dropped: usize,
    /// A revision that added or reworded a required question had been on main for long.
    overdue: bool,
}

impl<'a> Changes<'a> {
    fn since(review: &'a Review, old: RevisionIndex) -> Self {
        let newest = review.template.newest();
        let mut changes = Self { none_at_all: true, added: vec![], reworded: vec![], dropped: 0, overdue: false };
        for (index, item, bound) in review.bound_items() {
            let required = bound.required == Requirement::Required;
            let counts = required && is_leaf_in(review, index, newest);
            if required && review.template.retired_since(index).is_some() && is_leaf_in(review, index, old) {
                changes.dropped += 1;
            }
            if !counts && (is_kep(review) || !changes.none_at_all) {
                continue;
            }
            let was = item.is_in(old);
            // other punctuation or another link target is no other question
            let differs = |wording: &&Wording| wording.from > old && !same_wording(&wording.text, item.wording(old));
            let reworded = item.wordings.iter().find(differs).map(|wording| wording.from);
            let change = if was { reworded } else { Some(item.since).filter(|since| *since > old) };
            let gone = was && !item.is_in(newest);
            changes.none_at_all &= change.is_none() && !gone;
            let Some(revision) = change.filter(|_| counts) else { continue };
            if was { &mut changes.reworded } else { &mut changes.added }.push(item);
            changes.overdue |= is_overdue(review, revision);
        }
        changes
    }

    fn describe(&self, review: &Review) -> String {
        let level = review.level.index.map_or("this level", |level| &review.template.levels[level.0 as usize]);
        let mut parts = Vec::new();
        for (verb, items) in [("add", &self.added), ("reword", &self.reworded)] {
            if items.is_empty() {
                continue;
            }
            let mut list: Vec<_> =
                items.iter().take(QUOTED).map(|item| quote(item.newest_wording())).collect();
            if items.len() > QUOTED {
                list.push(format!("{} more", items.len() - QUOTED));
            }
            parts.push(format!("{verb} {}: {}", counted(items.len(), "required question"), list.join(", ")));
        }
        if self.dropped > 0 {
            parts.push(format!("no longer ask {}", counted(self.dropped, "required question")));
        }
        if parts.is_empty() { format!("ask nothing more at {level}") } else { parts.join("; they ") }
    }
}

fn is_kep(review: &Review) -> bool {
    review.template.id == "kep"
}

/// Whether an item is a question of a revision, without questions below it there.
fn is_leaf_in(review: &Review, index: ItemIndex, revision: RevisionIndex) -> bool {
    let asks = |item: &Item| matches!(item.kind, ItemKind::Question | ItemKind::Group) && item.is_in(revision);
    let item = review.item(index);
    item.kind == ItemKind::Question
        && item.is_in(revision)
        && !review.template.children(index).any(|child| asks(review.item(child)))
}

/// Whether a revision had been on main for more than the days of grace when the document was dated.
fn is_overdue(review: &Review, revision: RevisionIndex) -> bool {
    match (review.date, review.template.revision(revision).on_main) {
        (Some(date), Some(on_main)) => date.days() - on_main.days() > GRACE_DAYS,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;
    use crate::diagnostic::Diagnostic;
    use crate::template::Date;

    fn found(date: &str, required: bool) -> Vec<Diagnostic> {
        let mut sample = Sample::new("# Title\n")
            .revision("2025-10-02")
            .item(0, ItemKind::Question, "a", "Old?")
            .item(0, ItemKind::Question, "b", "New?")
            .change("b", |item, _| item.since = RevisionIndex(1));
        if !required {
            sample = sample.optional("b");
        }
        sample.date = Date::parse(date);
        sample.check(&OutdatedTemplate)
    }

    #[test]
    fn a_revision_may_be_used_for_ninety_days() {
        let early = found("2025-12-31", true);
        assert_eq!(early[0].cap, Some(Severity::Note));
        assert_eq!(
            early[0].message,
            "written on the questions of 2024-01-01; those of 2025-10-02 add 1 required question: “New?”"
        );
        assert_eq!(found("2026-01-01", true)[0].cap, None);
        assert_eq!(found("no date", true)[0].cap, Some(Severity::Note));
    }

    #[test]
    fn a_template_that_asked_nothing_yet_has_no_questions() {
        let found = Sample::new("# Title\n")
            .revision("2025-10-02")
            .item(0, ItemKind::Section, "a", "Old")
            .item(1, ItemKind::Question, "b", "New?")
            .change("b", |item, _| item.since = RevisionIndex(1))
            .check(&OutdatedTemplate);
        assert_eq!(
            found[0].message,
            "written on the template of 2024-01-01; the questions of 2025-10-02 add 1 required question: “New?”"
        );
    }

    #[test]
    fn what_the_level_does_not_require_is_only_worth_a_note() {
        let found = found("2026-06-01", false);
        assert_eq!(found[0].cap, Some(Severity::Note));
        assert!(found[0].message.ends_with("ask nothing more at only"));
    }

    #[test]
    fn punctuation_is_no_rewording() {
        let reworded = |text: &str| {
            let wording = Wording { from: RevisionIndex(1), text: text.into() };
            Sample::new("# Title\n")
                .revision("2025-10-02")
                .item(0, ItemKind::Question, "a", "Old [one](https://a.example)?")
                .change("a", |item, _| item.wordings.push(wording))
                .check(&OutdatedTemplate)
                .len()
        };
        assert_eq!(reworded("Old [one](https://b.example)."), 0);
        assert_eq!(reworded("Old one, explained"), 1);
    }

    #[test]
    fn the_newest_revision_is_silent() {
        let mut sample =
            Sample::new("").revision("2025-10-02").item(0, ItemKind::Question, "a", "Old?").change(
                "a",
                |item, _| item.since = RevisionIndex(1),
            );
        sample.revision = 1;
        assert_eq!(sample.check(&OutdatedTemplate), []);
    }
}
