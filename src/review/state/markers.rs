//! Markers of open work: a block that is one, and those that stand in text.

use std::sync::LazyLock;

use crate::document::{BlockKind, Document, InlineKind};
use crate::review::search::Search;
use crate::review::words::words;
use crate::source::Span;

/// Markers that make a block one of open work when it begins with them.
const MARKERS: &[&str] = &[
    "todo",
    "tbd",
    "tbc",
    "tba",
    "fixme",
    "coming soon",
    "to be done",
    "to be defined",
    "to be determined",
    "to be added",
    "to be completed",
    "to be filled",
    "to be written",
    "to be provided",
    "to be documented",
    "needs input",
    "needs operator input",
    "placeholder",
];

/// Markers that count only when nothing else stands on their line.
const WHOLE_LINE: &[&str] =
    &["wip", "work in progress", "broken link", "yyyy-mm-dd", "fill me in", "fill in"];

/// Markers that count only in brackets.
const IN_BRACKETS: &[&str] = &["maintainers", "maintainer"];

/// Longest bracket in capitals, in bytes.
const LONGEST_BRACKET: usize = 60;

/// Longest line, in bytes, that is looked at as a whole.
const LONGEST_WHOLE_LINE: usize = 200;

/// Signs that stand before a marker without being text.
pub(super) fn is_sign(c: char) -> bool {
    match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '?' | '.' | ',' => false,
        '/' | '*' | '_' | '#' | '[' | ']' | '(' | ')' | '{' | '}' | ':' | '-' | '>' | '`' | '"' | '\'' => {
            true
        }
        '“' | '”' | '‘' | '’' | '~' | '<' | '|' => true,
        c => c.is_whitespace(),
    }
}

/// A text without the signs it begins with.
pub(super) fn without_signs(text: &str) -> &str {
    // most begin with a letter
    if text.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric) {
        return text;
    }
    text.trim_start_matches(is_sign)
}

/// What marks open work: what does in every kind of document, and what a template and its user add.
#[derive(Debug)]
pub(in crate::review) struct Markers {
    more: Vec<String>,
    /// By the first byte, in lower case, of all of them and of the signs that may stand before one of them: one bit
    /// for each second byte, by its lower five bits, which letters of both cases share.
    beginnings: [u32; 256],
}

/// Signs that a marker may begin with.
const SIGNS: &[u8] = "?.!…".as_bytes();

impl Markers {
    /// Takes the markers that are added, in lower case.
    pub(in crate::review) fn new(more: Vec<String>) -> Self {
        let mut beginnings = [0; 256];
        for &byte in SIGNS {
            beginnings[usize::from(byte)] = u32::MAX;
        }
        let given = MARKERS.iter().chain(WHOLE_LINE).chain(IN_BRACKETS).copied();
        for marker in given.chain(more.iter().map(String::as_str)) {
            if let Some(&first) = marker.as_bytes().first() {
                let second = marker.as_bytes().get(1);
                beginnings[usize::from(first)] |= second.map_or(u32::MAX, |byte| 1 << (byte & 31));
            }
        }
        Self { more, beginnings }
    }

    /// Whether a text can be a marker, told from the signs it begins with and what stands behind them.
    fn may_be(&self, text: &str, start: &str) -> bool {
        self.may_begin(start) || text.as_bytes()[..text.len() - start.len()].contains(&b'[')
    }

    /// The same of one that is no bracket, told from its first letters.
    fn may_begin(&self, start: &str) -> bool {
        match start.as_bytes() {
            [] => true,
            [first] => self.beginnings[usize::from(first.to_ascii_lowercase())] != 0,
            [first, second, ..] => {
                self.beginnings[usize::from(first.to_ascii_lowercase())] & 1 << (second & 31) != 0
            }
        }
    }
}

/// Whether a text begins with a marker of open work that what follows does not make a sentence of.
pub(in crate::review) fn opens_with_marker(text: &str) -> bool {
    static KNOWN: LazyLock<Markers> = LazyLock::new(|| Markers::new(Vec::new()));
    marker(text, &KNOWN).is_some()
}

/// Length in bytes, signs included, of the marker that a text begins with.
pub(super) fn marker(text: &str, known: &Markers) -> Option<usize> {
    let start = without_signs(text);
    if !known.may_be(text, start) {
        return None;
    }
    let skipped = text.len() - start.len();
    if text[..skipped].ends_with('[') && wants(start) {
        return Some(skipped + start.find(']').unwrap_or(start.len()));
    }
    if !known.may_begin(start) {
        return is_bracket(text).then_some(text.len());
    }
    if start.is_empty() || start.starts_with("??") {
        let only_marks = text.contains("??") && !text.contains(char::is_alphanumeric);
        return only_marks.then_some(text.len());
    }
    let bracket = text[..skipped].contains('[');
    let initial = start.as_bytes().first().map(u8::to_ascii_lowercase);
    let all = MARKERS.iter().copied().chain(known.more.iter().map(String::as_str));
    for marker in all.chain(IN_BRACKETS.iter().copied().filter(|_| bracket)) {
        if marker.as_bytes().first().copied() != initial {
            continue;
        }
        let Some(head) = start.get(..marker.len()) else { continue };
        if !head.eq_ignore_ascii_case(marker) {
            continue;
        }
        let after = &start[marker.len()..];
        // the text of a link is a name
        let link = after.trim_start_matches(['*', '_', '`']);
        if bracket && (link.starts_with("](") || link.starts_with("][")) {
            continue;
        }
        let bare = after.trim_start_matches(['*', '_', '`', ']', ')', '"', '”']);
        // the full stop of a file's name ends nothing
        let named = bare.strip_prefix('.').is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
        let ends = bare.is_empty()
            || bare.starts_with([':', '.', '…', '\n', '\r', '!']) && !named
            || ["(", "/", "-", "–", "—", "["].iter().any(|sign| bare.trim_start().starts_with(sign));
        if ends && !bare.starts_with("-") && !(marker == "coming soon" && is_title(after)) {
            return Some(skipped + marker.len());
        }
    }
    (whole_line(text) || is_bracket(text)).then_some(text.len())
}

/// Whether a line goes on in brackets and ends in a colon: "Coming soon (in 2.1):" is the title of what is planned.
fn is_title(after: &str) -> bool {
    let line = after.lines().next().unwrap_or_default();
    line.trim_start().starts_with('(') && line.trim_end_matches(['*', '_', '`', ' ']).ends_with(':')
}

/// Whether a bracket, from behind its sign on, asks for something in a few words in capitals: `[NEEDS OPERATOR INPUT]`,
/// `[FIGURES NEEDED]`. It is no label with an address or a colon behind it.
fn wants(inside: &str) -> bool {
    let Some((inner, after)) = inside.split_once(']').filter(|(inner, _)| inner.len() <= LONGEST_BRACKET)
    else {
        return false;
    };
    let capitals = !inner.contains(|c: char| c.is_lowercase() || c.is_ascii_digit());
    let mut words = inner.split_whitespace();
    let first = words.next().is_some_and(|word| matches!(word, "NEED" | "NEEDS"));
    let last = words.next_back().is_some_and(|word| matches!(word, "NEEDED" | "NEED"));
    capitals && (first && inner.contains(' ') || last) && !after.starts_with(['(', '[', ':'])
}

/// Whether a text is nothing but one of the markers that must stand alone.
fn whole_line(text: &str) -> bool {
    let first = text.bytes().find(u8::is_ascii_alphanumeric);
    let initial = first.as_ref().map(u8::to_ascii_lowercase);
    if !WHOLE_LINE.iter().any(|marker| marker.bytes().next() == initial) {
        return false;
    }
    let line = bare_line(text);
    WHOLE_LINE.iter().any(|marker| line.eq_ignore_ascii_case(marker))
}

/// A short text without the signs around it; a long one is as good as none.
fn bare_line(text: &str) -> &str {
    if text.len() > LONGEST_WHOLE_LINE {
        return "";
    }
    let line = text.trim().trim_matches(['*', '_', '`', '"', '.', '!', ' ', '…']);
    line.trim_end_matches(':').trim()
}

/// Whether a text is nothing but one bracket: "[project team to add]". Beside an answer it is a name or a
/// reference, so it counts only alone.
pub(super) fn is_bracket(text: &str) -> bool {
    if text.len() > LONGEST_WHOLE_LINE || memchr::memchr(b'[', text.as_bytes()).is_none() {
        return false;
    }
    let line = bare_line(text);
    let inner = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    inner.is_some_and(|inner| {
        !inner.contains(['[', ']']) && words(inner).count() >= 2 && !inner.starts_with('^')
    })
}

/// Markers inside text: `TODO`, `TBD`, `TBC`, `FIXME` in capitals, lines that are nothing but a marker, and
/// `[maintainers: …]`; not in code.
pub(super) fn inner_markers(
    document: &Document,
    named: &[u32],
    span: Span,
    known: &Markers,
    out: &mut Vec<Span>,
) {
    let text = document.text(span);
    let named = markers_in(named, span);
    let ends = memchr::memchr2_iter(b'\n', b'\r', text.as_bytes()).chain([text.len()]);
    let mut at = 0;
    for end in ends {
        let line = &text[at..end];
        let this = Span::new(span.start + at as u32, span.start + end as u32);
        at = end + 1;
        let start = without_signs(line);
        if known.may_be(line, start) {
            let line = line.trim_end();
            // the first line was asked together with those behind it
            let is_first = this.start == span.start;
            let marked = if is_first { whole_line(line) } else { marker(line, known).is_some() };
            let asks = || start.trim_end_matches(is_sign) == "??" || line.trim_start().starts_with("?? ");
            if marked || start.starts_with("??") && asks() {
                out.push(Span::new(this.start, this.start + line.len() as u32));
                continue;
            }
        }
        if named {
            named_markers(document, this, out);
        }
    }
}

/// Markers inside one line.
fn named_markers(document: &Document, span: Span, out: &mut Vec<Span>) {
    let line = document.text(span);
    for word in words(line) {
        let found = &line[word.span.range()];
        let before = line[..word.span.start as usize].ends_with(['[', '`']);
        let named = matches!(found, "TODO" | "TBD" | "TBC" | "FIXME")
            || (before
                && found.eq_ignore_ascii_case("maintainers")
                && line[word.span.end as usize..].starts_with(':'));
        let place = Span::new(span.start + word.span.start, span.start + word.span.end);
        if named && !in_code(document, place) {
            out.push(place);
        }
    }
}

/// Where a document names a marker, in order: searches over its text that read many bytes at once.
pub(in crate::review) fn named_markers_of(document: &Document) -> Vec<u32> {
    static SEARCH: LazyLock<Search> =
        LazyLock::new(|| Search::new(&["TODO", "TBD", "TBC", "FIXME", "aintainers:", "AINTAINERS:"]));
    SEARCH.find_all(document.source().text())
}

/// Whether one of the markers lies in a span.
fn markers_in(named: &[u32], span: Span) -> bool {
    let from = named.partition_point(|&at| at < span.start);
    named.get(from).is_some_and(|&at| at < span.end)
}

fn in_code(document: &Document, place: Span) -> bool {
    let blocks = document.blocks();
    let at = blocks.partition_point(|block| block.span.start <= place.start);
    // the innermost leaf that holds the place is the last block that begins before it
    let Some(id) = at.checked_sub(1).map(|at| crate::document::BlockId(at as u32)) else { return false };
    matches!(document.block(id).kind, BlockKind::Code { .. } | BlockKind::Cell)
        || document.inlines(id).iter().any(|inline| {
            inline.kind == InlineKind::Code
                && inline.span.contains(place)
                && !document.text(inline.span).contains("[maintainers")
        })
}
