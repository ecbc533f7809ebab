//! Large documents, made of the repository's own fixtures and pages.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use crate::corpora::{Corpus, here, markdown};

/// A way to be large.
#[derive(Clone, Copy)]
pub(crate) enum Shape {
    /// One review with a thousand sections that the template does not know.
    Sections,
    /// One review with answers that go on for ever.
    Answers,
    /// One review with the same questions again and again.
    Questions,
    /// A text that is no document, checked as one.
    Foreign,
}

impl Shape {
    pub(crate) const ALL: [Self; 4] = [Self::Sections, Self::Answers, Self::Questions, Self::Foreign];

    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Sections => "many other sections",
            Self::Answers => "huge answers",
            Self::Questions => "questions repeated",
            Self::Foreign => "no document, --template gtr",
        }
    }

    /// What gtr must be told besides its path.
    pub(crate) fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Foreign => &["--template", "gtr"],
            Self::Sections | Self::Answers | Self::Questions => &[],
        }
    }

    fn text(self, bytes: usize) -> String {
        let review = fs::read_to_string(here().join("fixtures/gtr/clean/review.md")).unwrap();
        let prose = prose();
        match self {
            Self::Sections => review.clone() + &repeated(&prose, bytes.saturating_sub(review.len())),
            Self::Answers => answers(&review, &plain(&prose), bytes),
            Self::Questions => {
                let day = review.find("## Day 0").unwrap();
                review[..day].to_string() + &repeated(&review[day..], bytes - day)
            }
            Self::Foreign => repeated(&prose, bytes),
        }
    }

    /// A document of about so many bytes, written into a directory.
    pub(crate) fn write(self, bytes: usize, directory: &Path) -> Corpus {
        let name = format!("{}-{bytes}.md", self.title().split_whitespace().next().unwrap());
        corpus(&name, &self.text(bytes), directory)
    }
}

/// All of a tree's markdown in one file, as much of it as is wanted.
pub(crate) fn joined(tree: &Corpus, bytes: usize, directory: &Path) -> Corpus {
    let mut text = String::new();
    for path in markdown(&tree.directory).iter().cycle() {
        if text.len() >= bytes {
            break;
        }
        text += &fs::read_to_string(path).unwrap();
        text.push('\n');
    }
    corpus(&format!("joined-{bytes}.md"), &text, directory)
}

fn corpus(name: &str, text: &str, directory: &Path) -> Corpus {
    fs::write(directory.join(name), text).unwrap();
    let path = vec![PathBuf::from(name)];
    Corpus { title: name.into(), directory: directory.to_path_buf(), paths: path.clone(), read: path }
}

/// The project's pages, one after the other.
fn prose() -> String {
    let mut prose = String::new();
    for path in markdown(&here().join("docs")) {
        writeln!(prose, "{}", fs::read_to_string(path).unwrap()).unwrap();
    }
    prose
}

/// A text again and again. Only whole copies, so that no code block stays open in the middle.
fn repeated(text: &str, bytes: usize) -> String {
    text.repeat(bytes.div_ceil(text.len()))
}

/// A text without its headings and code, whose lines would be taken for headings once code has no fences.
fn plain(text: &str) -> String {
    let mut code = false;
    let mut plain = String::new();
    for line in text.lines() {
        let fence = line.trim_start().starts_with("```");
        code ^= fence;
        if !code && !fence && !line.starts_with('#') {
            plain += line;
            plain.push('\n');
        }
    }
    plain
}

/// A review in which every answer, a nested list item, goes on with an equal share of the prose.
fn answers(review: &str, prose: &str, bytes: usize) -> String {
    let is_answer = |line: &str| line.starts_with("  * ") && !line.ends_with('?') && !line.ends_with(':');
    let count = review.lines().filter(|line| is_answer(line)).count();
    let share = bytes.saturating_sub(review.len()) / count;
    let mut text = String::new();
    for line in review.lines() {
        text += line;
        text.push('\n');
        if is_answer(line) {
            text.push('\n');
            let end = text.len() + share;
            for line in prose.lines().cycle() {
                if text.len() >= end {
                    break;
                }
                if !line.is_empty() {
                    text += "    ";
                    text += line;
                }
                text.push('\n');
            }
            text.push('\n');
        }
    }
    text
}
