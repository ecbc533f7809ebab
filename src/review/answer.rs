//! Which bytes of a document answer which prompt.
//!
//! Prompts, bound section headings and headings that leave a section are boundaries. What lies between a
//! prompt and the next boundary answers the prompt, wherever it stands: on the same line, further down the
//! paragraph, nested, flush left. Comments, template guidance and bare structure are no part of it.

mod boxes;
mod share;
mod text;

use super::align::Alignment;
use super::leftover::Guidance;
use super::state::{Markers, Piece, PieceKind, Reading, named_markers_of, read};
use super::{Match, Prompt};
use crate::document::{Block, BlockId, BlockKind, Document, InlineKind};
use crate::source::Span;
use crate::template::{ItemIndex, ItemKind, RevisionIndex, Template};

use text::{Part, code_body, html_shows};

/// A place where one answer ends and perhaps another begins.
struct Boundary {
    span: Span,
    block: BlockId,
    /// The item that is asked there, and which of its prompts this is.
    item: Option<(ItemIndex, usize)>,
    /// Further ones, which few places ask.
    more: Vec<(ItemIndex, usize)>,
    /// A heading of the author's own at the level of the section headings.
    own: bool,
    /// The question stands there in the template's words.
    verbatim: bool,
}

impl Boundary {
    /// What is asked there.
    fn items(&self) -> impl Iterator<Item = (ItemIndex, usize)> + '_ {
        self.item.iter().chain(&self.more).copied()
    }

    /// Takes what another one at the same place asks.
    fn join(&mut self, other: &mut Self) {
        if self.item.is_none() {
            self.item = other.item.take();
        }
        self.more.extend(other.item);
        self.more.append(&mut other.more);
    }
}

/// What lies below one prompt of one item.
#[derive(Debug, Clone)]
pub(super) struct Region {
    pub(super) item: ItemIndex,
    /// Which of the item's prompts.
    pub(super) prompt: usize,
    /// Its boundary, in document order.
    boundary: usize,
    pub(super) pieces: Vec<Piece>,
    pub(super) reading: Reading,
}

/// Everything that reading needs to know.
pub(super) struct Reader<'a> {
    pub(super) document: &'a Document,
    pub(super) template: &'a Template,
    pub(super) revision: RevisionIndex,
    pub(super) guidance: &'a Guidance,
    /// What marks open work.
    pub(super) markers: &'a Markers,
}

impl Reader<'_> {
    /// Reads what lies below every prompt. Regions come in document order.
    pub(super) fn regions(&self, alignment: &Alignment) -> Vec<Region> {
        let boundaries = self.boundaries(alignment);
        let end = self.document.source().text().len() as u32;
        let named = named_markers_of(self.document);
        let mut regions: Vec<Region> = Vec::with_capacity(boundaries.len());
        for (at, boundary) in boundaries.iter().enumerate() {
            if boundary.item.is_none() {
                continue;
            }
            // questions joined on one line are answered behind the last of them
            let mut last = at;
            while boundaries.get(last + 1).is_some_and(|next| self.joins(&boundaries[last], next)) {
                last += 1;
            }
            let until = boundaries.get(last + 1).map_or(end, |next| self.opening(next, &boundaries[last]));
            let until = self.next_row(&boundaries[last]).map_or(until, |row| row.min(until));
            let range = Span::new(boundaries[last].span.end, until);
            let mut pieces = Vec::new();
            pieces.extend(self.glued(&boundaries[last]));
            self.pieces(boundary.block, range, &mut pieces);
            if pieces.is_empty()
                && boundaries.get(at + 1).is_some_and(|next| next.own && !self.is_beside(boundary, next))
            {
                // nothing stands between the question and a heading of the author's own: it is the answer's
                let after = boundaries[at + 1..].iter().find(|next| !next.own);
                let range = Span::new(boundary.span.end, after.map_or(end, |next| next.span.start));
                self.pieces(boundary.block, range, &mut pieces);
            }
            if pieces.is_empty() && boundaries.get(at + 1).is_some_and(|next| self.repeats(boundary, next)) {
                let until = boundaries.get(at + 2).map_or(end, |next| next.span.start);
                self.pieces(boundary.block, Span::new(boundary.span.end, until), &mut pieces);
            }
            for (number, (item, prompt)) in boundary.items().enumerate() {
                let question = self.template.item(item).wording(self.revision);
                let reading = read(self.document, &named, &pieces, question, self.markers);
                let is_last = number == boundary.more.len();
                let pieces = if is_last { std::mem::take(&mut pieces) } else { pieces.clone() };
                regions.push(Region { item, prompt, boundary: at, pieces, reading });
            }
        }
        self.behind_boxes(&boundaries, &named, &mut regions);
        self.share(&boundaries, &mut regions);
        regions
    }

    /// Whether the next heading is as high as that of a question or of a section that holds nothing: it is no part of
    /// the answer.
    fn is_beside(&self, question: &Boundary, next: &Boundary) -> bool {
        let kind = |boundary: &Boundary| self.document.block(boundary.block).kind;
        let is_leaf =
            |item| is_asked(self.template.item(item).kind) || self.template.children(item).next().is_none();
        kind(question).is_heading()
            && kind(question) == kind(next)
            && question.items().any(|(item, _)| is_leaf(item))
    }

    /// Where what belongs to a prompt begins: with its row, if it stands in a table, whose first cell may
    /// number it. Not before the end of the prompt before it, which may stand in the same row.
    fn opening(&self, boundary: &Boundary, before: &Boundary) -> u32 {
        let mut around = self.document.ancestors(boundary.block).map(|id| self.document.block(id));
        let row = around.find(|block| block.kind == BlockKind::Row).map(|row| row.span.start);
        row.filter(|&start| start >= before.span.end).unwrap_or(boundary.span.start)
    }

    /// Where the row of a question ends that is answered in its row: at the next one that is about something itself.
    /// Rows with nothing as far as the question's column go on with its answer.
    fn next_row(&self, boundary: &Boundary) -> Option<u32> {
        let (document, cell) = (self.document, boundary.block);
        let row = document.block(cell).parent.filter(|_| document.block(cell).kind == BlockKind::Cell)?;
        let table = document.block(row).parent?;
        let has_content = |cells: std::ops::Range<u32>| {
            cells.map(BlockId).any(|cell| Part::new(document, document.content(cell)).has_content())
        };
        let is_head = row.0 == table.0 + 1;
        if is_head || !has_content(cell.0 + 1..document.block(row).end.0) {
            return None;
        }
        let width = cell.0 - row.0;
        let mut next = document.block(row).end;
        while next < document.block(table).end {
            let end = document.block(next).end;
            if has_content(next.0 + 1..end.0.min(next.0 + 1 + width)) {
                return Some(document.block(next).span.start);
            }
            next = end;
        }
        None
    }

    fn boundaries(&self, alignment: &Alignment) -> Vec<Boundary> {
        let mut all: Vec<Boundary> = Vec::new();
        for index in self.template.indices() {
            for (number, &prompt) in alignment.prompts[index.0 as usize].iter().enumerate() {
                let Prompt { span, block, matched, .. } = prompt;
                let verbatim = matched == Match::Verbatim && is_asked(self.template.item(index).kind);
                let item = Some((index, number));
                all.push(Boundary { span, block, item, more: Vec::new(), own: false, verbatim });
            }
        }
        let mut starts: Vec<u32> = all.iter().map(|boundary| boundary.span.start).collect();
        starts.sort_unstable();
        let sections = self.document.sections();
        let mut until = u32::MAX;
        for context in alignment.contexts.iter().rev() {
            if !context.left {
                until = context.start;
                continue;
            }
            let next = starts.partition_point(|start| *start <= context.start);
            let goes_on = context.section.is_some() && starts.get(next).is_some_and(|start| *start < until);
            // the heading that begins at the context's start or, for its text, right before
            let at = sections.partition_point(|section| section.span.start <= context.start);
            let Some(heading) = at.checked_sub(1).map(|at| sections[at].heading) else { continue };
            let span = self.document.block(heading).span;
            if context.start <= span.end && !goes_on {
                let own = context.section.is_some() && !closes(self.document.text(span));
                let (item, more) = (None, Vec::new());
                all.push(Boundary { span, block: heading, item, more, own, verbatim: false });
            }
        }
        all.sort_by_key(|boundary| (boundary.span, boundary.item));
        all.dedup_by(|next, kept| {
            let same = next.span == kept.span;
            if same {
                kept.join(next);
            }
            same
        });
        all
    }

    /// Whether two questions stand on one line with nothing but "and" or a sign between them.
    fn joins(&self, this: &Boundary, next: &Boundary) -> bool {
        let asked = |boundary: &Boundary| {
            boundary.item.is_some_and(|(item, _)| is_asked(self.template.item(item).kind))
        };
        if this.block != next.block || this.span.end > next.span.start || !(asked(this) && asked(next)) {
            return false;
        }
        let between = self.document.text(Span::new(this.span.end, next.span.start));
        let signs = [' ', '\t', '*', '_', '&', '+', '/', ','];
        matches!(between.trim_matches(signs).to_ascii_lowercase().as_str(), "" | "and" | "or" | "and/or")
    }

    /// Whether a question that stands in the open is asked once more in a comment right below it: what follows
    /// the comment answers it.
    fn repeats(&self, this: &Boundary, next: &Boundary) -> bool {
        let commented = |boundary: &Boundary| self.document.block(boundary.block).commented;
        let items = |boundary: &Boundary| boundary.items().map(|(item, _)| item).collect::<Vec<_>>();
        commented(next) && !commented(this) && items(this) == items(next)
    }

    /// The answer in a question's own heading: a sentence of its own behind the question's whole text.
    fn glued(&self, boundary: &Boundary) -> Option<Piece> {
        let block = self.document.block(boundary.block);
        if !boundary.verbatim || !block.kind.is_heading() {
            return None;
        }
        let end = self.document.content(boundary.block).end.max(boundary.span.end);
        let part = Part::new(self.document, Span::new(boundary.span.end, end)).trimmed();
        let ends = self.document.text(boundary.span).trim_end_matches(['*', '_']).ends_with(['?', '.', ':']);
        // a remark in brackets and a further question belong to the heading
        let remark = part.text.starts_with(['(', '[']) || part.text.ends_with(['?', ':']);
        let is_answer = ends && !remark && part.has_content();
        is_answer.then(|| Piece { kind: PieceKind::Text, span: part.span() })
    }

    /// Adds the pieces of content in a range; `from` is the block in which it begins.
    fn pieces(&self, from: BlockId, range: Span, pieces: &mut Vec<Piece>) {
        let mut id = from;
        while let Some(block) = self.document.blocks().get(id.0 as usize) {
            if block.span.start >= range.end {
                break;
            }
            let this = id;
            id = BlockId(id.0 + 1);
            if block.commented || block.span.end <= range.start {
                continue;
            }
            let span = Span::new(block.span.start.max(range.start), block.span.end.min(range.end));
            match block.kind {
                // what goes on in the prompt's own heading lengthens the question
                BlockKind::Heading(_) if this == from => {}
                BlockKind::Paragraph | BlockKind::Cell | BlockKind::Heading(_) => {
                    self.text_pieces(this, block, span, pieces);
                }
                BlockKind::Code { .. } | BlockKind::Html if self.guidance.hides(block.span) => {}
                BlockKind::Code { fenced, .. } if fenced || block.end.0 == this.0 + 1 => {
                    let body = code_body(self.document, span, fenced && block.span.start >= range.start);
                    // one indented line is text that was indented too far, below what is no list to markdown
                    let line = !fenced && !self.document.text(body).contains(['\n', '\r']);
                    if line {
                        self.push_content(PieceKind::Text, body, pieces);
                    } else if Part::new(self.document, body).has_content() {
                        pieces.push(Piece { kind: PieceKind::Opaque, span });
                    }
                }
                BlockKind::Html if html_shows(self.document.text(span)) => {
                    pieces.push(Piece { kind: PieceKind::Opaque, span });
                }
                _ => {}
            }
        }
    }

    /// The text of a leaf in a range, without comments and without lines of template guidance.
    fn text_pieces(&self, id: BlockId, block: &Block, span: Span, pieces: &mut Vec<Piece>) {
        let kind = match block.kind {
            BlockKind::Heading(_) => PieceKind::Heading,
            BlockKind::Cell => PieceKind::Cell,
            _ => PieceKind::Text,
        };
        let inlines = self.document.inlines(id).iter();
        let comments =
            inlines.filter(|inline| inline.kind == InlineKind::Comment && inline.span.overlaps(span));
        let comments = comments.map(|inline| inline.span);
        let mut holes = self.guidance.visible_in(span).chain(comments).peekable();
        if holes.peek().is_none() {
            self.push_content(kind, span, pieces);
            return;
        }
        let mut holes: Vec<Span> = holes.collect();
        let mut from = span.start;
        holes.sort_unstable();
        holes.push(Span::new(span.end, span.end));
        for hole in holes {
            self.push_content(kind, Span::new(from, hole.start.max(from)), pieces);
            from = from.max(hole.end);
        }
    }

    /// A piece of text, unless it is nothing but tags or the label of an answer.
    fn push_content(&self, kind: PieceKind, span: Span, pieces: &mut Vec<Piece>) {
        let part = Part::new(self.document, span).trimmed().without_tags().without_answer_label();
        if part.has_content() {
            pieces.push(Piece { kind, span: part.span() });
        }
    }
}

/// Titles that open something behind the questions rather than an answer.
const CLOSING: &[&str] = &[
    "additional",
    "appendix",
    "conclusion",
    "contact",
    "further",
    "glossary",
    "key",
    "links",
    "notes",
    "open",
    "references",
    "resources",
    "see",
    "summary",
    "useful",
];

/// Whether a heading opens something behind the questions.
fn closes(heading: &str) -> bool {
    let text = heading.trim_start_matches(['#', ' ', '*', '_']).to_lowercase();
    CLOSING.iter().any(|word| text.starts_with(word))
}

/// Whether a template's item is something that can be answered.
pub(super) fn is_asked(kind: ItemKind) -> bool {
    matches!(kind, ItemKind::Question | ItemKind::Group | ItemKind::Checkbox)
}

#[cfg(test)]
mod tests;
