//! Values of fields that only a few words can have.

use lsp_types::CompletionItem;

use super::{Line, entry};
use crate::review::{Review, STAGES, STATUSES};
use crate::server::view::View;
use crate::source::{FileId, Span};

/// The values of a line of kep.yaml.
pub(super) fn metadata(view: &View, file: FileId, line: &Line) -> Vec<CompletionItem> {
    let sigs = || view.input.tree.iter().flat_map(|tree| tree.sigs.iter().map(String::as_str)).collect();
    let (known, typed): (Vec<&str>, &str) = match line.before.split_once(':') {
        Some(("status", typed)) => (STATUSES.to_vec(), typed),
        Some(("stage", typed)) => (STAGES.to_vec(), typed),
        Some(("disable-supported", typed)) => (vec!["true", "false"], typed),
        Some(("owning-sig", typed)) => (sigs(), typed),
        None if key_above(view, file, line) == Some("participating-sigs") => {
            match line.before.trim_start().strip_prefix('-') {
                Some(typed) => (sigs(), typed),
                None => return Vec::new(),
            }
        }
        _ => return Vec::new(),
    };
    offer(view, file, line, &known, typed)
}

/// The versions that a document of several templates' versions can name.
pub(super) fn field(view: &View, review: &Review, file: FileId, line: &Line) -> Vec<CompletionItem> {
    let prompt =
        review.template.find("field.template-version").and_then(|index| review.bound(index).prompt());
    let Some(prompt) = prompt.filter(|prompt| line.span.contains(prompt.span)) else { return Vec::new() };
    let Some((_, typed)) = line.before.split_once(':') else { return Vec::new() };
    if line.span.start + (line.before.len() as u32) < prompt.span.end {
        return Vec::new();
    }
    let mut versions: Vec<&str> = Vec::new();
    for revision in review.template.revisions.iter().rev() {
        if !revision.version.is_empty() && !versions.contains(&revision.version.as_str()) {
            versions.push(&revision.version);
        }
    }
    offer(view, file, line, &versions, typed.trim_start_matches(['*', '_']))
}

/// Values instead of the word that was begun.
fn offer(view: &View, file: FileId, line: &Line, known: &[&str], typed: &str) -> Vec<CompletionItem> {
    let word = typed.trim_start();
    if word.contains(char::is_whitespace) || word.contains('#') {
        return Vec::new();
    }
    let cursor = line.span.start + line.before.len() as u32;
    let begun = line.after.len()
        - line.after.trim_start_matches(|c: char| c.is_alphanumeric() || "-.".contains(c)).len();
    let span = Span::new(cursor - word.len() as u32, cursor + begun as u32);
    // `status:` needs a space before its value
    let gap = if typed.is_empty() { " " } else { "" };
    let one = |(rank, value): (usize, &&str)| CompletionItem {
        label: (*value).to_string(),
        filter_text: Some((*value).to_string()),
        ..entry(view, file, span, format!("{gap}{value}"), rank)
    };
    known.iter().enumerate().map(one).collect()
}

/// The key whose list the line lies in.
fn key_above<'a>(view: &'a View, file: FileId, line: &Line) -> Option<&'a str> {
    let source = view.source(file);
    let above = source.text().get(..line.span.start as usize)?.lines().rev();
    let mut above =
        above.skip_while(|line| line.trim_start().starts_with(['-', '#']) || line.trim().is_empty());
    above.next()?.split_once(':').map(|(key, _)| key)
}
