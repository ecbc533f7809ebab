//! OWNERS_ALIASES: who belongs to which group.

use std::collections::BTreeMap;

use super::{Metadata, MetadataKind};
use crate::source::{FileId, Source};

/// Reads an OWNERS_ALIASES file of a repository: group names and the accounts in each, in the file's order.
/// What cannot be read is left out. The format is Prow's,
/// <https://www.kubernetes.dev/docs/guide/owners/#owners_aliases>.
#[must_use]
pub fn owners_aliases(text: &str) -> BTreeMap<String, Vec<String>> {
    let source = Source::new("OWNERS_ALIASES", text);
    // its shape is not an approval's, but nothing here asks for the problems
    let file = Metadata::parse(&source, FileId(0), MetadataKind::Approval);
    let Some(aliases) = file.field("aliases") else { return BTreeMap::new() };
    let groups = file.entries(aliases.value).iter();
    groups
        .filter_map(|(name, members)| {
            let members = file.elements(*members).iter().filter_map(|member| file.text_of(*member));
            Some((
                file.text_of(*name)?.value.to_string(),
                members.map(|member| member.value.to_string()).collect(),
            ))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_and_their_members() {
        let text = "# who\naliases:\n  one:\n    - a\n    - \"b\"\n  two: [c]\n  empty:\n";
        let groups = owners_aliases(text);
        assert_eq!(groups["one"], ["a", "b"]);
        assert_eq!(groups["two"], ["c"]);
        assert!(groups["empty"].is_empty());
        assert!(owners_aliases("- no aliases").is_empty());
        assert!(owners_aliases("").is_empty());
    }
}
