//! The text of a heading as mdtoc renders it.

use std::borrow::Cow;

/// A heading's text as mdtoc renders it.
pub(super) struct Inline<'a> {
    /// For the entry.
    pub(super) html: Cow<'a, str>,
    /// For the anchor.
    pub(super) text: Cow<'a, str>,
    /// Everything in it is understood.
    pub(super) sure: bool,
}

/// Renders a heading: text, code, emphasis, links, escapes.
pub(super) fn inline(heading: &str) -> Inline<'_> {
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
