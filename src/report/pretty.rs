//! `pretty`: for people. Grouped by rule, every line number printed, excerpts for the first places.
//!
//! The only file that names miette, which draws a single finding's place inside its line.

use std::io::{self, Write};

use miette::{
    Diagnostic as Drawn, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError,
    MietteSpanContents, SourceCode, SourceSpan, SpanContents,
};

use super::coverage::{Count, coverage};
use super::excerpt::{Excerpt, is_inside_line};
use super::footer::{closing, coverage_lines};
use super::groups::{Group, groups};
use super::screen::{Style, clean, counted, flow, width, wrap};
use super::summary::{identity, kep_identity, level_name, template_name};
use super::{FileReport, Options, rows, url};
use crate::diagnostic::Diagnostic;

/// Where the number of a line ends, here and in the rows of groups.
const NUMBER: usize = 6;

/// All documents, a line of totals when there are several.
pub(super) fn write(files: &[FileReport], options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let shown: Vec<&FileReport> = files.iter().filter(|file| file.is_shown()).collect();
    let mut total = Count::default();
    // documents with findings stand apart, clean ones in a list
    let (mut any, mut apart) = (false, false);
    for file in &shown {
        let coverage = file.review.map(coverage).unwrap_or_default();
        total = total.plus(&coverage.total);
        if file.diagnostics.is_empty() {
            if !options.quiet {
                if apart {
                    writeln!(out)?;
                }
                writeln!(out, "{}", clean_document(file, &coverage.total, options))?;
                (any, apart) = (true, false);
            }
            continue;
        }
        if any {
            writeln!(out)?;
        }
        (any, apart) = (true, true);
        writeln!(out, "{}", header(file, options))?;
        for group in groups(file.diagnostics) {
            writeln!(out)?;
            out.write_all(findings(file, &group, options).as_bytes())?;
        }
        if !options.quiet {
            writeln!(out)?;
            if let Some(review) = file.review {
                out.write_all(coverage_lines(review, &coverage, options).as_bytes())?;
            }
            // nothing is counted where the level is unknown, and the lines above say so
            let levelled = file.review.is_some_and(|review| review.level.index.is_some());
            let parts = closing(&[file], levelled.then_some(&coverage.total));
            writeln!(out, "{}", flow("", 0, " ", &parts, options.columns()))?;
        }
    }
    if shown.len() > 1 && !options.quiet {
        let mut parts = vec![format!("{}:", counted(shown.len(), "document"))];
        parts.extend(closing(&shown, Some(&total)));
        writeln!(out, "\n{}", flow("", 0, " ", &parts, options.columns()))?;
    }
    Ok(())
}

/// Path, template, questions, level.
fn header(file: &FileReport, options: &Options) -> String {
    let path = options.paint(Style::Strong, file.document().path());
    let pieces = match (file.review, file.kep) {
        (Some(review), _) => identity(review),
        (None, Some(kep)) => kep_identity(kep, file.document()),
        (None, None) => return path,
    };
    let rest: usize = pieces.iter().map(|piece| width(piece) + 1).sum();
    if width(&path) + 1 + rest <= options.columns() {
        return format!("{path}  {}", pieces.join(" "));
    }
    format!("{path}\n{}", flow("  ", 2, " ", &pieces, options.columns()))
}

/// One line, whatever its length, so that a run over many documents reads as a list.
fn clean_document(file: &FileReport, answers: &Count, options: &Options) -> String {
    let path = options.paint(Style::Strong, file.document().path());
    let mut out = format!("{path}  {}", options.paint(Style::Good, "no findings"));
    if let Some(review) = file.review {
        let level = level_name(review).unwrap_or("unknown level");
        let source = review.level.source.name();
        out += &clean(&format!("; {}, {level} ({source})", template_name(review)));
        if answers.required() > 0 {
            out += &format!(", {}/{} answered", answers.good(), answers.required());
        }
    } else if let Some(kep) = file.kep {
        out += &format!("; {}", clean(&kep_identity(kep, file.document()).join(" ")));
    }
    if let Some(cap) = file.review.and_then(|review| review.cap) {
        out += &format!(", {}", cap.name());
    }
    if !file.suppressed.is_empty() {
        out += &format!(", {} silenced", file.suppressed.len());
    }
    out
}

/// Headline, places, help of one group.
fn findings(file: &FileReport, group: &Group, options: &Options) -> String {
    let kind =
        options.paint(Style::Of(group.severity), &format!("{}[{}]", group.severity.name(), group.rule));
    let first = format!("{}: ", options.link(&kind, url(group.rule).as_deref()));
    let single = group.found.len() == 1;
    let words = if single { group.found[0].message.clone() } else { rows::headline(group) };
    let mut out = wrap(&first, 2, &clean(&words), options.columns());
    out.push('\n');
    if let Some(source) = rows::elsewhere(file, group) {
        out.push_str(&format!("    in {}\n", options.paint(Style::Strong, source.path())));
    }
    if !single {
        return out + &rows::group(file, group, options);
    }
    let diagnostic = group.found[0];
    let at = &diagnostic.primary;
    let pointed = is_inside_line(file.source(at.file), at.span).then(|| snippet(file, diagnostic, options));
    match pointed.flatten() {
        Some(snippet) => out.push_str(&snippet),
        None => out.push_str(&rows::single(file, diagnostic, options)),
    }
    out.push_str(&rows::related(file, diagnostic, options));
    let fix = diagnostic.fix.as_ref().map(|fix| fix.title.as_str());
    out + &rows::advice(diagnostic.help.as_deref(), fix, diagnostic, options)
}

/// One line as miette wants it: it knows its number, nothing of the rest of the file.
#[derive(Debug)]
struct Line {
    excerpt: Excerpt,
    label: Option<String>,
}

impl SourceCode for Line {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        _before: usize,
        _after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let text = self.excerpt.text.as_bytes();
        if span.offset() + span.len() > text.len() {
            return Err(MietteError::OutOfBounds);
        }
        let whole = SourceSpan::from(0..text.len());
        Ok(Box::new(MietteSpanContents::new(text, whole, self.excerpt.line as usize - 1, 0, 1)))
    }
}

impl std::fmt::Display for Line {
    fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Line {}

impl Drawn for Line {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let range = &self.excerpt.marked;
        Some(Box::new(std::iter::once(LabeledSpan::new(self.label.clone(), range.start, range.len()))))
    }
}

/// The line with a mark under the place. `None` when miette cannot draw it.
fn snippet(file: &FileReport, diagnostic: &Diagnostic, options: &Options) -> Option<String> {
    let at = &diagnostic.primary;
    let source = file.source(at.file);
    let room = options.columns() - rows::MARGIN;
    let excerpt = Excerpt::new(source, at.span, room);
    let indent = " ".repeat(NUMBER.saturating_sub(excerpt.line.to_string().len()));
    // miette breaks no label and hangs it on the middle of the mark, counting one column or more a character,
    // so one that would not fit stands below
    let columns = |text: &str| text.chars().map(|c| width(c.encode_utf8(&mut [0; 4])).max(1)).sum::<usize>();
    let (ahead, mark) = (&excerpt.text[..excerpt.marked.start], &excerpt.text[excerpt.marked.clone()]);
    let before = columns(ahead) + columns(mark).div_ceil(2);
    let (beside, below) = match at.message.as_deref().map(clean) {
        Some(label) if before + width(&label) + 8 <= room => (Some(label), None),
        other => (None, other),
    };
    let theme = if options.colour { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let mut drawn = String::new();
    GraphicalReportHandler::new_themed(theme)
        .with_links(false)
        .with_width(options.columns())
        .with_context_lines(0)
        .render_report(&mut drawn, &Line { excerpt, label: beside })
        .ok()?;
    // the headline is ours: what miette draws of it ends where the frame begins
    let frame = drawn.lines().skip_while(|line| !line.contains('╭'));
    let mut out: String = frame.map(|line| format!("{indent}{}\n", line.trim_end())).collect();
    if let Some(below) = below {
        out.push_str(&wrap("       ", 7, &below, options.columns()));
        out.push('\n');
    }
    (!out.is_empty()).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Label, Severity};
    use crate::report::testing::{finding, findings, plain_file, review_file, sample, written};
    use crate::review::{Cap, Review};
    use crate::source::{FileId, Source, Span};

    fn shown(files: &[FileReport], options: &Options) -> String {
        written(|out| write(files, options, out))
    }

    #[test]
    fn a_document_with_findings() {
        let (review, found) = (sample(), findings());
        let text = shown(&[review_file(&review, &found)], &Options::default());
        insta::assert_snapshot!(text);
    }

    #[test]
    fn a_clean_document_is_one_line_and_quiet_says_nothing_of_it() {
        let review = sample();
        let files = [review_file(&review, &[])];
        let text = shown(&files, &Options::default());
        assert_eq!(text.lines().count(), 1, "{text}");
        assert!(text.contains("no findings"), "{text}");
        assert_eq!(shown(&files, &Options { quiet: true, ..Options::default() }), "");
    }

    #[test]
    fn the_line_of_a_proposal_says_why_its_findings_weigh_less() {
        for (cap, word) in [(Cap::Settled, ", settled"), (Cap::Retiring, ", retiring")] {
            let review = Review { cap: Some(cap), ..sample() };
            let text = shown(&[review_file(&review, &[])], &Options::default());
            assert!(text.contains(word), "{text}");
        }
    }

    #[test]
    fn several_documents_companions_and_labels() {
        let (review, mut found) = (sample(), findings());
        found.drain(..4);
        found[0].related = (0..6).map(|at| Label::at(Span::new(at * 40, at * 40 + 12))).collect();
        found[1].primary.message = Some("this is what a reviewer stumbles over".into());
        let mut other = finding("kep-invalid-date", 7..17);
        other.primary.file = FileId(1);
        other.severity = Severity::Note;
        other.message = "the date “2026-13-01” is not in the calendar".into();
        other.related.push(Label::with(Span::new(0, 5), "the title"));
        found.push(other);
        let metadata = Source::new("keps/1234/kep.yaml", "date: '2026-13-01' # a date\n");
        let mut file = review_file(&review, &found);
        file.sources.push(&metadata);
        let text = shown(&[file, review_file(&review, &[])], &Options::default());
        insta::assert_snapshot!(text);
    }

    #[test]
    fn hostile_text_is_harmless_and_narrow() {
        let hostile = format!("a \u{1b}[31m\u{202e}x{} TODO {}", "日本".repeat(70_000), "b".repeat(70_000));
        let source = Source::new("evil\u{7}.md", hostile.as_str());
        let at = hostile.find("TODO").expect("it is there");
        let mut one = finding("a", at..at + 4);
        one.primary.message = Some("\u{1b}]0;title\u{7} ".repeat(20));
        let all = [one, finding("b", 2..300_000), finding("c", 2..9), finding("c", at..at + 1)];
        let text = shown(&[plain_file(&source, &all)], &Options::default());
        assert!(!text.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{text}");
        assert!(text.lines().all(|line| width(line) <= 80), "{text}");
    }

    #[test]
    fn every_line_fits_whatever_the_width_and_colours_change_no_text() {
        let (review, found) = (sample(), findings());
        let files = [review_file(&review, &found)];
        for columns in [60, 80, 120] {
            let text = shown(&files, &Options { width: columns, ..Options::default() });
            let long: Vec<_> = text.lines().filter(|line| width(line) > columns).collect();
            assert!(long.is_empty(), "{columns}: {long:#?}");
        }
        let coloured = shown(&files, &Options { colour: true, ..Options::default() });
        let escape = regex::Regex::new("\u{1b}\\[[0-9;]*m").expect("a valid pattern");
        assert_eq!(escape.replace_all(&coloured, ""), shown(&files, &Options::default()));
    }

    proptest::proptest! {
        #[test]
        fn any_text_and_any_span_give_harmless_narrow_lines(
            text in "[a-c \\t\\r\\n*#é日\u{1b}\u{202e}\u{7}\u{301}\u{feff}😀]{0,120}",
            spans in proptest::collection::vec((0u32..300, 0u32..90, 0usize..3), 1..8),
            columns in 0usize..100,
        ) {
            let source = Source::new("x.md", text);
            let rules = ["a", "b", "c"];
            let all: Vec<_> = spans
                .iter()
                .map(|(start, length, rule)| {
                    let mut one = finding(rules[*rule], 0..0);
                    one.primary = Label::with(Span::new(*start, start + length), "a remark about this place");
                    one.related = vec![Label::at(Span::new(*length, *start))];
                    one
                })
                .collect();
            let options = Options { width: columns, ..Options::default() };
            let out = shown(&[plain_file(&source, &all)], &options);
            let harmful = out.contains(['\u{1b}', '\u{7}', '\u{202e}', '\t', '\r']);
            proptest::prop_assert!(!harmful, "{:?}", out);
            for line in out.lines() {
                proptest::prop_assert!(width(line) <= options.columns(), "{}", line);
            }
        }
    }
}
