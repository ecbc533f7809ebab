//! stub
use super::Catalogue;
use crate::{document::Document, input::Input};
use std::sync::Arc;
/// Recognised.
#[derive(Debug)]
pub struct Recognised {}
/// Recognise.
#[must_use]
pub fn recognise(
    document: &Arc<Document>,
    input: &Input,
    candidates: &[Arc<Catalogue>],
) -> Option<Arc<Catalogue>> {
    let _ = (document, input, candidates);
    None
}
