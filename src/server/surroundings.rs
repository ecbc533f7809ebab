//! What decides how a document is checked: its configuration and the templates.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::cli::failure::Failure;
use crate::cli::templates_used;
use crate::config::{self, Overrides};
use crate::discover::{Configurations, Files, Located, Roots};
use crate::review::Templates;
use crate::settings::Settings;
use crate::template::Date;

/// Sets of templates that are kept; their tables take longer to build than a document to check.
const KEPT: usize = 4;

/// The texts of the user's templates.
type Texts = Vec<(PathBuf, Vec<u8>)>;

/// How a document is checked.
#[derive(Clone)]
pub(super) struct Surroundings {
    /// The merged settings.
    pub(super) settings: Settings,
    /// The bundled templates and those that the configuration names.
    pub(super) templates: Arc<Templates>,
    /// The configuration leaves the document out.
    pub(super) excluded: bool,
}

/// Finds surroundings; remembers templates, and for each document the last ones that were right.
#[derive(Default)]
pub(super) struct Finder {
    templates: Vec<(Texts, Arc<Templates>)>,
    good: HashMap<PathBuf, Surroundings>,
    /// What is wrong with the configuration of a document.
    wrong: HashMap<PathBuf, String>,
}

impl Finder {
    /// The surroundings of a document (an absolute path) as they are now. While a configuration is wrong (somebody may
    /// be writing it) the last right one counts; the other part is what to tell the user, once.
    pub(super) fn find(
        &mut self,
        path: &Path,
        files: &dyn Files,
        roots: &Roots,
        today: Option<Date>,
    ) -> (Surroundings, Option<String>) {
        match self.read(path, files, roots, today) {
            Ok(found) => {
                self.wrong.remove(path);
                self.good.insert(path.to_path_buf(), found.clone());
                (found, None)
            }
            Err(failure) => {
                let text = words(&failure);
                let known = self.wrong.values().any(|other| *other == text);
                self.wrong.insert(path.to_path_buf(), text.clone());
                let last = self.good.get(path).cloned().unwrap_or_else(|| self.plain(today));
                (last, (!known).then_some(text))
            }
        }
    }

    /// Surroundings without a configuration: of a document that lies nowhere.
    pub(super) fn plain(&mut self, today: Option<Date>) -> Surroundings {
        let settings = Settings { today, ..Settings::default() };
        let templates = match self.templates.iter().find(|(texts, _)| texts.is_empty()) {
            Some((_, templates)) => Arc::clone(templates),
            None => self.keep(Vec::new(), Templates::new(Vec::new())),
        };
        Surroundings { settings, templates, excluded: false }
    }

    fn read(
        &mut self,
        path: &Path,
        files: &dyn Files,
        roots: &Roots,
        today: Option<Date>,
    ) -> Result<Surroundings, Failure> {
        let Some(located) = Configurations::new(files, roots).of(path)? else { return Ok(self.plain(today)) };
        let relative = located.relative(path);
        let overrides = Overrides { today, ..Overrides::default() };
        let settings = config::settings(Some((&located.config, &relative)), &overrides);
        let excluded = located.config.excludes(&relative);
        let templates = self.templates(files, &located)?;
        templates_used::check_names(&templates, &[located], None, None)?;
        Ok(Surroundings { settings, templates, excluded })
    }

    fn templates(&mut self, files: &dyn Files, located: &Arc<Located>) -> Result<Arc<Templates>, Failure> {
        let paths = located.config.templates.iter().map(|path| located.directory.join(path));
        let text = |path: PathBuf| files.read(&path).map(|bytes| (path, bytes));
        let texts = paths.map(text).collect::<Result<Texts, _>>()?;
        if let Some((_, templates)) = self.templates.iter().find(|(known, _)| *known == texts) {
            return Ok(Arc::clone(templates));
        }
        let (templates, _) = templates_used::load(files, std::slice::from_ref(located), None)?;
        Ok(self.keep(texts, templates))
    }

    fn keep(&mut self, texts: Texts, templates: Templates) -> Arc<Templates> {
        let templates = Arc::new(templates);
        self.templates.insert(0, (texts, Arc::clone(&templates)));
        self.templates.truncate(KEPT);
        templates
    }
}

fn words(failure: &Failure) -> String {
    match failure {
        Failure::Mistake { what, help: Some(help) } => format!("{what}; {help}"),
        Failure::Mistake { what, help: None } => what.clone(),
        Failure::Output(error) => error.to_string(),
    }
}
