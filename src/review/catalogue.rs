//! A template with the tables that alignment looks things up in, built once a run and only when needed.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use super::by_word::ByWord;
use super::head::numbered;
use super::normalise::sentences;
use super::prose::Prose;
use super::recognise::glob_matches;
use super::revision::Changes;
use super::search::{Search, anchors};
use super::vocabulary::Vocabulary;
use super::words::hashes;
use crate::input::Input;
use crate::settings::Settings;
use crate::source::boundary;
use crate::template::{self, Bundled, ItemIndex, ItemKind, Template};

/// A map from hashes: they are spread already, so they are not hashed once more.
pub(super) type ByHash<V> = HashMap<u64, V, BuildHasherDefault<AsItIs>>;

/// Takes a 64-bit hash for its own.
#[derive(Debug, Default)]
pub(super) struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

/// One wording of one item as words.
#[derive(Debug)]
pub(super) struct Phrase {
    pub(super) item: ItemIndex,
    /// Hashes of its words.
    pub(super) words: Vec<u64>,
    /// Its text.
    pub(super) text: String,
    /// What [`Phrase::sentences`] gives, once it was asked.
    sentences: OnceLock<Vec<usize>>,
}

impl Phrase {
    /// After how many words each of its sentences ends, the last one included.
    pub(super) fn sentences(&self) -> &[usize] {
        self.sentences.get_or_init(|| sentences(&self.text).collect())
    }
}

/// A title or an alias of a section.
#[derive(Debug)]
pub(super) struct Title {
    pub(super) item: ItemIndex,
    /// Hashes of its words.
    pub(super) words: Vec<u64>,
    /// The template itself gives it so; aliases are what others write.
    pub(super) own: bool,
}

/// A template with its look-up tables.
#[derive(Debug)]
pub struct Catalogue {
    /// The template.
    pub template: Arc<Template>,
    /// Every wording of every question and group.
    pub(super) phrases: Vec<Phrase>,
    /// Phrases by their first words (see [`start_key`]), with a leading "Please" or number left out as well, and by a
    /// label that is a sentence of its own.
    pub(super) starts: ByHash<Vec<u32>>,
    /// The first words of their keys.
    pub(super) start_words: HashSet<u64, BuildHasherDefault<AsItIs>>,
    /// Titles and aliases of sections that hold questions.
    pub(super) titles: Vec<Title>,
    /// Titles by all their words (see [`whole_key`]).
    pub(super) titled: ByHash<Vec<u32>>,
    /// Titles and aliases of sections that hold sections.
    pub(super) tops: Vec<(ItemIndex, Vec<u64>)>,
    /// The first words of both.
    pub(super) first_words: HashSet<u64, BuildHasherDefault<AsItIs>>,
    /// What titles call such a document, as words.
    pub(super) kinds: Vec<Vec<u64>>,
    /// Labels of metadata fields as words.
    pub(super) fields: Vec<(ItemIndex, Vec<u64>)>,
    /// What each revision changed.
    pub(super) changes: Changes,
    /// Its guidance and scaffolding.
    pub(super) prose: Prose,
    /// What short labels are compared with, learnt when the first label is.
    vocabulary: OnceLock<Vocabulary>,
    /// What reworded questions are looked up in, filed when the first line may be one.
    by_word: OnceLock<ByWord>,
}

/// The beginning of a file, as far as whole characters go.
fn beginning(text: &str) -> &str {
    &text[..boundary(text, BEGINNING)]
}

/// How many bytes of a file its title is looked for in: left-over instructions stand above many a title.
const BEGINNING: usize = 8192;

/// How many words of a phrase make its key.
pub(super) const KEY_WORDS: usize = 3;

/// The key under which a phrase (or a line) is filed: its first three words, or all if it has fewer.
pub(super) fn start_key(words: &[u64]) -> u64 {
    whole_key(&words[..words.len().min(KEY_WORDS)])
}

/// One hash of several words, in their order.
pub(super) fn whole_key(words: &[u64]) -> u64 {
    words
        .iter()
        .fold(words.len() as u64, |key, word| key.rotate_left(21) ^ word.wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

impl Catalogue {
    /// Builds the tables of a template.
    #[must_use]
    pub fn new(template: Arc<Template>) -> Self {
        let please = hashes("please");
        let mut catalogue = Self {
            phrases: Vec::new(),
            starts: ByHash::default(),
            start_words: HashSet::default(),
            titles: Vec::new(),
            titled: ByHash::default(),
            tops: Vec::new(),
            first_words: HashSet::default(),
            kinds: template.recognition.titles.iter().map(|title| hashes(title)).collect(),
            fields: Vec::new(),
            changes: Changes::new(&template),
            prose: Prose::new(&template),
            vocabulary: OnceLock::new(),
            by_word: OnceLock::new(),
            template: Arc::clone(&template),
        };
        for index in template.indices() {
            let item = template.item(index);
            let texts = item.wordings.iter().map(|wording| wording.text.as_str());
            match item.kind {
                ItemKind::Section => {
                    let names = texts.chain(item.aliases.iter());
                    let holds = |child| template.item(child).kind == ItemKind::Section;
                    let inner = template.children(index).any(holds);
                    let own: Vec<Vec<u64>> =
                        item.wordings.iter().map(|wording| hashes(&wording.text)).collect();
                    for words in names.map(hashes).filter(|words| !words.is_empty()) {
                        if inner {
                            catalogue.tops.push((index, words));
                        } else {
                            let own = own.contains(&words);
                            let id = catalogue.titles.len() as u32;
                            catalogue.titled.entry(whole_key(&words)).or_default().push(id);
                            catalogue.titles.push(Title { item: index, words, own });
                        }
                    }
                }
                ItemKind::Field => {
                    let names = texts.chain(item.aliases.iter());
                    catalogue.fields.extend(names.map(|name| (index, hashes(name))));
                }
                ItemKind::Question | ItemKind::Group | ItemKind::Checkbox => {
                    for text in texts {
                        let words = hashes(text);
                        let id = catalogue.phrases.len() as u32;
                        catalogue.starts.entry(start_key(&words)).or_default().push(id);
                        catalogue.start_words.extend(words.first());
                        // "(R)" is read as a number where it begins a line
                        if words.first() == please.first() || numbered(text) {
                            catalogue.start_words.extend(words.get(1));
                            catalogue.starts.entry(start_key(&words[1..])).or_default().push(id);
                        }
                        // "Ecosystem. How does …" is often cut to its label
                        let label = sentences(text).next().filter(|&label| label < 3.min(words.len()));
                        if let Some(label) = label {
                            catalogue.starts.entry(start_key(&words[..label])).or_default().push(id);
                        }
                        catalogue.phrases.push(Phrase {
                            item: index,
                            words,
                            text: text.to_string(),
                            sentences: OnceLock::new(),
                        });
                    }
                }
            }
        }
        let titles = catalogue.titles.iter().map(|title| &title.words);
        let titles = titles.chain(catalogue.tops.iter().map(|(_, words)| words));
        catalogue.first_words = titles.filter_map(|title| title.first().copied()).collect();
        catalogue
    }

    /// Whether a comment holds nothing but the template's guidance: no question, and no answer.
    #[must_use]
    pub fn is_guidance(&self, comment: &str) -> bool {
        self.prose.is_all_guidance(comment)
    }

    /// Whether a heading is the title of a section, or of a day.
    pub(super) fn is_section(&self, heading: &str) -> bool {
        let heading = hashes(heading);
        self.titled.contains_key(&whole_key(&heading)) || self.tops.iter().any(|(_, words)| *words == heading)
    }

    /// What short labels are compared with.
    pub(super) fn vocabulary(&self) -> &Vocabulary {
        self.vocabulary.get_or_init(|| Vocabulary::learn(&self.template))
    }

    /// What reworded questions are looked up in.
    pub(super) fn by_word(&self) -> &ByWord {
        self.by_word.get_or_init(|| ByWord::new(&self.phrases))
    }
}

/// The templates of a run: bundled ones and the user's, each read when it is first needed.
#[derive(Debug)]
pub struct Templates {
    bundled: Vec<BundledSlot>,
    user: Vec<(Arc<Catalogue>, OnceLock<Search>)>,
}

/// A bundled template, what was made of it, and the search for its anchors.
#[derive(Debug)]
struct BundledSlot {
    bundled: &'static Bundled,
    catalogue: OnceLock<Arc<Catalogue>>,
    /// Whether a text was searched.
    searched: AtomicBool,
    search: OnceLock<Search>,
}

impl BundledSlot {
    fn has_anchor(&self, text: &str) -> bool {
        // to prepare the search takes longer than to find them one by one in one text
        if !self.searched.swap(true, Ordering::Relaxed) {
            let has = |spelling: &&str| memchr::memmem::find(text.as_bytes(), spelling.as_bytes()).is_some();
            return self.bundled.spellings.iter().any(has);
        }
        self.search.get_or_init(|| Search::new(self.bundled.spellings)).is_match(text)
    }
}

impl Default for Templates {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

impl Templates {
    /// The bundled templates and `user` ones, which win over bundled ones of the same id.
    #[must_use]
    pub fn new(user: Vec<Template>) -> Self {
        let slot = |bundled| BundledSlot {
            bundled,
            catalogue: OnceLock::new(),
            searched: AtomicBool::new(false),
            search: OnceLock::new(),
        };
        let catalogue = |template| Arc::new(Catalogue::new(Arc::new(template)));
        Self {
            bundled: template::bundled().iter().map(slot).collect(),
            user: user.into_iter().map(|template| (catalogue(template), OnceLock::new())).collect(),
        }
    }

    /// Ids of all templates, bundled ones first.
    #[must_use]
    pub fn ids(&self) -> Vec<String> {
        let mut ids: Vec<String> = self.bundled.iter().map(|slot| slot.bundled.id.to_string()).collect();
        for (catalogue, _) in &self.user {
            if !ids.contains(&catalogue.template.id) {
                ids.push(catalogue.template.id.clone());
            }
        }
        ids
    }

    /// A template by its id, read if it was not yet.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<Arc<Catalogue>> {
        if let Some((user, _)) = self.user.iter().find(|(catalogue, _)| catalogue.template.id == id) {
            return Some(Arc::clone(user));
        }
        let slot = self.bundled.iter().find(|slot| slot.bundled.id == id)?;
        let load = || Arc::new(Catalogue::new(Arc::new(slot.bundled.load())));
        Some(Arc::clone(slot.catalogue.get_or_init(load)))
    }

    /// Templates that an input may be a document of, by their anchors alone: a search over the raw bytes,
    /// nothing is parsed. A template that the settings name is the only one. `likely` are those that [`Self::likely`]
    /// gives for it: a short file was searched whole for them.
    pub(crate) fn candidates(
        &self,
        input: &Input,
        settings: &Settings,
        likely: &[Arc<Catalogue>],
    ) -> Vec<Arc<Catalogue>> {
        match &settings.template {
            Some(named) => self.get(&named.value).into_iter().collect(),
            None if likely.is_empty() && input.file.text().len() <= BEGINNING => Vec::new(),
            None => self.anchored(input.file.text()),
        }
    }

    /// Those of the candidates that the beginning of the file points to, where titles stand: most files need no
    /// more than that. None where the settings name the template.
    pub(crate) fn likely(&self, input: &Input, settings: &Settings) -> Vec<Arc<Catalogue>> {
        let text = beginning(input.file.text());
        if settings.template.is_some() {
            return Vec::new();
        }
        // what lies where the documents of one bundled template lie is looked at for that one first
        let lies = |slot: &&BundledSlot| {
            let matches = |path: &str| slot.bundled.paths.iter().any(|glob| glob_matches(glob, path));
            input.place.as_ref().is_some_and(|place| matches(&place.path))
        };
        let mut placed = self.bundled.iter().filter(lies);
        if let (Some(slot), None, []) = (placed.next(), placed.next(), &self.user[..])
            && slot.has_anchor(text)
        {
            return self.get(slot.bundled.id).into_iter().collect();
        }
        self.anchored(text)
    }

    /// The templates one of whose anchors a text has, and the user's that have none.
    fn anchored(&self, text: &str) -> Vec<Arc<Catalogue>> {
        let mut found = Vec::new();
        for slot in &self.bundled {
            let shadowed = self.user.iter().any(|(user, _)| user.template.id == slot.bundled.id);
            if !shadowed && slot.has_anchor(text) {
                found.extend(self.get(slot.bundled.id));
            }
        }
        for (user, slot) in &self.user {
            let named = &user.template.recognition.anchors;
            if named.is_empty() || slot.get_or_init(|| anchors(named)).is_match(text) {
                found.push(Arc::clone(user));
            }
        }
        found
    }
}
