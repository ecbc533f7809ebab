//! A markdown file as a tree of blocks with byte spans. `document/parse.rs` builds it.
//!
//! Blocks lie in one vector in preorder, so a subtree is a range and document order is index order.
//! No block holds text: text is `source[span]`. Spans begin at the content (a list item's at its
//! marker, a paragraph's at its first character) and end before the line end.

mod address;
mod comments;
mod contents;
mod indented;
mod lines;
mod parse;
mod render;
mod slug;
#[cfg(test)]
mod tests;

pub(crate) use address::without_punctuation;
pub use contents::{CONTENTS_CLOSE, CONTENTS_OPEN, contents_in};
pub use lines::{Lead, LeadKind, Line};
pub use render::{Renderer, escaped};
pub use slug::{heading_text, slug};

use crate::source::{Source, Span};

/// Index of a block in its document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlockId(pub u32);

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// YAML between `---` lines at the very top.
    FrontMatter,
    /// A heading of level 1 to 6, ATX or setext.
    Heading(u8),
    /// Text. A tight list item's text is a paragraph too.
    Paragraph,
    /// A list; its children are items.
    List {
        /// Numbered rather than bulleted.
        ordered: bool,
    },
    /// A list item.
    Item,
    /// A block quote.
    Quote,
    /// A code block.
    Code {
        /// Between fences rather than by indentation.
        fenced: bool,
        /// A fence has its closing line; indented code always counts as closed.
        closed: bool,
    },
    /// A table; its children are rows.
    Table,
    /// A row of a table, the head included.
    Row,
    /// A cell of a row.
    Cell,
    /// An HTML comment that begins a line; its parsed content is its children, flagged `commented`.
    Comment {
        /// The `-->` is there.
        closed: bool,
    },
    /// Other raw HTML.
    Html,
    /// A thematic break.
    Rule,
    /// A footnote definition.
    Definition,
    /// Content indented below a `!!! note` line, flagged `indented`.
    Admonition,
}

impl BlockKind {
    /// Whether the block holds inline text rather than blocks.
    #[must_use]
    pub fn is_leaf(self) -> bool {
        matches!(self, Self::Heading(_) | Self::Paragraph | Self::Cell)
    }

    /// Whether it is a heading, of any level.
    #[must_use]
    pub fn is_heading(self) -> bool {
        matches!(self, Self::Heading(_))
    }
}

/// One block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its bytes, without the line end.
    pub span: Span,
    /// The block it lies in.
    pub parent: Option<BlockId>,
    /// One past the last block of its subtree.
    pub end: BlockId,
    /// Lies in an HTML comment.
    pub commented: bool,
    /// Lies in an indented code block that reads like a list to its author.
    pub indented: bool,
}

/// What an inline is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum InlineKind {
    /// `**bold**`.
    Strong,
    /// `*italic*`.
    Emphasis,
    /// `` `code` ``.
    Code,
    /// A link, inline, by reference or automatic.
    Link,
    /// An image.
    Image,
    /// `<!-- … -->` inside text.
    Comment,
    /// A task list marker; `true` when checked.
    Task(bool),
}

/// A run of text inside a leaf block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Inline {
    /// What it is.
    pub kind: InlineKind,
    /// All of it, markers included.
    pub span: Span,
    /// The leaf block it lies in.
    pub block: BlockId,
}

/// A link or an image with its destination.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// All of it, from `[` to the end.
    pub span: Span,
    /// The destination after unescaping, references resolved.
    pub destination: Box<str>,
    /// An image rather than a link.
    pub image: bool,
    /// The leaf block it lies in.
    pub block: BlockId,
}

/// Something that looks like a heading but is none for a markdown reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LostHeading {
    /// The heading's own text, from its `#`.
    pub span: Span,
    /// What swallows it: the opening fence, the opening `<!--`, or the closed comment before it.
    pub by: Span,
    /// What kind of thing swallows it.
    pub cause: LostCause,
}

/// What swallows a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LostCause {
    /// A code fence that is never closed.
    UnclosedFence,
    /// A comment that is never closed.
    UnclosedComment,
    /// A comment that ends on the same line: markdown takes the whole line as HTML.
    AfterComment,
}

/// A heading and what lies below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Section {
    /// The heading.
    pub heading: BlockId,
    /// Its level, 1 to 6.
    pub level: u8,
    /// From the heading's start to the next heading of its level or above, or the end.
    pub span: Span,
}

/// A parsed markdown file.
#[derive(Debug, Clone)]
pub struct Document {
    source: Source,
    blocks: Vec<Block>,
    inlines: Vec<Inline>,
    /// One entry a block and one behind: where its inlines begin.
    inline_starts: Vec<u32>,
    links: Vec<Link>,
    lost: Vec<LostHeading>,
    sections: Vec<Section>,
    /// Comments whose content was known and not parsed.
    known: Vec<BlockId>,
    /// The first block of a generated table of contents, and the first behind it.
    contents: Option<(BlockId, BlockId)>,
}

impl Document {
    /// Parses a file. Never fails: whatever bytes a [`Source`] holds are some document.
    ///
    /// Cost: one pass of pulldown-cmark over the text, and one more over the content of comments and
    /// of indented code that holds list markers.
    #[must_use]
    pub fn parse(source: &Source) -> Self {
        parse::parse(source, &|_| false)
    }

    /// The same, without the content of those comments that `is_known` (given the text of a comment with its marks)
    /// knows to hold nothing that is looked for. Only closed comments that begin a line are asked about.
    #[must_use]
    pub fn parse_unless(source: &Source, is_known: &dyn Fn(&str) -> bool) -> Self {
        parse::parse(source, is_known)
    }

    /// Whether a block is a comment that was not parsed because its content is known.
    #[must_use]
    pub fn is_known(&self, id: BlockId) -> bool {
        self.known.binary_search(&id).is_ok()
    }

    /// Whether a block is of the table of contents that mdtoc writes between `<!-- toc -->` and `<!-- /toc -->`:
    /// a list and nothing else.
    #[must_use]
    pub fn is_contents(&self, id: BlockId) -> bool {
        self.contents.is_some_and(|(first, behind)| first <= id && id < behind)
    }

    /// Whether any comment was not parsed because its content is known.
    #[must_use]
    pub fn has_known(&self) -> bool {
        !self.known.is_empty()
    }

    /// The file.
    #[must_use]
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// All blocks in preorder.
    #[must_use]
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// A block by its id.
    #[must_use]
    pub fn block(&self, id: BlockId) -> &Block {
        &self.blocks[id.0 as usize]
    }

    /// Ids of all blocks in document order.
    pub fn ids(&self) -> impl Iterator<Item = BlockId> + use<> {
        (0..self.blocks.len() as u32).map(BlockId)
    }

    /// Ids of the blocks directly inside a block.
    pub fn children(&self, id: BlockId) -> impl Iterator<Item = BlockId> + '_ {
        let end = self.block(id).end;
        let mut next = BlockId(id.0 + 1);
        std::iter::from_fn(move || {
            (next < end).then(|| {
                let child = next;
                next = self.block(child).end;
                child
            })
        })
    }

    /// The blocks around a block, innermost first, itself not included.
    pub fn ancestors(&self, id: BlockId) -> impl Iterator<Item = BlockId> + '_ {
        std::iter::successors(self.block(id).parent, move |&id| self.block(id).parent)
    }

    /// The inlines of a leaf block, in order of their start.
    #[must_use]
    pub fn inlines(&self, id: BlockId) -> &[Inline] {
        let at = id.0 as usize;
        &self.inlines[self.inline_starts[at] as usize..self.inline_starts[at + 1] as usize]
    }

    /// The inlines of all leaf blocks, in order of their blocks.
    #[must_use]
    pub fn all_inlines(&self) -> &[Inline] {
        &self.inlines
    }

    /// All links and images, in order of their start.
    #[must_use]
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// Headings that a reader of the rendered page does not see as headings.
    #[must_use]
    pub fn lost_headings(&self) -> &[LostHeading] {
        &self.lost
    }

    /// All headings with their extent, commented ones left out.
    #[must_use]
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// The text of a span.
    #[must_use]
    pub fn text(&self, span: Span) -> &str {
        self.source.slice(span)
    }

    /// The text of a leaf block: a heading without its marks or underline.
    #[must_use]
    pub fn content(&self, id: BlockId) -> Span {
        lines::content(self, id)
    }

    /// Offset of the first `:` of a line of a leaf block that is not in code, in a link, in a comment or part
    /// of an address.
    #[must_use]
    pub fn colon(&self, id: BlockId, line: Span) -> Option<u32> {
        lines::colon(self, id, line)
    }

    /// The lines of a leaf block, see [`Line`].
    pub fn lines(&self, id: BlockId) -> impl Iterator<Item = Line> + '_ {
        lines::lines(self, id)
    }
}
