//! `placeholder-title`.

use super::phrase::{capitalised, either};
use super::{Context, Findings, field};
use crate::diagnostic::{Edit, Severity};
use crate::source::{FileId, Span};

declare_rule! {
    /// ## What it finds
    /// The title still has the template's `[Project Name]` or `[Level]`.
    ///
    /// ## Why it matters
    /// The title says which project is reviewed and which level it applies for, and so which questions must
    /// be answered. Its form is that of the
    /// [GTR template](https://github.com/cncf/toc/blob/main/toc_subprojects/project-reviews-subproject/general-technical-questions.md).
    ///
    /// ## Example
    /// ```markdown
    /// # General Technical Review - [Project Name] / [Level]
    /// ```
    ///
    /// ## How to fix it
    /// Put the project's name and the level in their place, without the brackets.
    ///
    /// ## How sure it is
    /// Certain. Brackets around a real name or level are no finding.
    PlaceholderTitle, "placeholder-title", Some(Severity::Error), "the title still has the template's placeholders", check
}

fn check(context: &Context, findings: &mut Findings) {
    let review = context.review;
    let Some(title) = review.title else { return };
    let at = |range: std::ops::Range<usize>| {
        Span::new(title.span.start + range.start as u32, title.span.start + range.end as u32)
    };
    let bracketed = placeholders(review.text(title.span)).into_iter().map(|(range, part)| (at(range), part));
    let mut found: Vec<(Span, Part)> = bracketed.collect();
    // brackets taken away and nothing put in their place
    for (place, expected) in [(title.project, Part::Project), (title.level, Part::Level)] {
        let Some(place) = place.filter(|place| !found.iter().any(|(span, _)| span.overlaps(*place))) else {
            continue;
        };
        if part(review.text(place), false) == Some(expected) {
            found.push((place, expected));
        }
    }
    for (at, part) in found {
        let message = format!("the title still has the template's `{}`", review.text(at).replace('\\', ""));
        let finding = findings.report(at, message);
        match part {
            Part::Level => {
                let levels: Vec<String> = review.template.levels.iter().map(|level| capitalised(level)).collect();
                finding.help(format!("write the level the project applies for: {}", either(&levels)));
            }
            Part::Project => {
                let finding = finding.help("write the project's name in its place");
                // the field may hold an address or a sentence: a person must look at it
                let name = field::value_of(review, field::PROJECT).map(|value| value.text);
                if let Some(name) = name.filter(|name| !name.contains(['/', '[', '\n'])) {
                    let edit = Edit { file: FileId(0), span: at, text: name.clone() };
                    finding.fix(format!("write {name}"), false, vec![edit]);
                }
            }
        }
    }
}

/// Which part of the title a placeholder stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Project,
    Level,
}

/// What a placeholder's words stand for. A single word is one only inside brackets.
fn part(text: &str, bracketed: bool) -> Option<Part> {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().replace(['-', '_'], " ");
    match text.as_str() {
        "project name" | "your project" | "your project name" | "name of the project" => Some(Part::Project),
        "project" | "name" if bracketed => Some(Part::Project),
        "level" | "project level" | "maturity level" | "target level" => Some(Part::Level),
        _ => None,
    }
}

/// Whether a title's level is a placeholder rather than a level.
pub(super) fn is_level_placeholder(text: &str) -> bool {
    part(text, true) == Some(Part::Level)
}

/// Placeholders in a title, brackets included, in their order.
fn placeholders(title: &str) -> Vec<(std::ops::Range<usize>, Part)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = title[from..].find(['[', '<', '{']).map(|at| at + from) {
        let closing = match title.as_bytes()[open] {
            b'[' => ']',
            b'<' => '>',
            _ => '}',
        };
        let Some(close) = title[open..].find(closing).map(|at| at + open) else { break };
        if let Some(part) = part(&title[open + 1..close], true) {
            let start = if title[..open].ends_with('\\') { open - 1 } else { open };
            found.push((start..close + 1, part));
            from = close + 1;
        } else {
            from = open + 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(title: &str) -> Vec<&str> {
        placeholders(title).into_iter().map(|(range, _)| &title[range]).collect()
    }

    #[test]
    fn placeholders_are_found_with_their_brackets() {
        assert_eq!(found("General Technical Review - [Project Name] / [Level]"), ["[Project Name]", "[Level]"]);
        assert_eq!(found("**Review \\- \\[Project Name\\] / Sandbox**"), ["\\[Project Name\\]"]);
        assert_eq!(found("Review - <project-name> / Incubation"), ["<project-name>"]);
    }

    #[test]
    fn real_names_in_brackets_are_none() {
        for title in ["[example] - Review / [Incubation]", "Review - Project Example / Sandbox", "Review ["] {
            assert_eq!(found(title), Vec::<&str>::new(), "{title}");
        }
    }

    #[test]
    fn a_single_word_needs_brackets_to_be_a_projects_placeholder() {
        assert_eq!(part("Project", false), None);
        assert_eq!(part("Project", true), Some(Part::Project));
        assert_eq!(part("**Project Name**", false), Some(Part::Project));
        assert_eq!(part("Level", false), Some(Part::Level));
    }
}
