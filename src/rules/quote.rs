//! How messages quote a question, name a section and count: short, in plain words.

use std::borrow::Cow;

use super::same_wording::same_wording;
use crate::review::{Review, plain};
use crate::template::{ItemIndex, ItemKind};

/// Longest quote, in code points.
const LONGEST: usize = 72;

/// A question's text without markup, cut at a word near 72 characters, in curly quotes.
pub(super) fn quote(text: &str) -> String {
    let text = if has_no_markup(text) { Cow::Borrowed(text) } else { plain(text).into() };
    let Some((end, _)) = text.char_indices().nth(LONGEST) else {
        return ["“", &text, "”"].concat();
    };
    let cut = text[..end].rsplit_once(' ').map_or(&text[..end], |(head, _)| head);
    ["“", cut.trim_end_matches([',', '.', ';', ':', ' ', '(']), "…”"].concat()
}

/// Whether [`plain`] surely leaves a text as it is: words with one space between them and the usual signs.
fn has_no_markup(text: &str) -> bool {
    let mut before = b' ';
    let words = text.bytes().all(|byte| {
        let sign = matches!(byte, b',' | b'.' | b'?' | b'/' | b'(' | b')' | b'-' | b':' | b'\'' | b'+');
        let fits = byte.is_ascii_alphanumeric() || sign || (byte == b' ' && before != b' ');
        before = byte;
        fits
    });
    words && before != b' '
}

/// An item's wording in the document's revision, quoted.
pub(super) fn quote_item(review: &Review, index: ItemIndex) -> String {
    quote(review.item(index).wording(review.revision))
}

/// A section's title, quoted; with the title of the part it lies in where two sections share a title.
pub(super) fn section_name(review: &Review, index: ItemIndex) -> String {
    let name = review.item(index).title(review.revision);
    let twin = review.bound_items().any(|(other, item, _)| {
        other != index && item.kind == ItemKind::Section && same_wording(item.title(review.revision), name)
    });
    match review.item(index).parent {
        Some(parent) if twin => format!("{} of {}", quote(name), quote_item(review, parent)),
        _ => quote(name),
    }
}

/// `1 question`, `2 questions`.
pub(super) fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_question_is_cut_at_a_word() {
        let long = "Describe **how** the [project](https://example.org) is built, tested, released, and everything after it";
        assert_eq!(quote(long), "“Describe how the project is built, tested, released, and everything…”");
        assert_eq!(quote("Scope"), "“Scope”");
        assert_eq!(quote("Lit:\nby  night"), "“Lit: by night”");
    }

    #[test]
    fn the_name_of_a_section_has_no_mark_that_it_is_optional() {
        for title in ["Lamps [optional]", "Lamps (Optional)", "Lamps"] {
            let review =
                super::super::sample::Sample::new("").item(0, ItemKind::Section, "s", title).review();
            assert_eq!(section_name(&review, ItemIndex(0)), "“Lamps”");
        }
    }

    #[test]
    fn one_is_singular() {
        assert_eq!(counted(1, "required question"), "1 required question");
        assert_eq!(counted(3, "required question"), "3 required questions");
    }
}
