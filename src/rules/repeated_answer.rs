//! `repeated-answer`.

use std::collections::HashSet;

use super::gate::Asked;
use super::quote::{counted, quote_item};
use super::whole_answer::answer_words;
use super::{Context, Findings};
use crate::diagnostic::{Label, Severity};
use crate::review::Review;
use crate::template::{ItemIndex, ItemKind};

/// Shorter answers are the same by chance.
const FEWEST: usize = 8;

declare_rule! {
    /// ## What it finds
    /// The same answer, word for word and at least eight words long, stands under several required questions
    /// that have no lead-in in common.
    ///
    /// ## Why it matters
    /// Each question of the
    /// [GTR template](https://github.com/cncf/toc/blob/main/toc_subprojects/project-reviews-subproject/general-technical-questions.md)
    /// asks for something else; an answer that fits all of them often answers none in full.
    ///
    /// ## Example
    /// The sentence "The operator watches all resources and reports events as metrics and logs" below both
    /// *Describe the signals* and *Describe how the project is monitored*.
    ///
    /// ## How to fix it
    /// Say below each question what it asks for, and link to the shared part.
    ///
    /// ## How sure it is
    /// Markup, punctuation and case make no difference; anything else does. N/A with the same reason is fine.
    RepeatedAnswer, "repeated-answer", Some(Severity::Note), "several questions have the same answer, word for word", check
}

fn check(context: &Context, findings: &mut Findings) {
    let review = context.review;
    let mut groups: Vec<([u64; FEWEST], Vec<&Asked>)> = Vec::new();
    for asked in context.answered() {
        let Some(opening) = opening(answer_words(review, asked.bound)) else { continue };
        // answers are read in full only where another begins with the same words
        let same = |other: &Asked| answer_words(review, other.bound).eq(answer_words(review, asked.bound));
        match groups.iter_mut().find(|(known, group)| *known == opening && same(group[0])) {
            Some((_, group)) => group.push(asked),
            None => groups.push((opening, vec![asked])),
        }
    }
    for (_, group) in groups.into_iter().filter(|(_, group)| group.len() > 1) {
        report(review, group, findings);
    }
}

/// The first words of an answer; `None` when it is too short.
fn opening(mut words: impl Iterator<Item = u64>) -> Option<[u64; FEWEST]> {
    let mut opening = [0; FEWEST];
    for word in &mut opening {
        *word = words.next()?;
    }
    Some(opening)
}

/// Reports answers that have the same words, if they stand in several places of several lead-ins.
fn report(review: &Review, mut group: Vec<&Asked>, findings: &mut Findings) {
    let mut places = HashSet::new();
    group.retain(|asked| places.insert(asked.bound.answer.clone()));
    let mut lead_ins = HashSet::new();
    // questions without a lead-in stand for themselves
    let several = group
        .iter()
        .filter(|asked| lead_ins.insert(lead_in(review, asked.index).unwrap_or(asked.index)))
        .count()
        > 1;
    let Some((first, others)) = group.split_first().filter(|_| several) else { return };
    let finding = findings
        .report(
            first.answer_span(),
            format!("the same answer stands under {}", counted(group.len(), "question")),
        )
        .item(review, first.index)
        .help("say below each question what it asks for, and link to the shared part");
    others.iter().fold(finding, |finding, other| {
        let message = format!("again under {}", quote_item(review, other.index));
        finding.related(Label::with(other.answer_span(), message))
    });
}

/// The outermost item around a question that is no section.
fn lead_in(review: &Review, index: ItemIndex) -> Option<ItemIndex> {
    let outer = |at: ItemIndex| {
        review.item(at).parent.filter(|parent| review.item(*parent).kind != ItemKind::Section)
    };
    std::iter::successors(outer(index), |&at| outer(at)).last()
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;
    use crate::review::State;
    use crate::template::ItemKind::{Group, Question, Section};

    const ANSWER: &str = "The controller reports everything it does as an event.";

    fn sample() -> Sample {
        Sample::new(&format!("A?\n{ANSWER}\nB?\n{ANSWER}\nC?\n{ANSWER}\n"))
            .item(0, Section, "s", "Section")
            .item(1, Group, "s.g", "Lead")
            .item(2, Question, "s.g.a", "A?")
            .item(2, Question, "s.g.b", "B?")
            .item(1, Question, "s.c", "C?")
            .bind("s.g.a", "A?", ANSWER, State::Answered)
            .bind("s.g.b", "B?", ANSWER, State::Answered)
    }

    #[test]
    fn a_shared_lead_in_excuses() {
        assert_eq!(sample().check(&RepeatedAnswer), []);
        let found = sample().bind("s.c", "C?", ANSWER, State::Answered).check(&RepeatedAnswer);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].message, "the same answer stands under 3 questions");
        assert_eq!(found[0].related.len(), 2);
    }
}
