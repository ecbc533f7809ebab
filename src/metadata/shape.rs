//! What strict decoding refuses: unknown keys, values of another shape, required keys without a value.
//!
//! The fields are those of kubernetes' own types,
//! <https://github.com/kubernetes/enhancements/blob/master/api/proposal.go> and `approval.go` beside it, with
//! the names that their untagged and legacy members accept.

use std::fmt;

use super::{Metadata, MetadataKind, NodeId, NodeKind, Problem, ProblemKind, scalar};

/// What belongs under a key.
enum Shape {
    Text,
    Texts,
    Boolean,
    Mapping(&'static [(&'static str, Shape)]),
    Mappings(&'static [(&'static str, Shape)]),
}

use Shape::{Boolean, Mapping, Mappings, Text, Texts};

/// Keys of kep.yaml that the template does not name but the decoder takes.
const LEGACY: &[&str] = &["id", "prnumber", "name", "path", "editor", "last-updated", "superseded-by"];

const KEP: &[(&str, Shape)] = &[
    ("title", Text),
    ("kep-number", Text),
    ("authors", Texts),
    ("owning-sig", Text),
    ("participating-sigs", Texts),
    ("status", Text),
    ("creation-date", Text),
    ("reviewers", Texts),
    ("approvers", Texts),
    ("see-also", Texts),
    ("replaces", Texts),
    ("stage", Text),
    ("latest-milestone", Text),
    ("milestone", Mapping(MILESTONE)),
    ("feature-gates", Mappings(GATE)),
    ("disable-supported", Boolean),
    ("metrics", Texts),
    ("id", Text),
    ("prnumber", Text),
    ("name", Text),
    ("path", Text),
    ("editor", Text),
    ("last-updated", Text),
    ("superseded-by", Texts),
];

const MILESTONE: &[(&str, Shape)] = &[
    ("alpha", Text),
    ("beta", Text),
    ("stable", Text),
    ("deprecated", Text),
    ("disabled", Text),
    ("removed", Text),
];

const GATE: &[(&str, Shape)] = &[("name", Text), ("components", Texts)];

const APPROVER: &[(&str, Shape)] = &[("approver", Text)];

const APPROVAL: &[(&str, Shape)] = &[
    ("kep-number", Text),
    ("alpha", Mapping(APPROVER)),
    ("beta", Mapping(APPROVER)),
    ("stable", Mapping(APPROVER)),
    ("deprecated", Mapping(APPROVER)),
    ("disabled", Mapping(APPROVER)),
    ("removed", Mapping(APPROVER)),
];

/// Those of kep.yaml. A list only has to be there: `[]` passes.
const REQUIRED: &[&str] = &["title", "kep-number", "authors", "owning-sig", "approvers", "status"];

/// Keys without which a file is refused.
pub(super) fn required(kind: MetadataKind) -> &'static [&'static str] {
    match kind {
        MetadataKind::Kep => REQUIRED,
        MetadataKind::Approval => &["kep-number"],
    }
}

/// Checks a file against the shape of its kind.
pub(super) fn check(metadata: &Metadata) -> Vec<Problem> {
    let mut found = Found { metadata, problems: Vec::new() };
    let Some(root) = metadata.root else {
        if metadata.complete {
            let span = metadata.anchor();
            found.problems.push(Problem { span, kind: ProblemKind::Empty });
        }
        return found.problems;
    };
    let fields = match metadata.kind {
        MetadataKind::Kep => KEP,
        MetadataKind::Approval => APPROVAL,
    };
    if !matches!(metadata.node(root).kind, NodeKind::Mapping(_)) {
        found.wrong(root, &"the file", "keys and values");
        return found.problems;
    }
    found.mapping(root, &Path::Top, fields);
    if metadata.complete {
        for field in required(metadata.kind) {
            found.required(field);
        }
    }
    found.problems
}

/// A field with those around it, put together only when something is wrong with it.
enum Path<'a> {
    Top,
    Key(&'a Path<'a>, &'a str),
    Element(&'a Path<'a>),
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Top => Ok(()),
            Self::Key(Self::Top, name) => f.write_str(name),
            Self::Key(outer, name) => write!(f, "{outer}.{name}"),
            Self::Element(outer) => write!(f, "{outer}[]"),
        }
    }
}

struct Found<'a> {
    metadata: &'a Metadata,
    problems: Vec<Problem>,
}

impl Found<'_> {
    fn mapping(&mut self, id: NodeId, outer: &Path, fields: &'static [(&'static str, Shape)]) {
        for &(key, value) in self.metadata.entries(id) {
            let NodeKind::Scalar { value: name, .. } = &self.metadata.node(key).kind else {
                self.wrong(key, &"a key", "text");
                continue;
            };
            if name == "<<" {
                continue;
            }
            let full = Path::Key(outer, name);
            match fields.iter().find(|(field, _)| field == name) {
                Some((_, shape)) => self.value(value, &full, shape),
                None => {
                    let known =
                        fields.iter().map(|(field, _)| *field).filter(|field| !LEGACY.contains(field));
                    let kind = ProblemKind::UnknownField { field: full.to_string(), known: known.collect() };
                    self.problems.push(Problem { span: self.metadata.span(key), kind });
                }
            }
        }
    }

    fn value(&mut self, id: NodeId, field: &Path, shape: &'static Shape) {
        if self.metadata.is_null(id) {
            return;
        }
        let node = self.metadata.node(id);
        match (shape, &node.kind) {
            (Text, NodeKind::Scalar { .. }) => {}
            (Text, _) => self.wrong(id, field, "text"),
            (Boolean, NodeKind::Scalar { value, plain }) if scalar::boolean(value, *plain).is_some() => {}
            (Boolean, _) => self.wrong(id, field, "`true` or `false`"),
            (Mapping(fields), NodeKind::Mapping(_)) => self.mapping(id, field, fields),
            (Mapping(_), _) => self.wrong(id, field, "keys and values"),
            (Texts | Mappings(_), NodeKind::Sequence(elements)) => {
                let inner = Path::Element(field);
                let each = if let Mappings(fields) = shape { Mapping(fields) } else { Text };
                for &element in elements {
                    match each {
                        Mapping(fields)
                            if matches!(self.metadata.node(element).kind, NodeKind::Mapping(_)) =>
                        {
                            self.mapping(element, &inner, fields);
                        }
                        Mapping(_) if !self.metadata.is_null(element) => {
                            self.wrong(element, &inner, "keys and values");
                        }
                        Text if !matches!(self.metadata.node(element).kind, NodeKind::Scalar { .. }) => {
                            self.wrong(element, &inner, "text");
                        }
                        _ => {}
                    }
                }
            }
            (Texts, _) => self.wrong(id, field, "a list of text"),
            (Mappings(_), _) => self.wrong(id, field, "a list of keys and values"),
        }
    }

    fn wrong(&mut self, id: NodeId, field: &dyn fmt::Display, expected: &'static str) {
        let found = match &self.metadata.node(id).kind {
            NodeKind::Scalar { .. } => "text",
            NodeKind::Sequence(_) => "a list",
            NodeKind::Mapping(_) | NodeKind::Alias(_) => "keys and values",
        };
        let kind = ProblemKind::WrongType { field: field.to_string(), expected, found };
        self.problems.push(Problem { span: self.metadata.first_line_of(id), kind });
    }

    /// Lists are refused only when they are null; text also when it is empty.
    fn required(&mut self, field: &'static str) {
        let metadata = self.metadata;
        let there = metadata.field(field);
        let filled = there.is_some_and(|there| match &metadata.node(there.value).kind {
            NodeKind::Scalar { value, .. } => !metadata.is_null(there.value) && !value.is_empty(),
            _ => true,
        });
        if !filled {
            let span = there.map_or_else(|| metadata.anchor(), |there| there.key);
            self.problems.push(Problem { span, kind: ProblemKind::MissingField { field } });
        }
    }
}
