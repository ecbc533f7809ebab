//! The open documents and the last check of each.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use lsp_types::{TextDocumentContentChangeEvent, Uri};

use super::client::Client;
use super::overlay::Overlay;
use super::surroundings::Finder;
use super::view::{View, ViewFile};
use super::{Options, text, uri};
use crate::config::NAMES;
use crate::discover::{self, Candidate, Files, Roots};
use crate::input::{Input, Role};
use crate::metadata;
use crate::source::{FileId, Source};

/// One open document.
struct Open {
    uri: Uri,
    version: i32,
    text: Arc<String>,
    /// Absolute, links in its directories resolved; `None` for what is in no file system.
    path: Option<PathBuf>,
    /// The file with which it is checked, once known.
    leader: Option<PathBuf>,
    /// The last check; `None` when something changed since.
    view: Option<Arc<View>>,
    /// Its findings were not told since the last change.
    stale: bool,
}

impl Open {
    fn forget(&mut self) {
        self.view = None;
        self.stale = true;
    }
}

/// All open documents, by address.
pub(super) struct Desk {
    overlay: Arc<Overlay>,
    files: Arc<dyn Files>,
    /// Keeps the facts about trees of KEPs from check to check.
    roots: Roots,
    finder: Finder,
    open: BTreeMap<String, Open>,
    /// What to tell the user.
    pub(super) troubles: Vec<String>,
}

impl Desk {
    /// Nothing open.
    pub(super) fn new() -> Self {
        let overlay = Arc::new(Overlay::default());
        let files: Arc<dyn Files> = Arc::clone(&overlay) as Arc<dyn Files>;
        let roots = roots(&files);
        Self { overlay, files, roots, finder: Finder::default(), open: BTreeMap::new(), troubles: Vec::new() }
    }

    /// Opens a document; one that is open already gets the text.
    pub(super) fn open(&mut self, uri: Uri, version: i32, text: String) {
        let path = uri::to_path(&uri.0).map(|path| discover::absolute(&path));
        let text = Arc::new(text);
        if let Some(path) = &path {
            self.overlay.set(path, Some(Arc::clone(&text)));
        }
        let key = uri.0.clone();
        let one = Open { uri, version, text, path: path.clone(), leader: None, view: None, stale: true };
        self.open.insert(key, one);
        self.touched(path.as_deref(), true);
    }

    /// Makes changes to a document that is open. Those of an older version than is known are left out.
    pub(super) fn change(
        &mut self,
        uri: &str,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
        client: &Client,
    ) {
        let Some(one) = self.open.get_mut(uri) else { return };
        if version < one.version {
            return;
        }
        one.version = version;
        text::change(Arc::make_mut(&mut one.text), changes, client.encoding);
        one.forget();
        let path = one.path.clone();
        if let Some(path) = &path {
            self.overlay.set(path, Some(Arc::clone(&one.text)));
        }
        self.touched(path.as_deref(), false);
    }

    /// Closes a document; whether it was open.
    pub(super) fn close(&mut self, uri: &str) -> bool {
        let Some(one) = self.open.remove(uri) else { return false };
        if let Some(path) = &one.path {
            self.overlay.set(path, None);
        }
        if self.open.is_empty() {
            self.overlay.forget();
        }
        self.touched(one.path.as_deref(), true);
        true
    }

    /// Looks whether the disk is what it was when it was read.
    pub(super) fn look(&mut self) {
        if !self.open.is_empty() && self.overlay.differs() {
            self.disturbed();
        }
    }

    /// Something on the disk is not what it was.
    pub(super) fn disturbed(&mut self) {
        self.overlay.forget();
        self.roots = roots(&self.files);
        for one in self.open.values_mut() {
            one.leader = None;
            one.forget();
        }
    }

    /// Marks what a change of a file may concern: the files of one KEP, or everything that a configuration or a
    /// template rules. `came`: it was opened or closed, so it may be there now or no more.
    fn touched(&mut self, path: Option<&Path>, came: bool) {
        let Some(path) = path.filter(|path| is_yaml(path) || came) else { return };
        let is_metadata = Role::of_path(&path.to_string_lossy()).is_some();
        let everything = is_yaml(path) && !is_metadata;
        let roots = self.roots.renewed();
        let leader = discover::leader(path, &*self.files, &roots);
        for one in self.open.values_mut() {
            let Some(other) = &one.path else { continue };
            // what leads whom depends on what is there and on what a kep.yaml says
            let now = discover::leader(other, &*self.files, &roots);
            if everything || now == leader || one.leader.as_ref().is_some_and(|before| *before != now) {
                one.forget();
            }
            one.leader = Some(now);
        }
    }

    /// The address of a document whose findings were not told since the last change; they count as told then.
    pub(super) fn next_stale(&mut self) -> Option<String> {
        let one = self.open.values_mut().find(|one| one.stale)?;
        one.stale = false;
        Some(one.uri.0.clone())
    }

    /// The version of an open document.
    pub(super) fn version(&self, uri: &str) -> Option<i32> {
        self.open.get(uri).map(|one| one.version)
    }

    /// The text of a configuration that is open.
    pub(super) fn configuration(&self, uri: &str) -> Option<Source> {
        let one = self.open.get(uri)?;
        let name = one.path.as_ref()?.file_name()?.to_str()?;
        NAMES.contains(&name).then(|| Source::new(name, one.text.as_str()))
    }

    /// The check of an open document as it is now, and which of the checked files it is. `None` when it is not open,
    /// or left out by the configuration.
    pub(super) fn view(
        &mut self,
        uri: &str,
        client: &Client,
        options: &Options,
    ) -> Option<(Arc<View>, FileId)> {
        let one = self.open.get(uri)?;
        let path = one.path.clone();
        let view = match &one.view {
            Some(view) => Arc::clone(view),
            None => self.check(uri, client, options)?,
        };
        let file = view.files.iter().position(|file| file.path == path && file.uri.0 == uri);
        file.map(|at| (view, FileId(at as u32)))
    }

    fn check(&mut self, uri: &str, client: &Client, options: &Options) -> Option<Arc<View>> {
        let today = (options.today)();
        let one = self.open.get(uri)?;
        let (input, surroundings) = match one.path.clone() {
            None => {
                let mut input = Input::alone(Source::new(uri, one.text.as_str()));
                input.named = false;
                (input, self.finder.plain(today))
            }
            Some(path) => {
                let roots = self.roots.renewed();
                let mut leader = discover::leader(&path, &*self.files, &roots);
                let (mut found, mut trouble) = self.finder.find(&leader, &*self.files, &roots, today);
                if found.excluded && leader != path {
                    // metadata of a README that is left out is checked for itself
                    leader.clone_from(&path);
                    (found, trouble) = self.finder.find(&leader, &*self.files, &roots, today);
                }
                self.troubles.extend(trouble);
                if found.excluded {
                    return None;
                }
                let shown = leader.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
                let candidate = Candidate { path: leader, shown, explicit: false };
                // What cannot be read is not open; somebody else will say so.
                let mut input = discover::read(&candidate, &self.files, &roots).ok()?;
                drop(discover::attach(&mut input, &candidate.path, &*self.files, &roots));
                (input, found)
            }
        };
        let checked = crate::check(&input, &surroundings.settings, &surroundings.templates);
        let sources = std::iter::once(&input.file).chain(input.companions.iter().map(|(_, source)| source));
        let files = sources.map(|source| self.file(uri, source.path())).collect();
        let view = Arc::new(View {
            input,
            settings: surroundings.settings,
            templates: surroundings.templates,
            checked,
            files,
            client: *client,
        });
        let shares = |one: &&mut Open| view.files.iter().any(|file| file.uri == one.uri);
        for one in self.open.values_mut().filter(shares) {
            one.view = Some(Arc::clone(&view));
        }
        Some(view)
    }

    /// What the editor calls a file that was checked because `asked` is open.
    fn file(&self, asked: &str, shown: &str) -> ViewFile {
        let path = (shown != asked).then(|| discover::absolute(Path::new(shown)));
        let same = |one: &&Open| match &path {
            Some(_) => one.path == path,
            None => one.uri.0 == asked,
        };
        // one file may be open under two addresses: the one that was asked for
        let all = self.open.values().filter(same);
        let open = all.clone().find(|one| one.uri.0 == asked).or_else(|| all.clone().next());
        match open {
            Some(one) => ViewFile { path, uri: one.uri.clone(), version: Some(one.version) },
            None => {
                let uri = Uri(path.as_deref().map(uri::from_path).unwrap_or_default());
                ViewFile { path, uri, version: None }
            }
        }
    }
}

fn roots(files: &Arc<dyn Files>) -> Roots {
    Roots::new(Arc::clone(files)).with_aliases(metadata::owners_aliases)
}

fn is_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml")
}
