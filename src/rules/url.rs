//! The parts of a web address that rules look at. No general parser: what is no plain http address is `None`.

use std::borrow::Cow;

use memchr::{memchr, memchr2, memchr3, memrchr};

use crate::input::percent_decoded;

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
        let rest = without_scheme(text.trim())?;
        let end = memchr3(b'/', b'?', b'#', rest.as_bytes()).unwrap_or(rest.len());
        let (authority, rest) = rest.split_at(end);
        let end = memchr2(b'?', b'#', rest.as_bytes()).unwrap_or(rest.len());
        let (path, rest) = rest.split_at(end);
        let query = rest.strip_prefix('?').map_or("", |rest| rest.split('#').next().unwrap_or_default());
        let host = memrchr(b'@', authority.as_bytes()).map_or(authority, |at| &authority[at + 1..]);
        let host = if host.starts_with('[') {
            host.find(']').map_or(host, |end| &host[..=end])
        } else {
            memchr(b':', host.as_bytes()).map_or(host, |end| &host[..end])
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
    pub(super) fn segments(&self) -> Segments<'a> {
        Segments { rest: self.path }
    }
}

/// See [`Url::segments`].
pub(super) struct Segments<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Segments<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let rest = self.rest.trim_start_matches('/');
        let (segment, rest) = rest.split_at(memchr(b'/', rest.as_bytes()).unwrap_or(rest.len()));
        self.rest = rest;
        (!segment.is_empty()).then_some(segment)
    }
}

impl<'a> DoubleEndedIterator for Segments<'a> {
    fn next_back(&mut self) -> Option<&'a str> {
        let rest = self.rest.trim_end_matches('/');
        let (rest, segment) = rest.split_at(memrchr(b'/', rest.as_bytes()).map_or(0, |at| at + 1));
        self.rest = rest;
        (!segment.is_empty()).then_some(segment)
    }
}

/// What follows the `http://` or `https://`, in any case, that a text begins with.
fn without_scheme(text: &str) -> Option<&str> {
    let begins = |text: &str, sign: &str| {
        text.as_bytes().get(..sign.len()).is_some_and(|start| start.eq_ignore_ascii_case(sign.as_bytes()))
    };
    let sign = ["https://", "http://"].into_iter().find(|sign| begins(text, sign))?;
    Some(&text[sign.len()..])
}

/// Undoes `%20` and its like; what is no valid escape or gives no text stays as it is.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return text.into();
    }
    percent_decoded(text).map_or_else(|| text.into(), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_come_apart() {
        let url = Url::parse("https://me@www.Project.example:8080/a//b?c=d#e").unwrap();
        assert_eq!((url.host, url.path, url.query), ("Project.example", "/a//b", "c=d"));
        assert_eq!(url.segments().collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(url.segments().rev().collect::<Vec<_>>(), ["b", "a"]);
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
