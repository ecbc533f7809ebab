//! The line that names the template's version.

use super::super::{line_end, line_start, visible};
use super::{Replacement, Step};
use crate::document::BlockKind;
use crate::review::Review;
use crate::source::Span;
use crate::template::{ItemIndex, ItemKind};

const FIELD: &str = "field.template-version";

/// Sets the version, if the line does not name the newest one; adds the line where it is missing.
pub(super) fn step(review: &Review) -> Option<Step> {
    let index = review.template.find(FIELD)?;
    let version = review.template.revision(review.template.newest()).version.as_str();
    let change = match shown(review, index) {
        Some(_) => set(review, index, version)?,
        None if review.bound(index).prompts.is_empty() => add(review, index, version)?,
        None => return None,
    };
    Some(Step {
        title: format!("Set the template version to {version}"),
        item: index,
        adds: false,
        changes: vec![change],
    })
}

/// The line of a field that readers see.
fn shown(review: &Review, index: ItemIndex) -> Option<Span> {
    let prompt = review.bound(index).prompt()?;
    (!review.document.block(prompt.block).commented).then_some(prompt.span)
}

fn set(review: &Review, index: ItemIndex, version: &str) -> Option<Replacement> {
    let Some(value) = review.bound(index).answer_span() else {
        let label = shown(review, index)?;
        let block = review.document.block(review.bound(index).prompt()?.block);
        let text = review.text(label);
        // a cell of a table or a heading has its value elsewhere
        let plain = block.kind == BlockKind::Paragraph && !text.ends_with(' ');
        return plain.then(|| Replacement::insert(line_text_end(review, label.end), format!(" {version}")));
    };
    let text = review.text(value);
    let visible = text.split("](").next().unwrap_or(text);
    let known = |word: &str| {
        let bare = |version: &str| version.trim_start_matches(['v', 'V']).to_string();
        review.template.revisions.iter().any(|revision| bare(&revision.version) == bare(word))
    };
    let mut at = 0;
    for word in visible.split(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-'))) {
        let start = at;
        at += word.len() + visible[at + word.len()..].chars().next().map_or(0, char::len_utf8);
        let word = word.trim_end_matches('.');
        if known(word) {
            let span = Span::new(value.start + start as u32, value.start + (start + word.len()) as u32);
            let same = word.trim_start_matches(['v', 'V']) == version.trim_start_matches('v');
            return (!same).then(|| Replacement { span, text: version.to_string() });
        }
    }
    Some(Replacement { span: value, text: version.to_string() })
}

/// The end of the text of the line that an offset lies in.
fn line_text_end(review: &Review, offset: u32) -> u32 {
    let rest = &review.source().text()[offset as usize..];
    let line = &rest[..rest.find(['\n', '\r']).unwrap_or(rest.len())];
    offset + line.trim_end().len() as u32
}

/// A line like that of the field before it, else the one behind it, else a list of its own below the title.
fn add(review: &Review, index: ItemIndex, version: &str) -> Option<Replacement> {
    let document = &review.document;
    let text = document.source().text();
    let label = review.item(index).newest_wording();
    let end = line_end(document);
    let fields = review.template.indices().filter(|&at| review.item(at).kind == ItemKind::Field);
    let (mut earlier, later): (Vec<_>, Vec<_>) =
        fields.filter(|&at| shown(review, at).is_some()).partition(|at| *at < index);
    earlier.reverse();
    for other in earlier.into_iter().chain(later) {
        let span = shown(review, other)?;
        let start = line_start(document, span.start);
        let stop =
            text[span.end as usize..].find(['\n', '\r']).map_or(text.len(), |at| at + span.end as usize);
        let line = Span::new(start, stop as u32);
        let prompt = review.text(span);
        let own = review.item(other).newest_wording();
        let value = review.bound(other).answer_span();
        let fits = value.is_none_or(|value| line.contains(value)) && prompt.contains(own);
        let block = document.block(review.bound(other).prompt()?.block);
        if !fits || block.kind.is_heading() || document.block(review.bound(other).prompt()?.block).indented {
            continue;
        }
        let before = review.text(Span::new(start, span.start));
        let written = prompt.replacen(own, label, 1);
        let rest = match value {
            Some(value) => {
                let (gap, tail) = (Span::new(span.end, value.start), Span::new(value.end, line.end));
                format!("{}{version}{}", review.text(gap), review.text(tail))
            }
            None => format!(" {version}"),
        };
        let new = format!("{before}{written}{rest}");
        return Some(if other < index {
            Replacement::insert(line.end, format!("{end}{}", new.trim_end_matches('\r')))
        } else {
            Replacement::insert(line.start, format!("{new}{end}"))
        });
    }
    let title = document.block(review.title?.block);
    (title.parent.is_none() && visible_list_fits(review))
        .then(|| Replacement::insert(title.span.end, format!("{end}{end}- **{label}:** {version}")))
}

/// Whether the document has no metadata of its own that a list below the title would stand apart from.
fn visible_list_fits(review: &Review) -> bool {
    let fields = review.template.indices().filter(|&at| review.item(at).kind == ItemKind::Field);
    fields.filter_map(|at| visible(review, at)).next().is_none()
}
