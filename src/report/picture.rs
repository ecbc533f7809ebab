//! A review as bars: how its required questions stand, drawn by several formats in their own means.

use std::collections::HashSet;

use super::FileReport;
use super::coverage::{Count, Coverage};
use super::summary::{not_required, short_title};
use crate::diagnostic::Diagnostic;
use crate::review::{Review, State};
use crate::template::ItemIndex;

/// How a question stands for a reviewer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Standing {
    /// Answered, and nothing speaks against the answer.
    Answered,
    /// Marked as not applicable, with a reason.
    Reason,
    /// Answered, but something makes the answer doubtful: work still open in it, a finding on what it says, or a
    /// question that was found by similar wording alone.
    Weak,
    /// Not answered; N/A without a reason is no answer.
    Open,
}

impl Standing {
    /// All of them, in the order of a bar.
    pub(super) const ALL: [Self; 4] = [Self::Answered, Self::Reason, Self::Weak, Self::Open];

    /// What a legend says.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Reason => "N/A with a reason",
            Self::Weak => "weak",
            Self::Open => "open",
        }
    }

    /// A cell of a bar made of characters.
    pub(super) fn cell(self) -> &'static str {
        match self {
            Self::Answered => "█",
            Self::Reason => "▓",
            Self::Weak => "▒",
            Self::Open => "░",
        }
    }
}

/// Rules whose findings make an answer a weak one.
const WEAKENING: &[&str] = &[
    "echoed-question",
    "evasive-answer",
    "kep-disable-supported-mismatch",
    "kep-feature-gate-mismatch",
    "leftover-scaffold",
    "pointer-answer",
    "promised-answer",
    "repeated-answer",
    "truncated-question",
    "unresolved-marker",
];

/// The findings that make an answer a weak one.
pub(super) fn weakening<'a>(file: &FileReport<'a>) -> Vec<&'a Diagnostic> {
    let all = file.diagnostics.iter().chain(file.baselined);
    all.filter(|diagnostic| WEAKENING.contains(&diagnostic.rule.0)).collect()
}

/// The standing of every question of one file.
pub(super) struct Standings<'a> {
    review: &'a Review,
    weak: HashSet<&'a str>,
}

impl<'a> Standings<'a> {
    /// Reads the findings once. Findings that are off or silenced speak against nothing.
    pub(super) fn new(file: &FileReport<'a>, review: &'a Review) -> Self {
        Self {
            review,
            weak: weakening(file).into_iter().filter_map(|diagnostic| diagnostic.item.as_deref()).collect(),
        }
    }

    /// How a question stands, required or not.
    pub(super) fn of(&self, index: ItemIndex) -> Standing {
        let bound = self.review.bound(index);
        let doubtful = || {
            !bound.markers.is_empty()
                || bound.prompt().is_some_and(|prompt| prompt.uncertain)
                || self.weak.contains(self.review.item(index).id.as_str())
        };
        match bound.state {
            State::Answered if doubtful() => Standing::Weak,
            State::Answered => Standing::Answered,
            State::NotApplicable => Standing::Reason,
            _ if bound.means_no => Standing::Answered,
            _ => Standing::Open,
        }
    }
}

/// How many questions stand how, in the order of [`Standing::ALL`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Shares([u32; 4]);

impl Shares {
    pub(super) fn of(&self, standing: Standing) -> u32 {
        self.0[standing as usize]
    }

    pub(super) fn total(&self) -> u32 {
        self.0.iter().sum()
    }

    /// Both together.
    pub(super) fn plus(mut self, other: &Self) -> Self {
        self.0.iter_mut().zip(other.0).for_each(|(mine, theirs)| *mine += theirs);
        self
    }

    /// The lengths of the parts of a bar so many cells long: every share that is not empty has a cell.
    pub(super) fn cells(&self, length: usize) -> [usize; 4] {
        let total = self.total() as usize;
        if total == 0 {
            return [0; 4];
        }
        let mut cells = self.0.map(|share| (share as usize * length / total).max(usize::from(share > 0)));
        loop {
            let used: usize = cells.iter().sum();
            // what is missing or too much is taken where it distorts least
            let gap = |at: &usize| self.0[*at] as i64 * length as i64 - cells[*at] as i64 * total as i64;
            if used < length {
                let at = (0..4).filter(|at| self.0[*at] > 0).max_by_key(gap).unwrap_or(0);
                cells[at] += 1;
            } else if used > length {
                let Some(at) = (0..4).filter(|at| cells[*at] > 1).min_by_key(gap) else { return cells };
                cells[at] -= 1;
            } else {
                return cells;
            }
        }
    }

    /// `4 answered, 1 weak, 2 open`: shares that are empty left out.
    pub(super) fn words(&self) -> String {
        let some = Standing::ALL.iter().filter(|standing| self.of(**standing) > 0);
        let words: Vec<_> =
            some.map(|standing| format!("{} {}", self.of(*standing), standing.words())).collect();
        words.join(", ")
    }
}

/// One line of the picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// The title of the part or section, one harmless line.
    pub(super) title: String,
    /// A section inside a part.
    pub(super) inner: bool,
    /// Its required questions; `None` when nothing of it is required.
    pub(super) bar: Option<(Count, Shares)>,
    /// Why nothing is counted.
    pub(super) note: String,
}

/// A row a part, and below it one a section that has required questions.
pub(super) fn rows(standings: &Standings, coverage: &Coverage) -> Vec<Row> {
    let review = standings.review;
    let mut rows = Vec::new();
    for part in &coverage.parts {
        let title = short_title(review, part.part);
        if part.count.required() == 0 {
            rows.push(Row { title, inner: false, bar: None, note: not_required(review, part) });
            continue;
        }
        let shares = subtree(standings, part.part, |_| true);
        rows.push(Row { title, inner: false, bar: Some((part.count, shares)), note: String::new() });
        for section in &part.sections {
            if section.section == part.part || section.count.required() == 0 {
                continue;
            }
            let own = |index| review.template.section_of(index) == Some(section.section);
            let shares = subtree(standings, section.section, own);
            let title = short_title(review, section.section);
            rows.push(Row { title, inner: true, bar: Some((section.count, shares)), note: String::new() });
        }
    }
    rows
}

/// All required questions of a review.
pub(super) fn total(standings: &Standings) -> Shares {
    add(standings, standings.review.template.indices(), |_| true)
}

/// The required questions of an item's subtree.
fn subtree(standings: &Standings, top: ItemIndex, wanted: impl Fn(ItemIndex) -> bool) -> Shares {
    let end = standings.review.item(top).end;
    add(standings, (top.0..end.0).map(ItemIndex), wanted)
}

fn add(
    standings: &Standings,
    all: impl Iterator<Item = ItemIndex>,
    wanted: impl Fn(ItemIndex) -> bool,
) -> Shares {
    let review = standings.review;
    let mut shares = Shares::default();
    for index in all {
        // the same questions that coverage counts
        if review.is_leaf_question(index) && review.asks(index) && review.requires(index) && wanted(index) {
            shares.0[standings.of(index) as usize] += 1;
        }
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::coverage::coverage;
    use crate::report::testing::{findings, review_file, sample};

    #[test]
    fn every_required_question_has_one_standing() {
        let review = sample();
        let found = findings();
        let file = review_file(&review, &found);
        let standings = Standings::new(&file, &review);
        let coverage = coverage(&review);
        let all = total(&standings);
        assert_eq!((all.0, all.total()), ([1, 1, 1, 4], coverage.total.required()));
        assert_eq!(all.words(), "1 answered, 1 N/A with a reason, 1 weak, 4 open");
        let rows = rows(&standings, &coverage);
        let titles: Vec<_> = rows.iter().map(|row| (row.title.as_str(), row.inner)).collect();
        assert_eq!(titles, [("Day 0", false), ("Scope", true), ("Usability", true), ("Day 2", false)]);
        for (count, shares) in rows.iter().filter_map(|row| row.bar) {
            assert_eq!(
                (count.required(), count.required() - count.good()),
                (shares.total(), shares.of(Standing::Open))
            );
        }
    }

    proptest::proptest! {
        #[test]
        fn a_bar_is_as_long_as_it_should_be_and_hides_nothing(shares in [0u32..90, 0u32..90, 0u32..90, 0u32..90], length in 4usize..110) {
            let bar = Shares(shares);
            let cells = bar.cells(length);
            proptest::prop_assert_eq!(cells.iter().sum::<usize>(), if bar.total() == 0 { 0 } else { length });
            for (share, cells) in shares.iter().zip(cells) {
                proptest::prop_assert_eq!(*share > 0, cells > 0);
            }
        }
    }
}
