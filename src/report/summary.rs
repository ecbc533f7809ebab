//! The lines about a document as a whole that text formats share.

use std::fmt::Write;

use super::coverage::{Count, PartCount};
use super::screen::clean;
use crate::review::Review;
use crate::template::ItemIndex;

/// `GTR v1.0, questions of 2026-01-27; level incubation (title)`.
pub(super) fn identity(review: &Review) -> Vec<String> {
    let revision = review.template.revision(review.revision);
    let level = match level_name(review) {
        Some(level) => format!("level {level} ({})", review.level.source.name()),
        None => format!("level unknown ({})", review.level.source.name()),
    };
    let kind = format!("{} {},", review.template.name, revision.version);
    vec![clean(&kind), clean(&format!("questions of {};", revision.id)), clean(&level)]
}

/// The name of the document's level.
pub(super) fn level_name(review: &Review) -> Option<&str> {
    let level = review.level.index?;
    review.template.levels.get(level.0 as usize).map(String::as_str)
}

/// A section's title without what follows a dash: `Day 0 - Planning Phase` is `Day 0`.
pub(super) fn short_title(review: &Review, index: ItemIndex) -> String {
    let title = super::quotes::wording(review.item(index).wording(review.revision));
    let cut = [" - ", " – ", " — "].iter().filter_map(|dash| title.find(dash)).min();
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
