//! Indented code that its author meant as a list, or as the content of an admonition.
//!
//! CommonMark takes four spaces after a paragraph for code; people who paste nested bullets below a
//! paragraph at column 0 see a list. The lines are read one by one: a line with a list marker begins an
//! item, other lines go on with it.

use super::parse::Builder;
use super::{BlockId, BlockKind};
use crate::source::Span;

/// Adds items and paragraphs below an indented code block that reads like a list or an admonition.
pub(super) fn code(builder: &mut Builder, id: BlockId, span: Span) {
    let text = &builder.text[span.range()];
    let admonition = follows_admonition(builder, id);
    let first = text.lines().next().unwrap_or_default();
    if builder.indented || !(admonition || marker(first.trim_start()).is_some()) {
        return;
    }
    if admonition {
        builder.blocks[id.0 as usize].kind = BlockKind::Admonition;
    }
    builder.indented = true;
    let mut item: Option<BlockId> = None;
    let mut paragraph: Option<(BlockId, u32)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        let start = span.start + (at + line.len() - line.trim_start().len()) as u32;
        let end = start + trimmed.len() as u32;
        at += line.len();
        let marked = marker(trimmed);
        if (trimmed.is_empty() || marked.is_some())
            && let Some((open, end)) = paragraph.take()
        {
            builder.close(open, end);
        }
        if let Some(width) = marked {
            if let Some(open) = item.take() {
                builder.close(open, start);
            }
            item = Some(builder.open(BlockKind::Item, Span::new(start, end)));
            let content = Span::new(start + width as u32, end);
            paragraph = Some((builder.open(BlockKind::Paragraph, content), end));
        } else if !trimmed.is_empty() {
            match paragraph.as_mut() {
                Some((_, last)) => *last = end,
                None => {
                    paragraph = Some((builder.open(BlockKind::Paragraph, Span::new(start, end)), end));
                }
            }
        }
    }
    if let Some((open, end)) = paragraph {
        builder.close(open, end);
    }
    if let Some(open) = item {
        builder.close(open, span.end);
    }
    builder.indented = false;
}

/// Length of a list marker and the white space behind it.
fn marker(line: &str) -> Option<usize> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let mark = match line.as_bytes().get(digits)? {
        b'*' | b'-' | b'+' if digits == 0 => 1,
        b'.' | b')' if (1..=9).contains(&digits) => digits + 1,
        _ => return None,
    };
    let rest = &line[mark..];
    let space = rest.len() - rest.trim_start().len();
    (space > 0 && space < rest.len()).then_some(mark + space)
}

/// Whether the block before is a paragraph that opens an admonition (`!!! note`).
fn follows_admonition(builder: &Builder, id: BlockId) -> bool {
    let before = builder.blocks[..id.0 as usize].last();
    before.is_some_and(|block| {
        block.kind == BlockKind::Paragraph
            && builder.text[block.span.range()]
                .lines()
                .last()
                .is_some_and(|line| line.starts_with("!!! ") || line.starts_with("??? "))
    })
}
