//! One answer behind a list of questions.

use super::{Boundary, Reader, Region};
use crate::document::{BlockId, BlockKind};
use crate::review::State;
use crate::source::Span;
use crate::template::{ItemIndex, ItemKind};

/// From how many answers on a habit is seen.
const MANY: usize = 5;

/// How many questions a lead-in has at least that are taken for one when they stand together.
const GROUP: usize = 3;

/// What a document does with lists of questions.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Habit {
    /// It writes few of its questions in lists: those in one are asked together.
    FewLists,
    /// Lists of several questions are usual in it, and it answers behind them.
    SeveralInList,
    /// A list for each question is usual in it, and it answers behind them: two in one list are one that was not
    /// answered, unless they are all that a lead-in asks.
    OneInList,
    /// It answers inside its lists, or questions in lists are never asked together in documents of its template.
    Inside,
}

impl Reader<'_> {
    /// One answer behind a list of questions answers all of them: the list is a whole of prompts without
    /// content between, the answer stands outside of it, and the document writes its other questions otherwise
    /// or has the habit that its template knows of.
    pub(super) fn share(&self, boundaries: &[Boundary], regions: &mut [Region]) {
        let habit = self.habit(boundaries, regions);
        if habit == Habit::Inside {
            return;
        }
        let mut at = regions.len();
        while at > 0 {
            at -= 1;
            let Some(first) = regions[at].pieces.first().map(|piece| piece.span) else { continue };
            let Some(list) = self.outermost_list(boundaries[regions[at].boundary].block) else { continue };
            let list = self.document.block(list).span;
            if first.start < list.end {
                continue;
            }
            let from = match habit {
                Habit::FewLists => self.run(boundaries, regions, at, list),
                _ => self.adjoining(boundaries, regions, at, list),
            };
            if habit == Habit::OneInList && !self.is_group(&regions[from..=at]) {
                continue;
            }
            let (pieces, reading) = (regions[at].pieces.clone(), regions[at].reading.clone());
            for other in &mut regions[from..at] {
                other.pieces = pieces.clone();
                other.reading = reading.clone();
            }
        }
    }

    /// Where the unanswered questions above one begin that are asked together with it: those of its list, and
    /// the one right above the list.
    fn run(&self, boundaries: &[Boundary], regions: &[Region], at: usize, list: Span) -> usize {
        let open = |other: &usize| regions[*other].reading.state == State::Unanswered;
        let above = |other: &usize| boundaries[regions[*other].boundary].span.start < list.start;
        let mut from = at;
        for other in (0..at).rev().take_while(open) {
            from = other;
            if above(&other) {
                break;
            }
        }
        from
    }

    /// The same where lists of questions are usual: only those on lines next to each other are one.
    fn adjoining(&self, boundaries: &[Boundary], regions: &[Region], at: usize, list: Span) -> usize {
        let place = |at: usize| boundaries[regions[at].boundary].span;
        let mut from = at;
        while let Some(above) = from.checked_sub(1) {
            let open = regions[above].reading.state == State::Unanswered;
            if !open || place(above).start < list.start || !self.adjoin(place(above).end, place(from).start) {
                break;
            }
            from = above;
        }
        from
    }

    /// Whether no blank line lies between two places.
    fn adjoin(&self, from: u32, to: u32) -> bool {
        let between = self.document.text(Span::new(from, to.max(from)));
        between.lines().skip(1).all(|line| !line.trim().is_empty())
    }

    /// Whether questions are all that one lead-in asks.
    fn is_group(&self, regions: &[Region]) -> bool {
        let parent = |region: &Region| self.template.item(region.item).parent;
        let Some(group) = regions.first().and_then(parent) else { return false };
        let asked = |&child: &_| {
            let item = self.template.item(child);
            item.is_in(self.revision) && item.kind == ItemKind::Question
        };
        let here = |child| regions.iter().any(|region| region.item == child);
        self.template.item(group).kind == ItemKind::Group
            && regions.len() >= GROUP
            && regions.iter().all(|region| parent(region) == Some(group))
            && self.template.children(group).filter(asked).all(here)
    }

    fn habit(&self, boundaries: &[Boundary], regions: &[Region]) -> Habit {
        let item_of = |block: BlockId| {
            self.document.ancestors(block).find(|&id| self.document.block(id).kind == BlockKind::Item)
        };
        let asks =
            |item: ItemIndex| matches!(self.template.item(item).kind, ItemKind::Question | ItemKind::Group);
        let open = boundaries.iter().filter(|boundary| boundary.item.is_some_and(|(item, _)| asks(item)));
        let in_list = open.clone().filter(|boundary| item_of(boundary.block).is_some()).count();
        if in_list * 2 <= open.count() {
            return Habit::FewLists;
        }
        if !self.template.shared_answers {
            return Habit::Inside;
        }
        let (mut behind, mut within) = (0, 0);
        let mut lists: Vec<BlockId> = Vec::new();
        for region in regions {
            let Some(list) = self.outermost_list(boundaries[region.boundary].block) else { continue };
            lists.push(list);
            let Some(first) = region.pieces.first() else { continue };
            let ended = self.document.block(list).span.end <= first.span.start;
            *(if ended { &mut behind } else { &mut within }) += 1;
        }
        lists.sort_unstable();
        let (mut several, mut one) = (0, 0);
        for list in lists.chunk_by(|a, b| a == b) {
            *(if list.len() > 1 { &mut several } else { &mut one }) += 1;
        }
        match behind >= MANY.max(within * 2) {
            true if several * 2 >= one => Habit::SeveralInList,
            true => Habit::OneInList,
            false => Habit::Inside,
        }
    }

    fn outermost_list(&self, block: BlockId) -> Option<BlockId> {
        self.document
            .ancestors(block)
            .filter(|&id| matches!(self.document.block(id).kind, BlockKind::List { .. }))
            .last()
    }
}
