//! `checkstyle`: XML that most CI servers and review bots read.

use std::io::{self, Write};

use super::FileReport;
use super::places::{FilePlaces, known};
use super::xml::escaped;
use crate::diagnostic::{Diagnostic, Severity};

/// One element a physical file with findings, one a finding in it. The columns count Unicode code points.
pub(super) fn write(files: &[FileReport], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">")?;
    for file in files {
        let mut places = FilePlaces::new(file);
        let files = file.sources.len();
        for (at, source) in file.sources.iter().enumerate() {
            let here = |found: &&Diagnostic| known(files, found.primary.file) == at;
            let mut found = file.diagnostics.iter().filter(here).peekable();
            if found.peek().is_none() {
                continue;
            }
            writeln!(out, "  <file name=\"{}\">", escaped(source.path()))?;
            for diagnostic in found {
                out.write_all(element(diagnostic, &mut places).as_bytes())?;
            }
            writeln!(out, "  </file>")?;
        }
    }
    writeln!(out, "</checkstyle>")
}

fn element(diagnostic: &Diagnostic, places: &mut FilePlaces) -> String {
    let at = places.position(&diagnostic.primary);
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "info",
    };
    format!(
        "    <error line=\"{}\" column=\"{}\" severity=\"{severity}\" message=\"{}\" source=\"gtr.{}\"/>\n",
        at.line,
        at.column,
        escaped(&diagnostic.message),
        escaped(diagnostic.rule.0),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Label;
    use crate::report::testing::{finding, findings, plain_file, review_file, sample, written};
    use crate::source::{FileId, Source, Span};

    #[test]
    fn findings_stand_below_the_file_that_they_are_in() {
        let (review, mut found) = (sample(), findings().split_off(4));
        found[0].message = "a < b & \"c\"\u{7}".into();
        let metadata = Source::new("a&b/kep.yaml", "title: x\n");
        found.push(Diagnostic {
            severity: Severity::Note,
            primary: Label { file: FileId(1), ..Label::at(Span::new(0, 5)) },
            ..finding("kep-x", 0..5)
        });
        let mut file = review_file(&review, &found);
        file.sources.push(&metadata);
        let other = Source::new("clean.md", "");
        let text = written(|out| write(&[file, plain_file(&other, &[])], out));
        insta::assert_snapshot!(text);
        roxmltree::Document::parse(&text).expect("it is well-formed");
    }
}
