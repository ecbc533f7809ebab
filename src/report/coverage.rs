//! How much of what is required has an answer: counted once, shown by several formats.

use crate::review::{Review, State};
use crate::template::{ItemIndex, ItemKind};

/// All states, in the order in which reports list them.
pub(super) const STATES: [State; 7] = [
    State::Answered,
    State::NotApplicable,
    State::NotApplicableBare,
    State::Placeholder,
    State::Unanswered,
    State::CommentedOut,
    State::Missing,
];

/// Leaf questions, counted: the required ones by state, the others apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    states: [u32; STATES.len()],
    /// Questions that the document's revision has and its level does not require.
    pub not_required: u32,
    /// How many of those have an answer anyway.
    pub answered_anyway: u32,
}

impl Count {
    /// How many required questions are in a state.
    #[must_use]
    pub fn of(&self, state: State) -> u32 {
        STATES.iter().position(|other| *other == state).map_or(0, |at| self.states[at])
    }

    /// How many questions are required.
    #[must_use]
    pub fn required(&self) -> u32 {
        self.states.iter().sum()
    }

    /// How many required questions give a reviewer something to read: answered, or N/A with a reason.
    #[must_use]
    pub fn good(&self) -> u32 {
        STATES.iter().zip(self.states).filter(|(state, _)| state.is_good()).map(|(_, count)| count).sum()
    }

    /// [`Count::good`] of [`Count::required`] in percent, 100 only when nothing is open. `None` of nothing.
    #[must_use]
    pub fn percent(&self) -> Option<u32> {
        let (good, required) = (self.good(), self.required());
        match required {
            0 => None,
            _ if good == required => Some(100),
            _ => Some(((200 * good + required) / (2 * required)).min(99)),
        }
    }

    /// Both counts together.
    #[must_use]
    pub fn plus(mut self, other: &Self) -> Self {
        for (mine, theirs) in self.states.iter_mut().zip(other.states) {
            *mine += theirs;
        }
        self.not_required += other.not_required;
        self.answered_anyway += other.answered_anyway;
        self
    }

    fn add(&mut self, state: State, required: bool) {
        if required {
            if let Some(at) = STATES.iter().position(|other| *other == state) {
                self.states[at] += 1;
            }
        } else {
            self.not_required += 1;
            self.answered_anyway += u32::from(state.is_good());
        }
    }
}

/// The questions directly in one section (groups between them looked through).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionCount {
    /// The section; a question that lies in none stands for itself.
    pub section: ItemIndex,
    /// Its questions.
    pub count: Count,
}

/// A top-level part of the questionnaire, a day of a GTR for example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartCount {
    /// The section.
    pub part: ItemIndex,
    /// All questions in it.
    pub count: Count,
    /// The sections that hold them, in template order; the part itself may be one.
    pub sections: Vec<SectionCount>,
}

/// A document's questions, counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    /// All of them.
    pub total: Count,
    /// By part and section, in template order. Parts without questions are left out.
    pub parts: Vec<PartCount>,
}

impl Coverage {
    /// All sections of all parts.
    pub fn sections(&self) -> impl Iterator<Item = &SectionCount> {
        self.parts.iter().flat_map(|part| &part.sections)
    }
}

/// Counts the leaf questions that the document's revision has.
#[must_use]
pub fn coverage(review: &Review) -> Coverage {
    let mut all = Coverage::default();
    for (index, _, bound) in review.bound_items() {
        if !review.asks(index) || !review.is_leaf_question(index) {
            continue;
        }
        let required = review.requires(index);
        let state = if bound.means_no { State::Answered } else { bound.state };
        all.total.add(state, required);
        let part = part_of(review, index);
        let at = all.parts.iter().position(|known| known.part == part).unwrap_or_else(|| {
            all.parts.push(PartCount { part, count: Count::default(), sections: Vec::new() });
            all.parts.len() - 1
        });
        let entry = &mut all.parts[at];
        entry.count.add(state, required);
        let section = review.template.section_of(index).unwrap_or(index);
        let at = entry.sections.iter().position(|known| known.section == section).unwrap_or_else(|| {
            entry.sections.push(SectionCount { section, count: Count::default() });
            entry.sections.len() - 1
        });
        entry.sections[at].count.add(state, required);
    }
    all
}

/// The outermost item around an item. A section that holds the whole template (the title of a KEP) is
/// no part: then it is the one below it.
pub(super) fn part_of(review: &Review, index: ItemIndex) -> ItemIndex {
    let template = &review.template;
    let is_whole = |at: ItemIndex| {
        let item = template.item(at);
        item.kind == ItemKind::Section
            && item.parent.is_none()
            && template.indices().all(|other| {
                template.item(other).kind != ItemKind::Section || (at <= other && other < item.end)
            })
    };
    let mut part = index;
    while let Some(parent) = template.item(part).parent {
        if is_whole(parent) {
            break;
        }
        part = parent;
    }
    part
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::sample;

    #[test]
    fn required_leaf_questions_are_counted_by_state_part_and_section() {
        let review = sample();
        let coverage = coverage(&review);
        assert_eq!(coverage.total.required(), 7);
        assert_eq!(coverage.total.good(), 3);
        assert_eq!(coverage.total.percent(), Some(43));
        assert_eq!(STATES.map(|state| coverage.total.of(state)), [2, 1, 1, 1, 1, 0, 1]);
        let parts: Vec<_> = coverage.parts.iter().map(|part| part.sections.len()).collect();
        assert_eq!(parts, [2, 1]);
        let last = &coverage.parts[1].count;
        assert_eq!((last.required(), last.not_required, last.answered_anyway), (0, 2, 1));
    }

    #[test]
    fn nearly_everything_is_not_everything() {
        let mut count = Count::default();
        for _ in 0..999 {
            count.add(State::Answered, true);
        }
        assert_eq!(count.percent(), Some(100));
        count.add(State::Missing, true);
        assert_eq!(count.percent(), Some(99));
        assert_eq!(Count::default().percent(), None);
    }
}
