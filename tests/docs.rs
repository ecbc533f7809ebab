//! The rules' pages in docs/ are written from their doc comments, the schemas from the types of our formats.
//! `GTR_UPDATE_DOCS=1` writes them; otherwise the tests compare.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use gtr_lint::diagnostic::Severity;
use gtr_lint::review::Templates;
use gtr_lint::rules::{self, RuleInfo};
use gtr_lint::settings::Settings;
use gtr_lint::suppress::severity;
use gtr_lint::template::Template;

const UPDATE: &str = "run `GTR_UPDATE_DOCS=1 cargo test --test docs` and commit what it writes";

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs")
}

fn infos() -> Vec<&'static RuleInfo> {
    let mut all: Vec<_> = rules::ALL.iter().map(|rule| rule.info()).collect();
    all.sort_by_key(|info| info.id);
    all
}

fn word(severity: Option<Severity>) -> &'static str {
    severity.map_or("off", Severity::name)
}

/// The severity in documents of a template; one that has nothing to say of a rule has its default.
fn severity_in(info: &RuleInfo, template: &Template) -> &'static str {
    word(severity(info, template, &Settings::default()))
}

/// The two templates that the program is made for have a column; of the others the rules' pages tell.
fn has_a_column(template: &Template) -> bool {
    matches!(template.id.as_str(), "gtr" | "kep")
}

fn templates() -> Vec<std::sync::Arc<Template>> {
    let templates = Templates::new(Vec::new());
    let all = templates.ids().into_iter().filter_map(|id| templates.get(&id));
    all.map(|catalogue| catalogue.template.clone()).collect()
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn page(info: &RuleInfo, templates: &[std::sync::Arc<Template>]) -> String {
    let mut page = format!("# {}\n\n{}.\n\n", info.id, sentence(info.summary));
    page += &format!(
        "Severity: {} unless a template or the configuration says otherwise.\n\n",
        word(info.severity)
    );
    let mut differing: Vec<String> = Vec::new();
    for one in templates.iter().filter(|one| has_a_column(one)) {
        let here = severity_in(info, one);
        if here != word(info.severity) {
            differing.push(format!("{} documents: {here}.", one.name));
        }
    }
    // the other documents of the process, those of one severity together
    let mut others: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for one in templates.iter().filter(|one| !has_a_column(one)) {
        let here = severity_in(info, one);
        if here != word(info.severity) {
            others.entry(here).or_default().push(&one.name);
        }
    }
    let all = templates.iter().filter(|one| !has_a_column(one)).count();
    differing.extend(others.into_iter().map(|(here, names)| {
        let whose = if names.len() == all { "Other documents".to_owned() } else { names.join(", ") };
        format!("{whose}: {here}.")
    }));
    if !differing.is_empty() {
        page += &format!("{}\n\n", differing.join(" "));
    }
    page += &info.page();
    page += &format!(
        "\n## How to silence it\nOn the line before the finding:\n\n```markdown\n<!-- gtr-ignore {0}: reason -->\n```\n\nIn the whole file: `gtr-ignore-file`. For all documents, in `gtr.yaml`:\n\n```yaml\nrules:\n  {0}: off\n```\n",
        info.id
    );
    page
}

fn list(templates: &[std::sync::Arc<Template>]) -> String {
    let mut list = String::from("# Rules\n\n");
    list += "Severities are defaults; `gtr.yaml` and `--rule` change them.\n\n";
    let columns: Vec<String> =
        templates.iter().filter(|one| has_a_column(one)).map(|one| one.id.clone()).collect();
    list += &format!("| rule | {} | finds |\n", columns.join(" | "));
    list += &format!("|---|{}---|\n", "---|".repeat(columns.len()));
    for info in infos() {
        let own = templates.iter().filter(|one| has_a_column(one));
        let here: Vec<String> = own.map(|one| severity_in(info, one).to_string()).collect();
        let summary = info.summary.replace('|', "\\|");
        list += &format!("| [{0}](rules/{0}.md) | {1} | {summary} |\n", info.id, here.join(" | "));
    }
    list
}

fn wanted() -> BTreeMap<PathBuf, String> {
    let templates = templates();
    let mut files: BTreeMap<PathBuf, String> = infos()
        .into_iter()
        .map(|info| (docs().join("rules").join(format!("{}.md", info.id)), page(info, &templates)))
        .collect();
    files.insert(docs().join("rules.md"), list(&templates));
    files
}

#[test]
fn pages_are_what_the_doc_comments_say() {
    let wanted = wanted();
    let directory = docs().join("rules");
    let there: Vec<PathBuf> = fs::read_dir(&directory)
        .map(|entries| entries.map(|entry| entry.unwrap().path()).collect())
        .unwrap_or_default();
    let stale: Vec<&PathBuf> = there.iter().filter(|path| !wanted.contains_key(*path)).collect();
    if std::env::var_os("GTR_UPDATE_DOCS").is_some() {
        fs::create_dir_all(&directory).unwrap();
        stale.iter().for_each(|path| fs::remove_file(path).unwrap());
        wanted.iter().for_each(|(path, content)| fs::write(path, content).unwrap());
        return;
    }
    assert!(stale.is_empty(), "pages of no rule: {stale:?}; {UPDATE}");
    for (path, content) in &wanted {
        // A checkout on Windows may have other line ends.
        let now = fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n");
        assert!(now == *content, "{} is out of date; {UPDATE}", path.display());
    }
}

/// The JSON Schemas of our own formats are generated from the types that are written.
#[cfg(feature = "cli")]
#[test]
fn schemas_are_those_of_the_types() {
    let directory = docs().join("schemas");
    for (name, wanted) in gtr_lint::report::schemas() {
        let path = directory.join(format!("{name}.json"));
        if std::env::var_os("GTR_UPDATE_DOCS").is_some() {
            fs::create_dir_all(&directory).unwrap();
            fs::write(path, wanted).unwrap();
            continue;
        }
        let now = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        assert!(now == wanted, "{} is out of date; {UPDATE}", path.display());
    }
}

#[test]
fn every_page_has_the_same_parts() {
    for info in infos() {
        let page = info.page();
        // headings inside an example are the example's
        let mut fence = 0;
        let outside = page.lines().filter(|line| {
            let marks = line.bytes().take_while(|&byte| byte == b'`').count();
            match (fence, marks) {
                (0, 3..) => fence = marks,
                (1.., _) if marks >= fence => fence = 0,
                _ => {}
            }
            fence == 0
        });
        let headings: Vec<&str> = outside.filter(|line| line.starts_with("## ")).collect();
        let expected =
            ["## What it finds", "## Why it matters", "## Example", "## How to fix it", "## How sure it is"];
        assert_eq!(headings, expected, "{}", info.id);
        assert!(!info.summary.ends_with('.') && !info.summary.contains('\n'), "{}", info.id);
        let name = info.id.0;
        assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{name}");
    }
}

#[test]
fn names_are_given_once() {
    let names: Vec<_> = infos().into_iter().map(|info| info.id).collect();
    assert!(names.windows(2).all(|two| two[0] != two[1]), "{names:?}");
}
