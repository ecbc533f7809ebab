//! What an answer's text is worth: markers of open work, N/A with and without a reason.

mod markers;

use std::sync::LazyLock;

use super::words::{hashes, words};
use crate::document::Document;
use crate::source::Span;

use super::State;
use markers::{inner_markers, is_bracket, marker, without_signs};

pub(super) use markers::{Markers, named_markers_of, opens_with_marker};

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
    /// A cell of a table. Alone it is read like text; among others it is a part of a table, where "N/A" is data.
    Cell,
    /// Code, HTML: content whose words are not looked into.
    Opaque,
}

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reading {
    pub(super) state: State,
    pub(super) markers: Vec<Span>,
}

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

/// The words of these phrases.
static FILLER_WORDS: LazyLock<Vec<u64>> =
    LazyLock::new(|| FILLER.iter().flat_map(|phrase| words(phrase)).map(|word| word.hash).collect());

/// Reads an answer. `question` is the item's own wording, whose words are no reason for an N/A.
///
/// `named` is what [`named_markers_of`] found in the document.
pub(super) fn read(
    document: &Document,
    named: &[u32],
    pieces: &[Piece],
    question: &str,
    known: &Markers,
) -> Reading {
    let mut markers = Vec::new();
    let mut content: Option<&Piece> = None;
    let mut is_alone = true;
    for piece in pieces {
        let is_content = match piece.kind {
            PieceKind::Opaque => true,
            PieceKind::Cell if pieces.len() > 1 => true,
            PieceKind::Heading => false,
            PieceKind::Text | PieceKind::Cell => {
                let text = document.text(piece.span);
                if is_link(document, text, piece.span) {
                    true
                } else if let Some(length) = marker(text, known) {
                    markers.push(Span::new(piece.span.start, piece.span.start + length as u32));
                    false
                } else {
                    let before = markers.len();
                    inner_markers(document, named, piece.span, known, &mut markers);
                    // a paragraph of nothing but marker lines is no content
                    markers.len() == before || !all_marker_lines(text, known)
                }
            }
        };
        if is_content {
            is_alone = content.is_none();
            content.get_or_insert(piece);
        }
    }
    let state = match content {
        None if !markers.is_empty() => State::Placeholder,
        None => State::Unanswered,
        Some(first) if first.kind == PieceKind::Text || is_alone && first.kind == PieceKind::Cell => {
            match not_applicable(document.text(first.span)) {
                Some(_) if !markers.is_empty() && is_alone => State::Placeholder,
                Some(rest) if !is_alone || has_reason(rest, question) => State::NotApplicable,
                Some(_) => State::NotApplicableBare,
                None => State::Answered,
            }
        }
        Some(_) => State::Answered,
    };
    if state == State::Placeholder {
        markers.clear();
    } else {
        markers.retain(|span| !is_bracket(document.text(*span)));
    }
    Reading { state, markers }
}

fn all_marker_lines(text: &str, known: &Markers) -> bool {
    text.lines().filter(|line| line.contains(char::is_alphanumeric)).all(|line| marker(line, known).is_some())
}

/// Whether a text is one link: `[TBD](…)` aside, a link is an answer whatever its text says.
fn is_link(document: &Document, text: &str, span: Span) -> bool {
    if !matches!(text.as_bytes().first(), Some(b'[' | b'!' | b'<')) {
        return false;
    }
    let links = document.links();
    let at = links.partition_point(|link| link.span.start < span.start);
    links.get(at).is_some_and(|link| link.span.start == span.start && link.span.end >= span.end)
}

/// What a text says of all of its section: "This entire section is …".
fn of_section(text: &str) -> Option<&str> {
    fn after<'a>(text: &'a str, known: &[&str]) -> Option<&'a str> {
        known.iter().find_map(|word| {
            let head = text.get(..word.len()).filter(|head| head.eq_ignore_ascii_case(word))?;
            text[head.len()..].strip_prefix(char::is_whitespace)
        })
    }
    let rest = after(text, &["this", "the"])?;
    let rest = after(rest, &["entire", "whole"]).unwrap_or(rest);
    let rest = after(rest, &["section", "questionnaire"])?;
    Some(after(rest, &["is"]).unwrap_or(rest))
}

/// What follows an N/A that a text begins with, or that is all that its first words say of the section.
fn not_applicable(text: &str) -> Option<&str> {
    let start = without_signs(text);
    let start = of_section(start).unwrap_or(start);
    let initial = start.as_bytes().first().map(u8::to_ascii_lowercase);
    for form in NOT_APPLICABLE {
        if form.as_bytes().first().copied() == initial
            && start.get(..form.len()).is_some_and(|head| head.eq_ignore_ascii_case(form))
        {
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
    if words(rest).next().is_none() {
        return false;
    }
    let own = hashes(question);
    let telling = words(rest).filter(|word| !own.contains(&word.hash) && !FILLER_WORDS.contains(&word.hash));
    if telling.take(2).count() == 2 {
        return true;
    }
    let mut rest = format!(" {} ", rest.to_lowercase());
    for phrase in FILLER {
        rest = rest.replace(phrase, " ");
    }
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
        let reading = read(
            &document,
            &named_markers_of(&document),
            &pieces,
            "Describe the load testing that was performed.",
            &Markers::new(Vec::new()),
        );
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
            "**[MORE INPUT NEEDED]** Who turns the lamp on?",
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
        assert_eq!(state("We do this.\n\nTBD is the limit."), (State::Answered, 1));
        assert_eq!(state("[TODO]\n\nSee [our plan](plan.md)."), (State::Answered, 1));
        assert_eq!(state("We do this.\n\n**[FIGURES NEEDED]** Which lamps?"), (State::Answered, 1));
        assert_eq!(state("[NEEDS REVIEW](https://a.example) is our label."), (State::Answered, 0));
        assert_eq!(state("**Coming soon (in 2.1):**\n- a map of lamps"), (State::Answered, 0));
        for text in [
            "[ACTION REQUIRED] Lamps are drained first.",
            "**[INPUT VALIDATION]** Every request is checked.",
            "[LAMP MISSING DATA] An alert for lamps.",
            "[NEEDED CHANGES] are listed on the board.",
            "[NEEDED] is a label",
            "[Lanterns]",
            "[lamps #1](https://a.example) and [lamps #2]",
            "The maintainers: Ann and Bob.",
        ] {
            assert_eq!(state(text), (State::Answered, 0), "{text}");
        }
        assert_eq!(state("Coming soon:").0, State::Placeholder);
        assert_eq!(state("??\n\nBut it works."), (State::Answered, 1));
        assert_eq!(state("- [Collector (optional)]\n- used for traces"), (State::Answered, 0));
        assert_eq!(state("The `TODO` app is our demo."), (State::Answered, 0));
        assert_eq!(state("[Maintainers](https://a.example) rotate every year."), (State::Answered, 0));
        assert_eq!(state("They are elected by the\n[`MAINTAINERS`][m]: all of them."), (State::Answered, 0));
        assert_eq!(state("To be determined by the operator at install time."), (State::Answered, 0));
        assert_eq!(state("?? who knows"), (State::Answered, 1));
        assert_eq!(state("Todos are shown in a list"), (State::Answered, 0));
        assert_eq!(state("Placeholder-free is all that we write."), (State::Answered, 0));
        assert_eq!(state("Placeholder.txt holds it"), (State::Answered, 0));
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
            "This section is not applicable.",
            "N/A - load testing",
            "NA",
        ] {
            assert_eq!(state(text).0, State::NotApplicableBare, "{text}");
        }
        for text in [
            "N/A: a library has no server",
            "NA, a library has no server",
            "**N/A.** As a library…",
            "N/A\n\nWe have no server.",
            "N/A ([why](x))",
            "N/A for this proposal, which is about documents",
            "This entire section is N/A, there is no server.",
            "The questionnaire does not apply: a library has no server",
        ] {
            assert_eq!(state(text).0, State::NotApplicable, "{text}");
        }
        for text in [
            "No.",
            "None.",
            "None known",
            "Yes",
            "NATS is used",
            "NA-1 is a region",
            "NA_x is a variable",
            "This section is not done",
            "This is a section",
        ] {
            assert_eq!(state(text).0, State::Answered, "{text}");
        }
    }

    #[test]
    fn markers_inside_text_are_where_they_stand() {
        let found = |text: &str| -> Vec<String> {
            let document = Document::parse(&Source::new("answer.md", text));
            let piece = Piece { kind: PieceKind::Text, span: Span::new(0, text.len() as u32) };
            let markers = Markers::new(Vec::new());
            let named = named_markers_of(&document);
            let read = read(&document, &named, &[piece], "What is it?", &markers);
            read.markers.iter().map(|span| document.text(*span).to_owned()).collect()
        };
        assert_eq!(found("We do this.\nTODO: more\nand that"), ["TODO: more"]);
        assert_eq!(found("We do this.\r\nTBD"), ["TBD"]);
        assert_eq!(found("It is *TODO*, and the `app` as well"), ["TODO"]);
        assert_eq!(found("The `TODO` app and a TODO"), ["TODO"]);
        assert_eq!(found("Work in progress\nbut it works"), ["Work in progress"]);
        assert_eq!(found("It works\n?? who knows\n?? \nwell"), ["?? who knows", "??"]);
        assert_eq!(found("It works, does it??\nYes"), [""; 0]);
    }

    #[test]
    fn an_empty_answer_is_none() {
        assert_eq!(state("").0, State::Unanswered);
    }
}
