//! `github`: workflow commands, which GitHub shows beside the lines of a pull request.
//!
//! Of each level GitHub keeps ten annotations a step and drops the rest silently, in the order printed. So errors
//! come first, no more than ten of a level are printed, and a last line says what was left out.

use std::io::{self, Write};

use super::places::FilePlaces;
use super::screen::{clean, counted};
use super::{FileReport, count};
use crate::diagnostic::{Diagnostic, Severity};

/// Annotations that GitHub keeps of each level of a step.
const KEPT: usize = 10;

/// Most severe first.
const LEVELS: [(Severity, &str); 3] =
    [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Note, "notice")];

/// One command a line; within a level in the order of the findings.
pub(super) fn write(files: &[FileReport], out: &mut dyn Write) -> io::Result<()> {
    let mut cut = Vec::new();
    for (severity, command) in LEVELS {
        let mut left = KEPT;
        for file in files {
            let mut places = FilePlaces::new(file);
            let of_level = file.diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity);
            for diagnostic in of_level.take(left) {
                out.write_all(annotation(file, diagnostic, command, &mut places).as_bytes())?;
                left -= 1;
            }
            if left == 0 {
                break;
            }
        }
        let all: usize = files.iter().map(|file| count(file.diagnostics, severity)).sum();
        if all > KEPT {
            cut.push(counted(all - KEPT, severity.name()));
        }
    }
    if cut.is_empty() {
        return Ok(());
    }
    // no word of a document stands in this line
    writeln!(out, "gtr: GitHub shows {KEPT} annotations of a level; not among them: {}", cut.join(", "))
}

/// `::error file=…,line=…::message`. Columns only where both ends lie in one line: GitHub refuses others.
fn annotation(file: &FileReport, diagnostic: &Diagnostic, command: &str, places: &mut FilePlaces) -> String {
    let path = file.source(diagnostic.primary.file).path();
    let range = places.range(&diagnostic.primary);
    let mut text = format!("::{command} file={},line={}", property(path), range.line);
    text.push_str(&format!(",endLine={}", range.end_line));
    if range.line == range.end_line {
        text.push_str(&format!(",col={},endColumn={}", range.column, range.end_column));
    }
    text.push_str(&format!(",title={}::{}", property(diagnostic.rule.0), data(&diagnostic.message)));
    if let Some(help) = &diagnostic.help {
        text.push_str(&format!("%0A{}", data(&format!("help: {help}"))));
    }
    text.push('\n');
    text
}

/// Escapes a message: what follows the second `::`.
fn data(text: &str) -> String {
    clean(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes the value of a property, which ends at a comma or a colon.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::{finding, findings, plain_file, review_file, sample, written};
    use crate::source::Source;

    /// A command as the runner reads it: its name, its properties, its message.
    type Command = (String, Vec<(String, String)>, String);

    /// Reads a line by the rules of the toolkit: `::name key=value,…::message`.
    fn command(line: &str) -> Option<Command> {
        let rest = line.trim_start().strip_prefix("::")?;
        let (head, message) = rest.split_once("::")?;
        let (name, properties) = head.split_once(' ').unwrap_or((head, ""));
        let plain = |text: &str| text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%");
        let value = |text: &str| plain(&text.replace("%3A", ":").replace("%2C", ","));
        let pairs = properties.split(',').filter_map(|pair| pair.split_once('='));
        Some((
            name.to_string(),
            pairs.map(|(key, text)| (key.to_string(), value(text))).collect(),
            plain(message),
        ))
    }

    #[test]
    fn errors_come_first_and_are_read_back() {
        let (review, mut found) = (sample(), findings());
        found.rotate_right(1);
        let text = written(|out| write(&[review_file(&review, &found)], out));
        let commands: Vec<_> = text.lines().map(|line| command(line).expect(line)).collect();
        let names: Vec<_> = commands.iter().map(|(name, ..)| name.as_str()).collect();
        assert_eq!(names, ["error", "error", "error", "error", "error", "warning"]);
        assert_eq!(
            text.lines().next(),
            Some(
                "::error file=widget.md,line=8,endLine=8,col=3,endColumn=32,title=unanswered-question::“Describe the roadmap process.” is not answered%0Ahelp: answer below the question, or write N/A with a reason"
            )
        );
    }

    #[test]
    fn a_place_of_several_lines_has_no_columns() {
        let source = Source::new("x, y: 100%.md", "one\ntwo");
        let mut found = finding("a", 1..6);
        found.message = "50 %: a, b::c\nd %0A".into();
        let text = written(|out| write(&[plain_file(&source, &[found])], out));
        let (_, properties, message) = command(text.trim_end()).expect("it is a command");
        let expected = [("file", "x, y: 100%.md"), ("line", "1"), ("endLine", "2"), ("title", "a")];
        assert_eq!(properties, expected.map(|(key, value)| (key.to_string(), value.to_string())));
        assert_eq!(message, "50 %: a, b::c d %0A");
    }

    #[test]
    fn ten_of_a_level_and_a_word_about_the_rest() {
        let source = Source::new("x.md", "x");
        let mut all: Vec<_> = (0..12).map(|_| finding("a", 0..1)).collect();
        all.extend((0..3).map(|_| Diagnostic { severity: Severity::Note, ..finding("b", 0..1) }));
        all.extend((0..11).map(|_| Diagnostic { severity: Severity::Warning, ..finding("b", 0..1) }));
        let files = [plain_file(&source, &all[..6]), plain_file(&source, &all[6..])];
        let text = written(|out| write(&files, out));
        let of = |name: &str| text.lines().filter(|line| line.starts_with(&format!("::{name} "))).count();
        assert_eq!((of("error"), of("warning"), of("notice")), (10, 10, 3));
        assert!(text.ends_with("of a level; not among them: 2 errors, 1 warning\n"), "{text}");
        assert_eq!(text.lines().filter(|line| !line.starts_with("::")).count(), 1);
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_another_command(
            message in "[:#\\[%,=A0D \\r\\n\u{1b}\u{85}\u{2028}é]{0,40}",
            path in "[:#\\[%,=A0D \\r\\né]{1,20}",
        ) {
            let source = Source::new(path.as_str(), "one\r\ntwo");
            let mut found = finding("a", 0..2);
            found.message = message.clone();
            found.help = Some(message.clone());
            let text = written(|out| write(&[plain_file(&source, &[found])], out));
            proptest::prop_assert_eq!(text.split(['\n', '\r']).filter(|line| !line.is_empty()).count(), 1);
            let (name, properties, read) = command(text.trim_end_matches('\n')).expect("it is a command");
            proptest::prop_assert_eq!(name, "error");
            proptest::prop_assert_eq!(&properties[0].1, &clean(&path));
            proptest::prop_assert_eq!(read, format!("{}\nhelp: {}", clean(&message), clean(&message)));
        }
    }
}
