//! `jsonl`: one JSON object a line, one line a finding, for tools that read a stream. Schema 1, as `json`.

use std::io::{self, Write};

use serde::Serialize;

use super::FileReport;
use super::json::{self, Finding};
use super::places::FilePlaces;

/// A finding and the file that it is in; `document` is the review that the file belongs to.
#[derive(Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
pub(super) struct Line<'a> {
    schema: u32,
    path: &'a str,
    document: &'a str,
    #[serde(flatten)]
    finding: Finding<'a>,
}

/// The findings of `json` in its order. A run without findings is empty.
pub(super) fn write(files: &[FileReport], out: &mut dyn Write) -> io::Result<()> {
    for file in files.iter().filter(|file| !file.diagnostics.is_empty()) {
        let mut places = FilePlaces::new(file);
        for diagnostic in file.diagnostics {
            let line = Line {
                schema: 1,
                path: file.source(diagnostic.primary.file).path(),
                document: file.document().path(),
                finding: json::finding(file, diagnostic, &mut places),
            };
            serde_json::to_writer(&mut *out, &line)?;
            out.write_all(b"\n")?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::{findings, review_file, sample, written};

    #[test]
    fn one_object_a_line_with_what_json_has() {
        let (review, found) = (sample(), findings());
        let files = [review_file(&review, &found)];
        let text = written(|out| write(&files, out));
        let whole: serde_json::Value =
            serde_json::from_str(&written(|out| json::write(&files, out))).expect("it is JSON");
        let whole = whole["files"][0]["diagnostics"].as_array().expect("a list").clone();
        assert_eq!(text.lines().count(), whole.len());
        for (line, finding) in text.lines().zip(whole) {
            let line: serde_json::Value = serde_json::from_str(line).expect("a line is JSON");
            assert_eq!((&line["schema"], &line["path"]), (&1.into(), &"widget.md".into()));
            let same = finding.as_object().expect("an object").iter();
            assert!(same.clone().all(|(key, value)| key == "fingerprint" || line[key] == *value), "{line}");
        }
    }
}
