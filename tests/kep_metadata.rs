//! The rules about the metadata of KEPs, measured on the whole tree of kubernetes/enhancements at one day: what
//! is known to be wrong is found, and what kubernetes' own CI enforces has no finding.
#![cfg(feature = "cli")]
#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test that cannot go on may panic or must say so"
)]

#[path = "common/files.rs"]
mod files;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use files::{below, enhancements, relative};

use gtr_lint::input::{Input, Lookup, Place, Repository, Role, TreeFacts, approval_path};
use gtr_lint::metadata::{Metadata, MetadataKind, owners_aliases};
use gtr_lint::review::Templates;
use gtr_lint::settings::Settings;
use gtr_lint::source::{FileId, Source};

struct Existing(PathBuf, String);

impl Lookup for Existing {
    fn exists(&self, target: &str) -> Option<bool> {
        let path = match target.strip_prefix('/') {
            Some(rooted) => self.0.join(rooted),
            None => self.0.join(&self.1).join(target),
        };
        Some(path.exists())
    }
}

/// One finding: rule, severity, directory of the KEP, the text it marks.
struct Finding {
    rule: &'static str,
    severity: &'static str,
    directory: String,
    marked: String,
}

fn findings() -> Option<&'static [Finding]> {
    static FINDINGS: OnceLock<Vec<Finding>> = OnceLock::new();
    let root = enhancements()?;
    Some(FINDINGS.get_or_init(|| check_all(&root)))
}

fn check_all(root: &Path) -> Vec<Finding> {
    let paths: Vec<String> = below(&root.join("keps"), "").iter().map(|path| relative(path, root)).collect();
    let read = |path: &str| fs::read_to_string(root.join(path)).unwrap();
    let facts =
        Arc::new(TreeFacts::new(paths.iter().map(String::as_str), owners_aliases(&read("OWNERS_ALIASES"))));
    assert!(facts.groups["prod-readiness-approvers"].len() > 3);
    let templates = Templates::new(Vec::new());
    let settings = Settings::default();
    let mut all = Vec::new();
    for path in paths.iter().filter(|path| path.ends_with("/kep.yaml")) {
        let directory = path.strip_suffix("/kep.yaml").unwrap().to_string();
        let kep = Source::new(path.as_str(), read(path));
        let approval = approval_path(kep.text()).filter(|path| root.join(path).is_file());
        let readme = format!("{directory}/README.md");
        let mut input = if root.join(&readme).is_file() {
            let mut input = Input::alone(Source::new(readme.as_str(), read(&readme)));
            input.companions.push((Role::KepMetadata, kep));
            input
        } else {
            Input::alone(kep)
        };
        if let Some(path) = approval {
            input.companions.push((Role::PrrApproval, Source::new(path.as_str(), read(&path))));
        }
        let path = input.file.path().to_string();
        input.place = Some(Place { path, repository: Repository::Enhancements });
        input.named = false;
        input.targets = Some(Arc::new(Existing(root.to_path_buf(), directory.clone())));
        input.tree = Some(Arc::clone(&facts));
        let checked = gtr_lint::check(&input, &settings, &templates);
        for one in checked.diagnostics.iter().filter(|one| one.rule.0.starts_with("kep-")) {
            let source = input.source(one.primary.file).unwrap();
            all.push(Finding {
                rule: one.rule.0,
                severity: one.severity.name(),
                directory: directory.strip_prefix("keps/").unwrap().to_string(),
                marked: source.slice(one.primary.span).to_string(),
            });
        }
    }
    all
}

/// What is known to be wrong: rule, and directories below keps/ by the beginning of their names.
const KNOWN: &[(&str, &[&str])] = &[
    (
        "kep-invalid-status",
        &[
            "sig-api-machinery/4153-",
            "sig-api-machinery/5000-",
            "sig-instrumentation/1753-",
            "sig-node/2625-",
            "sig-node/281-",
        ],
    ),
    ("kep-invalid-stage", &["sig-api-machinery/5000-", "sig-instrumentation/1753-"]),
    (
        "kep-status-stage-conflict",
        &[
            "sig-cli/1802-",
            "sig-cli/2383-",
            "sig-cli/3515-",
            "sig-cli/993-",
            "sig-cluster-lifecycle/kubeadm/2501-",
        ],
    ),
    (
        "kep-missing-approver",
        &[
            "sig-scheduling/5941-",
            // nobody but TBD, and implementable
            "sig-api-machinery/1929-",
            "sig-cloud-provider/2025-",
            "sig-cloud-provider/2390-",
            "sig-node/4216-",
            "sig-scheduling/5963-",
        ],
    ),
    (
        "kep-invalid-date",
        &[
            "sig-api-machinery/4355-",
            "sig-scheduling/5075-",
            "sig-api-machinery/5647-",
            "sig-cloud-provider/providers/0000-",
            "sig-cluster-lifecycle/kubeadm/4214-",
            "sig-cluster-lifecycle/kubeadm/4471-",
            "sig-etcd/4326-",
            "sig-etcd/4331-",
        ],
    ),
    (
        "kep-number-mismatch",
        &[
            "sig-node/2043-",
            "sig-apps/2232-",
            "sig-architecture/4402-",
            "sig-autoscaling/5325-",
            "sig-autoscaling/5679-",
            "sig-node/2053-",
            "sig-node/5683-",
            "sig-scheduling/5941-",
            "sig-api-machinery/4192-",
            "sig-node/688-",
            "sig-security/2763-",
        ],
    ),
    ("kep-duplicate-number", &["sig-cloud-provider/2133-", "sig-node/2133-"]),
    ("kep-missing-milestone", &["sig-cli/2953-", "sig-storage/5040-"]),
    ("kep-missing-feature-gate", &["sig-instrumentation/5905-"]),
    (
        "kep-template-value",
        &[
            "sig-api-machinery/2876-",
            "sig-api-machinery/4355-",
            "sig-api-machinery/4358-",
            "sig-architecture/4330-",
            "sig-apps/85-",
            "sig-auth/4940-",
            "sig-cli/3659-",
            "sig-security/2763-",
            "sig-storage/3314-",
            "sig-testing/5468-",
            "sig-node/5365-",
        ],
    ),
    ("kep-feature-gate-mismatch", &["sig-apps/3017-", "sig-node/4742-", "sig-storage/1682-"]),
    ("kep-disable-supported-mismatch", &["sig-auth/4317-", "sig-node/24-"]),
    ("kep-missing-readme", &["sig-api-machinery/365-"]),
];

#[test]
fn every_known_instance_is_found() {
    let Some(findings) = findings() else { return };
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for one in findings {
        *counts.entry((one.rule, one.severity)).or_default() += 1;
    }
    eprintln!("{counts:#?}");
    if let Ok(rule) = std::env::var("GTR_SHOW_RULE") {
        for one in findings.iter().filter(|one| one.rule == rule) {
            eprintln!("{} {}: {}", one.severity, one.directory, one.marked);
        }
    }
    let mut missed = Vec::new();
    for (rule, directories) in KNOWN {
        for directory in *directories {
            if !findings.iter().any(|one| one.rule == *rule && one.directory.starts_with(directory)) {
                missed.push(format!("{rule} {directory}"));
            }
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}

/// Rules whose every error was looked at by hand: no other directory may have one.
#[test]
fn there_are_no_other_errors_of_these_rules() {
    let Some(findings) = findings() else { return };
    for (rule, directories) in KNOWN.iter().filter(|(rule, _)| *rule != "kep-missing-feature-gate") {
        let here = findings.iter().filter(|one| one.rule == *rule && one.severity == "error");
        let other: BTreeSet<&str> = here
            .filter(|one| !directories.iter().any(|known| one.directory.starts_with(known)))
            .map(|one| one.directory.as_str())
            .collect();
        assert!(other.is_empty(), "{rule}: {other:#?}");
    }
}

#[test]
fn what_upstream_enforces_has_no_finding() {
    let Some(findings) = findings() else { return };
    let enforced: Vec<String> = findings
        .iter()
        .filter(|one| gtr_lint::rules::is_enforced_upstream(gtr_lint::diagnostic::RuleId(one.rule)))
        .map(|one| format!("{} {}: {}", one.rule, one.directory, one.marked))
        .collect();
    assert!(enforced.is_empty(), "{enforced:#?}");
}

#[test]
fn all_metadata_is_read_in_no_time() {
    let Some(root) = enhancements() else { return };
    let texts: Vec<Source> = below(&root.join("keps"), "/kep.yaml")
        .iter()
        .map(|path| Source::new(relative(path, &root), fs::read_to_string(path).unwrap()))
        .collect();
    let start = Instant::now();
    let problems: usize =
        texts.iter().map(|text| Metadata::parse(text, FileId(0), MetadataKind::Kep).problems().len()).sum();
    let took = start.elapsed();
    eprintln!("{} files, {problems} problems, {took:?}", texts.len());
    // far more than it takes, also without optimisation on a busy machine
    assert!(took.as_millis() < 2_000, "{took:?}");
}

/// A kep.yaml, an approval, or a README that answers no template: findings without a review.
#[test]
fn metadata_is_checked_without_a_document() {
    let templates = Templates::new(Vec::new());
    let settings = Settings::default();
    let check = |input: &Input| gtr_lint::check(input, &settings, &templates);
    let names = |input: &Input| check(input).diagnostics.iter().map(|one| one.rule.0).collect::<Vec<_>>();

    let kep = Source::new("a/kep.yaml", "title: a\ntitle: b\nstatus: implementd\n");
    let found = check(&Input::alone(kep.clone()));
    assert!(found.review.is_none());
    let rules: BTreeSet<&str> = found.diagnostics.iter().map(|one| one.rule.0).collect();
    assert_eq!(
        rules.into_iter().collect::<Vec<_>>(),
        ["kep-invalid-status", "kep-missing-field", "kep-syntax"]
    );

    let approval = Source::new("keps/prod-readiness/sig-a/12.yaml", "kep-number: 13\nalpha:\n  approver:\n");
    assert_eq!(names(&Input::alone(approval)), ["kep-number-mismatch", "kep-invalid-prr-approval"]);

    let mut readme = Input::alone(Source::new("a/README.md", "Nothing here yet.\n"));
    assert!(names(&readme).is_empty());
    readme.companions.push((Role::KepMetadata, kep));
    assert_eq!(check(&readme).diagnostics.len(), found.diagnostics.len());
    assert_eq!(check(&readme).diagnostics[0].primary.file, FileId(1));

    let template = Source::new("keps/NNNN-kep-template/kep.yaml", "title: KEP Template\n");
    let mut met = Input::alone(template);
    assert!(!names(&met).is_empty());
    met.named = false;
    assert!(names(&met).is_empty());
}

/// A settled proposal keeps its errors only where upstream refuses the same.
#[test]
fn settled_proposals_weigh_less() {
    let text = "title: KEP Template\nkep-number: 12\nauthors: [a]\nowning-sig: sig-a\napprovers: [a]\nstatus: withdrawn\ncolour: red\n";
    let templates = Templates::new(Vec::new());
    let severities = |settings: &Settings| {
        let input = Input::alone(Source::new("a/kep.yaml", text));
        let found = gtr_lint::check(&input, settings, &templates).diagnostics;
        found.iter().map(|one| (one.rule.0, one.severity.name())).collect::<Vec<_>>()
    };
    assert_eq!(
        severities(&Settings::default()),
        [("kep-template-value", "note"), ("kep-unknown-field", "error")]
    );
    let mut settings = Settings::default();
    let value = Some(gtr_lint::diagnostic::Severity::Warning);
    let named = gtr_lint::settings::Set { value, origin: gtr_lint::settings::Origin::Config };
    settings.rules.insert(gtr_lint::diagnostic::RuleId("kep-template-value"), named);
    assert_eq!(severities(&settings)[0], ("kep-template-value", "warning"));
}
