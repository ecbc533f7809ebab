//! Paths as references in a URI.

use std::fmt::Write;

/// A path with everything but letters, digits, `-._~` and `/` as `%XX`, and nothing that a reader would resolve.
fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// A reported path as a URI: relative stays relative, absolute becomes `file://`.
pub(super) fn reference(path: &str) -> String {
    let drive = path.as_bytes().get(1) == Some(&b':') && path.as_bytes()[0].is_ascii_alphabetic();
    match path {
        _ if drive => format!("file:///{}:{}", &path[..1], encoded(&path[2..])),
        _ if path.starts_with('/') => format!("file://{}", encoded(path)),
        _ => encoded(path.trim_start_matches("./")),
    }
}

/// The address of a file on a code host: `base/path`.
pub(super) fn page(base: &str, path: &str) -> String {
    let path = encoded(path.trim_start_matches("./"));
    format!("{}/{}", base.trim_end_matches('/'), path.trim_start_matches('/'))
}

/// The address of a line on a code host: `base/path?plain=1#L3`. Without `plain` a rendered page has no lines.
pub(super) fn line(base: &str, path: &str, line: u32) -> String {
    format!("{}?plain=1#L{line}", page(base, path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_uri_cannot_have_is_encoded() {
        assert_eq!(reference("./a b/c#d?e%.md"), "a%20b/c%23d%3Fe%25.md");
        assert_eq!(reference("é:x.md"), "%C3%A9%3Ax.md");
        assert_eq!(reference("/tmp/x.md"), "file:///tmp/x.md");
        assert_eq!(reference("C:/a b.md"), "file:///C:/a%20b.md");
        assert_eq!(reference("<stdin>"), "%3Cstdin%3E");
        assert_eq!(
            line("https://example.org/blob/main/", "a (1).md", 3),
            "https://example.org/blob/main/a%20%281%29.md?plain=1#L3"
        );
    }
}
