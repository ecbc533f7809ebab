//! `unresolved-marker`.

use std::collections::HashSet;

use memchr::memmem;

use super::quote::{quote, quote_item};
use super::{Context, Findings};
use crate::diagnostic::{Label, Severity};
use crate::document::BlockKind;
use crate::review::{Cause, Review};
use crate::source::Span;
use crate::template::ItemKind;

declare_rule! {
    /// ## What it finds
    /// A `TODO`, `TBD` or another mark of open work beside or inside the answer of a required question; in a
    /// KEP that is no longer provisional also `<<[UNRESOLVED]>>`, anywhere and in whichever of its brackets
    /// (`<UNRESOLVED @name>`, `[UNRESOLVED]`). One finding an answer, with all of its markers.
    ///
    /// ## Why it matters
    /// The answer is not finished, and a reviewer will ask for the rest. The
    /// [KEP template](https://github.com/kubernetes/enhancements/blob/master/keps/NNNN-kep-template/README.md)
    /// has its own marks for what is under debate in a provisional KEP.
    ///
    /// ## Example
    /// ```markdown
    /// * Describe the project's release processes.
    ///   * Minor releases are made every quarter.
    ///   * TODO: describe patch releases
    /// ```
    ///
    /// ## How to fix it
    /// Finish the answer and delete the marker.
    ///
    /// ## How sure it is
    /// Markers in code and in table cells do not count, and words such as WIP only where they stand alone.
    UnresolvedMarker, "unresolved-marker", Some(Severity::Warning), "a TODO or TBD stands beside an answer", check
}

fn check(context: &Context, findings: &mut Findings) {
    let review = context.review;
    let mut seen = HashSet::new();
    for (index, item, bound) in review.bound_items() {
        // sections count too: in a KEP they are answered directly
        let asks = matches!(item.kind, ItemKind::Section | ItemKind::Question | ItemKind::Group);
        if bound.markers.is_empty() || !asks || bound.cause != Cause::Own || !review.requires(index) {
            continue;
        }
        let markers: Vec<_> = bound.markers.iter().copied().filter(|marker| is_meant(review, *marker) && seen.insert(*marker)).collect();
        let Some((first, others)) = markers.split_first() else { continue };
        let message =
            format!("{} is answered, but {} is still open", quote_item(review, index), quote(review.text(*first)));
        let finding = findings
            .report(*first, message)
            .item(review, index)
            .help("finish the answer and delete the marker");
        others.iter().fold(finding, |finding, marker| finding.related(Label::with(*marker, "and here")));
    }
    debates(context, findings);
}

/// Whether a marker is one. A KEP is wrapped at eighty columns and full of references, so that a reference often has
/// a line of its own: text in brackets counts only with a word for open work.
fn is_meant(review: &Review, marker: Span) -> bool {
    let text = review.text(marker).trim_start_matches(['*', '_', '-', ' ']);
    let Some(inner) = text.strip_prefix('[').filter(|_| review.template.id == "kep") else { return true };
    ["todo", "tbd", "tbc", "tba", "fixme", "wip"].iter().any(|open| {
        let word = inner.get(..open.len()).filter(|word| word.eq_ignore_ascii_case(open));
        word.is_some_and(|word| !inner[word.len()..].starts_with(char::is_alphanumeric))
    })
}

/// What opens a debate in a KEP, in whichever of its brackets: `<<[UNRESOLVED]>>`, `<UNRESOLVED @name>`, `[UNRESOLVED]`.
const DEBATE: &[u8] = b"UNRESOLVED";

/// Where the brackets before [`DEBATE`] begin; `None` where there are none, or a `/` that closes the debate.
fn opening(text: &str, at: usize) -> Option<usize> {
    let bare = text[..at].trim_end_matches(['<', '[', '\\']);
    (at > bare.len()).then_some(bare.len())
}

/// Where a mark ends: behind its last bracket, or with its line. `None` for a word or link that only begins alike.
fn closing(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at + DEBATE.len()..];
    let line = rest.lines().next().unwrap_or_default().trim_end();
    if line.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-')) || line.starts_with("](") {
        return None;
    }
    let last = if text[..at].ends_with('[') { ']' } else { '>' };
    let behind = |end| line.len() - line[end..].trim_start_matches(['>', ']']).len();
    let end = line.find(last).map_or(line.len(), behind);
    Some(at + DEBATE.len() + end)
}

/// Reports what is still debated in a KEP that is no longer provisional, wherever it stands.
fn debates(context: &Context, findings: &mut Findings) {
    let review = context.review;
    let from = review.template.level("implementable");
    if review.template.id != "kep" || from.is_none() || review.level.index < from {
        return;
    }
    let document = &review.document;
    let places: Vec<usize> = memmem::find_iter(document.source().text().as_bytes(), DEBATE).collect();
    let (Some(first), Some(last)) = (places.first(), places.last()) else { return };
    let mut seen = HashSet::new();
    for block in document.blocks() {
        if block.span.end as usize <= *first || block.span.start as usize > *last {
            continue;
        }
        // people fence the mark so that its brackets show
        let shows = block.kind.is_leaf() || matches!(block.kind, BlockKind::Code { .. } | BlockKind::Html);
        if !shows || block.commented {
            continue;
        }
        let text = document.text(block.span);
        let range = block.span.range();
        let next = places.partition_point(|at| *at < range.start);
        let inside = places[next..].iter().take_while(|at| **at + DEBATE.len() <= range.end);
        for at in inside.map(|at| at - range.start) {
            let Some((start, end)) = opening(text, at).zip(closing(text, at)) else { continue };
            // a span of code names the mark
            let span = Span::from_range(range.start + start..range.start + end);
            // a span of code names the mark; what is indented is read as code and as what it would be without
            if text[..start].ends_with('`') || !seen.insert(span) {
                continue;
            }
            findings
                .report(span, "this is still under debate")
                .help("settle it and take the marks away; only a provisional KEP may have open debates");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;
    use crate::review::State;

    /// The texts of the findings in a document that answers "First?" and "Second?" and holds markers.
    fn found(sample: Sample, markers: &[(&str, &str)]) -> Vec<String> {
        let review = markers.iter().fold(sample, |sample, (id, marker)| sample.mark(id, marker)).review();
        let found = super::super::sample::check(&review, &UnresolvedMarker);
        found.iter().map(|one| review.text(one.primary.span).to_owned()).collect()
    }

    fn two(text: &str) -> Sample {
        Sample::new(text)
            .item(0, ItemKind::Question, "a", "First?")
            .bind("a", "First?", "Yes.", State::Answered)
            .item(0, ItemKind::Question, "b", "Second?")
            .answered_by("b", "a", State::Answered)
    }

    #[test]
    fn a_marker_in_a_shared_answer_is_found_once() {
        let text = "First?\nSecond?\nYes. TODO\nTBD\n";
        assert_eq!(found(two(text), &[("a", "TODO"), ("b", "TODO")]), ["TODO"]);
        assert_eq!(found(two(text), &[("a", "TODO"), ("b", "TBD")]), ["TODO", "TBD"]);
        // a line of metadata asks nothing
        let field = Sample::new("Name: Lamps TODO\n").item(0, ItemKind::Field, "name", "Name");
        let field = field.bind("name", "Name:", "Lamps TODO", State::Answered);
        assert_eq!(found(field, &[("name", "TODO")]), [""; 0]);
    }

    #[test]
    fn a_line_in_brackets_is_a_reference_in_a_kep_unless_it_says_that_it_is_open() {
        let text = "First?\nYes.\n[the lamp]\n[TBD by spring]\n";
        let markers = [("a", "[the lamp]"), ("a", "[TBD by spring]")];
        assert_eq!(found(two(text).template_id("kep"), &markers), ["[TBD by spring]"]);
        assert_eq!(found(two(text), &markers[..1]), ["[the lamp]"]);
    }

    #[test]
    fn a_debate_is_marked_to_its_last_bracket_and_only_in_keps() {
        let text = "- see <<[UNRESOLVED @a ]>> of the lamp\n";
        let sample = || Sample::new(text).template_levels(&["implementable"]);
        let review = sample().template_id("kep").review();
        let found = super::super::sample::check(&review, &UnresolvedMarker);
        assert_eq!(review.text(found[0].primary.span), "<<[UNRESOLVED @a ]>>");
        assert_eq!(sample().check(&UnresolvedMarker).len(), 0);
        // a proposal may still be debated
        let proposed = sample().template_id("kep").template_levels(&["provisional", "implementable"]);
        assert_eq!(proposed.check(&UnresolvedMarker).len(), 0);
        let review = Sample::new("[UNRESOLVED] or <a>\n").template_id("kep").template_levels(&["implementable"]);
        let review = review.review();
        let found = super::super::sample::check(&review, &UnresolvedMarker);
        assert_eq!(review.text(found[0].primary.span), "[UNRESOLVED]");
    }

    #[test]
    fn debates_are_found_where_they_show() {
        let count = |text: &str| {
            let sample = Sample::new(text).template_id("kep").template_levels(&["implementable"]);
            sample.check(&UnresolvedMarker).len()
        };
        assert_eq!(count("a\n\n<<[UNRESOLVED @a ]>>\nb\n<<[/UNRESOLVED]>>\n"), 1);
        assert_eq!(count("```\n<<[UNRESOLVED]>>\nb\n<<[/UNRESOLVED]>>\n```\n"), 1);
        assert_eq!(count("a\n\n<UNRESOLVED @a>\nb\n\n</UNRESOLVED>\n"), 1);
        assert_eq!(count("a\n\n    - <<[UNRESOLVED]>>\n    - b\n"), 1);
        assert_eq!(count("<UNRESOLVED>\nb\n</UNRESOLVED>\n"), 1);
        assert_eq!(count("<<UNRESOLVED>>\nb\n<</UNRESOLVED>>\n"), 1);
        assert_eq!(count("- [UNRESOLVED] b [/UNRESOLVED]\n"), 1);
        assert_eq!(count("[UNRESOLVED](#b), UNRESOLVED, [Unresolved], [UNRESOLVED_B]\n"), 0);
        assert_eq!(count("<!-- <<[UNRESOLVED]>> -->\n\nmark it with `<<[UNRESOLVED]>>`\n"), 0);
    }
}
