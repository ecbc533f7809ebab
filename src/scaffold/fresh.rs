//! A fresh document of a template: its headings, questions and fields with nothing answered yet.

mod kep_yaml;

pub use kep_yaml::{Facts, kep_yaml};

use std::fmt::Write as _;

use super::{Form, below};
use crate::document::{CONTENTS_CLOSE, CONTENTS_OPEN};
use crate::template::{Item, ItemIndex, ItemKind, LevelIndex, Requirement, RevisionIndex, Template};

/// How questions are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// As list items.
    Bullets,
    /// As headings below that of their section.
    Headings,
}

/// What a fresh document is to be like.
#[derive(Debug, Clone)]
pub struct Fresh<'a> {
    /// The questionnaire.
    pub template: &'a Template,
    /// Which questions.
    pub revision: RevisionIndex,
    /// What the document aims at.
    pub level: LevelIndex,
    /// How questions are written.
    pub layout: Layout,
    /// Whether each question has a comment that says what a good answer has.
    pub guidance: bool,
    /// The text of its first heading.
    pub title: String,
    /// Values of fields, by the field's id.
    pub values: Vec<(&'static str, String)>,
}

/// How a comment of ours begins: it is no answer, and one that stands below an answer is left over.
pub const GUIDANCE_MARK: &str = "<!-- gtr: ";

/// Level of the headings that are questions of a KEP, as the template has it.
pub(super) const KEP_QUESTION: u8 = 6;

/// Where the references in the boxes of a KEP lead, as the template has it.
const KEP_REFERENCES: &str = "[kubernetes.io]: https://kubernetes.io/\n\
    [kubernetes/enhancements]: https://git.k8s.io/enhancements\n\
    [kubernetes/website]: https://git.k8s.io/website\n";

/// The text of a fresh document, with `\n` as line end.
#[must_use]
pub fn document(fresh: &Fresh) -> String {
    let mut page = Page { fresh, text: String::new() };
    page.block(&format!("# {}", fresh.title.trim()));
    if fresh.guidance {
        let url = Some(&fresh.template.upstream.url).filter(|url| !url.is_empty());
        let source = url.map_or_else(String::new, |url| format!(" The template itself: {url}"));
        page.block(&format!(
            "{GUIDANCE_MARK}Comments like this one say what a good answer has. Write below them; `gtr lint --fix` deletes those that are answered.{source} -->"
        ));
    }
    if fresh.template.id == "kep" {
        page.contents();
    }
    // what lies in something younger stood alone before
    let top: Vec<ItemIndex> = fresh.template.indices().filter(|&at| page.depth(at) == 0).collect();
    for index in top {
        match page.item(index).kind {
            ItemKind::Field => page.field(index),
            ItemKind::Section if page.item(index).id != "title" => page.section(index, 2),
            _ => {}
        }
    }
    let end = page.text.trim_end().len();
    page.text.truncate(end);
    page.text.push('\n');
    page.text
}

struct Page<'a> {
    fresh: &'a Fresh<'a>,
    text: String,
}

impl<'a> Page<'a> {
    fn item(&self, index: ItemIndex) -> &'a Item {
        self.fresh.template.item(index)
    }

    /// The wording of the revision, without the blanks around it.
    fn wording(&self, index: ItemIndex) -> &'a str {
        self.item(index).wording(self.fresh.revision).trim()
    }

    fn is_kep(&self) -> bool {
        self.fresh.template.id == "kep"
    }

    /// A block with a blank line behind it.
    fn block(&mut self, text: &str) {
        let _ = writeln!(self.text, "{text}\n");
    }

    fn line(&mut self, text: &str) {
        let _ = writeln!(self.text, "{text}");
    }

    /// Whether the document has an item: one of the revision that the level asks for. A KEP has them all, because
    /// it grows from stage to stage.
    fn has(&self, index: ItemIndex) -> bool {
        let item = self.item(index);
        if !item.is_in(self.fresh.revision) {
            return false;
        }
        let level = usize::from(self.fresh.level.0);
        let asked = |item: &Item| item.required.get(level) == Some(&Requirement::Required);
        match item.kind {
            ItemKind::Section | ItemKind::Group if !self.is_kep() => {
                self.fresh.template.children(index).any(|child| self.has(child))
            }
            _ => self.is_kep() || asked(item),
        }
    }

    /// How many items of the revision an item lies in.
    fn depth(&self, index: ItemIndex) -> usize {
        let around = std::iter::successors(self.item(index).parent, |&at| self.item(at).parent);
        around.filter(|&at| self.item(at).is_in(self.fresh.revision)).count()
    }

    fn children(&self, index: ItemIndex) -> Vec<ItemIndex> {
        self.fresh.template.children(index).filter(|&child| self.has(child)).collect()
    }

    fn boxes(&self, children: &[ItemIndex]) -> Vec<ItemIndex> {
        children.iter().copied().filter(|&at| self.item(at).kind == ItemKind::Checkbox).collect()
    }

    fn field(&mut self, index: ItemIndex) {
        let item = self.item(index);
        if !item.is_in(self.fresh.revision) {
            return;
        }
        let value = self.fresh.values.iter().find(|(id, _)| *id == item.id).map(|(_, value)| value.trim());
        let line = format!("- **{}:** {}", self.wording(index), value.unwrap_or_default());
        self.line(line.trim_end());
        let last = ItemIndex(item.end.0);
        let more = usize::from(last.0) < self.fresh.template.items.len();
        if !more || self.item(last).kind != ItemKind::Field {
            self.text.push('\n');
        }
    }

    fn section(&mut self, index: ItemIndex, level: u8) {
        if !self.has(index) {
            return;
        }
        self.block(&Form::Heading(level.min(6)).line(self.wording(index)));
        self.hint(index, "");
        let children = self.children(index);
        let boxes = self.boxes(&children);
        let sample = if boxes.is_empty() { "- " } else { "" };
        self.scaffold(index, sample);
        // a statement to sign stands alone, several are a list
        for &at in &boxes {
            let sign = if boxes.len() > 1 { "- " } else { "" };
            self.line(&format!("{sign}[ ] {}", self.wording(at)));
        }
        if !boxes.is_empty() {
            self.text.push('\n');
        }
        if self.is_kep() && boxes.len() > 1 {
            self.block(KEP_REFERENCES.trim_end());
        }
        let form = match (self.fresh.layout, self.is_kep()) {
            (Layout::Headings, true) => Form::Heading(KEP_QUESTION),
            (Layout::Headings, false) => Form::Heading((level + 1).min(6)),
            (Layout::Bullets, bold) => Form::Item { marker: "* ".to_string(), bold },
        };
        let mut asked = false;
        for &at in &children {
            if matches!(self.item(at).kind, ItemKind::Question | ItemKind::Group) {
                self.question(at, &form);
                asked = true;
            }
        }
        if asked && self.fresh.layout == Layout::Bullets {
            self.text.push('\n');
        }
        for at in children {
            if self.item(at).kind == ItemKind::Section {
                self.section(at, level + 1);
            }
        }
    }

    fn question(&mut self, index: ItemIndex, form: &Form) {
        let line = form.line(self.wording(index));
        let indent = match form {
            Form::Item { marker, .. } => " ".repeat(marker.len()),
            Form::Heading(_) | Form::Paragraph { .. } => String::new(),
        };
        if matches!(form, Form::Item { .. }) {
            self.line(&line)
        } else {
            self.block(&line)
        }
        self.hint(index, &indent);
        self.scaffold(index, &format!("{indent}- "));
        let children = self.children(index);
        let boxes = self.boxes(&children);
        for &at in &boxes {
            self.line(&format!("{indent}- [ ] {}", self.wording(at)));
            self.scaffold_lines(at, &format!("{indent}  - "));
        }
        if indent.is_empty() && !boxes.is_empty() {
            self.text.push('\n');
        }
        let nested = match form {
            Form::Item { marker, bold } => Form::Item {
                marker: format!("{}{}", " ".repeat(marker.len()), marker.trim_start()),
                bold: *bold,
            },
            other => below(other.clone()),
        };
        for at in children {
            if matches!(self.item(at).kind, ItemKind::Question | ItemKind::Group) {
                self.question(at, &nested);
            }
        }
    }

    /// What a good answer has, as a comment.
    fn hint(&mut self, index: ItemIndex, indent: &str) {
        let Some(hint) = self.item(index).hint.as_deref().filter(|_| self.fresh.guidance) else { return };
        let comment = format!("{indent}{GUIDANCE_MARK}{hint} -->");
        if indent.is_empty() { self.block(&comment) } else { self.line(&comment) }
    }

    /// The lines that upstream puts below an item, with a blank line behind them outside of lists.
    fn scaffold(&mut self, index: ItemIndex, sign: &str) {
        if self.scaffold_lines(index, sign) && !sign.starts_with(' ') {
            self.text.push('\n');
        }
    }

    fn scaffold_lines(&mut self, index: ItemIndex, sign: &str) -> bool {
        let until = |until: Option<RevisionIndex>| until.is_none_or(|until| self.fresh.revision <= until);
        let lines: Vec<&'a str> = self
            .item(index)
            .scaffold
            .iter()
            .filter(|line| until(line.until))
            .map(|line| line.text.as_str())
            .collect();
        for line in &lines {
            self.line(&format!("{sign}{line}"));
        }
        !lines.is_empty()
    }

    /// The table of contents between the marks that kubernetes' tools look for.
    fn contents(&mut self) {
        self.line(CONTENTS_OPEN);
        let template = self.fresh.template;
        let sections = template.indices().filter(|&at| self.item(at).kind == ItemKind::Section);
        let shown: Vec<ItemIndex> =
            sections.filter(|&at| self.has(at) && self.item(at).id != "title").collect();
        for at in shown {
            let depth = self.depth(at);
            let title = self.wording(at);
            // as the tool writes it that kubernetes checks it with
            let shown = title.replace('<', "&lt;").replace('>', "&gt;");
            self.line(&format!("{}- [{shown}](#{})", "  ".repeat(depth), slug(title)));
        }
        self.block(CONTENTS_CLOSE);
    }
}

/// The anchor of a template's heading, which has no markup.
fn slug(title: &str) -> String {
    let kept = title.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}
