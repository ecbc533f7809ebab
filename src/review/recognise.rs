//! Is this a document of a template at all? Told from its title, its sections, its questions, its path.

use std::sync::Arc;

use super::align::{Alignment, align};
use super::catalogue::Catalogue;
use super::{Match, Title, target};
use crate::document::{BlockId, BlockKind, Document};
use crate::input::Input;
use crate::template::ItemKind;

/// A recognised document: its template and what alignment found, for `bind` to go on with.
#[derive(Debug)]
pub struct Recognised {
    pub(super) catalogue: Arc<Catalogue>,
    pub(super) alignment: Alignment,
    pub(super) title: Option<Title>,
    /// Where the document proper begins, behind a preamble.
    pub(super) from: u32,
}

/// The template that a document answers; `None` when it answers none of the candidates. With `forced` the
/// first candidate is taken without asking.
#[must_use]
pub fn recognise(
    document: &Document,
    input: &Input,
    candidates: &[Arc<Catalogue>],
    forced: bool,
) -> Option<Recognised> {
    let mut best: Option<(usize, Recognised)> = None;
    for catalogue in candidates {
        let title = target::title(document, &catalogue.template);
        let from = title.map_or(0, |title| document.block(title.block).span.start);
        let project = title.and_then(|title| title.project).map_or("", |span| document.text(span));
        let alignment = align(document, catalogue, from, project);
        let recognised = Recognised { catalogue: Arc::clone(catalogue), alignment, title, from };
        if forced {
            return Some(recognised);
        }
        let Some(score) = score(document, input, &recognised) else { continue };
        if best.as_ref().is_none_or(|(other, _)| score > *other) {
            best = Some((score, recognised));
        }
    }
    best.map(|(_, recognised)| recognised)
}

/// How much of a template a document has; `None` when it is too little to be one of its documents.
fn score(document: &Document, input: &Input, recognised: &Recognised) -> Option<usize> {
    let template = &recognised.catalogue.template;
    let (mut sections, mut titles, mut questions) = (0, 0, 0);
    for index in template.indices() {
        let prompts = &recognised.alignment.prompts[index.0 as usize];
        match template.item(index).kind {
            ItemKind::Section => {
                let there = usize::from(!prompts.is_empty());
                sections += there;
                let holds = |child| template.item(child).kind == ItemKind::Section;
                titles += there * usize::from(!template.children(index).any(holds));
            }
            ItemKind::Field => {}
            _ => {
                let sure = |prompt: &&super::Prompt| {
                    prompt.matched >= Match::Edited && !quoted(document, prompt.block)
                };
                questions += usize::from(prompts.iter().any(|prompt| sure(&prompt)));
            }
        }
    }
    let titled = recognised.title.is_some_and(|title| title.project.is_some() || title.level.is_some());
    let placed = input
        .place
        .as_ref()
        .is_some_and(|place| template.recognition.paths.iter().any(|glob| glob_matches(glob, &place.path)));
    // Other reviews are divided into the same days, and their titles end in "Technical Review" too: days
    // alone count only below a title that goes on behind its kind.
    let own_title = recognised.title.is_some_and(|title| {
        title.level.is_some() || title.project.is_some_and(|project| project.start > title.span.start)
    });
    let enough = (own_title && sections > 0)
        || (titled && titles > 0)
        || (sections >= 3 && titles > 0)
        || questions >= 5
        || (placed && sections > 0);
    enough.then_some(questions * 2 + sections + usize::from(titled) * 4)
}

fn quoted(document: &Document, block: BlockId) -> bool {
    document.ancestors(block).any(|id| matches!(document.block(id).kind, BlockKind::Quote))
}

/// Whether a path matches a pattern of literal parts and `*` (anything within a part).
fn glob_matches(glob: &str, path: &str) -> bool {
    let (mut parts, mut wanted) = (path.split('/'), glob.split('/'));
    loop {
        match (parts.next(), wanted.next()) {
            (None, None) => return true,
            (Some(part), Some(want)) if part_matches(want, part) => {}
            _ => return false,
        }
    }
}

fn part_matches(want: &str, part: &str) -> bool {
    match want.split_once('*') {
        None => want == part,
        Some((head, tail)) => {
            part.len() >= head.len() + tail.len() && part.starts_with(head) && part.ends_with(tail)
        }
    }
}
