//! kep.yaml and the approval files beside it as a spanned tree, read as strictly as kubernetes reads them.
//!
//! The tree lies in one vector; every node has the bytes it was written in. What cannot be read is a [`Problem`]
//! with a place, never an error: a broken file still has the fields before and after the break. Aliases point at
//! their node and are never copied, so no file can grow while it is read.

mod aliases;
mod lines;
mod release;
mod scalar;
mod shape;
mod tree;

pub use aliases::owners_aliases;
pub(crate) use release::{PRR_FROM, Release, release};

use std::sync::OnceLock;

use crate::source::{FileId, Source, Span};
use tree::Comments;

/// What a file is to a KEP; the two have different fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MetadataKind {
    /// `kep.yaml`.
    Kep,
    /// `keps/prod-readiness/<sig>/<number>.yaml`.
    Approval,
}

/// Index of a node in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(u32);

/// What a node is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NodeKind {
    /// Text, a number, a boolean, nothing.
    Scalar {
        /// The value, quotes and escapes undone.
        value: String,
        /// Written without quotes, so it may mean null or a boolean.
        plain: bool,
    },
    /// A list.
    Sequence(Vec<NodeId>),
    /// Keys and values in the order of the file, repeated keys included.
    Mapping(Vec<(NodeId, NodeId)>),
    /// Another node, named by its anchor.
    Alias(NodeId),
}

/// A node and the bytes it was written in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Its bytes in the file.
    pub span: Span,
    /// What it is.
    pub kind: NodeKind,
}

/// What is wrong with a file as YAML, or for the decoder behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemKind {
    /// No YAML; what the parser expected.
    Syntax(String),
    /// Lists or mappings nested deeper than anything reads.
    TooDeep,
    /// A line of 64 KiB or more, at which kubernetes stops reading.
    LongLine,
    /// Nothing in the file.
    Empty,
    /// A line that holds `---`: kubernetes reads only what stands on one side of it.
    Truncated {
        /// The bytes that are read.
        read: Span,
    },
    /// A key for the second time.
    DuplicateKey {
        /// The key.
        key: String,
        /// Where it stands first.
        first: Span,
    },
    /// A key that the decoder does not know.
    UnknownField {
        /// The key with those around it: `milestone.gamma`.
        field: String,
        /// All keys that may stand there.
        known: Vec<&'static str>,
    },
    /// A value of a shape that the decoder refuses.
    WrongType {
        /// The key with those around it.
        field: String,
        /// What belongs there: `a list of text`.
        expected: &'static str,
        /// What stands there.
        found: &'static str,
    },
    /// A required key that is absent or has no value.
    MissingField {
        /// The key.
        field: &'static str,
    },
}

/// One problem and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub span: Span,
    /// What.
    pub kind: ProblemKind,
}

/// A scalar that says something: its value without white space around it, and its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text<'a> {
    /// The value, never empty.
    pub value: &'a str,
    /// Its bytes, quotes included.
    pub span: Span,
}

/// A key and its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// The bytes of the key.
    pub key: Span,
    /// The value.
    pub value: NodeId,
}

/// A metadata file.
#[derive(Debug, Clone)]
pub struct Metadata {
    source: Source,
    file: FileId,
    kind: MetadataKind,
    nodes: Vec<Node>,
    root: Option<NodeId>,
    problems: Vec<Problem>,
    /// The bytes that the decoder reads.
    read: Span,
    comments: OnceLock<Vec<Span>>,
    complete: bool,
}

impl Metadata {
    /// Reads a file of a kind. `file` is its id among the files of the input. Never fails: what is wrong is in
    /// [`Metadata::problems`].
    #[must_use]
    pub fn parse(source: &Source, file: FileId, kind: MetadataKind) -> Self {
        let lines::Read { span, mut problems } = lines::read(source, kind);
        let tree = tree::parse(source.text(), span, Comments::Passed);
        let complete = tree.complete && problems.iter().all(|problem| problem.kind != ProblemKind::LongLine);
        problems.extend(tree.problems);
        let mut metadata = Self {
            source: source.clone(),
            file,
            kind,
            nodes: tree.nodes,
            root: tree.root,
            problems,
            read: span,
            comments: OnceLock::new(),
            complete,
        };
        let mut found = shape::check(&metadata);
        metadata.problems.append(&mut found);
        metadata.problems.sort_by_key(|problem| problem.span);
        metadata
    }

    /// The file.
    #[must_use]
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// Its id among the files of the input.
    #[must_use]
    pub fn file(&self) -> FileId {
        self.file
    }

    /// What it is to the KEP.
    #[must_use]
    pub fn kind(&self) -> MetadataKind {
        self.kind
    }

    /// What is wrong with it, in the order of the file.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Whether the whole file could be read, so that an absent field is one that its author left out.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.complete
    }

    /// The comments, `#` included, in order. They are looked for when they are first asked for.
    #[must_use]
    pub fn comments(&self) -> &[Span] {
        self.comments.get_or_init(|| tree::parse(self.source.text(), self.read, Comments::Kept).comments)
    }

    /// A node, aliases followed.
    #[must_use]
    pub fn node(&self, id: NodeId) -> &Node {
        let node = &self.nodes[id.0 as usize];
        match node.kind {
            // The target of an alias is never an alias itself: YAML gives those no anchor.
            NodeKind::Alias(target) => &self.nodes[target.0 as usize],
            _ => node,
        }
    }

    /// The bytes in which a node was written; those of the alias where it is one.
    #[must_use]
    pub fn span(&self, id: NodeId) -> Span {
        self.nodes[id.0 as usize].span
    }

    /// The first line of what a node was written in: enough to point at without marking half a file.
    #[must_use]
    pub fn first_line_of(&self, id: NodeId) -> Span {
        let span = self.span(id);
        let line = self.source.slice(span).lines().next().unwrap_or_default();
        Span::new(span.start, span.start + line.trim_end().len() as u32)
    }

    /// The keys and values at the top; none when the file holds no mapping.
    #[must_use]
    pub fn root(&self) -> &[(NodeId, NodeId)] {
        self.root.map_or(&[], |root| self.entries(root))
    }

    /// The keys and values of a mapping; none of any other node.
    #[must_use]
    pub fn entries(&self, id: NodeId) -> &[(NodeId, NodeId)] {
        match &self.node(id).kind {
            NodeKind::Mapping(entries) => entries,
            _ => &[],
        }
    }

    /// The elements of a list; none of any other node.
    #[must_use]
    pub fn elements(&self, id: NodeId) -> &[NodeId] {
        match &self.node(id).kind {
            NodeKind::Sequence(elements) => elements,
            _ => &[],
        }
    }

    /// A key at the top, the first of repeated ones.
    #[must_use]
    pub fn field(&self, key: &str) -> Option<Field> {
        self.find(self.root(), key)
    }

    /// A key of a mapping, the first of repeated ones.
    #[must_use]
    pub fn field_of(&self, mapping: NodeId, key: &str) -> Option<Field> {
        self.find(self.entries(mapping), key)
    }

    fn find(&self, entries: &[(NodeId, NodeId)], key: &str) -> Option<Field> {
        let named = |wanted: &str| {
            entries.iter().find(|(name, _)| matches!(&self.node(*name).kind, NodeKind::Scalar { value, .. } if value == wanted))
        };
        if let Some(&(name, value)) = named(key) {
            return Some(Field { key: self.span(name), value });
        }
        // `<<: *other` lends the keys of another mapping; one step is enough for a file without depth
        let (_, lent) = named("<<")?;
        let (name, value) = self.entries(*lent).iter().find(
            |(name, _)| matches!(&self.node(*name).kind, NodeKind::Scalar { value, .. } if value == key),
        )?;
        Some(Field { key: self.span(*name), value: *value })
    }

    /// Whether a node is null: nothing, `~` or `null` without quotes.
    #[must_use]
    pub fn is_null(&self, id: NodeId) -> bool {
        matches!(&self.node(id).kind, NodeKind::Scalar { value, plain: true } if scalar::is_null(value))
    }

    /// A node's text; `None` when it is null, blank or no scalar.
    #[must_use]
    pub fn text_of(&self, id: NodeId) -> Option<Text<'_>> {
        match &self.node(id).kind {
            NodeKind::Scalar { value, plain } => {
                let text = value.trim();
                let says_nothing = text.is_empty() || *plain && scalar::is_null(value);
                (!says_nothing).then(|| Text { value: text, span: self.span(id) })
            }
            _ => None,
        }
    }

    /// The text of a key at the top.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<Text<'_>> {
        self.text_of(self.field(key)?.value)
    }

    /// The text of a key inside a key at the top: `inner("milestone", "alpha")`.
    #[must_use]
    pub fn inner(&self, outer: &str, key: &str) -> Option<Text<'_>> {
        self.text_of(self.field_of(self.field(outer)?.value, key)?.value)
    }

    /// The texts of a list at the top, those that say nothing left out.
    #[must_use]
    pub fn texts(&self, key: &str) -> Vec<Text<'_>> {
        let elements = self.field(key).map_or(&[][..], |field| self.elements(field.value));
        elements.iter().filter_map(|id| self.text_of(*id)).collect()
    }

    /// A key's value as a boolean, as the decoder takes it (`yes` and `on` too).
    #[must_use]
    pub fn boolean(&self, key: &str) -> Option<bool> {
        match &self.node(self.field(key)?.value).kind {
            NodeKind::Scalar { value, plain } => scalar::boolean(value, *plain),
            _ => None,
        }
    }

    /// Where to point when something is absent: the line of the first key, else the first line that is not blank. All
    /// of it, so that nothing points at the key as if it were wrong. Empty only in an empty file.
    #[must_use]
    pub fn anchor(&self) -> Span {
        let Some((key, _)) = self.root().first() else { return lines::first_line(&self.source) };
        let start = self.span(*key).start;
        let line = Span::new(start, self.source.line_span(self.source.line(start)).end);
        Span::new(start, start + self.source.slice(line).trim_end().len() as u32)
    }

    /// Whether the decoder refuses the file without this key.
    pub(crate) fn requires(&self, key: &str) -> bool {
        shape::required(self.kind).contains(&key)
    }
}

#[cfg(test)]
mod tests;
