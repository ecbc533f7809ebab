//! stub
use crate::{input::Input, settings::Settings, template::Template};
use std::sync::Arc;
/// A template with the tables that alignment needs.
#[derive(Debug)]
pub struct Catalogue {
    /// The template.
    pub template: Arc<Template>,
}
/// The templates of a run: bundled ones and the user's, each read when first needed.
#[derive(Debug, Default)]
pub struct Templates {}
impl Templates {
    /// The bundled templates and `user` ones, which win over bundled ones of the same id.
    #[must_use]
    pub fn new(user: Vec<Template>) -> Self {
        let _ = user;
        Self {}
    }
    /// Ids of all templates, bundled ones first.
    #[must_use]
    pub fn ids(&self) -> Vec<String> {
        Vec::new()
    }
    /// A template by its id, read if it was not yet.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<Arc<Catalogue>> {
        let _ = id;
        None
    }
    /// Templates that an input may be a document of, by anchors alone.
    #[must_use]
    pub fn candidates(&self, input: &Input, settings: &Settings) -> Vec<Arc<Catalogue>> {
        let _ = (input, settings);
        Vec::new()
    }
}
