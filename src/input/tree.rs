//! Facts about a whole tree of KEPs, computed from a list of its paths.

use std::collections::{BTreeMap, BTreeSet};

/// Facts about a whole tree, shared by all of its documents.
///
/// `discover` makes one a repository root of the kind `Enhancements` with [`TreeFacts::new`]: it lists the
/// paths below `keps/` once and reads `OWNERS_ALIASES` at the root, nothing else.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TreeFacts {
    /// Directories that hold a `kep.yaml`, by the number their name begins with, leading zeros left out.
    pub keps: BTreeMap<String, BTreeSet<String>>,
    /// Directories (repository-relative) that hold a `README.md`.
    pub readmes: BTreeSet<String>,
    /// Directories (repository-relative) that hold a `kep.yaml`.
    pub metadata: BTreeSet<String>,
    /// Approval files: `sig-node/1234` for `keps/prod-readiness/sig-node/1234.yaml`.
    pub approvals: BTreeSet<String>,
    /// Names of SIGs: directories in `keps/` and groups of the form `sig-…-leads`.
    pub sigs: BTreeSet<String>,
    /// OWNERS_ALIASES: accounts by group; empty when there is no such file.
    pub groups: BTreeMap<String, Vec<String>>,
}

impl TreeFacts {
    /// Computes the facts. `paths` are repository-relative files with `/` between their parts; those that end in
    /// `/kep.yaml` or `/README.md` and those below `keps/prod-readiness/` are enough. `groups` is what
    /// `metadata::owners_aliases` makes of OWNERS_ALIASES.
    #[must_use]
    pub fn new<'a>(paths: impl IntoIterator<Item = &'a str>, groups: BTreeMap<String, Vec<String>>) -> Self {
        let mut facts = Self { groups, ..Self::default() };
        // paths come in about their order, and a set is made of a sorted list at once
        let (mut readmes, mut metadata, mut approvals) = (Vec::new(), Vec::new(), Vec::new());
        for path in paths {
            let Some(inner) = path.strip_prefix("keps/") else { continue };
            if let Some((sig, _)) = inner.split_once('/')
                && sig.starts_with("sig-")
                && !facts.sigs.contains(sig)
            {
                facts.sigs.insert(sig.to_string());
            }
            if let Some(approval) = inner.strip_prefix("prod-readiness/") {
                approvals.extend(approval.strip_suffix(".yaml").map(str::to_string));
                continue;
            }
            if let Some(directory) = path.strip_suffix("/README.md") {
                readmes.push(directory.to_string());
            }
            if let Some(directory) = path.strip_suffix("/kep.yaml") {
                metadata.push(directory.to_string());
                if let Some(number) = directory_number(directory) {
                    facts.keps.entry(number.to_string()).or_default().insert(directory.to_string());
                }
            }
        }
        facts.readmes = readmes.into_iter().collect();
        facts.metadata = metadata.into_iter().collect();
        facts.approvals = approvals.into_iter().collect();
        let leads = facts.groups.keys().filter_map(|group| group.strip_suffix("-leads"));
        let sigs: Vec<String> = leads
            .filter(|group| group.starts_with("sig-") && !group.ends_with("-tech"))
            .map(str::to_string)
            .collect();
        facts.sigs.extend(sigs);
        facts
    }
}

/// The number at the beginning of a KEP directory's name, leading zeros left out (`0` for `0000`).
#[must_use]
pub fn directory_number(directory: &str) -> Option<&str> {
    let name = &directory[memchr::memrchr(b'/', directory.as_bytes()).map_or(0, |slash| slash + 1)..];
    let length = name.bytes().take_while(u8::is_ascii_digit).count();
    let ends = matches!(name.as_bytes().get(length), None | Some(b'-'));
    (length > 0 && ends).then(|| without_zeros(&name[..length]))
}

/// A number as written, without its leading zeros.
#[must_use]
pub fn without_zeros(number: &str) -> &str {
    let bare = number.trim_start_matches('0');
    if bare.is_empty() && !number.is_empty() { "0" } else { bare }
}

/// Where the production readiness approval of a KEP lies, read from the text of its kep.yaml before anything is
/// parsed: the repository-relative path made of `owning-sig` and `kep-number`, as kubernetes makes it.
#[must_use]
pub fn approval_path(kep_yaml: &str) -> Option<String> {
    let value = |key: &str| {
        let line = kep_yaml.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(':'))?;
        let value = line.split(" #").next().unwrap_or(line).trim().trim_matches(['"', '\'']);
        let plain =
            !value.is_empty() && value.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
        plain.then_some(value)
    };
    Some(format!("keps/prod-readiness/{}/{}.yaml", value("owning-sig")?, value("kep-number")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_come_from_paths() {
        let groups = BTreeMap::from([
            ("sig-k8s-leads".to_string(), vec![]),
            ("sig-node-tech-leads".to_string(), vec![]),
        ]);
        let facts = TreeFacts::new(
            [
                "keps/sig-a/12-one/kep.yaml",
                "keps/sig-a/12-one/README.md",
                "keps/sig-b/0012-two/kep.yaml",
                "keps/prod-readiness/sig-a/12.yaml",
                "keps/README.md",
                "README.md",
            ],
            groups,
        );
        assert_eq!(facts.keps["12"].len(), 2);
        assert!(facts.readmes.contains("keps/sig-a/12-one"));
        assert!(facts.approvals.contains("sig-a/12"));
        assert_eq!(facts.sigs.iter().collect::<Vec<_>>(), ["sig-a", "sig-b", "sig-k8s"]);
    }

    #[test]
    fn numbers_of_directories() {
        assert_eq!(directory_number("keps/sig-a/0752-x"), Some("752"));
        assert_eq!(directory_number("keps/sig-a/0000-x"), Some("0"));
        assert_eq!(directory_number("keps/NNNN-kep-template"), None);
        assert_eq!(directory_number("a/2things"), None);
    }

    #[test]
    fn the_approval_is_found_by_sig_and_number() {
        let text = "title: a\nowning-sig: \"sig-a\" # x\nkep-number: 0012\r\n";
        assert_eq!(approval_path(text).as_deref(), Some("keps/prod-readiness/sig-a/0012.yaml"));
        assert_eq!(approval_path("owning-sig: ../etc\nkep-number: 1\n"), None);
        assert_eq!(approval_path("kep-number: 1\n"), None);
    }
}
