//! HTML comments as blocks with parsed content, and headings that comments and fences swallow.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::parse::Builder;
use super::{BlockId, BlockKind, LostCause, LostHeading};
use crate::source::Span;

static OPEN: LazyLock<Finder> = LazyLock::new(|| Finder::new("<!--"));
static CLOSE: LazyLock<Finder> = LazyLock::new(|| Finder::new("-->"));
/// What a line begins with that can be a heading.
static HEADING: LazyLock<Finder> = LazyLock::new(|| Finder::new("\n#"));

/// Cuts a block of raw HTML into comments and the rest.
pub(super) fn html_block(builder: &mut Builder, span: Span) {
    let text = &builder.text[span.range()];
    let mut at = 0;
    while let Some(open) = OPEN.find(&text.as_bytes()[at..]).map(|found| at + found) {
        html(builder, span, at, open);
        let inner = open + 4;
        // `<!-->` and `<!--->` are whole comments to GitHub
        let close = CLOSE.find(&text.as_bytes()[inner - 2..]).map(|found| inner - 2 + found);
        let end = close.map_or(text.len(), |close| close + 3);
        let comment = Span::new(span.start + open as u32, span.start + end as u32);
        let id = builder.open(BlockKind::Comment { closed: close.is_some() }, comment);
        let content_end = close.unwrap_or(text.len()).max(inner);
        let content = Span::new(span.start + inner as u32, span.start + content_end as u32);
        let lost = (close.is_none()).then_some(LostCause::UnclosedComment);
        if close.is_some() && (builder.is_known)(&text[open..end]) {
            builder.known.push(id);
        } else {
            hidden(builder, content, id, lost);
        }
        builder.close(id, comment.end);
        at = end;
        if close.is_some() {
            after(builder, span, at, comment);
        }
    }
    html(builder, span, at, text.len());
}

/// The HTML between comments, if it is more than white space.
fn html(builder: &mut Builder, span: Span, from: usize, to: usize) {
    let text = &builder.text[span.range()][from..to];
    let trimmed = text.trim_start();
    if trimmed.is_empty() {
        return;
    }
    let start = span.start + (to - trimmed.len()) as u32;
    let id = builder.open(BlockKind::Html, Span::new(start, span.start + to as u32));
    builder.close(id, start);
}

/// A heading behind a comment on the same line is no heading for markdown.
fn after(builder: &mut Builder, span: Span, at: usize, comment: Span) {
    let rest = &builder.text[span.range()][at..];
    // before the line's end is looked for: comment after comment may stand on one line
    if !is_heading(rest.trim_start_matches(|c: char| c.is_whitespace() && c != '\n')) {
        return;
    }
    let line = rest.lines().next().unwrap_or_default();
    let trimmed = line.trim_start();
    if is_heading(trimmed) {
        let start = span.start + (at + line.len() - trimmed.len()) as u32;
        let lost = Span::new(start, start + trimmed.trim_end().len() as u32);
        builder.lost.push(LostHeading { span: lost, by: comment, cause: LostCause::AfterComment });
    }
}

/// Parses what a reader does not see, one level deep.
fn hidden(builder: &mut Builder, content: Span, opener: BlockId, lost: Option<LostCause>) {
    if builder.commented {
        return;
    }
    match builder.text[content.range()].trim() {
        "" => return,
        "toc" => {
            builder.opened = Some(opener);
            return;
        }
        "/toc" => return super::contents::generated(builder, opener),
        _ => {}
    }
    let first = builder.blocks.len();
    builder.commented = true;
    builder.parse(content);
    builder.commented = false;
    let Some(cause) = lost else { return };
    let by = builder.blocks[opener.0 as usize].span;
    // the opening marks, which a character of several bytes may follow
    let marks = builder.text[by.range()].char_indices().nth(4).map_or(by.end, |(at, _)| by.start + at as u32);
    let by = Span::new(by.start, marks);
    for at in first..builder.blocks.len() {
        let block = builder.blocks[at];
        if block.kind.is_heading() {
            builder.lost.push(LostHeading { span: block.span, by, cause });
        }
    }
}

/// Whether a fenced code block has its closing line.
pub(super) fn fence_is_closed(text: &str) -> bool {
    let Some((first, _)) = text.split_once(['\n', '\r']) else { return false };
    let first = first.trim_start();
    let mark = first.chars().next().unwrap_or('`');
    let length = first.chars().take_while(|&c| c == mark).count();
    let last = text.trim_end().rsplit(['\n', '\r']).next().unwrap_or_default();
    let last = last.trim_matches([' ', '\t', '>']);
    last.chars().all(|c| c == mark) && last.chars().count() >= length
}

/// Looks for sections that a fence swallows: one that is never closed, or one that another opening fence
/// lies in, so that code and text have changed places.
pub(super) fn fence(builder: &mut Builder, span: Span, closed: bool) {
    let text = &builder.text[span.range()];
    let Some(first) = text.find('\n') else { return };
    let reopened = || {
        text[first..].lines().any(|line| {
            let line = line.trim_start();
            let info = line.trim_start_matches(['`', '~']);
            line.len() - info.len() >= 3 && !info.trim().is_empty()
        })
    };
    let inside = &text[first..];
    let mut lines = HEADING.find_iter(inside.as_bytes()).map(|at| &inside[at + 1..]);
    if !lines.any(is_heading) || (closed && !reopened()) {
        return;
    }
    let opener = BlockId(builder.blocks.len() as u32 - 1);
    let content = Span::new(span.start + first as u32 + 1, span.end);
    hidden(builder, content, opener, Some(LostCause::UnclosedFence));
}

fn is_heading(line: &str) -> bool {
    let marks = line.bytes().take_while(|&b| b == b'#').count();
    (1..=6).contains(&marks) && line[marks..].starts_with([' ', '\t'])
}

#[cfg(test)]
mod tests {
    use crate::document::Document;
    use crate::source::Source;

    #[test]
    fn the_marks_that_swallow_a_heading_end_between_characters() {
        // a letter of several bytes behind the marks begins before and ends after their fourth byte
        for text in
            ["```é\n# Lost\n", "~~~日本\n# Lost\n", "<!--é\n# Lost\n", "<!-- 😀\n# Lost\n", "````\n# Lost\n"]
        {
            let document = Document::parse(&Source::new("a.md", text));
            let [lost] = document.lost_headings() else { panic!("{text:?}: {:?}", document.lost_headings()) };
            assert!(
                text.get(lost.by.range()).is_some_and(|marks| text.starts_with(marks)),
                "{text:?}: {lost:?}"
            );
        }
    }
}
