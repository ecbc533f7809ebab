//! `leftover-guidance`.

use super::quote::counted;
use super::whole_lines::{Answers, first_line};
use super::{Context, Findings};
use crate::review::Leftover;
use crate::diagnostic::{Edit, Label, Severity};
use crate::source::{FileId, Span};

declare_rule! {
    /// ## What it finds
    /// Guidance that came with the template is still in the document, as HTML comment or as visible text; a
    /// comment `<!-- gtr: … -->` that `gtr new` wrote still stands below a question that is answered by now. One
    /// finding a document, with all places.
    ///
    /// ## Why it matters
    /// Visible guidance reads like the project's own words, and comments are dead weight in a document that is
    /// [kept up to date](https://github.com/cncf/toc/blob/main/toc_subprojects/project-reviews-subproject/general-technical-questions.md)
    /// for years.
    ///
    /// ## Example
    /// ```markdown
    /// - **Description:** <!-- Short project description -->
    /// ```
    ///
    /// ## How to fix it
    /// Delete it.
    ///
    /// ## How sure it is
    /// Sure: lines are compared with the template's own. Comments of your own are never reported, and in a KEP
    /// nothing of the template's is before its last stage.
    LeftoverGuidance, "leftover-guidance", Some(Severity::Warning), "guidance of the template was left in", check
}

fn check(context: &Context, findings: &mut Findings) {
    let review = context.review;
    // authors of a KEP work along its comments until the last stage; nobody asks to remove them before
    let highest = review.template.levels.len().checked_sub(1);
    let level = review.level.index.map(|level| usize::from(level.0));
    let working = review.template.id == "kep" && level != highest;
    let leftovers: Vec<&Leftover> = review.leftovers.iter().filter(|left| left.ours || !working).collect();
    let Some((first, others)) = leftovers.split_first() else { return };
    let answers = Answers::of(review);
    let spans = leftovers.iter().map(|left| answers.deletion_beside(review.source(), left.span));
    let count = leftovers.len();
    let message = format!("guidance of the template was left in at {}", counted(count, "place"));
    let finding = findings
        .report(first_line(review.source(), first.span), message)
        .help("delete it; it is not part of the document")
        .fix("Delete the template's guidance", true, deletions(spans));
    others.iter().fold(finding, |finding, left| {
        let what = if left.ours {
            "comment of `gtr new`"
        } else if left.commented { "comment of the template" } else { "text of the template" };
        finding.related(Label::with(first_line(review.source(), left.span), what))
    });
}

/// Edits that delete spans given in document order; where two touch the same bytes they become one.
fn deletions(spans: impl Iterator<Item = Span>) -> Vec<Edit> {
    let mut merged: Vec<Span> = Vec::new();
    for span in spans {
        match merged.last_mut().filter(|last| last.overlaps(span)) {
            Some(last) => *last = last.join(span),
            None => merged.push(span),
        }
    }
    merged.into_iter().map(|span| Edit { file: FileId(0), span, text: String::new() }).collect()
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Sample, check};
    use super::*;

    #[test]
    fn one_finding_and_edits_that_do_not_overlap() {
        let text = "a\n\n<!--x-->\n\n<!--y-->\n\nb\n";
        let mut review = Sample::new(text).review();
        for part in ["<!--x-->", "<!--y-->"] {
            let at = text.find(part).unwrap();
            review.leftovers.push(Leftover { span: Span::from_range(at..at + 8), commented: true, ours: false });
        }
        let found = check(&review, &LeftoverGuidance);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].message, "guidance of the template was left in at 2 places");
        let fix = found[0].fix.as_ref().unwrap();
        let mut after = text.to_string();
        for edit in fix.edits.iter().rev() {
            after.replace_range(edit.span.range(), &edit.text);
        }
        assert_eq!((fix.safe, after.as_str()), (true, "a\n\nb\n"));
    }
}
