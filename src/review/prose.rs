//! The template's own prose, ready to be looked up: its guidance, and the lines it gives to be filled in.

use super::filter::Filter;
use super::normalise::{beginning, guidance_hash, guidance_start, whole_line};
use super::words::{Word, Words, scan, words};
use crate::template::Template;

/// A text of this many bytes is looked at in any case.
const LONGEST_SCAFFOLD: u32 = 400;

/// What alignment and answers must know of a template's prose.
#[derive(Debug)]
pub(super) struct Prose {
    pub(super) guidance: Lines,
    pub(super) scaffold: Scaffold,
    /// What may stand beside guidance in a comment: both, and samples that authors take over.
    commented: Lines,
    /// What lines of both begin with.
    beginnings: Filter,
}

impl Prose {
    /// Takes the prose of a template.
    pub(super) fn new(template: &Template) -> Self {
        Self::of(Lines::new(template.guidance.clone()), Scaffold::new(template), &template.samples)
    }

    fn of(guidance: Lines, scaffold: Scaffold, samples: &[u64]) -> Self {
        let both = || guidance.sorted.iter().chain(&scaffold.lines.sorted).copied();
        let beginnings = Filter::new(both());
        let commented = Lines::new(both().chain(samples.iter().copied()).collect());
        Self { guidance, scaffold, commented, beginnings }
    }

    /// Whether a text may be guidance or scaffolding at all, whatever stands behind it; `start` is what its first
    /// words lead to, see [`guidance_start`]. Most texts are told by this from both.
    pub(super) fn may_be(&self, start: Option<u64>, text: &str) -> bool {
        start.is_some_and(|start| self.beginnings.may_have(beginning(start))) || self.scaffold.may_link(text)
    }

    /// Whether a comment holds nothing but guidance: each line that has a word is a line of it, or one that the template
    /// gives beside it, or the last words of one that an editor broke, or defines one of its links.
    ///
    /// Whoever parses a document need not look for questions in such a comment.
    pub(super) fn is_all_guidance(&self, comment: &str) -> bool {
        let (mut lines, mut links) = (0, 0);
        let mut goes_on = false;
        for line in inner(comment) {
            let line = line.trim();
            if defines_link(line) {
                links += 1;
                continue;
            }
            let Some(opening) = Opening::read(line) else {
                goes_on &= !line.is_empty();
                continue;
            };
            let is_short = opening.third.is_none();
            let broken = goes_on && is_short && line.starts_with(|c: char| c.is_ascii_alphabetic());
            if self.guidance.has_opened(&opening) {
                lines += usize::from(!is_short);
            } else if !broken && !self.commented.has_opened(&opening) {
                return false;
            }
            goes_on = true;
        }
        lines > 0 && lines >= links
    }

    /// Whether a comment holds guidance, and at least half of its lines are the template's, short ones left out; the
    /// others are edits.
    pub(super) fn is_mostly_guidance(&self, comment: &str) -> bool {
        let (mut guidance, mut given, mut all) = (0, 0, 0);
        for line in inner(comment).filter(|line| !defines_link(line.trim())) {
            let Some(opening) = Opening::read(line).filter(|opening| opening.third.is_some()) else {
                continue;
            };
            all += 1;
            let is_guidance = self.guidance.has_opened(&opening);
            guidance += usize::from(is_guidance);
            given += usize::from(!is_guidance && self.commented.has_opened(&opening));
        }
        (guidance + given) * 2 >= all && guidance > 0
    }
}

/// The lines of what a comment holds between its marks.
fn inner(comment: &str) -> impl Iterator<Item = &str> {
    let mut text = comment.strip_suffix("-->").unwrap_or(comment);
    while let Some(rest) = text.strip_prefix("<!--") {
        text = rest;
    }
    let mut from = 0;
    memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]).map(move |end| {
        let line = &text[from..end];
        from = end + 1;
        line
    })
}

/// Whether a line defines a link: `[name]: address`.
fn defines_link(line: &str) -> bool {
    line.starts_with('[') && line.contains("]: ")
}

/// The words that a line begins with, and those behind, which most lines need not be asked for.
struct Opening<'a> {
    /// What the first two lead to, see [`guidance_start`].
    start: u64,
    third: Option<Word>,
    rest: Words<'a>,
}

impl<'a> Opening<'a> {
    /// `None` for a line without a word.
    fn read(line: &'a str) -> Option<Self> {
        let mut rest = scan(line);
        let start = guidance_start(&mut rest)?;
        Some(Self { start, third: rest.next(), rest })
    }
}

/// Lines by their hashes (see [`guidance_hash`]).
#[derive(Debug)]
pub(super) struct Lines {
    sorted: Vec<u64>,
    /// What they begin with: most lines end here.
    beginnings: Filter,
}

impl Lines {
    fn new(mut sorted: Vec<u64>) -> Self {
        sorted.sort_unstable();
        Self { beginnings: Filter::new(sorted.iter().copied()), sorted }
    }

    fn is_empty(&self) -> bool {
        self.sorted.is_empty()
    }

    /// Whether a line is one of them; `start` is what its first words lead to, see [`guidance_start`].
    pub(super) fn has(&self, start: Option<u64>, line: &str) -> bool {
        start.is_some_and(|start| self.goes_on(start, || words(line).skip(2)))
    }

    /// The same for a line whose first words were read already.
    fn has_opened(&self, opening: &Opening) -> bool {
        self.goes_on(opening.start, || opening.third.into_iter().chain(opening.rest.clone()))
    }

    /// The same with the words behind the first two, if need be.
    fn goes_on<W: Iterator<Item = Word>>(&self, start: u64, rest: impl FnOnce() -> W) -> bool {
        self.beginnings.may_have(beginning(start))
            && self.sorted.binary_search(&whole_line(start, rest())).is_ok()
    }
}

/// The lines that a template gives to be filled in.
#[derive(Debug)]
pub(super) struct Scaffold {
    lines: Lines,
    /// Samples that hold links: only the links tell whether they were filled in.
    links: Vec<String>,
    /// The bytes that these begin with, up to their first white space.
    link_starts: Vec<String>,
    /// Whether a table of contents is among them.
    pub(super) has_contents: bool,
    /// Bytes of the longest text that can be one of them: signs and white space may come to its words.
    longest: u32,
}

impl Scaffold {
    fn new(template: &Template) -> Self {
        let lines = || template.items.iter().flat_map(|item| &item.scaffold).map(|line| line.text.as_str());
        let linked = |line: &&str| line.contains("](");
        let hashes = lines().filter(|line| !linked(line)).filter_map(guidance_hash).collect();
        let longest =
            lines().map(|line| line.len() as u32 * 2).max().unwrap_or_default().max(LONGEST_SCAFFOLD);
        let links: Vec<String> = lines().filter(linked).map(|line| line.trim().to_string()).collect();
        let start = |link: &String| link.split_whitespace().next().map(str::to_string);
        let mut link_starts: Vec<String> = links.iter().filter_map(start).collect();
        link_starts.sort_unstable();
        link_starts.dedup();
        let has_contents = links.iter().any(|link| link.contains("](#"));
        Self { lines: Lines::new(hashes), links, link_starts, has_contents, longest }
    }

    /// Whether a text is one of the lines and nothing more; `start` is what its first words lead to.
    pub(super) fn has(&self, start: Option<u64>, text: &str) -> bool {
        text.len() <= self.longest as usize && (self.lines.has(start, text) || self.has_link(text))
    }

    /// Whether a text can be one of the samples that hold links, told from its first bytes.
    fn may_link(&self, text: &str) -> bool {
        let Some(first) = text.as_bytes().first().filter(|_| !self.links.is_empty()) else { return false };
        let begins = |start: &String| Some(first) == start.as_bytes().first() && text.starts_with(start);
        // white space may be any of Unicode's
        first.is_ascii_whitespace() || !first.is_ascii() || self.link_starts.iter().any(begins)
    }

    /// Whether a text is one of the samples that hold links, white space aside.
    fn has_link(&self, text: &str) -> bool {
        let same = |link: &String| link.split_whitespace().eq(text.split_whitespace());
        self.may_link(text) && self.links.iter().any(same)
    }

    /// Whether a text is one of the lines, its first words not read yet.
    pub(super) fn has_line(&self, text: &str) -> bool {
        self.has(guidance_start(&mut words(text)), text)
    }

    /// Whether no line can be one of them, samples of links aside.
    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prose(lines: &[&str]) -> Prose {
        let guidance = Lines::new(lines.iter().filter_map(|line| guidance_hash(line)).collect());
        let hash = |line| guidance_hash(line).unwrap();
        let scaffold = Scaffold {
            lines: Lines::new(vec![hash("Name of the user:")]),
            links: Vec::new(),
            link_starts: Vec::new(),
            has_contents: false,
            longest: 0,
        };
        Prose::of(guidance, scaffold, &[hash("Ten users were asked")])
    }

    #[test]
    fn a_comment_of_guidance_holds_nothing_else() {
        let prose = prose(&["Say what it is good for,", "and for whom. See [the guide].", "Be brief."]);
        for known in [
            "<!-- Say what it is good for, -->",
            "<!--\nSay what it is good for,\nand for whom. See [the guide].\n\nBe brief.\n-->",
            "<!--\r\nSay what it is good for,\r\nreally.\r\n-->",
            "<!--\nSay what it is good for,\n[the guide]: https://guide.example/a\n-->",
            "<!--\nSay what it is good for,\n- Name of the user:\n<!--\n- Ten users were asked\n-->",
        ] {
            assert!(prose.is_all_guidance(known), "{known}");
        }
        for other in [
            "<!-- toc -->",
            "<!-- Be brief. -->",
            "<!--\n- Name of the user:\n- Ten users were asked\n-->",
            "<!--\nSay what it is good for,\n## Goals\n-->",
            "<!--\nSay what it is good for,\n- Goals\n-->",
            "<!--\nSay what it is good for,\n\nGoals\n-->",
            "<!--\nSay what it is good for,\nthis is somebody's answer.\n-->",
            "<!--\n[a]: https://a.example/b\n[c]: https://a.example/d\nSay what it is good for,\n-->",
        ] {
            assert!(!prose.is_all_guidance(other), "{other}");
        }
    }

    #[test]
    fn what_a_template_gives_beside_guidance_counts_in_its_comments() {
        let prose = prose(&["Say what it is good for,"]);
        let edited = "<!--\nSay what it is good for,\n- Name of the user:\n- Nobody was asked yet\n[a]: https://a.example/b\n-->";
        assert!(prose.is_mostly_guidance(edited));
        // half of it is enough
        assert!(prose.is_mostly_guidance("<!--\nSay what it is good for,\n- Nobody was asked yet\n-->"));
        assert!(!prose.is_mostly_guidance("<!--\n- Name of the user:\n- Ten users were asked\n-->"));
        assert!(
            !prose.is_mostly_guidance(
                "<!--\nSay what it is good for,\n- Nobody was asked\n- Or we forgot\n-->"
            )
        );
    }
}
