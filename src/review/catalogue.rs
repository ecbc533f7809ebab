//! A template with the tables that alignment looks things up in, built once a run and only when needed.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use super::normalise::words;
use super::stem::stems;
use crate::input::Input;
use crate::settings::Settings;
use crate::template::{self, Bundled, ItemIndex, ItemKind, Template};

/// One wording of one item as words.
#[derive(Debug)]
pub(super) struct Phrase {
    pub(super) item: ItemIndex,
    /// Hashes of its words.
    pub(super) words: Vec<u64>,
    /// Its text.
    pub(super) text: String,
    /// After how many words each of its sentences ends, the last one included.
    pub(super) sentences: Vec<usize>,
}

/// What short labels and reworded questions are compared with.
#[derive(Debug)]
pub(super) struct Vocabulary {
    /// Stems of all wordings.
    pub(super) wording: Vec<u64>,
    /// Stems of each alias.
    pub(super) aliases: Vec<Vec<u64>>,
    /// Stems of the keywords.
    pub(super) keywords: Vec<u64>,
}

/// A template with its look-up tables.
#[derive(Debug)]
pub struct Catalogue {
    /// The template.
    pub template: Arc<Template>,
    /// Every wording of every question and group.
    pub(super) phrases: Vec<Phrase>,
    /// Phrases by their first words (see [`start_key`]), with a leading "Please" left out as well.
    pub(super) starts: HashMap<u64, Vec<u32>>,
    /// Titles and aliases of sections as words.
    pub(super) titles: Vec<(ItemIndex, Vec<u64>)>,
    /// Labels of metadata fields as words.
    pub(super) fields: Vec<(ItemIndex, Vec<u64>)>,
    /// One entry an item.
    pub(super) vocabulary: Vec<Vocabulary>,
    /// How rare a stem is among the items: its logarithmic inverse document frequency.
    pub(super) rarity: HashMap<u64, f32>,
}

/// How many words of a phrase make its key.
const KEY_WORDS: usize = 3;

/// The key under which a phrase (or a line) is filed: its first three words, or all if it has fewer.
pub(super) fn start_key(words: &[u64]) -> u64 {
    let head = &words[..words.len().min(KEY_WORDS)];
    head.iter()
        .fold(head.len() as u64, |key, word| key.rotate_left(21) ^ word.wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

fn hashes(text: &str) -> Vec<u64> {
    words(text).map(|word| word.hash).collect()
}

impl Catalogue {
    /// Builds the tables of a template.
    #[must_use]
    pub fn new(template: Arc<Template>) -> Self {
        let please = hashes("please");
        let mut catalogue = Self {
            phrases: Vec::new(),
            starts: HashMap::new(),
            titles: Vec::new(),
            fields: Vec::new(),
            vocabulary: Vec::new(),
            rarity: HashMap::new(),
            template: Arc::clone(&template),
        };
        for index in template.indices() {
            let item = template.item(index);
            let texts = item.wordings.iter().map(|wording| wording.text.as_str());
            match item.kind {
                ItemKind::Section => {
                    let names = texts.chain(item.aliases.iter().map(String::as_str));
                    catalogue.titles.extend(names.map(|name| (index, hashes(name))));
                }
                ItemKind::Field => {
                    let names = texts.chain(item.aliases.iter().map(String::as_str));
                    catalogue.fields.extend(names.map(|name| (index, hashes(name))));
                }
                ItemKind::Question | ItemKind::Group | ItemKind::Checkbox => {
                    for text in texts {
                        let words = hashes(text);
                        let id = catalogue.phrases.len() as u32;
                        catalogue.starts.entry(start_key(&words)).or_default().push(id);
                        if words.first() == please.first() {
                            catalogue.starts.entry(start_key(&words[1..])).or_default().push(id);
                        }
                        let sentences = sentences(text);
                        catalogue.phrases.push(Phrase {
                            item: index,
                            words,
                            text: text.to_string(),
                            sentences,
                        });
                    }
                }
            }
            let all: Vec<&str> = item.wordings.iter().map(|wording| wording.text.as_str()).collect();
            catalogue.vocabulary.push(Vocabulary {
                wording: stems(&all.join(" ")),
                aliases: item
                    .aliases
                    .iter()
                    .map(|alias| stems(alias))
                    .filter(|stems| !stems.is_empty())
                    .collect(),
                keywords: stems(&item.keywords.join(" ")),
            });
        }
        catalogue.count();
        catalogue
    }

    fn count(&mut self) {
        let mut seen: HashMap<u64, u32> = HashMap::new();
        for vocabulary in &self.vocabulary {
            let mut all: Vec<u64> = vocabulary.aliases.iter().flatten().copied().collect();
            all.extend(&vocabulary.wording);
            all.sort_unstable();
            all.dedup();
            for stem in all {
                *seen.entry(stem).or_default() += 1;
            }
        }
        let total = self.vocabulary.len() as f32;
        self.rarity =
            seen.into_iter().map(|(stem, count)| (stem, (1.0 + total / count as f32).ln())).collect();
    }

    /// How much a stem says: rare ones more; one that the template does not know as much as a rare one.
    pub(super) fn weight(&self, stem: u64) -> f32 {
        self.rarity.get(&stem).copied().unwrap_or(3.0)
    }

    /// The sum of the weights of stems.
    pub(super) fn total(&self, stems: &[u64]) -> f32 {
        stems.iter().map(|&stem| self.weight(stem)).sum()
    }
}

/// After how many words the sentences of a wording end.
fn sentences(text: &str) -> Vec<usize> {
    let spans: Vec<_> = words(text).map(|word| word.span).collect();
    let mut ends = Vec::new();
    for (at, pair) in spans.windows(2).enumerate() {
        let between = &text[pair[0].end as usize..pair[1].start as usize];
        let word = &text[pair[0].range()];
        let capital = text[pair[1].range()].starts_with(char::is_uppercase);
        let stop = between.contains(['?', '!'])
            || (between.contains('.') && word.len() > 2 && (capital || between.contains('(')));
        if stop {
            ends.push(at + 1);
        }
    }
    ends.push(spans.len());
    ends
}

/// The templates of a run: bundled ones and the user's, each read when it is first needed.
#[derive(Debug)]
pub struct Templates {
    bundled: Vec<(&'static Bundled, OnceLock<Arc<Catalogue>>)>,
    user: Vec<Arc<Catalogue>>,
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
        Self {
            bundled: template::bundled().iter().map(|bundled| (bundled, OnceLock::new())).collect(),
            user: user.into_iter().map(|template| Arc::new(Catalogue::new(Arc::new(template)))).collect(),
        }
    }

    /// Ids of all templates, bundled ones first.
    #[must_use]
    pub fn ids(&self) -> Vec<String> {
        let mut ids: Vec<String> = self.bundled.iter().map(|(bundled, _)| bundled.id.to_string()).collect();
        for catalogue in &self.user {
            if !ids.contains(&catalogue.template.id) {
                ids.push(catalogue.template.id.clone());
            }
        }
        ids
    }

    /// A template by its id, read if it was not yet.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<Arc<Catalogue>> {
        if let Some(user) = self.user.iter().find(|catalogue| catalogue.template.id == id) {
            return Some(Arc::clone(user));
        }
        let (bundled, slot) = self.bundled.iter().find(|(bundled, _)| bundled.id == id)?;
        Some(Arc::clone(slot.get_or_init(|| Arc::new(Catalogue::new(Arc::new(bundled.load()))))))
    }

    /// Templates that an input may be a document of, by their anchors alone: one search over the raw
    /// bytes, nothing is parsed. A template that the settings name is the only one.
    #[must_use]
    pub fn candidates(&self, input: &Input, settings: &Settings) -> Vec<Arc<Catalogue>> {
        if let Some(named) = &settings.template {
            return self.get(&named.value).into_iter().collect();
        }
        let text = input.file.text();
        let mut found = Vec::new();
        for (bundled, _) in &self.bundled {
            let shadowed = self.user.iter().any(|user| user.template.id == bundled.id);
            if !shadowed && has_anchor(text, bundled.anchors) {
                found.extend(self.get(bundled.id));
            }
        }
        for user in &self.user {
            let anchors = &user.template.recognition.anchors;
            if anchors.is_empty() || has_anchor(text, anchors) {
                found.push(Arc::clone(user));
            }
        }
        found
    }
}

/// Whether a text holds one of the anchors, in any (ASCII) case.
fn has_anchor<A: AsRef<[u8]>>(text: &str, anchors: &[A]) -> bool {
    aho_corasick::AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .kind(Some(aho_corasick::AhoCorasickKind::ContiguousNFA))
        .build(anchors)
        .is_ok_and(|search| search.is_match(text))
}
