//! A template's markdown file as lines with a meaning. Template files are written with more order than
//! the documents made from them, so a line reader is enough: no nesting, no lazy lines.
//!
//! Left out are front matter, code, tables of contents, definitions of links, and list items in comments: samples that authors take
//! over.

use crate::review::words;
use crate::template::Template;

/// What a line of a template file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineKind {
    /// The title.
    Title,
    /// A heading of this level below the title.
    Heading(u8),
    /// A question: a list item with the lines that go on below it.
    Bullet,
    /// A paragraph of several lines, all of them: a question, or so much guidance.
    Paragraph,
    /// The label of a metadata line.
    Field,
    /// The version string, alone on a line or as a field's value.
    Version,
    /// Anything else with words: preamble, comments, prose.
    Guidance,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// 1-based.
    pub(super) number: u32,
    pub(super) kind: LineKind,
    /// Without the marker that made it what it is, and without white space around it.
    pub(super) text: String,
    /// The lines of a paragraph with their numbers.
    pub(super) parts: Vec<(u32, String)>,
}

/// Reads a template file.
///
/// Everything above the title is guidance: the last level-1 heading that begins as the template's titles do
/// (upstream's own name for the file stands above it and begins alike).
pub(super) fn read(template: &Template, text: &str) -> Vec<Line> {
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().map(str::trim).collect();
    let is_title =
        |line: &&str| heading(line).is_some_and(|(level, text)| level == 1 && titled(template, text));
    let title = lines.iter().rposition(is_title);
    let front_matter = match lines.first() {
        Some(&"---") => lines.iter().skip(1).position(|line| *line == "---").map_or(0, |at| at + 2),
        _ => 0,
    };
    let mut reader = Reader::default();
    for (at, &line) in lines.iter().enumerate().skip(front_matter) {
        let number = at as u32 + 1;
        if title == Some(at) {
            reader.push(number, LineKind::Title, heading(line).map_or(line, |(_, text)| text));
            continue;
        }
        reader.line(number, line, title.is_some_and(|title| at < title));
    }
    reader.close();
    reader.out
}

#[derive(Default)]
struct Reader {
    out: Vec<Line>,
    /// A list item or a paragraph that the next line may go on with.
    open: Vec<(u32, String)>,
    /// What is open is a list item.
    item: bool,
    in_comment: bool,
    /// Between the marks of a table of contents.
    contents: bool,
    fenced: bool,
    headings: usize,
}

impl Reader {
    fn line(&mut self, number: u32, line: &str, preamble: bool) {
        let visible = self.without_comments(number, line);
        let visible = visible.trim();
        if visible.is_empty() || self.contents || is_definition(visible) {
            self.close();
            return;
        }
        if visible.starts_with("```") || visible.starts_with("~~~") {
            self.fenced = !self.fenced;
            return;
        }
        if self.fenced {
            return;
        }
        if is_version(visible) {
            self.close();
            self.push(number, LineKind::Version, visible);
        } else if preamble {
            self.push(number, LineKind::Guidance, visible);
        } else if let Some((level, text)) = heading(visible) {
            self.close();
            self.headings += 1;
            self.push(number, LineKind::Heading(level), text);
        } else if let Some(text) = bullet(visible) {
            self.close();
            match text.strip_prefix("**").and_then(|rest| rest.split_once("**")) {
                Some((label, value)) if self.headings == 0 => {
                    self.push(number, LineKind::Field, label.trim_end_matches(':'));
                    if is_version(value.trim()) {
                        self.push(number, LineKind::Version, value);
                    }
                }
                _ => {
                    self.item = true;
                    self.open.push((number, without_box(text).to_owned()));
                }
            }
        } else {
            self.open.push((number, without_box(visible).to_owned()));
        }
    }

    /// Ends what a line may have gone on with.
    fn close(&mut self) {
        let lines = std::mem::take(&mut self.open);
        let item = std::mem::take(&mut self.item);
        let Some(&(number, _)) = lines.first() else { return };
        let text = lines.iter().map(|(_, line)| line.as_str()).collect::<Vec<_>>().join(" ");
        let kind = if item { LineKind::Bullet } else { LineKind::Paragraph };
        self.out.push(Line { number, kind, text, parts: lines });
    }

    /// The part of a line outside comments; what is inside becomes guidance.
    fn without_comments(&mut self, number: u32, line: &str) -> String {
        let mut visible = String::new();
        let mut rest = line;
        loop {
            if self.in_comment {
                self.close();
                let end = rest.find("-->");
                let inner = rest[..end.unwrap_or(rest.len())].trim();
                match inner {
                    "toc" => self.contents = true,
                    "/toc" => self.contents = false,
                    _ if bullet(inner).is_some() || is_definition(inner) => {}
                    _ => self.push(number, LineKind::Guidance, inner),
                }
                let Some(end) = end else { return visible };
                self.in_comment = false;
                rest = &rest[end + 3..];
            }
            let Some(start) = rest.find("<!--") else {
                visible.push_str(rest);
                return visible;
            };
            visible.push_str(&rest[..start]);
            self.in_comment = true;
            rest = &rest[start + 4..];
        }
    }

    fn push(&mut self, number: u32, kind: LineKind, text: &str) {
        let text = text.trim();
        if kind != LineKind::Guidance || is_telling(text) {
            self.out.push(Line { number, kind, text: text.to_owned(), parts: Vec::new() });
        }
    }
}

/// Whether a line of guidance has words enough: one of one or two (`### Tips`) would be found in documents that have
/// nothing to do with it.
pub(super) fn is_telling(line: &str) -> bool {
    words(line).count() > 2
}

/// Whether a line defines a link: `[name]: address`.
fn is_definition(line: &str) -> bool {
    line.strip_prefix('[').and_then(|rest| rest.split_once("]:")).is_some_and(|(name, _)| !name.contains(']'))
}

/// A line without the box that it begins with.
fn without_box(line: &str) -> &str {
    line.strip_prefix("[ ] ").unwrap_or(line)
}

/// Level and text of an ATX heading.
fn heading(line: &str) -> Option<(u8, &str)> {
    let level = line.bytes().take_while(|&byte| byte == b'#').count();
    let text = line[level..].strip_prefix(' ')?;
    (1..=6).contains(&level).then(|| (level as u8, text.trim_end_matches('#').trim()))
}

/// The text of a list item.
fn bullet(line: &str) -> Option<&str> {
    line.strip_prefix("* ").or_else(|| line.strip_prefix("- ")).map(str::trim)
}

/// `v1.0` and the like, alone.
fn is_version(text: &str) -> bool {
    let number = text.strip_prefix('v').unwrap_or("");
    number.starts_with(|c: char| c.is_ascii_digit())
        && number.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

/// Whether a heading begins with the words of one of the template's titles.
fn titled(template: &Template, text: &str) -> bool {
    let begins = |title: &String| {
        let mut text = words(text);
        words(title).all(|word| text.next().is_some_and(|own| own.hash == word.hash))
    };
    template.recognition.titles.iter().any(begins)
}
