//! Files on GitHub and GitLab as their addresses name them.

use super::url::Url;

/// A repository's address, maybe of one file at one state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hosted<'a> {
    /// The organisation or person, as written.
    pub(super) owner: &'a str,
    /// The branch, tag or commit when it is the address of a file or directory.
    pub(super) reference: Option<&'a str>,
}

/// First parts of github.com paths that are no owner.
const RESERVED: [&str; 12] = [
    "about",
    "apps",
    "collections",
    "contact",
    "features",
    "login",
    "marketplace",
    "notifications",
    "search",
    "settings",
    "sponsors",
    "topics",
];

impl<'a> Hosted<'a> {
    /// Reads an address on GitHub or GitLab.
    pub(super) fn read(url: &Url<'a>) -> Option<Self> {
        let mut parts = url.segments();
        let owner = parts.next();
        if url.host.eq_ignore_ascii_case("github.com") {
            let owner = match owner? {
                "orgs" | "users" => parts.next()?,
                owner if RESERVED.contains(&owner) => return None,
                owner => owner,
            };
            let _repository = parts.next();
            let file =
                parts.next().filter(|kind| matches!(*kind, "blob" | "tree" | "raw" | "blame" | "edit"));
            return Some(Self { owner, reference: file.and_then(|_| branch(&mut parts)) });
        }
        if url.host.eq_ignore_ascii_case("raw.githubusercontent.com") {
            let (owner, _repository) = (owner?, parts.next()?);
            return Some(Self { owner, reference: branch(&mut parts) });
        }
        // other installations of GitLab are known by the `-` in their paths
        let marked = || url.segments().any(|part| part == "-");
        if url.host.eq_ignore_ascii_case("gitlab.com") || (url.host.starts_with("gitlab.") && marked()) {
            let mut parts = parts.skip_while(|part| *part != "-").skip(1);
            let file =
                parts.next().filter(|kind| matches!(*kind, "blob" | "tree" | "raw" | "blame" | "edit"));
            return Some(Self { owner: owner?, reference: file.and_then(|_| branch(&mut parts)) });
        }
        None
    }

    /// The organisation whose pages a `github.io` or `gitlab.io` host has.
    pub(super) fn pages_owner(url: &Url<'a>) -> Option<&'a str> {
        let (owner, rest) = url.host.split_once('.')?;
        matches!(rest, "github.io" | "gitlab.io").then_some(owner)
    }

    /// The branch the address follows, when what stands there will change.
    pub(super) fn moving(&self) -> Option<&'a str> {
        let moving = ["main", "master", "head", "develop", "trunk"];
        self.reference.filter(|reference| moving.iter().any(|branch| branch.eq_ignore_ascii_case(reference)))
    }
}

/// The next part, or the one after `refs/heads`.
fn branch<'a>(parts: &mut impl Iterator<Item = &'a str>) -> Option<&'a str> {
    match parts.next()? {
        "refs" => parts.nth(1),
        name => Some(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(address: &str) -> Option<(&str, Option<&str>)> {
        Hosted::read(&Url::parse(address)?).map(|hosted| (hosted.owner, hosted.moving()))
    }

    #[test]
    fn branches_move_and_tags_do_not() {
        for (address, expected) in [
            ("https://github.com/example/tool/blob/main/a.md", Some(("example", Some("main")))),
            ("https://www.github.com/example/tool/tree/HEAD", Some(("example", Some("HEAD")))),
            ("https://github.com/example/tool/blob/v1.2.3/a.md", Some(("example", None))),
            ("https://github.com/example/tool/blob/0123abc/main/a.md", Some(("example", None))),
            ("https://github.com/example/tool/issues/1", Some(("example", None))),
            ("https://github.com/example", Some(("example", None))),
            ("https://github.com/orgs/example/projects/3", Some(("example", None))),
            ("https://github.com/sponsors/example", None),
            (
                "https://raw.githubusercontent.com/example/tool/refs/heads/master/a.md",
                Some(("example", Some("master"))),
            ),
            ("https://gitlab.com/example/group/tool/-/blob/develop/a.md", Some(("example", Some("develop")))),
            ("https://gitlab.example.org/example/tool/-/raw/main/a", Some(("example", Some("main")))),
            ("https://project.example/blob/main/a.md", None),
        ] {
            assert_eq!(read(address), expected, "{address}");
        }
    }

    #[test]
    fn pages_have_an_owner() {
        let owner = |address| Hosted::pages_owner(&Url::parse(address).unwrap());
        assert_eq!(owner("https://example.github.io/tool"), Some("example"));
        assert_eq!(owner("https://project.example"), None);
    }
}
