//! `unknown-template-version`.

use super::phrase::either;
use super::quote::quote;
use super::{Context, Findings, field};
use crate::diagnostic::Severity;
use crate::review::State;
use crate::template::Template;

declare_rule! {
    /// ## What it finds
    /// `Template Version` names no version that the template ever had.
    ///
    /// ## Why it matters
    /// The version says which questions were asked. The versions are those of the
    /// [GTR template](https://github.com/cncf/toc/blob/main/toc_subprojects/project-reviews-subproject/general-technical-questions.md).
    ///
    /// ## Example
    /// ```markdown
    /// - **Template Version:** v3
    /// ```
    ///
    /// ## How to fix it
    /// Write the version that stands at the top of the template the document was made from. The project's
    /// own version belongs into `Project Version`.
    ///
    /// ## How sure it is
    /// With or without `v`, with words around it, and as a commit or day of the template, a version is
    /// recognised. A version newer than this program is reported too.
    UnknownTemplateVersion, "unknown-template-version", Some(Severity::Warning), "the template version is none the template had", check
}

fn check(context: &Context, findings: &mut Findings) {
    let review = context.review;
    let Some(value) = field::value_of(review, field::TEMPLATE_VERSION) else { return };
    if review.bound(value.index).state == State::Placeholder || is_known(&review.template, &value.text) {
        return;
    }
    let mut versions: Vec<&str> = review.template.revisions.iter().map(|r| r.version.as_str()).collect();
    versions.retain(|version| !version.is_empty());
    versions.dedup();
    if versions.is_empty() {
        return;
    }
    findings
        .report(value.span, format!("{} is no known version of the {} template", quote(&value.text), review.template.name))
        .item(review, value.index)
        .help(format!("write the version at the top of the template you answered: {}", either(&versions)));
}

fn is_known(template: &Template, text: &str) -> bool {
    let words = || text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-'))).map(|word| word.trim_end_matches('.'));
    template.revisions.iter().any(|revision| {
        words().any(|word| {
            same_version(word, &revision.version)
                || word == revision.id
                || (word.len() >= 7 && revision.commit.starts_with(word))
                || (revision.commit.len() >= 7 && word.starts_with(&revision.commit))
        })
    })
}

/// Whether two versions are the same but for a `v` in front and zeros at the end.
fn same_version(a: &str, b: &str) -> bool {
    match (numbers(a), numbers(b)) {
        (Some(a), Some(b)) => a == b,
        _ => false,
    }
}

fn numbers(version: &str) -> Option<Vec<u32>> {
    let digits = version.strip_prefix(['v', 'V']).unwrap_or(version).trim_start_matches('.');
    let mut parts = digits.split('.').map(|part| part.parse().ok()).collect::<Option<Vec<u32>>>()?;
    while parts.len() > 1 && parts.last() == Some(&0) {
        parts.pop();
    }
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::testing::bare;

    fn template() -> Template {
        let mut template = bare("gtr", &[], &["2025-09-30", "2026-08-03"]);
        template.revisions[0].commit = "b839c13d".into();
        template.revisions[1].version = "v1.0.1".into();
        template
    }

    #[test]
    fn versions_are_known_in_many_spellings() {
        let template = template();
        for known in [
            "v1.0",
            "1.0",
            "V1",
            "v1.0.1",
            "CNCF General Technical Review v1.0",
            "v1.0 (of September)",
            "1.0, with our own additions.",
            "main at b839c13d00",
            "2025-09-30",
        ] {
            assert!(is_known(&template, known), "{known}");
        }
        for unknown in ["v2.0", "v1.0.2", "latest", "v10", "1.01", "b839"] {
            assert!(!is_known(&template, unknown), "{unknown}");
        }
    }
}
