//! Tests of the room on a directory of their own.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use super::*;
use crate::input::{Lookup, Repository};

/// A directory that goes away with its test.
struct Scratch(PathBuf);

impl Scratch {
    fn new(files: &[&str]) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("gtr-discover-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let scratch = Self(std::env::temp_dir().canonicalize().unwrap().join(name));
        fs::create_dir_all(&scratch.0).unwrap();
        for file in files {
            scratch.write(file, "# A\n");
        }
        scratch
    }

    fn write(&self, file: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    fn names(&self, found: &Found) -> Vec<String> {
        found
            .candidates
            .iter()
            .map(|one| relative(&Roots::new(disk()).absolute(&one.path), &self.0).unwrap())
            .collect()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn disk() -> Arc<dyn Files> {
    Arc::new(Disk::default())
}

fn take(paths: &[PathBuf]) -> Found {
    candidates(paths, &Roots::new(disk()))
}

fn read_one(path: &Path) -> Result<crate::input::Input, ReadError> {
    let candidate = Candidate { path: path.to_path_buf(), shown: "a.md".into(), explicit: true };
    read(&candidate, &disk(), &Roots::new(disk()))
}

#[test]
fn a_walk_takes_markdown_in_order_and_honours_gitignore() {
    let scratch = Scratch::new(&["b/z.md", "b.md", "a.MARKDOWN", "a.txt", ".hidden/a.md", "gone/a.md"]);
    scratch.write(".gitignore", "gone/\n");
    let found = take(std::slice::from_ref(&scratch.0));
    assert_eq!(scratch.names(&found), ["a.MARKDOWN", "b/z.md", "b.md"]);
    assert!(found.problems.is_empty() && found.candidates.iter().all(|one| !one.explicit));
}

#[test]
fn a_named_file_is_taken_once_whatever_it_is_called() {
    let scratch = Scratch::new(&["a.txt", "b.md"]);
    let paths =
        [scratch.0.join("a.txt"), scratch.0.join("./a.txt"), scratch.0.clone(), scratch.0.join("b.md")];
    let found = take(&paths);
    assert_eq!(scratch.names(&found), ["a.txt", "b.md"]);
    assert!(found.candidates.iter().all(|one| one.explicit));
}

#[test]
fn a_missing_path_does_not_hide_the_others() {
    let scratch = Scratch::new(&["a.md"]);
    let found = take(&[scratch.0.join("nowhere.md"), scratch.0.join("a.md")]);
    assert_eq!(scratch.names(&found), ["a.md"]);
    assert!(found.problems[0].to_string().ends_with("nowhere.md: no such file or directory"));
}

#[cfg(unix)]
#[test]
fn links_are_followed_when_named_and_loops_are_no_trap() {
    use std::os::unix::fs::symlink;
    let scratch = Scratch::new(&["docs/a.md"]);
    symlink(scratch.0.join("docs"), scratch.0.join("docs/loop")).unwrap();
    symlink("round.md", scratch.0.join("round.md")).unwrap();
    symlink("docs/a.md", scratch.0.join("link.md")).unwrap();
    assert_eq!(scratch.names(&take(std::slice::from_ref(&scratch.0))), ["docs/a.md"]);
    assert_eq!(scratch.names(&take(&[scratch.0.join("link.md")])), ["link.md"]);
    assert_eq!(take(&[scratch.0.join("round.md")]).problems.len(), 1);
}

#[cfg(unix)]
#[test]
fn sockets_and_devices_are_refused_before_they_are_opened() {
    let scratch = Scratch::new(&[]);
    let path = scratch.0.join("a.md");
    let _socket = std::os::unix::net::UnixListener::bind(&path).unwrap();
    assert_eq!(read_one(&path).err().unwrap().reason, "a socket, not a regular file");
    assert_eq!(read_one(Path::new("/dev/null")).err().unwrap().reason, "a device, not a regular file");
}

#[test]
fn what_is_no_text_is_an_error_that_says_why() {
    let scratch = Scratch::new(&[]);
    let latin = scratch.write("latin.md", b"caf\xe9\n");
    let error = read_one(&latin).err().unwrap();
    assert_eq!(error.to_string(), "cannot read a.md: not UTF-8: byte 3 is not part of a valid character");
    let wide = scratch.write("wide.md", b"\xff\xfea\0");
    assert!(read_one(&wide).err().unwrap().reason.starts_with("UTF-16"));
    let large = scratch.write("large.md", "12345");
    let error = Disk { max_size: 4 }.read(&large).unwrap_err();
    assert_eq!(error.reason, "larger than 4 bytes");
    assert!(Disk { max_size: 5 }.read(&large).is_ok());
}

#[test]
fn the_root_is_git_or_a_known_layout() {
    let scratch = Scratch::new(&["toc/toc_subprojects/x", "toc/projects/a/b.md", "plain/a.md"]);
    let roots = Roots::new(disk());
    let root = roots.root(&scratch.0.join("toc/projects/a/b.md")).unwrap();
    assert_eq!(root.repository, Repository::Toc);
    assert_eq!(root.place(&scratch.0.join("toc/projects/a/b.md")).unwrap().path, "projects/a/b.md");
    assert_eq!(roots.root(&scratch.0.join("plain/a.md")), None);
    scratch.write("plain/.git/HEAD", "");
    let git = Roots::new(disk()).root(&scratch.0.join("plain/deep/a.md")).unwrap();
    assert_eq!((git.directory, git.repository), (scratch.0.join("plain"), Repository::Other));
}

#[test]
fn other_projects_with_keps_are_no_checkout_of_enhancements() {
    let scratch = Scratch::new(&["r/.git/HEAD", "r/OWNERS_ALIASES", "r/keps/1-a/README.md"]);
    let repository = || Roots::new(disk()).root(&scratch.0.join("r/keps/1-a/README.md")).unwrap().repository;
    assert_eq!(repository(), Repository::Other);
    scratch.write("r/keps/prod-readiness/sig-a/1.yaml", "");
    assert_eq!(repository(), Repository::Enhancements);
}

#[test]
fn targets_are_looked_up_inside_the_repository_only() {
    let scratch = Scratch::new(&["r/.git/HEAD", "r/docs/a.md", "r/b c.md", "outside.md"]);
    let input = read_one(&scratch.0.join("r/docs/a.md")).unwrap();
    let lookup: Arc<dyn Lookup> = input.targets.unwrap();
    for (target, expected) in [
        ("a.md", Some(true)),
        ("../b%20c.md", Some(true)),
        ("../b c.md#part", Some(true)),
        ("/docs/a.md", Some(true)),
        ("/docs", Some(true)),
        ("missing.md", Some(false)),
        ("../../outside.md", None),
        ("../../r/docs/a.md", None),
        ("%2e%2e/%2e%2e/outside.md", None),
    ] {
        assert_eq!(lookup.exists(target), expected, "{target}");
        assert_eq!(lookup.exists(target), expected, "{target}, asked again");
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("../../outside.md", scratch.0.join("r/docs/out.md")).unwrap();
        assert_eq!(lookup.exists("out.md"), None);
    }
    assert!(read_one(&scratch.0.join("outside.md")).unwrap().targets.is_none());
}

#[test]
fn the_nearest_configuration_up_to_the_root_counts() {
    let scratch = Scratch::new(&["r/.git/HEAD", "r/a/b/c.md", "r/d/e.md"]);
    scratch.write("gtr.yaml", "level: graduation");
    scratch.write("r/.gtr.yaml", "level: sandbox");
    scratch.write("r/a/gtr.yaml", "level: incubation");
    let (files, roots) = (disk(), Roots::new(disk()));
    let mut configurations = Configurations::new(&*files, &roots);
    let located = configurations.of(&scratch.0.join("r/a/b/c.md")).unwrap().unwrap();
    assert_eq!(located.directory, scratch.0.join("r/a"));
    assert_eq!(located.relative(&scratch.0.join("r/a/b/c.md")), "b/c.md");
    let located = configurations.of(&scratch.0.join("r/d/e.md")).unwrap().unwrap();
    assert_eq!(located.directory, scratch.0.join("r"));
    scratch.write("r/gtr.yaml", "");
    let error = Configurations::new(&*files, &roots).of(&scratch.0.join("r/d/e.md")).unwrap_err();
    assert!(error.message.contains("beside another"));
    fs::remove_file(scratch.0.join("r/.gtr.yaml")).unwrap();
    scratch.write("r/gtr.yaml", "levl: sandbox");
    let error = Configurations::new(&*files, &roots).of(&scratch.0.join("r/d/e.md")).unwrap_err();
    assert_eq!((error.message.as_str(), error.at), ("unknown key `levl`", Some((1, 1))));
}

#[test]
fn a_listing_answers_where_a_name_is_a_name() {
    let scratch = Scratch::new(&["a.md", "b/c.md", "gone.md"]);
    let files = Listed::new(Disk::default());
    let path = |name: &str| scratch.0.join(name);
    assert_eq!(files.kind(&path("a.md")), None, "not listed yet");
    files.list(&scratch.0);
    files.list(&path("nowhere"));
    fs::remove_file(path("gone.md")).unwrap();
    for (name, kind, exists) in [
        ("a.md", Some(Kind::File), true),
        ("b", Some(Kind::Directory), true),
        ("x.md", Some(Kind::Nothing), false),
        // until the end of the run
        ("gone.md", Some(Kind::File), true),
        // who knows what the file system makes of these
        ("A~1.MD", None, false),
        ("é.md", None, false),
        ("nowhere/a.md", None, false),
        ("b/c.md", None, true),
    ] {
        assert_eq!((files.kind(&path(name)), files.exists(&path(name))), (kind, exists), "{name}");
    }
    assert_eq!(files.kind(&path("A.md")), None);
    assert!(files.has(&scratch.0, "a.md") && !files.has(&scratch.0, "gtr.yaml"));
    #[cfg(unix)]
    {
        let scratch = Scratch::new(&["a.md"]);
        std::os::unix::fs::symlink("nothing.md", scratch.0.join("link.md")).unwrap();
        files.list(&scratch.0);
        let link = scratch.0.join("link.md");
        assert_eq!((files.kind(&link), files.exists(&link)), (Some(Kind::Other), false));
    }
}

/// A checkout with one KEP, an approval, and YAML that is nobody's business.
fn checkout() -> Scratch {
    let scratch = Scratch::new(&["keps/sig-a/12-x/README.md", "keps/sig-a/12-x/design.md", "docs/a.md"]);
    scratch.write("OWNERS_ALIASES", "aliases: {}");
    scratch.write("keps/sig-a/12-x/kep.yaml", "owning-sig: sig-a\nkep-number: 12\n");
    scratch.write("keps/sig-a/12-x/sample.yaml", "a: 1");
    scratch.write("keps/prod-readiness/sig-a/12.yaml", "kep-number: 12");
    scratch.write("keps/prod-readiness/OWNERS.yaml", "a: 1");
    scratch.write("docs/kep.yaml", "a: 1");
    scratch
}

#[test]
fn a_walk_takes_the_metadata_of_keps_and_no_other_yaml() {
    let scratch = checkout();
    let found = take(std::slice::from_ref(&scratch.0));
    assert_eq!(
        scratch.names(&found),
        [
            "docs/a.md",
            "keps/prod-readiness/sig-a/12.yaml",
            "keps/sig-a/12-x/README.md",
            "keps/sig-a/12-x/design.md",
            "keps/sig-a/12-x/kep.yaml"
        ]
    );
    let covered = read_with_others(&found.candidates, &*disk(), &Roots::new(disk()));
    let mut covered: Vec<_> = covered.iter().filter_map(|path| relative(path, &scratch.0)).collect();
    covered.sort();
    assert_eq!(covered, ["keps/prod-readiness/sig-a/12.yaml", "keps/sig-a/12-x/kep.yaml"]);
    // in another repository only the directory that was named
    scratch.write("docs/.git/HEAD", "");
    scratch.write("docs/deep/kep.yaml", "a: 1");
    assert_eq!(scratch.names(&take(&[scratch.0.join("docs")])), ["docs/a.md", "docs/kep.yaml"]);
}

#[test]
fn the_files_of_a_kep_come_along_with_one_of_them() {
    use crate::input::Role::{KepMetadata, PrrApproval};
    let scratch = checkout();
    let roots = Roots::new(disk()).with_aliases(|text| [(text.to_string(), Vec::new())].into());
    let with = |path: &str| {
        let path = scratch.0.join(path);
        let candidate = Candidate { shown: shown(&path), path: path.clone(), explicit: true };
        let mut input = read(&candidate, &disk(), &roots).unwrap();
        assert_eq!(attach(&mut input, &path, &*disk(), &roots), []);
        let roles: Vec<_> = input.companions.iter().map(|(role, _)| *role).collect();
        (roles, input.tree)
    };
    let (roles, tree) = with("keps/sig-a/12-x/README.md");
    assert_eq!(roles, [KepMetadata, PrrApproval]);
    let tree = tree.unwrap();
    assert!(tree.readmes.contains("keps/sig-a/12-x") && tree.approvals.contains("sig-a/12"));
    assert!(tree.groups.contains_key("aliases: {}"));
    let (roles, again) = with("keps/sig-a/12-x/kep.yaml");
    assert_eq!(roles, [PrrApproval]);
    assert!(Arc::ptr_eq(&tree, &again.unwrap()), "listed once");
    assert_eq!(with("keps/prod-readiness/sig-a/12.yaml").0, [KepMetadata]);
    assert_eq!(with("keps/sig-a/12-x/design.md").0, []);
    let (roles, tree) = with("docs/a.md");
    assert!(roles.is_empty() && tree.is_none());
}
