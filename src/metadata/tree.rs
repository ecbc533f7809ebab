//! YAML text to nodes. The only place that names the YAML parser.

use std::collections::HashMap;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, StrInput, options};

use super::{Node, NodeId, NodeKind, Problem, ProblemKind};
use crate::source::{Span, boundary};

/// Deeper than any metadata is nested; bounds what a hostile file can ask for.
const DEEPEST: usize = 64;
/// How many times the reading is taken up again behind an error.
const RESTARTS: usize = 8;

/// About as many bytes of a file make a node.
const BYTES_A_NODE: usize = 24;
/// More nodes than any metadata has.
const MANY: usize = 1 << 10;

const TAB: &str = "a tab indents this line, and YAML takes only spaces";

/// What becomes of comments. Few files have one that says something, and to keep them costs the parser a look ahead
/// a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comments {
    Passed,
    Kept,
}

/// What was read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
    pub(super) root: Option<NodeId>,
    pub(super) problems: Vec<Problem>,
    pub(super) comments: Vec<Span>,
    /// No error on the way.
    pub(super) complete: bool,
}

/// Reads a part of a text. After an error it goes on at the next key that begins a line, so that one slip does
/// not hide the rest of the file.
pub(super) fn parse(text: &str, part: Span, comments: Comments) -> Tree {
    let mut builder = Builder {
        text,
        comments,
        tree: Tree {
            nodes: Vec::with_capacity((part.len() as usize / BYTES_A_NODE).min(MANY)),
            root: None,
            problems: vec![],
            comments: vec![],
            complete: true,
        },
        stack: vec![],
        anchors: HashMap::new(),
        roots: vec![],
        base: part.start,
    };
    let end = part.end as usize;
    let mut from = part.start as usize;
    for _ in 0..RESTARTS {
        builder.base = from as u32;
        let Err(error) = builder.chunk(&text[from..end]) else { break };
        let at = from + error.marker().byte_offset().unwrap_or(0).min(end - from);
        builder.fail(&error, at);
        let Some(next) = next_key(&text[..end], from, at) else { break };
        from = next;
    }
    builder.finish(part)
}

/// Where to go on behind an error at `at` in what began at `from`: a line that begins with a key.
fn next_key(text: &str, from: usize, at: usize) -> Option<usize> {
    let line_start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    // an error right at the beginning of a line is about what stands before it
    let mut next = if line_start == at && at > from { Some(at) } else { None };
    let mut search = at;
    loop {
        let start = match next.take() {
            Some(start) => start,
            None => search + text[search..].find('\n')? + 1,
        };
        let line = text[start..].lines().next().unwrap_or_default();
        let name = line.split(':').next().unwrap_or_default();
        let is_key = line.contains(':')
            && name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
        if is_key {
            return Some(start);
        }
        search = start;
    }
}

struct Frame {
    node: NodeId,
    children: Vec<NodeId>,
}

struct Builder<'a> {
    text: &'a str,
    comments: Comments,
    tree: Tree,
    stack: Vec<Frame>,
    anchors: HashMap<usize, NodeId>,
    roots: Vec<NodeId>,
    /// Where the text given to the parser begins in the file.
    base: u32,
}

impl Builder<'_> {
    /// Reads one stretch up to its end or its first error; only the first YAML document counts.
    fn chunk(&mut self, text: &str) -> Result<(), ScanError> {
        self.anchors.clear();
        let options = options! {
            flow_nesting_limit: DEEPEST,
            block_nesting_limit: DEEPEST,
            max_buffered_comment_events: usize::MAX,
            emit_unresolved_aliases: true,
            emit_comments: self.comments == Comments::Kept,
        };
        let mut documents = 0;
        for next in Parser::<StrInput>::new_from_str_with_options(text, options) {
            let (event, place) = next?;
            let range = place.byte_range().unwrap_or(0..0);
            let span = Span::new(self.base + range.start as u32, self.base + range.end as u32);
            match event {
                Event::DocumentStart(..) => {
                    documents += 1;
                    if documents > 1 {
                        let read = Span::new(self.base, span.start);
                        self.tree.problems.push(Problem { span, kind: ProblemKind::Truncated { read } });
                        break;
                    }
                }
                Event::Comment(..) => self.tree.comments.push(span),
                Event::Scalar(value, style, anchor, _) => {
                    let plain = style == ScalarStyle::Plain;
                    let kind = NodeKind::Scalar { value: value.into_owned(), plain };
                    self.leaf(self.trimmed(span), kind, anchor);
                }
                Event::Alias(target) => {
                    let kind = self.anchors.get(&target).map_or_else(nothing, |id| NodeKind::Alias(*id));
                    self.leaf(span, kind, 0);
                }
                Event::UnresolvedAlias(name) => {
                    let what = format!("no anchor `&{name}` stands before this alias");
                    self.tree.problems.push(Problem { span, kind: ProblemKind::Syntax(what) });
                    self.leaf(span, nothing(), 0);
                }
                Event::SequenceStart(_, anchor, _) => {
                    self.open(span, NodeKind::Sequence(vec![]), anchor);
                }
                Event::MappingStart(_, anchor, _) => {
                    self.open(span, NodeKind::Mapping(vec![]), anchor);
                }
                Event::SequenceEnd | Event::MappingEnd => self.close(span),
                _ => {}
            }
        }
        Ok(())
    }

    /// A span without the line end that block scalars carry.
    fn trimmed(&self, span: Span) -> Span {
        let text = self.text.get(span.range()).unwrap_or_default();
        Span::new(span.start, span.start + text.trim_end_matches(['\n', '\r', ' ', '\t']).len() as u32)
    }

    fn add(&mut self, span: Span, kind: NodeKind, anchor: usize) -> NodeId {
        let id = NodeId(self.tree.nodes.len() as u32);
        self.tree.nodes.push(Node { span, kind });
        if anchor != 0 {
            self.anchors.insert(anchor, id);
        }
        match self.stack.last_mut() {
            Some(frame) => frame.children.push(id),
            None => self.roots.push(id),
        }
        id
    }

    fn leaf(&mut self, span: Span, kind: NodeKind, anchor: usize) {
        self.add(span, kind, anchor);
    }

    fn open(&mut self, span: Span, kind: NodeKind, anchor: usize) {
        let node = self.add(span, kind, anchor);
        self.stack.push(Frame { node, children: vec![] });
    }

    fn close(&mut self, end: Span) {
        let Some(Frame { node, children }) = self.stack.pop() else { return };
        let last = children.last().map_or(0, |id| self.tree.nodes[id.0 as usize].span.end);
        let node = &mut self.tree.nodes[node.0 as usize];
        // brackets end with themselves; what is written by indentation ends with its last part
        let brackets = !end.is_empty();
        node.span = Span::new(node.span.start, if brackets { end.end } else { last.max(node.span.end) });
        node.kind = match node.kind {
            NodeKind::Sequence(_) => NodeKind::Sequence(children),
            _ => NodeKind::Mapping(children.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()),
        };
    }

    fn fail(&mut self, error: &ScanError, at: usize) {
        self.tree.complete = false;
        while !self.stack.is_empty() {
            self.close(Span::default());
        }
        let kind = match error.kind() {
            ErrorKind::RecursionLimitExceeded => ProblemKind::TooDeep,
            kind => ProblemKind::Syntax(describe(kind, self.text, at)),
        };
        self.tree.problems.push(Problem { span: place(self.text, at), kind });
    }

    fn finish(mut self, part: Span) -> Tree {
        self.duplicates();
        self.tabs();
        let says_nothing = |id: &NodeId| matches!(&self.tree.nodes[id.0 as usize].kind, NodeKind::Scalar { value, plain: true } if value.is_empty());
        self.tree.root = match &self.roots[..] {
            [] => None,
            [only] if says_nothing(only) => None,
            [only] => Some(*only),
            several => {
                let nodes = &self.tree.nodes;
                let entries = several.iter().flat_map(|id| match &nodes[id.0 as usize].kind {
                    NodeKind::Mapping(entries) => &entries[..],
                    _ => &[],
                });
                let kind = NodeKind::Mapping(entries.copied().collect());
                self.tree.nodes.push(Node { span: part, kind });
                Some(NodeId(self.tree.nodes.len() as u32 - 1))
            }
        };
        self.tree
    }

    /// Tabs before a key. This parser takes some that kubernetes' own refuses.
    fn tabs(&mut self) {
        let (nodes, text) = (&self.tree.nodes, self.text);
        if !text.contains('\t') {
            return;
        }
        let mut found = Vec::new();
        for node in nodes {
            let NodeKind::Mapping(entries) = &node.kind else { continue };
            if text[node.span.range()].starts_with('{') {
                continue;
            }
            for (key, _) in entries {
                let start = nodes[key.0 as usize].span.start as usize;
                let indent = text[..start].rfind('\n').map_or(0, |end| end + 1);
                let before = &text[indent..start];
                if let (Some(tab), true) = (before.find('\t'), before.trim().is_empty()) {
                    let span = Span::from_range(indent + tab..indent + tab + 1);
                    found.push(Problem { span, kind: ProblemKind::Syntax(TAB.to_string()) });
                }
            }
        }
        self.tree.complete &= found.is_empty();
        self.tree.problems.append(&mut found);
    }

    /// Keys that stand twice in one mapping, by their values: `"a"` and `a` are the same key.
    fn duplicates(&mut self) {
        let nodes = &self.tree.nodes;
        let top: Vec<(NodeId, NodeId)> =
            self.roots.iter().flat_map(|id| entries(nodes, *id)).copied().collect();
        let inner = (0..nodes.len() as u32).map(NodeId).filter(|id| !self.roots.contains(id));
        let mappings = std::iter::once(&top[..]).chain(inner.map(|id| entries(nodes, id)));
        let mut found = Vec::new();
        let mut keys: Vec<(&str, Span)> = Vec::with_capacity(top.len());
        for mapping in mappings.filter(|mapping| mapping.len() > 1) {
            keys.clear();
            keys.extend(mapping.iter().filter_map(|(key, _)| match &nodes[key.0 as usize] {
                Node { span, kind: NodeKind::Scalar { value, .. } } => Some((value.as_str(), *span)),
                _ => None,
            }));
            // equal keys side by side, in the order of the file
            keys.sort_unstable();
            for equal in keys.chunk_by(|a, b| a.0 == b.0) {
                let (key, first) = equal[0];
                for &(_, span) in &equal[1..] {
                    found.push(Problem {
                        span,
                        kind: ProblemKind::DuplicateKey { key: key.to_string(), first },
                    });
                }
            }
        }
        self.tree.problems.append(&mut found);
    }
}

fn entries(nodes: &[Node], id: NodeId) -> &[(NodeId, NodeId)] {
    match &nodes[id.0 as usize].kind {
        NodeKind::Mapping(entries) => entries,
        _ => &[],
    }
}

fn nothing() -> NodeKind {
    NodeKind::Scalar { value: String::new(), plain: true }
}

/// The character at an offset, or the last one of the text before it: never empty unless the text is.
fn place(text: &str, at: usize) -> Span {
    let at = boundary(text, at);
    match text[at..].chars().next() {
        Some(c) if !matches!(c, '\n' | '\r') => Span::from_range(at..at + c.len_utf8()),
        _ => {
            let before = text[..at].trim_end();
            let last = before.chars().next_back().map_or(0, char::len_utf8);
            Span::from_range(before.len() - last..before.len())
        }
    }
}

/// What went wrong in words for somebody who does not know how YAML is parsed.
fn describe(kind: &ErrorKind, text: &str, at: usize) -> String {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let line = text[start..].lines().next().unwrap_or_default();
    let indent = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
    if indent.contains('\t') {
        return TAB.to_string();
    }
    match kind {
        ErrorKind::MappingValueNotAllowed => {
            "a second `: ` on the line; a value that holds one needs quotes".to_string()
        }
        ErrorKind::UnclosedQuotedScalar => "a quote is opened and never closed".to_string(),
        ErrorKind::InvalidTrailingDoubleQuotedScalar | ErrorKind::InvalidTrailingSingleQuotedScalar => {
            "text goes on behind a closing quote".to_string()
        }
        ErrorKind::UnexpectedCharacter { character: c @ ('@' | '`') } => {
            format!("a value that begins with `{c}` needs quotes")
        }
        other => {
            let said = other.to_string();
            let mut letters = said.chars();
            letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
        }
    }
}
