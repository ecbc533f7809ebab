//! How a document writes its questions: the styles that prompts found so far have.

use std::collections::{HashMap, HashSet};

use super::super::Aligner;
use super::SURE;
use super::collect::Labelled;
use crate::review::Match;
use crate::review::candidates::Style;
use crate::template::{ItemIndex, ItemKind};

/// From how many prompts on a style of headings is one of prompts.
const SOME: usize = 3;

/// Styles and how many prompts have them.
pub(super) type Styles = HashMap<Style, usize>;

/// How many items each style's labels surely name, by section and by whether they are questions of a lead-in.
pub(super) type Sure = HashMap<(Style, ItemIndex, bool), usize>;

/// The styles in which a section's prompts are written: those of the prompts found so far, and of the
/// labels that surely name an item of their section, each item counted once a style; the rare ones left out.
///
/// Without `nested` the questions of lead-ins do not count: there may be more of them than of others, and they are
/// written as points below.
pub(super) fn prompt_styles(aligner: &Aligner, section: ItemIndex, sure: &Sure, nested: bool) -> Styles {
    let found = aligner.styles.iter().map(|written| (written.style, written.section, written.nested, 1));
    let named = sure.iter().map(|(&(style, of, nested), &number)| (style, Some(of), nested, number));
    let all: Vec<_> = found.chain(named).filter(|(_, _, below, _)| nested || !below).collect();
    let mut everywhere = Styles::new();
    for (style, _, _, number) in &all {
        *everywhere.entry(*style).or_default() += number;
    }
    let count = |here: bool| {
        let mut counts = Styles::new();
        for (style, of, _, number) in &all {
            if here == (*of == Some(section)) {
                *counts.entry(*style).or_default() += number;
            }
        }
        let most = counts.values().copied().max().unwrap_or(0);
        counts.retain(|_, count| *count * 3 >= most * 2);
        if here {
            // a style that hardly any question of the whole document has is that of points in an answer
            let best = counts.keys().map(|style| everywhere[style]).max().unwrap_or(0);
            counts.retain(|style, _| everywhere[style] * 2 >= best);
        }
        counts
    };
    let (mut own, others) = (count(true), count(false));
    let headings = others.into_iter().filter(|(style, _)| style.is_heading());
    if own.is_empty() {
        let mut styles = count(false);
        // a document that writes most prompts otherwise, but some as headings, may do so here
        let headings = everywhere.iter().filter(|(style, count)| **count >= SOME && style.is_heading());
        for (style, _) in headings {
            styles.entry(*style).or_insert(1);
        }
        return styles;
    }
    // headings are prompts wherever a document writes prompts as headings
    for (style, _) in headings {
        own.entry(style).or_insert(1);
    }
    own
}

/// A label of a style in a section surely names an item.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Named {
    style: Style,
    section: ItemIndex,
    item: ItemIndex,
}

/// How many items of each section each style's labels surely name. What stands below a heading of the author's own that
/// surely asks is part of an answer, and counts only as [`points_that_ask`] says.
pub(super) fn sure_labels(aligner: &Aligner, labels: &[Labelled]) -> Sure {
    let mut named: Vec<Named> = Vec::new();
    let mut points: Vec<Named> = Vec::new();
    // the last line known to stand below a heading that asks, and the section of both
    let mut below: Option<(usize, ItemIndex)> = None;
    let is_heading =
        |at: usize| aligner.candidates[at].style.is_heading() && !aligner.candidates[at].commented;
    let is_lead_in = |item: ItemIndex| aligner.catalogue.template.item(item).kind == ItemKind::Group;
    for label in labels.iter().filter(|label| !label.label.bare && !label.beside) {
        let sure = |(score, item): &&(f32, ItemIndex)| *score >= SURE && aligner.is_open(*item);
        let mut items = label.scores.iter().filter(sure).map(|(_, item)| *item).peekable();
        let asks_below = |(at, section): &(usize, ItemIndex)| {
            *section == label.section && !(at + 1..label.at).any(is_heading)
        };
        let is_point = !label.style.is_heading() && below.as_ref().is_some_and(asks_below);
        let is_asked = label.style.is_heading() && items.peek().is_some() && !items.clone().any(is_lead_in);
        below = (is_point || is_asked).then_some((label.at, label.section));
        let into = if is_point { &mut points } else { &mut named };
        into.extend(items.map(|item| Named { style: label.style, section: label.section, item }));
    }
    named.extend(points_that_ask(points, &named));
    named.sort_unstable();
    named.dedup();
    let mut counts = Sure::new();
    for Named { style, section, item } in named {
        *counts.entry((style, section, aligner.catalogue.template.is_nested(item))).or_default() += 1;
    }
    counts
}

/// Those of the points in answers that are questions all the same: two of a style at least name questions of the section
/// that no heading names.
fn points_that_ask(mut points: Vec<Named>, named: &[Named]) -> Vec<Named> {
    let headings = named.iter().filter(|named| named.style.is_heading());
    let headed: HashSet<(ItemIndex, ItemIndex)> = headings.map(|named| (named.section, named.item)).collect();
    points.retain(|point| !headed.contains(&(point.section, point.item)));
    points.sort_unstable();
    points.dedup();
    let alike = points.chunk_by(|a, b| (a.style, a.section) == (b.style, b.section));
    alike.filter(|points| points.len() > 1).flatten().copied().collect()
}

/// How the other questions of a lead-in are written, those that were found by their words.
pub(super) fn sibling_styles(aligner: &Aligner, item: ItemIndex) -> Vec<Style> {
    let template = &aligner.catalogue.template;
    let siblings = template.item(item).parent.into_iter().flat_map(|group| template.children(group));
    let prompts = siblings
        .filter(|&other| other != item)
        .flat_map(|other| &aligner.result.prompts[other.0 as usize])
        .filter(|prompt| prompt.matched >= Match::Edited && !prompt.uncertain);
    prompts
        .filter_map(|prompt| {
            let at = aligner.candidates.partition_point(|candidate| candidate.line.start < prompt.span.start);
            let candidate = aligner.candidates.get(at)?;
            (!candidate.commented && candidate.line.start == prompt.span.start).then_some(candidate.style)
        })
        .collect()
}
