//! A whole section that is not there: its heading and the questions that are required of it.

use super::fresh::KEP_QUESTION;
use super::{Form, Insertion, below, form, line_end, line_start, visible};
use crate::document::BlockKind;
use crate::review::Review;
use crate::source::Span;
use crate::template::{ItemIndex, ItemKind, RevisionIndex};

/// A section that the document does not have, before the next section of the template that it has, else at its
/// end: with what is required of the document or, with `newest`, all that the newest revision asks. `None` where no
/// section of its kind has a heading to be written like.
#[must_use]
pub fn section(review: &Review, index: ItemIndex, newest: bool) -> Option<Insertion> {
    if visible(review, index).is_some() {
        return None;
    }
    let level = heading_level(review, index)?;
    let form = match newest && review.template.id == "kep" {
        true => Form::Heading(KEP_QUESTION),
        false => question_form(review, level + 1)?,
    };
    let end = line_end(&review.document);
    let mut lines = Vec::new();
    let revision = if newest { review.template.newest() } else { review.revision };
    let writer = Writer { review, revision, newest };
    writer.section(index, level, &form, &mut lines);
    let text = review.source().text();
    // inside of the section around it, wherever the author has that
    let around = review.item(index).parent.and_then(|parent| extent(review, parent));
    let later = (review.item(index).end.0..review.items.len() as u16).map(ItemIndex);
    let next = later.filter(|&other| review.item(other).kind == ItemKind::Section);
    let mut starts = next.filter_map(|other| heading(review, other)).map(|(start, _)| start);
    let inside = |start: &u32| around.is_none_or(|around| around.start < *start && *start <= around.end);
    let next = starts.find(inside);
    let next = next.or(around.map(|around| around.end)).filter(|at| (*at as usize) < text.len());
    let at = next.unwrap_or(text.len() as u32);
    // at the end of a file the last line may lack its line end, and no blank line stands there
    let before = &text[..at as usize];
    let gap = match before.trim_end_matches([' ', '\t']) {
        before if before.is_empty() || before.ends_with("\n\n") || before.ends_with("\n\r\n") => {
            String::new()
        }
        before if before.ends_with('\n') => end.to_string(),
        _ => format!("{end}{end}"),
    };
    let below = if next.is_some() { end } else { "" };
    Some(Insertion { at, text: format!("{gap}{}{end}{below}", lines.join(end)) })
}

/// What is written, in which wording.
struct Writer<'a> {
    review: &'a Review,
    revision: RevisionIndex,
    newest: bool,
}

impl Writer<'_> {
    /// The lines of a section: headings and lead-ins where something below them is wanted, blank lines between.
    fn section(&self, index: ItemIndex, level: u8, form: &Form, lines: &mut Vec<String>) {
        lines.push(Form::Heading(level).line(self.review.item(index).wording(self.revision)));
        lines.push(String::new());
        let children: Vec<ItemIndex> = self.review.template.children(index).collect();
        for child in children.iter().copied().filter(|&child| self.wants(child)) {
            match self.review.item(child).kind {
                ItemKind::Section => {
                    lines.push(String::new());
                    self.section(child, (level + 1).min(6), form, lines);
                }
                ItemKind::Question | ItemKind::Group => self.question(child, form, lines),
                ItemKind::Checkbox if self.newest => self.checkbox(child, "- ", lines),
                ItemKind::Field | ItemKind::Checkbox => {}
            }
        }
        while lines.last().is_some_and(String::is_empty) && lines.len() > 1 {
            lines.pop();
        }
    }

    fn question(&self, index: ItemIndex, form: &Form, lines: &mut Vec<String>) {
        lines.push(form.line(self.review.item(index).wording(self.revision)));
        let indent = match form {
            Form::Item { marker, .. } => " ".repeat(marker.len()),
            _ => {
                lines.push(String::new());
                String::new()
            }
        };
        let nested = below(form.clone());
        let mut boxes = false;
        for child in self.review.template.children(index).filter(|&child| self.wants(child)) {
            if self.review.item(child).kind == ItemKind::Checkbox {
                if self.newest {
                    self.checkbox(child, &format!("{indent}- "), lines);
                    boxes = true;
                }
                continue;
            }
            self.question(child, &nested, lines);
        }
        if boxes && indent.is_empty() {
            lines.push(String::new());
        }
    }

    /// A box with the fields below it.
    fn checkbox(&self, index: ItemIndex, marker: &str, lines: &mut Vec<String>) {
        lines.push(format!("{marker}[ ] {}", self.review.item(index).wording(self.revision)));
        let fields = self.review.item(index).scaffold.iter().filter(|field| field.until.is_none());
        lines.extend(fields.map(|field| format!("  {marker}{}", field.text)));
    }

    /// Whether an item, or anything below it, is to be there.
    fn wants(&self, index: ItemIndex) -> bool {
        if self.newest {
            // what the author has elsewhere stays there
            let absent = self.review.bound(index).prompts.is_empty();
            return absent && self.review.item(index).is_in(self.revision);
        }
        let end = self.review.item(index).end;
        let required = |at| self.review.requires(at) && self.review.item(at).kind != ItemKind::Checkbox;
        (index.0..end.0).map(ItemIndex).any(required)
    }
}

/// From a section's heading to where the next one as high begins.
fn extent(review: &Review, index: ItemIndex) -> Option<Span> {
    let (start, _) = heading(review, index)?;
    let document = &review.document;
    let section = document.sections().iter().find(|section| section.span.start >= start)?;
    // sections end where the line of the next heading does not begin yet where that is indented
    Some(Span::new(start, line_start(document, section.span.end).max(start + 1)))
}

/// The start of a section's heading and its level.
fn heading(review: &Review, index: ItemIndex) -> Option<(u32, u8)> {
    let prompt = review.bound(index).prompt()?;
    let block = review.document.block(prompt.block);
    match block.kind {
        BlockKind::Heading(level) if !block.commented && block.parent.is_none() => {
            Some((line_start(&review.document, block.span.start), level))
        }
        _ => None,
    }
}

/// The level at which headings of a section's depth in the template stand.
fn heading_level(review: &Review, index: ItemIndex) -> Option<u8> {
    let depth = |at: ItemIndex| std::iter::successors(Some(at), |&at| review.item(at).parent).count();
    let own = depth(index);
    let sections = review
        .template
        .indices()
        .filter(|&other| review.item(other).kind == ItemKind::Section && depth(other) == own);
    let sibling = |other: &ItemIndex| review.item(*other).parent == review.item(index).parent;
    let (near, far): (Vec<_>, Vec<_>) = sections.partition(sibling);
    let known = near.into_iter().chain(far).find_map(|other| heading(review, other)).map(|(_, level)| level);
    let around = review.item(index).parent.and_then(|parent| heading(review, parent)).map(|(_, level)| level);
    match (known, around) {
        // below the heading around it, whatever others of its depth are
        (Some(level), Some(around)) if level <= around => Some((around + 1).min(6)),
        (None, around) => around.map(|around| (around + 1).min(6)),
        (known, _) => known,
    }
}

/// How the document writes the questions that are no child of a lead-in; `heading` is one level below the section.
fn question_form(review: &Review, heading: u8) -> Option<Form> {
    let asked = review.template.indices().filter(|&index| {
        let item = review.item(index);
        let top = item.parent.is_some_and(|parent| review.item(parent).kind == ItemKind::Section);
        top && matches!(item.kind, ItemKind::Question | ItemKind::Group)
    });
    let found =
        asked.filter_map(|index| visible(review, index)).find_map(|prompt| form(&review.document, prompt))?;
    Some(match found {
        Form::Heading(_) => Form::Heading(heading.min(6)),
        Form::Item { marker, .. } if marker.trim().ends_with(['.', ')']) => {
            Form::Item { marker: "- ".to_string(), bold: false }
        }
        other => other,
    })
}
