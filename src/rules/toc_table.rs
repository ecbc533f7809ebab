//! The table of contents as kubernetes' own tool, mdtoc, writes it.
//!
//! mdtoc reads markdown with a parser of its own, not as CommonMark says, so the table is made from lines here:
//! headings begin in the first column, a fence that is never closed is none. What this page does not know for
//! sure (formulas, raw HTML in a heading) is marked, and compared less closely.
//! Source: <https://github.com/kubernetes-sigs/mdtoc> v1.4.0 as `hack/verify-toc.sh` runs it.

mod headings;
mod inline;

use std::borrow::Cow;

use headings::headings;
use inline::{Inline, inline};

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
                "## Summary\n### Goals\n#### Alpha\n##### Cases\n#### Alpha\n###### Question?\n## What's _new_ & `x_y`? ##\n"
            ),
            [
                "- [Summary](#summary)",
                "  - [Goals](#goals)",
                "    - [Alpha](#alpha)",
                "      - [Cases](#cases)",
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
        // what closes one fence opens no other
        assert_eq!(table("```\n## No\n```\n## A\n```\n## No\n```\n## B\n"), ["- [A](#a)", "- [B](#b)"]);
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
