//! The table of contents as kubernetes' own tool, mdtoc, writes it.
//!
//! mdtoc reads markdown with a parser of its own, not as CommonMark says, so the table is made from lines here:
//! headings begin in the first column, a fence that is never closed is none. What this page does not know for
//! sure (formulas, raw HTML in a heading) is marked, and compared less closely.
//! Source: <https://github.com/kubernetes-sigs/mdtoc> v1.4.0 as `hack/verify-toc.sh` runs it.

use std::borrow::Cow;
use std::collections::HashMap;

use memchr::{memchr, memchr3, memmem};

/// Deepest heading that has an entry.
const DEEPEST: usize = 5;

/// One heading as mdtoc sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry<'a> {
    /// What is behind the `#` signs.
    pub(super) heading: &'a str,
    /// Its level, 1 to 6.
    pub(super) level: usize,
    /// The line is surely the one that mdtoc writes.
    pub(super) sure: bool,
    /// Spaces before its line.
    pub(super) indent: usize,
    /// What the line shows, as HTML.
    html: Cow<'a, str>,
    /// Of what the anchor is made, ASCII alone.
    text: Cow<'a, str>,
    /// How many headings above it make the same anchor.
    twins: usize,
}

impl Entry<'_> {
    /// The line it makes in the table, without the line end.
    pub(super) fn line(&self) -> String {
        let Self { indent, html, twins, .. } = self;
        let slug: String = self.slug().map(char::from).collect();
        let number = if *twins > 0 { format!("-{twins}") } else { String::new() };
        format!("{:indent$}- [{}](#{slug}{number})", "", html.trim())
    }

    /// Whether what follows a line's indentation is what this entry makes.
    pub(super) fn makes(&self, line: &str) -> bool {
        let shown = line.strip_prefix("- [").and_then(|rest| rest.strip_prefix(self.html.trim()));
        let anchor = shown.and_then(|rest| rest.strip_prefix("](#")?.strip_suffix(')'));
        anchor.is_some_and(|anchor| {
            let mut rest = anchor.as_bytes().iter();
            let begins = self.slug().all(|byte| rest.next() == Some(&byte));
            begins
                && match self.twins {
                    0 => rest.as_slice().is_empty(),
                    twins => rest.as_slice() == format!("-{twins}").as_bytes(),
                }
        })
    }

    /// The letters of the anchor, without a number: in lower case, and `-` for every space.
    fn slug(&self) -> impl Iterator<Item = u8> {
        self.text.bytes().map(|byte| KEPT[usize::from(byte)]).filter(|byte| *byte != 0)
    }
}

/// The entries of the table for a text, which is what follows the table, from its closing comment on.
pub(super) fn entries(text: &str) -> Vec<Entry<'_>> {
    let headings = headings(text);
    let base = headings.iter().map(|(level, _)| *level).min().unwrap_or(1);
    let shown = headings.into_iter().filter(|(level, _)| *level <= DEEPEST);
    let mut entries: Vec<Entry> = shown
        .map(|(level, heading)| {
            let Inline { html, text, sure } = inline(heading);
            // a few letters of other scripts have small ones in ASCII
            let ascii = |text: &str| text.to_lowercase().replace(|c: char| !c.is_ascii(), "");
            let text = if text.is_ascii() { text } else { ascii(&text).into() };
            Entry { heading, level, sure, indent: 2 * (level - base), html, text, twins: 0 }
        })
        .collect();
    // those with the same anchor beside each other, in their order
    let letters = |entry: &Entry| entry.text.bytes().filter(u8::is_ascii_alphanumeric).count();
    let mut alike: Vec<(usize, usize)> =
        entries.iter().enumerate().map(|(at, entry)| (letters(entry), at)).collect();
    alike.sort_by(|(one, above), (other, below)| {
        one.cmp(other).then_with(|| entries[*above].slug().cmp(entries[*below].slug()))
    });
    for pair in alike.windows(2) {
        let ((one, above), (other, below)) = (pair[0], pair[1]);
        if one == other && entries[above].slug().eq(entries[below].slug()) {
            entries[below].twins = entries[above].twins + 1;
        }
    }
    entries
}

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

/// Level and text of the headings, in order.
fn headings(text: &str) -> Vec<(usize, &str)> {
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

/// A heading's text as mdtoc renders it.
struct Inline<'a> {
    /// For the entry.
    html: Cow<'a, str>,
    /// For the anchor.
    text: Cow<'a, str>,
    /// Everything in it is understood.
    sure: bool,
}

/// Renders a heading: text, code, emphasis, links, escapes.
fn inline(heading: &str) -> Inline<'_> {
    // most headings have no sign that could be markup
    if heading.bytes().all(|byte| PLAIN[usize::from(byte)]) {
        return Inline { html: heading.into(), text: heading.into(), sure: true };
    }
    let mut out = Inline { html: Cow::default(), text: Cow::default(), sure: true };
    let mut rest = heading;
    while let Some(c) = rest.chars().next() {
        rest = match c {
            '`' => code(rest, &mut out),
            '*' | '_' | '~' => emphasis(rest, &mut out),
            '\\' => {
                let next = rest[1..].chars().next().filter(|c| "\\`*_{}[]()#+-.!:|&<>~^$\"".contains(*c));
                let shown = next.unwrap_or('\\');
                out.push(shown);
                &rest[1 + next.map_or(0, char::len_utf8)..]
            }
            '[' => link(rest, &mut out),
            '<' | '&' | '$' | '!' | '{' | '\t' => {
                // alone these are text; what else they may begin is not looked into
                let follows = rest[1..].chars().next();
                let text = match c {
                    '<' => !follows.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!')),
                    '&' => !follows.is_some_and(|c| c.is_ascii_alphanumeric() || c == '#'),
                    '!' => follows != Some('['),
                    '{' => follows != Some('#'),
                    _ => false,
                };
                out.sure &= text;
                out.push(c);
                &rest[1..]
            }
            ':' => {
                let before = &heading[..heading.len() - rest.len()];
                let web = ["http", "https", "ftp"].iter().any(|scheme| before.ends_with(scheme));
                out.sure &= !(before.ends_with("mailto") || web && rest.starts_with("://"));
                out.push(c);
                &rest[1..]
            }
            _ => {
                let run = rest.bytes().take_while(|byte| PLAIN[usize::from(*byte)]).count();
                let length = run.max(c.len_utf8());
                match run {
                    0 => out.push(c),
                    _ => out.push_plain(&rest[..run]),
                }
                &rest[length..]
            }
        };
    }
    out
}

/// Whether a byte is never markup.
static PLAIN: [bool; 256] = {
    let mut table = [false; 256];
    let mut at = 0;
    while at < 128 {
        let byte = at as u8;
        let sign = matches!(
            byte,
            b' ' | b'.' | b',' | b';' | b'/' | b'(' | b')' | b'\'' | b'%' | b'+' | b'=' | b'?' | b'@' | b'-'
        );
        table[at] = sign || byte.is_ascii_alphanumeric();
        at += 1;
    }
    table
};

impl Inline<'_> {
    /// Takes text without signs that HTML has names for.
    fn push_plain(&mut self, text: &str) {
        self.text.to_mut().push_str(text);
        self.html.to_mut().push_str(text);
    }

    fn push(&mut self, c: char) {
        self.text.to_mut().push(c);
        let html = self.html.to_mut();
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            c => html.push(c),
        }
    }

    fn wrap(&mut self, tag: &str, inner: &Inline) {
        self.html.to_mut().push_str(&format!("<{tag}>{}</{tag}>", inner.html));
        self.text.to_mut().push_str(&inner.text);
        self.sure &= inner.sure;
    }
}

/// Code, from its first backtick; gives what follows.
fn code<'a>(rest: &'a str, out: &mut Inline) -> &'a str {
    let ticks = rest.len() - rest.trim_start_matches('`').len();
    let Some(close) = rest[ticks..].find(&rest[..ticks]) else {
        rest[..ticks].chars().for_each(|c| out.push(c));
        return &rest[ticks..];
    };
    let mut inner = Inline { html: Cow::default(), text: Cow::default(), sure: true };
    rest[ticks..ticks + close].trim_matches(' ').chars().for_each(|c| inner.push(c));
    out.wrap("code", &inner);
    &rest[close + 2 * ticks..]
}

/// Emphasis, from its first sign; signs inside words and signs alone are text. Gives what follows.
fn emphasis<'a>(rest: &'a str, out: &mut Inline) -> &'a str {
    let sign = rest.chars().next().expect("called at a sign");
    let length = (rest.len() - rest.trim_start_matches(sign).len()).min(3);
    let inside_word = out.text.ends_with(char::is_alphanumeric);
    let body = &rest[length..];
    let opens = !inside_word && body.starts_with(|c: char| !c.is_whitespace());
    let tag = match (sign, length) {
        ('~', 2) => Some("del"),
        ('~', _) => None,
        (_, 1) => Some("em"),
        (_, 2) => Some("strong"),
        _ => None,
    };
    let close = tag.filter(|_| opens).and_then(|tag| Some((tag, body.find(&rest[..length])?)));
    match close {
        Some((tag, close)) if !body[..close].ends_with(' ') => {
            let inner = inline(&body[..close]);
            out.wrap(tag, &inner);
            out.sure &= !body[close + length..].starts_with(|c: char| c.is_alphanumeric() || c == sign);
            &body[close + length..]
        }
        _ => {
            out.sure &= !opens || close.is_none();
            rest[..length].chars().for_each(|c| out.push(c));
            body
        }
    }
}

/// A link, from its `[`; brackets without an address are text. Gives what follows.
fn link<'a>(rest: &'a str, out: &mut Inline) -> &'a str {
    let parts = rest[1..].split_once(']').and_then(|(text, behind)| {
        let (address, behind) = behind.strip_prefix('(')?.split_once(')')?;
        Some((text, address, behind))
    });
    let Some((text, address, behind)) = parts else {
        // a reference would be a link too
        out.sure = false;
        out.push('[');
        return &rest[1..];
    };
    let inner = inline(text);
    let plain = !address.contains([' ', '"', '&', '<', '(']);
    out.html.to_mut().push_str(&format!("<a href=\"{address}\">{}</a>", inner.html));
    out.text.to_mut().push_str(&inner.text);
    out.sure &= inner.sure && plain;
    behind
}

/// What mdtoc's anchor has for each ASCII character; 0 for those that it leaves out.
static KEPT: [u8; 256] = {
    let mut table = [0; 256];
    let mut at = 0;
    while at < 128 {
        let byte = at as u8;
        table[at] = match byte {
            b' ' => b'-',
            b'_' | b'-' => byte,
            _ if byte.is_ascii_alphanumeric() => byte.to_ascii_lowercase(),
            _ => 0,
        };
        at += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Vec<String> {
        entries(text).iter().map(Entry::line).collect()
    }

    #[test]
    fn indented_by_level_and_numbered_when_equal() {
        assert_eq!(
            table(
                "## Summary\n### Goals\n#### Alpha\n#### Alpha\n###### Question?\n## What's _new_ & `x_y`? ##\n"
            ),
            [
                "- [Summary](#summary)",
                "  - [Goals](#goals)",
                "    - [Alpha](#alpha)",
                "    - [Alpha](#alpha-1)",
                "- [What's <em>new</em> &amp; <code>x_y</code>?](#whats-new--x_y)",
            ]
        );
    }

    #[test]
    fn an_entry_knows_its_line() {
        let entries = entries("## A *b*\n## A b\n### A b\n## \u{dc}-\u{212a} a\n");
        assert_eq!(entries[3].line(), "- [\u{dc}-\u{212a} a](#-k-a)");
        for entry in &entries {
            let line = entry.line();
            let made: Vec<bool> = entries.iter().map(|entry| entry.makes(line.trim_start())).collect();
            let expected: Vec<bool> = entries.iter().map(|other| other == entry).collect();
            assert_eq!(made, expected, "{line}");
        }
        assert!(!entries[1].makes("- [A b](#a-b-01)") && !entries[0].makes("- [A <em>b</em>](#a-b"));
    }

    #[test]
    fn fences_have_signs_and_at_most_one_word() {
        let text =
            "a ```\n## A\n````` x\n## No\n   `````\n## B\n``` two words\n## C\n ~~~~~~\n## No\n~~~~~~\n";
        assert_eq!(table(text), ["- [A](#a)", "- [B](#b)", "- [C](#c)"]);
    }

    #[test]
    fn mdtoc_is_not_commonmark() {
        // the first column only, a space behind the signs, no heading in fences and comments
        let text = "## A\n ## No\n##No\n```sh\n## No\n```\n<!--\n## No\n-->\n\n## B\n~~~\n## C\n";
        assert_eq!(table(text), ["- [A](#a)", "- [B](#b)", "- [C](#c)"]);
    }

    #[test]
    fn what_is_not_understood_is_said() {
        let sure = |text: &str| entries(text)[0].sure;
        assert!(sure("## a_b_c (d) [e](f.md) - 100% <- \\_x\n"));
        for text in ["## <b>x</b>\n", "## $x$\n", "## a &amp; b\n", "## [KEP]\n", "## https://a.example\n"] {
            assert!(!sure(text), "{text}");
        }
    }
}
