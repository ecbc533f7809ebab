//! What counts in a pull request: `--changed`, `--changed-lines`, `--baseline`, against repositories made by git.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

#[path = "changed/baseline.rs"]
mod baseline;
#[path = "common/scratch.rs"]
mod scratch;
#[path = "changed/toy.rs"]
mod toy;

use std::fs;

use scratch::Scratch;
use toy::{Ran, Repository, STRANGE, asked, checkout, document, has_git, pull_request, repository};

const GITHUB: [(&str, &str); 1] = [("GITHUB_BASE_REF", "main")];

#[test]
fn changed_takes_the_documents_of_a_pull_request() {
    if !has_git() {
        return;
    }
    let scratch = Scratch::new();
    let (origin, ..) = pull_request(&scratch);
    let clone = checkout(&scratch, &origin, "2");
    let ran = clone.lint(&["--changed"], &GITHUB);
    assert_eq!(ran.paths(), ["edited.md", "reviews/new name.md", STRANGE]);
    assert!(
        ran.err.contains("(HEAD^1, where the pull request goes into main): 4 files changed, 4 to check"),
        "{}",
        ran.err
    );
    assert_eq!(ran.code, 1);
    // everything of them is found, also what was there before
    let known = asked(3).0;
    assert!(ran.found().contains(&format!("edited.md placeholder-answer {known}")), "{:?}", ran.found());
    // the paths count as well
    assert_eq!(clone.lint(&["--changed", "reviews"], &GITHUB).paths(), ["reviews/new name.md", STRANGE]);
    let named = clone.lint(&["--changed", "untouched.md", "edited.md"], &GITHUB);
    assert_eq!(named.paths(), ["edited.md"]);
    // nothing of what was asked for changed: clean, even if something must be found
    fs::create_dir(clone.0.join("empty")).unwrap();
    let none = clone.lint(&["--changed", "--strict", "empty", "untouched.md"], &GITHUB);
    assert_eq!((none.code, none.err.contains("no document")), (0, false), "{}", none.err);
    // what is not committed is none of a pull request's business
    clone.write("untracked.md", &document("U", 3));
    assert_eq!(clone.lint(&["--changed"], &GITHUB).paths().len(), 3);
}

#[test]
fn changed_lines_takes_what_the_change_is_answerable_for() {
    if !has_git() {
        return;
    }
    let scratch = Scratch::new();
    let (origin, base, head) = pull_request(&scratch);
    let clone = checkout(&scratch, &origin, "2");
    let expected = vec![
        format!("edited.md missing-question {}", asked(8).0),
        format!("edited.md placeholder-answer {}", asked(5).0),
        format!("reviews/new name.md unanswered-question {}", asked(6).0),
    ];
    let check = |ran: &Ran| {
        let (new, mut rest): (Vec<_>, Vec<_>) =
            ran.found().into_iter().partition(|one| one.starts_with(STRANGE));
        rest.sort();
        assert_eq!(rest, expected, "{}", ran.err);
        let whole = clone.lint(&[STRANGE], &[]).found();
        assert!(new == whole && !new.is_empty(), "all of a new document is new: {new:?}");
        assert_eq!(ran.code, 1);
    };
    check(&clone.lint(&["--changed-lines"], &GITHUB));
    // the same by name, and whatever the user's git is set to
    let sha = clone.git(&["rev-parse", "HEAD^1"]);
    for (key, value) in [
        ("diff.noprefix", "true"),
        ("diff.interHunkContext", "50"),
        ("diff.external", "false"),
        ("diff.renames", "false"),
        ("diff.relative", "true"),
        ("color.ui", "always"),
        ("core.quotePath", "false"),
    ] {
        clone.git(&["config", key, value]);
    }
    clone.write(".gitattributes", "*.md binary\n");
    check(&clone.lint(&[&format!("--changed={sha}"), "--changed-lines"], &GITHUB));
    // Prow merges into the base, or checks the branch out as it is
    let prow = [("PULL_BASE_SHA", base.as_str()), ("PULL_PULL_SHA", head.as_str())];
    origin.git(&["checkout", "--quiet", "merge"]);
    let merged = origin.lint(&["--changed-lines"], &prow);
    check(&merged);
    assert!(merged.err.contains("(merge base of HEAD and PULL_BASE_SHA): 4 files changed"), "{}", merged.err);
    origin.git(&["checkout", "--quiet", "branch"]);
    check(&origin.lint(&["--changed-lines"], &prow));
}

#[test]
fn a_github_checkout_of_something_else_is_compared_with_its_base() {
    if !has_git() {
        return;
    }
    let scratch = Scratch::new();
    let (origin, ..) = pull_request(&scratch);
    // one commit alone has no base
    let shallow = checkout(&scratch, &origin, "1");
    let ran = shallow.lint(&["--changed"], &GITHUB);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("error: where the pull request left main is not in this clone\nhelp: check out with fetch-depth: 2"), "{}", ran.err);
    // the branch itself, the base merged into it: its first parent is not the base
    let clone = Repository(scratch.0.join("full"));
    let (from, to) = (origin.0.to_str().unwrap(), clone.0.to_str().unwrap());
    origin.git(&["clone", "--quiet", "--branch", "branch", from, to]);
    clone.git(&["merge", "--quiet", "--no-ff", "--no-edit", "origin/main"]);
    let ran = clone.lint(&["--changed"], &GITHUB);
    assert!(ran.err.contains("(origin/main): 4 files"), "{}", ran.err);
    assert_eq!(ran.paths(), ["edited.md", "reviews/new name.md", STRANGE]);
}

#[test]
fn at_home_the_work_tree_is_compared_with_where_the_branch_began() {
    if !has_git() {
        return;
    }
    let scratch = Scratch::new();
    let (origin, ..) = pull_request(&scratch);
    let clone = Repository(scratch.0.join("home"));
    let (from, to) = (origin.0.to_str().unwrap(), clone.0.to_str().unwrap());
    origin.git(&["clone", "--quiet", from, to]);
    clone.write(".gitignore", "ignored.md\n");
    clone.write("ignored.md", &document("I", 3));
    clone.write("sub/untracked.md", &document("U", 3));
    clone.edit("untouched.md", "  Answer 2.\n", "  TODO\n");
    let ran = clone.lint(&["--changed"], &[("GITHUB_BASE_REF", "")]);
    assert_eq!(ran.paths(), ["sub/untracked.md", "untouched.md"]);
    assert!(
        ran.err.contains("compared the work tree with ")
            && ran.err.contains("(origin/main): 3 files changed, 2 to check"),
        "{}",
        ran.err
    );
    let lines = clone.lint(&["--changed-lines", "untouched.md"], &[]);
    assert_eq!(lines.found(), [format!("untouched.md placeholder-answer {}", asked(2).0)]);
    // committed and from a directory below
    clone.commit();
    let below = Repository(clone.0.join("sub"));
    assert_eq!(below.lint(&["--changed"], &[]).paths(), ["untracked.md"]);
    assert_eq!(below.lint(&["--changed", ".."], &[]).paths().len(), 2);
    assert_eq!(clone.lint(&["--changed=HEAD"], &[]).paths(), [""; 0]);
    // in a hook of a linked work tree
    let hook = [("GIT_DIR", clone.0.join(".git")), ("GIT_INDEX_FILE", clone.0.join(".git/index"))];
    let hook = hook.each_ref().map(|(name, path)| (*name, path.to_str().unwrap()));
    assert_eq!(below.lint(&["--changed"], &hook).paths(), ["untracked.md"]);
}

#[test]
fn without_a_base_there_is_an_error_with_a_hint() {
    if !has_git() {
        return;
    }
    let scratch = Scratch::new();
    let fails = |repository: &Repository, arguments: &[&str], variables: &[(&str, &str)], expected: &str| {
        let ran = repository.lint(arguments, variables);
        assert_eq!(ran.code, 2, "{arguments:?}");
        assert!(ran.err.contains(expected), "{arguments:?}: {}", ran.err);
        assert!(ran.err.contains("\nhelp: "), "{}", ran.err);
    };
    let outside = Repository(scratch.0.join("outside"));
    outside.write("a.md", "# A\n");
    let ceiling = [("GIT_CEILING_DIRECTORIES", scratch.0.to_str().unwrap())];
    fails(&outside, &["--changed"], &ceiling, "is in no git repository");
    fails(&outside, &["--changed", "-"], &[], "nobody knows what changed in standard input");
    fails(&outside, &["--changed"], &[("PATH", "")], "git is not installed");
    let repository = repository(&scratch, "own");
    fails(&repository, &["--changed"], &[], "has no commit yet");
    repository.write("a.md", &document("A", 3));
    repository.commit();
    fails(&repository, &["--changed"], &[], "there is no origin/HEAD, origin/main or origin/master");
    fails(&repository, &["--changed=mian"], &[], "`mian` is no commit of this repository");
    fails(&repository, &["--changed=--output=x"], &[], "`--output=x` is no commit of this repository");
    let prow = [("PULL_BASE_SHA", "0123456789012345678901234567890123456789"), ("PULL_PULL_SHA", "HEAD")];
    fails(&repository, &["--changed"], &prow, "is not in this clone");
    repository.git(&["checkout", "--quiet", "--orphan", "apart"]);
    repository.write("b.md", "# B\n");
    repository.commit();
    fails(&repository, &["--changed=main"], &[], "HEAD and main have no commit in common");
    repository.git(&["update-ref", "refs/remotes/origin/next", "HEAD"]);
    fails(&repository, &["--changed=next"], &[], "help: did you mean `origin/next`?");
}

const README: &str = "# KEP-1: Pods\n\n## Release Signoff Checklist\n\n## Summary\n\nText.\n\n## Motivation\n\n### Goals\n\nG.\n\n### Non-Goals\n\nN.\n\n## Proposal\n\nP.\n\n## Design Details\n\nD.\n";

#[test]
fn a_kep_changes_with_any_of_its_files() {
    if !has_git() {
        return;
    }
    let scratch = Scratch::new();
    let repository = repository(&scratch, "enhancements");
    let kep = |number: &str| {
        let directory = format!("keps/sig-node/{number}-pods");
        repository.write(&format!("{directory}/README.md"), README);
        let text = format!(
            "title: Pods\nkep-number: {number}\nauthors:\n  - \"@a\"\nowning-sig: sig-node\nstatus: implementable\nstage: alpha\napprovers:\n  - \"@b\"\nsee-also: []\n"
        );
        repository.write(&format!("{directory}/kep.yaml"), &text);
        repository.write(
            &format!("keps/prod-readiness/sig-node/{number}.yaml"),
            &format!("kep-number: {number}\nalpha:\n  approver: \"@c\"\n"),
        );
        directory
    };
    repository.write("OWNERS_ALIASES", "aliases:\n  prod-readiness-approvers:\n    - c\n");
    let all = ["1001", "1002", "1003", "1004", "1005", "1006"].map(kep);
    repository.commit();
    let documents = |arguments: &[&str]| {
        let ran = repository.lint(&[&["--changed=HEAD"], arguments].concat(), &[]);
        let mut all: Vec<String> = ran.json["files"]
            .as_array()
            .unwrap()
            .iter()
            .map(|file| file["document"].as_str().unwrap().to_string())
            .collect();
        all.dedup();
        all
    };
    assert!(documents(&[]).is_empty());
    repository.edit(&format!("{}/README.md", all[0]), "Text.", "Words.");
    repository.edit(&format!("{}/kep.yaml", all[1]), "@a", "@d");
    repository.edit("keps/prod-readiness/sig-node/1003.yaml", "@c", "@x");
    fs::remove_file(repository.0.join("keps/prod-readiness/sig-node/1004.yaml")).unwrap();
    fs::remove_file(repository.0.join(&all[4]).join("kep.yaml")).unwrap();
    let readme = |at: usize| format!("{}/README.md", all[at]);
    let expected: Vec<String> = (0..5).map(readme).collect();
    let found: Vec<String> = documents(&[]).into_iter().filter(|path| path.ends_with("README.md")).collect();
    assert_eq!(found, expected);
    assert_eq!(documents(&[&all[2]]), [readme(2)]);
    // lines of metadata: the entry that changed, and what its absence makes wrong
    let lines = repository.lint(&["--changed=HEAD", "--changed-lines", &all[1]], &[]);
    assert!(lines.found().iter().all(|one| one.contains("kep.yaml kep-")), "{:?}", lines.found());
    // another stage asks other questions, so all of them count
    repository.edit(&format!("{}/kep.yaml", all[5]), "stage: alpha", "stage: beta");
    let lines = repository.lint(&["--changed=HEAD", "--changed-lines", &all[5]], &[]);
    assert!(lines.found().iter().any(|one| one.contains("README.md missing-section")), "{:?}", lines.found());
}
