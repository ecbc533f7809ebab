//! The places of a document where a question may stand, and how each is written.

use memchr::memmem;

use super::catalogue::Catalogue;
use super::head::Head;
use super::words::words;
use crate::document::{BlockId, BlockKind, Document, Lead, LeadKind, LostCause};
use crate::source::Span;

/// What kind of block a line stands in, seen by its author.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Container {
    Heading(u8),
    /// A list item, with how many lists it is nested in.
    Item(u8),
    /// A further paragraph of a list item.
    Nested(u8),
    Paragraph,
    Quote,
    Cell,
}

/// How a line is written. Documents write their questions in one or two styles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Style {
    pub(super) container: Container,
    pub(super) lead: Option<LeadKind>,
}

impl Style {
    /// Whether it is that of headings of any level.
    pub(super) fn is_heading(self) -> bool {
        matches!(self.container, Container::Heading(_))
    }
}

/// One line of a leaf block that may begin a question.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    pub(super) block: BlockId,
    /// The line without its indentation.
    pub(super) line: Span,
    /// From the line's start to the end of its block: a hard-wrapped question goes on there.
    pub(super) rest: Span,
    pub(super) lead: Option<Lead>,
    /// The words that the line begins with.
    pub(super) head: Head,
    pub(super) style: Style,
    pub(super) first: bool,
    pub(super) last: bool,
    pub(super) commented: bool,
    /// It begins with `Q:` or the like.
    pub(super) asked: bool,
}

/// For how many lines there is room from the beginning: most documents have no more.
const FIRST: usize = 1024;

/// All lines of all leaf blocks that begin between two offsets, in document order, those of a generated table of contents
/// left out: it names headings.
pub(super) fn candidates(document: &Document, from: u32, until: u32) -> Vec<Candidate> {
    let mut out = Vec::with_capacity(document.blocks().len().min(FIRST));
    let mut containers: Vec<(BlockId, Container)> = Vec::new();
    let mut depth = 0u32;
    for id in document.ids() {
        let block = document.block(id);
        if block.span.start >= until {
            break;
        }
        if block.span.end <= from && block.end.0 <= id.0 + 1 || document.is_contents(id) {
            continue;
        }
        while containers.last().is_some_and(|(open, _)| document.block(*open).end <= id) {
            let closed = containers.pop();
            depth -= u32::from(matches!(closed, Some((_, Container::Item(_)))));
        }
        match block.kind {
            BlockKind::Item => {
                depth += 1;
                containers.push((id, Container::Item(depth.min(u32::from(u8::MAX)) as u8)));
            }
            BlockKind::Quote => containers.push((id, Container::Quote)),
            _ => {}
        }
        if block.kind == BlockKind::Html && block.span.start >= from {
            html(document, id, &containers, &mut out);
            lost_headings(document, id, &mut out);
        }
        if !block.kind.is_leaf() || block.span.start < from {
            continue;
        }
        let container = match block.kind {
            BlockKind::Heading(level) => Container::Heading(level),
            BlockKind::Cell => Container::Cell,
            _ => match containers.last() {
                None => Container::Paragraph,
                Some((item, Container::Item(depth))) if item.0 + 1 < id.0 => Container::Nested(*depth),
                Some((_, container)) => *container,
            },
        };
        let end = document.content(id).end;
        let begin = out.len();
        for mut line in document.lines(id) {
            let asked = asked(document, &mut line);
            out.push(Candidate {
                block: id,
                line: line.span,
                rest: Span::new(line.span.start, end),
                lead: line.lead,
                head: Head::read(document, line.span, end),
                style: Style { container, lead: line.lead.map(|lead| lead.kind) },
                first: out.len() == begin,
                last: false,
                commented: block.commented,
                asked,
            });
        }
        if let Some(last) = out[begin..].last_mut() {
            last.last = true;
        }
    }
    out
}

/// Lines of an HTML block that it sets apart, such as `<summary>…</summary>`.
fn html(document: &Document, id: BlockId, containers: &[(BlockId, Container)], out: &mut Vec<Candidate>) {
    let block = document.block(id);
    for line in document.lines(id) {
        let Some(lead) = line.lead else { continue };
        let container = containers.last().map_or(Container::Paragraph, |(_, container)| *container);
        out.push(Candidate {
            block: id,
            line: line.span,
            rest: Span::new(line.span.start, block.span.end),
            lead: Some(lead),
            head: Head::read(document, line.span, block.span.end),
            style: Style { container, lead: Some(lead.kind) },
            first: true,
            last: true,
            commented: block.commented,
            asked: false,
        });
    }
}

/// Headings that a comment on their line keeps from being any: their author meant them as headings, and what
/// stands below belongs to them.
fn lost_headings(document: &Document, id: BlockId, out: &mut Vec<Candidate>) {
    let block = document.block(id);
    let lost = document.lost_headings().iter();
    for lost in lost.filter(|lost| lost.cause == LostCause::AfterComment && block.span.contains(lost.span)) {
        let text = document.text(lost.span);
        let inner = text.trim_start_matches('#');
        let level = (text.len() - inner.len()) as u8;
        let start = lost.span.end - inner.trim_start().len() as u32;
        let kept = inner.trim_matches([' ', '\t', '#']).len() as u32;
        let line = Span::new(start, start + kept);
        out.push(Candidate {
            block: id,
            line,
            rest: line,
            lead: None,
            head: Head::read(document, line, line.end),
            style: Style { container: Container::Heading(level), lead: None },
            first: true,
            last: true,
            commented: block.commented,
            asked: false,
        });
    }
}

/// Whether a line begins with `Q:`, `**Question:**` or the like. What marks it so is neither the line's bold
/// run nor its label: these, if they hold nothing else, are taken away.
fn asked(document: &Document, line: &mut crate::document::Line) -> bool {
    let text = document.text(line.span);
    let first = text.bytes().find(|byte| !matches!(byte, b'*' | b'_'));
    if !matches!(first, Some(b'q' | b'Q')) {
        return false;
    }
    let Some(word) = words(text).next() else { return false };
    let is_sign = text[word.span.range()].eq_ignore_ascii_case("q")
        || text[word.span.range()].eq_ignore_ascii_case("question");
    let after = text[word.span.end as usize..].trim_start_matches(['*', '_', ' ']);
    let before = text[..word.span.start as usize].trim_start_matches(['*', '_']);
    if !is_sign || !after.starts_with([':', '.', '-', '–', '—']) || !before.is_empty() {
        return false;
    }
    let end = line.span.start + word.span.end;
    line.lead = line.lead.filter(|lead| lead.span.end > end + 4);
    true
}

impl Candidate {
    /// Offset of the line's first `:`, see [`Document::colon`]; that of a `Q:` does not count.
    pub(super) fn colon(&self, document: &Document) -> Option<u32> {
        if self.asked { None } else { document.colon(self.block, self.line) }
    }
}

/// The part of a line that its author sets apart as a label: a heading's text, a bold run, what stands
/// before a colon, or a whole short line that something follows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Label {
    pub(super) span: Span,
    /// Nothing but the label stands in its block.
    pub(super) whole: bool,
    /// Nothing says that it is a label but its shortness: a list item with nothing below.
    pub(super) bare: bool,
}

/// Longest label that is no question, in words.
const LONGEST_LABEL: usize = 9;

/// Longest question in words of the author's own.
const LONGEST_QUESTION: usize = 40;

/// The label of a line, if it has one.
pub(super) fn label(document: &Document, catalogue: &Catalogue, candidate: &Candidate) -> Option<Label> {
    let whole = |end: u32| -> bool {
        let rest = document.text(Span::new(end, candidate.rest.end));
        !rest.contains(char::is_alphanumeric)
    };
    match candidate.style.container {
        Container::Heading(_) => return Some(Label { span: candidate.rest, whole: true, bare: false }),
        Container::Cell if !names_row(document, catalogue, candidate.block) => return None,
        _ => {}
    }
    if let Some(lead) = candidate.lead.filter(|lead| lead.kind != LeadKind::Code) {
        let text = document.text(lead.span);
        let inside = text.trim_end_matches(['*', '_', ' ']);
        let after = document.text(Span::new(lead.span.end, candidate.rest.end));
        // a suppression may stand there
        let after = if after.trim_start().starts_with("<!--") { "" } else { after };
        let alone = lead.span.end >= candidate.line.end
            || after.trim_start_matches([' ', '\t']).starts_with(['\n', '\r']);
        let ends = inside.ends_with([':', '.', '?'])
            || after.trim_start().starts_with([':', '-', '–', '—', '('])
            || after.trim().is_empty()
            || alone;
        return ends.then_some(Label { span: lead.span, whole: whole(lead.span.end), bare: false });
    }
    let line = document.text(candidate.line);
    if candidate.asked {
        // what follows the question on its line answers it
        let behind = memmem::find(line.as_bytes(), b"? ").map(|at| candidate.line.start + at as u32 + 1);
        let span = Span::new(candidate.line.start, behind.unwrap_or(candidate.line.end));
        return Some(Label { span, whole: behind.is_none() && candidate.last, bare: false });
    }
    if let Some(colon) = candidate.colon(document) {
        let before = Span::new(candidate.line.start, colon);
        let count = words(document.text(before)).take(LONGEST_LABEL + 1).count();
        let spaced =
            document.text(Span::new(colon + 1, candidate.rest.end)).starts_with([' ', '\n', '\r', '\t'])
                || colon + 1 >= candidate.rest.end;
        if (1..=LONGEST_LABEL).contains(&count) && spaced {
            return Some(Label { span: before, whole: whole(colon), bare: false });
        }
    }
    let asks = line.trim_end().ends_with(['?', ':']);
    let item = matches!(candidate.style.container, Container::Item(_)) && candidate.last;
    let cell = candidate.style.container == Container::Cell;
    if !(asks || item || cell) {
        return None;
    }
    let count = words(line).take(LONGEST_QUESTION + 1).count();
    let short = count <= if asks || cell { LONGEST_QUESTION } else { LONGEST_LABEL };
    let bare = !(asks || cell || has_nested(document, candidate.block));
    short.then_some(Label { span: candidate.line, whole: cell || candidate.last, bare })
}

/// How many columns of a table may hold numbers and the like before the one that says what a row is about.
const LEADING_COLUMNS: u32 = 3;

/// Whether a cell says what its row is about: it does not stand in the table's head, and what stands before it in its
/// row is a number, a tick, an id such as `Q4` or the name of a section.
fn names_row(document: &Document, catalogue: &Catalogue, cell: BlockId) -> bool {
    let Some(row) = document.block(cell).parent else { return false };
    let head = document.block(row).parent.is_none_or(|table| row.0 == table.0 + 1);
    let leads = |id| {
        let text = document.text(document.content(BlockId(id)));
        let text = memmem::find(text.as_bytes(), b"<!--").map_or(text, |comment| &text[..comment]);
        text.chars().filter(|c| c.is_alphabetic()).nth(1).is_none() || catalogue.is_section(text)
    };
    !head && cell.0 - row.0 <= LEADING_COLUMNS + 1 && (row.0 + 1..cell.0).all(leads)
}

/// Whether more blocks follow a paragraph in its list item.
fn has_nested(document: &Document, paragraph: BlockId) -> bool {
    let end = document.block(paragraph).end;
    document.block(paragraph).parent.is_some_and(|item| document.block(item).end > end)
}

/// How alike the wording of two places is, for the catalogue's words: the share of `of` words in order.
pub(super) fn common_words(a: &[u64], b: &[u64]) -> usize {
    // longest common subsequence; both sides are one question long
    let mut row = vec![0usize; b.len() + 1];
    for x in a {
        let mut diagonal = 0;
        for (at, y) in b.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if x == y { diagonal + 1 } else { above.max(row[at]) };
            diagonal = above;
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use crate::review::Match;
    use crate::review::tests::{TITLE, item, review};

    /// Whether lines of the section on design ask about availability in words of their own.
    fn is_labelled(lines: &str) -> bool {
        let review = review(&format!("{TITLE}### Design\n\n{lines}\n"));
        item(&review, "day0.design.high-availability").0 == Match::Paraphrased
    }

    #[test]
    fn what_stands_before_a_colon_is_a_label_if_it_is_short() {
        assert!(is_labelled("- High availability: two lamps burn at each corner."));
        assert!(!is_labelled("- High availability:https://lamps.example/two"));
        let sentence = "For high availability we put two lamps at each and every corner of the town";
        assert!(!is_labelled(&format!("- {sentence}: one burns.")));
    }

    #[test]
    fn a_line_that_asks_may_be_longer_but_not_without_end() {
        let sentence =
            "For the high availability of the lamps of the town we go from one street to the other street";
        let more = "and from the one corner to the other corner, and from there we go to the harbour and to the ships";
        assert!(is_labelled(&format!("{sentence}:\n\n- ladders")));
        assert!(!is_labelled(&format!("{sentence} {more}, and that is all of it:\n\n- ladders")));
    }

    #[test]
    fn a_point_with_nothing_below_is_no_label_for_its_shortness() {
        let below = |more: &str| {
            let section = "## Day 1\n\n### Project Enablement and Rollback\n\n- Cleanup is done at dawn\n";
            let review = review(&format!("{TITLE}{section}{more}"));
            item(&review, "day1.enablement.cleanup").0
        };
        assert_eq!(below(""), Match::None);
        assert_eq!(below("  - with a brush\n"), Match::Paraphrased);
    }

    #[test]
    fn the_summary_of_a_fold_may_ask() {
        let persona = "Describe the target persona or user(s) for the project?";
        let fold = format!("<details>\n<summary>{persona}</summary>\n\nUs.\n\n</details>\n");
        let review = review(&format!("{TITLE}### Scope\n\n{fold}"));
        let (matched, _, answer) = item(&review, "day0.scope.target-persona");
        assert_eq!((matched, answer), (Match::Verbatim, vec!["Us."]));
    }
}
