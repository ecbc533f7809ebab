//! `file:` addresses to paths and back.

use std::path::{Path, PathBuf};

use crate::input::percent_decoded;

/// The path that an address names; `None` for what is in no file system (`untitled:…`).
pub(super) fn to_path(uri: &str) -> Option<PathBuf> {
    let scheme = uri.get(..7).filter(|scheme| scheme.eq_ignore_ascii_case("file://"))?;
    let rest = uri[scheme.len()..].split(['?', '#']).next().unwrap_or_default();
    let slash = rest.find('/')?;
    let (host, path) = rest.split_at(slash);
    let path = percent_decoded(path)?;
    if !host.is_empty() && !host.eq_ignore_ascii_case("localhost") {
        return Some(PathBuf::from(format!("//{host}{path}")));
    }
    // `/c:/…` is `c:/…`
    let drive = path.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic) && path.get(2..3) == Some(":");
    Some(PathBuf::from(if drive { &path[1..] } else { &path }))
}

/// The address of an absolute path.
pub(super) fn from_path(path: &Path) -> String {
    let text = path.to_string_lossy();
    let text = if std::path::MAIN_SEPARATOR == '/' { text } else { text.replace('\\', "/").into() };
    let mut uri = String::from(match &*text {
        path if path.starts_with("//") => "file:",
        path if path.starts_with('/') => "file://",
        _ => "file:///",
    });
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~:@!$&'()*+,;=".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri += &format!("%{byte:02X}");
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_paths_and_back() {
        for (uri, path) in [
            ("file:///a/b.md", "/a/b.md"),
            ("file:///a%20b/%C3%A9%23.md", "/a b/é#.md"),
            ("file:///c:/x.md", "c:/x.md"),
            ("file://server/share/x.md", "//server/share/x.md"),
        ] {
            assert_eq!(to_path(uri).as_deref(), Some(Path::new(path)), "{uri}");
            assert_eq!(from_path(Path::new(path)), uri);
        }
        assert_eq!(to_path("file://localhost/a.md").as_deref(), Some(Path::new("/a.md")));
        assert_eq!(to_path("FILE:///c%3A/a.md").as_deref(), Some(Path::new("c:/a.md")));
        for uri in ["untitled:Untitled-1", "", "file:", "file://", "file:///%FF", "é"] {
            assert_eq!(to_path(uri), None, "{uri}");
        }
    }
}
