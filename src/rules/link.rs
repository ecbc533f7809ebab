//! The links of a document that its authors wrote: not those of the template's own text.

use std::ops::Range;
use std::sync::LazyLock;

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
    let mut all: Vec<Found> = marked.collect();
    let sign = memmem::Finder::new(SIGN);
    for (id, block) in signed(document, &sign) {
        // the links, code and comments that begin before an address; both are in order
        let mut markup = document.inlines(id).iter().filter(|inline| is_markup(inline.kind)).peekable();
        let mut taken_until = 0;
        for (range, address) in addresses(&sign, document.text(block.span)) {
            let span = Span::new(block.span.start + range.start as u32, block.span.start + range.end as u32);
            while let Some(inline) = markup.next_if(|inline| inline.span.start < span.end) {
                taken_until = inline.span.end.max(taken_until);
            }
            let taken = taken_until > span.start;
            if !taken {
                let url = Url::parse(address);
                all.push(Found { span, destination: address, url, image: false, bare: true });
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

/// The leaf blocks outside comments in which web addresses may stand.
fn signed<'a>(document: &'a Document, sign: &memmem::Finder) -> Vec<(BlockId, &'a Block)> {
    let mut found: Vec<(BlockId, &Block)> = Vec::new();
    for at in sign.find_iter(document.source().text().as_bytes()) {
        let at = at as u32;
        // of the blocks around a sign the innermost begins last
        let after = document.blocks().partition_point(|block| block.span.start <= at);
        let Some(id) = after.checked_sub(1).map(|id| BlockId(id as u32)) else { continue };
        let block = document.block(id);
        let is_new = found.last().is_none_or(|(last, _)| *last != id);
        if is_new && at < block.span.end && block.kind.is_leaf() && !block.commented {
            found.push((id, block));
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

/// Bare web addresses in a text, without the punctuation of the sentence around them. `sign` finds [`SIGN`].
fn addresses<'t>(sign: &memmem::Finder, text: &'t str) -> impl Iterator<Item = (Range<usize>, &'t str)> {
    let mut taken = 0;
    sign.find_iter(text.as_bytes()).filter_map(move |at| {
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
        let address = without_punctuation(&text[start..taken]);
        Some((start..start + address.len(), address))
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
    match text.bytes().position(|byte| ENDS_ADDRESS[usize::from(byte)]) {
        Some(at) if text.as_bytes()[at].is_ascii() => at,
        Some(at) => at + text[at..].find(ends_address).unwrap_or(text.len() - at),
        None => text.len(),
    }
}

/// What [`ends_address`] says of the ASCII characters, and true for the bytes of all others.
static ENDS_ADDRESS: LazyLock<[bool; 256]> = LazyLock::new(|| {
    std::array::from_fn(|byte| {
        u8::try_from(byte).is_ok_and(|byte| !byte.is_ascii() || ends_address(char::from(byte)))
    })
});

/// Whether a character is none of an address.
fn ends_address(c: char) -> bool {
    c.is_whitespace() || matches!(c, '<' | '>' | '"' | '`' | '|' | '\\' | '[' | ']' | '{' | '}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_is_not_part_of_an_address() {
        let sign = memmem::Finder::new(SIGN);
        let found = |text| addresses(&sign, text).map(|(_, address)| address.to_string()).collect::<Vec<_>>();
        assert_eq!(found("See (https://a.example/b)."), ["https://a.example/b"]);
        assert_eq!(
            found("**https://a.example/b_(c)**, http://d.example"),
            ["https://a.example/b_(c)", "http://d.example"]
        );
        assert_eq!(found("no address: httpx://a"), Vec::<String>::new());
        let text = "x https://a.example.";
        let (range, address) = addresses(&sign, text).next().unwrap();
        assert_eq!(&text[range], address);
    }

    #[test]
    fn an_address_is_one_word_with_a_scheme() {
        let sign = memmem::Finder::new(SIGN);
        let found = |text| addresses(&sign, text).map(|(_, address)| address.to_string()).collect::<Vec<_>>();
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
