use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::*;
use crate::template::bundled;

fn gtr() -> Template {
    bundled().iter().find(|bundled| bundled.id == "gtr").unwrap().load()
}

/// The newest revision as a markdown file.
fn markdown(template: &Template) -> String {
    let mut out = String::from(
        "# General Technical Review questions\nv1.0.1\n\n# General Technical Review - X / Y\n\n",
    );
    let newest = template.newest();
    for item in template.items.iter().filter(|item| item.is_in(newest)) {
        let text = item.newest_wording();
        let depth = item.id.matches('.').count();
        match item.kind {
            ItemKind::Field if item.id.ends_with("template-version") => {
                out += &format!("- **{text}:** v1.0.1\n");
            }
            ItemKind::Field => out += &format!("- **{text}:** \n"),
            ItemKind::Section if depth == 0 => out += &format!("\n## {text}\n"),
            ItemKind::Section => out += &format!("\n### {text}\n\n"),
            _ => out += &format!("{}* {text}  \n", "  ".repeat(depth - 1)),
        }
    }
    out
}

#[test]
fn the_same_questions_are_no_difference() {
    let template = gtr();
    assert_eq!(compare(&template, &markdown(&template)), []);
    let mut out = Vec::new();
    assert!(print(&[], &template, "new.md", &mut out).unwrap());
    assert!(String::from_utf8(out).unwrap().contains("new.md: the same as gtr of 2026-08-03"));
}

#[test]
fn every_kind_of_difference_is_said_with_its_line() {
    let template = gtr();
    let text = markdown(&template)
        .replace("  * Describe the known failure modes.  \n", "")
        .replace(
            "Describe how the project has addressed sovereignty.",
            "How has the project addressed sovereignty?",
        )
        .replace("the project captures audit logging.", "the project captures audit logging?")
        .replace("v1.0.1", "v1.1")
        .replace(
            "### Dependencies\n",
            "### Dependencies\n\n  * What colour is it?\n<!-- Pick one of the colours. -->\n",
        );
    let differences = compare(&template, &text);
    let reworded = |id: &str| {
        differences
            .iter()
            .any(|difference| matches!(difference, Difference::Reworded(_, own, _) if own == id))
    };
    assert!(reworded("day0.design.sovereignty"), "{differences:#?}");
    assert!(reworded("day2.observability.audit-logging"));
    assert!(
        differences.iter().any(|d| matches!(d, Difference::Unknown(_, text) if text == "What colour is it?"))
    );
    assert!(differences.iter().any(|d| matches!(d, Difference::Guidance(..))));
    assert!(
        differences
            .iter()
            .any(|d| matches!(d, Difference::Missing(id, _) if id == "day2.troubleshooting.failure-modes"))
    );
    assert_eq!(differences.iter().filter(|d| matches!(d, Difference::Version(..))).count(), 2);
    assert_eq!(differences.len(), 7);
    let mut out = Vec::new();
    assert!(!print(&differences, &template, "new.md", &mut out).unwrap());
    let out = String::from_utf8(out).unwrap();
    assert!(out.contains("new.md:2: version: v1.1, bundled is v1.0.1"), "{out}");
    assert!(out.ends_with("7 differences to gtr of 2026-08-03\n"));
}

#[test]
fn a_retired_question_and_another_order_are_said() {
    let template = gtr();
    let text = markdown(&template).replace(
        "* How are you satisfying",
        "* Describe how each of the cloud native principles apply to your project.\n* How are you satisfying",
    );
    let differences = compare(&template, &text);
    assert!(
        matches!(&differences[..], [Difference::Retired(_, id)] if id == "day0.security.tenets.principles")
    );
    let (sovereignty, compliance) = (
        "* Describe how the project has addressed sovereignty.  \n",
        "* Describe any compliance requirements addressed by the project.  \n",
    );
    let text = markdown(&template)
        .replace(sovereignty, "")
        .replace(compliance, &format!("{compliance}{sovereignty}"));
    assert!(
        matches!(&compare(&template, &text)[..], [Difference::Moved(_, id)] if id == "day0.design.sovereignty")
    );
}

/// The reference material beside the repository; without it the tests that need it are skipped.
#[allow(clippy::print_stderr, reason = "a skipped test must say so")]
fn upstream() -> Option<PathBuf> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let there = shared.join("templates-upstream/gtr").is_dir();
    if !there {
        eprintln!("skipped: {} is not there", shared.display());
    }
    there.then_some(shared)
}

#[test]
fn all_guidance_of_upstream_is_known() {
    let Some(shared) = upstream() else { return };
    let gtr = gtr();
    let mut unknown = BTreeSet::new();
    for entry in fs::read_dir(shared.join("templates-upstream/gtr")).unwrap() {
        let path = entry.unwrap().path();
        // Before 2024-09-22 the file had no title, so nothing tells preamble from questions.
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.extension().is_some_and(|extension| extension == "md") && !name.starts_with("2024-09-18") {
            for difference in compare(&gtr, &fs::read_to_string(&path).unwrap()) {
                if let Difference::Guidance(_, hash) = difference {
                    unknown.insert(format!("\"{hash:016x}\""));
                }
            }
        }
    }
    assert!(unknown.is_empty(), "add to `guidance`: {}", Vec::from_iter(unknown).join(", "));
}

#[test]
fn upstream_of_2026_01_27_differs_from_the_newest_as_documented() {
    let Some(shared) = upstream() else { return };
    let text = fs::read_to_string(shared.join("templates-upstream/gtr/2026-01-27-55c2ec8b.md")).unwrap();
    let mut said = Vec::new();
    for difference in compare(&gtr(), &text) {
        said.push(match difference {
            Difference::Version(..) => "version".to_owned(),
            Difference::Missing(id, _) => format!("missing {id}"),
            Difference::Retired(_, id) => format!("retired {id}"),
            Difference::Reworded(_, id, _) => format!("reworded {id}"),
            Difference::Moved(_, id) => format!("moved {id}"),
            other => format!("{other:?}"),
        });
    }
    let expected = [
        "version",
        "version",
        "reworded day0.scope.primary-use-case",
        "moved day0.scope.primary-use-case",
        "retired day0.scope.unsupported-use-cases",
        "missing day0.scope.vision",
    ];
    assert_eq!(said, expected);
}

fn kep() -> Template {
    bundled().iter().find(|bundled| bundled.id == "kep").unwrap().load()
}

#[test]
fn questions_may_be_headings_and_lines_may_go_on() {
    let template = kep();
    let difference = |text: &str| -> Vec<Difference> {
        let said = compare(&template, text);
        said.into_iter().filter(|one| !matches!(one, Difference::Missing(..))).collect()
    };
    let known = "# KEP-NNNN: Your short, descriptive title\n\n<!-- toc -->\n- [Other](#other)\n<!-- /toc -->\n\n\
        ## Production Readiness Review Questionnaire\n\n### Scalability\n\n\
        ###### Will enabling / using this feature result in any new API calls?\n\n\
        <!--\n- a sample of one's own\n[list]: https://list.example/a\n-->\n";
    assert_eq!(difference(known), []);
    let other = "## Production Readiness Review Questionnaire\n\n- Is this a question that\n  goes on?\n";
    assert_eq!(difference(other), [Difference::Unknown(3, "Is this a question that goes on?".to_owned())]);
}

#[test]
fn the_newest_kep_template_of_upstream_is_the_bundled_one() {
    let Some(shared) = upstream() else { return };
    let directory = shared.join("templates-upstream/kep/full");
    let mut files: Vec<PathBuf> =
        fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let newest = fs::read_to_string(files.last().unwrap()).unwrap();
    assert_eq!(compare(&kep(), &newest), []);
}
