//! Pages in GitHub's markdown: text of documents made harmless, and a length that a code host takes.

use std::fmt::Write;

use super::screen::clean;

/// Longest page in bytes: GitHub refuses step summaries above 1 MiB.
pub(super) const LONGEST: usize = 900_000;
/// Bytes kept for what closes a page.
const RESERVE: usize = 400;
/// Breaks up what a code host would turn into a link, without being seen.
const BREAK: &str = "&#8203;";

/// Text of a document as inline markdown, of one line, in which nothing is markup, a link, a mention or a reference;
/// it can stand in HTML and in a table too.
pub(super) fn text(plain: &str) -> String {
    let plain = clean(plain);
    let mut out = String::with_capacity(plain.len() + plain.len() / 8);
    for (at, c) in plain.char_indices() {
        let (before, after) = (&plain[..at], &plain[at + c.len_utf8()..]);
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' | '"' => {
                let _ = write!(out, "&#{};", u32::from(c));
            }
            c => out.push(c),
        }
        if is_linked(c, before, after) {
            out.push_str(BREAK);
        }
    }
    out
}

/// Whether a code host would read a link, a mention, a reference or a picture across the place behind a character.
fn is_linked(c: char, before: &str, after: &str) -> bool {
    let number = after.starts_with(|next: char| next.is_ascii_digit());
    match c {
        '@' => true,
        '#' => number,
        '-' => number && ends_with_ignoring_case(before, "gh"),
        'w' | 'W' => after.starts_with('.') && ends_with_ignoring_case(before, "ww"),
        ':' => {
            let name = after.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || "_+-".contains(c));
            after.starts_with("//") || name.len() < after.len() && name.starts_with(':')
        }
        _ => false,
    }
}

fn ends_with_ignoring_case(text: &str, end: &str) -> bool {
    let from = text.len().checked_sub(end.len());
    from.and_then(|from| text.get(from..)).is_some_and(|tail| tail.eq_ignore_ascii_case(end))
}

/// A link to a place, or its words alone where nobody said what to link to.
pub(super) fn link(words: &str, target: Option<&str>) -> String {
    match target {
        Some(target) => format!("[{}]({target})", text(words)),
        None => text(words),
    }
}

/// A page that stays below a length: lines that no longer fit are counted instead.
pub(super) struct Page {
    out: String,
    longest: usize,
    /// What closes the parts that are open; `None` for one that was no longer begun.
    open: Vec<Option<&'static str>>,
    left_out: usize,
}

impl Page {
    pub(super) fn new(longest: usize) -> Self {
        Self { out: String::new(), longest, open: Vec::new(), left_out: 0 }
    }

    /// Adds a line. After the first that does not fit none is added.
    pub(super) fn line(&mut self, line: &str) {
        if self.left_out > 0 || self.out.len() + line.len() + 1 + RESERVE > self.longest {
            self.left_out += usize::from(!line.is_empty());
            return;
        }
        self.out.push_str(line);
        self.out.push('\n');
    }

    /// Begins a part that is folded away below its title, which is harmless text.
    pub(super) fn fold(&mut self, title: &str) {
        let before = self.left_out;
        self.line(&format!("<details><summary>{title}</summary>\n"));
        self.open.push((self.left_out == before).then_some("\n</details>\n\n"));
    }

    /// Ends the last part that was begun.
    pub(super) fn end(&mut self) {
        if let Some(close) = self.open.pop().flatten() {
            self.out.push_str(close);
        }
    }

    /// The page. `otherwise` says where all of it can be had.
    pub(super) fn finish(mut self, otherwise: &str) -> String {
        while !self.open.is_empty() {
            self.end();
        }
        if self.left_out > 0 {
            let (lines, kilobytes) = (self.left_out, self.longest / 1_000);
            let noun = if lines == 1 { "line is" } else { "lines are" };
            let _ = writeln!(
                self.out,
                "\n**This page was cut at {kilobytes} kB: {lines} {noun} left out.** {otherwise}"
            );
        }
        self.out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

    #[test]
    fn links_mentions_and_references_are_broken_up() {
        for (plain, safe) in [
            ("ask @kubernetes/sig-node", "ask @&#8203;kubernetes/sig-node"),
            ("see #12, C#, GH-7", "see #&#8203;12, C#, GH-&#8203;7"),
            ("https://x.y www.x.y", "https:&#8203;//x.y www&#8203;.x.y"),
            (":+1: 12:30", ":&#8203;+1: 12:30"),
            ("a_b `c` <d> | $e$", "a&#95;b &#96;c&#96; &lt;d&gt; &#124; &#36;e&#36;"),
            ("a\u{202e}b\n# c", "a\u{fffd}b # c"),
        ] {
            assert_eq!(text(plain), safe);
        }
    }

    #[test]
    fn a_page_is_cut_between_lines_and_says_so() {
        let mut page = Page::new(1_000);
        page.line("## Title");
        page.fold("one");
        (0..100).for_each(|at| page.line(&format!("- line {at} of many")));
        page.end();
        page.fold("two");
        page.line("- more");
        page.end();
        let text = page.finish("Run it yourself.");
        assert!(text.len() <= 1_000, "{}", text.len());
        assert_eq!((text.matches("<details>").count(), text.matches("</details>").count()), (1, 1));
        assert!(text.ends_with("left out.** Run it yourself.\n"), "{text}");
        let mut whole = Page::new(1_000);
        whole.line("a");
        assert_eq!(whole.finish("x"), "a\n");
    }

    proptest::proptest! {
        #[test]
        fn nothing_in_a_text_is_markup(
            plain in "([a-c@#1-3:/.!()<>&;*_~`|$\"' \\t\\r\\n\\\\\\[\\]^=+-]|www|https|gh-|<b>|<!--|&lt;|\\]\\(x\\)|!\\[|é|\u{200b}|\u{1b}){0,24}",
        ) {
            let page = format!("- **x** {}\n\n| a |\n|---|\n| {} |\n", text(&plain), text(&plain));
            let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_MATH
                | Options::ENABLE_FOOTNOTES | Options::ENABLE_GFM;
            let (mut read, mut strong, mut cells) = (String::new(), 0, 0);
            for event in Parser::new_ext(&page, options) {
                match event {
                    Event::Text(words) => read.push_str(&words),
                    Event::Start(Tag::Strong) => strong += 1,
                    Event::Start(Tag::TableCell) => cells += 1,
                    Event::Start(Tag::List(None) | Tag::Item | Tag::Paragraph | Tag::Table(_) | Tag::TableHead | Tag::TableRow) => {}
                    Event::End(TagEnd::TableCell | TagEnd::Item) => read.push('\n'),
                    Event::End(_) => {}
                    other => proptest::prop_assert!(false, "{:?} in {:?}", other, page),
                }
            }
            proptest::prop_assert_eq!((strong, cells), (1, 2));
            let whole = clean(&plain);
            let shown: Vec<String> = read.lines().map(|line| line.replace('\u{200b}', "").trim().to_string()).collect();
            let expected = whole.trim();
            proptest::prop_assert_eq!(shown[0].trim_start_matches("x").trim(), expected);
            proptest::prop_assert_eq!(shown[2].as_str(), expected);
        }
    }
}
