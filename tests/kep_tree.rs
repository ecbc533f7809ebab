//! KEPs as people check them: a whole checkout of kubernetes/enhancements, one directory, one file, standard input.
#![cfg(feature = "cli")]
#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test that cannot go on may panic or must say so"
)]

#[path = "common/files.rs"]
mod files;
#[path = "common/scratch.rs"]
mod scratch;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::time::Instant;

use files::enhancements;
use scratch::{Ran, Scratch, gtr, with_input};
use serde_json::Value;

/// Rules that only say what kubernetes' CI refuses today: at its HEAD they find nothing.
const ENFORCED: [&str; 9] = [
    "kep-syntax",
    "kep-unknown-field",
    "kep-missing-field",
    "kep-invalid-type",
    "kep-missing-metadata",
    "kep-missing-prr-approval",
    "kep-invalid-prr-approval",
    "kep-unknown-prr-approver",
    "stale-toc",
];

const README: &str = "# KEP-1234: Faster Pods\n\n<!-- toc -->\n- [Summary](#summary)\n- [Motivation](#motivation)\n\
    \x20 - [Goals](#goals)\n- [Proposal](#proposal)\n- [Design Details](#design-details)\n\
    - [Production Readiness Review Questionnaire](#production-readiness-review-questionnaire)\n\
    \x20 - [Feature Enablement and Rollback](#feature-enablement-and-rollback)\n<!-- /toc -->\n\n## Summary\n\nPods start faster.\n\n## Motivation\n\nThey are slow.\n\n\
    ### Goals\n\nFaster pods.\n\n## Proposal\n\nStart them at once.\n\n## Design Details\n\nNo waiting.\n\n\
    ## Production Readiness Review Questionnaire\n\n### Feature Enablement and Rollback\n\n\
    ###### How can this feature be enabled / disabled in a live cluster?\n\n- Feature gate name: FasterPods\n\n\
    ###### Does enabling the feature change any default behavior?\n\nNo.\n";

const METADATA: &str = "title: Faster Pods\nkep-number: 1234\nauthors:\n  - \"@author\"\nowning-sig: sig-node\n\
    status: implementable\ncreation-date: 2024-01-02\nreviewers:\n  - \"@reviewer\"\napprovers:\n  - \"@approver\"\n\
    stage: alpha\nlatest-milestone: \"v1.31\"\nmilestone:\n  alpha: \"v1.31\"\nfeature-gates:\n  - name: FasterPods\n\
    \x20   components:\n      - kubelet\ndisable-supported: true\n";

const APPROVAL: &str = "kep-number: 1234\nalpha:\n  approver: \"@prr\"\n";

const ALIASES: &str = "aliases:\n  prod-readiness-approvers:\n    - prr\n  sig-node-leads:\n    - approver\n";

const KEP: &str = "keps/sig-node/1234-faster-pods";

/// A checkout with one KEP in it.
fn checkout(metadata: &str) -> Scratch {
    let scratch = Scratch::new();
    scratch.write("OWNERS_ALIASES", ALIASES);
    scratch.write(&format!("{KEP}/README.md"), README);
    scratch.write(&format!("{KEP}/kep.yaml"), metadata);
    scratch.write("keps/prod-readiness/sig-node/1234.yaml", APPROVAL);
    scratch
}

/// Paths of the files that `lint --format json` lists.
fn listed(scratch: &Scratch, arguments: &[&str]) -> Vec<String> {
    let run = scratch.run(&[&["lint", "-f", "json"], arguments].concat()).json();
    run["files"].as_array().unwrap().iter().map(|file| word(file, "path")).collect()
}

fn word(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap_or_default().to_owned()
}

fn findings(file: &Value) -> Vec<String> {
    file["diagnostics"].as_array().unwrap().iter().map(|one| word(one, "rule")).collect()
}

#[test]
fn the_whole_tree_from_end_to_end() {
    let Some(root) = enhancements() else { return };
    let begin = Instant::now();
    let ran = Ran::from(gtr(&root, &["lint", "-f", "json", "--today", "2026-07-24"]).output().unwrap());
    let took = begin.elapsed();
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    let run = ran.json();
    let (mut paths, mut counts) = (BTreeSet::new(), BTreeMap::new());
    for file in run["files"].as_array().unwrap() {
        let (path, cap) = (word(file, "path"), word(file, "cap"));
        assert!(paths.insert(path.clone()), "{path} is listed twice");
        assert!(path.starts_with("keps/") && root.join(&path).is_file(), "{path}");
        for one in file["diagnostics"].as_array().unwrap() {
            let (rule, severity) = (word(one, "rule"), word(one, "severity"));
            assert!(!ENFORCED.contains(&rule.as_str()), "{path}: {one}");
            assert!(cap != "settled" || severity == "note", "{path} is settled: {one}");
            let state = if cap.is_empty() { "active".to_string() } else { cap.clone() };
            *counts.entry((severity, state)).or_insert(0) += 1;
        }
    }
    // All kep.yaml and all approvals were read, most of them with their README.
    let ending = |end: &str| paths.iter().filter(|path| path.ends_with(end)).count();
    assert!(ending("/kep.yaml") > 600 && ending("/README.md") > 600, "{}", paths.len());
    assert!(paths.iter().filter(|path| path.contains("/prod-readiness/")).count() > 400);
    eprintln!("{counts:?} in {took:.1?}");
    let concise = Ran::from(gtr(&root, &["lint", "-f", "concise", "keps"]).output().unwrap());
    assert!(concise.out.lines().any(|line| line.contains("/kep.yaml:") && line.contains("[kep-")));
}

#[test]
fn a_checkout_is_checked_one_kep_at_a_time() {
    let scratch = checkout(METADATA);
    scratch.write("keps/sig-node/1234-faster-pods/other.yaml", "a: [");
    scratch.write("config.yaml", "a: [");
    let all = [format!("{KEP}/README.md"), format!("{KEP}/kep.yaml")]
        .into_iter()
        .chain(["keps/prod-readiness/sig-node/1234.yaml".to_string()])
        .collect::<Vec<_>>();
    let metadata = format!("{KEP}/kep.yaml");
    for arguments in
        [&[][..], &["keps"], &[KEP], &[&all[0]], &[&metadata, &all[0]], &[&all[0], &metadata, &all[2]]]
    {
        assert_eq!(listed(&scratch, arguments), all, "{arguments:?}");
    }
    let ran = scratch.run(&["lint"]);
    assert!(ran.out.contains("level alpha (kep.yaml)"), "{}", ran.out);
    assert!(ran.out.contains("KEP, questions of") && !ran.out.contains("[kep-"), "{}", ran.out);
    // metadata alone: what belongs to it comes along, the README does not
    assert_eq!(listed(&scratch, &[&metadata]), [metadata.clone(), all[2].clone()]);
    assert_eq!(listed(&scratch, &[&all[2]]), [all[2].clone(), metadata]);
    // from inside, paths lead out of the working directory
    let inside = Ran::from(gtr(&scratch.0.join(KEP), &["lint", "-f", "json"]).output().unwrap()).json();
    assert_eq!(word(&inside["files"][1], "path"), "kep.yaml");
    assert_eq!(word(&inside["files"][2], "path"), "../../prod-readiness/sig-node/1234.yaml");
    assert_eq!(word(&inside["files"][2], "document"), "README.md");
}

#[test]
fn findings_stand_in_the_file_they_are_about() {
    let scratch = checkout(&METADATA.replace("owning-sig", "owner: me\nowning-sig"));
    let metadata = format!("{KEP}/kep.yaml");
    let run = scratch.run(&["lint", "-f", "json"]).json();
    let file = &run["files"][1];
    assert_eq!((word(file, "path"), word(file, "document")), (metadata.clone(), format!("{KEP}/README.md")));
    assert_eq!(findings(file), ["kep-unknown-field"]);
    assert!(scratch.run(&["lint", "-f", "concise"]).out.contains(&format!("{metadata}:5:1: error[kep-unk")));
    assert!(scratch.run(&["lint"]).out.contains(&format!("    in {metadata}\n")));
    let alone = scratch.run(&["lint", &metadata]);
    assert_eq!(alone.code, Some(1));
    assert!(alone.out.contains("KEP metadata; level alpha (kep.yaml)"), "{}", alone.out);
    assert_eq!(alone.err, "");
}

#[test]
fn comments_in_metadata_silence_findings_there() {
    let with = |comment: &str| METADATA.replace("owning-sig", &format!("{comment}\nowner: me\nowning-sig"));
    let scratch = checkout(&with("# gtr-ignore kep-unknown-field: our tool reads it"));
    let summary = |scratch: &Scratch, path: &str| scratch.run(&["lint", "-f", "json", path]).json();
    for path in [KEP.to_string(), format!("{KEP}/kep.yaml")] {
        let run = summary(&scratch, &path);
        assert_eq!(run["summary"]["suppressed"], 1, "{run}");
        assert_eq!(run["summary"]["error"].as_u64().unwrap(), errors_of_readme(&run), "{run}");
    }
    let scratch = checkout(&with("# gtr-ignore kep-unknown-field"));
    let file = &summary(&scratch, KEP)["files"][1];
    assert_eq!(findings(file), ["unexplained-suppression", "kep-unknown-field"]);
    let scratch = checkout(&format!("{METADATA}# gtr-ignore-file kep-unknown-sig: it is new\n"));
    let file = &summary(&scratch, KEP)["files"][1];
    assert_eq!(findings(file), ["unused-suppression"]);
    let explained = scratch.run(&["explain", "kep-unknown-sig"]).out;
    assert!(explained.contains("    # gtr-ignore kep-unknown-sig: reason\n"), "{explained}");
}

/// How many errors are in files that are no metadata.
fn errors_of_readme(run: &Value) -> u64 {
    let files = run["files"].as_array().unwrap().iter().filter(|file| word(file, "path").ends_with(".md"));
    let all = files.flat_map(|file| file["diagnostics"].as_array().unwrap());
    all.filter(|one| one["severity"] == "error").count() as u64
}

#[test]
fn the_directory_of_one_kep_outside_a_checkout() {
    let scratch = Scratch::new();
    scratch.write("faster/README.md", README);
    scratch.write("faster/kep.yaml", METADATA);
    scratch.write("faster/sub/kep.yaml", "a: [");
    let ran = scratch.run(&["lint", "-f", "json", "faster"]);
    let run = ran.json();
    let files = run["files"].as_array().unwrap();
    assert_eq!(files.len(), 2, "{run}");
    assert_eq!(word(&files[1], "level"), "alpha");
    assert_eq!(findings(&files[1]), [""; 0]);
    assert!(
        ran.err.contains("note: faster/README.md: not in a checkout of kubernetes/enhancements"),
        "{}",
        ran.err
    );
    fs::remove_file(scratch.0.join("faster/README.md")).unwrap();
    let alone = scratch.run(&["lint", "faster"]);
    assert_eq!(alone.code, Some(0));
    assert!(
        alone.out.starts_with("faster/kep.yaml  no findings; KEP metadata; level alpha"),
        "{}",
        alone.out
    );
}

#[test]
fn a_readme_alone_has_no_level_and_a_note_says_so() {
    let scratch = Scratch::new();
    scratch.write("README.md", README);
    let ran = scratch.run(&["lint", "README.md"]);
    assert!(ran.out.contains("KEP, unknown level (kep.yaml)"), "{}", ran.out);
    assert!(!ran.out.contains("[kep-"), "{}", ran.out);
    assert!(ran.err.contains("there is no kep.yaml beside it, so the level is unknown"), "{}", ran.err);
    let set = scratch.run(&["lint", "--level", "alpha", "README.md"]);
    assert!(set.out.contains("level alpha (flag)") && !set.err.contains("level"), "{}{}", set.out, set.err);
}

#[test]
fn standard_input_is_read_without_what_lies_around_it() {
    let scratch = checkout(&METADATA.replace("status", "statsu"));
    let name = format!("{KEP}/README.md");
    let arguments = ["lint", "-", "--stdin-filename", &name, "-f", "json"];
    let ran = with_input(&mut scratch.command(&arguments), README);
    let run = ran.json();
    assert_eq!(run["files"].as_array().unwrap().len(), 1, "{run}");
    assert!(findings(&run["files"][0]).iter().all(|rule| !rule.starts_with("kep-")), "{run}");
    assert!(ran.err.contains("no kep.yaml is read beside standard input"), "{}", ran.err);
}

#[test]
fn a_settled_kep_says_so_and_its_findings_are_notes() {
    let settled = METADATA.replace("status: implementable", "status: withdrawn").replace("1234", "1235");
    let scratch = checkout(&settled);
    let ran = scratch.run(&["lint", KEP]);
    assert_eq!(ran.code, Some(0), "{}", ran.out);
    assert!(ran.out.contains("settled, so mostly notes"), "{}", ran.out);
    assert!(ran.out.contains("note[kep-number-mismatch]"), "{}", ran.out);
}

#[test]
fn metadata_that_cannot_be_read_does_not_hide_the_document() {
    let scratch = checkout(METADATA);
    scratch.write(&format!("{KEP}/kep.yaml"), b"title: \xff\n");
    let ran = scratch.run(&["lint", "-f", "json"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains(&format!("cannot read {KEP}/kep.yaml: not UTF-8: byte 7")), "{}", ran.err);
    assert!(!ran.err.contains("note:"), "{}", ran.err);
    let readme = format!("{KEP}/README.md");
    assert!(ran.json()["files"].as_array().unwrap().iter().any(|file| word(file, "path") == readme));
}

#[test]
fn report_says_what_the_next_stage_would_ask() {
    let scratch = checkout(METADATA);
    let run = scratch.run(&["report", "-f", "json", KEP]).json();
    let next = &run["documents"][0]["next"];
    assert_eq!(word(next, "level"), "beta");
    let open = next["open"].as_array().unwrap().len() as u64;
    assert_eq!(next["required"].as_u64().unwrap(), next["answered"].as_u64().unwrap() + open);
    let text = scratch.run(&["report", KEP]).out;
    assert!(text.contains(&format!("Open for beta ({open})")), "{text}");
}
