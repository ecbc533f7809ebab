//! Headings that name a section of the template.
//!
//! The top-level sections of a GTR are days, and people join them with a section (`Day 2 - Security`,
//! `Security (Day 2)`), cut them (`Day 0`) or lengthen them (`Day 0 — Planning Phase (Sandbox)`). A title
//! that stands under two days belongs to the day it stands in.

use super::{Aligner, Context};
use crate::review::Match;
use crate::review::candidates::{Candidate, Container};
use crate::review::catalogue::{Catalogue, whole_key};
use crate::review::head::unnumbered_in;
use crate::source::Span;
use crate::template::ItemIndex;

/// Most words of a heading that are looked at.
const LONGEST: usize = 24;

/// What a line names.
#[derive(Default)]
struct Named {
    top: Option<ItemIndex>,
    section: Option<ItemIndex>,
    exact: bool,
}

pub(super) fn find(aligner: &mut Aligner) {
    let headings = read(aligner, |container, _| matches!(container, Container::Heading(_)));
    let usual = usual(aligner, &headings);
    walk(aligner, &headings, usual.as_ref());
    let bound = aligner.result.contexts.iter().filter(|context| context.section.is_some()).count();
    if bound == 0 {
        // a page pasted from its rendering, or one that writes its headings in bold
        let lines = read(aligner, |container, whole| container == Container::Paragraph && whole);
        walk(aligner, &lines, usual.as_ref());
    }
}

/// A line that may be a section's heading.
struct Heading {
    /// The number of its candidate.
    at: usize,
    /// Its words, if they may be a title's.
    words: Vec<u64>,
    /// The words before its first parenthesis.
    short: Vec<u64>,
}

/// Reads the lines that may be headings.
fn read(aligner: &Aligner, takes: impl Fn(Container, bool) -> bool) -> Vec<Heading> {
    let lines = aligner.candidates.iter().enumerate();
    let taken = lines
        .filter(|(at, line)| takes(line.style.container, line.first && line.last) && !aligner.taken[*at]);
    let read = |(at, line): (usize, &Candidate)| {
        let first = line.head.words().first();
        if first.is_none_or(|first| !aligner.catalogue.first_words.contains(first)) {
            return Heading { at, words: Vec::new(), short: Vec::new() };
        }
        let words = unnumbered_in(aligner.document, line.rest).take(LONGEST).map(|word| word.hash).collect();
        Heading { at, words, short: before_parenthesis(aligner, line.rest) }
    };
    taken.map(read).collect()
}

fn walk(aligner: &mut Aligner, headings: &[Heading], usual: Option<&Usual>) {
    let mut top: Option<ItemIndex> = None;
    let mut open: Option<(ItemIndex, u8)> = None;
    let mut top_level = 0;
    let mut contexts = Vec::new();
    let mut bound = Vec::new();
    let mut seen = vec![false; aligner.catalogue.template.items.len()];
    for heading in headings {
        let (at, candidate) = (heading.at, &aligner.candidates[heading.at]);
        let level = match candidate.style.container {
            Container::Heading(level) => level,
            _ => 0,
        };
        let mut named = name(aligner, heading, top, &seen);
        // a heading as high as the day's is beside it, not in it
        let inside = top.is_none() || level > top_level;
        if inside && is_label(aligner, &named, level, top, usual, open) {
            named = Named::default();
        }
        let start = candidate.line.start;
        if named.top.is_none() && named.section.is_none() {
            // a question's heading closes nothing; only what might close is asked whether it is one
            let leaves = open.map_or(level <= top_level, |(_, of)| level < of);
            let beside = open.filter(|(_, of)| *of == level);
            let closes = level > 0 && !candidate.commented && (leaves || beside.is_some());
            if closes && !super::exact::begins_phrase(aligner, at) {
                if leaves {
                    contexts.push(Context { start, top: None, section: None, left: true });
                    open = None;
                    if level <= top_level {
                        top = None;
                    }
                } else if let Some((section, _)) = beside {
                    contexts.push(Context { start, top, section: Some(section), left: true });
                }
            }
            continue;
        }
        if let Some(day) = named.top {
            top = Some(day);
            top_level = level;
            open = None;
            bound.push((at, day, candidate.rest, named.exact));
            seen[day.0 as usize] = true;
        }
        if let Some(section) = named.section {
            top = aligner.catalogue.template.item(section).parent.or(top);
            open = Some((section, level));
            bound.push((at, section, candidate.rest, named.exact));
            seen[section.0 as usize] = true;
        }
        contexts.push(Context { start, top, section: named.section, left: false });
    }
    for context in contexts {
        aligner.result.contexts.push(context);
    }
    for (at, section, span, exact) in bound {
        let matched = if exact { Match::Verbatim } else { Match::Edited };
        aligner.bind(at, section, span, matched, false);
    }
}

/// How a document writes its section headings.
struct Usual {
    level: u8,
    /// The sections that it writes at this level.
    sections: Vec<ItemIndex>,
    /// The top-level sections that have a heading with their own title, at any level.
    tops: Vec<ItemIndex>,
}

/// The level at which most sections have a heading with their own title; the outermost of equals.
fn usual(aligner: &Aligner, headings: &[Heading]) -> Option<Usual> {
    let mut levels: Vec<(u8, ItemIndex)> = Vec::new();
    let mut tops: Vec<ItemIndex> = Vec::new();
    let mut day = None;
    for heading in headings.iter().filter(|heading| !aligner.candidates[heading.at].commented) {
        let Container::Heading(level) = aligner.candidates[heading.at].style.container else { continue };
        let named = name(aligner, heading, day, &[]);
        day = named.top.or(day);
        tops.extend(named.top.filter(|_| named.exact && named.section.is_none()));
        // each section counts once a level, however often an answer repeats its name
        let new = named.section.filter(|section| named.exact && !levels.contains(&(level, *section)));
        if let Some(section) = new {
            levels.push((level, section));
        }
    }
    let count = |level: u8| levels.iter().filter(|(of, _)| *of == level).count();
    let level = (1..=6).rev().max_by_key(|&level| count(level)).filter(|&level| count(level) > 0)?;
    let sections = levels.iter().filter(|(of, _)| *of == level).map(|(_, section)| *section).collect();
    Some(Usual { level, sections, tops })
}

/// Whether a heading that could name a section is rather a question's short label: it stands deeper than
/// the document's section headings, and names a section of another day, one by an alias only, or one that
/// has a heading at the usual level ("Compliance" and "Installation" are labels as well as sections). Or it only
/// begins like a top-level section that has a heading of its own ("Design Principles" beside "Design Details").
fn is_label(
    aligner: &Aligner,
    named: &Named,
    level: u8,
    day: Option<ItemIndex>,
    usual: Option<&Usual>,
    open: Option<(ItemIndex, u8)>,
) -> bool {
    if let (Some(top), None, false) = (named.top, named.section, named.exact) {
        return usual.is_some_and(|usual| usual.tops.contains(&top));
    }
    let Some(section) = named.section.filter(|_| named.top.is_none()) else { return false };
    let around = usual.map(|usual| usual.level).or(open.map(|(_, level)| level));
    around.is_some_and(|around| level > around)
        && (!named.exact
            || aligner.catalogue.template.item(section).parent != day
            || usual.is_some_and(|usual| usual.sections.contains(&section)))
}

/// Which top-level section and which section a heading's text names, given the day it stands in.
fn name(aligner: &Aligner, heading: &Heading, day: Option<ItemIndex>, seen: &[bool]) -> Named {
    let catalogue = aligner.catalogue;
    let words = &heading.words;
    if words.is_empty() {
        return Named::default();
    }
    let mut named = Named::default();
    let mut rest: &[u64] = words;
    for (item, title) in &catalogue.tops {
        let (item, title) = (*item, title.as_slice());
        if title.first() != words.first() && title.last() != words.last() {
            continue;
        }
        if words.len() >= 2 && title.starts_with(words) {
            return Named { top: Some(item), section: None, exact: title.len() == words.len() };
        }
        if let Some(after) = words.strip_prefix(title) {
            named.top = Some(item);
            rest = after;
            named.exact = after.is_empty();
        } else if let Some(before) = words.strip_suffix(title)
            && section(catalogue, before, Some(item), seen).is_some()
            && section(catalogue, words, day, seen).is_none()
        {
            named.top = Some(item);
            rest = before;
        }
        if named.top.is_some() && rest.len() + title.len() == words.len() && title.len() > 2 {
            break;
        }
    }
    let found = section(catalogue, rest, named.top.or(day), seen)
        .or_else(|| (named.top.is_none()).then(|| section(catalogue, &heading.short, day, seen)).flatten());
    match (named.top, found) {
        (_, Some((section, exact))) => {
            // "Day 2 - Security" opens the day only where it was not open
            let top = named.top.filter(|top| Some(*top) != day);
            Named { top, section: Some(section), exact: exact && rest.len() == words.len() }
        }
        (Some(top), None) => Named { top: Some(top), section: None, exact: named.exact },
        (None, None) => Named::default(),
    }
}

/// The section with a title, preferring the day, then one that is not bound yet, then template order.
fn section(
    catalogue: &Catalogue,
    words: &[u64],
    day: Option<ItemIndex>,
    seen: &[bool],
) -> Option<(ItemIndex, bool)> {
    let template = &catalogue.template;
    let filed = catalogue.titled.get(&whole_key(words))?.iter();
    let equal = filed.map(|&id| &catalogue.titles[id as usize]).filter(|title| title.words == words);
    let found = equal.min_by_key(|title| {
        let elsewhere = template.item(title.item).parent != day;
        let again = seen.get(title.item.0 as usize).copied().unwrap_or(false);
        (elsewhere, elsewhere && again)
    });
    found.map(|title| (title.item, title.own))
}

/// The words of a heading before its first parenthesis.
fn before_parenthesis(aligner: &Aligner, text: Span) -> Vec<u64> {
    let whole = aligner.document.text(text);
    let Some(cut) = whole.find('(') else { return Vec::new() };
    let span = Span::new(text.start, text.start + cut as u32);
    unnumbered_in(aligner.document, span).take(LONGEST).map(|word| word.hash).collect()
}
