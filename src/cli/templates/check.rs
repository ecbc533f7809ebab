//! `gtr templates check FILE.md`: compares upstream's template file with the bundled one and says what to
//! change in `templates/*.yaml`. [`compare`] is the pure part, [`run`] prints it.

mod lines;

use std::collections::HashSet;
use std::io::Write;
use std::sync::Arc;

use super::{Failure, named};
use crate::input::Input;
use crate::review::{Templates, guidance_hash, plain, same_words, words};
use crate::settings::Settings;
use crate::source::Source;
use crate::template::{Item, ItemIndex, ItemKind, Template};
use lines::{Line, LineKind};

/// Compares a template's markdown file with the bundled template.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// The markdown file, as upstream has it; `-` reads standard input.
    #[arg(value_name = "FILE")]
    pub(super) file: String,
    /// The template to compare with; else the one whose document the file would be.
    #[arg(long, value_name = "TEMPLATE")]
    pub(super) template: Option<String>,
}

/// One thing that a template file and the newest bundled revision do not share. Lines are 1-based.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Difference {
    /// A heading, question or field that no revision has.
    Unknown(u32, String),
    /// A wording that is not the newest one of the item: line, id, the file's text.
    Reworded(u32, String, String),
    /// An item that only older revisions have: line, id.
    Retired(u32, String),
    /// An item of the newest revision that the file does not have: id, wording.
    Missing(String, String),
    /// An item that stands behind one it should stand before: line, id.
    Moved(u32, String),
    /// Another version string than the newest revision's: line, the file's.
    Version(u32, String),
    /// A line of guidance whose hash is not known: line, hash.
    Guidance(u32, u64),
}

/// Prints the differences between `source` (the file's text, read by the caller) and the bundled template.
/// Exit code 0 when there are none, 1 otherwise.
///
/// # Errors
/// When the template is unknown or `out` cannot be written to.
pub(super) fn run(
    args: &Args,
    templates: &[Arc<Template>],
    source: &Source,
    out: &mut dyn Write,
) -> Result<bool, Failure> {
    let template = match &args.template {
        Some(id) => named(templates, id)?,
        None => likeliest(templates, source)?,
    };
    print(&compare(template, source.text()), template, source.path(), out)
}

/// The template that a file is most likely one of the states of.
fn likeliest<'a>(templates: &'a [Arc<Template>], source: &Source) -> Result<&'a Template, Failure> {
    let input = Input::alone(source.clone());
    let evidence = crate::evidence(&input, &Settings::default(), &Templates::default());
    match evidence.first().filter(|first| first.enough) {
        Some(first) => named(templates, &first.template),
        None => Err(Failure::Usage {
            what: format!("{} looks like no template that is bundled", source.path()),
            help: "name the one to compare it with: --template ID".into(),
        }),
    }
}

/// Writes the differences, one a line; `true` when there are none.
fn print(
    differences: &[Difference],
    template: &Template,
    path: &str,
    out: &mut dyn Write,
) -> Result<bool, Failure> {
    let newest = template.revision(template.newest());
    for difference in differences {
        match difference {
            Difference::Unknown(line, text) => {
                writeln!(out, "{path}:{line}: new: no revision has `{text}`; add an item")?;
            }
            Difference::Reworded(line, id, text) => {
                writeln!(out, "{path}:{line}: reworded: {id}; add a wording:")?;
                writeln!(out, "    {text}")?;
            }
            Difference::Retired(line, id) => {
                writeln!(out, "{path}:{line}: back again: {id} was dropped before {}", newest.id)?;
            }
            Difference::Missing(id, text) => {
                writeln!(out, "{path}: gone: {id}; add `until: \"{}\"` (`{text}`)", newest.id)?;
            }
            Difference::Moved(line, id) => {
                writeln!(out, "{path}:{line}: moved: {id} stands elsewhere in the bundled template")?;
            }
            Difference::Version(line, version) => {
                writeln!(out, "{path}:{line}: version: {version}, bundled is {}", newest.version)?;
            }
            Difference::Guidance(line, hash) => {
                writeln!(out, "{path}:{line}: guidance: add \"{hash:016x}\"")?;
            }
        }
    }
    let (id, revision) = (&template.id, &newest.id);
    match differences.len() {
        0 => writeln!(out, "{path}: the same as {id} of {revision}")?,
        1 => writeln!(out, "{path}: 1 difference to {id} of {revision}")?,
        count => writeln!(out, "{path}: {count} differences to {id} of {revision}")?,
    }
    Ok(differences.is_empty())
}

/// Compares the text of a template file with the newest revision of a template.
#[must_use]
pub(super) fn compare(template: &Template, text: &str) -> Vec<Difference> {
    let mut comparison = Comparison {
        template,
        found: HashSet::new(),
        last: None,
        unknown: Vec::new(),
        differences: Vec::new(),
    };
    let mut sections: Vec<(u8, Option<ItemIndex>)> = Vec::new();
    for line in lines::read(template, text) {
        match line.kind {
            LineKind::Guidance => comparison.guidance(line.number, &line.text),
            LineKind::Version => comparison.version(&line),
            LineKind::Title => {
                // few templates count the title among what they ask for
                if let Some(index) = comparison.find(&line.text, None, is_section) {
                    comparison.take(&line, index);
                }
            }
            LineKind::Heading(level) => {
                sections.retain(|&(above, _)| above < level);
                let around = sections.last().and_then(|&(_, section)| section);
                let section = comparison.find(&line.text, around, is_section);
                // some templates write their questions as headings
                let found = section.or_else(|| comparison.find(&line.text, around, is_asked));
                comparison.item(&line, found);
                sections.push((level, section));
            }
            LineKind::Bullet | LineKind::Paragraph => {
                let around = sections.last().and_then(|&(_, section)| section);
                match comparison.find(&line.text, around, is_asked) {
                    Some(index) => comparison.take(&line, index),
                    None if comparison.is_scaffold(&line.text) => {}
                    None if line.kind == LineKind::Bullet => comparison.item(&line, None),
                    None => {
                        for (number, text) in line.parts.iter().filter(|(_, text)| lines::is_telling(text)) {
                            comparison.guidance(*number, text);
                        }
                    }
                }
            }
            LineKind::Field => {
                let found = comparison.find(&line.text, None, |item| item.kind == ItemKind::Field);
                comparison.item(&line, found);
            }
        }
    }
    comparison.finish()
}

fn is_section(item: &Item) -> bool {
    item.kind == ItemKind::Section
}

fn is_asked(item: &Item) -> bool {
    !matches!(item.kind, ItemKind::Section | ItemKind::Field)
}

struct Comparison<'a> {
    template: &'a Template,
    found: HashSet<ItemIndex>,
    last: Option<ItemIndex>,
    unknown: Vec<(u32, String)>,
    differences: Vec<Difference>,
}

impl Comparison<'_> {
    /// The item that a text asks, inside a section if it stands in one, and not found before.
    fn find(&self, text: &str, around: Option<ItemIndex>, kind: impl Fn(&Item) -> bool) -> Option<ItemIndex> {
        let template = self.template;
        let range = around.map_or(0..template.items.len() as u16, |at| at.0 + 1..template.item(at).end.0);
        let same =
            |at: ItemIndex| template.item(at).wordings.iter().any(|wording| same_words(&wording.text, text));
        range.map(ItemIndex).find(|&at| kind(template.item(at)) && !self.found.contains(&at) && same(at))
    }

    /// Notes the item of a line that asks something, or that no item is known to ask it.
    fn item(&mut self, line: &Line, found: Option<ItemIndex>) {
        match found {
            Some(index) => self.take(line, index),
            None => self.unknown.push((line.number, line.text.clone())),
        }
    }

    /// Compares the wordings of a line and of the item that it asks.
    fn take(&mut self, line: &Line, index: ItemIndex) {
        self.found.insert(index);
        let (template, newest) = (self.template, self.template.newest());
        let item = template.item(index);
        if !item.is_in(newest) {
            self.differences.push(Difference::Retired(line.number, item.id.clone()));
            return;
        }
        if without_emphasis(item.newest_wording()) != without_emphasis(&line.text) {
            let text = line.text.clone();
            self.differences.push(Difference::Reworded(line.number, item.id.clone(), text));
        }
        if self.last.is_some_and(|last| index < last) {
            self.differences.push(Difference::Moved(line.number, item.id.clone()));
        }
        self.last = self.last.max(Some(index));
    }

    /// Whether a text is one that the template gives below an item, to be filled in.
    fn is_scaffold(&self, text: &str) -> bool {
        let mut given = self.template.items.iter().flat_map(|item| &item.scaffold);
        given.any(|line| same_words(&line.text, text))
    }

    fn version(&mut self, line: &Line) {
        if line.text != self.template.revision(self.template.newest()).version {
            self.differences.push(Difference::Version(line.number, line.text.clone()));
        }
    }

    fn guidance(&mut self, number: u32, line: &str) {
        if let Some(hash) = guidance_hash(line)
            && self.template.guidance.binary_search(&hash).is_err()
            && !self.is_scaffold(line)
        {
            self.differences.push(Difference::Guidance(number, hash));
        }
    }

    /// Pairs what the file has too much with what it lacks: a question with half of its words is reworded.
    fn finish(mut self) -> Vec<Difference> {
        let newest = self.template.newest();
        let mut missing: Vec<ItemIndex> = self
            .template
            .indices()
            .filter(|at| self.template.item(*at).is_in(newest) && !self.found.contains(at))
            .collect();
        for (number, text) in self.unknown {
            let shared = |at: &ItemIndex| shared(self.template.item(*at).newest_wording(), &text);
            let best = (0..missing.len()).max_by_key(|&at| shared(&missing[at]));
            match best.filter(|&at| shared(&missing[at]) >= 50) {
                Some(at) => {
                    let id = self.template.item(missing.remove(at)).id.clone();
                    self.differences.push(Difference::Reworded(number, id, text));
                }
                None => self.differences.push(Difference::Unknown(number, text)),
            }
        }
        self.differences.sort_by_key(Difference::line);
        let lacks = |at: ItemIndex| {
            let item = self.template.item(at);
            Difference::Missing(item.id.clone(), plain(item.newest_wording()))
        };
        self.differences.extend(missing.into_iter().map(lacks));
        self.differences
    }
}

impl Difference {
    fn line(&self) -> u32 {
        match *self {
            Self::Unknown(line, _)
            | Self::Reworded(line, ..)
            | Self::Retired(line, _)
            | Self::Moved(line, _)
            | Self::Version(line, _)
            | Self::Guidance(line, _) => line,
            Self::Missing(..) => u32::MAX,
        }
    }
}

/// A text without the signs that set all of it in bold or italic type, which is no other wording.
fn without_emphasis(text: &str) -> &str {
    let inner = text.trim_matches(['*', '_', ' ']);
    let whole = text.starts_with(['*', '_']) && text.ends_with(['*', '_']) && !inner.contains(['*', '_']);
    if whole { inner } else { text }
}

/// How many percent of the words of two texts are in both.
fn shared(a: &str, b: &str) -> usize {
    let set = |text| words(text).map(|word| word.hash).collect::<HashSet<u64>>();
    let (a, b) = (set(a), set(b));
    100 * a.intersection(&b).count() / a.union(&b).count().max(1)
}

#[cfg(test)]
mod tests;
