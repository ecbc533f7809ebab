//! A template's file as a flat sequence of what may ask and what only explains.

use crate::document::{Block, BlockId, BlockKind, Document, InlineKind};
use crate::source::Span;

/// What a piece of the file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// A heading with its level.
    Heading(u8, String),
    /// A bullet with how deep it is nested.
    Bullet(usize, String),
    /// A box with how deep it is nested, and whether its text is bold.
    Box(usize, String, bool),
    /// A paragraph that is bold from its beginning, and the lines behind the bold text.
    Bold(String, Vec<String>),
    /// A line of anything else.
    Line(String),
    /// A line of code, of a table or of a quote, which never asks.
    Shown(String),
}

/// The pieces of a file in its order. What stands in comments asks nothing and is no answer, so it is left out.
pub(super) fn pieces(document: &Document) -> Vec<Piece> {
    let mut out = Vec::new();
    for id in document.ids() {
        let block = document.block(id);
        if block.commented {
            continue;
        }
        match block.kind {
            BlockKind::Heading(level) => {
                out.push(Piece::Heading(level, joined(document.text(document.content(id)))))
            }
            BlockKind::Paragraph => paragraph(document, id, block, &mut out),
            BlockKind::Cell => out.push(Piece::Shown(document.text(block.span).trim().to_owned())),
            BlockKind::Code { fenced, .. } if block.end.0 == id.0 + 1 => {
                let lines = document.text(block.span).lines().map(str::trim);
                let body =
                    lines.filter(|line| !(fenced && (line.starts_with("```") || line.starts_with("~~~"))));
                out.extend(body.map(|line| Piece::Shown(line.to_owned())));
            }
            BlockKind::Html => {
                let lines = document.text(block.span).lines();
                out.extend(lines.map(|line| Piece::Shown(line.trim().to_owned())));
            }
            _ => {}
        }
    }
    out.retain(|piece| !matches!(piece, Piece::Line(text) | Piece::Shown(text) if text.is_empty()));
    out
}

fn paragraph(document: &Document, id: BlockId, block: &Block, out: &mut Vec<Piece>) {
    let visible = without_comments(document, id, block.span);
    let text = visible.trim();
    if text.is_empty() {
        return;
    }
    let around: Vec<BlockId> = document.ancestors(id).collect();
    let depth = around.iter().filter(|&&at| document.block(at).kind == BlockKind::Item).count();
    let quoted = around.iter().any(|&at| document.block(at).kind == BlockKind::Quote);
    let opens = block.parent.is_some_and(|item| {
        document.block(item).kind == BlockKind::Item && document.children(item).next() == Some(id)
    });
    let lines = || text.lines().map(|line| line.trim_start_matches(['>', ' ', '\t']).trim().to_owned());
    if quoted {
        out.extend(lines().map(Piece::Shown));
        return;
    }
    if opens {
        let bare = ["[ ]", "[x]", "[X]"].iter().find_map(|mark| text.strip_prefix(mark));
        out.push(match bare {
            Some(rest) => {
                Piece::Box(depth, joined(&rest.replace("**", "")), rest.trim_start().starts_with("**"))
            }
            None => Piece::Bullet(depth, joined(text)),
        });
        return;
    }
    let bold = document
        .inlines(id)
        .iter()
        .find(|inline| inline.kind == InlineKind::Strong && inline.span.start == block.span.start);
    if let Some(bold) = bold.filter(|_| depth == 0) {
        let rest = document.text(Span::new(bold.span.end, block.span.end));
        let ends = rest.trim_start_matches([' ', '\t', ':', '.', '?']);
        if ends.is_empty() || ends.starts_with(['\n', '\r']) {
            let head = document.text(bold.span).trim_matches('*');
            let behind = rest.lines().skip(1).map(|line| line.trim().to_owned());
            let behind = behind.filter(|line| line.contains(char::is_alphanumeric) && *line != "<br>");
            let sign = rest.chars().next().filter(|c| *c == ':').map_or("", |_| ":");
            out.push(Piece::Bold(format!("{}{sign}", joined(head)), behind.collect()));
            return;
        }
    }
    out.extend(lines().map(Piece::Line));
}

/// The text of a leaf without the comments in it.
fn without_comments(document: &Document, id: BlockId, span: Span) -> String {
    let mut out = String::new();
    let mut at = span.start;
    for inline in document.inlines(id).iter().filter(|inline| inline.kind == InlineKind::Comment) {
        out.push_str(document.text(Span::new(at, inline.span.start.max(at))));
        at = at.max(inline.span.end);
    }
    out.push_str(document.text(Span::new(at, span.end.max(at))));
    out
}

/// A text on one line.
fn joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
