//! The table of contents that mdtoc writes between two comments.
//! <https://github.com/kubernetes-sigs/mdtoc>

use super::parse::Builder;
use super::{Block, BlockId, BlockKind};
use crate::source::Span;

/// The comment before the table.
pub const CONTENTS_OPEN: &str = "<!-- toc -->";
/// The comment behind it.
pub const CONTENTS_CLOSE: &str = "<!-- /toc -->";

/// What lies between the two comments, whatever it is, the first of them included.
#[must_use]
pub fn contents_in(text: &str) -> Option<Span> {
    let find = |text: &str, mark: &str| memchr::memmem::find(text.as_bytes(), mark.as_bytes());
    let open = find(text, CONTENTS_OPEN)?;
    let length = find(&text[open..], CONTENTS_CLOSE)?;
    Some(Span::from_range(open..open + length))
}

/// Notes what lies between the two comments, if it is what mdtoc writes: a list of links to headings.
pub(super) fn generated(builder: &mut Builder, close: BlockId) {
    let Some(open) = builder.opened.take() else { return };
    let first = builder.blocks[open.0 as usize].end;
    let listed = |block: &Block| match block.kind {
        BlockKind::List { .. } | BlockKind::Item => true,
        BlockKind::Paragraph => {
            block.parent.is_some_and(|around| around > open) && builder.is_anchor(block.span)
        }
        _ => false,
    };
    let inside = &builder.blocks[first.0 as usize..close.0 as usize];
    if builder.contents.is_none() && !inside.is_empty() && inside.iter().all(listed) {
        builder.contents = Some((first, close));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_ends_at_its_second_comment() {
        let text = "a <!-- toc -->\nb\n<!-- /toc --> c";
        assert_eq!(contents_in(text), Some(Span::new(2, 17)));
        assert_eq!(contents_in("<!-- toc -->"), None);
        assert_eq!(contents_in("<!-- /toc --><!-- toc -->"), None);
    }
}
