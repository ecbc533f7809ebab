//! Releases of kubernetes as kep.yaml writes them.

/// A release: major, minor, patch. Ordered as releases are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Release(pub(crate) u64, pub(crate) u64, pub(crate) u64);

/// The first release for which every stage needs a production readiness approval.
pub(crate) const PRR_FROM: Release = Release(1, 21, 0);

/// Reads a release as tolerantly as kubernetes' check does: a `v` in front, leading zeros and missing parts are
/// fine (<https://pkg.go.dev/github.com/blang/semver/v4#ParseTolerant>).
pub(crate) fn release(text: &str) -> Option<Release> {
    let text = text.trim();
    let text = text.strip_prefix('v').unwrap_or(text);
    let number = |part: Option<&str>| -> Option<u64> {
        let Some(part) = part else { return Some(0) };
        let digits = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| part.parse().ok()).flatten()
    };
    let mut parts = text.splitn(3, '.');
    let (major, minor) = (number(parts.next())?, number(parts.next())?);
    // a pre-release or a build may follow a full version only
    let patch = parts.next().and_then(|patch| patch.split(['-', '+']).next());
    Some(Release(major, minor, number(patch)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_are_read_tolerantly() {
        for (text, expected) in [
            ("v1.21", Some(Release(1, 21, 0))),
            ("1.9", Some(Release(1, 9, 0))),
            ("0.0", Some(Release(0, 0, 0))),
            ("v1.021.3", Some(Release(1, 21, 3))),
            ("1", Some(Release(1, 0, 0))),
            ("v1.22.0-alpha.1", Some(Release(1, 22, 0))),
            ("v1.22-alpha", None),
            ("TBD", None),
            ("v1.31, v1.32", None),
            ("", None),
            ("v", None),
            ("1.99999999999999999999999", None),
        ] {
            assert_eq!(release(text), expected, "{text}");
        }
        assert!(release("1.9") < release("v1.21"));
    }
}
