//! The metadata lines at the top of a document and what they hold.

use crate::review::{Cause, Review, State, plain};
use crate::source::Span;
use crate::template::{ItemIndex, ItemKind};

/// The day the document was last updated.
pub(super) const DATE: &str = "field.date-updated";
/// The project's name.
pub(super) const PROJECT: &str = "field.project";
/// The version of the project that is reviewed.
pub(super) const PROJECT_VERSION: &str = "field.project-version";
/// The version of the questionnaire.
pub(super) const TEMPLATE_VERSION: &str = "field.template-version";
/// The project's site.
pub(super) const WEBSITE: &str = "field.website";

/// What stands behind a field's label.
pub(super) struct Value<'a> {
    /// The field.
    pub(super) index: ItemIndex,
    /// The value's bytes, surrounding white space left out.
    pub(super) span: Span,
    /// The same as text, markup included.
    pub(super) raw: &'a str,
    /// The value for people, without markup and comments.
    pub(super) text: String,
}

/// All fields that the document's revision asks for.
pub(super) fn demanded(review: &Review) -> impl Iterator<Item = ItemIndex> + '_ {
    review
        .template
        .indices()
        .filter(|&index| review.item(index).kind == ItemKind::Field && review.asks(index))
}

/// Whether a field's label is in the document, visible to its readers.
pub(super) fn is_there(review: &Review, index: ItemIndex) -> bool {
    let bound = review.bound(index);
    bound.prompt().is_some() && !matches!(bound.state, State::CommentedOut | State::Missing)
}

/// The value of a field; `None` when the label is not there or nothing stands behind it.
pub(super) fn value(review: &Review, index: ItemIndex) -> Option<Value<'_>> {
    if !is_there(review, index) || matches!(review.bound(index).cause, Cause::Swallowed(_)) {
        return None;
    }
    let whole = review.bound(index).answer_span()?;
    let raw = review.text(whole);
    let from = whole.start + (raw.len() - raw.trim_start().len()) as u32;
    let raw = raw.trim();
    let text = shown(raw);
    if text.is_empty() {
        return None;
    }
    Some(Value { index, span: Span::new(from, from + raw.len() as u32), raw, text })
}

/// The value of the field with an id.
pub(super) fn value_of<'a>(review: &'a Review, id: &str) -> Option<Value<'a>> {
    value(review, review.template.find(id)?)
}

/// What a reader sees of a value. Stray emphasis and the colon of a label written `**Label:**:` are no value.
fn shown(raw: &str) -> String {
    let visible = without_comments(raw);
    let text = plain(&visible);
    let text =
        text.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '*' | '_' | '<' | '>' | '|'));
    if matches!(text, "-" | "--" | "\u{2013}" | "\u{2014}" | "\\") {
        return String::new();
    }
    if text.is_empty() && visible.contains("](") {
        // a link without text is a value all the same
        return visible.trim().to_string();
    }
    text.to_string()
}

fn without_comments(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(open) = rest.find("<!--") {
        out.push_str(&rest[..open]);
        let Some(close) = rest[open..].find("-->") else { return out };
        rest = &rest[open + close + 3..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn markup_and_comments_are_no_value() {
        for empty in [":", "<!-- a word -->", "**", " \u{2013} ", "", "<!-- open"] {
            assert_eq!(shown(empty), "", "{empty}");
        }
        assert_eq!(shown("v1.4**"), "v1.4");
        assert_eq!(shown("<https://project.example/>"), "https://project.example/");
        assert_eq!(shown("[project](https://project.example) <!-- x -->"), "project");
        assert_eq!(shown("[](https://project.example)"), "[](https://project.example)");
    }
}
