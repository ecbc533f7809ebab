//! What an answer's text is worth: markers of open work, N/A with and without a reason.

use super::normalise::words;
use crate::document::{BlockKind, Document, InlineKind};
use crate::source::Span;

use super::State;

/// A part of an answer: what lies of one block in the answer's range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) kind: PieceKind,
    pub(super) span: Span,
}

/// What kind of block a piece is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PieceKind {
    /// Running text, a list item's text.
    Text,
    /// A heading of the author's own; alone it answers nothing.
    Heading,
    /// Code, a table cell, HTML: content whose words are not looked into.
    Opaque,
}

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reading {
    pub(super) state: State,
    pub(super) markers: Vec<Span>,
}

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

/// Longest line, in bytes, that is looked at as a whole.
const LONGEST_WHOLE_LINE: usize = 200;

/// What says that a question does not apply.
const NOT_APPLICABLE: &[&str] = &[
    "n/a",
    "n.a.",
    "n\\a",
    "not applicable",
    "not relevant",
    "no relevant",
    "does not apply",
    "doesn't apply",
    "doesn’t apply",
    "non applicable",
    "non-applicable",
    "inapplicable",
];

/// Phrases that are no reason.
const FILLER: &[&str] = &[
    "as of now",
    "at present",
    "at the moment",
    "at this point",
    "at this stage",
    "at this time",
    "currently",
    "for now",
    "for our project",
    "for the project",
    "for this project",
    "in this case",
    "presently",
    "right now",
    "so far",
    "to our project",
    "to the project",
    "to this project",
    "today",
    "yet",
];

/// Signs that stand before a marker without being text.
fn is_sign(c: char) -> bool {
    match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '?' | '.' | ',' => false,
        '/' | '*' | '_' | '#' | '[' | ']' | '(' | ')' | '{' | '}' | ':' | '-' | '>' | '`' | '"' | '\'' => {
            true
        }
        '“' | '”' | '‘' | '’' | '~' | '<' | '|' => true,
        c => c.is_whitespace(),
    }
}

/// Whether a text begins with a marker of open work that what follows does not make a sentence of.
pub(super) fn opens_with_marker(text: &str) -> bool {
    marker(text, &[]).is_some()
}

/// First letters of the markers and of what stands for them; most lines begin with another.
const INITIALS: &[u8] = b"tfcnpmwby?";

/// Length in bytes, signs included, of the marker that a text begins with.
fn marker(text: &str, more: &[String]) -> Option<usize> {
    let start = text.trim_start_matches(is_sign);
    let initial = start.as_bytes().first().map(u8::to_ascii_lowercase);
    let bracketed = text.len() - start.len() > 0 && text.trim_start().starts_with(['[', '*', '_', '`']);
    if more.is_empty() && !bracketed && initial.is_some_and(|byte| !INITIALS.contains(&byte)) {
        return None;
    }
    let skipped = text.len() - start.len();
    if text.trim_start_matches(is_sign).is_empty() || start.starts_with("??") {
        let only_marks = text.contains("??") && !text.contains(char::is_alphanumeric);
        return only_marks.then_some(text.len());
    }
    let bracket = text[..skipped].contains('[');
    let all = MARKERS.iter().copied().chain(more.iter().map(String::as_str));
    for marker in all.chain(bracket.then_some("maintainers")).chain(bracket.then_some("maintainer")) {
        let Some(head) = start.get(..marker.len()) else { continue };
        if !head.eq_ignore_ascii_case(marker) {
            continue;
        }
        let after = &start[marker.len()..];
        let bare = after.trim_start_matches(['*', '_', '`', ']', ')', '"', '”']);
        let ends = bare.is_empty()
            || bare.starts_with([':', '.', '…', '\n', '\r', '!'])
            || ["(", "/", "-", "–", "—", "["].iter().any(|sign| bare.trim_start().starts_with(sign));
        if ends && !bare.starts_with("-") {
            return Some(skipped + marker.len());
        }
    }
    whole_line(text).then_some(text.len())
}

/// Whether a text is nothing but one of the markers that must stand alone, or one bracket that is no link.
fn whole_line(text: &str) -> bool {
    if text.len() > LONGEST_WHOLE_LINE {
        return false;
    }
    let line = text.trim().trim_matches(['*', '_', '`', '"', '.', '!', ' ', '…']);
    let line = line.trim_end_matches(':').trim();
    if WHOLE_LINE.iter().any(|marker| line.eq_ignore_ascii_case(marker)) {
        return true;
    }
    let inner = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    inner.is_some_and(|inner| {
        !inner.contains(['[', ']']) && words(inner).count() >= 2 && !inner.starts_with('^')
    })
}

/// Reads an answer. `question` is the item's own wording, whose words are no reason for an N/A.
pub(super) fn read(document: &Document, pieces: &[Piece], question: &str, more: &[String]) -> Reading {
    let mut markers = Vec::new();
    let mut content: Vec<&Piece> = Vec::new();
    for piece in pieces {
        match piece.kind {
            PieceKind::Opaque => content.push(piece),
            PieceKind::Heading => {}
            PieceKind::Text => {
                let text = document.text(piece.span);
                if is_link(document, piece.span) {
                    content.push(piece);
                } else if let Some(length) = marker(text, more) {
                    markers.push(Span::new(piece.span.start, piece.span.start + length as u32));
                } else {
                    let before = markers.len();
                    inner_markers(document, piece.span, more, &mut markers);
                    let lines = text.lines().filter(|line| line.contains(char::is_alphanumeric)).count();
                    // a paragraph of nothing but marker lines is no content
                    if markers.len() - before < lines || lines == 0 || !all_marker_lines(text, more) {
                        content.push(piece);
                    }
                }
            }
        }
    }
    let state = match content.first() {
        None if !markers.is_empty() => State::Placeholder,
        None => State::Unanswered,
        Some(first) if first.kind == PieceKind::Text => match not_applicable(document.text(first.span)) {
            Some(_) if !markers.is_empty() && content.len() == 1 => State::Placeholder,
            Some(rest) if content.len() > 1 || has_reason(rest, question) => State::NotApplicable,
            Some(_) => State::NotApplicableBare,
            None => State::Answered,
        },
        Some(_) => State::Answered,
    };
    if state == State::Placeholder {
        markers.clear();
    }
    Reading { state, markers }
}

fn all_marker_lines(text: &str, more: &[String]) -> bool {
    text.lines().filter(|line| line.contains(char::is_alphanumeric)).all(|line| marker(line, more).is_some())
}

/// Whether a text is one link: `[TBD](…)` aside, a link is an answer whatever its text says.
fn is_link(document: &Document, span: Span) -> bool {
    let links = document.links();
    let at = links.partition_point(|link| link.span.start < span.start);
    links.get(at).is_some_and(|link| link.span.start == span.start && link.span.end >= span.end)
}

/// Markers inside text: `TODO`, `TBD`, `TBC`, `FIXME` in capitals, lines that are nothing but a marker, and
/// `[maintainers: …]`; not in code.
fn inner_markers(document: &Document, span: Span, more: &[String], out: &mut Vec<Span>) {
    let text = document.text(span);
    let mut at = span.start;
    for line in text.split_inclusive(['\n', '\r']) {
        let this = Span::new(at, at + line.trim_end().len() as u32);
        at += line.len() as u32;
        if this.start > span.start && !this.is_empty() && marker(document.text(this), more).is_some() {
            out.push(this);
            continue;
        }
        if out.last().is_some_and(|last| last.contains(this)) {
            continue;
        }
        let line = document.text(this);
        if whole_line(line) || line.trim_matches(is_sign) == "??" || line.trim().starts_with("?? ") {
            out.push(this);
            continue;
        }
        if !named_inside().is_match(line) {
            continue;
        }
        for word in words(line) {
            let found = &line[word.span.range()];
            let before = line[..word.span.start as usize].ends_with(['[', '`']);
            let named = matches!(found, "TODO" | "TBD" | "TBC" | "FIXME")
                || (before
                    && found.eq_ignore_ascii_case("maintainers")
                    && line[word.span.end as usize..].starts_with(':'));
            let place = Span::new(this.start + word.span.start, this.start + word.span.end);
            if named && !in_code(document, place) {
                out.push(place);
            }
        }
    }
}

/// One search for what [`inner_markers`] looks for inside a line.
fn named_inside() -> &'static aho_corasick::AhoCorasick {
    static SEARCH: std::sync::OnceLock<aho_corasick::AhoCorasick> = std::sync::OnceLock::new();
    SEARCH.get_or_init(|| {
        let words = ["TODO", "TBD", "TBC", "FIXME", "aintainers:", "AINTAINERS:"];
        aho_corasick::AhoCorasick::new(words).expect("six short words fit an automaton")
    })
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

/// What follows an N/A that a text begins with.
fn not_applicable(text: &str) -> Option<&str> {
    let start = text.trim_start_matches(is_sign);
    for form in NOT_APPLICABLE {
        if start.get(..form.len()).is_some_and(|head| head.eq_ignore_ascii_case(form)) {
            let rest = &start[form.len()..];
            if !rest.starts_with(char::is_alphanumeric) {
                return Some(rest);
            }
        }
    }
    let capital = start.strip_prefix("NA").or_else(|| start.strip_prefix("N A"));
    capital.filter(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-' || c == '_'))
}

/// Whether what follows an N/A says why: a link, or at least two words that are neither filler nor the
/// question's own.
fn has_reason(rest: &str, question: &str) -> bool {
    if rest.contains("](") || rest.contains("://") {
        return true;
    }
    let mut rest = format!(" {} ", rest.to_lowercase());
    for phrase in FILLER {
        rest = rest.replace(phrase, " ");
    }
    let own: Vec<u64> = words(question).map(|word| word.hash).collect();
    let reason = words(&rest).filter(|word| !own.contains(&word.hash));
    reason.take(2).count() == 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn state(text: &str) -> (State, usize) {
        let document = Document::parse(&Source::new("answer.md", text));
        let pieces: Vec<Piece> = document
            .blocks()
            .iter()
            .filter(|block| block.kind.is_leaf())
            .map(|block| Piece { kind: PieceKind::Text, span: block.span })
            .collect();
        let reading = read(&document, &pieces, "Describe the load testing that was performed.", &[]);
        (reading.state, reading.markers.len())
    }

    #[test]
    fn a_block_of_open_work_is_a_placeholder_only_when_it_is_all_there_is() {
        for text in [
            "TODO",
            "TODO: ask the team",
            "_Coming Soon_",
            "TBC...",
            "TBD / Jane",
            "**TODO (Maintainers):** fill in",
            "`[maintainers: confirm]`",
            "[NEEDS OPERATOR INPUT]",
            "WIP",
            "??",
            "- TODO\n- TBD",
            "N/A\n\nTBD",
            "Broken link.",
            "[Project team to add]",
        ] {
            assert_eq!(state(text).0, State::Placeholder, "{text}");
        }
        assert_eq!(state("We do this.\n\n- TODO: more"), (State::Answered, 1));
        assert_eq!(state("The limit is TBD."), (State::Answered, 1));
        assert_eq!(state("??\n\nBut it works."), (State::Answered, 1));
        assert_eq!(state("The `TODO` app is our demo."), (State::Answered, 0));
        assert_eq!(state("To be determined by the operator at install time."), (State::Answered, 0));
        assert_eq!(state("Todos are shown in a list"), (State::Answered, 0));
        assert_eq!(state("[self assessment](https://example.org)"), (State::Answered, 0));
    }

    #[test]
    fn not_applicable_needs_a_reason() {
        for text in [
            "N/A",
            "Not applicable.",
            "**N/A** for now",
            "N/A at this time",
            "No relevant.",
            "N/A - load testing",
            "NA",
        ] {
            assert_eq!(state(text).0, State::NotApplicableBare, "{text}");
        }
        for text in [
            "N/A: a library has no server",
            "**N/A.** As a library…",
            "N/A\n\nWe have no server.",
            "N/A ([why](x))",
        ] {
            assert_eq!(state(text).0, State::NotApplicable, "{text}");
        }
        for text in ["No.", "None.", "None known", "Yes", "NATS is used"] {
            assert_eq!(state(text).0, State::Answered, "{text}");
        }
    }

    #[test]
    fn an_empty_answer_is_none() {
        assert_eq!(state("").0, State::Unanswered);
    }
}
