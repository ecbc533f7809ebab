//! What a document aims at and what it was written on: title, metadata fields, revision, level.

use super::align::Alignment;
use super::candidates::Container;
use super::catalogue::Catalogue;
use super::kep_level::KepLevel;
use super::words::{Word, hashes, words};
use super::{Level, LevelSource, Match, Prompt, Title};
use crate::document::{BlockId, BlockKind, Document};
use crate::settings::{Origin, Settings};
use crate::source::Span;
use crate::template::{Date, ItemIndex, ItemKind, LevelIndex, Template};

/// Finds the title: the first heading (a plain line where there is none) that names the kind of document
/// and goes on behind a dash, a colon or a slash; else the first that names it at all. Where it names no level, a later
/// heading as high that does is the title: a page of its own stands above the template's.
pub(super) fn title(document: &Document, catalogue: &Catalogue) -> Option<Title> {
    let headings = document.ids().filter_map(|id| match document.block(id).kind {
        BlockKind::Heading(level) if !document.block(id).commented => Some((id, level)),
        _ => None,
    });
    let (mut first, mut fallback) = (None, None);
    let mut deepest = u8::MAX;
    for (id, level) in headings {
        if level > deepest {
            continue;
        }
        let Some(found) = read_title(document, catalogue, id, document.content(id)) else { continue };
        if named_level(document, &catalogue.template, &found).is_some() {
            return Some(found);
        }
        if found.project.is_some() || found.level.is_some() {
            deepest = deepest.min(level);
            first = first.or(Some(found));
        } else {
            fallback = fallback.or(Some(found));
        }
    }
    first.or(fallback).or_else(|| plain_title(document, catalogue))
}

/// The first line of a paragraph that names the kind of document and goes on, where no heading does. It stands above
/// the first section: what a section says about its kind of document is no title.
fn plain_title(document: &Document, catalogue: &Catalogue) -> Option<Title> {
    let is_section = |id: &BlockId| {
        document.block(*id).kind.is_heading() && catalogue.is_section(document.text(document.content(*id)))
    };
    let above = document.ids().take_while(|id| !is_section(id));
    let paragraphs = above.filter(|&id| {
        let block = document.block(id);
        block.kind == BlockKind::Paragraph && block.parent.is_none() && !block.commented
    });
    let read = |id| read_title(document, catalogue, id, document.lines(id).next()?.span);
    paragraphs.filter_map(read).find(|found| found.project.is_some() || found.level.is_some())
}

/// How many words may stand in a title before those that name the kind.
const MOST_BEFORE: usize = 6;

fn read_title(document: &Document, catalogue: &Catalogue, block: BlockId, span: Span) -> Option<Title> {
    let template = &catalogue.template;
    let text = document.text(span);
    let begins = |word: &Word| catalogue.kinds.iter().any(|name| name.first() == Some(&word.hash));
    if !words(text).take(MOST_BEFORE + 1).any(|word| begins(&word)) {
        return None;
    }
    let own: Vec<_> = words(text).collect();
    for name in &catalogue.kinds {
        let Some(at) = own
            .windows(name.len())
            .position(|window| window.iter().map(|word| word.hash).eq(name.iter().copied()))
        else {
            continue;
        };
        if at > MOST_BEFORE {
            continue;
        }
        let after = Span::new(span.start + own[at + name.len() - 1].span.end, span.end);
        let rest = document.text(after);
        let signs = rest.trim_start_matches(['*', '_', ' ', '\\', '\t']);
        if !signs.starts_with(['-', '–', '—', ':', '/', '(', '[', '|']) {
            let project =
                (at > 0).then(|| part(document, Span::new(span.start, span.start + own[at].span.start)));
            // "Governance Review for Graduation"
            let last = own.last().filter(|_| rest.trim_start().starts_with("for ")).map(|word| word.span);
            let last = last.filter(|&last| template.level(&text[last.range()]).is_some());
            let level = last.map(|last| Span::new(span.start + last.start, span.start + last.end));
            return Some(Title { block, span, project: project.flatten(), level });
        }
        let begin = after.end - signs.trim_start_matches(['-', '–', '—', ':', ' ', '\\', '\t']).len() as u32;
        let tail = document.text(Span::new(begin, span.end));
        let (project, level) = match tail.rfind('/') {
            Some(slash) => {
                let slash = begin + slash as u32;
                (Span::new(begin, slash), Some(Span::new(slash + 1, span.end)))
            }
            None => match tail
                .rfind(['(', '[', '-', '–', '—', ':'])
                .filter(|&cut| template.level(words_only(&tail[cut..]).as_str()).is_some())
            {
                Some(cut) => {
                    (Span::new(begin, begin + cut as u32), Some(Span::new(begin + cut as u32, span.end)))
                }
                None => (Span::new(begin, span.end), None),
            },
        };
        return Some(Title {
            block,
            span,
            project: part(document, project),
            level: level.and_then(|level| part(document, level)),
        });
    }
    None
}

fn words_only(text: &str) -> String {
    let parts: Vec<&str> = words(text).map(|word| &text[word.span.range()]).collect();
    parts.join(" ")
}

/// A part of a title without white space, dashes and closing emphasis; brackets stay.
fn part(document: &Document, span: Span) -> Option<Span> {
    let text = document.text(span);
    let start = text.trim_start_matches([' ', '\t', '-', '–', '—', ':', '*', '_', '\\']);
    let from = span.end - start.len() as u32;
    let kept = start.trim_end_matches([' ', '\t', '-', '–', '—', '*', '_', '\\', '/']);
    (!kept.is_empty()).then(|| Span::new(from, from + kept.len() as u32))
}

/// Finds the metadata fields between the title and the first section: `label: value` lines in any block,
/// table rows of two cells.
pub(super) fn fields(document: &Document, catalogue: &Catalogue, alignment: &mut Alignment) {
    let template = &catalogue.template;
    let first = alignment.prompts.iter().flatten().map(|prompt| prompt.span.start).min();
    let until = first.unwrap_or(u32::MAX);
    if catalogue.fields.is_empty() {
        return;
    }
    for candidate in alignment.lines.iter().take_while(|candidate| candidate.line.start < until) {
        if candidate.commented {
            continue;
        }
        let (label, end) = match (candidate.style.container, candidate.colon(document)) {
            (Container::Heading(_), _) => continue,
            (Container::Cell, _) => (candidate.line, candidate.line.end),
            (_, Some(colon)) => (Span::new(candidate.line.start, colon), colon + 1),
            (_, None) => continue,
        };
        let text = document.text(label);
        let whole = hashes(text);
        let bare = hashes(text.split('(').next().unwrap_or(text));
        let field = catalogue.fields.iter().find(|(_, name)| *name == whole || *name == bare);
        let Some((item, _)) = field else { continue };
        let rest = document.text(Span::new(end, candidate.rest.end.max(end)));
        let signs = rest.len() - rest.trim_start_matches(['*', '_', ':']).len();
        alignment.prompts[item.0 as usize].push(Prompt {
            block: candidate.block,
            span: Span::new(candidate.line.start, end + signs as u32),
            matched: Match::Verbatim,
            uncertain: false,
            truncated: false,
            section: None,
        });
    }
    for index in template.indices().filter(|&index| template.item(index).kind == ItemKind::Field) {
        alignment.prompts[index.0 as usize].truncate(1);
    }
}

/// The level: settings, the metadata of a KEP (whose title has none), title, the highest level one of whose
/// own questions is answered, the lowest.
pub(super) fn level(
    document: &Document,
    template: &Template,
    settings: &Settings,
    kep: Option<KepLevel>,
    title: Option<&Title>,
    answered: impl Fn(ItemIndex) -> bool,
) -> Level {
    if let Some(set) = &settings.level
        && let Some(index) = template.level(&set.value)
    {
        let source = match set.origin {
            Origin::Flag => LevelSource::Flag,
            Origin::Environment => LevelSource::Environment,
            Origin::Config | Origin::Default => LevelSource::Config,
        };
        return Level { index: Some(index), source };
    }
    if let Some(kep) = kep {
        let index = kep.name.and_then(|name| template.level(name));
        return Level { index, source: LevelSource::Metadata };
    }
    let named = title.and_then(|title| named_level(document, template, title));
    if let Some(index) = named {
        return Level { index: Some(index), source: LevelSource::Title };
    }
    let own = |level: LevelIndex| {
        template.indices().any(|item| {
            template.item(item).kind == ItemKind::Question
                && template.required_from(item) == Some(level)
                && answered(item)
        })
    };
    let highest = (1..template.levels.len() as u8).rev().map(LevelIndex).find(|&level| own(level));
    match highest {
        Some(index) => Level { index: Some(index), source: LevelSource::Answers },
        None => Level { index: Some(LevelIndex(0)), source: LevelSource::Default },
    }
}

/// The level that a title names.
fn named_level(document: &Document, template: &Template, title: &Title) -> Option<LevelIndex> {
    let text = document.text(title.level?);
    // "Incubation (self-assessment)": the first word that is a level
    let first = || words(text).find_map(|word| template.level(&text[word.span.range()]));
    template.level(&words_only(text)).or_else(first)
}

/// A date at the beginning of a field's value: ISO 8601, also unpadded.
pub(super) fn date(value: &str) -> Option<Date> {
    let first = value.split(|c: char| !(c.is_ascii_digit() || c == '-')).find(|part| part.len() >= 8)?;
    let mut parts = first.split('-').map(|part| part.parse::<u16>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    Date::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
}
