//! The lines below a rule's headline: where it was found, first with excerpts, then as numbers.

use super::groups::Group;
use super::quotes::{one_line, quoted, wording};
use super::screen::{Style, clean, clip, flow, width, wrap};
use super::summary::short_title;
use super::{FileReport, Options};
use crate::diagnostic::{Diagnostic, Label};
use crate::review::Review;
use crate::source::Source;
use crate::template::{ItemIndex, ItemKind};

/// How many places are shown with an excerpt.
const SHOWN: usize = 3;
/// Columns before the text of a row: a line number and a bar.
pub(super) const MARGIN: usize = 10;
/// Widest text of the document that is put before a question.
const LEAD: usize = 20;

/// One place: its line, a few words of the document, and the text beside it.
struct Row {
    line: u32,
    lead: String,
    text: String,
    notes: Vec<String>,
}

/// A group of several findings: its rows, the lines of the rest, help once.
pub(super) fn group(file: &FileReport, group: &Group, options: &Options) -> String {
    let source = file.source(group.file);
    let uniform = group.is_uniform();
    let help = group.shared(|diagnostic| diagnostic.help.as_deref());
    let fix = group.shared(|diagnostic| diagnostic.fix.as_ref().map(|fix| fix.title.as_str()));
    // what is nowhere has no line of its own to look at, so all of it is named
    let named_by_line = group.found.windows(2).all(|pair| pair[0].primary.span != pair[1].primary.span);
    let shown = if named_by_line { shown_of(group.found.len()) } else { group.found.len() };
    let row = |diagnostic: &&Diagnostic| {
        let mut notes: Vec<String> = diagnostic.related.iter().map(|label| also(file, label)).collect();
        if notes.len() > SHOWN {
            let more = notes.len() - SHOWN;
            notes.truncate(SHOWN);
            notes.push(format!("and {more} more places"));
        }
        notes.extend(diagnostic.help.iter().filter(|_| help.is_none()).map(|help| format!("help: {help}")));
        let (lead, text) = if uniform { subject(file, diagnostic) } else { Default::default() };
        let text = if uniform { text } else { clean(&diagnostic.message) };
        Row { line: source.line(diagnostic.primary.span.start), lead, text, notes }
    };
    let rows: Vec<Row> = group.found[..shown].iter().map(row).collect();
    let rest = group.found[shown..].iter().map(|diagnostic| source.line(diagnostic.primary.span.start));
    let mut out = render(&rows, !uniform, options);
    out.push_str(&more(&rest.collect::<Vec<_>>(), options));
    out.push_str(&advice(help, fix, group.found[0], options));
    out
}

/// Help and fix of a finding, each on lines of its own.
pub(super) fn advice(
    help: Option<&str>,
    fix: Option<&str>,
    diagnostic: &Diagnostic,
    options: &Options,
) -> String {
    let mut out = String::new();
    let mut line = |name: &str, text: &str| {
        let first = format!("       {} ", options.paint(Style::Strong, name));
        let hang = width(&first);
        out.push_str(&wrap(&first, hang, &clean(text), options.columns()));
        out.push('\n');
    };
    if let Some(help) = help {
        line("help:", help);
    }
    if let Some(fix) = fix {
        let safe = diagnostic.fix.as_ref().is_some_and(|fix| fix.safe);
        line(if safe { "fix:" } else { "fix, to be looked at first:" }, fix);
    }
    out
}

/// The one place of a single finding as a row, for places that need no pointing into the line.
pub(super) fn single(file: &FileReport, diagnostic: &Diagnostic, options: &Options) -> String {
    let at = &diagnostic.primary;
    let source = file.source(at.file);
    let here = one_line(source, at.span);
    let text = match &at.message {
        // the first line of a comment has nothing but its mark
        Some(message) if here.is_empty() => clean(message),
        Some(message) => {
            // what stands there gives way to a short remark: it is what the place is shown for
            let remark = format!("  ({})", clean(message));
            let room = options.columns().saturating_sub(MARGIN + width(&remark));
            if room >= LEAD { clip(&here, room) + &remark } else { here + &remark }
        }
        // of what is nowhere the line is only the place where it would go
        None if about(file, diagnostic).is_some_and(is_nowhere) => format!("below “{here}”"),
        None if here.is_empty() => clean(source.slice(at.span).trim()),
        None => here,
    };
    let row = Row { line: source.line(at.span.start), lead: String::new(), text, notes: Vec::new() };
    render(&[row], false, options)
}

/// The other places of a single finding: the first ones with text, then line numbers by file.
pub(super) fn related(file: &FileReport, diagnostic: &Diagnostic, options: &Options) -> String {
    let here = diagnostic.primary.file;
    let (same, other): (Vec<&Label>, Vec<&Label>) =
        diagnostic.related.iter().partition(|label| label.file == here);
    let source = file.source(here);
    let shown = shown_of(same.len());
    let row = |label: &&Label| Row {
        line: source.line(label.span.start),
        lead: String::new(),
        text: label.message.as_deref().map_or_else(|| one_line(source, label.span), clean),
        notes: Vec::new(),
    };
    let mut out = render(&same[..shown].iter().map(row).collect::<Vec<_>>(), false, options);
    let rest = same[shown..].iter().map(|label| source.line(label.span.start));
    out.push_str(&more(&rest.collect::<Vec<_>>(), options));
    for label in other {
        out.push_str(&wrap("       ", 9, &also(file, label), options.columns()));
        out.push('\n');
    }
    out
}

/// One row more than the limit is shown rather than announced.
fn shown_of(count: usize) -> usize {
    if count <= SHOWN + 1 { count } else { SHOWN }
}

fn also(file: &FileReport, label: &Label) -> String {
    let source = file.source(label.file);
    let line = source.line(label.span.start);
    let what = label.message.as_deref().map_or_else(|| one_line(source, label.span), clean);
    let what = clip(&what, 120);
    if label.file == crate::source::FileId(0) {
        format!("see line {line}: {what}")
    } else {
        format!("see {}:{line}: {what}", clean(source.path()))
    }
}

/// The item that a finding is about.
fn about<'a>(file: &FileReport<'a>, diagnostic: &Diagnostic) -> Option<(&'a Review, ItemIndex)> {
    let review = file.review?;
    Some((review, review.template.find(diagnostic.item.as_deref()?)?))
}

fn is_nowhere((review, index): (&Review, ItemIndex)) -> bool {
    review.bound(index).prompts.is_empty()
}

/// What a finding is about, and what stands in the document instead if that is short; of what is asked nowhere the
/// beginning of the heading that it belongs below.
fn subject(file: &FileReport, diagnostic: &Diagnostic) -> (String, String) {
    let at = &diagnostic.primary;
    let here = one_line(file.source(at.file), at.span);
    let item = about(file, diagnostic);
    if let Some((review, index)) = item.filter(|item| is_nowhere(*item))
        && review.item(index).kind == ItemKind::Section
    {
        // two titles in a row would not tell which of them is absent
        return (String::new(), format!("{}, below “{}”", short_title(review, index), clip(&here, 2 * LEAD)));
    }
    let text = match (item, quoted(&diagnostic.message)) {
        (Some((review, index)), _) => wording(review.item(index).wording(review.revision)),
        (None, Some(quote)) => clean(quote),
        (None, None) => return (String::new(), here),
    };
    let is_prompt = item.is_some_and(|(review, index)| {
        review.bound(index).prompts.iter().any(|prompt| prompt.span.overlaps(at.span))
    });
    let leads =
        !is_prompt && (item.is_some_and(is_nowhere) || width(&here) <= LEAD) && !text.contains(here.as_str());
    (if leads { clip(&here, LEAD) } else { String::new() }, text)
}

/// Lays rows out with aligned bars; one line each unless `whole`, which wraps.
fn render(rows: &[Row], whole: bool, options: &Options) -> String {
    let lead = rows.iter().map(|row| width(&row.lead)).max().unwrap_or(0);
    let lead = if lead > 0 { lead + 3 } else { 0 };
    let columns = options.columns();
    let mut out = String::new();
    for row in rows {
        let number = options.paint(Style::Faint, &format!("{:>7} |", row.line));
        let first = format!("{number} {}{}", row.lead, " ".repeat(lead - width(&row.lead)));
        if whole {
            let bar = options.paint(Style::Faint, "        |");
            let room = columns - MARGIN;
            let lines = wrap("", 0, &row.text, room);
            for (at, line) in lines.lines().enumerate() {
                out.push_str(&if at == 0 { format!("{first}{line}\n") } else { format!("{bar} {line}\n") });
            }
        } else {
            let text = clip(&row.text, columns.saturating_sub(MARGIN + lead).max(10));
            out.push_str(format!("{first}{text}").trim_end());
            out.push('\n');
        }
        for note in &row.notes {
            out.push_str(&wrap("          ", 12, &clean(note), columns));
            out.push('\n');
        }
    }
    out
}

/// `and 10 more: lines 76 78 80`.
fn more(lines: &[u32], options: &Options) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let first = format!("       and {} more: ", lines.len());
    let mut pieces = vec!["lines".to_string()];
    // several findings in one line are said once, with their number
    let mut runs: Vec<(u32, usize)> = Vec::new();
    for &line in lines {
        match runs.last_mut() {
            Some((last, times)) if *last == line => *times += 1,
            _ => runs.push((line, 1)),
        }
    }
    let run = |(line, times): (u32, usize)| {
        if times == 1 { line.to_string() } else { format!("{line}({times}×)") }
    };
    pieces.extend(runs.into_iter().map(run));
    flow(&first, 11, " ", &pieces, options.columns()) + "\n"
}

/// The headline's words for several findings: the rule's summary with their number.
pub(super) fn headline(group: &Group) -> String {
    let first = &group.found[0].message;
    let times = group.found.len();
    let same = group.found.iter().all(|diagnostic| diagnostic.message == *first);
    match crate::rules::find(group.rule.0) {
        Some(rule) if !same => format!("{times} times: {}", rule.info().summary),
        _ if same => format!("{times} times: {first}"),
        _ => format!("{times} findings"),
    }
}

/// The file of a group, said only when it is not the document.
pub(super) fn elsewhere<'a>(file: &FileReport<'a>, group: &Group) -> Option<&'a Source> {
    (group.file != crate::source::FileId(0)).then(|| file.source(group.file))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::groups::groups;
    use crate::report::testing::{TEXT, finding, review_file, sample};

    fn at(part: &str) -> std::ops::Range<usize> {
        let start = TEXT.find(part).expect("it is in the sample");
        start..start + part.len()
    }

    fn about(item: &str, range: std::ops::Range<usize>, message: &str) -> Diagnostic {
        Diagnostic { item: Some(item.into()), message: message.into(), ..finding("some-rule", range) }
    }

    fn shown(diagnostics: &[Diagnostic]) -> String {
        let review = sample();
        let file = review_file(&review, diagnostics);
        groups(diagnostics).iter().map(|found| group(&file, found, &Options::default())).collect()
    }

    #[test]
    fn what_stands_there_is_put_before_the_question_that_is_meant() {
        let all = [
            about("day0.scope.target-persona", at("N/A"), "“Describe the…” is N/A"),
            about("day0.scope.end-user-research", at("TBD"), "“Please describe…” is N/A"),
            about("day0.scope.primary-use-case", at("Explain the primary"), "“Explain…” is N/A"),
        ];
        let expected = "     13 | N/A   Describe the target persona or user(s) for the project?
     14 |       Explain the primary use case for the project.
     17 | TBD   Please describe any completed end user research and link to any…
";
        assert_eq!(shown(&all), expected);
    }

    #[test]
    fn a_row_says_what_its_place_is_and_what_stands_there_if_anything_does() {
        let review = sample();
        let row = |range: std::ops::Range<usize>| {
            let mut one = finding("some-rule", range);
            one.primary.message = Some("comment of the template".into());
            single(&review_file(&review, std::slice::from_ref(&one)), &one, &Options::default())
        };
        let scope = at("Scope");
        assert_eq!(row(scope.clone()), "      6 | Scope  (comment of the template)\n");
        assert_eq!(
            row(at("Explain the primary use case for the project.")),
            "     14 | Explain the primary use case for the…  (comment of the template)\n"
        );
        assert_eq!(row(scope.start..scope.start), "      6 | comment of the template\n");
    }

    #[test]
    fn a_section_that_is_nowhere_is_told_from_the_heading_above_its_place() {
        let mut review = sample();
        for id in ["day0.usability", "day2"] {
            let index = review.template.find(id).expect("it is in the sample");
            review.items[usize::from(index.0)].prompts.clear();
        }
        let all = [
            about("day0.usability", at("Scope"), "section “Usability” is missing"),
            about("day2", at("Day 0 - Planning Phase"), "section “Day 2” is missing"),
        ];
        let file = review_file(&review, &all);
        let together: String =
            groups(&all).iter().map(|found| group(&file, found, &Options::default())).collect();
        let expected =
            "      5 | Day 2, below “Day 0 - Planning Phase”\n      6 | Usability, below “Scope”\n";
        assert_eq!(together, expected);
        assert_eq!(single(&file, &all[0], &Options::default()), "      6 | below “Scope”\n");
    }

    #[test]
    fn messages_and_help_that_differ_are_printed_whole() {
        let mut all = [finding("a", at("Usability")), finding("a", at("We."))];
        all[0].message = "this heading is not what the template has and it takes more than one line".into();
        all[0].help = Some("rename it".into());
        let expected = "     21 | this heading is not what the template has and it takes more than one
        | line
          help: rename it
     19 | something is wrong
";
        let lines: std::collections::BTreeSet<String> = shown(&all).lines().map(String::from).collect();
        assert_eq!(lines, expected.lines().map(String::from).collect());
    }

    #[test]
    fn every_line_number_is_printed_and_no_line_twice() {
        let all: Vec<_> = (0..60).map(|at| finding("a", at * 10..at * 10 + 2)).collect();
        let text = shown(&all);
        assert!(text.contains("and 57 more: lines 1(") && text.contains("×)"), "{text}");
        assert!(text.lines().all(|line| width(line) <= 80), "{text}");
        assert_eq!(shown_of(4), 4, "a fourth row takes no more room than its announcement");
    }
}
