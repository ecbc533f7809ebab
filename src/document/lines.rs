//! The lines of a leaf block: a question and its answer often share a paragraph.

use super::{BlockId, Document, InlineKind};
use crate::source::Span;

/// What a line begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    /// The marked-up run it begins with, a box before it left out.
    pub lead: Option<Lead>,
}

/// The text of a leaf block: a heading without its marks or underline.
pub(super) fn content(document: &Document, id: BlockId) -> Span {
    let block = document.block(id);
    if !block.kind.is_heading() {
        return block.span;
    }
    let text = document.text(block.span);
    let marks = text.bytes().take_while(|&byte| byte == b'#').count();
    if marks > 0 {
        let inner = text[marks..].trim_start();
        let start = block.span.start + (text.len() - inner.len()) as u32;
        let closes = inner.as_bytes().last() == Some(&b'#');
        let bare = if closes { inner.trim_end_matches('#') } else { inner };
        // closing marks count only behind white space
        let kept = if bare.len() < inner.len() && !bare.is_empty() && !bare.ends_with([' ', '\t']) {
            inner.trim_end()
        } else {
            bare.trim_end()
        };
        return Span::new(start, start + kept.len() as u32);
    }
    let kept = text.rfind(['\n', '\r']).map_or(text, |end| text[..end].trim_end());
    Span::new(block.span.start, block.span.start + kept.len() as u32)
}

pub(super) fn lines(document: &Document, id: BlockId) -> impl Iterator<Item = Line> + '_ {
    let span = content(document, id);
    let whole = document.text(span);
    let mut at = 0;
    let mut done = whole.is_empty();
    std::iter::from_fn(move || {
        while !done {
            let rest = &whole.as_bytes()[at..];
            let length = memchr::memchr2(b'\n', b'\r', rest);
            let raw = &rest[..length.unwrap_or(rest.len())];
            let indent = raw.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'>')).count();
            let (from, to) = (at + indent, at + raw.len());
            match length {
                Some(length) => at += length + 1,
                None => done = true,
            }
            let text = whole[from..to].trim_end();
            if !text.is_empty() {
                let start = span.start + from as u32;
                let span = Span::new(start, start + text.len() as u32);
                // what is set apart behind a box is set apart
                let behind = Span::new(start + box_length(text), span.end);
                let first = text.as_bytes()[(behind.start - start) as usize..].first();
                let begins = matches!(first, Some(b'*' | b'_' | b'`' | b'<'));
                let lead = begins.then(|| lead(document, id, behind));
                return Some(Line { block: id, span, lead: lead.flatten() });
            }
        }
        None
    })
}

/// Length in bytes of the box that a line of a task list begins with, white space behind it included.
fn box_length(line: &str) -> u32 {
    if !line.starts_with('[') {
        return 0;
    }
    let bare = ["[ ]", "[x]", "[X]", "[] "].iter().find_map(|mark| line.strip_prefix(mark));
    bare.map_or(0, |rest| (line.len() - rest.trim_start().len()) as u32)
}

/// The inlines of a block that begin in a line.
fn inlines_of(document: &Document, id: BlockId, line: Span) -> &[super::Inline] {
    let inlines = document.inlines(id);
    let from = inlines.partition_point(|inline| inline.span.start < line.start);
    let to = inlines.partition_point(|inline| inline.span.start < line.end);
    &inlines[from..to.max(from)]
}

fn lead(document: &Document, id: BlockId, line: Span) -> Option<Lead> {
    let first = inlines_of(document, id, line).iter().take_while(|inline| inline.span.start == line.start);
    let run = first.into_iter().find_map(|inline| {
        let kind = match inline.kind {
            InlineKind::Strong => LeadKind::Strong,
            InlineKind::Emphasis => LeadKind::Emphasis,
            InlineKind::Code => LeadKind::Code,
            _ => return None,
        };
        Some(Lead { kind, span: inline.span })
    });
    run.or_else(|| html_lead(document, id, line))
}

/// HTML elements that set a run apart as bold type does.
const SET_APART: &[&str] = &["b", "strong", "u", "summary", "h1", "h2", "h3", "h4", "h5", "h6"];

/// A line's leading `<b>…</b>`, `<summary>…</summary>` or the like, which may end on a later line.
fn html_lead(document: &Document, id: BlockId, line: Span) -> Option<Lead> {
    let block = Span::new(line.start, document.block(id).span.end);
    let text = document.text(block);
    let mut inner = text.strip_prefix('<')?;
    if let Some(rest) = inner.strip_prefix("details") {
        inner = rest.split_once('>').map_or(rest, |(_, rest)| rest.trim_start()).strip_prefix('<')?;
    }
    let name = SET_APART
        .iter()
        .find(|name| inner.strip_prefix(**name).is_some_and(|rest| rest.starts_with(['>', ' '])))?;
    let close = format!("</{name}>");
    let end = inner.find(&close)? + close.len();
    let end = (text.len() - inner.len() + end) as u32;
    Some(Lead { kind: LeadKind::Strong, span: Span::new(line.start, line.start + end) })
}

/// The first `:` of a line that is neither in code, in a link, in a comment nor part of an address.
pub(super) fn colon(document: &Document, id: BlockId, line: Span) -> Option<u32> {
    let text = document.text(line);
    let mut inlines = inlines_of(document, id, line).iter().peekable();
    let mut hidden_to = line.start;
    for at in memchr::memchr_iter(b':', text.as_bytes()) {
        let offset = line.start + at as u32;
        while let Some(inline) = inlines.next_if(|inline| inline.span.start <= offset) {
            if !matches!(inline.kind, InlineKind::Strong | InlineKind::Emphasis | InlineKind::Task(_)) {
                hidden_to = hidden_to.max(inline.span.end);
            }
        }
        if offset >= hidden_to && !text[at..].starts_with("://") {
            return Some(offset);
        }
    }
    None
}
