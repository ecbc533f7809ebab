//! Repositories made by git, documents, and a pull request of them.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use gtr_lint::review::Templates;
use gtr_lint::template::{ItemIndex, ItemKind, Requirement};

use super::scratch::{Scratch, without_settings};

/// Variables of the checks that these tests may run in.
pub(super) const VARIABLES: [&str; 4] = ["GITHUB_BASE_REF", "PULL_BASE_SHA", "PULL_PULL_SHA", "CI"];

/// A repository with nothing in it.
pub(super) fn repository(scratch: &Scratch, name: &str) -> Repository {
    let repository = Repository(scratch.0.join(name));
    fs::create_dir_all(&repository.0).unwrap();
    repository.git(&["init", "--quiet"]);
    repository.git(&["symbolic-ref", "HEAD", "refs/heads/main"]);
    repository
}

pub(super) struct Repository(pub(super) PathBuf);

impl Repository {
    pub(super) fn git(&self, arguments: &[&str]) -> String {
        let output = clean(Command::new("git").arg("-C").arg(&self.0).args(arguments)).output().unwrap();
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "git {arguments:?}: {error}");
        String::from_utf8(output.stdout).unwrap().trim().to_string()
    }

    pub(super) fn write(&self, path: &str, content: &str) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    pub(super) fn edit(&self, path: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.0.join(path)).unwrap();
        assert!(text.contains(from), "{path} has no {from:?}");
        self.write(path, &text.replacen(from, to, 1));
    }

    pub(super) fn commit(&self) -> String {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", "a change"]);
        self.git(&["rev-parse", "HEAD"])
    }

    pub(super) fn lint(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Ran {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gtr"));
        clean(command.current_dir(&self.0).args(["lint", "--format", "json"]).args(arguments));
        for name in VARIABLES {
            command.env_remove(name);
        }
        let output = command.envs(variables.iter().copied()).output().unwrap();
        let json = serde_json::from_slice(&output.stdout).unwrap_or_default();
        let err = String::from_utf8(output.stderr).unwrap();
        Ran { code: output.status.code().unwrap(), json, err }
    }
}

/// Git as nobody has configured it.
pub(super) fn clean(command: &mut Command) -> &mut Command {
    without_settings(command);
    let nobody = ["GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"];
    command
        .envs(nobody.map(|name| (name, "nobody")))
        .envs([("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1"), ("GTR_TODAY", "2026-09-01")])
        .stdin(Stdio::null())
}

/// Whether git is there; where it is not, nothing here can be tested.
#[allow(clippy::print_stderr, reason = "a skipped test must say so")]
pub(super) fn has_git() -> bool {
    let there = Command::new("git").arg("--version").output().is_ok_and(|output| output.status.success());
    if !there {
        eprintln!("skipped: git is not installed");
    }
    there
}

pub(super) struct Ran {
    pub(super) code: i32,
    pub(super) json: serde_json::Value,
    pub(super) err: String,
}

impl Ran {
    /// Path, rule and item of every finding.
    pub(super) fn found(&self) -> Vec<String> {
        let mut all = Vec::new();
        for file in self.json["files"].as_array().unwrap_or_else(|| panic!("no report: {}", self.err)) {
            for one in file["diagnostics"].as_array().unwrap() {
                let word = |value: &serde_json::Value| value.as_str().unwrap_or("-").to_string();
                all.push(format!("{} {} {}", word(&file["path"]), word(&one["rule"]), word(&one["item"])));
            }
        }
        all
    }

    pub(super) fn paths(&self) -> Vec<&str> {
        let files = self.json["files"].as_array().unwrap_or_else(|| panic!("no report: {}", self.err));
        files.iter().map(|file| file["path"].as_str().unwrap()).collect()
    }

    pub(super) fn baselined(&self) -> u64 {
        self.json["summary"]["baselined"].as_u64().unwrap_or(0)
    }
}

/// A document that answers every question which sandbox asks for. Answer number n is `Answer n.`; the title's
/// project and a defect that is known are given.
pub(super) fn document(project: &str, known: usize) -> String {
    let templates = Templates::new(Vec::new());
    let template = templates.get("gtr").unwrap().template.clone();
    let mut text = format!("# General Technical Review - {project} / Sandbox\n\n");
    let mut number = 0;
    for index in template.indices().filter(|index| template.item(*index).is_in(template.newest())) {
        let item = template.item(index);
        if item.required.first() != Some(&Requirement::Required) && item.kind != ItemKind::Section {
            continue;
        }
        match item.kind {
            ItemKind::Section => text += &format!("## {}\n\n", item.newest_wording()),
            ItemKind::Question | ItemKind::Group => {
                number += 1;
                text += &format!("* {}\n\n", item.newest_wording());
                text += &if number == known { "  TBD\n\n".into() } else { format!("  Answer {number}.\n\n") };
            }
            ItemKind::Field | ItemKind::Checkbox => {}
        }
    }
    text
}

/// The item whose answer is `Answer n.` and the text from its question to the next one.
pub(super) fn asked(number: usize) -> (String, String) {
    let text = document("X", 0);
    let end = text.find(&format!("  Answer {number}.\n\n")).unwrap();
    let start = text[..end].rfind("\n* ").unwrap() + 1;
    let whole = &text[start..end + format!("  Answer {number}.\n\n").len()];
    let wording = whole[2..].lines().next().unwrap();
    let templates = Templates::new(Vec::new());
    let template = templates.get("gtr").unwrap().template.clone();
    let of = |index: &ItemIndex| template.item(*index).newest_wording().starts_with(wording);
    let item = template.item(template.indices().find(of).unwrap()).id.clone();
    (item, whole.to_string())
}

pub(super) const STRANGE: &str =
    if cfg!(unix) { "reviews/né\n\"w\" \u{1f980}*.md" } else { "reviews/né \u{1f980}.md" };

/// A pull request: a base, a branch with edits, a new, a renamed and a deleted document, a main branch that went
/// on, and the merge that GitHub and Prow make of both. Gives the origin and the commits of base and branch.
pub(super) fn pull_request(scratch: &Scratch) -> (Repository, String, String) {
    let origin = repository(scratch, "origin");
    for name in ["edited.md", "old name.md", "deleted.md", "untouched.md"] {
        origin.write(name, &document(name, 3));
    }
    origin.commit();
    origin.git(&["checkout", "--quiet", "-b", "branch"]);
    origin.edit("edited.md", "  Answer 5.\n", "  TODO\n");
    origin.edit("edited.md", &asked(8).1, "");
    fs::remove_file(origin.0.join("deleted.md")).unwrap();
    fs::create_dir_all(origin.0.join("reviews")).unwrap();
    fs::rename(origin.0.join("old name.md"), origin.0.join("reviews/new name.md")).unwrap();
    origin.edit("reviews/new name.md", "  Answer 6.\n", "");
    origin.write(STRANGE, &document("New", 3));
    origin.write("README.md", "# Not a review\n");
    let head = origin.commit();
    origin.git(&["checkout", "--quiet", "main"]);
    origin.edit("edited.md", "  Answer 1.\n", "  More\n  lines.\n\n  TODO later\n");
    origin.write("new on main.md", &document("Main", 3));
    let base = origin.commit();
    origin.git(&["checkout", "--quiet", "-b", "merge"]);
    origin.git(&["merge", "--quiet", "--no-ff", "--no-edit", "branch"]);
    origin.git(&["update-ref", "refs/pull/1/merge", "HEAD"]);
    origin.git(&["checkout", "--quiet", "main"]);
    (origin, base, head)
}

/// What GitHub's checkout action leaves: some commits of the merge, and no branch.
pub(super) fn checkout(scratch: &Scratch, origin: &Repository, depth: &str) -> Repository {
    let clone = repository(scratch, &format!("clone{depth}"));
    let url = format!("file://{}", origin.0.display());
    clone.git(&["fetch", "--quiet", "--depth", depth, &url, "refs/pull/1/merge"]);
    clone.git(&["checkout", "--quiet", "--detach", "FETCH_HEAD"]);
    clone
}
