//! The parts of a web address that rules look at. No general parser: what is no plain http address is `None`.

/// The parts of an `http` or `https` address, as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Url<'a> {
    /// Host without user, port and a leading `www.`; compare in any case.
    pub(super) host: &'a str,
    /// From the first `/` after the host to the query or the fragment; may be empty.
    pub(super) path: &'a str,
    /// What follows `?`.
    pub(super) query: &'a str,
}

impl<'a> Url<'a> {
    /// Takes an address apart.
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        let (scheme, rest) = text.trim().split_once(':')?;
        let rest = rest.strip_prefix("//")?;
        if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
            return None;
        }
        let rest = rest.split('#').next().unwrap_or_default();
        let (address, query) = rest.split_once('?').unwrap_or((rest, ""));
        let slash = address.find('/').unwrap_or(address.len());
        let (authority, path) = address.split_at(slash);
        let host = authority.rsplit('@').next().unwrap_or_default();
        let host = if host.starts_with('[') {
            host.find(']').map_or(host, |end| &host[..=end])
        } else {
            host.split(':').next().unwrap_or_default()
        };
        let bare =
            host.get(..4).filter(|start| start.eq_ignore_ascii_case("www.")).map_or(host, |_| &host[4..]);
        (!bare.is_empty()).then_some(Self { host: bare, path, query })
    }

    /// Whether the host is this one or one below it.
    pub(super) fn is_at(&self, host: &str) -> bool {
        let start = self.host.len().checked_sub(host.len());
        start.is_some_and(|start| {
            self.host.get(start..).is_some_and(|end| end.eq_ignore_ascii_case(host))
                && (start == 0 || self.host.as_bytes()[start - 1] == b'.')
        })
    }

    /// The parts of the path, empty ones left out.
    pub(super) fn segments(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.path.split('/').filter(|segment| !segment.is_empty())
    }
}

/// Undoes `%20` and its like; what is no valid escape or gives no text stays as it is.
pub(super) fn decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_string();
    }
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).and_then(|b| char::from(*b).to_digit(16)).map(|d| d as u8);
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        match (bytes[at], digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.push(high * 16 + low);
                at += 3;
            }
            (byte, ..) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_come_apart() {
        let url = Url::parse("https://me@www.Project.example:8080/a//b?c=d#e").unwrap();
        assert_eq!((url.host, url.path, url.query), ("Project.example", "/a//b", "c=d"));
        assert_eq!(url.segments().collect::<Vec<_>>(), ["a", "b"]);
        assert!(url.is_at("project.example") && url.is_at("example") && !url.is_at("ject.example"));
        assert_eq!(Url::parse("http://[::1]:80").unwrap().host, "[::1]");
        for none in ["mailto:a@b.example", "docs/a.md", "https://", "ftp://a.example", ""] {
            assert_eq!(Url::parse(none), None, "{none}");
        }
    }

    #[test]
    fn escapes_are_undone_where_they_are_text() {
        assert_eq!(decoded("a%20b%C3%A9"), "a b\u{e9}");
        assert_eq!(decoded("100%"), "100%");
        assert_eq!(decoded("%zz%FF"), "%zz%FF");
    }
}
