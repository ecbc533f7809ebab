//! Which bytes of a file reach the decoder at all. kubernetes reads line by line before it decodes:
//! <https://github.com/kubernetes/enhancements/blob/master/api/proposal.go>.

use memchr::memmem;

use super::{MetadataKind, Problem, ProblemKind};
use crate::source::{Source, Span};

/// A line this long (its line end left out) ends the reading.
const LONGEST: usize = 64 * 1024;

/// What is read of a file.
pub(super) struct Read {
    /// The bytes that are decoded, a byte order mark left out.
    pub(super) span: Span,
    /// Lines too long, lines that cut the file.
    pub(super) problems: Vec<Problem>,
}

/// Finds the bytes that are decoded. In kep.yaml every line with `---` anywhere in it separates: what stands
/// between the first and the second one counts, or all when there is none.
pub(super) fn read(source: &Source, kind: MetadataKind) -> Read {
    let text = source.text();
    let start = source.bom_length() as usize;
    let whole = Span::from_range(start..text.len());
    let mut problems = Vec::new();
    // most files are short and have nothing that separates
    if text.len() < LONGEST && !(kind == MetadataKind::Kep && memmem::find(text.as_bytes(), b"---").is_some())
    {
        return Read { span: whole, problems };
    }
    let mut separators: Vec<Span> = Vec::new();
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        let bare = line.trim_end_matches('\n');
        if bare.len() >= LONGEST {
            let span = Span::from_range(at..at + bare.trim_end().len());
            problems.push(Problem { span, kind: ProblemKind::LongLine });
        }
        if kind == MetadataKind::Kep && separators.len() < 2 && bare.contains("---") {
            separators.push(Span::from_range(at..at + line.len()));
        }
        at += line.len();
    }
    let Some(first) = separators.first() else { return Read { span: whole, problems } };
    let end = separators.get(1).map_or(whole.end, |second| second.start);
    let read = Span::new(first.end, end);
    for (at, separator) in separators.iter().enumerate() {
        let lost = if at == 0 {
            Span::new(whole.start, separator.start)
        } else {
            Span::new(separator.end, whole.end)
        };
        let line = source.slice(*separator).trim();
        let says_something = |text: &str| {
            text.lines()
                .map(str::trim)
                .any(|line| !line.is_empty() && !line.starts_with('#') && line != "...")
        };
        if says_something(source.slice(lost))
            || (!line.trim_matches('-').is_empty() && !line.starts_with('#'))
        {
            let from = separator.start + source.slice(*separator).find("---").unwrap_or(0) as u32;
            let span = Span::new(from, from + 3);
            problems.push(Problem { span, kind: ProblemKind::Truncated { read } });
        }
    }
    Read { span: read, problems }
}

/// The first line that is not blank, without the space around it.
pub(super) fn first_line(source: &Source) -> Span {
    let mut at = source.bom_length() as usize;
    for line in source.text()[at..].split_inclusive('\n') {
        let bare = line.trim();
        if !bare.is_empty() {
            let from = at + line.len() - line.trim_start().len();
            return Span::from_range(from..from + bare.len());
        }
        at += line.len();
    }
    Span::from_range(at..at)
}
