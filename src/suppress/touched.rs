//! Which findings a change is answerable for, when only the lines that it touched count.
//!
//! A finding counts when the change touched
//!
//! - a line of it, or of a place that belongs to it;
//! - its item: the lines from the question to whatever comes next (another question, a heading), or its answer.
//!   Lines that were taken away belong to what stands before them;
//! - if its item is not there, the section that it is missing from: what stands below the heading it points at, up
//!   to the next section of the template. Of a section also the one that it would follow;
//! - in metadata, the entry that it is about; any line, if its key is absent;
//! - what sets the level (the title; `status` and `stage` of kep.yaml), if its item is asked for and not answered.

use crate::diagnostic::Diagnostic;
use crate::metadata::{Metadata, MetadataKind};
use crate::review::{LevelSource, Review};
use crate::source::{ChangedLines, FileId, Source, Span};
use crate::template::{ItemIndex, ItemKind};

/// What a change touched in the files of one check.
pub struct Touched<'a> {
    review: Option<&'a Review>,
    /// Files and what of their bytes is changed, by id.
    files: Vec<(&'a Source, Vec<Span>)>,
    /// Where in the document something begins that ends what stands before it, in order.
    boundaries: Vec<u32>,
    /// Where sections of the template begin and where headings that ask nothing do, these with their level, in order.
    sections: Vec<(u32, Option<u8>)>,
    /// Its metadata files, read again: without a bound document nobody keeps them.
    metadata: Vec<Metadata>,
    /// The level may be another than before.
    level: bool,
}

impl<'a> Touched<'a> {
    /// Takes the files of a check, the document first, each with what changed of it.
    #[must_use]
    pub fn new(
        review: Option<&'a Review>,
        files: impl IntoIterator<Item = (&'a Source, ChangedLines)>,
    ) -> Self {
        let files: Vec<_> =
            files.into_iter().map(|(source, lines)| (source, lines.places(source.text()))).collect();
        let yaml = (0..).zip(&files).filter(|(_, (source, _))| source.path().ends_with(".yaml"));
        let metadata =
            yaml.map(|(id, (source, _))| Metadata::parse(source, FileId(id), MetadataKind::Kep)).collect();
        let mut touched =
            Self { review, files, boundaries: Vec::new(), sections: Vec::new(), metadata, level: false };
        if let Some(review) = review {
            touched.boundaries = boundaries(review);
            touched.sections = sections(review);
            touched.level = touched.level(review);
        }
        touched
    }

    /// Whether the change is answerable for a finding.
    #[must_use]
    pub fn has(&self, finding: &Diagnostic) -> bool {
        let primary = &finding.primary;
        let mut labels = std::iter::once(primary).chain(&finding.related);
        labels.any(|label| self.meets_lines(label.file, label.span))
            || self.has_item(finding)
            || self
                .metadata
                .iter()
                .any(|file| file.file() == primary.file && self.has_entry(file, primary.span))
    }

    /// Whether the item of a finding was touched.
    fn has_item(&self, finding: &Diagnostic) -> bool {
        let Some(review) = self.review else { return false };
        let Some(index) = finding.item.as_deref().and_then(|id| review.template.find(id)) else {
            return false;
        };
        let bound = review.bound(index);
        let is_section = is_a_section(review, index);
        if self.level && (is_section || review.requires(index) && !bound.is_good()) {
            return true;
        }
        if bound.prompts.is_empty() {
            let before =
                (0..index.0).rev().map(ItemIndex).filter(|at| is_section && is_a_section(review, *at));
            let before = before.filter_map(|at| review.bound(at).prompt()).map(|prompt| prompt.span).next();
            let mut places = std::iter::once(finding.primary.span).chain(before);
            return places.any(|place| self.meets(FileId(0), self.part(place)));
        }
        bound.prompts.iter().any(|prompt| {
            let below = if is_section { self.part(prompt.span) } else { self.territory(prompt.span) };
            self.meets(FileId(0), below)
        }) || bound.answer.iter().any(|span| self.meets_lines(FileId(0), *span))
    }

    /// Whether the entry of a metadata file was touched that a finding speaks of: it points at the key, or at the
    /// file's first key because its own is not there.
    fn has_entry(&self, file: &Metadata, place: Span) -> bool {
        let keys: Vec<Span> = file.root().iter().map(|(key, _)| file.span(*key)).collect();
        if place == file.anchor() {
            return self.meets(file.file(), Span::new(0, file.source().text().len() as u32));
        }
        let Some(at) = keys.iter().position(|key| *key == place) else { return false };
        let text = file.source().text();
        let end = keys.get(at + 1).map_or(text.len() as u32, |next| line_start(text, next.start));
        self.meets(file.file(), Span::new(line_start(text, place.start), end))
    }

    /// From a prompt to what comes next, whole lines.
    fn territory(&self, prompt: Span) -> Span {
        let own = self.lines(FileId(0), prompt);
        let next = self.boundaries.partition_point(|&start| start < own.end);
        self.until(own, self.boundaries.get(next).copied())
    }

    /// From a section's heading, or another place that stands for it, to the next section of the template or the
    /// heading of the author's own that ends it.
    fn part(&self, place: Span) -> Span {
        let own = self.lines(FileId(0), place);
        let headings = self.review.map(|review| (&review.document, review.document.sections()));
        let level = headings.and_then(|(document, all)| {
            let is_own = |heading: Span| own.start <= heading.start && heading.start < own.end;
            all.iter()
                .find(|section| is_own(document.block(section.heading).span))
                .map(|section| section.level)
        });
        let ends = |other: Option<u8>| other.is_none_or(|other| level.is_some_and(|level| other <= level));
        let next = self.sections.iter().find(|(start, other)| *start >= own.end && ends(*other));
        self.until(own, next.map(|(start, _)| *start))
    }

    /// Whole lines up to the line of a place; up to the end without one.
    fn until(&self, lines: Span, next: Option<u32>) -> Span {
        let text = self.text(FileId(0));
        let end = next.map_or(text.len() as u32, |start| line_start(text, start));
        Span::new(lines.start, end.max(lines.end))
    }

    /// Whether what sets the level was touched.
    fn level(&self, review: &Review) -> bool {
        match review.level.source {
            LevelSource::Title => review
                .title
                .is_some_and(|title| self.meets_lines(FileId(0), title.level.unwrap_or(title.span))),
            LevelSource::Metadata => review.companions.metadata.as_deref().is_some_and(|kep| {
                let fields = ["status", "stage"].into_iter().filter_map(|key| kep.field(key));
                fields.map(|field| field.key).any(|key| self.has_entry(kep, key))
            }),
            _ => false,
        }
    }

    /// Whether some whole lines were touched; lines taken away count if they stood between these or right behind.
    fn meets(&self, file: FileId, lines: Span) -> bool {
        self.changed(file).iter().any(|place| match place.is_empty() {
            true => {
                place.start > lines.start && place.start <= lines.end || place.start == 0 && lines.start == 0
            }
            false => place.overlaps(lines),
        })
    }

    /// Whether the lines of a place were touched; lines taken away count if they stood between these.
    fn meets_lines(&self, file: FileId, place: Span) -> bool {
        let lines = self.lines(file, place);
        self.changed(file).iter().any(|place| match place.is_empty() {
            true => lines.start < place.start && place.start < lines.end,
            false => place.overlaps(lines),
        })
    }

    fn changed(&self, file: FileId) -> &[Span] {
        self.files.get(file.0 as usize).map_or(&[], |(_, places)| places)
    }

    fn text(&self, file: FileId) -> &'a str {
        self.files.get(file.0 as usize).map_or("", |(source, _)| source.text())
    }

    /// The lines that a place stands on, the last line end included.
    fn lines(&self, file: FileId, place: Span) -> Span {
        let text = self.text(file);
        let last = place.end.saturating_sub(1).max(place.start) as usize;
        let end = text.as_bytes().get(last..).and_then(|rest| memchr::memchr(b'\n', rest));
        Span::new(line_start(text, place.start), end.map_or(text.len(), |at| last + at + 1) as u32)
    }
}

fn is_a_section(review: &Review, index: ItemIndex) -> bool {
    review.item(index).kind == ItemKind::Section
}

/// Where the line of an offset begins.
fn line_start(text: &str, offset: u32) -> u32 {
    let before = &text.as_bytes()[..(offset as usize).min(text.len())];
    memchr::memrchr(b'\n', before).map_or(0, |at| at as u32 + 1)
}

/// All prompts and headings.
fn boundaries(review: &Review) -> Vec<u32> {
    let document = &review.document;
    let headings = document.sections().iter().map(|section| document.block(section.heading).span.start);
    let prompts = review.items.iter().flat_map(|bound| &bound.prompts).map(|prompt| prompt.span.start);
    sorted(headings.chain(prompts).collect())
}

/// The prompts of sections, and the headings that are no prompt with their levels.
fn sections(review: &Review) -> Vec<(u32, Option<u8>)> {
    let document = &review.document;
    let of_template = review.bound_items().filter(|(_, item, _)| item.kind == ItemKind::Section);
    let of_template = of_template.flat_map(|(_, _, bound)| &bound.prompts).map(|one| (one.span.start, None));
    let prompts =
        sorted(review.items.iter().flat_map(|bound| &bound.prompts).map(|one| one.block.0).collect());
    let own = document.sections().iter().filter(|one| prompts.binary_search(&one.heading.0).is_err());
    let own = own.map(|one| (document.block(one.heading).span.start, Some(one.level)));
    sorted(of_template.chain(own).collect())
}

fn sorted<T: Ord>(mut all: Vec<T>) -> Vec<T> {
    all.sort_unstable();
    all
}

#[cfg(test)]
mod tests;
