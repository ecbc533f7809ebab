//! How messages quote a question, name a section and count: short, in plain words.

use crate::review::{Review, plain, same_words};
use crate::template::{ItemIndex, ItemKind};

/// Longest quote, in code points.
const LONGEST: usize = 72;

/// A question's text without markup, cut at a word near 72 characters, in curly quotes.
pub(super) fn quote(text: &str) -> String {
    let text = plain(text);
    if text.chars().count() <= LONGEST {
        return format!("“{text}”");
    }
    let cut: String = text.chars().take(LONGEST).collect();
    let cut = cut.rsplit_once(' ').map_or(cut.as_str(), |(head, _)| head);
    format!("“{}…”", cut.trim_end_matches([',', '.', ';', ':', ' ', '(']))
}

/// An item's wording in the document's revision, quoted.
pub(super) fn quote_item(review: &Review, index: ItemIndex) -> String {
    quote(review.item(index).wording(review.revision))
}

/// A section's title, quoted; with the title of the part it lies in where two sections share a title.
pub(super) fn section_name(review: &Review, index: ItemIndex) -> String {
    let name = review.item(index).wording(review.revision);
    let twin = review.bound_items().any(|(other, item, _)| {
        other != index && item.kind == ItemKind::Section && same_words(item.wording(review.revision), name)
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
    }

    #[test]
    fn one_is_singular() {
        assert_eq!(counted(1, "required question"), "1 required question");
        assert_eq!(counted(3, "required question"), "3 required questions");
    }
}
