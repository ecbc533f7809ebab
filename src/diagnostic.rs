//! Findings as plain data with a total order. How they look is the business of `report`.

use crate::source::{FileId, Span};

/// The stable name of a rule: kebab-case, never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(pub &'static str);

impl std::fmt::Display for RuleId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

/// How bad a finding is, mildest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// A reviewer will ask about it.
    Warning,
    /// The document breaks what the template or the review process demands.
    Error,
}

impl Severity {
    /// The word that reports and configuration use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A place in one of the input's files, with a remark.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label {
    /// Which file.
    pub file: FileId,
    /// Where in it.
    pub span: Span,
    /// What to say there; the primary label often says nothing more than the message.
    pub message: Option<String>,
}

impl Label {
    /// A label in the document itself, without a remark.
    #[must_use]
    pub fn at(span: Span) -> Self {
        Self { file: FileId(0), span, message: None }
    }

    /// A label in the document itself, with a remark.
    #[must_use]
    pub fn with(span: Span, message: impl Into<String>) -> Self {
        Self { file: FileId(0), span, message: Some(message.into()) }
    }
}

/// One replacement of bytes in one file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edit {
    /// Which file.
    pub file: FileId,
    /// The bytes to replace; empty for an insertion.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

/// A change that removes a finding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fix {
    /// What the change does, as an imperative sentence without a full stop.
    pub title: String,
    /// Whether it can be made without asking: it changes no answer and no meaning.
    pub safe: bool,
    /// Whether each edit removes a part of the finding, so that some can be made without the others.
    pub apart: bool,
    /// The edits, which do not overlap.
    pub edits: Vec<Edit>,
}

/// A finding's identity across runs: for baselines and for services that track findings. Written as 16 hex digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Fingerprint(pub u64);

impl Fingerprint {
    /// Reads what [`Display`](std::fmt::Display) writes.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        digits.then(|| u64::from_str_radix(text, 16).ok().map(Self)).flatten()
    }
}

impl std::fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// The rule that found it.
    pub rule: RuleId,
    /// Set by `suppress`, never by a rule.
    pub severity: Severity,
    /// The severity this finding never exceeds, whatever the rule's is.
    pub cap: Option<Severity>,
    /// What was expected, what was found: one sentence, lower case, no full stop.
    pub message: String,
    /// Where it is.
    pub primary: Label,
    /// Other places that belong to it.
    pub related: Vec<Label>,
    /// What to do about it.
    pub help: Option<String>,
    /// Id of the template item it is about.
    pub item: Option<String>,
    /// How to remove it.
    pub fix: Option<Fix>,
    /// Set by `suppress`, never by a rule. The same in every run that finds the same, wherever its lines went.
    pub fingerprint: Fingerprint,
}

impl Diagnostic {
    /// The places that it points at or would change.
    pub fn places(&self) -> impl Iterator<Item = (FileId, Span)> + '_ {
        let labels =
            std::iter::once(&self.primary).chain(&self.related).map(|label| (label.file, label.span));
        labels.chain(self.fix.iter().flat_map(|fix| fix.edits.iter().map(|edit| (edit.file, edit.span))))
    }

    fn key(&self) -> (&Label, RuleId, &Option<String>, &str) {
        (&self.primary, self.rule, &self.item, &self.message)
    }
}

impl PartialOrd for Diagnostic {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Diagnostic {
    /// By file, place, rule, item, message; what is left decides ties, so the order is total.
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key()
            .cmp(&other.key())
            .then_with(|| self.severity.cmp(&other.severity))
            .then_with(|| self.related.cmp(&other.related))
            .then_with(|| self.help.cmp(&other.help))
            .then_with(|| self.fix.cmp(&other.fix))
    }
}
