//! Which commit a change is compared with.

use super::super::git::{Git, GitError};

/// What a change is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Base {
    /// The commit's full name.
    pub(super) commit: String,
    /// How it was found, for people.
    pub(super) origin: String,
}

const DEEPER: &str = "the clone is shallow: check out with fetch-depth: 2 (the merge commit of a pull request) or fetch-depth: 0, or run `git fetch --unshallow`";

/// Whether the environment is that of a pull request's check: then what is committed counts and nothing else.
pub(super) fn is_check(variable: &dyn Fn(&str) -> Option<String>) -> bool {
    variable("GITHUB_BASE_REF").is_some()
        || variable("PULL_BASE_SHA").is_some() && variable("PULL_PULL_SHA").is_some()
}

/// Chooses the base: the one that was named, else that of the pull request being checked (GitHub, Prow), else
/// where this branch left the repository's main branch.
pub(super) fn find(
    git: &Git,
    named: Option<&str>,
    variable: &dyn Fn(&str) -> Option<String>,
) -> Result<Base, GitError> {
    if commit(git, "HEAD")?.is_none() {
        let help = "commit something first, or leave --changed out";
        return Err(GitError::new("the repository has no commit yet, so nothing to compare with", help));
    }
    if let Some(name) = named {
        return of_name(git, name);
    }
    if let Some(branch) = variable("GITHUB_BASE_REF") {
        return of_github(git, &branch);
    }
    if let (Some(base), Some(_)) = (variable("PULL_BASE_SHA"), variable("PULL_PULL_SHA")) {
        return of_prow(git, &base);
    }
    of_default_branch(git)
}

fn of_name(git: &Git, name: &str) -> Result<Base, GitError> {
    if name.starts_with('-') || commit(git, name)?.is_none() {
        let remote = format!("origin/{name}");
        let help = if !name.starts_with('-') && commit(git, &remote)?.is_some() {
            format!("did you mean `{remote}`?")
        } else if is_shallow(git)? {
            format!("{DEEPER}; or fetch it: git fetch origin {name}")
        } else {
            "name a branch, a tag or a commit".into()
        };
        return Err(GitError::new(format!("`{name}` is no commit of this repository, --changed"), help));
    }
    merge_base(git, name)?.ok_or_else(|| apart(git, name))
}

/// GitHub checks out the merge of the pull request into its base, so the first parent is the base, and two
/// commits of history are enough. A workflow can check out the pull request's own branch instead; then `HEAD^1` is
/// the branch's last commit but one, or, where the base was merged into it, not part of the base.
fn of_github(git: &Git, branch: &str) -> Result<Base, GitError> {
    let remote = format!("origin/{branch}");
    let has_remote = commit(git, &remote)?.is_some();
    let first = if commit(git, "HEAD^2")?.is_some() { commit(git, "HEAD^1")? } else { None };
    let of_first = first
        .map(|commit| Base { commit, origin: format!("HEAD^1, where the pull request goes into {branch}") });
    let fits = !has_remote || git.agrees(&["merge-base", "--is-ancestor", "HEAD^1", &remote])?;
    if let Some(base) = of_first.clone().filter(|_| fits) {
        return Ok(base);
    }
    let of_remote = if has_remote { merge_base(git, &remote)? } else { None };
    // a shallow clone may not know that the one is part of the other
    of_remote.or(of_first).ok_or_else(|| {
        GitError::new(
            format!("where the pull request left {branch} is not in this clone"),
            "check out with fetch-depth: 2 (the merge commit of a pull request) or fetch-depth: 0",
        )
    })
}

/// Prow merges the pull request into PULL_BASE_SHA, or checks out PULL_PULL_SHA as it is: the merge base with HEAD
/// is right for both, and the lines are those of the files that are read.
fn of_prow(git: &Git, base: &str) -> Result<Base, GitError> {
    let found = if base.starts_with('-') { None } else { commit(git, base)? };
    if found.is_none() {
        let help = format!("clone it: git fetch origin {base}; or name the base, --changed=BASE");
        return Err(GitError::new(format!("PULL_BASE_SHA {base} is not in this clone"), help));
    }
    let merged = merge_base(git, base)?.ok_or_else(|| apart(git, base))?;
    Ok(Base { origin: "merge base of HEAD and PULL_BASE_SHA".into(), ..merged })
}

fn of_default_branch(git: &Git) -> Result<Base, GitError> {
    for name in ["origin/HEAD", "origin/main", "origin/master"] {
        if commit(git, name)?.is_some() {
            let full = git.ask(&["rev-parse", "--abbrev-ref", name])?.unwrap_or_else(|| name.into());
            return merge_base(git, &full)?.ok_or_else(|| apart(git, &full));
        }
    }
    Err(GitError::new(
        "there is no origin/HEAD, origin/main or origin/master to compare with",
        "name the base: --changed=BASE, such as --changed=main or --changed=HEAD",
    ))
}

/// Where the history of HEAD and that of a commit part.
fn merge_base(git: &Git, name: &str) -> Result<Option<Base>, GitError> {
    let Some(found) = git.ask(&["merge-base", name, "HEAD"])? else { return Ok(None) };
    let itself = commit(git, name)?.as_ref() == Some(&found);
    let origin = if itself { name.to_string() } else { format!("merge base of HEAD and {name}") };
    Ok(Some(Base { commit: found, origin }))
}

fn apart(git: &Git, name: &str) -> GitError {
    let help = match is_shallow(git) {
        Ok(true) => DEEPER,
        _ => "name a base that this branch comes from: --changed=BASE",
    };
    GitError::new(format!("HEAD and {name} have no commit in common here"), help)
}

fn commit(git: &Git, name: &str) -> Result<Option<String>, GitError> {
    git.ask(&["rev-parse", "--verify", "--quiet", &format!("{name}^{{commit}}")])
}

fn is_shallow(git: &Git) -> Result<bool, GitError> {
    Ok(git.ask(&["rev-parse", "--is-shallow-repository"])?.as_deref() == Some("true"))
}
