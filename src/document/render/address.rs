//! Text and addresses as they may stand in a page.

use crate::document::without_punctuation;

/// Text for an element or a quoted attribute: nothing in it is markup, nothing turns the text around it.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(c),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => out.push('\u{fffd}'),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// Where a link may lead: the web, a mail address, or, behind the document's own address, a place beside it.
/// Not yet escaped. `None` of every other address, whatever its scheme.
pub(super) fn allowed(destination: &str, page: Option<&str>) -> Option<String> {
    if destination.chars().any(char::is_control) {
        return None;
    }
    if has_prefix(destination, &["https://", "http://", "mailto:"]) {
        return Some(destination.to_string());
    }
    let page = page?;
    let path = destination.split(['?', '#']).next().unwrap_or_default();
    let elsewhere = path.contains([':', '\\']) || path.starts_with('/') || destination.is_empty();
    if elsewhere {
        return None;
    }
    if destination.starts_with('#') {
        return Some(format!("{page}{destination}"));
    }
    let directory = page.rfind('/').map_or("", |at| &page[..=at]);
    Some(format!("{directory}{destination}"))
}

fn has_prefix(text: &str, prefixes: &[&str]) -> bool {
    prefixes.iter().any(|prefix| {
        text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
            && text.len() > prefix.len()
    })
}

/// A piece of running text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    Words(&'a str),
    Address(&'a str),
}

/// Running text with the addresses that a code host would make links of.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let (mut rest, mut from) = (text, 0);
    while let Some(at) = rest[from..].find("http").map(|at| at + from) {
        let alone = !rest[..at].ends_with(|c: char| c.is_alphanumeric());
        let tail = &rest[at..];
        if !alone || !has_prefix(tail, &["https://", "http://"]) {
            from = at + 4;
            continue;
        }
        let end = tail.find(|c: char| c.is_whitespace() || c.is_control() || "<>\"'`|".contains(c));
        let address = without_punctuation(&tail[..end.unwrap_or(tail.len())]);
        if !has_prefix(address, &["https://", "http://"]) {
            from = at + 4;
            continue;
        }
        if at > 0 {
            found.push(Piece::Words(&rest[..at]));
        }
        found.push(Piece::Address(address));
        (rest, from) = (&tail[address.len()..], 0);
    }
    if !rest.is_empty() {
        found.push(Piece::Words(rest));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_schemes_lead_anywhere() {
        for good in ["https://x.y/z?a=b", "HTTP://x.y", "mailto:a@b.c"] {
            assert_eq!(allowed(good, None).as_deref(), Some(good));
        }
        let page = Some("https://host/repo/dir/review.md");
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java\nscript:alert(1)",
            " javascript:x",
            "data:text/html,x",
            "vbscript:x",
            "//evil.example/x",
            "\\\\evil",
            "/root",
            "file:///etc",
            "https://",
            "",
            "blob:x",
            "a:b",
        ] {
            assert_eq!(allowed(bad, page), None, "{bad}");
        }
        assert_eq!(allowed("../a.md#b", page).as_deref(), Some("https://host/repo/dir/../a.md#b"));
        assert_eq!(allowed("#b", page).as_deref(), Some("https://host/repo/dir/review.md#b"));
        assert_eq!(allowed("a.md", None), None);
    }

    #[test]
    fn addresses_in_sentences_end_where_the_sentence_goes_on() {
        let text = "see https://x.y/a_(b), (http://z). xhttp://no http:/no";
        let addresses: Vec<_> =
            pieces(text).into_iter().filter(|piece| matches!(piece, Piece::Address(_))).collect();
        assert_eq!(addresses, [Piece::Address("https://x.y/a_(b)"), Piece::Address("http://z")]);
    }
}
