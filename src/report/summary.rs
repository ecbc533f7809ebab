//! The lines about a document as a whole that text formats share.

use std::fmt::Write;

use super::coverage::{Count, PartCount};
use super::screen::clean;
#[cfg(feature = "cli")]
use crate::review::KepLevel;
use crate::review::{Cap, Review};
#[cfg(feature = "cli")]
use crate::source::Source;
use crate::template::{ItemIndex, RevisionIndex};

/// `GTR v1.0, questions of 2026-01-27; level incubation (title)`.
pub(super) fn identity(review: &Review) -> Vec<String> {
    let level = match level_name(review) {
        Some(level) => format!("level {level} ({})", review.level.source.name()),
        None => format!("level unknown ({})", review.level.source.name()),
    };
    let mut pieces = vec![
        clean(&format!("{},", template_name(review))),
        clean(&format!("{};", review.template.origin(review.revision))),
        clean(&level),
    ];
    capped(&mut pieces, review.cap);
    pieces
}

/// The same of metadata that was checked for itself, or beside a document without questions.
#[cfg(feature = "cli")]
pub(super) fn kep_identity(kep: KepLevel, document: &Source) -> Vec<String> {
    let alone = document.path().ends_with(".yaml");
    let kind = if alone { "KEP metadata;" } else { "KEP without questions of the template;" };
    if alone && kep == KepLevel::default() && !document.path().ends_with("kep.yaml") {
        return vec!["KEP approval without its kep.yaml".into()];
    }
    let level = kep.name.unwrap_or("unknown");
    let mut pieces = vec![kind.to_string(), format!("level {level} (kep.yaml)")];
    capped(&mut pieces, kep.cap);
    pieces
}

/// Adds why findings weigh less than usual.
fn capped(pieces: &mut Vec<String>, cap: Option<Cap>) {
    let Some(words) = cap.map(cap_words) else { return };
    if let Some(last) = pieces.last_mut() {
        last.push(';');
    }
    pieces.push(words.into());
}

/// What a cap means for the reader. What kubernetes' own CI refuses keeps its weight.
fn cap_words(cap: Cap) -> &'static str {
    match cap {
        Cap::Settled => "settled, so mostly notes",
        Cap::Retiring => "being removed, so mostly warnings",
    }
}

/// `GTR v1.0`; the name alone where the questions have no version.
pub(super) fn template_name(review: &Review) -> String {
    let version = &review.template.revision(review.revision).version;
    format!("{} {version}", review.template.name).trim_end().to_string()
}

/// The name of the document's level.
pub(super) fn level_name(review: &Review) -> Option<&str> {
    let level = review.level.index?;
    review.template.levels.get(level.0 as usize).map(String::as_str)
}

/// A section's title without what follows a dash, and without a name that is to be filled in: `Day 0 - Planning
/// Phase` is `Day 0`, `Summary for $PROJECT` is `Summary`.
pub(super) fn short_title(review: &Review, index: ItemIndex) -> String {
    short_title_at(review, index, review.revision)
}

/// The same in the words of another revision than the document's.
pub(super) fn short_title_at(review: &Review, index: ItemIndex, revision: RevisionIndex) -> String {
    let title = super::quotes::wording(review.item(index).title(revision));
    let cut = [" - ", " – ", " — ", " for $", " to $"].iter().filter_map(|dash| title.find(dash)).min();
    title[..cut.unwrap_or(title.len())].trim_end().to_string()
}

/// `31 of 47 required questions answered (66 %)`.
pub(super) fn answered(count: &Count) -> String {
    let required = count.required();
    match count.percent() {
        Some(percent) => {
            let noun = if required == 1 { "question" } else { "questions" };
            format!("{} of {required} required {noun} answered ({percent} %)", count.good())
        }
        None => "no question is required".into(),
    }
}

/// Why nothing of a part is counted.
pub(super) fn not_required(review: &Review, part: &PartCount) -> String {
    let mut text = match level_name(review) {
        Some(level) => format!("not required at {}", clean(level)),
        None => "not counted, the level is unknown".into(),
    };
    if part.count.answered_anyway > 0 {
        let _ =
            write!(text, ", {} of {} answered anyway", part.count.answered_anyway, part.count.not_required);
    }
    text
}
