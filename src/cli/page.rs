//! A rule's markdown page as text for a terminal. It renders what our own pages use, no more.

use std::io::{self, Write};

/// Writes a page, wrapped at `width` columns; headings are bold when `colour`.
pub(super) fn write(page: &str, width: usize, colour: bool, out: &mut dyn Write) -> io::Result<()> {
    let width = width.clamp(40, 100);
    let mut paragraph = String::new();
    let mut open_fence: Option<&str> = None;
    for line in page.lines().chain([""]) {
        // A fence of four marks may hold one of three, which then is part of the example.
        let marks = &line[..line.len() - line.trim_start_matches('`').len()];
        let fence = marks.len() >= 3 && open_fence.is_none_or(|open| marks.len() >= open.len());
        let fenced = open_fence.is_some();
        let breaks = fence || fenced || line.is_empty() || line.starts_with('#') || line.starts_with("- ");
        if breaks && !paragraph.is_empty() {
            wrap(&paragraph, width, out)?;
            paragraph.clear();
        }
        match line {
            _ if fence => open_fence = if fenced { None } else { Some(marks) },
            "" => writeln!(out)?,
            _ if fenced => writeln!(out, "    {line}")?,
            _ if line.starts_with('#') => {
                let title = line.trim_start_matches('#').trim_start();
                if colour { writeln!(out, "\u{1b}[1m{title}\u{1b}[0m")? } else { writeln!(out, "{title}")? }
            }
            _ => {
                if !paragraph.is_empty() {
                    paragraph.push(' ');
                }
                paragraph.push_str(line.trim());
            }
        }
    }
    Ok(())
}

/// Writes a paragraph or a list item (with its text hanging) below two columns of margin.
fn wrap(text: &str, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let text = links(text);
    let hanging = if text.starts_with("- ") { "    " } else { "  " };
    let mut line = String::from("  ");
    let mut empty = true;
    for word in text.split_whitespace() {
        if !empty && line.chars().count() + 1 + word.chars().count() > width {
            writeln!(out, "{line}")?;
            line = hanging.to_string();
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line.push_str(word);
        empty = false;
    }
    writeln!(out, "{line}")
}

/// `[text](target)` as `text (target)`; a target inside the documentation is of no use in a terminal.
fn links(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('[') {
        let link = rest[open..].find("](").and_then(|middle| {
            let target = open + middle + 2;
            rest[target..].find(')').map(|end| (&rest[open + 1..open + middle], &rest[target..target + end]))
        });
        let Some((label, target)) = link.filter(|(label, _)| !label.contains('[')) else {
            plain.push_str(&rest[..=open]);
            rest = &rest[open + 1..];
            continue;
        };
        plain.push_str(&rest[..open]);
        plain.push_str(label);
        if target.contains("://") {
            plain.push_str(&format!(" ({target})"));
        }
        rest = &rest[open + label.len() + target.len() + 4..];
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_readable_without_markdown() {
        let page = "## What\nThe [list](../rules.md) and\nthe [site](https://x.y).\n\n- one\n- two [x]\n\n````markdown\n* [a](b)\n\n```\n* c\n````\nend\n";
        let mut out = Vec::new();
        write(page, 40, false, &mut out).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "What\n  The list and the site (https://x.y).\n\n  - one\n  - two [x]\n\n    * [a](b)\n\n    ```\n    * c\n  end\n\n"
        );
    }

    #[test]
    fn long_paragraphs_are_wrapped() {
        let mut out = Vec::new();
        write(&"word ".repeat(40), 40, false, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.lines().all(|line| line.len() <= 40), "{text}");
    }
}
