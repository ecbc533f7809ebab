//! The table of contents as kubernetes' own tool, mdtoc, writes it.
//!
//! mdtoc reads markdown with a parser of its own, not as CommonMark says, so the table is made from lines here:
//! headings begin in the first column, a fence that is never closed is none. What this page does not know for
//! sure (formulas, raw HTML in a heading) is marked, and compared less closely.
//! Source: <https://github.com/kubernetes-sigs/mdtoc> v1.4.0 as `hack/verify-toc.sh` runs it.

use std::collections::HashMap;

use memchr::{memchr_iter, memmem};

/// Deepest heading that has an entry.
const DEEPEST: usize = 5;

/// One heading as mdtoc sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// The line it makes in the table, without the line end.
    pub(super) line: String,
    /// What is behind the `#` signs.
    pub(super) heading: String,
    /// Its level, 1 to 6.
    pub(super) level: usize,
    /// The line is surely the one that mdtoc writes.
    pub(super) sure: bool,
}

/// The entries of the table for a text, which is what follows the table's closing comment.
pub(super) fn entries(text: &str) -> Vec<Entry> {
    let headings = headings(text);
    let base = headings.iter().map(|(level, _)| *level).min().unwrap_or(1);
    let mut seen: HashMap<String, usize> = HashMap::new();
    let shown = headings.into_iter().filter(|(level, _)| *level <= DEEPEST);
    shown
        .map(|(level, heading)| {
            let inline = inline(&heading);
            let slug = slug(&inline.text);
            let count = seen.entry(slug.clone()).or_insert(0);
            let anchor = if *count == 0 { slug } else { format!("{slug}-{count}") };
            *count += 1;
            let line = format!("{}- [{}](#{anchor})", "  ".repeat(level - base), inline.html.trim());
            Entry { line, heading, level, sure: inline.sure }
        })
        .collect()
}

/// Level and text of the headings, in order.
fn headings(text: &str) -> Vec<(usize, String)> {
    let ends = memchr_iter(b'\n', text.as_bytes()).chain([text.len()]);
    let lines = ends.scan(0, |start, end| {
        let line = &text[std::mem::replace(start, end + 1)..end];
        Some(line.strip_suffix('\r').unwrap_or(line))
    });
    let lines: Vec<&str> = lines.collect();
    let closings = closings(&lines);
    let mut found = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at];
        if let Some(end) = closings[at] {
            at = end + 1;
        } else if let Some(end) = block_of_html(&lines, at) {
            at = end + 1;
        } else {
            found.extend(heading(line));
            at += 1;
        }
    }
    found
}

/// For every line that opens a fence: the line that closes it.
fn closings(lines: &[&str]) -> Vec<Option<usize>> {
    // from the end, so that a file full of fences costs no more than its length
    let mut next: HashMap<&str, usize> = HashMap::new();
    let mut all = vec![None; lines.len()];
    for (at, line) in lines.iter().enumerate().rev() {
        let Some((fence, rest)) = fence(line) else { continue };
        all[at] = next.get(fence).copied();
        if rest.trim().is_empty() {
            next.insert(fence, at);
        }
    }
    all
}

/// The fence that a line begins with, and what follows it: the name of a language, one word.
fn fence(line: &str) -> Option<(&str, &str)> {
    let indent = line.bytes().take_while(|byte| *byte == b' ').count();
    let text = &line[indent..];
    let sign = text.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = text.len() - text.trim_start_matches(sign).len();
    let (fence, rest) = text.split_at(length);
    let language = rest.trim();
    let one_word = language.starts_with('{') || !language.contains([' ', '`']);
    (length >= 3 && one_word).then_some((fence, rest))
}

/// The last line of a comment that begins a line and has nothing behind it.
fn block_of_html(lines: &[&str], at: usize) -> Option<usize> {
    let open = lines[at].strip_prefix("<!--")?;
    let mut rest = open;
    for (end, line) in lines.iter().enumerate().skip(at) {
        if end > at {
            rest = line;
        }
        if let Some(close) = memmem::find(rest.as_bytes(), b"-->") {
            return rest[close + 3..].trim().is_empty().then_some(end);
        }
    }
    None
}

/// Level and text of a line that is a heading: signs in the first column, then a space.
fn heading(line: &str) -> Option<(usize, String)> {
    if !line.starts_with('#') {
        return None;
    }
    let level = line.bytes().take_while(|byte| *byte == b'#').take(6).count();
    let text = line[level..].strip_prefix(' ').filter(|_| level > 0)?;
    let text = text.trim_start_matches(' ').trim_end_matches(' ').trim_end_matches('#').trim_end_matches(' ');
    (!text.is_empty()).then(|| (level, text.to_string()))
}

/// A heading's text as mdtoc renders it.
struct Inline {
    /// For the entry.
    html: String,
    /// For the anchor.
    text: String,
    /// Everything in it is understood.
    sure: bool,
}

/// Renders a heading: text, code, emphasis, links, escapes.
fn inline(heading: &str) -> Inline {
    // most headings have no sign that could be markup
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b" .,;/()'%+=?@-".contains(&byte);
    if heading.bytes().all(plain) {
        return Inline { html: heading.to_string(), text: heading.to_string(), sure: true };
    }
    let mut out = Inline { html: String::new(), text: String::new(), sure: true };
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
            _ => {
                let address = ["http://", "https://", "ftp://", "mailto:"];
                let begins = matches!(c, 'h' | 'f' | 'm');
                out.sure &= !(begins && address.iter().any(|sign| rest.starts_with(sign)));
                out.push(c);
                &rest[c.len_utf8()..]
            }
        };
    }
    out
}

impl Inline {
    fn push(&mut self, c: char) {
        self.text.push(c);
        match c {
            '&' => self.html.push_str("&amp;"),
            '<' => self.html.push_str("&lt;"),
            '>' => self.html.push_str("&gt;"),
            '"' => self.html.push_str("&quot;"),
            c => self.html.push(c),
        }
    }

    fn wrap(&mut self, tag: &str, inner: &Inline) {
        self.html.push_str(&format!("<{tag}>{}</{tag}>", inner.html));
        self.text.push_str(&inner.text);
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
    let mut inner = Inline { html: String::new(), text: String::new(), sure: true };
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
    out.html.push_str(&format!("<a href=\"{address}\">{}</a>", inner.html));
    out.text.push_str(&inner.text);
    out.sure &= inner.sure && plain;
    behind
}

/// mdtoc's anchor: lower case, ASCII letters, digits, `_`, `-`, and `-` for every space.
fn slug(text: &str) -> String {
    if text.is_ascii() {
        let kept =
            text.bytes().filter(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b' '));
        return kept
            .map(|byte| if byte == b' ' { '-' } else { char::from(byte.to_ascii_lowercase()) })
            .collect();
    }
    let kept = text.to_lowercase();
    let kept = kept.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | ' '));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Vec<String> {
        entries(text).into_iter().map(|entry| entry.line).collect()
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
