//! Which comments silence a finding. They are looked up by rule, item and line, so that fifty thousand comments and
//! as many findings cost no more than reading them.

use std::collections::HashMap;

use super::directive::{Directive, Reach};
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Source};

/// The comments that name the same rule and item and reach equally far.
#[derive(Debug)]
struct Group {
    /// 1-based first and last line; `None` is the whole file.
    lines: Option<(u32, u32)>,
    /// The furthest last line of this group and of those before it in the list.
    furthest: u32,
    used: bool,
    /// Directive and target.
    members: Vec<(usize, usize)>,
}

/// A file and a rule or an item's rule, as comments name them.
type Key = (FileId, String, Option<String>);

/// All comments that give a reason and cover something.
#[derive(Debug, Default)]
pub(super) struct Silences(HashMap<Key, Vec<Group>>);

impl Silences {
    pub(super) fn new(directives: &[Directive]) -> Self {
        let mut all: HashMap<Key, HashMap<Option<(u32, u32)>, Group>> = HashMap::new();
        for (at, directive) in directives.iter().enumerate().filter(|(_, directive)| directive.explained) {
            let lines = match directive.reach {
                Reach::Nothing => continue,
                Reach::File => None,
                Reach::Lines(first, last) => Some((first, last)),
            };
            for (number, target) in directive.targets.iter().enumerate() {
                let key = (directive.file, target.rule.clone(), target.item.clone());
                let new = || Group { lines, furthest: 0, used: false, members: Vec::new() };
                all.entry(key).or_default().entry(lines).or_insert_with(new).members.push((at, number));
            }
        }
        let in_order = |(key, groups): (Key, HashMap<_, Group>)| {
            let mut groups: Vec<Group> = groups.into_values().collect();
            groups.sort_by_key(|group| group.lines);
            let mut furthest = 0;
            for group in &mut groups {
                furthest = group.lines.map_or(0, |(_, last)| last).max(furthest);
                group.furthest = furthest;
            }
            (key, groups)
        };
        Self(all.into_iter().map(in_order).collect())
    }

    /// Whether any comment silences a finding in a file; all that do count as used, not only the first.
    pub(super) fn silence(&mut self, one: &Diagnostic, source: &Source) -> bool {
        if self.0.is_empty() {
            return false;
        }
        let span = one.primary.span;
        let (first, last) =
            (source.line(span.start), source.line(span.end.saturating_sub(1).max(span.start)));
        let mut silenced = false;
        for item in std::iter::once(None).chain(one.item.clone().map(Some)) {
            let key = (one.primary.file, one.rule.0.to_string(), item);
            let Some(groups) = self.0.get_mut(&key) else { continue };
            let begun = groups.partition_point(|group| group.lines.is_none_or(|(start, _)| start <= last));
            for group in groups[..begun].iter_mut().rev().take_while(|group| group.furthest >= first) {
                if group.lines.is_some_and(|(_, end)| end >= first) {
                    group.used = true;
                    silenced = true;
                }
            }
            // those of the whole file stand first, and there is one of them
            if let Some(group) = groups.first_mut().filter(|group| group.lines.is_none()) {
                group.used = true;
                silenced = true;
            }
        }
        silenced
    }

    /// Writes down in the comments which of them were used.
    pub(super) fn mark(&self, directives: &mut [Directive]) {
        let groups = self.0.values().flatten().filter(|group| group.used);
        for &(at, number) in groups.flat_map(|group| &group.members) {
            directives[at].targets[number].used = true;
        }
    }
}
