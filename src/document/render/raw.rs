//! HTML that somebody wrote into a document, taken apart. None of it reaches a page as HTML.

/// A piece of it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Text between tags, to be escaped.
    Text(&'a str),
    /// A tag that begins or ends a line.
    Break,
    /// A tag that says something a reader should see, as it is written; to be escaped.
    Tag(&'a str),
}

/// Elements whose tags only set text apart from what is around it.
const LINES: &[&str] = &[
    "br",
    "p",
    "div",
    "details",
    "summary",
    "center",
    "ul",
    "ol",
    "li",
    "table",
    "thead",
    "tbody",
    "tr",
    "pre",
    "hr",
    "blockquote",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "dl",
    "dt",
    "dd",
    "section",
];
/// Elements whose tags only change how text looks.
const LOOKS: &[&str] = &[
    "b", "i", "em", "strong", "sub", "sup", "kbd", "u", "s", "del", "ins", "span", "small", "code", "tt",
    "td", "th", "font", "mark", "samp", "var", "q",
];

/// Takes HTML apart. Comments are left out; what is no tag is text.
pub(super) fn pieces(html: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut rest = html;
    let mut words = 0;
    while let Some(at) = rest[words..].find('<').map(|at| at + words) {
        let tail = &rest[at..];
        let (length, piece) = if let Some(comment) = tail.strip_prefix("<!--") {
            (comment.find("-->").map_or(tail.len(), |end| end + 7), None)
        } else if let Some(length) = tag(tail) {
            (length, shown(&tail[..length]))
        } else {
            words = at + 1;
            continue;
        };
        if at > 0 {
            found.push(Piece::Text(&rest[..at]));
        }
        found.extend(piece);
        (rest, words) = (&tail[length..], 0);
    }
    if !rest.is_empty() {
        found.push(Piece::Text(rest));
    }
    found
}

/// Bytes in which a tag must end: beginnings without an end are not each read to the end of the text.
const LONGEST_TAG: usize = 4096;

/// Length of a tag at the beginning of a text, quoted attributes respected.
fn tag(text: &str) -> Option<usize> {
    let inner = text[1..].strip_prefix('/').unwrap_or(&text[1..]);
    if !inner.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!' || c == '?') {
        return None;
    }
    let mut quote = None;
    for (at, c) in text.char_indices().take_while(|(at, _)| *at < LONGEST_TAG) {
        match (quote, c) {
            (None, '>') => return Some(at + 1),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    None
}

fn shown(tag: &str) -> Option<Piece<'_>> {
    let name = tag.trim_start_matches(['<', '/']);
    let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
    let is_in = |known: &[&str]| known.iter().any(|known| known.eq_ignore_ascii_case(name));
    if is_in(LINES) {
        return Some(Piece::Break);
    }
    let closes_link = tag.starts_with("</") && name.eq_ignore_ascii_case("a");
    (!closes_link && !is_in(LOOKS)).then_some(Piece::Tag(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_that_only_lay_out_are_dropped_and_others_are_seen() {
        let html = "<details open><summary>More</summary>a < b <b>x</b><!-- <i> --><img src=x onerror=\"a>b\"><script>y</script>";
        use Piece::{Break, Tag, Text};
        assert_eq!(
            pieces(html),
            [
                Break,
                Break,
                Text("More"),
                Break,
                Text("a < b "),
                Text("x"),
                Tag("<img src=x onerror=\"a>b\">"),
                Tag("<script>"),
                Text("y"),
                Tag("</script>")
            ]
        );
        assert_eq!(pieces("<!-- open <b>"), []);
        assert_eq!(pieces("<b \"never closed"), [Text("<b \"never closed")]);
    }
}
