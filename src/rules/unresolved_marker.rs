//! `unresolved-marker`.

use std::collections::HashSet;

use super::quote::{quote, quote_item};
use super::{Context, Findings};
use crate::diagnostic::{Label, Severity};
use crate::review::Cause;
use crate::template::ItemKind;

declare_rule! {
    /// ## What it finds
    /// A `TODO`, `TBD` or another mark of open work beside or inside the answer of a required question; in a
    /// KEP also `<<[UNRESOLVED]>>`. One finding an answer, with all of its markers.
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
        if !asks || bound.cause != Cause::Own || !review.requires(index) {
            continue;
        }
        let markers: Vec<_> = bound.markers.iter().copied().filter(|marker| seen.insert(*marker)).collect();
        let Some((first, others)) = markers.split_first() else { continue };
        let message =
            format!("{} is answered, but {} is still open", quote_item(review, index), quote(review.text(*first)));
        let finding = findings
            .report(*first, message)
            .item(review, index)
            .help("finish the answer and delete the marker");
        others.iter().fold(finding, |finding, marker| finding.related(Label::with(*marker, "and here")));
    }
}
