//! What a reviewer should ask about and what to read with care, as lists of questions.

use super::coverage::part_of;
use super::quotes::{one_line, quoted, wording};
use super::screen::{clean, clip};
use super::summary::{short_title, short_title_at};
use crate::diagnostic::Diagnostic;
use crate::review::{BoundItem, Cap, Cause, Review, RevisionStatus, State};
use crate::source::Span;
use crate::template::{ItemIndex, Requirement, RevisionIndex};

/// Longest quote of an answer, in columns.
const QUOTE: usize = 140;

/// One question and what to know of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) index: ItemIndex,
    /// Line of the question, else of what answers it.
    pub(super) line: Option<u32>,
    /// Where the question belongs: `Day 0, Scope`.
    pub(super) section: String,
    /// The question in the words of the document's revision, or of the newest if it is not in that, one harmless
    /// line.
    pub(super) question: String,
    /// A remark, one harmless line; may be empty.
    pub(super) remark: String,
}

/// The lists of one document: what is not answered in template order, what to read in the order of its lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct ReadingList {
    /// Required questions without an answer.
    pub(super) open: Vec<Entry>,
    /// Required questions marked N/A, no reason given.
    pub(super) bare: Vec<Entry>,
    /// Answers that have a TODO or the like in or beside them.
    pub(super) unresolved: Vec<Entry>,
    /// Required and answered, but a finding says that the answer is worth little.
    pub(super) weak: Vec<Entry>,
    /// Required questions marked N/A with a reason.
    pub(super) reasons: Vec<Entry>,
    /// Required and answered, but found by similarity alone: the answer may be to something else.
    pub(super) uncertain: Vec<Entry>,
    /// Not required at the level, answered anyway.
    pub(super) beyond: Vec<Entry>,
    /// Added by a newer revision than the document's, not answered.
    pub(super) added: Vec<Entry>,
    /// What the next level would require in addition.
    pub(super) next: Option<Next>,
}

/// What a document's next level would ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Next {
    /// The name of the level.
    pub(super) level: String,
    /// How many questions it would require in addition.
    pub(super) required: usize,
    /// How many of those have an answer already.
    pub(super) answered: usize,
    /// The others, in template order.
    pub(super) open: Vec<Entry>,
}

/// Sorts the leaf questions of a review into lists. `weakening` are the findings that make answers
/// [weak](super::picture::weakening).
pub(super) fn reading_list(review: &Review, weakening: &[&Diagnostic]) -> ReadingList {
    let mut list = ReadingList::default();
    let next = next_level(review);
    let (mut asked, mut answered, mut open) = (0, 0, Vec::new());
    for (index, item, bound) in review.bound_items() {
        if !review.is_leaf_question(index) {
            continue;
        }
        let entry = |remark: String| entry(review, index, bound, remark);
        if bound.status == RevisionStatus::AddedLater {
            if review.follows_template() && item.is_in(review.template.newest()) && !bound.is_good() {
                list.added.push(entry_at(review, index, bound, String::new(), review.template.newest()));
            }
            continue;
        }
        if !review.asks(index) {
            continue;
        }
        let required = review.requires(index);
        if !bound.markers.is_empty() && (required || bound.is_good()) {
            list.unresolved.push(entry(quote(review, around(review, bound.markers[0]))));
        }
        if !required {
            if bound.is_good() {
                list.beyond.push(entry(String::new()));
            }
            if next.is_some_and(|(next, _)| item.required.get(next) == Some(&Requirement::Required)) {
                asked += 1;
                if bound.is_good() {
                    answered += 1;
                } else {
                    open.push(entry(String::new()));
                }
            }
            continue;
        }
        match bound.state {
            State::Answered => {
                if bound.prompt().is_some_and(|prompt| prompt.uncertain) {
                    let prompt = bound.prompt().map(|prompt| quote(review, prompt.span)).unwrap_or_default();
                    list.uncertain.push(entry(format!("asked here as {prompt}")));
                } else if bound.markers.is_empty()
                    && let Some(finding) = weakening.iter().find(|one| one.item.as_deref() == Some(&*item.id))
                {
                    list.weak.push(weak(entry(String::new()), &finding.message));
                }
            }
            State::NotApplicable => list.reasons.push(entry(reason(review, index, bound))),
            State::NotApplicableBare if bound.means_no => {}
            State::NotApplicableBare => list.bare.push(entry(String::new())),
            State::Placeholder | State::Unanswered | State::CommentedOut | State::Missing => {
                list.open.push(entry(why_open(review, bound)));
            }
        }
    }
    for read in [&mut list.bare, &mut list.unresolved, &mut list.weak, &mut list.reasons, &mut list.uncertain]
    {
        read.sort_by_key(|entry| entry.line.unwrap_or(u32::MAX));
    }
    list.next = next.filter(|_| asked > 0).map(|(_, name)| Next {
        level: name.clone(),
        required: asked,
        answered,
        open,
    });
    list
}

/// The next level that asks more than the document's own, with its name. Nobody takes a settled proposal further, and
/// one that owes no review is asked for none.
fn next_level(review: &Review) -> Option<(usize, &String)> {
    let goes_on = review.cap != Some(Cap::Settled) && !review.owes_no_review;
    let own = review.level.index.filter(|_| goes_on)?;
    let adds = |level: usize| {
        review.bound_items().any(|(index, item, _)| {
            review.is_leaf_question(index)
                && review.asks(index)
                && !review.requires(index)
                && item.required.get(level) == Some(&Requirement::Required)
        })
    };
    review.template.levels.iter().enumerate().skip(own.0 as usize + 1).find(|(level, _)| adds(*level))
}

/// `Day 0, Scope`: where a question belongs.
pub(super) fn section_title(review: &Review, index: ItemIndex) -> String {
    section_title_at(review, index, review.revision)
}

fn section_title_at(review: &Review, index: ItemIndex, revision: RevisionIndex) -> String {
    let part = part_of(review, index);
    let title = |index| short_title_at(review, index, revision);
    match review.template.section_of(index) {
        Some(section) if section != part => format!("{}, {}", title(part), title(section)),
        _ => title(part),
    }
}

/// With what a finding says of the answer; the question that it begins with stands above already.
fn weak(mut entry: Entry, message: &str) -> Entry {
    let message = clean(message);
    let again = quoted(&message)
        .filter(|quote| message.starts_with('“') && entry.question.starts_with(quote.trim_end_matches('…')));
    let rest = again.map_or(&*message, |quote| &message["“”".len() + quote.len()..]);
    entry.remark = clip(rest.trim_start(), QUOTE);
    entry
}

/// An item of the template with its place in the document.
pub(super) fn entry(review: &Review, index: ItemIndex, bound: &BoundItem, remark: String) -> Entry {
    entry_at(review, index, bound, remark, review.revision)
}

fn entry_at(
    review: &Review,
    index: ItemIndex,
    bound: &BoundItem,
    remark: String,
    revision: RevisionIndex,
) -> Entry {
    let place = bound.prompt().map(|prompt| prompt.span).or_else(|| bound.answer.first().copied());
    Entry {
        index,
        line: place.map(|span| review.source().line(span.start)),
        section: section_title_at(review, index, revision),
        question: wording(review.item(index).wording(revision)),
        remark,
    }
}

fn quote(review: &Review, span: Span) -> String {
    format!("“{}”", clip(&one_line(review.source(), span), QUOTE))
}

/// From the place to the end of its line: a marker alone says little.
fn around(review: &Review, span: Span) -> Span {
    let source = review.source();
    let line = source.line_span(source.line(span.start));
    Span::new(span.start, line.end.max(span.end))
}

fn reason(review: &Review, index: ItemIndex, bound: &BoundItem) -> String {
    let by = bound.answered_by.filter(|by| *by != index);
    let answer = bound.answer_span().or_else(|| by.and_then(|by| review.bound(by).answer_span()));
    answer.map(|span| quote(review, span)).unwrap_or_default()
}

fn why_open(review: &Review, bound: &BoundItem) -> String {
    match bound.cause {
        Cause::Absent(section) => {
            let title = short_title(review, section);
            return if review.bound(section).prompts.is_empty() {
                format!("the section “{title}” is not in the document")
            } else {
                format!("the section “{title}” asks none of its questions")
            };
        }
        Cause::Commented(block) => {
            let line = review.source().line(review.document.block(block).span.start);
            return format!("hidden by the comment that begins in line {line}");
        }
        Cause::Swallowed(_) => return "lost with a heading that is not rendered".into(),
        Cause::Own => {}
    }
    match (bound.state, bound.answer_span()) {
        (State::Placeholder, Some(span)) => format!("only {}", quote(review, span)),
        (State::Placeholder, None) => "only a placeholder".into(),
        (State::CommentedOut, _) => "inside a comment".into(),
        (State::Missing, _) => "not in the document".into(),
        _ => "no answer".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::{finding, sample};
    use crate::template::Wording;

    #[test]
    fn every_question_is_in_the_list_it_belongs_to() {
        let review = sample();
        let list = reading_list(&review, &[]);
        let ids = |entries: &[Entry]| -> Vec<String> {
            entries.iter().map(|entry| review.item(entry.index).id.clone()).collect()
        };
        assert_eq!(
            ids(&list.open),
            ["day0.scope.end-user-research", "day0.usability.ux-ui", "day0.usability.integration"]
        );
        assert_eq!(list.open[0].remark, "only “TBD”");
        assert_eq!(list.open[2].line, None);
        assert_eq!(ids(&list.bare), ["day0.scope.target-persona"]);
        assert_eq!(list.unresolved[0].remark, "“TODO the web page”");
        assert_eq!(list.reasons[0].remark, "“N/A: it is a library and others decide”");
        assert_eq!(ids(&list.beyond), ["day2.signals"]);
        assert_eq!(ids(&list.added), ["day0.scope.vision"]);
        let next = list.next.unwrap();
        assert_eq!((next.level.as_str(), next.required, next.answered), ("graduation", 2, 1));
        assert_eq!(ids(&next.open), ["day2.limits"]);
        assert_eq!(list.open[0].section, "Day 0, Scope");
    }

    #[test]
    fn what_a_finding_says_is_not_said_twice() {
        let review = sample();
        let remark = |message: &str| {
            let item = Some("day0.scope.roadmap".to_string());
            let one = Diagnostic { item, message: message.into(), ..finding("some-rule", 0..1) };
            reading_list(&review, &[&one]).weak.remove(0).remark
        };
        assert_eq!(
            remark("“Describe the roadmap…” is answered with a promise"),
            "is answered with a promise"
        );
        let other = "“Metrics” is ticked, but its field is empty";
        assert_eq!(remark(other), other);
    }

    #[test]
    fn what_to_read_stands_in_line_order_and_what_is_new_in_the_newest_words() {
        let mut review = sample();
        let index = review.template.find("day0.scope.vision").expect("it is in the sample");
        let mut template = (*review.template).clone();
        let newest = template.newest();
        let text = "Describe what the project is to become.".to_string();
        template.items[usize::from(index.0)].wordings.push(Wording { from: newest, text });
        review.template = template.into();
        // a document that asks in another order than the template
        let [one, other] = ["day0.scope.target-persona", "day0.scope.primary-use-case"]
            .map(|id| usize::from(review.template.find(id).expect("it is in the sample").0));
        review.items[one].state = State::NotApplicable;
        let prompts = std::mem::take(&mut review.items[one].prompts);
        review.items[one].prompts = std::mem::replace(&mut review.items[other].prompts, prompts);
        let list = reading_list(&review, &[]);
        assert_eq!(list.added[0].question, "Describe what the project is to become.");
        assert_eq!(list.reasons.len(), 2);
        assert!(list.reasons.is_sorted_by_key(|entry| entry.line), "{:?}", list.reasons);
    }
}
