//! `misnamed-file`.

use super::{Context, Findings, field, written_date};
use crate::diagnostic::Severity;
use crate::input::Repository;
use crate::source::Span;
use crate::template::{Date, ItemIndex};

declare_rule! {
    /// ## What it finds
    /// A review in a checkout of cncf/toc whose file is not `projects/<name>/tech-review/YYYY-MM-DD.md`: in
    /// another directory, with another kind of name, with spaces, or with characters that nobody sees.
    ///
    /// ## Why it matters
    /// Reviewers and tools find a project's snapshots by their place, and the name says of which day each is.
    /// The [TOC's guide](https://github.com/cncf/toc/blob/main/operations/dd-toc-guide.md) sets both. An
    /// invisible character comes with a copied name, and then no link to the file works.
    ///
    /// ## Example
    /// ```text
    /// projects/example/tech-review/02-20-2026.md
    /// ```
    ///
    /// ## How to fix it
    /// Rename the file as the message says.
    ///
    /// ## How sure it is
    /// Certain of the name. Files outside `projects/` and other repositories are left alone, and the
    /// day in the name may differ from `Date Updated`: it is the day of the snapshot.
    MisnamedFile, "misnamed-file", Some(Severity::Warning), "the file is not where and how the TOC's guide asks", check
}

/// The directory of a project's reviews.
const DIRECTORY: &str = "tech-review";

fn check(context: &Context, findings: &mut Findings) {
    let review = context.review;
    let Some(place) = &context.input.place else { return };
    if place.repository != Repository::Toc || review.template.id != "gtr" {
        return;
    }
    let updated = field::value_of(review, field::DATE)
        .and_then(|value| written_date::read(value.raw).reading.date())
        .or(review.date);
    let Some(Misnamed { message, wanted }) = misnamed(&place.path, updated) else { return };
    let head = review.title.map_or_else(|| first_line(review), |title| title.span);
    findings.report(head, message).help(format!("rename it to {wanted}"));
}

fn first_line(review: &crate::review::Review) -> Span {
    if review.template.items.is_empty() { Span::default() } else { review.anchor(ItemIndex(0)) }
}

/// What is wrong with a path and what it should be.
#[derive(Debug, PartialEq, Eq)]
struct Misnamed {
    message: String,
    wanted: String,
}

/// Judges a repository-relative path; `updated` names the day when the file's own name says none.
fn misnamed(path: &str, updated: Option<Date>) -> Option<Misnamed> {
    let parts: Vec<&str> = path.split('/').collect();
    let ["projects", project, inner @ .., name] = &parts[..] else { return None };
    let hidden = path.chars().find(|&c| is_invisible(c));
    let stem = name.rsplit_once('.').map_or(*name, |(stem, _)| stem);
    let day = name.strip_suffix(".md").and_then(Date::parse);
    let message = if let Some(c) = hidden {
        format!("the path of this file has a character that nobody sees (U+{:04X})", c as u32)
    } else if path.contains(char::is_whitespace) {
        format!("the path of this file has a space in it: {path}")
    } else if inner != [DIRECTORY] {
        let directory = &path[..path.len() - name.len()];
        format!("the review lies in {directory}, but reviews belong into projects/{project}/{DIRECTORY}/")
    } else if day.is_none() {
        format!("the file is named {name}, but a review is named for its day: YYYY-MM-DD.md")
    } else {
        return None;
    };
    let clean: String = stem.chars().filter(|&c| !is_invisible(c)).collect();
    let day = written_date::read(&clean).reading.date().or(updated);
    let day = day.map_or_else(|| "YYYY-MM-DD".to_string(), |day| day.to_string());
    let project: String = project.trim().chars().filter(|&c| !is_invisible(c)).collect();
    let project = project.split_whitespace().collect::<Vec<_>>().join("-");
    Some(Misnamed { message, wanted: format!("projects/{project}/{DIRECTORY}/{day}.md") })
}

/// Controls, marks of writing direction, joiners, soft hyphens, byte order marks, odd spaces.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || (c.is_whitespace() && c != ' ')
        || matches!(
            c,
            '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::{Input, Place};
    use crate::review::State;
    use crate::rules::sample::Sample;
    use crate::settings::Settings;
    use crate::template::ItemKind;

    fn wanted(path: &str) -> Option<String> {
        misnamed(path, Date::new(2026, 3, 1)).map(|found| found.wanted)
    }

    #[test]
    fn the_right_place_is_no_finding() {
        assert_eq!(wanted("projects/example/tech-review/2026-02-20.md"), None);
        assert_eq!(wanted("docs/review.md"), None);
        assert_eq!(wanted("projects/readme.md"), None);
    }

    #[test]
    fn the_name_to_use_is_said() {
        let at = |day: &str| Some(format!("projects/example/tech-review/{day}.md"));
        assert_eq!(wanted("projects/example/tech-review/02-20-2026.md"), at("2026-02-20"));
        assert_eq!(wanted("projects/example/tech-review/2026-02-20.md\u{200e}"), at("2026-02-20"));
        assert_eq!(wanted("projects/example/example-review.md"), at("2026-03-01"));
        assert_eq!(wanted("projects/example/tech review/2026-2-20.md"), at("2026-02-20"));
        assert_eq!(wanted("projects/example/tech-review/2026-02-30.md"), at("2026-03-01"));
        let nothing_known = misnamed("projects/example/tech-review/review.md", None).unwrap();
        assert_eq!(nothing_known.wanted, "projects/example/tech-review/YYYY-MM-DD.md");
        assert!(nothing_known.message.contains("review.md"));
    }

    #[test]
    fn an_invisible_character_is_named() {
        let found = misnamed("projects/example/tech-review/2026-02-20.md\u{200e}", None).unwrap();
        assert!(found.message.contains("U+200E"), "{}", found.message);
    }

    #[test]
    fn only_a_technical_review_in_a_checkout_of_the_toc_is_judged() {
        let sample = || {
            let sample = Sample::new("# Lanterns\n\nDate Updated: 2026-02-20\n").template_id("gtr");
            sample.item(0, ItemKind::Field, "field.date-updated", "Date Updated:").bind(
                "field.date-updated",
                "Date Updated:",
                "2026-02-20",
                State::Answered,
            )
        };
        let found = |sample: Sample, place: Option<Place>| {
            let review = sample.review();
            let mut input = Input::alone(review.source().clone());
            input.place = place;
            let mut findings = Findings::new(crate::diagnostic::RuleId("misnamed-file"));
            check(&Context::new(&review, &input, &Settings::default()), &mut findings);
            findings.into_diagnostics()
        };
        let at = |path: &str, repository| Some(Place { path: path.into(), repository });
        let path = "projects/lanterns/lanterns-review.md";
        let misnamed = found(sample(), at(path, Repository::Toc));
        assert_eq!(misnamed.len(), 1);
        let help = "rename it to projects/lanterns/tech-review/2026-02-20.md";
        assert_eq!(misnamed[0].help.as_deref(), Some(help), "the day is that of the document");
        assert!(!misnamed[0].primary.span.is_empty());
        assert!(found(sample(), None).is_empty());
        assert!(found(sample(), at(path, Repository::Other)).is_empty());
        assert!(found(sample().template_id("kep"), at(path, Repository::Toc)).is_empty());
        let right = "projects/lanterns/tech-review/2026-02-20.md";
        assert!(found(sample(), at(right, Repository::Toc)).is_empty());
        let empty = found(Sample::new("Lanterns").template_id("gtr"), at(path, Repository::Toc));
        assert_eq!(empty[0].primary.span, Span::default());
    }
}
