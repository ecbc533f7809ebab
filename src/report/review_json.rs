//! `gtr report --format json`: the state of every item, schema 1. Fields may be added, never changed.

use std::io::{self, Write};

use serde::Serialize;

use super::compare::{self, Before, Kind};
use super::coverage::{Coverage, coverage};
use super::picture::Standing;
use super::places::Places;
use super::reading_list::reading_list;
use super::{FileReport, fleet};
use crate::review::{BoundItem, Cap, Review, RevisionStatus, State};
use crate::source::Span;
use crate::template::{Item, ItemIndex};

#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub(super) struct Run<'a> {
    schema: u32,
    documents: Vec<Document<'a>>,
    summary: Fleet,
}

/// All documents together. `good` are the required questions that are answered or N/A with a reason, `weak` those of
/// them whose answer is doubtful.
#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
struct Fleet {
    documents: usize,
    required: u32,
    good: u32,
    weak: u32,
    open: u32,
    oldest_date: Option<String>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
struct Document<'a> {
    /// Relative to the working directory, with `/`.
    path: &'a str,
    /// `gtr`, `kep` or the id of a template of one's own.
    template: &'a str,
    /// The version that the questions carry.
    version: &'a str,
    /// The day on which they were written.
    revision: &'a str,
    /// What the document aims at; null where that is unknown.
    level: Option<&'a str>,
    /// Where the level is from, such as `title`.
    level_source: &'a str,
    /// `settled` or `retiring` when findings weigh less for it.
    cap: Option<&'a str>,
    /// The earliest of the document's own dates (of a KEP those in kep.yaml), as YYYY-MM-DD.
    oldest_date: Option<String>,
    /// What the next level would require in addition; null at the highest, and where nothing is added.
    next: Option<NextLevel<'a>>,
    summary: Summary<'a>,
    items: Vec<Entry<'a>>,
    /// What `--compare` found; null without it.
    compared: Option<Compared<'a>>,
}

/// The earlier state by its name, and the ids of the items whose answers are not what they were.
#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct Compared<'a> {
    with: &'a str,
    added: Vec<&'a str>,
    changed: Vec<&'a str>,
    removed: Vec<&'a str>,
}

/// `open` has the ids of the questions without an answer.
#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct NextLevel<'a> {
    level: String,
    required: usize,
    answered: usize,
    open: Vec<&'a str>,
}

/// Required leaf questions by state: the seven states add up to `required`.
#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
struct Summary<'a> {
    required: u32,
    answered: u32,
    not_applicable: u32,
    not_applicable_bare: u32,
    placeholder: u32,
    unanswered: u32,
    commented_out: u32,
    missing: u32,
    /// Of those that are answered: the answer is doubtful. Work is open in it, a finding is on what it says, or the
    /// question was found by similar wording alone.
    weak: u32,
    sections: Vec<Section<'a>>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
struct Section<'a> {
    id: &'a str,
    required: u32,
    answered: u32,
    not_applicable: u32,
}

#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
struct Entry<'a> {
    /// Id of the template's item, such as `day0.scope.roadmap`.
    id: &'a str,
    /// `section`, `question`, `group`, `field` or `checkbox`.
    kind: &'a str,
    /// Whether the document's revision and level ask for it.
    required: bool,
    /// `current`, `added-later` or `retired`, seen from the document's revision.
    revision_status: &'a str,
    /// `answered`, `unanswered`, `placeholder`, `not-applicable`, `not-applicable-bare`, `commented-out` or
    /// `missing`.
    state: &'a str,
    /// How its wording compares with the template's: `verbatim`, `edited`, `paraphrased` or `none`.
    #[serde(rename = "match")]
    matched: &'a str,
    /// The item whose answer stands for this one's.
    answered_by: Option<&'a str>,
    /// Where it is asked.
    prompt: Option<Place>,
    /// From the first to the last byte that answers it.
    answer: Option<Place>,
}

#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
struct Place {
    line: u32,
    column: u32,
    start: u32,
    end: u32,
}

/// One entry a document, in the order given.
pub(super) fn write(files: &[FileReport], out: &mut dyn Write) -> io::Result<()> {
    let rows = fleet::rows(files);
    let (count, shares, oldest) = fleet::sum(&rows);
    let summary = Fleet {
        documents: rows.len(),
        required: count.required(),
        good: count.good(),
        weak: shares.of(Standing::Weak),
        open: shares.of(Standing::Open),
        oldest_date: oldest.map(|date| date.to_string()),
    };
    let documents = rows.iter().map(document).collect();
    serde_json::to_writer_pretty(&mut *out, &Run { schema: 1, documents, summary })?;
    writeln!(out)
}

fn document<'a>(row: &fleet::Row<'a>) -> Document<'a> {
    let review = row.review;
    let template = &review.template;
    let revision = template.revision(review.revision);
    let level = review.level.index.and_then(|level| template.levels.get(level.0 as usize));
    let mut places = Places::new(review.source());
    let listed = review.bound_items().filter(|(index, item, bound)| is_listed(review, *index, item, bound));
    Document {
        path: review.source().path(),
        template: &template.id,
        version: &revision.version,
        revision: &revision.id,
        level: level.map(String::as_str),
        level_source: review.level.source.name(),
        cap: review.cap.map(Cap::name),
        oldest_date: row.oldest.map(|date| date.to_string()),
        next: reading_list(review, &[]).next.map(|next| NextLevel {
            level: next.level,
            required: next.required,
            answered: next.answered,
            open: next.open.iter().map(|entry| review.item(entry.index).id.as_str()).collect(),
        }),
        summary: summary(review, &coverage(review), row.shares.of(Standing::Weak)),
        compared: row.before.map(|before| compared(before, review)),
        items: listed.map(|(index, item, bound)| entry(review, index, item, bound, &mut places)).collect(),
    }
}

fn compared<'a>(before: Before<'a>, review: &'a Review) -> Compared<'a> {
    let changes = compare::changes(&before, review);
    let of = |kind| {
        let of_kind = changes.iter().filter(|change| change.kind == kind);
        of_kind.map(|change| review.item(change.index).id.as_str()).collect()
    };
    Compared {
        with: before.name,
        added: of(Kind::Added),
        changed: of(Kind::Changed),
        removed: of(Kind::Removed),
    }
}

/// What the document's revision has, what the newest one has, and whatever else the document has.
fn is_listed(review: &Review, index: ItemIndex, item: &Item, bound: &BoundItem) -> bool {
    review.asks(index)
        || bound.status == RevisionStatus::Current
        || item.is_in(review.template.newest())
        || !bound.prompts.is_empty()
}

fn summary<'a>(review: &'a Review, coverage: &Coverage, weak: u32) -> Summary<'a> {
    let total = &coverage.total;
    let asked = coverage.sections().filter(|section| section.count.required() > 0);
    Summary {
        required: total.required(),
        answered: total.of(State::Answered),
        not_applicable: total.of(State::NotApplicable),
        not_applicable_bare: total.of(State::NotApplicableBare),
        placeholder: total.of(State::Placeholder),
        unanswered: total.of(State::Unanswered),
        commented_out: total.of(State::CommentedOut),
        missing: total.of(State::Missing),
        weak,
        sections: asked
            .map(|section| Section {
                id: &review.item(section.section).id,
                required: section.count.required(),
                answered: section.count.of(State::Answered),
                not_applicable: section.count.of(State::NotApplicable),
            })
            .collect(),
    }
}

fn entry<'a>(
    review: &'a Review,
    index: ItemIndex,
    item: &'a Item,
    bound: &BoundItem,
    places: &mut Places,
) -> Entry<'a> {
    let mut place = |span: Span| {
        let first = places.position(span.start);
        Place { line: first.line, column: first.column, start: span.start, end: span.end }
    };
    Entry {
        id: &item.id,
        kind: item.kind.name(),
        required: review.requires(index),
        revision_status: bound.status.name(),
        state: bound.state.name(),
        matched: bound.matched().name(),
        answered_by: bound.answered_by.map(|by| review.item(by).id.as_str()),
        prompt: bound.prompt().map(|prompt| place(prompt.span)),
        answer: bound.answer_span().map(place),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::{plain_file, review_file, sample, written};
    use crate::source::Source;

    #[test]
    fn the_contract() {
        let mut review = sample();
        review.items[4].answered_by = Some(ItemIndex(3));
        let other = Source::new("README.md", "no review");
        let text = written(|out| write(&[plain_file(&other, &[]), review_file(&review, &[])], out));
        insta::assert_snapshot!(text);
        assert!(!text.contains("day0.scope.why"), "retired and not there");
        assert!(text.contains("day0.scope.who") && text.contains("day0.scope.vision"));
    }
}
