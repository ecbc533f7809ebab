//! `leftover-guidance`.

use super::quote::counted;
use super::whole_lines::{Answers, first_line};
use super::{Context, Findings};
use crate::review::Leftover;
use crate::diagnostic::{Label, Severity};

declare_rule! {
    /// ## What it finds
    /// Guidance that came with the template is still in the document, as HTML comment or as visible text; a
    /// comment `<!-- gtr: … -->` that `gtr new` wrote still stands below a question that is answered by now. One
    /// finding a document, with all places: a comment is one, and so are visible lines that stand together.
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
    /// Delete it; `--fix` does. Comments go as they are, with what was changed in them; of visible text go the lines
    /// that are the template's, and a list of points below them that nobody filled in. What you wrote stays, and so
    /// do a list item of the template that you wrote below, headings, boxes, fields to fill in, and whatever without
    /// which an answer would change.
    ///
    /// ## How sure it is
    /// Sure: lines are compared with the template's own. A comment is the template's when at least half of its lines
    /// are; comments of your own are never reported, and in a KEP
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
    let label = |left: &&Leftover| {
        let what = match (left.ours, left.commented) {
            (true, _) => "comment of `gtr new`",
            (_, true) => "comment of the template",
            _ => "text of the template",
        };
        Label::with(first_line(review.source(), left.span), what)
    };
    let mut places = leftovers.iter().map(label);
    let Some(first) = places.next() else { return };
    let spans = leftovers.iter().map(|left| left.span);
    let edits = Answers::of(review).deletions(review.source(), spans);
    let message = format!("guidance of the template was left in at {}", counted(leftovers.len(), "place"));
    let finding = findings
        .report_at(first, message)
        .help("delete it; it is not part of the document")
        .fix_apart("Delete the template's guidance", true, edits);
    places.fold(finding, |finding, place| finding.related(place));
}

#[cfg(test)]
mod tests {
    use super::super::sample::{Sample, check};
    use super::*;
    use crate::source::Span;

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
