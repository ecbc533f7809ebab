//! Suppression comments: `<!-- gtr-ignore RULE: reason -->`, `RULE(ITEM)`, several with commas, and
//! `<!-- gtr-ignore-file RULE: reason -->`; in YAML the same after `#`. No other comment is ever one.

use std::collections::HashMap;

use memchr::memmem;

use crate::document::{BlockKind, Document, InlineKind};
use crate::metadata::Metadata;
use crate::source::{FileId, Source, Span};

/// What every suppression comment begins with.
const WORD: &str = "gtr-ignore";

/// How comments are written in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Syntax {
    /// `<!-- … -->`.
    Markdown,
    /// `# …` to the end of the line.
    Yaml,
}

impl Syntax {
    /// A directive as it would be written here.
    pub(super) fn sample(self) -> &'static str {
        match self {
            Self::Markdown => "<!-- gtr-ignore RULE: reason -->",
            Self::Yaml => "# gtr-ignore RULE: reason",
        }
    }

    /// Length of what opens a comment (a run of `#` counts as one), its inner text, and the comment's length.
    fn inner(self, text: &str) -> Option<(usize, &str, usize)> {
        match self {
            Self::Markdown => {
                let inner = text.strip_prefix("<!--")?;
                let inner = &inner[..inner.find("-->")?];
                Some((4, inner, inner.len() + 7))
            }
            Self::Yaml => {
                let inner = text.trim_start_matches('#').trim_end();
                let open = text.len() - text.trim_start_matches('#').len();
                (open > 0).then_some((open, inner, open + inner.len()))
            }
        }
    }
}

/// Where a comment's rules are silenced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// Everywhere in the file.
    File,
    /// On these 1-based lines, both included.
    Lines(u32, u32),
    /// Nowhere: nothing but blank lines and other comments of this kind follows.
    Nothing,
}

/// One rule that a comment names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    /// The rule's name as written.
    pub(super) rule: String,
    /// The item's id as written.
    pub(super) item: Option<String>,
    /// Name and item as written.
    pub(super) span: Span,
    /// It silenced something.
    pub(super) used: bool,
}

/// One suppression comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Directive {
    /// The file it stands in, the only one it speaks of.
    pub(super) file: FileId,
    /// How comments are written there.
    pub(super) syntax: Syntax,
    /// The whole comment.
    pub(super) span: Span,
    /// What it silences; empty when it names nothing.
    pub(super) targets: Vec<Target>,
    /// Where.
    pub(super) reach: Reach,
    /// It says why. Without a reason it silences nothing.
    pub(super) explained: bool,
    /// Nothing but other comments stands on its lines.
    pub(super) alone: bool,
}

/// All suppression comments of a document, in order. Comments in code are no comments for the parser either.
pub(super) fn of_document(document: &Document) -> Vec<Directive> {
    if !may_have(document.source()) {
        return Vec::new();
    }
    let mut comments = Vec::new();
    for id in document.ids() {
        let block = document.block(id);
        match block.kind {
            BlockKind::Comment { closed: true } => {
                comments.extend(each(document.text(block.span), block.span.start))
            }
            kind if kind.is_leaf() && !block.commented => {
                let inlines = document.inlines(id).iter();
                comments.extend(
                    inlines.filter(|inline| inline.kind == InlineKind::Comment).map(|inline| inline.span),
                );
            }
            _ => {}
        }
    }
    comments.sort();
    comments.dedup();
    parse(document.source(), FileId(0), Syntax::Markdown, &comments)
}

/// All suppression comments of a metadata file, in order.
pub(super) fn of_metadata(file: &Metadata) -> Vec<Directive> {
    if !may_have(file.source()) {
        return Vec::new();
    }
    parse(file.source(), file.file(), Syntax::Yaml, file.comments())
}

/// Whether there is anything that a suppression comment begins with.
fn may_have(source: &Source) -> bool {
    memmem::find(source.text().as_bytes(), WORD.as_bytes()).is_some()
}

/// Each `<!-- … -->` of a text that begins at `at`: several on one line are one block of markdown.
fn each(text: &str, at: u32) -> Vec<Span> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = text[from..].find("<!--").map(|open| from + open) {
        let Some(close) = text[open..].find("-->") else { break };
        from = open + close + 3;
        found.push(Span::new(at + open as u32, at + from as u32));
    }
    found
}

/// Reads those of a file's comments that are directives. `comments` are in order and do not overlap.
pub(super) fn parse(source: &Source, file: FileId, syntax: Syntax, comments: &[Span]) -> Vec<Directive> {
    let mut found: Vec<(Directive, bool)> = Vec::new();
    // many may stand on one line, and what one line says of them it says once
    let mut line_before = None;
    for &span in comments {
        let Some(mut one) = parse_one(source, file, syntax, span) else { continue };
        let lines = lines_of(source, one.0.span);
        let same = line_before.filter(|(before, _)| *before == lines && lines.0 == lines.1);
        one.0.alone = same.map_or_else(|| is_alone(source, one.0.span), |(_, alone)| alone);
        line_before = Some((lines, one.0.alone));
        found.push(one);
    }
    let own_lines: Vec<(u32, u32)> = found
        .iter()
        .filter(|(directive, _)| directive.alone)
        .map(|(directive, _)| lines_of(source, directive.span))
        .collect();
    // from the last to the first: what the ones below cover is known
    let mut known = HashMap::new();
    for (directive, whole_file) in found.iter_mut().rev() {
        directive.reach =
            if *whole_file { Reach::File } else { reach(source, directive, &own_lines, &mut known) };
    }
    found.into_iter().map(|(directive, _)| directive).collect()
}

fn parse_one(source: &Source, file: FileId, syntax: Syntax, span: Span) -> Option<(Directive, bool)> {
    let (open, inner, length) = syntax.inner(source.slice(span))?;
    let span = Span::new(span.start, span.start + length as u32);
    let start = span.start + open as u32;
    let trimmed = inner.trim_start();
    let word = trimmed.split(char::is_whitespace).next().unwrap_or_default();
    let whole_file = match word {
        WORD => false,
        "gtr-ignore-file" => true,
        _ => return None,
    };
    let rest_at = start + (inner.len() - trimmed.len() + word.len()) as u32;
    let rest = &trimmed[word.len()..];
    let (names, reason) = match rest.find(':') {
        Some(colon) => (&rest[..colon], &rest[colon + 1..]),
        None => (rest, ""),
    };
    let directive = Directive {
        file,
        syntax,
        span,
        targets: targets(names, rest_at),
        reach: Reach::Nothing,
        explained: reason.chars().any(char::is_alphanumeric),
        alone: false,
    };
    Some((directive, whole_file))
}

/// `RULE`, `RULE(ITEM)`, separated by commas. `at` is where `names` begins in the file.
fn targets(names: &str, at: u32) -> Vec<Target> {
    let mut targets = Vec::new();
    let mut offset = at;
    for part in names.split(',') {
        let name = part.trim();
        if !name.is_empty() {
            let start = offset + (part.len() - part.trim_start().len()) as u32;
            let (rule, item) = match name.split_once('(') {
                Some((rule, item)) => {
                    (rule.trim_end(), Some(item.strip_suffix(')').unwrap_or(item).trim().to_string()))
                }
                None => (name, None),
            };
            let span = Span::new(start, start + name.len() as u32);
            targets.push(Target { rule: rule.to_string(), item, span, used: false });
        }
        offset += part.len() as u32 + 1;
    }
    targets
}

/// 1-based first and last line of a span.
pub(super) fn lines_of(source: &Source, span: Span) -> (u32, u32) {
    (source.line(span.start), source.line(span.end.saturating_sub(1).max(span.start)))
}

/// White space and quote marks only.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || c == '>')
}

/// The text before and behind a span on its lines.
pub(super) fn around(source: &Source, span: Span) -> (&str, &str) {
    let (first, last) = lines_of(source, span);
    let before = Span::new(source.line_span(first).start, span.start);
    let after = Span::new(span.end, source.line_span(last).end);
    (source.slice(before), source.slice(after))
}

fn is_alone(source: &Source, span: Span) -> bool {
    let bare = |text: &str| {
        let mut from = 0;
        let mut apart = each(text, 0).into_iter().map(|comment| {
            let before = &text[from..comment.range().start];
            from = comment.range().end;
            before
        });
        apart.all(is_blank) && is_blank(&text[from..])
    };
    let (before, after) = around(source, span);
    bare(before) && bare(after)
}

/// Behind other text a comment covers its own lines; alone it covers the next line with content. `known` has what
/// is covered from a line on.
fn reach(
    source: &Source,
    directive: &Directive,
    own_lines: &[(u32, u32)],
    known: &mut HashMap<u32, Reach>,
) -> Reach {
    let (first, last) = lines_of(source, directive.span);
    if !directive.alone {
        return Reach::Lines(first, last);
    }
    let mut line = last + 1;
    let mut reach = Reach::Nothing;
    while line <= source.lines().count() {
        if let Some(found) = known.get(&line) {
            reach = *found;
            break;
        }
        let at = own_lines.partition_point(|&(_, end)| end < line);
        if let Some(&(start, end)) = own_lines.get(at)
            && start <= line
        {
            line = end + 1;
        } else if is_blank(source.slice(source.line_span(line))) {
            line += 1;
        } else {
            reach = Reach::Lines(line, line);
            break;
        }
    }
    known.insert(last + 1, reach);
    reach
}
