//! Markdown text to blocks. This file and `render` alone name pulldown-cmark.
//!
//! The parser is given the text after a byte order mark, because it would take a heading behind one for
//! a paragraph; every offset is shifted back before it is stored.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::{Block, BlockId, BlockKind, Document, Inline, InlineKind, Link, LostHeading, Section, comments};
use crate::source::{Source, Span};

/// The dialect that GitHub renders, without extensions that people who write reviews do not have.
pub(super) fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
}

/// Where markdown begins: behind a byte order mark and front matter.
pub(super) fn body(source: &Source) -> usize {
    let start = source.bom_length() as usize;
    start + front_matter(&source.text()[start..]).unwrap_or(0)
}

pub(super) fn parse(source: &Source, is_known: &dyn Fn(&str) -> bool) -> Document {
    let text = source.text();
    let mut builder = Builder::new(text, is_known);
    let start = body(source);
    let front = Span::new(source.bom_length(), start as u32);
    if !front.is_empty() {
        let id = builder.open(BlockKind::FrontMatter, front);
        builder.close(id, front.end);
    }
    builder.parse(Span::new(start as u32, text.len() as u32));
    let Builder { blocks, inlines, links, lost, known, contents, .. } = builder;
    debug_assert!(inlines.is_sorted_by_key(|inline| inline.block), "leaf blocks hold no blocks");
    let inline_starts = inline_starts(blocks.len(), &inlines);
    let sections = sections(&blocks, text.len() as u32);
    Document {
        source: source.clone(),
        blocks,
        inlines,
        inline_starts,
        links,
        lost,
        sections,
        known,
        contents,
    }
}

/// Where the inlines of each block begin, and one behind the last.
fn inline_starts(blocks: usize, inlines: &[Inline]) -> Vec<u32> {
    let mut starts = Vec::with_capacity(blocks + 1);
    for (at, inline) in inlines.iter().enumerate() {
        while starts.len() <= inline.block.0 as usize {
            starts.push(at as u32);
        }
    }
    starts.resize(blocks + 1, inlines.len() as u32);
    starts
}

/// Length of YAML front matter at the beginning of a text: `---`, lines, `---` or `...`.
fn front_matter(text: &str) -> Option<usize> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next()?;
    if first.trim_end() != "---" {
        return None;
    }
    let mut at = first.len();
    for line in lines {
        if matches!(line.trim_end(), "---" | "...") {
            return Some(at + line.trim_end().len());
        }
        at += line.len();
    }
    None
}

fn sections(blocks: &[Block], end: u32) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        let BlockKind::Heading(level) = block.kind else { continue };
        if block.commented {
            continue;
        }
        while let Some(&last) = open.last() {
            if sections[last].level < level {
                break;
            }
            sections[last].span.end = block.span.start;
            open.pop();
        }
        open.push(sections.len());
        let heading = BlockId(at as u32);
        sections.push(Section { heading, level, span: Span::new(block.span.start, end) });
    }
    sections
}

/// Builds the arena. One builder parses the document and, by further calls, the content of its comments.
pub(super) struct Builder<'a> {
    /// The whole file.
    pub(super) text: &'a str,
    pub(super) blocks: Vec<Block>,
    inlines: Vec<Inline>,
    links: Vec<Link>,
    pub(super) lost: Vec<LostHeading>,
    stack: Vec<BlockId>,
    /// Whether the innermost open block is a leaf.
    in_leaf: bool,
    /// Set while the content of a comment (or of a fence that is never closed) is parsed.
    pub(super) commented: bool,
    pub(super) indented: bool,
    /// Knows comments that need not be parsed.
    pub(super) is_known: &'a dyn Fn(&str) -> bool,
    pub(super) known: Vec<BlockId>,
    /// The comment that opens a table of contents, as long as it is not closed.
    pub(super) opened: Option<BlockId>,
    pub(super) contents: Option<(BlockId, BlockId)>,
}

impl<'a> Builder<'a> {
    fn new(text: &'a str, is_known: &'a dyn Fn(&str) -> bool) -> Self {
        Self {
            text,
            is_known,
            known: Vec::new(),
            opened: None,
            contents: None,
            blocks: Vec::with_capacity(text.len() / 64 + 8),
            inlines: Vec::new(),
            links: Vec::new(),
            lost: Vec::new(),
            stack: Vec::new(),
            in_leaf: false,
            commented: false,
            indented: false,
        }
    }

    pub(super) fn open(&mut self, kind: BlockKind, span: Span) -> BlockId {
        let id = BlockId(self.blocks.len() as u32);
        self.blocks.push(Block {
            kind,
            span: self.trim(Span::new(self.indent(span), span.end)),
            parent: self.stack.last().copied(),
            end: BlockId(id.0 + 1),
            commented: self.commented,
            indented: self.indented,
        });
        self.stack.push(id);
        self.in_leaf = kind.is_leaf();
        id
    }

    /// Closes a block; its span is stretched to `end` if that is further.
    pub(super) fn close(&mut self, id: BlockId, end: u32) {
        while let Some(last) = self.stack.pop() {
            let next = BlockId(self.blocks.len() as u32);
            let block = &mut self.blocks[last.0 as usize];
            block.end = next;
            if block.span.end < end && last == id {
                block.span.end = end;
            }
            if last == id {
                break;
            }
        }
        // leaf blocks hold no blocks
        self.in_leaf = false;
        let span = self.blocks[id.0 as usize].span;
        self.blocks[id.0 as usize].span = self.trim(span);
    }

    /// Where a span's content begins: lists begin at their indentation for the parser.
    fn indent(&self, span: Span) -> u32 {
        let bytes = &self.text.as_bytes()[span.range()];
        span.start + bytes.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count() as u32
    }

    /// Without line ends and white space at the end.
    fn trim(&self, span: Span) -> Span {
        let bytes = self.text.as_bytes()[span.range()].iter().rev();
        let white = bytes.take_while(|byte| matches!(byte, b'\n' | b'\r' | b' ' | b'\t')).count() as u32;
        Span::new(span.start, span.end - white)
    }

    /// Whether a span is one link to a heading of the same file.
    pub(super) fn is_anchor(&self, span: Span) -> bool {
        let at = self.links.partition_point(|link| link.span.start < span.start);
        self.links.get(at).is_some_and(|link| link.span == span && link.destination.starts_with('#'))
    }

    fn top(&self) -> Option<(BlockId, BlockKind)> {
        let id = *self.stack.last()?;
        Some((id, self.blocks.get(id.0 as usize).map_or(BlockKind::Html, |block| block.kind)))
    }

    /// The leaf that takes inline content at `start`; a tight item's text gets a paragraph of its own.
    fn leaf(&mut self, start: u32) -> BlockId {
        match self.top() {
            Some((id, kind)) if kind.is_leaf() => id,
            _ => self.open(BlockKind::Paragraph, Span::new(start, start)),
        }
    }

    /// Parses a part of the file and adds its blocks below the innermost open one.
    pub(super) fn parse(&mut self, part: Span) {
        let base = part.start;
        let depth = self.stack.len();
        let text = self.text;
        // the paragraph that a tight item's text opened, to be closed by the next block
        let mut implied: Option<(BlockId, u32)> = None;
        for (event, range) in Parser::new_ext(&text[part.range()], options()).into_offset_iter() {
            let span = Span::new(range.start as u32 + base, range.end as u32 + base);
            debug_assert_eq!(self.in_leaf, self.top().is_some_and(|(_, kind)| kind.is_leaf()));
            if is_inline(&event) {
                if !self.in_leaf {
                    if matches!(self.top(), Some((_, BlockKind::Code { .. } | BlockKind::Html))) {
                        continue;
                    }
                    implied = Some((self.leaf(span.start), span.end));
                } else if let Some((_, end)) = implied.as_mut() {
                    *end = span.end.max(*end);
                }
                // most events are text, of which nothing is kept
                if !matches!(event, Event::Text(_) | Event::SoftBreak | Event::HardBreak | Event::End(_)) {
                    self.inline(event, span);
                }
                continue;
            }
            if let Some((id, end)) = implied.take() {
                self.close(id, end);
            }
            self.block(event, span);
        }
        if let Some((id, end)) = implied.take() {
            self.close(id, end);
        }
        debug_assert_eq!(self.stack.len(), depth, "every block is closed");
    }

    fn block(&mut self, event: Event, span: Span) {
        match event {
            Event::Start(tag) => match tag {
                Tag::HtmlBlock => {
                    comments::html_block(self, span);
                    // a place holder on the stack so that the end tag closes something
                    self.stack.push(BlockId(u32::MAX));
                }
                tag => {
                    if let Some(kind) = self.kind(&tag, span) {
                        self.open(kind, span);
                    }
                }
            },
            Event::End(end) => match end {
                TagEnd::HtmlBlock => {
                    self.stack.pop();
                }
                TagEnd::CodeBlock => {
                    let Some((id, kind)) = self.top() else { return };
                    self.code(id, kind);
                    self.close(id, span.end);
                }
                _ => {
                    if let Some((id, _)) = self.top() {
                        self.close(id, span.end);
                    }
                }
            },
            Event::Rule => {
                let id = self.open(BlockKind::Rule, span);
                self.close(id, span.end);
            }
            _ => {}
        }
    }

    fn kind(&self, tag: &Tag, span: Span) -> Option<BlockKind> {
        Some(match tag {
            Tag::Paragraph => BlockKind::Paragraph,
            Tag::Heading { level, .. } => BlockKind::Heading(*level as u8),
            Tag::BlockQuote(_) => BlockKind::Quote,
            Tag::CodeBlock(CodeBlockKind::Indented) => BlockKind::Code { fenced: false, closed: true },
            Tag::CodeBlock(CodeBlockKind::Fenced(_)) => {
                BlockKind::Code { fenced: true, closed: comments::fence_is_closed(&self.text[span.range()]) }
            }
            Tag::List(start) => BlockKind::List { ordered: start.is_some() },
            Tag::Item => BlockKind::Item,
            Tag::FootnoteDefinition(_) => BlockKind::Definition,
            Tag::Table(_) => BlockKind::Table,
            Tag::TableHead | Tag::TableRow => BlockKind::Row,
            Tag::TableCell => BlockKind::Cell,
            _ => return None,
        })
    }

    /// What a reader may take a code block for: a list that is indented too far, or lost sections.
    fn code(&mut self, id: BlockId, kind: BlockKind) {
        let span = self.blocks[id.0 as usize].span;
        match kind {
            BlockKind::Code { fenced: true, closed } => comments::fence(self, span, closed),
            BlockKind::Code { fenced: false, .. } => super::indented::code(self, id, span),
            _ => {}
        }
    }

    fn inline(&mut self, event: Event, span: Span) {
        let block = self.leaf(span.start);
        let kind = match event {
            Event::Start(Tag::Strong) => InlineKind::Strong,
            Event::Start(Tag::Emphasis) => InlineKind::Emphasis,
            Event::Start(Tag::Link { dest_url, .. }) => {
                self.links.push(Link { span, destination: dest_url.as_ref().into(), image: false, block });
                InlineKind::Link
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                self.links.push(Link { span, destination: dest_url.as_ref().into(), image: true, block });
                InlineKind::Image
            }
            Event::Code(_) => InlineKind::Code,
            Event::TaskListMarker(checked) => InlineKind::Task(checked),
            Event::InlineHtml(html) if html.starts_with("<!--") => InlineKind::Comment,
            _ => return,
        };
        self.inlines.push(Inline { kind, span, block });
    }
}

fn is_inline(event: &Event) -> bool {
    match event {
        Event::Start(tag) => matches!(
            tag,
            Tag::Strong
                | Tag::Emphasis
                | Tag::Strikethrough
                | Tag::Link { .. }
                | Tag::Image { .. }
                | Tag::Superscript
                | Tag::Subscript
        ),
        Event::End(end) => matches!(
            end,
            TagEnd::Strong
                | TagEnd::Emphasis
                | TagEnd::Strikethrough
                | TagEnd::Link
                | TagEnd::Image
                | TagEnd::Superscript
                | TagEnd::Subscript
        ),
        Event::Html(_) | Event::Rule => false,
        _ => true,
    }
}
