//! Questions whose words were changed: an Oxford comma's neighbour, a dropped "Describe", an added "(HA)".

use super::Aligner;
use crate::document::LeadKind;
use crate::review::Match;
use crate::review::by_word::ByWord;
use crate::review::candidates::{Candidate, Container, common_words};
use crate::review::catalogue::Phrase;
use crate::review::head::{numbered_words, unnumbered_in};
use crate::source::Span;
use crate::template::ItemIndex;

/// The share of words in common (longest common subsequence, both lengths counted) that makes an edit.
const ALIKE: f32 = 0.75;
/// The same for lines of running text, which only happen to look alike more easily.
const ALIKE_IN_TEXT: f32 = 0.85;
/// A word that stands in more wordings than this leads to none of them.
const COMMON: usize = 8;
/// Wordings that are compared with one line at most.
const MOST: usize = 8;
/// A line of this many words is no question: the longest has about fifty.
const LONGEST: usize = 72;
/// Among this many words at the beginning of a line one must be of a wording.
const HEAD: usize = 14;
/// A sentence of fewer words than this may stand in an answer as well.
const SENTENCE: usize = 4;
/// Above this many open lines the pass is skipped: nobody writes that many questions.
const TOO_MANY: usize = 4096;

pub(super) fn find(aligner: &mut Aligner) {
    let mut rare = None;
    let sections = aligner.catalogue.template.indices().map(|index| aligner.wants(index));
    let sections: Vec<bool> = sections.collect();
    let mut hits: Vec<u32> = Vec::new();
    let mut hashes: Vec<u64> = Vec::new();
    let mut open = 0;
    for at in 0..aligner.candidates.len() {
        let candidate = aligner.candidates[at];
        if aligner.taken[at] || !candidate.first || super::exact::is_contents_entry(aligner, &candidate) {
            continue;
        }
        // in a section that has all it asks only what is set apart like a question
        let section = aligner.context(candidate.line.start).section;
        let complete = section.is_some_and(|section| !sections[section.0 as usize]);
        let apart = candidate.lead.is_some() || candidate.style.is_heading();
        if complete && !apart {
            continue;
        }
        let Some((unit, text)) = unit(aligner, &candidate) else { continue };
        let end = aligner.document.text(unit).trim_end_matches(['*', '_', ' ']);
        if complete && !end.ends_with(['?', ':', '.']) {
            continue;
        }
        open += 1;
        if open > TOO_MANY {
            return;
        }
        let rare = rare.get_or_insert_with(|| Rare::find(aligner));
        if rare.nothing {
            return;
        }
        hashes.clear();
        let mut words = unnumbered_in(aligner.document, unit).map(|word| word.hash);
        hashes.extend(words.by_ref().take(HEAD));
        if hashes.len() < 4 || !hashes.iter().any(|&word| rare.phrases(word).next().is_some()) {
            continue;
        }
        hashes.extend(words.take(LONGEST - HEAD));
        if hashes.len() == LONGEST {
            continue;
        }
        hits.clear();
        hits.extend(hashes.iter().flat_map(|&word| rare.phrases(word)));
        hits.sort_unstable();
        let mut ranked: Vec<(u32, u32)> =
            hits.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as u32)).collect();
        // one rare word in common is chance
        ranked.retain(|&(_, count)| count >= 2);
        if ranked.is_empty() {
            continue;
        }
        ranked.sort_unstable_by_key(|&(id, count)| (std::cmp::Reverse(count), id));
        let mut sorted = hashes.clone();
        sorted.sort_unstable();
        let bound = if text { ALIKE_IN_TEXT } else { ALIKE };
        let best = ranked
            .iter()
            .take(MOST)
            .map(|&(id, _)| &aligner.catalogue.phrases[id as usize])
            .filter(|phrase| aligner.is_open(phrase.item))
            .filter(|phrase| super::exact::stands_below(aligner, phrase.item, candidate.line.start))
            .map(|phrase| (alike(&hashes, &sorted, phrase, bound), phrase))
            .filter(|(score, _)| *score >= bound)
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.item.cmp(&a.1.item)));
        if let Some((_, phrase)) = best {
            let same: Vec<ItemIndex> = [phrase.item].to_vec();
            let item = super::exact::choose(aligner, &same, candidate.line.start);
            let end = past_sentences(aligner, &candidate, phrase, unit.end);
            aligner.bind(at, item, Span::new(candidate.line.start, end), Match::Edited, false);
        }
    }
}

/// The wordings that are looked for, by those of their words that lead to few of them.
struct Rare<'a> {
    by_word: &'a ByWord,
    /// One entry a phrase.
    wanted: Vec<bool>,
    /// One entry a word of the template: it leads to some, and not to too many.
    leads: Vec<bool>,
    nothing: bool,
}

impl<'a> Rare<'a> {
    /// Asks what the passes before left open, once: what is found later in this pass still counts as looked for.
    fn find(aligner: &Aligner<'a>) -> Self {
        let catalogue = aligner.catalogue;
        let phrases = catalogue.phrases.iter();
        let wanted: Vec<bool> = phrases.map(|phrase| aligner.wanted[phrase.item.0 as usize]).collect();
        let count = |ids: &[u32]| ids.iter().filter(|&&id| wanted[id as usize]).count();
        let by_word = catalogue.by_word();
        let leads = by_word.lists().map(count);
        let leads: Vec<bool> = leads.map(|count| (1..=COMMON).contains(&count)).collect();
        let nothing = !leads.contains(&true);
        Self { by_word, wanted, leads, nothing }
    }

    /// The wordings that a word leads to.
    fn phrases(&self, word: u64) -> impl Iterator<Item = u32> + '_ {
        let place = self.by_word.place(word).filter(|&place| self.leads[place]);
        let ids = place.into_iter().flat_map(|place| self.by_word.at(place));
        ids.copied().filter(|&id| self.wanted[id as usize])
    }
}

/// The part of a line that would be the question, and whether it stands in running text.
fn unit(aligner: &Aligner, candidate: &Candidate) -> Option<(Span, bool)> {
    if let Container::Heading(_) = candidate.style.container {
        return Some((candidate.rest, false));
    }
    if let Some(lead) = candidate.lead {
        return (lead.kind != LeadKind::Code).then_some((lead.span, false));
    }
    let text = aligner.document.text(candidate.rest);
    let stop = |mark: u8, after: &[u8]| {
        memchr::memchr_iter(mark, text.as_bytes())
            .find(|at| text.as_bytes().get(at + 1).is_some_and(|next| after.contains(next)))
    };
    let stop = stop(b'?', b" \n").or_else(|| stop(b':', b" ")).or_else(|| stop(b'.', b"\n"));
    let end = stop.map_or(candidate.rest.end, |at| candidate.rest.start + at as u32 + 1);
    let in_text = candidate.style.container == Container::Paragraph && end < candidate.rest.end;
    Some((Span::new(candidate.rest.start, end.min(candidate.rest.start + 600)), in_text))
        .filter(|(span, _)| aligner.document.source().text().is_char_boundary(span.end as usize))
}

/// Past the sentences of a wording that follow an edited one word for word: they are no answer either.
fn past_sentences(aligner: &Aligner, candidate: &Candidate, phrase: &Phrase, end: u32) -> u32 {
    let rest = Span::new(end, candidate.rest.end.max(end));
    let words = numbered_words(aligner.document, rest, LONGEST);
    let kept = phrase.sentences().iter().map(|&from| &phrase.words[from..]).find(|tail| {
        tail.len() >= SENTENCE && words.iter().map(|word| word.hash).take(tail.len()).eq(tail.iter().copied())
    });
    let Some(last) = kept.and_then(|tail| words.get(tail.len() - 1)) else { return end };
    let after = aligner.document.text(Span::new(last.span.end, rest.end));
    last.span.end + (after.len() - after.trim_start_matches(['.', '?', ':', '*', '_']).len()) as u32
}

/// How alike a line is to a wording as a whole, or to its first sentence if the line is no longer than that.
/// Below `bound` the figure may be too low: what cannot reach it is not compared word by word.
fn alike(line: &[u64], sorted: &[u64], phrase: &Phrase, bound: f32) -> f32 {
    let ratio = |wording: &[u64]| {
        let both = (line.len() + wording.len()) as f32;
        let least = bound * both / 2.0;
        if (line.len().min(wording.len()) as f32) < least || (shared(sorted, wording) as f32) < least {
            return 0.0;
        }
        2.0 * common_words(line, wording) as f32 / both
    };
    let whole = ratio(&phrase.words);
    let first = phrase.sentences().first().copied().unwrap_or(phrase.words.len());
    if first >= 5 && first < phrase.words.len() { whole.max(ratio(&phrase.words[..first])) } else { whole }
}

/// How many words of a wording stand in a line, in any order.
fn shared(sorted: &[u64], wording: &[u64]) -> usize {
    wording.iter().filter(|word| sorted.binary_search(word).is_ok()).count()
}

#[cfg(test)]
mod tests {
    use crate::review::tests::{TITLE, item, review};
    use crate::review::{Match, State};

    #[test]
    fn a_question_in_edited_words_is_found_as_its_neighbours_are_written() {
        let edited = "Please list any completed end user research here and link to the reports.";
        let persona = "Describe who the target persona or user(s) of the lamps are?";
        for text in [
            format!("**{persona}**\n\nUs.\n\n**{edited}**\n\nNone.\n"),
            format!("* {persona}\n  Us.\n* {edited}\n  None.\n"),
        ] {
            let review = review(&format!("{TITLE}### Scope\n\n{text}"));
            let research = item(&review, "day0.scope.end-user-research");
            assert_eq!(research, (Match::Edited, State::Answered, vec!["None."]), "{text}");
            assert_eq!(item(&review, "day0.scope.target-persona").2, ["Us."], "{text}");
        }
    }

    #[test]
    fn rare_words_that_all_lead_to_one_question_are_enough() {
        let reworded = "#### Describe the user experience and the user interface of the lamps.\n\nLight.\n";
        let review = review(&format!("{TITLE}### Usability\n\n{reworded}"));
        assert_eq!(item(&review, "day0.usability.ux-ui").0, Match::Edited);
    }

    #[test]
    fn words_in_another_order_and_a_short_first_sentence_are_no_edit_of_a_question() {
        let failing = "## Day 1\n\n### Rollout, Upgrade and Rollback Planning\n\n\
                       - **How rollout/rollback can fail:** in the rain.\n";
        let found = review(&format!("{TITLE}{failing}"));
        assert_eq!(item(&found, "day1.rollout.failure").0, Match::Paraphrased);
        let related = "## Appendix\n\n### Related Projects and Vendors:\n\nNone.\n";
        let found = review(&format!("# Security Self-assessment - Lanterns\n\n{related}"));
        assert_eq!(item(&found, "appendix.related").0, Match::Paraphrased);
    }
}
