//! `swallowed-heading`.

use super::quote::counted;
use super::quote::quote;
use super::{Context, Findings};
use crate::diagnostic::{Edit, Label, Severity};
use crate::document::{LostCause, LostHeading};
use crate::review::{Cause, Review};
use crate::source::{FileId, Span};

declare_rule! {
    /// ## What it finds
    /// Headings of the template that are none for a reader, because something before them takes them in: a
    /// code fence or a comment that is never closed, or a comment on the same line. One finding for each
    /// thing that swallows, with the number of required questions that go with it.
    ///
    /// ## Why it matters
    /// The rest of the document is shown as code, or not at all, and every question in it counts as not asked.
    /// That is how [CommonMark](https://spec.commonmark.org/0.31.2/#fenced-code-blocks) reads a fence that is
    /// not closed, and [a line that begins with a comment](https://spec.commonmark.org/0.31.2/#html-blocks).
    ///
    /// ## Example
    /// ````markdown
    /// ```shell
    /// helm install example
    ///
    /// ### Security
    /// ````
    ///
    /// ## How to fix it
    /// Close the fence or the comment, or put the heading on a line of its own.
    ///
    /// ## How sure it is
    /// A line with `#` in a closed code block is a comment of that code and never reported, and neither is a
    /// swallowed line that is no heading of the template.
    SwallowedHeading, "swallowed-heading", Some(Severity::Error), "a heading is lost in an unclosed fence or behind a comment", check
}

fn check(context: &Context, findings: &mut Findings) {
    let review = context.review;
    let lost = review.document.lost_headings();
    for (from, group) in groups(lost) {
        let indices = from..from + group.len();
        let taken = |cause| matches!(cause, Cause::Swallowed(index) if indices.contains(&(index as usize)));
        let mut items = review.bound_items().filter(|(_, _, bound)| taken(bound.cause)).peekable();
        let bound_here = || group.iter().any(|heading| is_prompt(review, heading.span));
        if items.peek().is_none() && !bound_here() {
            continue;
        }
        let required = items.filter(|(index, ..)| review.requires(*index) && review.is_leaf_question(*index)).count();
        report(review, group, required, findings);
    }
}

fn report(review: &Review, group: &[LostHeading], required: usize, findings: &mut Findings) {
    let LostHeading { span, by, cause } = group[0];
    let line = review.source().line(span.start);
    let headings = match group {
        [only] => format!("the heading {}", quote(heading_text(review.text(only.span)))),
        several => counted(several.len(), "heading"),
    };
    let questions =
        if required == 0 { String::new() } else { format!(" with {}", counted(required, "required question")) };
    let (message, help) = match cause {
        LostCause::UnclosedFence => (
            format!("this code block is never closed and takes in {headings}{questions}"),
            format!("close it with a line of the same fence before line {line}"),
        ),
        LostCause::UnclosedComment => (
            format!("this comment is never closed and hides {headings}{questions}"),
            format!("close it with --> before line {line}"),
        ),
        LostCause::AfterComment => (
            format!("this comment stands before {headings}{questions} on one line, so the line is no heading"),
            "put the heading on a line of its own, below an empty one".to_string(),
        ),
    };
    let mut finding = findings.report(by, message).help(help);
    for heading in group {
        finding = finding.related(Label::with(heading.span, "no heading for a reader"));
    }
    if cause == LostCause::AfterComment && by.end <= span.start {
        let newline = if review.source().text().contains("\r\n") { "\r\n" } else { "\n" };
        let gap = Span::new(by.end, span.start);
        // only white space may go
        if review.text(gap).trim().is_empty() {
            let edit = Edit { file: FileId(0), span: gap, text: newline.repeat(2) };
            finding.fix("put the heading on a line of its own", true, vec![edit]);
        }
    }
}

/// Neighbours that the same thing swallows, with the index of the first.
fn groups(lost: &[LostHeading]) -> Vec<(usize, &[LostHeading])> {
    let mut from = 0;
    let same = lost.chunk_by(|a, b| a.by == b.by && a.cause == b.cause);
    same.map(|group| {
        let start = from;
        from += group.len();
        (start, group)
    })
    .collect()
}

/// Whether an item is bound to the text of a lost heading.
fn is_prompt(review: &Review, span: Span) -> bool {
    review.items.iter().any(|bound| bound.prompts.iter().any(|prompt| prompt.span.overlaps(span)))
}

fn heading_text(heading: &str) -> &str {
    heading.trim_matches(|c: char| c == '#' || c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_group_for_each_thing_that_swallows() {
        let heading = |start, by: Span, cause| LostHeading { span: Span::new(start, start + 5), by, cause };
        let fence = Span::new(10, 13);
        let comment = Span::new(100, 108);
        let lost = [
            heading(20, fence, LostCause::UnclosedFence),
            heading(30, fence, LostCause::UnclosedFence),
            heading(109, comment, LostCause::AfterComment),
            heading(139, Span::new(130, 138), LostCause::AfterComment),
        ];
        let sizes: Vec<(usize, usize)> = groups(&lost).into_iter().map(|(from, group)| (from, group.len())).collect();
        assert_eq!(sizes, [(0, 2), (2, 1), (3, 1)]);
        assert_eq!(heading_text("### Security ##"), "Security");
    }
}
