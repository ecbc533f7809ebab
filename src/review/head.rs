//! The words that lines begin with: enough to tell most lines from any question and from any guidance.

use super::normalise::{beginning_with, guidance_start};
use super::words::{Word, words};
use crate::document::Document;
use crate::source::{Span, boundary};

/// The words that a line begins with, read once for all who ask.
#[derive(Debug, Clone, Copy)]
pub(super) struct Head {
    words: [u64; 3],
    count: u8,
    /// What the line's own first words lead to among a template's guidance, see [`guidance_start`].
    pub(super) guidance: Option<u64>,
}

/// How far behind a line its first words are looked for, in bytes: a paragraph of lines without words is not read to its
/// end for each of them.
const FARTHEST: u32 = 512;

impl Head {
    /// Reads the head of a line whose block ends at byte `end`: a question goes on there.
    pub(super) fn read(document: &Document, line: Span, end: u32) -> Self {
        let farthest = line.end.saturating_add(FARTHEST);
        let near =
            if end <= farthest { end } else { boundary(document.source().text(), farthest as usize) as u32 };
        let (text, shift) = unticked(document, Span::new(line.start, near));
        let mut head = Self { words: [0; 3], count: 0, guidance: None };
        let mut first = words(text);
        let mut read = [first.next(), None, None];
        let Some(begin) = read[0] else { return head };
        if shift > line.start || numbers(text, begin.span) {
            // the mark and the number are words of guidance, not of a question
            head.guidance = guidance_start(&mut words(document.text(line)));
            for word in unnumbered(text).take(3) {
                head.push(word);
            }
            return head;
        }
        read[1] = first.next();
        read[2] = first.next();
        let own =
            |word: Option<Word>| word.filter(|word| word.span.end + shift <= line.end).map(|word| word.hash);
        head.guidance = own(read[0]).map(|first| beginning_with(first, own(read[1])));
        read.into_iter().flatten().for_each(|word| head.push(word));
        head
    }

    fn push(&mut self, word: Word) {
        self.words[usize::from(self.count)] = word.hash;
        self.count += 1;
    }

    /// Hashes of the first words, three at most, a leading number left out; they may go on in the next line.
    pub(super) fn words(&self) -> &[u64] {
        &self.words[..usize::from(self.count)]
    }
}

/// The words of a span at their places in the file; a ticked box's `x` and leading words that only number it
/// (`3.2`, `Q4`) left out.
pub(super) fn numbered_words(document: &Document, span: Span, limit: usize) -> Vec<Word> {
    unnumbered_in(document, span).take(limit).collect()
}

/// The words of a span, read as far as somebody asked: most are not.
pub(super) struct Ahead<'a, I> {
    words: &'a mut Vec<Word>,
    rest: std::iter::Take<I>,
}

impl<'a> Ahead<'a, ()> {
    /// The words that [`numbered_words`] gives; `buffer` takes those that are read.
    pub(super) fn new(
        buffer: &'a mut Vec<Word>,
        document: &'a Document,
        span: Span,
        limit: usize,
    ) -> Ahead<'a, impl Iterator<Item = Word> + 'a> {
        buffer.clear();
        Ahead { words: buffer, rest: unnumbered_in(document, span).take(limit) }
    }
}

impl<I: Iterator<Item = Word>> Ahead<'_, I> {
    /// All words that are read, at least this many if there are so many.
    pub(super) fn read(&mut self, count: usize) -> &[Word] {
        let missing = count.saturating_sub(self.words.len());
        self.words.extend(self.rest.by_ref().take(missing));
        self.words
    }

    /// The words that are read.
    pub(super) fn words(&self) -> &[Word] {
        self.words
    }
}

/// What [`numbered_words`] collects, word by word.
pub(super) fn unnumbered_in(document: &Document, span: Span) -> impl Iterator<Item = Word> + '_ {
    let (text, shift) = unticked(document, span);
    unnumbered(text).map(move |word| Word {
        hash: word.hash,
        span: Span::new(word.span.start + shift, word.span.end + shift),
    })
}

/// The text of a span behind a ticked box, and where it begins.
fn unticked(document: &Document, span: Span) -> (&str, u32) {
    let text = document.text(span);
    let skip = if text.starts_with("[x]") || text.starts_with("[X]") { 3 } else { 0 };
    (&text[skip..], span.start + skip as u32)
}

/// Whether a text begins with a word that only numbers it.
pub(super) fn numbered(text: &str) -> bool {
    words(text).next().is_some_and(|first| numbers(text, first.span))
}

/// The words of a text without those that only number it.
fn unnumbered(text: &str) -> impl Iterator<Item = Word> + '_ {
    let mut skipping = 4;
    words(text).skip_while(move |word| {
        if skipping == 0 || !numbers(text, word.span) {
            skipping = 0;
            return false;
        }
        skipping -= 1;
        true
    })
}

/// Whether a word only numbers what follows: `3.`, `Q4:`, `b)`, `iv.`
fn numbers(text: &str, word: Span) -> bool {
    let first = text.as_bytes()[word.start as usize];
    let may = first.is_ascii_digit() || matches!(first, b'q' | b'Q' | b'i' | b'v' | b'x') || word.len() == 1;
    if !may {
        return false;
    }
    let (this, behind) = (&text[word.range()], &text[word.end as usize..]);
    if !behind.starts_with(['.', ')', ':', ' ']) {
        return false;
    }
    // "Day 0" begins with a letter; a lone "q" must be followed by a mark
    let number = this.trim_start_matches(['q', 'Q']).bytes().all(|b| b.is_ascii_digit());
    let letter = this.len() == 1 || this.bytes().all(|b| b"ivx".contains(&b));
    number || (letter && (behind.starts_with(". ") || behind.starts_with(") ")))
}
