//! Gives every finding its identity across runs.

use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, Fingerprint};
use crate::document::Document;
use crate::review::words;
use crate::source::{FileId, Source, Span};

const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// One step of FNV-1a.
fn step(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(PRIME)
}

/// FNV-1a over some bytes and an end mark, so that `ab`, `c` differs from `a`, `bc`.
fn feed(hash: u64, bytes: &[u8]) -> u64 {
    step(bytes.iter().fold(hash, |hash, byte| step(hash, *byte)), 0xff)
}

/// FNV-1a of a word in lower case. A fingerprint is kept in baselines, so it hangs on no hash that may change.
fn folded(word: &str) -> u64 {
    if word.is_ascii() {
        return word.bytes().fold(OFFSET, |hash, byte| step(hash, byte.to_ascii_lowercase()));
    }
    let mut buffer = [0; 4];
    let lower = word.chars().flat_map(char::to_lowercase);
    lower.fold(OFFSET, |hash, c| c.encode_utf8(&mut buffer).bytes().fold(hash, step))
}

fn feed_words(hash: u64, text: &str) -> u64 {
    words(text).fold(hash, |hash, word| feed(hash, &folded(&text[word.span.range()]).to_le_bytes()))
}

/// Sets the fingerprints of the findings of one document (`None`: of metadata alone) and its companions.
///
/// A hash over the rule, the item (or else the words at the primary place), the headings around the place
/// and the ordinal among findings that are equal in all of these. The path and the line are left out, so
/// that a fingerprint survives a move of the text and of the file.
pub(super) fn set<'a, 's>(
    found: impl Iterator<Item = &'a mut Diagnostic>,
    document: Option<&Document>,
    source: impl Fn(FileId) -> Option<&'s Source>,
) {
    let mut found = found.peekable();
    // most documents of a tree have none
    if found.peek().is_none() {
        return;
    }
    let mut headings = document.map(HeadingPaths::new);
    let mut seen: HashMap<u64, u32> = HashMap::new();
    for diagnostic in found {
        let mut hash = feed(OFFSET, diagnostic.rule.0.as_bytes());
        let at = &diagnostic.primary;
        hash = match &diagnostic.item {
            Some(item) => feed(hash, item.as_bytes()),
            None => feed_words(feed(hash, b""), source(at.file).map_or("", |source| source.slice(at.span))),
        };
        if let Some(headings) = headings.as_mut().filter(|_| at.file == FileId(0)) {
            hash = feed(hash, &headings.at(at.span.start).to_le_bytes());
        }
        let ordinal = seen.entry(hash).and_modify(|ordinal| *ordinal += 1).or_insert(0);
        diagnostic.fingerprint = Fingerprint(feed(hash, &ordinal.to_le_bytes()));
    }
}

/// For every heading the hash of its words and of those above it; read when asked for, because most headings of a
/// document have no finding.
struct HeadingPaths<'a> {
    headings: Vec<Heading<'a>>,
}

struct Heading<'a> {
    start: u32,
    text: &'a str,
    /// The heading above it.
    above: Option<usize>,
    hash: Option<u64>,
}

impl<'a> HeadingPaths<'a> {
    fn new(document: &'a Document) -> Self {
        let headings = document.sections().iter().map(|section| {
            let span = document.block(section.heading).span;
            (section.level, span, document.text(span))
        });
        Self::from_headings(headings)
    }

    fn from_headings(all: impl Iterator<Item = (u8, Span, &'a str)>) -> Self {
        let mut open: Vec<(u8, usize)> = Vec::new();
        let mut headings = Vec::with_capacity(all.size_hint().0);
        for (level, span, text) in all {
            while open.last().is_some_and(|(above, _)| *above >= level) {
                open.pop();
            }
            let above = open.last().map(|(_, at)| *at);
            open.push((level, headings.len()));
            headings.push(Heading { start: span.start, text, above, hash: None });
        }
        Self { headings }
    }

    /// The hash of the headings around an offset; 0 above the first one.
    fn at(&mut self, offset: u32) -> u64 {
        let after = self.headings.partition_point(|heading| heading.start <= offset);
        after.checked_sub(1).map_or(0, |at| self.path(at))
    }

    fn path(&mut self, at: usize) -> u64 {
        let Heading { text, above, hash, .. } = self.headings[at];
        // levels are at most six
        let hash = hash.unwrap_or_else(|| {
            let above = above.map_or(OFFSET, |above| self.path(above));
            feed(feed_words(above, text), b"")
        });
        self.headings[at].hash = Some(hash);
        hash
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::RuleId;
    use crate::rules::Findings;

    fn finding(rule: &'static str, range: std::ops::Range<usize>) -> Diagnostic {
        let mut findings = Findings::new(RuleId(rule));
        findings.report(Span::from_range(range), "something is wrong");
        findings.into_diagnostics().remove(0)
    }

    fn of<const N: usize>(text: &str, mut found: [Diagnostic; N]) -> [Fingerprint; N] {
        let source = Source::new("any.md", text);
        set(found.iter_mut(), None, |_| Some(&source));
        found.map(|one| one.fingerprint)
    }

    #[test]
    fn sixteen_digits_that_survive_moved_lines_and_other_spacing() {
        let here = of("See **TODO** here", [finding("unresolved-marker", 4..12)]);
        let there = of("new\n\nlines: todo", [finding("unresolved-marker", 12..16)]);
        assert_eq!(here, there);
        let text = here[0].to_string();
        assert_eq!((text.len(), Fingerprint::parse(&text)), (16, Some(here[0])));
        assert!(
            ["", "0", "+123456789abcdef", "é123456789abcd"].iter().all(|no| Fingerprint::parse(no).is_none())
        );
        assert_ne!(here, of("See **TODO** here", [finding("echoed-question", 4..12)]));
        assert_ne!(here, of("See **TBD** here", [finding("unresolved-marker", 4..11)]));
    }

    #[test]
    fn equal_findings_are_told_apart_by_their_order() {
        let two = of("TODO TODO", [finding("a", 0..4), finding("a", 5..9)]);
        assert_ne!(two[0], two[1]);
        assert_eq!(two[0], of("TODO", [finding("a", 0..4)])[0]);
    }

    #[test]
    fn headings_above_a_place_are_part_of_it() {
        let text = "# A\n## B\nx\n# C\n## B\ny";
        let spans = [(1, 0..3), (2, 4..8), (1, 11..14), (2, 15..19)];
        let headings = spans.map(|(level, range)| (level, Span::from_range(range.clone()), &text[range]));
        let mut paths = HeadingPaths::from_headings(headings.into_iter());
        assert_ne!(paths.at(9), paths.at(20), "B below A is not B below C");
        assert_eq!(paths.at(4), paths.at(9));
        assert_eq!(HeadingPaths { headings: Vec::new() }.at(3), 0);
    }
}
