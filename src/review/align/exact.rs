//! Lines that begin with the template's own words: whole, cut short at a sentence, or with more behind.

use super::Aligner;
use crate::document::{Inline, InlineKind, LeadKind};
use crate::review::Match;
use crate::review::candidates::{Candidate, Container};
use crate::review::catalogue::{KEY_WORDS, Phrase, start_key};
use crate::review::head::Ahead;
use crate::review::words::{Word, words};
use crate::source::Span;
use crate::template::{ItemIndex, ItemKind};

/// Most words of a line that are looked at: more than the longest question has.
const LIMIT: usize = 72;

/// How many words behind a wording are looked at.
const BEHIND: usize = 14;

/// A wording of this many words or fewer must fill its line: as a beginning it says too little.
const SHORT: usize = 4;

struct Hit<'a> {
    phrase: &'a Phrase,
    /// How many of the line's words it takes.
    taken: usize,
    /// How many of the wording's words stand there.
    of: usize,
}

pub(super) fn find(aligner: &mut Aligner) {
    let mut consumed = 0;
    let mut buffer = Vec::new();
    for at in 0..aligner.candidates.len() {
        let candidate = aligner.candidates[at];
        if aligner.taken[at]
            || candidate.line.start < consumed
            || !may_begin(aligner, &candidate)
            || is_contents_entry(aligner, &candidate)
            || is_quoted(aligner, &candidate)
        {
            continue;
        }
        let mut ahead = Ahead::new(&mut buffer, aligner.document, candidate.rest, LIMIT);
        let mut from = 0;
        while let Some(hit) = best(aligner, &candidate, &mut ahead, from) {
            let taken = hit.taken;
            let whole = hit.of == hit.phrase.words.len();
            let dropped = dropped_request(hit.phrase, hit.of);
            let mut items: Vec<ItemIndex> = same_wording(aligner, hit.phrase).collect();
            items.retain(|&item| stands_below(aligner, item, candidate.line.start));
            if hit.phrase.words.len() <= SHORT && !candidate.style.is_heading() {
                let question =
                    |item: ItemIndex| aligner.catalogue.template.item(item).kind != ItemKind::Checkbox;
                items.retain(|&item| !question(item) || may_stray(aligner, item, candidate.line.start));
            }
            if items.is_empty() {
                break;
            }
            let item = choose(aligner, &items, candidate.line.start);
            let begin = if from == 0 { candidate.line.start } else { ahead.words()[from].span.start };
            let last = from + taken - 1;
            let next = joined(aligner, &candidate, &mut ahead, last);
            let words = ahead.words();
            let (end, extended) = if next.is_some() {
                (signs_end(aligner, &candidate, past_link(aligner, &candidate, words, last)), false)
            } else {
                prompt_end(aligner, &candidate, words, last, whole)
            };
            let matched = if whole && !extended { Match::Verbatim } else { Match::Edited };
            aligner.bind(at, item, Span::new(begin, end), matched, false);
            if let Some(prompt) = aligner.result.prompts[item.0 as usize].last_mut() {
                prompt.truncated = dropped;
            }
            consumed = end;
            from = next.unwrap_or(last + 1);
        }
    }
}

/// Where another wording begins that the author joined to the one before with "and", "or" or a sign.
fn joined(
    aligner: &Aligner,
    candidate: &Candidate,
    ahead: &mut Ahead<impl Iterator<Item = Word>>,
    last: usize,
) -> Option<usize> {
    let text = |word: &Word| aligner.document.text(word.span);
    let joins = |word: &&Word| ["and", "or"].iter().any(|join| text(word).eq_ignore_ascii_case(join));
    let next = last + 1 + usize::from(ahead.words().get(last + 1).filter(joins).is_some());
    best(aligner, candidate, ahead, next).map(|_| next)
}

/// Whether a line begins with a wording, whole or cut.
pub(super) fn begins_phrase(aligner: &Aligner, at: usize) -> bool {
    let candidate = aligner.candidates[at];
    may_begin(aligner, &candidate) && {
        let mut buffer = Vec::new();
        let mut ahead = Ahead::new(&mut buffer, aligner.document, candidate.rest, LIMIT);
        best(aligner, &candidate, &mut ahead, 0).is_some()
    }
}

/// Whether the first words of a line lead to any wording; all that most lines cost.
fn may_begin(aligner: &Aligner, candidate: &Candidate) -> bool {
    let head = candidate.head.words();
    let catalogue = aligner.catalogue;
    let starts = &catalogue.starts;
    let leads = |first: &u64| catalogue.start_words.contains(first);
    head.first().is_some_and(leads)
        && (1..=head.len()).any(|length| starts.contains_key(&start_key(&head[..length])))
}

/// The wording that takes most of the words from number `from` on; inside a line that is behind another one.
/// [`BEHIND`] words more are read than the longest wording could take.
fn best<'a>(
    aligner: &Aligner<'a>,
    candidate: &Candidate,
    ahead: &mut Ahead<impl Iterator<Item = Word>>,
    from: usize,
) -> Option<Hit<'a>> {
    let catalogue = aligner.catalogue;
    let first = ahead.read(from + KEY_WORDS).get(from..).unwrap_or_default();
    let count = first.len().min(KEY_WORDS);
    let first: [u64; KEY_WORDS] = std::array::from_fn(|at| first.get(at).map_or(0, |word| word.hash));
    let led = |length: usize| catalogue.starts.get(&start_key(&first[..length]));
    let phrases = || {
        let ids = (1..=count).rev().filter_map(led).flatten();
        ids.map(|&id| &catalogue.phrases[id as usize])
    };
    let longest = phrases().map(|phrase| phrase.words.len()).max()?;
    let words = &ahead.read(from + longest + BEHIND)[from..];
    let mut best: Option<Hit> = None;
    for phrase in phrases() {
        let skip = usize::from(phrase.words.first() != Some(&first[0]));
        let wanted = &phrase.words[skip..];
        let taken = wanted.iter().zip(words).take_while(|(hash, word)| **hash == word.hash).count();
        let whole = Hit { phrase, taken, of: taken + skip };
        // behind the label the answer may begin with the word with which the template goes on
        let label = phrase.sentences().first().copied().filter(|&label| skip < label && label < whole.of);
        let label = label.map(|label| Hit { phrase, taken: label - skip, of: label });
        let hits = std::iter::once(whole).chain(label);
        let mut accepted = hits.filter(|hit| accept(aligner, candidate, words, hit, from > 0));
        let Some(hit) = accepted.next() else { continue };
        let better = best.as_ref().is_none_or(|other| {
            let full = |hit: &Hit| hit.of == hit.phrase.words.len();
            (hit.taken, full(&hit)) > (other.taken, full(other))
        });
        if better {
            best = Some(hit);
        }
    }
    best
}

fn accept(aligner: &Aligner, candidate: &Candidate, words: &[Word], hit: &Hit, inside: bool) -> bool {
    let total = hit.phrase.words.len();
    if hit.taken == 0 {
        return false;
    }
    let end = past_link(aligner, candidate, words, hit.taken - 1);
    let unit = unit_end(aligner, candidate);
    let fills = end <= unit && !aligner.document.text(Span::new(end, unit)).contains(char::is_alphanumeric);
    if hit.of == total {
        // a label that the template itself ends in a colon is one wherever a block begins with it
        let behind = aligner.document.text(Span::new(end, candidate.rest.end));
        let labels = candidate.first
            && hit.phrase.text.ends_with(':')
            && behind.trim_start_matches(['*', '_']).starts_with(':');
        return total > SHORT || !inside && (labels || fills && is_apart(candidate));
    }
    if inside {
        return false;
    }
    // cut short: at the end of what the author set apart, or at the end of a whole first sentence
    let first = hit.phrase.sentences().first().copied().unwrap_or(total);
    let behind = aligner.document.text(Span::new(end, candidate.rest.end));
    let stops =
        behind.trim_start_matches([')', '*', '_', '"', '”', '’']).starts_with(['.', '?', ':', '\n', '\r']);
    // "(this should be a link to …)": the author did what it says in its place
    let follows =
        stops || fills || ["http", "[", "<"].iter().any(|sign| behind.trim_start().starts_with(sign));
    if hit.taken > SHORT && follows && before_remark(&hit.phrase.text) == Some(hit.of) {
        return true;
    }
    (fills && hit.taken >= SHORT && is_apart(candidate))
        || (hit.of >= first && hit.taken > SHORT && (stops || fills))
        || (hit.of == first && (stops || fills || is_dash(behind)) && is_label(aligner, candidate, hit))
}

/// How many words a wording has before the remark in parentheses that it ends in.
fn before_remark(text: &str) -> Option<usize> {
    let open = text.ends_with(')').then(|| text.rfind(" ("))??;
    Some(words(&text[..open]).count())
}

/// Whether a wording that begins with its label (`Ecosystem. How does …`) may be cut to it here: in its own
/// section and at the beginning of a block that is set apart.
fn is_label(aligner: &Aligner, candidate: &Candidate, hit: &Hit) -> bool {
    let context = aligner.context(candidate.line.start);
    let here = |item: ItemIndex| {
        let section = aligner.catalogue.template.section_of(item);
        section.is_some() && section == context.section
    };
    let asked = same_wording(aligner, hit.phrase).any(here);
    asked && !context.left && candidate.first && is_apart(candidate)
}

/// Whether a text begins with a dash that sets it off.
fn is_dash(behind: &str) -> bool {
    let behind = behind.trim_start_matches(['*', '_']);
    [" - ", " – ", " — "].iter().any(|dash| behind.starts_with(dash))
}

/// Whether a line is set apart from running text.
fn is_apart(candidate: &Candidate) -> bool {
    candidate.lead.is_some_and(|lead| lead.kind != LeadKind::Code)
        || !matches!(candidate.style.container, Container::Paragraph | Container::Quote)
        || (candidate.first && candidate.last)
}

/// Where the unit that a candidate begins ends: its heading, its bold or italic run, or its line.
fn unit_end(aligner: &Aligner, candidate: &Candidate) -> u32 {
    match (candidate.style.container, candidate.lead) {
        (Container::Heading(_), _) => candidate.rest.end,
        (_, Some(lead)) if lead.kind != LeadKind::Code => {
            // a label's colon often stands behind the bold run
            let after = aligner.document.text(Span::new(lead.span.end, candidate.rest.end));
            let marks = after.len() - after.trim_start_matches(['.', '?', ':']).len();
            lead.span.end + marks as u32
        }
        _ => candidate.line.end,
    }
}

/// Where the prompt ends in the file, and whether the author lengthened it.
///
/// Signs and closing markup behind the last word belong to it. What goes on in lower case within a heading
/// or a bold run, or before the line's next stop, is a lengthened question; anything else is the answer.
fn prompt_end(
    aligner: &Aligner,
    candidate: &Candidate,
    words: &[Word],
    last: usize,
    whole: bool,
) -> (u32, bool) {
    let end = past_link(aligner, candidate, words, last);
    let unit = unit_end(aligner, candidate).max(end);
    let next = words.get(last + 1).filter(|next| next.span.start < unit);
    if let Some(next) = next.filter(|_| whole) {
        let between = aligner.document.text(Span::new(end, next.span.start));
        let goes_on = aligner.document.text(next.span).starts_with(char::is_lowercase)
            && !between.contains(['.', '?', ':', '\n', '—', '–'])
            && !between.contains(" - ");
        let short = words[last + 1..].iter().take_while(|word| word.span.start < unit).count() <= 12;
        if goes_on && short {
            let rest = aligner.document.text(Span::new(next.span.start, unit));
            let stop = rest.find(['?', ':']).map_or(unit, |at| next.span.start + at as u32 + 1);
            return (signs_end(aligner, candidate, stop), true);
        }
        if candidate.style.is_heading() || candidate.lead.is_some() {
            return (signs_end(aligner, candidate, end), false);
        }
    }
    if let Some(lead) = candidate.lead.filter(|lead| lead.kind != LeadKind::Code && lead.span.end >= end)
        && next.is_none()
    {
        return (signs_end(aligner, candidate, lead.span.end), false);
    }
    (signs_end(aligner, candidate, end), false)
}

/// The end of a word, or of the link whose last word it is: a link's target is no text of the answer.
fn past_link(aligner: &Aligner, candidate: &Candidate, words: &[Word], last: usize) -> u32 {
    let end = words[last].span.end;
    let next = words.get(last + 1).map_or(u32::MAX, |word| word.span.start);
    let around = aligner.document.inlines(candidate.block).iter().filter(|inline| {
        inline.kind == InlineKind::Link
            && inline.span.start < end
            && end <= inline.span.end
            && inline.span.end <= next
    });
    around.map(|inline| inline.span.end).max().unwrap_or(end)
}

/// Past the signs behind a prompt on its line, up to the next word or the next marked-up run.
fn signs_end(aligner: &Aligner, candidate: &Candidate, end: u32) -> u32 {
    let line_end = aligner.document.text(Span::new(end, candidate.rest.end)).find(['\n', '\r']);
    let line_end = line_end.map_or(candidate.rest.end, |at| end + at as u32);
    let mut stop = line_end;
    for Inline { kind, span, .. } in aligner.document.inlines(candidate.block) {
        if span.start >= end && span.start < stop && !matches!(kind, InlineKind::Task(_)) {
            stop = span.start;
        }
    }
    let text = aligner.document.text(Span::new(end, stop));
    let signs = text.len()
        - text.trim_start_matches(|c: char| c.is_whitespace() || ".?:!,;*_\"'”’)>\\".contains(c)).len();
    let kept = text[..signs].trim_end().len();
    end + kept as u32
}

/// Items that have the same words as a wording, its own among them: some titles stand under two days. An item with
/// several such wordings is given as often.
fn same_wording<'a>(aligner: &Aligner<'a>, phrase: &'a Phrase) -> impl Iterator<Item = ItemIndex> + 'a {
    let catalogue = aligner.catalogue;
    let filed = catalogue.starts.get(&start_key(&phrase.words)).into_iter().flatten();
    let others = filed.map(|&id| &catalogue.phrases[id as usize]);
    others.filter(|other| other.words == phrase.words).map(|other| other.item)
}

/// Whether a box of a question stands below that question: `Other` and `Metrics` say nothing elsewhere.
pub(super) fn stands_below(aligner: &Aligner, item: ItemIndex, offset: u32) -> bool {
    let template = &aligner.catalogue.template;
    let asked = |at: ItemIndex| template.item(at).kind == ItemKind::Question;
    let Some(question) = template.item(item).parent.filter(|&parent| asked(parent)) else { return true };
    if template.item(item).kind != ItemKind::Checkbox {
        return true;
    }
    let last = |at: ItemIndex| {
        let before = aligner.result.prompts[at.0 as usize].iter().map(|prompt| prompt.span.start);
        before.filter(|&start| start < offset).max()
    };
    let own = last(question);
    own.is_some() && template.indices().filter(|&at| asked(at)).all(|at| last(at) <= own)
}

/// Whether a short wording may stand for its item where it is no heading: two words outside their section, in a
/// document that has sections, are words of an answer.
fn may_stray(aligner: &Aligner, item: ItemIndex, offset: u32) -> bool {
    let template = &aligner.catalogue.template;
    let Some(section) = template.section_of(item) else { return true };
    // of sections with one title, the heading of one may have been taken for another's
    let title = |at: ItemIndex| template.item(at).wordings.last().map(|wording| wording.text.as_str());
    let holds = |at: ItemIndex| at == section || title(at) == title(section);
    let context = aligner.context(offset);
    aligner.result.contexts.iter().all(|context| context.section.is_none())
        || [context.section, context.top].into_iter().flatten().any(holds)
}

/// Of items with one wording the one whose section, then whose day, then whose turn it is.
pub(super) fn choose(aligner: &Aligner, items: &[ItemIndex], offset: u32) -> ItemIndex {
    let template = &aligner.catalogue.template;
    let context = aligner.context(offset);
    let top = |item: ItemIndex| template.section_of(item).and_then(|section| template.item(section).parent);
    items
        .iter()
        .copied()
        .min_by_key(|&item| {
            let elsewhere = template.section_of(item) != context.section;
            let other_day = context.top.is_some() && top(item) != context.top;
            (elsewhere, other_day, elsewhere && !aligner.is_open(item), item)
        })
        .unwrap_or(items[0])
}

/// Whether the dropped end of a wording asked for something of its own, examples aside.
fn dropped_request(phrase: &Phrase, of: usize) -> bool {
    const REQUESTS: [&str; 8] =
        ["describe", "explain", "please", "what", "how", "which", "outline", "provide"];
    if of >= phrase.words.len() {
        return false;
    }
    let spans: Vec<Span> = words(&phrase.text).map(|word| word.span).collect();
    let mut example = false;
    spans.windows(2).enumerate().skip(of.saturating_sub(1)).any(|(at, pair)| {
        let (this, next) = (&phrase.text[pair[0].range()], &phrase.text[pair[1].range()]);
        if at + 1 < of {
            return false;
        }
        example |= matches!((next, this), ("e" | "i", _));
        at + 1 >= of && !example && REQUESTS.contains(&next.to_lowercase().as_str())
    })
}

/// Whether running text goes on with a quotation: a question in it is mentioned, not asked.
fn is_quoted(aligner: &Aligner, candidate: &Candidate) -> bool {
    !candidate.first && aligner.document.text(candidate.line).starts_with(['"', '“', '‘', '«'])
}

/// Whether a line is an entry of a table of contents: nothing but a link into the document.
pub(super) fn is_contents_entry(aligner: &Aligner, candidate: &Candidate) -> bool {
    let links = aligner.document.links();
    let at = links.partition_point(|link| link.span.start < candidate.line.start);
    links.get(at).is_some_and(|link| {
        link.span.start == candidate.line.start
            && link.span.end >= candidate.line.end
            && link.destination.starts_with('#')
    })
}
