//! Template text that was left in a document: guidance in comments, visible guidance, the preamble.

use super::normalise::{guidance_hash, is_guidance, words};
use super::{Leftover, Title};
use crate::document::{BlockKind, Document};
use crate::source::Span;
use crate::template::Template;

/// The template's own prose, found in a document.
#[derive(Debug, Default)]
pub(super) struct Guidance {
    /// Comments that hold nothing but guidance.
    pub(super) comments: Vec<Span>,
    /// Visible lines of guidance.
    pub(super) visible: Vec<Span>,
    /// Those of them that are headings: above the title they are the template's, below it somebody wrote them.
    headings: Vec<Span>,
    /// What is no answer: visible guidance and scaffolding that nobody filled in.
    hidden: Vec<Span>,
}

/// What a sentence of guidance ends in, its emphasis included.
const SENTENCE_ENDS: [char; 8] = ['.', '?', '!', ':', ';', ')', '_', '*'];

/// Longest line of scaffolding, in bytes.
const LONGEST_SCAFFOLD: u32 = 400;

/// How many lines of guidance above the title make a preamble.
const PREAMBLE_LINES: usize = 3;

impl Guidance {
    /// Finds the lines whose words the template's guidance has. Only lines of paragraphs, items and
    /// headings are looked at, and whole comments.
    pub(super) fn find(document: &Document, template: &Template) -> Self {
        let known = |line: &str| is_guidance(&template.guidance, line);
        let mut found = Self::default();
        let scaffold = Scaffold::new(template);
        if template.guidance.is_empty() && scaffold.hashes.is_empty() {
            return found;
        }
        for id in document.ids() {
            let block = document.block(id);
            match block.kind {
                BlockKind::Comment { .. } if all_guidance(document.text(block.span), known) => {
                    found.comments.push(block.span);
                }
                kind if kind.is_leaf() && !block.commented => {
                    let whole = document.content(id);
                    if whole.len() < LONGEST_SCAFFOLD && scaffold.has(document.text(whole)) {
                        found.hidden.push(whole);
                        continue;
                    }
                    let mut beside = false;
                    let first = found.visible.len();
                    for line in document.lines(id) {
                        let text = document.text(line.span);
                        // a table of contents names headings
                        beside = known(text) && (beside || !is_short(text)) && !text.contains("](#");
                        if beside {
                            found.visible.push(line.span);
                            found.hidden.push(line.span);
                            if matches!(kind, BlockKind::Heading(_)) {
                                found.headings.push(line.span);
                            }
                        } else if line.span.len() < LONGEST_SCAFFOLD && scaffold.has(text) {
                            found.hidden.push(line.span);
                        } else {
                            found.give_back(document, first);
                        }
                    }
                    if memchr::memmem::find(document.text(whole).as_bytes(), b"<!--").is_none() {
                        continue;
                    }
                    for inline in document.inlines(id) {
                        let comment = inline.kind == crate::document::InlineKind::Comment;
                        if comment && all_guidance(document.text(inline.span), known) {
                            found.comments.push(inline.span);
                        }
                    }
                }
                _ => {}
            }
        }
        found.comments.sort_unstable();
        found
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

    /// What is left in the document proper, in order; lines of the preamble are not repeated.
    pub(super) fn leftovers(&self, preamble: Option<Span>) -> Vec<Leftover> {
        let comments = self.comments.iter().map(|&span| Leftover { span, commented: true });
        let own = |span: &&Span| self.headings.binary_search(*span).is_ok();
        let visible = self.visible.iter().filter(|span| !own(span));
        let visible = visible.map(|&span| Leftover { span, commented: false });
        let mut all: Vec<Leftover> = comments
            .chain(visible)
            .filter(|leftover| preamble.is_none_or(|preamble| !preamble.overlaps(leftover.span)))
            .collect();
        all.sort_unstable_by_key(|leftover| leftover.span);
        all
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

/// The lines that a template gives to be filled in.
struct Scaffold<'a> {
    hashes: Vec<u64>,
    /// Samples that hold links: only the links tell whether they were filled in.
    links: Vec<&'a str>,
}

impl<'a> Scaffold<'a> {
    fn new(template: &'a Template) -> Self {
        let lines = || template.items.iter().flat_map(|item| &item.scaffold).map(|line| line.text.as_str());
        let linked = |line: &&str| line.contains("](");
        let mut hashes: Vec<u64> = lines().filter(|line| !linked(line)).filter_map(guidance_hash).collect();
        hashes.sort_unstable();
        Self { hashes, links: lines().filter(linked).collect() }
    }

    /// Whether a text is one of the lines and nothing more.
    fn has(&self, text: &str) -> bool {
        let text = text.trim();
        is_guidance(&self.hashes, text) || self.links.contains(&text)
    }
}

/// Lines of so few words are no evidence: many a comment ends in one, and many a paragraph of somebody else's.
const SHORT: usize = 2;

fn is_short(line: &str) -> bool {
    words(line).nth(SHORT).is_none()
}

/// Whether at least half of a comment's lines are the template's; the others are samples or edits.
fn all_guidance(comment: &str, known: impl Fn(&str) -> bool) -> bool {
    let inner = comment.trim_start_matches("<!--").trim_end_matches("-->");
    let lines = inner.lines().filter(|line| !is_short(line));
    let (mut ours, mut all) = (0, 0);
    for line in lines {
        all += 1;
        ours += usize::from(known(line));
    }
    ours * 2 >= all && ours > 0
}
