//! What git prints about changes: names between zero bytes, and the lines of hunks.

use std::ffi::OsString;

use super::super::git::os_string;
use crate::source::Hunk;

/// One file of `git diff --name-status -z`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Entry {
    /// New.
    Added(OsString),
    /// Another content, mode or kind.
    Modified(OsString),
    /// No longer there.
    Deleted(OsString),
    /// Another name, and maybe another content.
    Renamed { from: OsString, to: OsString },
}

/// Reads `git diff --name-status -z`: a status, then one name, of a rename or copy two.
pub(super) fn statuses(output: &[u8]) -> Vec<Entry> {
    let mut parts = names(output);
    let mut entries = Vec::new();
    while let (Some(status), Some(name)) = (parts.next(), parts.next()) {
        let name = os_string(name);
        entries.push(match (status.first(), status.len()) {
            (Some(b'A'), _) => Entry::Added(name),
            (Some(b'D'), _) => Entry::Deleted(name),
            (Some(b'C'), _) => match parts.next() {
                Some(to) => Entry::Added(os_string(to)),
                None => break,
            },
            (Some(b'R'), _) => match parts.next() {
                Some(to) => Entry::Renamed { from: name, to: os_string(to) },
                None => break,
            },
            // M, T, and U: a merge that is not finished
            _ => Entry::Modified(name),
        });
    }
    entries
}

/// Names that end with a zero byte.
pub(super) fn names(output: &[u8]) -> impl Iterator<Item = &[u8]> {
    output.split(|byte| *byte == 0).filter(|name| !name.is_empty())
}

/// Reads the hunks of `git diff -U0` of one file. Lines of the file begin with `+`, `-` or `\`, and git quotes names
/// that have a line end, so nothing else begins with `@@`.
pub(super) fn hunks(output: &[u8]) -> Vec<Hunk> {
    output.split(|byte| *byte == b'\n').filter_map(hunk).collect()
}

/// `@@ -1,2 +3,4 @@`; a count of one is left out.
fn hunk(line: &[u8]) -> Option<Hunk> {
    let line = line.strip_prefix(b"@@ -")?;
    let plus = line.iter().position(|byte| *byte == b'+')?;
    let new = line[plus + 1..].split(|byte| *byte == b' ').next()?;
    let new = std::str::from_utf8(new).ok()?;
    let (first, count) = new.split_once(',').unwrap_or((new, "1"));
    Some(Hunk { first: first.parse().ok()?, count: count.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_may_hold_anything_but_a_zero_byte() {
        let output =
            b"M\0a b.md\0R087\0old\n.md\0new\".md\0D\0gone\0A\0\xc3\xbc.md\0C100\0x\0y\0T\0link\0U\0both\0";
        let name = OsString::from;
        assert_eq!(
            statuses(output),
            [
                Entry::Modified(name("a b.md")),
                Entry::Renamed { from: name("old\n.md"), to: name("new\".md") },
                Entry::Deleted(name("gone")),
                Entry::Added(name("ü.md")),
                Entry::Added(name("y")),
                Entry::Modified(name("link")),
                Entry::Modified(name("both")),
            ]
        );
        assert!(statuses(b"").is_empty() && statuses(b"R100\0a\0").is_empty());
    }

    #[test]
    fn hunks_are_read_from_their_heads_alone() {
        let output = b"diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1,2 @@ # @@ -9 +9 @@\n-a\n+@@ -7 +7 @@\n+b\n@@ -5,3 +6,0 @@\n-c\n@@ -0,0 +9 @@\n";
        let expected = [(1, 2), (6, 0), (9, 1)].map(|(first, count)| Hunk { first, count });
        assert_eq!(hunks(output), expected);
    }
}
