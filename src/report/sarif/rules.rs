//! The rules as SARIF describes them, from their pages.

use serde::Serialize;

use super::super::screen::clip;
use super::super::url;
use super::Text;
use crate::diagnostic::{RuleId, Severity};
use crate::rules::{self, RuleInfo};

/// Longest text of a description or a help, in characters.
const LONGEST: usize = 1_024;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Rule {
    pub(super) id: &'static str,
    name: String,
    short_description: Text<String>,
    full_description: Text<String>,
    help: Help,
    #[serde(skip_serializing_if = "Option::is_none")]
    help_uri: Option<String>,
    default_configuration: Configuration,
    properties: Properties,
}

#[derive(Serialize)]
struct Help {
    text: String,
    markdown: String,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Properties {
    tags: Vec<&'static str>,
    precision: &'static str,
    #[serde(rename = "problem.severity")]
    severity: &'static str,
}

/// All rules by name, whether they found something or not, so that a rule keeps its place.
pub(super) fn all() -> Vec<Rule> {
    let mut all: Vec<Rule> = rules::ALL.iter().map(|rule| rule_of(rule.info())).collect();
    all.sort_by_key(|rule| rule.id);
    all
}

/// Where a rule stands among [`all`].
pub(super) fn index(rules: &[Rule], id: RuleId) -> Option<usize> {
    rules.binary_search_by_key(&id.0, |rule| rule.id).ok()
}

fn rule_of(info: &'static RuleInfo) -> Rule {
    let page = info.page();
    let part = |title: &str| plain(section(&page, title));
    let silence = format!("To silence it, put <!-- gtr-ignore {}: reason --> on the line before.", info.id);
    let is_kep = info.id.0.starts_with("kep-");
    Rule {
        id: info.id.0,
        name: pascal(info.id.0),
        short_description: Text { text: sentence(info.summary) },
        full_description: Text { text: shortened(&part("What it finds")) },
        help: Help {
            text: shortened(&format!("{} {silence}", part("How to fix it"))),
            markdown: linked(&page),
        },
        help_uri: url(info.id),
        default_configuration: Configuration { level: info.severity.map_or("warning", Severity::name) },
        properties: Properties {
            tags: if is_kep {
                vec!["documentation", "kep", "metadata"]
            } else {
                vec!["documentation", "review"]
            },
            // notes are about wording and habits; what makes an error was compared with labels set by hand
            precision: match info.severity {
                Some(Severity::Error) => "very-high",
                Some(Severity::Warning) => "high",
                Some(Severity::Note) | None => "medium",
            },
            severity: match info.severity {
                Some(Severity::Error) => "error",
                Some(Severity::Warning) | None => "warning",
                Some(Severity::Note) => "recommendation",
            },
        },
    }
}

/// `missing-question` as `MissingQuestion`: a name, which must differ from the id.
fn pascal(id: &str) -> String {
    id.split('-').map(sentence_case).collect()
}

fn sentence_case(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn sentence(text: &str) -> String {
    format!("{}.", sentence_case(text))
}

/// The text below a heading of a page.
fn section<'a>(page: &'a str, title: &str) -> &'a str {
    let after = page.split_once(&format!("## {title}\n")).map_or("", |(_, after)| after);
    after.split("\n## ").next().unwrap_or(after)
}

/// Markdown of our own pages as one paragraph: marks and link targets gone.
fn plain(text: &str) -> String {
    let words = crate::review::plain(text);
    words.replace("```markdown", "").replace("```yaml", "").replace("```", "")
}

fn shortened(text: &str) -> String {
    clip(text, LONGEST)
}

/// A page whose links lead somewhere outside our own documentation too.
fn linked(page: &str) -> String {
    let mut out = String::with_capacity(page.len());
    let mut rest = page;
    while let Some(at) = rest.find("](") {
        let target = &rest[at + 2..];
        let end = target.find(')').unwrap_or(target.len());
        let open = rest[..at].rfind('[').filter(|_| !target[..end].contains("://"));
        match open {
            Some(open) => {
                out.push_str(&rest[..open]);
                out.push_str(&rest[open + 1..at]);
                rest = target.get(end + 1..).unwrap_or_default();
            }
            None => {
                out.push_str(&rest[..at + 2]);
                rest = target;
            }
        }
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_says_all_that_code_hosts_ask_for() {
        let all = all();
        assert_eq!(all.len(), rules::ALL.len());
        for (at, rule) in all.iter().enumerate() {
            assert_eq!(index(&all, RuleId(rule.id)), Some(at));
            for text in [&rule.short_description.text, &rule.full_description.text, &rule.help.text] {
                assert!(text.len() > 10 && text.chars().count() <= LONGEST, "{}: {text}", rule.id);
                assert!(!text.contains("](") && !text.contains("```"), "{}: {text}", rule.id);
            }
            assert!(rule.help.markdown.contains("## How to fix it"), "{}", rule.id);
            assert!(rule.properties.tags.len() <= 10);
        }
    }

    #[test]
    fn links_inside_our_own_pages_become_words() {
        assert_eq!(
            linked("see [the list](../rules.md), [x](https://y.z/) and `a[b](c)`"),
            "see the list, [x](https://y.z/) and `ab`"
        );
    }
}
