//! The lines of a leaf block: a question and its answer often share a paragraph.

use super::{BlockId, Document};
use crate::source::Span;

/// What a line begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LeadKind {
    /// Bold.
    Strong,
    /// Italic.
    Emphasis,
    /// Inline code.
    Code,
}

/// A marked-up run at the beginning of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lead {
    /// Its markup.
    pub kind: LeadKind,
    /// All of it, markers included; it may end on a later line.
    pub span: Span,
}

/// One source line of a leaf block, without indentation, quote marks and line end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// The block.
    pub block: BlockId,
    /// Its bytes in this block.
    pub span: Span,
    /// The marked-up run it begins with.
    pub lead: Option<Lead>,
    /// Offset of the first `:` outside code and links.
    pub colon: Option<u32>,
}

pub(super) fn lines(document: &Document, id: BlockId) -> std::vec::IntoIter<Line> {
    let _ = (document, id);
    Vec::new().into_iter()
}
