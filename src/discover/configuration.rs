//! Which `gtr.yaml` counts for a document: the nearest one above it, up to the repository's root.

use std::collections::HashMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::place::inside;
use super::{Files, ReadError, Roots, relative, shown};
use crate::config::{Config, ConfigError, NAMES};

/// A configuration and the directory that its patterns are relative to.
#[derive(Debug)]
pub struct Located {
    /// What it says.
    pub config: Config,
    /// Its directory, absolute.
    pub directory: PathBuf,
}

impl Located {
    /// A document's path relative to the configuration's directory. Of a document elsewhere (`--config` names
    /// any file) it is the path from the root, which patterns with `**` can still match.
    #[must_use]
    pub fn relative(&self, document: &Path) -> String {
        relative(document, &self.directory).unwrap_or_else(|| {
            let text = document.to_string_lossy().replace('\\', "/");
            text.trim_start_matches('/').to_string()
        })
    }

    /// Where a template of the configuration lies, as it names it.
    ///
    /// # Errors
    /// When that is outside of the configuration's repository (without one: of its directory), be it by `..`, by an
    /// absolute path or by a link. The configuration may come from somebody who may not read it.
    pub fn template(&self, name: &str, files: &dyn Files) -> Result<PathBuf, ReadError> {
        let repository = self.directory.ancestors().find(|above| files.exists(&above.join(".git")));
        let path = self.directory.join(name);
        if inside(repository.unwrap_or(&self.directory), &path) {
            return Ok(path);
        }
        let help = "templates of a configuration lie in its repository; --template reads one from anywhere";
        Err(ReadError { help: Some(help.into()), ..ReadError::outside(shown(&path)) })
    }
}

/// Configurations of a run; each directory is looked at once.
pub struct Configurations<'a> {
    files: &'a dyn Files,
    roots: &'a Roots,
    known: HashMap<OsString, Option<Arc<Located>>>,
}

impl<'a> Configurations<'a> {
    /// Nothing looked at yet.
    #[must_use]
    pub fn new(files: &'a dyn Files, roots: &'a Roots) -> Self {
        Self { files, roots, known: HashMap::new() }
    }

    /// Reads one configuration that was named.
    ///
    /// # Errors
    /// When it cannot be read or is wrong.
    pub fn load(files: &dyn Files, path: &Path) -> Result<Arc<Located>, ConfigError> {
        let name = shown(path);
        let unreadable = |error: ReadError| ConfigError {
            message: format!("cannot read the configuration: {}", error.reason),
            help: error.help,
            path: name.clone(),
            at: None,
        };
        let bytes = files.read(path).map_err(unreadable)?;
        let text = String::from_utf8(bytes).map_err(|error| ConfigError {
            message: format!("not UTF-8: byte {}", error.utf8_error().valid_up_to()),
            help: Some("save the file as UTF-8".into()),
            path: name.clone(),
            at: None,
        })?;
        let full = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
        let directory = full.parent().unwrap_or(&full);
        let directory = directory.canonicalize().unwrap_or_else(|_| directory.to_path_buf());
        Ok(Arc::new(Located { config: Config::parse(&text, &name)?, directory }))
    }

    /// The configuration of a document, given its absolute path. Without a repository the search goes up to the
    /// top of the file system.
    ///
    /// # Errors
    /// When one is found and cannot be read, is wrong, or lies beside another.
    pub fn of(&mut self, document: &Path) -> Result<Option<Arc<Located>>, ConfigError> {
        if let Some(known) = document.parent().and_then(|directory| self.known.get(directory.as_os_str())) {
            return Ok(known.clone());
        }
        let root = self.roots.shared_root(document);
        let mut passed = Vec::new();
        let mut located = None;
        for directory in document.ancestors().skip(1) {
            if let Some(known) = self.known.get(directory.as_os_str()) {
                located.clone_from(known);
                break;
            }
            passed.push(directory.as_os_str().to_owned());
            located = self.beside(directory)?;
            if located.is_some() || root.as_ref().is_some_and(|root| root.directory == directory) {
                break;
            }
        }
        for directory in passed {
            self.known.insert(directory, located.clone());
        }
        Ok(located)
    }

    fn beside(&self, directory: &Path) -> Result<Option<Arc<Located>>, ConfigError> {
        let there = NAMES.iter().filter(|name| self.files.has(directory, name));
        let mut there = there.map(|name| directory.join(name));
        let Some(first) = there.next() else { return Ok(None) };
        if let Some(second) = there.next() {
            return Err(ConfigError {
                message: format!("{} lies beside another configuration", NAMES[1]),
                help: Some(format!("keep {} or {}", NAMES[0], NAMES[1])),
                path: shown(&second),
                at: None,
            });
        }
        // the first line of a file that is no configuration would be quoted in the error
        if !self.roots.holds(&first, &first) {
            let ReadError { path, reason, help } = ReadError::outside(shown(&first));
            let message = format!("cannot read the configuration: {reason}");
            return Err(ConfigError { message, help, path, at: None });
        }
        Self::load(self.files, &first).map(Some)
    }
}
