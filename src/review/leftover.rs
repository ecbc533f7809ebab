//! Template text that was left in a document: guidance in comments, visible guidance, the preamble.

mod places;
#[cfg(test)]
mod tests;

use super::candidates::Candidate;
use super::normalise::guidance_start;
use super::prose::{Prose, Scaffold};
use super::words::words;
use super::{Leftover, Review, Title};
use crate::document::{BlockId, BlockKind, Document, Inline, InlineKind};
use crate::source::Span;
use crate::template::{ItemIndex, ItemKind};

/// The template's own prose, found in a document.
#[derive(Debug, Default)]
pub(super) struct Guidance {
    /// Comments that hold nothing but guidance.
    pub(super) comments: Vec<Span>,
    /// Comments of ours, which `gtr new` writes below questions.
    ours: Vec<Span>,
    /// Visible lines of guidance.
    pub(super) visible: Vec<Span>,
    /// What is no answer: visible guidance and scaffolding that nobody filled in.
    hidden: Vec<Span>,
}

/// What a sentence of guidance ends in, its emphasis included.
const SENTENCE_ENDS: [char; 8] = ['.', '?', '!', ':', ';', ')', '_', '*'];

/// Longest block of code or HTML that is looked at, in bytes.
const LONGEST_SHOWN: u32 = 8000;

/// How many lines of guidance above the title make a preamble.
const PREAMBLE_LINES: usize = 3;

impl Guidance {
    /// Finds the lines whose words the template's guidance has. Only lines of paragraphs, items and
    /// headings are looked at, and whole comments. `lines` are those of the document from byte `from` on.
    pub(super) fn find(document: &Document, prose: &Prose, from: u32, lines: &[Candidate]) -> Self {
        let mut found = Self::default();
        let mut lines = lines;
        let is_comment = |inline: &&Inline| inline.kind == InlineKind::Comment;
        let has_comments = document.all_inlines().iter().any(|inline| is_comment(&inline));
        for id in document.ids() {
            let block = document.block(id);
            match block.kind {
                BlockKind::Comment { .. } if document.is_known(id) => found.comments.push(block.span),
                BlockKind::Comment { .. } => found.comment(document, prose, block.span),
                BlockKind::Code { .. } | BlockKind::Html if !block.commented => {
                    found.shown(document, &prose.scaffold, block.span);
                }
                _ => {}
            }
            let generated = document.is_contents(id) && !prose.scaffold.has_contents;
            if !block.kind.is_leaf() || block.commented || generated {
                continue;
            }
            let own = lines_of(id, &mut lines);
            let taken = if block.span.start < from {
                let start = |line: Span| guidance_start(&mut words(document.text(line)));
                let own = document.lines(id).map(|line| (line.span, start(line.span)));
                found.leaf(document, prose, id, start(document.content(id)), own)
            } else {
                let start = opening(document, id, own);
                let lines = own.iter().map(|line| (line.line, line.head.guidance));
                !is_foreign(document, prose, start, own) && found.leaf(document, prose, id, start, lines)
            };
            if taken || !has_comments {
                continue;
            }
            for comment in document.inlines(id).iter().filter(is_comment) {
                found.comment(document, prose, comment.span);
            }
        }
        found.comments.sort_unstable();
        found
    }

    /// Takes a leaf block whose text is scaffolding, and says so, or those of its lines that are guidance or
    /// scaffolding. `start` is what its first words lead to; with each line comes what those of the line do.
    fn leaf(
        &mut self,
        document: &Document,
        prose: &Prose,
        id: BlockId,
        start: Option<u64>,
        lines: impl Iterator<Item = (Span, Option<u64>)>,
    ) -> bool {
        let whole = document.content(id);
        if prose.scaffold.has(start, document.text(whole)) {
            self.hidden.push(whole);
            return true;
        }
        let mut block = BlockLines { first: self.visible.len(), beside: false };
        for (line, start) in lines {
            self.line(document, prose, line, start, &mut block);
        }
        false
    }

    /// Takes a line, if it is guidance or scaffolding; `start` is what its first words lead to.
    fn line(
        &mut self,
        document: &Document,
        prose: &Prose,
        line: Span,
        start: Option<u64>,
        block: &mut BlockLines,
    ) {
        let text = document.text(line);
        // a table of contents names headings
        block.beside =
            prose.guidance.has(start, text) && (block.beside || !is_short(text)) && !text.contains("](#");
        if block.beside {
            self.visible.push(line);
            self.hidden.push(line);
        } else if prose.scaffold.has(start, text) {
            self.hidden.push(line);
        } else {
            self.give_back(document, block.first);
        }
    }

    /// Takes a block of code or HTML of which every line is one that the template gives.
    fn shown(&mut self, document: &Document, scaffold: &Scaffold, span: Span) {
        if scaffold.is_empty() || span.len() > LONGEST_SHOWN {
            return;
        }
        let text = document.text(span);
        let mut lines = text.lines().map(str::trim).filter(|line| line.contains(char::is_alphanumeric));
        let fence = |line: &str| line.starts_with("```") || line.starts_with("~~~");
        let given = |line: &str| fence(line) || scaffold.has_line(line);
        if lines.all(given) {
            self.hidden.push(span);
        }
    }

    /// Whether a block of code or HTML is the template's.
    pub(super) fn hides(&self, block: Span) -> bool {
        self.hidden.binary_search(&block).is_ok()
    }

    /// Takes a comment, if it holds nothing but guidance.
    fn comment(&mut self, document: &Document, prose: &Prose, span: Span) {
        if is_ours(document.text(span)) {
            self.ours.push(span);
        } else if prose.is_mostly_guidance(document.text(span)) {
            self.comments.push(span);
        }
    }

    /// Lines right above one of somebody else's that begin its sentence are somebody else's too, though they
    /// say no more than the template does. `first` is where the block's lines begin.
    fn give_back(&mut self, document: &Document, first: usize) {
        let goes_on = |line: &Span| !document.text(*line).trim_end().ends_with(SENTENCE_ENDS);
        while self.visible.len() > first && self.visible.last().is_some_and(goes_on) {
            self.visible.pop();
        }
    }

    /// What inside a span is no answer: visible guidance, empty scaffolding.
    pub(super) fn visible_in(&self, span: Span) -> impl Iterator<Item = Span> + '_ {
        let from = self.hidden.partition_point(|line| line.start < span.start);
        self.hidden[from..].iter().copied().take_while(move |line| line.end <= span.end)
    }

    /// What is left in the document proper, in order; what the preamble holds is not repeated. A heading in words of
    /// the guidance is the author's.
    pub(super) fn leftovers(&self, document: &Document, preamble: Option<Span>) -> Vec<Leftover> {
        let from = preamble.map_or(0, |preamble| preamble.end);
        let comments = self.comments.iter().filter(|comment| comment.start >= from);
        let comments = comments.map(|&span| Leftover { span, commented: true, ours: false });
        let visible = places::places(document, self, from).into_iter();
        let visible = visible.map(|span| Leftover { span, commented: false, ours: false });
        let mut all: Vec<Leftover> = comments.chain(visible).collect();
        all.sort_unstable_by_key(|leftover| leftover.span);
        all
    }

    /// Comments of ours that nobody needs any more: below a question that is answered; above all questions, when
    /// all that must be answered is.
    pub(super) fn done(&self, review: &Review) -> Vec<Leftover> {
        let mut prompts: Vec<(u32, ItemIndex)> = Vec::new();
        for (index, _, bound) in review.bound_items().filter(|_| !self.ours.is_empty()) {
            prompts.extend(bound.prompts.iter().map(|prompt| (prompt.span.end, index)));
        }
        prompts.sort_unstable();
        let titled = review.item(ItemIndex(0)).kind == ItemKind::Section;
        let is_done = |span: &Span| {
            let at = prompts.partition_point(|(end, _)| *end <= span.start);
            match at.checked_sub(1).map(|at| prompts[at].1).filter(|item| !titled || item.0 > 0) {
                Some(item) => review.bound(item).is_good(),
                None => review.template.indices().all(|item| {
                    let open = matches!(review.item(item).kind, ItemKind::Checkbox | ItemKind::Group);
                    open || !review.requires(item) || review.bound(item).is_good()
                }),
            }
        };
        let done = self.ours.iter().copied().filter(is_done);
        done.map(|span| Leftover { span, commented: true, ours: true }).collect()
    }

    /// The template's instructions above the title: from their first line to the title.
    pub(super) fn preamble(&self, document: &Document, title: Option<&Title>) -> Option<Span> {
        let end = document.block(title?.block).span.start;
        let above: Vec<Span> = self.visible.iter().copied().filter(|line| line.end <= end).collect();
        if above.len() < PREAMBLE_LINES {
            return None;
        }
        let start = document
            .blocks()
            .iter()
            .filter(|block| block.kind != BlockKind::FrontMatter && block.parent.is_none())
            .find(|block| block.span.end >= above[0].start)?
            .span
            .start;
        let text = document.text(Span::new(start, end));
        Some(Span::new(start, start + text.trim_end().len() as u32))
    }
}

/// The lines of a block, taken off those of its document together with all lines before them.
fn lines_of<'a>(id: BlockId, lines: &mut &'a [Candidate]) -> &'a [Candidate] {
    let before = lines.iter().take_while(|line| line.block < id).count();
    let length = lines[before..].iter().take_while(|line| line.block == id).count();
    let (own, behind) = lines[before..].split_at(length);
    *lines = behind;
    own
}

/// Whether what a block and its lines begin with tells that nothing in it is the template's. Of a table of contents
/// no lines are given.
fn is_foreign(document: &Document, prose: &Prose, start: Option<u64>, lines: &[Candidate]) -> bool {
    let text = document.source().text();
    let may_be = |start: Option<u64>, line: &Candidate| {
        prose.may_be(start, text.get(line.line.start as usize..).unwrap_or_default())
    };
    let whole = lines.first().filter(|first| first.head.guidance != start);
    !lines.is_empty()
        && !whole.is_some_and(|first| may_be(start, first))
        && !lines.iter().any(|line| may_be(line.head.guidance, line))
}

/// What the first words of a block lead to, of which its lines are given.
fn opening(document: &Document, id: BlockId, lines: &[Candidate]) -> Option<u64> {
    let has_words = |line: &Candidate| memchr::memchr(b' ', document.text(line.line).as_bytes()).is_some();
    match lines {
        [only] => only.head.guidance,
        // a line of several words begins as its block does
        [first, ..] if has_words(first) => first.head.guidance,
        _ => guidance_start(&mut words(document.text(document.content(id)))),
    }
}

/// Where the lines of a block are, and whether the one before was guidance.
struct BlockLines {
    first: usize,
    beside: bool,
}

/// Whether a line has so few words that it is no evidence: many a comment ends in one, and many a paragraph of
/// somebody else's.
fn is_short(line: &str) -> bool {
    words(line).nth(2).is_none()
}

/// Whether a comment is one that `gtr new` writes: `<!-- gtr: … -->`.
fn is_ours(comment: &str) -> bool {
    comment.trim_start_matches("<!--").trim_start().starts_with("gtr:")
}
