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
