//! The links of a document that its authors wrote: not those of the template's own text.

use std::ops::Range;

use memchr::memmem;

use super::url::Url;
use crate::document::{Block, BlockId, Document, InlineKind, without_punctuation};
use crate::review::Review;
use crate::source::Span;

/// A link or a bare web address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found<'a> {
    /// All of it.
    pub(super) span: Span,
    /// Where it goes.
    pub(super) destination: &'a str,
    /// The parts of a web address.
    pub(super) url: Option<Url<'a>>,
    /// A picture.
    pub(super) image: bool,
    /// An address in running text, without link markup.
    pub(super) bare: bool,
}

/// All links outside comments and code that are not part of a question or of left-over template text,
/// in document order. Bare addresses are among them, because GitHub makes links of them.
///
/// Rules take them from [`Context::own_links`](super::Context::own_links), which collects them once.
pub(super) fn own(review: &Review) -> Vec<Found<'_>> {
    let document = &review.document;
    let template = template_text(review);
    let marked = document.links().iter().filter(|link| is_own(document, link.block)).map(|link| Found {
        span: link.span,
        destination: &link.destination,
        url: Url::parse(&link.destination),
        image: link.image,
        bare: false,
    });
    let mut all: Vec<Found> = Vec::with_capacity(document.links().len());
    all.extend(marked);
    for Signed { id, block, signs } in signed(document) {
        let markup =
            document.inlines(id).iter().filter(|inline| is_markup(inline.kind)).map(|inline| inline.span);
        // most addresses stand alone, in a link
        if let [only] = signs[..] {
            let at = block.span.start + only as u32;
            if markup.clone().any(|span| span.start < at && at < span.end) {
                continue;
            }
        }
        // the links, code and comments that begin before an address; both are in order
        let mut markup = markup.peekable();
        let mut taken_until = 0;
        let text = document.text(block.span);
        for range in addresses(text, signs.into_iter()) {
            let start = block.span.start + range.start as u32;
            while let Some(span) = markup.next_if(|span| span.start < start) {
                taken_until = span.end.max(taken_until);
            }
            if taken_until <= start {
                let destination = without_punctuation(&text[range]);
                let span = Span::new(start, start + destination.len() as u32);
                let url = Url::parse(destination);
                all.push(Found { span, destination, url, image: false, bare: true });
            }
        }
    }
    all.sort_by_key(|found| found.span);
    all.retain(|found| {
        let after = template.partition_point(|span| span.start < found.span.end);
        !template[..after].last().is_some_and(|span| span.overlaps(found.span))
    });
    all
}

/// A leaf block in which web addresses may stand.
struct Signed<'a> {
    id: BlockId,
    block: &'a Block,
    /// Where [`SIGN`] stands in it, from its beginning.
    signs: Vec<usize>,
}

/// The leaf blocks outside comments that hold a [`SIGN`], in document order.
fn signed(document: &Document) -> Vec<Signed<'_>> {
    let mut found: Vec<Signed> = Vec::new();
    for at in memmem::find_iter(document.source().text().as_bytes(), SIGN) {
        if let Some(last) = found.last_mut().filter(|last| last.block.span.range().contains(&at)) {
            last.signs.push(at - last.block.span.start as usize);
            continue;
        }
        // of the blocks around a sign the innermost begins last
        let after = document.blocks().partition_point(|block| block.span.start as usize <= at);
        let Some(id) = after.checked_sub(1).map(|id| BlockId(id as u32)) else { continue };
        let block = document.block(id);
        if block.span.range().contains(&at) && block.kind.is_leaf() && !block.commented {
            found.push(Signed { id, block, signs: vec![at - block.span.start as usize] });
        }
    }
    found
}

/// Whether a block is of what the authors wrote, not of a comment or of a generated table.
fn is_own(document: &Document, id: BlockId) -> bool {
    !document.block(id).commented && !document.is_contents(id)
}

/// Whether an address inside is part of something else.
fn is_markup(kind: InlineKind) -> bool {
    matches!(kind, InlineKind::Code | InlineKind::Link | InlineKind::Image | InlineKind::Comment)
}

/// Prompts, left-over guidance and the preamble, joined where they overlap, in document order.
fn template_text(review: &Review) -> Vec<Span> {
    let prompts = review.items.iter().flat_map(|bound| bound.prompts.iter().map(|prompt| prompt.span));
    let leftovers = review.leftovers.iter().map(|leftover| leftover.span);
    let mut spans: Vec<Span> = prompts.chain(leftovers).chain(review.preamble).collect();
    spans.sort();
    spans.dedup_by(|next, kept| {
        let joined = kept.overlaps(*next);
        if joined {
            *kept = kept.join(*next);
        }
        joined
    });
    spans
}

/// What every web address holds.
const SIGN: &str = "://";

/// Bare web addresses in a text, with the punctuation of the sentence behind them. `signs` are the places of [`SIGN`].
fn addresses(text: &str, signs: impl Iterator<Item = usize>) -> impl Iterator<Item = Range<usize>> {
    let mut taken = 0;
    signs.filter_map(move |at| {
        let start = at - scheme_length(&text[taken.min(at)..at])?;
        let behind = at + SIGN.len();
        if text[..start].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            return None;
        }
        let length = address_length(&text[behind..]);
        if length == 0 {
            return None;
        }
        taken = behind + length;
        Some(start..taken)
    })
}

/// Length of the `http` or `https` that a text ends in, in any case.
fn scheme_length(text: &str) -> Option<usize> {
    let ends_in = |scheme: &&str| {
        let start = text.len().checked_sub(scheme.len());
        start.is_some_and(|start| text.as_bytes()[start..].eq_ignore_ascii_case(scheme.as_bytes()))
    };
    ["https", "http"].iter().find(|scheme| ends_in(scheme)).map(|scheme| scheme.len())
}

/// How many bytes of a text are of an address.
fn address_length(text: &str) -> usize {
    // hardly any address has other letters, and bytes are quicker to look at
    match text.bytes().position(|byte| MAY_END_ADDRESS[usize::from(byte)]) {
        Some(at) if text.as_bytes()[at].is_ascii() => at,
        Some(at) => at + text[at..].find(ends_address).unwrap_or(text.len() - at),
        None => text.len(),
    }
}

/// What [`ends_address`] says of the ASCII characters, and true for the bytes of all others.
static MAY_END_ADDRESS: [bool; 256] = {
    let mut table = [true; 256];
    let mut at = 0;
    while at < 128 {
        table[at] = ends_address(at as u8 as char);
        at += 1;
    }
    table
};

/// Whether a character is none of an address.
const fn ends_address(c: char) -> bool {
    c.is_whitespace() || matches!(c, '<' | '>' | '"' | '`' | '|' | '\\' | '[' | ']' | '{' | '}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let signs = text.match_indices(SIGN).map(|(at, _)| at);
        addresses(text, signs).map(|range| without_punctuation(&text[range])).collect()
    }

    #[test]
    fn the_sentence_is_not_part_of_an_address() {
        assert_eq!(found("See (https://a.example/b)."), ["https://a.example/b"]);
        assert_eq!(
            found("**https://a.example/b_(c)**, http://d.example"),
            ["https://a.example/b_(c)", "http://d.example"]
        );
        assert_eq!(found("no address: httpx://a"), Vec::<String>::new());
    }

    #[test]
    fn markup_is_no_bare_address() {
        let text = "[a](https://a.example) https://b.example![c](d.png) `https://c.example` <https://d.example>\n\n# https://e.example.\n\n<!--\nhttps://f.example [g](https://g.example)\n-->\n";
        let review = super::super::sample::Sample::new(text).review();
        let all = own(&review);
        let shown: Vec<_> = all.iter().map(|found| (review.text(found.span), found.bare)).collect();
        let expected = [
            ("[a](https://a.example)", false),
            ("https://b.example", true),
            ("![c](d.png)", false),
            ("<https://d.example>", false),
            ("https://e.example", true),
        ];
        assert_eq!(shown, expected);
    }

    #[test]
    fn an_address_is_one_word_with_a_scheme() {
        assert_eq!(found("HTTPS://A.example|http://b.example"), ["HTTPS://A.example", "http://b.example"]);
        assert_eq!(
            found("https://a.example/?to=https://b.example c"),
            ["https://a.example/?to=https://b.example"]
        );
        assert_eq!(found("xhttps://https://a.example"), ["https://a.example"]);
        for none in ["ftp://a.example", "https:// a", "://", "\u{e9}http://a.example", "ttps://a"] {
            assert_eq!(found(none), Vec::<String>::new(), "{none}");
        }
    }
}
