//! The links of a document that its authors wrote: not those of the template's own text.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

use crate::document::InlineKind;
use crate::review::Review;
use crate::source::Span;

/// A link or a bare web address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found<'a> {
    /// All of it.
    pub(super) span: Span,
    /// Where it goes.
    pub(super) destination: Cow<'a, str>,
    /// A picture.
    pub(super) image: bool,
    /// An address in running text, without link markup.
    pub(super) bare: bool,
}

static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?i)\bhttps?://[^\s<>"`|\\\[\]{}]+"#).expect("the pattern is a constant and tested")
});

/// All links outside comments and code that are not part of a question or of left-over template text,
/// in document order. Bare addresses are among them, because GitHub makes links of them.
pub(super) fn own(review: &Review) -> Vec<Found<'_>> {
    let document = &review.document;
    let template = template_text(review);
    let marked =
        document.links().iter().filter(|link| !document.block(link.block).commented).map(|link| Found {
            span: link.span,
            destination: Cow::Borrowed(&*link.destination),
            image: link.image,
            bare: false,
        });
    let mut all: Vec<Found> = marked.collect();
    for id in document.ids() {
        let block = document.block(id);
        if block.commented || !block.kind.is_leaf() {
            continue;
        }
        let inlines = document.inlines(id);
        for (range, address) in addresses(document.text(block.span)) {
            let span = Span::new(block.span.start + range.start as u32, block.span.start + range.end as u32);
            let taken = inlines.iter().any(|inline| {
                let markup = matches!(
                    inline.kind,
                    InlineKind::Code | InlineKind::Link | InlineKind::Image | InlineKind::Comment
                );
                markup && inline.span.overlaps(span)
            });
            if !taken {
                all.push(Found { span, destination: Cow::Borrowed(address), image: false, bare: true });
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

/// Bare web addresses in a text, without the punctuation of the sentence around them.
fn addresses(text: &str) -> impl Iterator<Item = (std::ops::Range<usize>, &str)> {
    ADDRESS.find_iter(text).map(|found| {
        let mut address = found.as_str();
        loop {
            let shorter = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_', '~']);
            let unbalanced =
                shorter.ends_with(')') && shorter.matches(')').count() > shorter.matches('(').count();
            let shorter = if unbalanced { &shorter[..shorter.len() - 1] } else { shorter };
            if shorter.len() == address.len() {
                break;
            }
            address = shorter;
        }
        (found.start()..found.start() + address.len(), address)
    })
}

#[cfg(test)]
mod tests {
    use super::addresses;

    #[test]
    fn the_sentence_is_not_part_of_an_address() {
        let found = |text| addresses(text).map(|(_, address)| address.to_string()).collect::<Vec<_>>();
        assert_eq!(found("See (https://a.example/b)."), ["https://a.example/b"]);
        assert_eq!(
            found("**https://a.example/b_(c)**, http://d.example"),
            ["https://a.example/b_(c)", "http://d.example"]
        );
        assert_eq!(found("no address: httpx://a"), Vec::<String>::new());
        let text = "x https://a.example.";
        let (range, address) = addresses(text).next().unwrap();
        assert_eq!(&text[range], address);
    }
}
