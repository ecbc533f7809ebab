//! `gitlab`: a Code Quality report, which GitLab shows in merge requests.

use std::io::{self, Write};

use serde::Serialize;

use super::FileReport;
use super::places::FilePlaces;
use crate::diagnostic::{Fingerprint, Severity};

#[derive(Serialize)]
struct Issue<'a> {
    description: &'a str,
    check_name: &'a str,
    /// Unlike all others of the run: GitLab shows one issue of a fingerprint.
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

/// One array for the run, in the order of the findings.
pub(super) fn write(files: &[FileReport], out: &mut dyn Write) -> io::Result<()> {
    let mut issues = Vec::new();
    for file in files.iter().filter(|file| !file.diagnostics.is_empty()) {
        let mut places = FilePlaces::new(file);
        for diagnostic in file.diagnostics {
            let path = file.source(diagnostic.primary.file).path();
            let path = path.strip_prefix("./").unwrap_or(path);
            let range = places.range(&diagnostic.primary);
            issues.push(Issue {
                description: &diagnostic.message,
                check_name: diagnostic.rule.0,
                fingerprint: in_file(path, diagnostic.fingerprint),
                severity: match diagnostic.severity {
                    Severity::Error => "major",
                    Severity::Warning => "minor",
                    Severity::Note => "info",
                },
                location: Location { path, lines: Lines { begin: range.line, end: range.end_line } },
            });
        }
    }
    let mut text = serde_json::to_vec_pretty(&issues)?;
    text.push(b'\n');
    out.write_all(&text)
}

/// The fingerprint together with the path (FNV-1a), since alone it survives a move of the file.
fn in_file(path: &str, fingerprint: Fingerprint) -> String {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    let hash =
        path.bytes().chain([0xff]).chain(fingerprint.0.to_le_bytes()).fold(0xcbf2_9ce4_8422_2325, step);
    Fingerprint(hash).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::{finding, findings, plain_file, review_file, sample, written};
    use crate::source::Source;

    #[test]
    fn the_documented_shape() {
        let (review, found) = (sample(), findings().split_off(4));
        insta::assert_snapshot!(written(|out| write(&[review_file(&review, &found)], out)));
        assert_eq!(written(|out| write(&[], out)), "[]\n");
    }

    #[test]
    fn equal_findings_in_two_files_have_two_fingerprints() {
        let all = [finding("a", 0..1)];
        let sources = ["./a.md", "b.md"].map(|path| Source::new(path, "x"));
        let mut out = Vec::new();
        write(&sources.each_ref().map(|source| plain_file(source, &all)), &mut out).expect("memory");
        let issues: serde_json::Value = serde_json::from_slice(&out).expect("it is JSON");
        assert_ne!(issues[0]["fingerprint"], issues[1]["fingerprint"]);
        assert_eq!(issues[0]["location"]["path"], "a.md");
    }
}
