//! Findings put together for people: one group a rule, severity and file.

use crate::diagnostic::{Diagnostic, RuleId, Severity};
use crate::source::FileId;

/// Findings of one rule at one severity in one file, in order of place; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group<'a> {
    pub(super) rule: RuleId,
    pub(super) severity: Severity,
    pub(super) file: FileId,
    pub(super) found: Vec<&'a Diagnostic>,
}

impl Group<'_> {
    /// Whether the messages differ in nothing but what they quote.
    pub(super) fn is_uniform(&self) -> bool {
        let mut shapes = self.found.iter().map(|diagnostic| shape(&diagnostic.message));
        let first = shapes.next();
        shapes.all(|shape| Some(shape) == first)
    }

    /// What all findings say, if they all say the same.
    pub(super) fn shared<'s>(&'s self, part: impl Fn(&'s Diagnostic) -> Option<&'s str>) -> Option<&'s str> {
        let first = part(self.found[0])?;
        self.found.iter().all(|diagnostic| part(diagnostic) == Some(first)).then_some(first)
    }
}

/// A message with its quotes emptied.
fn shape(message: &str) -> String {
    let mut out = String::with_capacity(message.len());
    let mut rest = message;
    while let Some((before, after)) = rest.split_once('“') {
        out.push_str(before);
        out.push('“');
        rest = after.split_once('”').map_or("", |(_, after)| after);
    }
    out + rest
}

/// Errors first, then warnings, then notes; within a severity by the place of the first finding.
pub(super) fn groups(diagnostics: &[Diagnostic]) -> Vec<Group<'_>> {
    let mut all: Vec<Group> = Vec::new();
    for diagnostic in diagnostics {
        let (rule, severity, file) = (diagnostic.rule, diagnostic.severity, diagnostic.primary.file);
        let same =
            |group: &&mut Group| group.rule == rule && group.severity == severity && group.file == file;
        match all.iter_mut().find(same) {
            Some(group) => group.found.push(diagnostic),
            None => all.push(Group { rule, severity, file, found: vec![diagnostic] }),
        }
    }
    for group in &mut all {
        group.found.sort();
    }
    all.sort_by_key(|group| (std::cmp::Reverse(group.severity), group.found[0].primary.clone(), group.rule));
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::finding;

    #[test]
    fn grouped_by_rule_worst_first() {
        let mut note = finding("b", 0..1);
        note.severity = Severity::Note;
        let all = [note, finding("c", 7..8), finding("a", 9..10), finding("c", 3..4)];
        let groups = groups(&all);
        let names: Vec<_> = groups.iter().map(|group| (group.rule.0, group.found.len())).collect();
        assert_eq!(names, [("c", 2), ("a", 1), ("b", 1)]);
        assert_eq!(groups[0].found[0].primary.span.start, 3);
    }

    #[test]
    fn messages_are_alike_when_only_their_quotes_differ() {
        assert_eq!(shape("“a” is not “b”"), shape("“c” is not “d”"));
        assert_ne!(shape("“a” is here"), shape("“a” is there"));
    }
}
