//! `concise`: one line a finding, for people who grep and for editors that read compiler output.

use std::io::{self, Write};

use super::screen::{Style, clean};
use super::{FileReport, Options, places::FilePlaces, url};

/// `path:line:column: severity[rule] message`, in the order of the findings. Nothing else.
pub(super) fn write(files: &[FileReport], options: &Options, out: &mut dyn Write) -> io::Result<()> {
    for file in files {
        let mut places = FilePlaces::new(file);
        for diagnostic in file.diagnostics {
            let at = &diagnostic.primary;
            let source = file.source(at.file);
            let position = places.position(at);
            let kind = format!("{}[{}]", diagnostic.severity.name(), diagnostic.rule);
            let kind = options.paint(Style::Of(diagnostic.severity), &kind);
            writeln!(
                out,
                "{}:{}:{}: {} {}",
                options.paint(Style::Strong, source.path()),
                position.line,
                position.column,
                options.link(&kind, url(diagnostic.rule).as_deref()),
                clean(&diagnostic.message)
            )?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::{finding, findings, plain_file, review_file, sample, written};
    use crate::source::Source;

    #[test]
    fn one_line_a_finding() {
        let (review, found) = (sample(), findings());
        let text = written(|out| write(&[review_file(&review, &found)], &Options::default(), out));
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(lines.len(), found.len());
        assert_eq!(
            lines[0],
            "widget.md:8:3: error[unanswered-question] “Describe the roadmap process.” is not answered"
        );
    }

    #[test]
    fn a_path_or_message_with_escape_sequences_or_line_ends_stays_one_harmless_line() {
        let source = Source::new("a\u{1b}[2J.md", "é x");
        let mut found = finding("a", 3..4);
        found.message = "bad\n\u{1b}[31mtext".into();
        let found = [found];
        let text = written(|out| write(&[plain_file(&source, &found)], &Options::default(), out));
        assert_eq!(text, "a?[2J.md:1:3: error[a] bad ?[31mtext\n");
    }
}
