//! `gtr templates check FILE.md`: compares upstream's template file with the bundled one and says what to
//! change in `templates/*.yaml`. [`compare`] is the pure part, [`run`] prints it.

mod lines;

use std::collections::HashSet;
use std::io::Write;
use std::sync::Arc;

use super::{Failure, named};
use crate::review::{guidance_hash, plain, same_words, words};
use crate::source::Source;
use crate::template::{Item, ItemIndex, ItemKind, Template};
use lines::{Line, LineKind};

/// Compares a template's markdown file with the bundled template.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// The markdown file, as upstream has it.
    #[arg(value_name = "FILE")]
    pub(super) file: String,
    /// The template to compare with.
    #[arg(long, value_name = "TEMPLATE", default_value = "gtr")]
    pub(super) template: String,
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
    let template = named(templates, &args.template)?;
    print(&compare(template, source.text()), template, source.path(), out)
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
            LineKind::Guidance => comparison.guidance(&line),
            LineKind::Version => comparison.version(&line),
            LineKind::Heading(level) => {
                sections.retain(|&(above, _)| above < level);
                let around = sections.last().and_then(|&(_, section)| section);
                let section = comparison.item(&line, around, |item| item.kind == ItemKind::Section);
                sections.push((level, section));
            }
            LineKind::Bullet => {
                let around = sections.last().and_then(|&(_, section)| section);
                let asked = |item: &Item| !matches!(item.kind, ItemKind::Section | ItemKind::Field);
                comparison.item(&line, around, asked);
            }
            LineKind::Field => {
                comparison.item(&line, None, |item| item.kind == ItemKind::Field);
            }
        }
    }
    comparison.finish()
}

struct Comparison<'a> {
    template: &'a Template,
    found: HashSet<ItemIndex>,
    last: Option<ItemIndex>,
    unknown: Vec<(u32, String)>,
    differences: Vec<Difference>,
}

impl Comparison<'_> {
    /// Finds the item a line asks, inside a section if it stands in one, and compares the wordings.
    fn item(
        &mut self,
        line: &Line,
        around: Option<ItemIndex>,
        kind: impl Fn(&Item) -> bool,
    ) -> Option<ItemIndex> {
        let template = self.template;
        let range = around.map_or(0..template.items.len() as u16, |at| at.0 + 1..template.item(at).end.0);
        let mut fitting =
            range.map(ItemIndex).filter(|&at| kind(template.item(at)) && !self.found.contains(&at));
        let newest = template.newest();
        let index = fitting.find(|&at| {
            template.item(at).wordings.iter().any(|wording| same_words(&wording.text, &line.text))
        });
        let Some(index) = index else {
            self.unknown.push((line.number, line.text.clone()));
            return None;
        };
        self.found.insert(index);
        let item = template.item(index);
        if !item.is_in(newest) {
            self.differences.push(Difference::Retired(line.number, item.id.clone()));
        } else {
            if item.newest_wording() != line.text {
                let text = line.text.clone();
                self.differences.push(Difference::Reworded(line.number, item.id.clone(), text));
            }
            if self.last.is_some_and(|last| index < last) {
                self.differences.push(Difference::Moved(line.number, item.id.clone()));
            }
            self.last = self.last.max(Some(index));
        }
        Some(index)
    }

    fn version(&mut self, line: &Line) {
        if line.text != self.template.revision(self.template.newest()).version {
            self.differences.push(Difference::Version(line.number, line.text.clone()));
        }
    }

    fn guidance(&mut self, line: &Line) {
        if let Some(hash) = guidance_hash(&line.text)
            && self.template.guidance.binary_search(&hash).is_err()
        {
            self.differences.push(Difference::Guidance(line.number, hash));
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

/// How many percent of the words of two texts are in both.
fn shared(a: &str, b: &str) -> usize {
    let set = |text| words(text).map(|word| word.hash).collect::<HashSet<u64>>();
    let (a, b) = (set(a), set(b));
    100 * a.intersection(&b).count() / a.union(&b).count().max(1)
}

#[cfg(test)]
mod tests;
