//! YAML to [`Template`](super::Template). The one place of this room that names serde_yaml.

use super::Template;

/// Why a template cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadError {
    /// What is wrong and what to do.
    pub message: String,
    /// 1-based line and column, where known.
    pub at: Option<(u32, u32)>,
}

/// A template that comes with the program, not read yet.
#[derive(Debug)]
pub struct Bundled {
    /// Its id.
    pub id: &'static str,
    /// Strings (lower case) one of which a document of this kind holds.
    pub anchors: &'static [&'static str],
    json: &'static str,
}

/// The templates that come with the program. Nothing is parsed until [`Bundled::load`].
#[must_use]
pub fn bundled() -> &'static [Bundled] {
    &[]
}

impl Bundled {
    /// Reads the template.
    #[must_use]
    pub fn load(&self) -> Template {
        let _ = self.json;
        unreachable!()
    }
}

/// Reads a template from YAML.
///
/// # Errors
/// When it is no YAML, a key is unknown, or something it names is not there.
pub fn from_yaml(text: &str) -> Result<Template, LoadError> {
    Err(LoadError { message: text.to_string(), at: None })
}
