//! `truncated-question`.

use super::gate::{required, visible_prompt};
use super::quote::quote_item;
use super::{Context, Findings};
use crate::diagnostic::Severity;
use crate::review::{BoundItem, plain, words};

/// Words of a prompt that are compared; no question is longer.
const LONGEST: usize = 256;

declare_rule! {
    /// ## What it finds
    /// A required question was cut short, and the part that is gone asks for something of its own (it
    /// describes, explains, asks what or how). Examples that are gone (`e.g.`) do not count.
    ///
    /// ## Why it matters
    /// The answer below follows the short question, so the rest stays open, and a reviewer who reads along the
    /// [GTR template](https://github.com/cncf/toc/blob/main/toc_subprojects/project-reviews-subproject/general-technical-questions.md)
    /// will ask for it.
    ///
    /// ## Example
    /// ```markdown
    /// #### Explain the primary use case for the project.
    /// ```
    /// The template goes on: "What additional use cases are supported by the project?"
    ///
    /// ## How to fix it
    /// Restore the question and answer all of it.
    ///
    /// ## How sure it is
    /// It compares words, so markup and punctuation do not matter. Whether the answer covers the part that is
    /// gone is for the reader to say.
    TruncatedQuestion, "truncated-question", Some(Severity::Warning), "a required question was cut short and a request is gone", check
}

fn check(context: &Context, findings: &mut Findings) {
    let review = context.review;
    let is_truncated = |bound: &BoundItem| bound.prompt().is_some_and(|prompt| prompt.truncated);
    for (index, bound) in required(review, is_truncated) {
        let Some(prompt) = visible_prompt(review, bound) else { continue };
        let gone = dropped(review.item(index).wording(review.revision), review.text(prompt.span));
        let help = match gone {
            Some(gone) => format!("the template also asks: “{gone}”; restore it and answer it"),
            None => "restore the template's wording and answer all of it".to_string(),
        };
        findings
            .report(prompt.span, format!("{} is cut short", quote_item(review, index)))
            .item(review, index)
            .help(help);
    }
}

/// The longest run of words of `wording` that `prompt` does not have, as text for people.
fn dropped(wording: &str, prompt: &str) -> Option<String> {
    let asked: Vec<_> = words(wording).take(LONGEST).collect();
    let there: Vec<_> = words(prompt).take(LONGEST).map(|word| word.hash).collect();
    // longest common subsequence, filled from the end so that it can be read from the start
    let width = there.len() + 1;
    let mut common = vec![0u16; (asked.len() + 1) * width];
    for i in (0..asked.len()).rev() {
        for j in (0..there.len()).rev() {
            common[i * width + j] = if asked[i].hash == there[j] {
                common[(i + 1) * width + j + 1] + 1
            } else {
                common[(i + 1) * width + j].max(common[i * width + j + 1])
            };
        }
    }
    let (mut j, mut run, mut longest) = (0, 0..0, 0..0);
    for i in 0..asked.len() {
        while j < there.len() && asked[i].hash != there[j] && common[i * width + j] == common[i * width + j + 1] {
            j += 1;
        }
        if j < there.len() && asked[i].hash == there[j] {
            j += 1;
            run = i + 1..i + 1;
        } else {
            run.end = i + 1;
            // the later of two equal runs: the end of a question is what gets cut
            if run.len() >= longest.len() {
                longest = run.clone();
            }
        }
    }
    let start = asked.get(longest.start).filter(|_| !longest.is_empty())?.span.start as usize;
    let end = asked.get(longest.end).map_or(wording.len(), |word| word.span.start as usize);
    Some(plain(&wording[start..end]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_part_that_is_gone() {
        let whole = "Please explain the use case. What **other** uses are there, e.g. tests?";
        assert_eq!(dropped(whole, "#### Explain the use case").unwrap(), "What other uses are there, e.g. tests?");
        assert_eq!(
            dropped(whole, "What other uses are there, e.g. tests?").unwrap(),
            "Please explain the use case."
        );
        assert_eq!(dropped(whole, whole), None);
    }
}
