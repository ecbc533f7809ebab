//! The template's own prose, ready to be looked up: its guidance, and the lines it gives to be filled in.

use super::normalise::{Word, beginning, guidance_hash, guidance_start, whole_line, words};
use crate::template::Template;

/// A text of this many bytes is looked at in any case.
const LONGEST_SCAFFOLD: u32 = 400;

/// What alignment and answers must know of a template's prose.
#[derive(Debug)]
pub(super) struct Prose {
    pub(super) guidance: Lines,
    pub(super) scaffold: Scaffold,
}

impl Prose {
    /// Takes the prose of a template.
    pub(super) fn new(template: &Template) -> Self {
        Self { guidance: Lines::new(template.guidance.clone()), scaffold: Scaffold::new(template) }
    }
}

/// Lines by their hashes (see [`guidance_hash`]).
#[derive(Debug)]
pub(super) struct Lines {
    sorted: Vec<u64>,
    /// One bit for each beginning that a hash can have: most lines end here.
    beginnings: Vec<u64>,
}

impl Lines {
    fn new(mut sorted: Vec<u64>) -> Self {
        sorted.sort_unstable();
        let mut beginnings = vec![0; 1 << 10];
        for hash in &sorted {
            let bit = (hash >> 48) as usize;
            beginnings[bit / 64] |= 1 << (bit % 64);
        }
        Self { sorted, beginnings }
    }

    fn is_empty(&self) -> bool {
        self.sorted.is_empty()
    }

    fn may_begin(&self, start: u64) -> bool {
        let bit = (beginning(start) >> 48) as usize;
        self.beginnings[bit / 64] & 1 << (bit % 64) != 0
    }

    /// Whether a line is one of them; `start` is what its first words lead to, see [`guidance_start`].
    pub(super) fn has(&self, start: Option<u64>, line: &str) -> bool {
        start.is_some_and(|start| self.may_begin(start) && self.goes_on(start, words(line).skip(2)))
    }

    /// The same for a line whose first two words were read already: `rest` are those behind.
    pub(super) fn goes_on(&self, start: u64, rest: impl Iterator<Item = Word>) -> bool {
        self.may_begin(start) && self.sorted.binary_search(&whole_line(start, rest)).is_ok()
    }
}

/// The lines that a template gives to be filled in.
#[derive(Debug)]
pub(super) struct Scaffold {
    lines: Lines,
    /// Samples that hold links: only the links tell whether they were filled in.
    links: Vec<String>,
    /// Bytes of the longest text that can be one of them: signs and white space may come to its words.
    longest: u32,
}

impl Scaffold {
    fn new(template: &Template) -> Self {
        let lines = || template.items.iter().flat_map(|item| &item.scaffold).map(|line| line.text.as_str());
        let linked = |line: &&str| line.contains("](");
        let hashes = lines().filter(|line| !linked(line)).filter_map(guidance_hash).collect();
        let longest =
            lines().map(|line| line.len() as u32 * 2).max().unwrap_or_default().max(LONGEST_SCAFFOLD);
        let links = lines().filter(linked).map(|line| line.trim().to_string()).collect();
        Self { lines: Lines::new(hashes), links, longest }
    }

    /// Whether a text is one of the lines and nothing more; `start` is what its first words lead to.
    pub(super) fn has(&self, start: Option<u64>, text: &str) -> bool {
        text.len() <= self.longest as usize && (self.lines.has(start, text) || self.has_link(text))
    }

    /// Whether a text is one of the samples that hold links, white space aside.
    fn has_link(&self, text: &str) -> bool {
        let begins = |link: &&String| link.as_bytes().first() == text.as_bytes().first();
        let spaced = text.starts_with(char::is_whitespace);
        let mut links = self.links.iter().filter(|link| spaced || begins(link));
        links.any(|link| link.split_whitespace().eq(text.split_whitespace()))
    }

    /// Whether a text is one of the lines, its first words not read yet.
    pub(super) fn has_line(&self, text: &str) -> bool {
        self.has(guidance_start(&mut words(text)), text)
    }

    /// Whether no line can be one of them, samples of links aside.
    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }
}
