//! The anchor that GitHub makes of a heading's text.

use std::sync::LazyLock;

use memchr::memmem;
use regex::Regex;

/// A heading without its signs: `#` before and after, the line below it.
#[must_use]
pub fn heading_text(heading: &str) -> &str {
    let text = heading.trim();
    let hashes = text.bytes().take_while(|b| *b == b'#').count();
    if (1..=6).contains(&hashes) && text[hashes..].starts_with([' ', '\t']) {
        let text = text[hashes..].trim();
        let bare = text.trim_end_matches('#');
        return if bare.is_empty() || bare.ends_with([' ', '\t']) { bare.trim_end() } else { text };
    }
    match text.rsplit_once(['\n', '\r']) {
        Some((above, line))
            if !line.trim().is_empty() && line.trim().bytes().all(|b| b == b'=' || b == b'-') =>
        {
            above.trim_end()
        }
        _ => text,
    }
}

/// Longest heading that is looked at, in bytes: nobody links to a longer one.
const LONGEST: usize = 1024;

/// Stands for an underscore that is text while those of emphasis go.
const UNDERSCORE: char = '\u{e000}';

/// What GitHub makes of a heading's text. Two spaces are two `-`; a tab is none.
#[must_use]
pub fn slug(heading: &str) -> String {
    let end = heading.char_indices().map(|(at, _)| at).find(|at| *at >= LONGEST).unwrap_or(heading.len());
    let heading = &heading[..end];
    if let Some(plain) = plain_slug(heading) {
        return plain;
    }
    let text = without_emphasis(&without_markup(&without_targets(heading)));
    let kept = text.to_lowercase();
    kept.chars().filter(|c| is_kept(*c)).map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// The slug of a heading of plain ASCII text without any markup, which most are.
fn plain_slug(heading: &str) -> Option<String> {
    let mut slug = String::with_capacity(heading.len());
    for byte in heading.bytes() {
        match byte {
            b'a'..=b'z' | b'0'..=b'9' | b'-' => slug.push(char::from(byte)),
            b'A'..=b'Z' => slug.push(char::from(byte.to_ascii_lowercase())),
            b' ' => slug.push('-'),
            b'.' | b',' | b':' | b';' | b'?' | b'/' | b'(' | b')' | b'\'' | b'"' | b'%' | b'+' | b'='
            | b'@' => {}
            _ => return None,
        }
    }
    Some(slug)
}

/// Takes away pictures, and what follows the text of a link.
fn without_targets(text: &str) -> String {
    cut(text, |rest| {
        if let Some(picture) = rest.strip_prefix("![") {
            let (_, target) = picture.split_once(']')?;
            let (_, behind) = target.strip_prefix('(')?.split_once(')')?;
            return Some(behind);
        }
        if let Some(name) = rest.strip_prefix("][") {
            return name.split_once(']').map(|(_, behind)| behind);
        }
        let mut target = rest.strip_prefix("](")?;
        // one pair of parentheses may stand in an address
        loop {
            let at = target.find(['(', ')'])?;
            if target[at..].starts_with(')') {
                return Some(&target[at + 1..]);
            }
            let inner = &target[at + 1..];
            target = inner.find(['(', ')']).and_then(|end| inner[end..].strip_prefix(')'))?;
        }
    })
}

/// Takes away comments, tags and character entities outside code; marks the underscores that are text.
fn without_markup(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let code = code_length(rest);
        if code > 0 {
            out.extend(rest[..code].chars().map(|c| if c == '_' { UNDERSCORE } else { c }));
            rest = &rest[code..];
        } else if let Some(behind) = comment(rest).or_else(|| tag(rest)).or_else(|| entity(rest)) {
            rest = behind;
        } else if let Some(behind) = rest.strip_prefix("\\_") {
            out.push(UNDERSCORE);
            rest = behind;
        } else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}

/// Length of the code that a text begins with, its backticks included.
fn code_length(text: &str) -> usize {
    let ticks = |text: &str| text.bytes().take_while(|b| *b == b'`').count();
    let open = ticks(text);
    match text[open..].find('`').filter(|_| open > 0) {
        Some(close) => open + close + ticks(&text[open + close..]),
        None => 0,
    }
}

/// What follows the comment that a text begins with.
fn comment(text: &str) -> Option<&str> {
    let inner = text.strip_prefix("<!--")?;
    let end = memmem::find(inner.as_bytes(), b"-->")?;
    (!inner[..end].contains('\n')).then(|| &inner[end + 3..])
}

/// What follows the tag that a text begins with.
fn tag(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('<')?;
    let name = inner.strip_prefix('/').unwrap_or(inner);
    let end = name.find(['<', '>']).filter(|_| name.starts_with(|c: char| c.is_ascii_alphabetic()))?;
    name[end..].strip_prefix('>')
}

/// What follows the character entity that a text begins with.
fn entity(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('&')?;
    let name = inner.strip_prefix('#').unwrap_or(inner);
    let length = name.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count();
    name[length..].strip_prefix(';').filter(|_| (1..=8).contains(&length))
}

/// Takes away underscores at the beginning or end of a word; [`UNDERSCORE`] is one again.
fn without_emphasis(text: &str) -> String {
    let is_word = |c: char| c != UNDERSCORE && !matches!(c, '-' | ' ') && is_kept(c);
    let mut out = String::with_capacity(text.len());
    let mut before = None;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let run = rest.len() - rest.trim_start_matches('_').len();
        let behind = &rest[run.max(c.len_utf8())..];
        if run == 0 {
            out.push(if c == UNDERSCORE { '_' } else { c });
        } else if before.is_some_and(is_word) && behind.chars().next().is_some_and(is_word) {
            out.push_str(&rest[..run]);
        }
        before = Some(c);
        rest = behind;
    }
    out
}

/// Copies a text without the pieces that `behind` knows: it is given the text from each character on and says
/// what follows a piece that begins there.
fn cut(text: &str, behind: impl Fn(&str) -> Option<&str>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        rest = behind(rest).unwrap_or_else(|| {
            out.push(c);
            &rest[c.len_utf8()..]
        });
    }
    out
}

/// Marks, digits and connecting signs of all scripts; letters are known without it.
static KEPT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[\p{M}\p{Nd}\p{Pc}]").expect("constant and tested"));

/// Whether GitHub keeps a character: letters, marks, digits, connecting signs, `-` and the space.
fn is_kept(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ' '),
        _ if c.is_alphabetic() => true,
        // dashes, quotes and arrows, symbols and pictures: what headings have; the class is costly to build
        '\u{80}'..='\u{bf}'
        | '\u{2010}'..='\u{203e}'
        | '\u{2190}'..='\u{2bff}'
        | '\u{1f300}'..='\u{1faff}' => false,
        // the mark that asks for a picture in colour
        '\u{fe0f}' => true,
        _ => KEPT.is_match(c.encode_utf8(&mut [0; 4])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_headings_take_the_short_way_to_the_same_slug() {
        for heading in ["Design Details", "What's new? (1.2/3)", "a - b, c: d", "100% + 5 = x @y"] {
            let long = without_emphasis(&without_markup(&without_targets(heading))).to_lowercase();
            let long: String =
                long.chars().filter(|c| is_kept(*c)).map(|c| if c == ' ' { '-' } else { c }).collect();
            assert_eq!(plain_slug(heading), Some(long));
        }
    }

    #[test]
    fn slugs_are_githubs() {
        for (heading, expected) in [
            ("## Day 0 - Planning Phase", "day-0---planning-phase"),
            ("## **Day 1 \\- Installation**", "day-1---installation"),
            ("### Scalability/Reliability", "scalabilityreliability"),
            ("### Rollout, Upgrade and Rollback Planning ###", "rollout-upgrade-and-rollback-planning"),
            ("# C# and `my_flag`", "c-and-my_flag"),
            ("## [Name](https://a.example/b) & more", "name--more"),
            ("## \u{1F680} Start", "-start"),
            ("## Metal\u{b3} \u{dc}bersicht", "metal-\u{fc}bersicht"),
            ("## Map of `Map<String>` <br> x", "map-of-mapstring--x"),
            ("A title\n=======", "a-title"),
            ("## Beta to  GA", "beta-to--ga"),
            ("## A\tB", "ab"),
            ("## Retire `__internal` _now_ or my\\_way", "retire-__internal-now-or-my_way"),
            ("## [The `ipvs` mode](https://a.example/b_(c)) ![x](y.png)end", "the-ipvs-mode-end"),
        ] {
            assert_eq!(slug(heading_text(heading)), expected, "{heading}");
        }
    }

    #[test]
    fn the_short_way_and_the_class_agree() {
        for c in ('\u{80}'..'\u{20000}').filter(|c| !c.is_alphabetic()) {
            assert_eq!(is_kept(c), KEPT.is_match(c.encode_utf8(&mut [0; 4])), "{:x}", u32::from(c));
        }
    }

    #[test]
    fn markup_that_does_not_end_is_text() {
        assert_eq!(slug("a ` b_c &nothingatall; <d ![e](f [g](h(i"), "a--b_c-nothingatall-d-ef-ghi");
        assert_eq!(slug("`` _a_ &amp; <!-- b --> `x_`"), "-_a_-amp----b----x");
    }
}
