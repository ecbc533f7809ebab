//! The headings of a text as mdtoc reads it: line by line.

use std::collections::HashMap;

use memchr::{memchr, memchr3, memmem};

/// A line that counts for the table, and where it begins.
struct Mark<'a> {
    start: usize,
    kind: Kind<'a>,
}

enum Kind<'a> {
    /// Level and text.
    Heading(usize, &'a str),
    /// The fence that a line begins with, and whether it can close one.
    Fence(&'a str, bool),
    /// A line that a comment begins.
    Comment,
}

/// Level and text of the headings that mdtoc sees, in order.
pub(super) fn headings(text: &str) -> Vec<(usize, &str)> {
    let marks = marks(text);
    let closings = closings(&marks);
    let end_of_comment = memmem::Finder::new("-->");
    let mut found = Vec::with_capacity(marks.len());
    // what lies before it belongs to a fence or comment
    let mut past = 0;
    let mut closes = true;
    for (mark, closing) in marks.iter().zip(closings) {
        if mark.start < past {
            continue;
        }
        match mark.kind {
            Kind::Heading(level, heading) => found.push((level, heading)),
            Kind::Fence(..) => past = closing.map_or(past, |end| end + 1),
            Kind::Comment if closes => match end_of_comment.find(&text.as_bytes()[mark.start + 4..]) {
                Some(length) => {
                    let end = mark.start + 4 + length + 3;
                    if line(text, end).trim().is_empty() {
                        past = end;
                    }
                }
                None => closes = false,
            },
            Kind::Comment => {}
        }
    }
    found
}

/// The lines that count, in order. Looked for by their signs: most lines have none.
fn marks(text: &str) -> Vec<Mark<'_>> {
    let bytes = text.as_bytes();
    let begins_line = |at: usize| at == 0 || bytes[at - 1] == b'\n';
    let mut marks = Vec::new();
    let fence = |at: usize| {
        let indent = bytes[..at].iter().rev().take_while(|byte| **byte == b' ').count();
        let start = at - indent;
        let kind = if begins_line(start) { fence(line(text, at)) } else { None };
        kind.map(|kind| Mark { start, kind })
    };
    let mut next = 0;
    while let Some(length) = memchr3(b'#', b'<', b'~', &bytes[next..]) {
        let at = next + length;
        next = at + 1;
        match bytes[at] {
            b'~' => marks.extend(fence(at)),
            _ if !begins_line(at) => {}
            b'#' => {
                let line = line(text, at);
                next = at + line.len();
                if let Some((level, text)) = heading(line) {
                    marks.push(Mark { start: at, kind: Kind::Heading(level, text) });
                }
            }
            _ if bytes[at..].starts_with(b"<!--") => marks.push(Mark { start: at, kind: Kind::Comment }),
            _ => {}
        }
    }
    marks.extend(memmem::find_iter(bytes, "```").filter_map(fence));
    // quick for what is in order but for the fences
    marks.sort_by_key(|mark| mark.start);
    marks
}

/// A text from an offset to the end of the line.
fn line(text: &str, from: usize) -> &str {
    let rest = &text[from..];
    let line = memchr(b'\n', rest.as_bytes()).map_or(rest, |end| &rest[..end]);
    line.strip_suffix('\r').unwrap_or(line)
}

/// For every mark that opens a fence: where the line begins that closes it.
fn closings(marks: &[Mark]) -> Vec<Option<usize>> {
    // from the end, so that a file full of fences costs no more than its length
    let mut next: HashMap<&str, usize> = HashMap::new();
    let mut all = vec![None; marks.len()];
    for (mark, closing) in marks.iter().zip(&mut all).rev() {
        let Kind::Fence(fence, closes) = mark.kind else { continue };
        *closing = next.get(fence).copied();
        if closes {
            next.insert(fence, mark.start);
        }
    }
    all
}

/// The fence that a line begins with, behind its indentation; behind the fence stands the name of a language, one
/// word, or nothing.
fn fence(line: &str) -> Option<Kind<'_>> {
    let sign = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = line.len() - line.trim_start_matches(sign).len();
    let (fence, rest) = line.split_at(length);
    let language = rest.trim();
    let one_word = language.starts_with('{') || !language.contains([' ', '`']);
    (length >= 3 && one_word).then_some(Kind::Fence(fence, language.is_empty()))
}

/// Level and text of a line that is a heading: signs in the first column, then a space.
fn heading(line: &str) -> Option<(usize, &str)> {
    let level = line.bytes().take_while(|byte| *byte == b'#').take(6).count();
    let text = line[level..].strip_prefix(' ').filter(|_| level > 0)?;
    let text = text.trim_start_matches(' ').trim_end_matches(' ').trim_end_matches('#').trim_end_matches(' ');
    (!text.is_empty()).then_some((level, text))
}
