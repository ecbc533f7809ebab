//! stub
use super::{Catalogue, Review};
use crate::{document::Document, input::Input, settings::Settings, source::Span, template::ItemIndex};
use std::sync::Arc;
/// Binds.
#[must_use]
pub fn bind(
    document: Arc<Document>,
    catalogue: Arc<Catalogue>,
    input: &Input,
    settings: &Settings,
) -> Review {
    let _ = (document, catalogue, input, settings);
    unreachable!()
}
pub(super) fn anchor(review: &Review, index: ItemIndex) -> Span {
    let _ = (review, index);
    Span::new(0, 0)
}
