//! Visible lines of guidance as the places that they make up: items of lists with their marks, lines that stand
//! together as one.

use super::Guidance;
use crate::document::{BlockId, BlockKind, Document};
use crate::source::Span;

/// The places of visible guidance behind byte `from`, in document order. Lines with nothing but white space between
/// them are one.
///
/// A list item of which nothing is the author's goes as a whole, and so does a list that stands right behind
/// guidance: those are the points that it asks for. A line that the author put an answer below, or went on with, is the
/// label of that and stays.
pub(super) fn places(document: &Document, guidance: &Guidance, from: u32) -> Vec<Span> {
    let mut found = Places { document, guidance, spans: Vec::new() };
    if guidance.visible.is_empty() {
        return found.spans;
    }
    let given = found.given();
    let mut next = BlockId(0);
    for id in document.ids() {
        let block = document.block(id);
        if id < next || block.commented || block.span.start < from {
            continue;
        }
        let is_given = given[id.0 as usize];
        match block.kind {
            BlockKind::List { .. }
                if is_given && (found.is_told(block.span) || found.follows(block.span)) =>
            {
                found.push(block.span);
                next = block.end;
            }
            BlockKind::Item if is_given && found.is_told(block.span) => {
                found.push(block.span);
                next = block.end;
            }
            BlockKind::Paragraph | BlockKind::Cell if found.is_told(block.span) && !found.is_label(id) => {
                found.lines(block.span);
            }
            _ => {}
        }
    }
    found.spans
}

struct Places<'a> {
    document: &'a Document,
    guidance: &'a Guidance,
    spans: Vec<Span>,
}

impl Places<'_> {
    /// One entry a block: whether all that it shows is the template's.
    fn given(&self) -> Vec<bool> {
        let blocks = self.document.blocks();
        let mut given = vec![true; blocks.len()];
        for (at, block) in blocks.iter().enumerate().rev() {
            if block.commented {
                continue;
            }
            given[at] &= match block.kind {
                BlockKind::List { .. } | BlockKind::Item | BlockKind::Comment { .. } => true,
                BlockKind::Paragraph => self.is_given(BlockId(at as u32)),
                _ => false,
            };
            if let Some(parent) = block.parent.filter(|_| !given[at]) {
                given[parent.0 as usize] = false;
            }
        }
        given
    }

    /// Whether every line of a paragraph is guidance, or one that the template gives to be filled in.
    fn is_given(&self, id: BlockId) -> bool {
        let hidden = |span: Span| self.guidance.hidden.binary_search(&span).is_ok();
        hidden(self.document.content(id)) || self.document.lines(id).all(|line| hidden(line.span))
    }

    /// Whether there is a line of guidance in a span.
    fn is_told(&self, span: Span) -> bool {
        let visible = &self.guidance.visible;
        let at = visible.partition_point(|line| line.start < span.start);
        visible.get(at).is_some_and(|line| line.end <= span.end)
    }

    /// Whether a span stands right behind the last place.
    fn follows(&self, span: Span) -> bool {
        self.spans.last().is_some_and(|last| self.is_apart_by_nothing(*last, span))
    }

    fn is_apart_by_nothing(&self, last: Span, span: Span) -> bool {
        self.document.text(Span::new(last.end, span.start)).trim().is_empty()
    }

    /// Whether a paragraph begins an item and its first line is guidance.
    fn is_label(&self, id: BlockId) -> bool {
        let parent = self.document.block(id).parent;
        let begins = parent.is_some_and(|parent| {
            self.document.block(parent).kind == BlockKind::Item && parent.0 + 1 == id.0
        });
        let first = || self.document.lines(id).next();
        begins && first().is_some_and(|line| self.guidance.visible.binary_search(&line.span).is_ok())
    }

    /// Takes the lines of guidance in a paragraph.
    fn lines(&mut self, span: Span) {
        let visible = &self.guidance.visible;
        let at = visible.partition_point(|line| line.start < span.start);
        for line in visible[at..].iter().take_while(|line| line.end <= span.end) {
            self.push(*line);
        }
    }

    fn push(&mut self, span: Span) {
        match self.spans.last().copied().filter(|last| self.is_apart_by_nothing(*last, span)) {
            Some(last) => {
                self.spans.pop();
                self.spans.push(last.join(span));
            }
            None => self.spans.push(span),
        }
    }
}
