//! What a template's file asks, as a tree.

use super::phrases::{field, has_variable, is_optional, is_variable_alone, title, without_remark};
use super::pieces::{Piece, pieces};
use crate::document::Document;
use crate::template::ItemKind;

/// Lines that answer in any document, so that a template's own must not hide them.
const ANSWERS: [&str; 6] = ["n/a", "none", "no", "yes", "not applicable", "tbd"];

/// Most anchors that a schema names.
const ANCHORS: usize = 6;

/// An item on its way.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) kind: ItemKind,
    pub(super) text: String,
    /// It is a heading, which can hold headings.
    heading: bool,
    /// The template itself answers it: there is nothing to ask.
    idle: bool,
    /// Something below it is to be replaced, and says so by its brackets.
    replaced: bool,
    pub(super) optional: bool,
    pub(super) scaffold: Vec<String>,
    pub(super) items: Vec<Node>,
}

impl Node {
    fn new(kind: ItemKind, text: &str) -> Self {
        let optional = is_optional(text);
        Self {
            kind,
            text: text.to_owned(),
            heading: false,
            idle: false,
            replaced: false,
            optional,
            scaffold: Vec::new(),
            items: Vec::new(),
        }
    }

    /// What people write instead of a text that ends in a remark.
    pub(super) fn aliases(&self) -> Vec<String> {
        let remark = self.heading && (self.optional || has_variable(&self.text));
        let bare = without_remark(&self.text).filter(|_| remark);
        bare.map(str::to_owned).into_iter().collect()
    }

    fn scaffold(&mut self, line: &str) {
        let bare = line.trim_matches(['*', '_', '.', ' ', '-']).to_lowercase();
        let says = line.contains(char::is_alphanumeric) && !ANSWERS.contains(&bare.as_str());
        self.replaced |= has_variable(line) || line.starts_with(['[', '{', '<']);
        self.idle |= ANSWERS.contains(&bare.as_str());
        if says && !self.scaffold.iter().any(|known| known == line) {
            self.scaffold.push(line.to_owned());
        }
    }
}

/// What a file asks.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// The words of its title that every document keeps.
    pub(super) title: Option<String>,
    pub(super) placeholders: Vec<String>,
    pub(super) items: Vec<Node>,
}

impl Outline {
    pub(super) fn read(document: &Document) -> Self {
        let mut pieces = pieces(document);
        let mut outline = Self::default();
        if let Some(at) = title_at(&pieces) {
            if let Piece::Heading(_, text) = &pieces[at] {
                // a lone word names headings as well: only an abbreviation is sure
                let tells = |title: &String| title.contains(' ') || !title.contains(char::is_lowercase);
                outline.title = title(text).filter(tells);
            }
            // what stands above the title explains the template
            pieces.drain(..=at);
        }
        let bullets_ask = bullets_ask(&pieces);
        let mut builder = Builder { outline, open: Vec::new(), bullets_ask };
        for piece in pieces {
            builder.take(piece);
        }
        builder.close(0);
        let mut outline = builder.outline;
        let brackets = says_what_to_replace(&outline.items);
        outline.items.iter_mut().for_each(|node| settle(node, brackets));
        outline
    }

    /// Whether it asks anything.
    pub(super) fn asks(&self) -> bool {
        self.items.iter().any(|node| node.kind != ItemKind::Field)
    }

    /// Words that tell its documents from others: the title and the first headings of two words and more.
    pub(super) fn anchors(&self) -> Vec<String> {
        let plain = |text: &&str| {
            text.split_whitespace().nth(1).is_some() && !has_variable(text) && !text.contains(['*', '`', '['])
        };
        let mut found: Vec<String> = self.title.iter().map(|title| title.to_lowercase()).collect();
        let mut open: Vec<&Node> = self.items.iter().rev().collect();
        while let Some(node) = open.pop() {
            let text = without_remark(&node.text).unwrap_or(&node.text);
            let low = text.to_lowercase();
            let tells = !matches!(node.kind, ItemKind::Field | ItemKind::Checkbox);
            if tells && plain(&text) && found.len() < ANCHORS && !found.contains(&low) {
                found.push(low);
            }
            open.extend(node.items.iter().rev());
        }
        found
    }
}

/// Where the title stands: the first heading of level 1 with a part to replace, or the only one of level 1 if
/// nothing is above it that asks.
fn title_at(pieces: &[Piece]) -> Option<usize> {
    let tops: Vec<(usize, &String)> = pieces
        .iter()
        .enumerate()
        .filter_map(|(at, piece)| match piece {
            Piece::Heading(1, text) => Some((at, text)),
            _ => None,
        })
        .collect();
    let variable = tops.iter().find(|(_, text)| has_variable(text)).map(|(at, _)| *at);
    variable.or_else(|| match tops[..] {
        [(at, _)] if !pieces[..at].iter().any(|piece| matches!(piece, Piece::Heading(..))) => Some(at),
        _ => None,
    })
}

/// Whether the template asks in bullets: most of its headings that have anything below them have bullets alone.
/// Elsewhere bullets explain what belongs below their heading.
fn bullets_ask(pieces: &[Piece]) -> bool {
    let (mut alone, mut all) = (0, 0);
    let parts = pieces.split(|piece| matches!(piece, Piece::Heading(..))).skip(1);
    for part in parts.filter(|part| !part.is_empty()) {
        all += 1;
        let asks = |piece: &Piece| matches!(piece, Piece::Bullet(_, text) if !has_variable(text));
        alone += usize::from(part.iter().all(asks));
    }
    alone * 2 > all
}

/// Builds the tree: headings that are open with their levels, the innermost last.
struct Builder {
    outline: Outline,
    open: Vec<(Rank, Node)>,
    bullets_ask: bool,
}

/// How deep an open node is: a heading of a level, or a prompt below it with how deep its list is nested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Heading(u8),
    Prompt(usize),
}

impl Builder {
    fn take(&mut self, piece: Piece) {
        match piece {
            Piece::Heading(level, text) => {
                let node = Node { heading: true, ..Node::new(ItemKind::Question, &text) };
                self.begin(Rank::Heading(level), node);
            }
            Piece::Bold(text, behind) if self.open.is_empty() && field(&text).is_some() => {
                self.line(&text);
                behind.iter().for_each(|line| self.line(line));
            }
            Piece::Bold(text, behind) => {
                self.begin(Rank::Prompt(0), Node::new(ItemKind::Question, &text));
                behind.iter().for_each(|line| self.line(line));
            }
            Piece::Box(depth, text, bold) if bold && depth == 1 => {
                self.begin(Rank::Prompt(0), Node::new(ItemKind::Question, &text));
            }
            Piece::Box(_, text, _) => self.tick(&text),
            Piece::Bullet(depth, text) if self.asks(depth, &text) => {
                self.begin(Rank::Prompt(depth), Node::new(ItemKind::Question, &text));
            }
            Piece::Bullet(_, text) | Piece::Line(text) => self.line(&text),
            Piece::Shown(text) => self.shown(&text),
        }
    }

    /// Whether a bullet is a question. Below a question that is no bullet it explains that.
    fn asks(&self, depth: usize, text: &str) -> bool {
        let below = |(rank, _): &(Rank, Node)| match rank {
            Rank::Heading(_) => depth == 1,
            Rank::Prompt(of) => *of > 0,
        };
        let says =
            text.split_whitespace().nth(1).is_some() && !is_variable_alone(text) && !text.contains("](#");
        self.bullets_ask && says && self.open.last().is_some_and(below)
    }

    fn begin(&mut self, rank: Rank, node: Node) {
        let at = self.open.partition_point(|(open, _)| *open < rank);
        self.close(at);
        self.open.push((rank, node));
    }

    /// Closes all nodes from a place on: each goes into the one around it.
    fn close(&mut self, from: usize) {
        while self.open.len() > from {
            let Some((_, node)) = self.open.pop() else { return };
            let siblings = match self.open.last_mut() {
                Some((_, around)) => &mut around.items,
                None => &mut self.outline.items,
            };
            siblings.push(node);
        }
    }

    /// A box below what is open; what asks for nothing but a tick is nobody's question.
    fn tick(&mut self, text: &str) {
        // a letter in brackets numbers the box: "(R) Test plan is in place"
        let marked = text.strip_prefix('(').and_then(|rest| rest.split_once(") "));
        let text = marked.filter(|(mark, _)| mark.len() == 1).map_or(text, |(_, rest)| rest);
        match self.open.last_mut() {
            Some((_, around)) if !around.items.iter().any(|item| item.text == text) => {
                let mut node = Node::new(ItemKind::Checkbox, text);
                node.optional = true;
                around.items.push(node);
            }
            _ => self.shown(text),
        }
    }

    /// A line: a field above the first heading, else something to be replaced.
    fn line(&mut self, text: &str) {
        let Some((label, value)) = field(text).filter(|_| self.open.is_empty()) else {
            return self.shown(text);
        };
        if self.outline.items.iter().all(|item| item.text != label) {
            self.outline.items.push(Node::new(ItemKind::Field, &label));
        }
        let marks = ['[', ']', '(', '{', '<', '*', '_', '`', ' ', '"', '\''];
        let marker = value.trim_start_matches(marks).to_lowercase();
        let replaced = has_variable(value) || is_variable_alone(value) || value.starts_with('(');
        if replaced && !marker.is_empty() && !self.outline.placeholders.contains(&marker) {
            self.outline.placeholders.push(marker);
        }
    }

    fn shown(&mut self, text: &str) {
        if let Some((_, node)) = self.open.last_mut() {
            node.scaffold(text);
        }
    }
}

/// Whether most headings that have text below them have it in brackets: then other text is meant to stay.
fn says_what_to_replace(nodes: &[Node]) -> bool {
    let (mut replaced, mut all) = (0, 0);
    let mut open: Vec<&Node> = nodes.iter().collect();
    while let Some(node) = open.pop() {
        if node.heading && !node.scaffold.is_empty() {
            all += 1;
            replaced += usize::from(node.replaced);
        }
        open.extend(&node.items);
    }
    replaced * 2 > all
}

/// A heading with questions below it is a section, and so are a checklist, whose boxes are ticked and not answered,
/// and a heading whose text is meant to stay.
fn settle(node: &mut Node, brackets: bool) {
    node.items.iter_mut().for_each(|child| settle(child, brackets));
    let asked = node.items.iter().any(|child| child.kind != ItemKind::Checkbox);
    let stays = node.idle || (brackets && !node.replaced && !node.scaffold.is_empty());
    if node.heading && (asked || node.items.len() > 1 || stays) {
        node.kind = ItemKind::Section;
    }
}
