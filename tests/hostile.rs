//! What strangers may send: every run ends, says why in its exit code, and never with a panic. The program is run as
//! people run it. Sizes are such that anything quadratic would not be done within the minute that a run has.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

#[path = "hostile/documents.rs"]
mod documents;
#[path = "common/scratch.rs"]
mod scratch;

use std::fs;
use std::io::{Read, Write};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use scratch::{Ran, Scratch, without_settings};

fn run(repository: &Scratch, arguments: &[&str]) -> Ran {
    run_with(repository, arguments, &[], b"")
}

/// A run that is ended after a minute, and that gets 4 GiB of memory where that can be said.
fn run_with(repository: &Scratch, arguments: &[&str], variables: &[(&str, &str)], input: &[u8]) -> Ran {
    let mut command = if cfg!(target_os = "linux") {
        let mut shell = Command::new("sh");
        shell.args(["-c", "ulimit -v 4194304; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_gtr")]);
        shell
    } else {
        Command::new(env!("CARGO_BIN_EXE_gtr"))
    };
    command.current_dir(&repository.0).args(arguments);
    without_settings(&mut command);
    command.envs(variables.iter().copied());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let (mut stdout, mut stderr) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
    std::thread::scope(|scope| {
        // it may refuse to read all of it
        scope.spawn(move || drop(stdin.write_all(input)));
        let out = scope.spawn(move || {
            let mut bytes = Vec::new();
            stdout.read_to_end(&mut bytes).map(|_| String::from_utf8(bytes).expect("UTF-8"))
        });
        let err = scope.spawn(move || {
            let mut bytes = Vec::new();
            stderr.read_to_end(&mut bytes).map(|_| String::from_utf8(bytes).expect("UTF-8"))
        });
        let begin = Instant::now();
        let code = loop {
            match child.try_wait().unwrap() {
                Some(status) => break status.code(),
                None if begin.elapsed() > Duration::from_secs(60) => {
                    child.kill().unwrap();
                    child.wait().unwrap();
                    panic!("{arguments:?} does not end");
                }
                None => std::thread::sleep(Duration::from_millis(2)),
            }
        };
        let ran = Ran { code, out: out.join().unwrap().unwrap(), err: err.join().unwrap().unwrap() };
        assert!(matches!(ran.code, Some(0..=2)), "{arguments:?}: {:?}\n{}", ran.code, ran.err);
        assert!(!ran.err.contains("panicked") && !ran.err.contains("has a bug"), "{}", ran.err);
        ran
    })
}

/// Every hostile document through a command, on as many threads as there are; all can be read.
fn all_documents(n: usize, arguments: &[&str]) {
    let repository = Scratch::repository(&[]);
    let work = Mutex::new(documents::documents(n).into_iter().enumerate());
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let Some((at, (name, text))) = work.lock().unwrap().next() else { break };
                    let file = format!("{at}.md");
                    repository.write(&file, text);
                    let ran = run(&repository, &[arguments, &[&file]].concat());
                    assert!(matches!(ran.code, Some(0 | 1)), "{name}: {:?}\n{}", ran.code, ran.err);
                }
            });
        }
    });
}

#[test]
fn documents_are_checked() {
    all_documents(10_000, &["lint", "--format", "concise"]);
}

#[test]
fn documents_are_checked_as_reviews_and_as_keps_whatever_they_are() {
    all_documents(2_000, &["lint", "--template", "gtr", "--format", "json"]);
    all_documents(2_000, &["lint", "--template", "kep"]);
}

#[test]
fn documents_are_shown_on_a_page() {
    all_documents(2_000, &["report", "--format", "html"]);
}

#[test]
fn documents_are_fixed() {
    all_documents(500, &["lint", "--diff", "--quiet"]);
}

#[test]
fn fifty_thousand_identical_questions_are_aligned() {
    let repository = Scratch::repository(&[]);
    let head =
        "# General Technical Review - Lanterns / Sandbox\n\n## Day 0 - Planning Phase\n\n### Scope\n\n";
    repository.write("a.md", head.to_string() + &format!("- {}\n", documents::QUESTION).repeat(50_000));
    assert_eq!(run(&repository, &["lint", "--format", "concise", "a.md"]).code, Some(1));
}

#[test]
fn metadata_configuration_and_templates_are_read_or_refused() {
    let repository = Scratch::repository(&[]);
    let readme = "# KEP-1: A\n\n## Summary\n\nText.\n\n## Motivation\n\nText.\n\n### Goals\n\nText.\n";
    let good = "title: A\nkep-number: 1\nowning-sig: sig-a\n";
    let (kep, approval) = ("keps/sig-a/1-a/kep.yaml", "keps/prod-readiness/sig-a/1.yaml");
    repository.write("keps/sig-a/1-a/README.md", readme);
    for (name, text) in documents::metadata(4_000) {
        for (path, arguments) in [
            (kep, &["lint", "."][..]),
            (approval, &["lint", "--format", "sarif", "."]),
            ("gtr.yaml", &["lint", "."]),
            ("gtr.yaml", &["config", "show", "."]),
            ("t.yaml", &["lint", "--template", "./t.yaml", "."]),
            ("OWNERS_ALIASES", &["lint", "."]),
        ] {
            repository.write("OWNERS_ALIASES", "");
            repository.write(kep, good);
            repository.write(path, &text);
            let ran = run(&repository, arguments);
            // a mistake in what everything depends on stops the run, one in a document is a finding
            let stops = matches!(path, "gtr.yaml" | "t.yaml");
            assert!(stops || ran.code != Some(2), "{name} as {path}: {}", ran.err);
            let said = format!("{}{}", ran.out, ran.err);
            assert!(!said.contains(['\u{1b}', '\u{202e}']), "{name} as {path}: {said:?}");
            fs::remove_file(repository.0.join(path)).unwrap();
        }
    }
}

#[test]
fn what_is_too_large_is_refused_by_flag_variable_and_configuration() {
    let repository = Scratch::repository(&[]);
    repository.write("a.md", "# Hello\n");
    // nothing is written: a file of a terabyte has no bytes here, and is not read
    fs::File::create(repository.0.join("huge.md")).unwrap().set_len(1 << 40).unwrap();
    let ran = run(&repository, &["lint", "huge.md", "a.md"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("error: cannot read huge.md: larger than 67108864 bytes"), "{}", ran.err);
    assert!(ran.err.contains("--max-size, GTR_MAX_SIZE or `max-size` in gtr.yaml"), "{}", ran.err);
    fs::remove_file(repository.0.join("huge.md")).unwrap();

    let code = |arguments: &[&str], variables: &[(&str, &str)]| {
        run_with(&repository, arguments, variables, b"# Hello\n").code
    };
    assert_eq!(code(&["lint", "--max-size", "4", "a.md"], &[]), Some(2));
    assert_eq!(code(&["lint", "--max-size", "4", "-"], &[]), Some(2));
    assert_eq!(code(&["lint", "a.md"], &[("GTR_MAX_SIZE", "4")]), Some(2));
    assert_eq!(code(&["lint", "a.md"], &[("GTR_MAX_SIZE", "")]), Some(0));
    repository.write("gtr.yaml", "max-size: 4\n");
    assert_eq!(code(&["lint", "a.md"], &[]), Some(2));
    assert_eq!(code(&["lint", "-"], &[]), Some(2));
    assert_eq!(code(&["lint", "a.md"], &[("GTR_MAX_SIZE", "1K")]), Some(0));
    assert_eq!(code(&["lint", "--max-size", "1K", "a.md"], &[("GTR_MAX_SIZE", "4")]), Some(0));
    let shown = run(&repository, &["config", "show", "a.md"]).out;
    assert!(shown.contains("max-size: 4 # gtr.yaml"), "{shown}");
    repository.write("gtr.yaml", "max-size: 1 GB or so\n");
    let ran = run(&repository, &["lint", "a.md"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("a number of bytes, or one with K, M or G, gtr.yaml:1:"), "{}", ran.err);
}

#[test]
fn what_is_no_text_is_said_with_the_place() {
    let repository = Scratch::repository(&[]);
    for (bytes, why) in [
        (&b"ab\xe9\n"[..], "not UTF-8: byte 2"),
        (b"\xff\xfe#\0 \0", "UTF-16"),
        (b"\xfe\xff\0#", "UTF-16"),
        (b"\xed\xa0\x80", "not UTF-8: byte 0"),
        (b"ok \xf4\x90\x80\x80", "not UTF-8: byte 3"),
        (b"cut \xe2\x82", "not UTF-8: byte 4"),
    ] {
        repository.write("a.md", bytes);
        let ran = run(&repository, &["lint", "a.md"]);
        assert_eq!(ran.code, Some(2), "{why}");
        assert!(ran.err.contains(why) && ran.err.contains("save the file as UTF-8"), "{why}: {}", ran.err);
        assert_eq!(run_with(&repository, &["lint", "-"], &[], bytes).code, Some(2), "{why}");
    }
    for nothing in ["", "\u{feff}", "\n", "\0"] {
        repository.write("a.md", nothing);
        assert_eq!(run(&repository, &["lint", "--template", "gtr", "a.md"]).code, Some(1), "{nothing:?}");
    }
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    #[test]
    fn what_is_no_file_is_refused_and_a_walk_passes_it_by() {
        let repository = Scratch::repository(&[]);
        let path = |name: &str| repository.0.join(name);
        assert!(Command::new("mkfifo").arg(path("pipe.md")).status().unwrap().success());
        symlink("/dev/zero", path("zero.md")).unwrap();
        symlink("nowhere", path("dangling.md")).unwrap();
        symlink("b.md", path("a.md")).unwrap();
        symlink("a.md", path("b.md")).unwrap();
        fs::create_dir(path("loop")).unwrap();
        symlink("../loop", path("loop/loop")).unwrap();
        fs::create_dir(path("directory.md")).unwrap();
        let socket = std::os::unix::net::UnixListener::bind(path("socket.md"));
        for (name, why) in [
            ("pipe.md", "a named pipe, not a regular file"),
            ("zero.md", "a device, not a regular file"),
            ("/dev/zero", "a device, not a regular file"),
            ("/dev/null", "a device, not a regular file"),
            ("socket.md", "a socket, not a regular file"),
            ("dangling.md", "no such file"),
            ("missing.md", "no such file"),
            ("a.md", ""),
            ("a.md/x", ""),
            (&"x".repeat(5000), ""),
            ("loop/loop/loop/loop/none.md", "no such file"),
        ] {
            let ran = run(&repository, &["lint", name]);
            assert_eq!(ran.code, Some(2), "{name}: {}", ran.err);
            assert!(ran.err.contains("error: cannot read") && ran.err.contains(why), "{name}: {}", ran.err);
        }
        drop(socket);
        for walked in [".", "loop", "loop/loop/loop", "directory.md"] {
            assert_eq!(run(&repository, &["lint", walked]).code, Some(0), "{walked}");
        }
        for configuration in ["pipe.md", "/dev/zero", "a.md", "loop"] {
            let ran = run(&repository, &["lint", "--config", configuration, "loop"]);
            assert_eq!(ran.code, Some(2), "{configuration}");
            let ran = run(&repository, &["lint", "--template", &format!("./{configuration}"), "loop"]);
            assert_eq!(ran.code, Some(2), "{configuration}");
        }
    }

    #[test]
    fn what_may_not_be_read_is_said() {
        let repository = Scratch::repository(&[]);
        repository.write("a.md", "# Hello\n");
        repository.write("closed/a.md", "# Hello\n");
        let permit = |name: &str, mode: u32| {
            fs::set_permissions(repository.0.join(name), fs::Permissions::from_mode(mode)).unwrap();
        };
        permit("a.md", 0);
        permit("closed", 0);
        // the superuser reads everything
        let may = fs::read(repository.0.join("a.md")).is_ok();
        let expected = Some(if may { 0 } else { 2 });
        for path in ["a.md", "closed", "."] {
            let ran = run(&repository, &["lint", path]);
            assert_eq!(ran.code, expected, "{path}: {}", ran.err);
            assert_eq!(ran.err.contains("permission denied"), !may, "{path}: {}", ran.err);
        }
        permit("closed", 0o755);
    }

    #[test]
    fn nothing_outside_of_the_repository_is_read_unless_it_is_named() {
        let secret = Scratch::repository(&[]);
        secret.write("secret", "correct: horse battery staple\n");
        secret.write("secret.md", "# General Technical Review - A / Sandbox\n\nhorse battery TODO\n");
        let outside = secret.0.join("secret");
        let repository = Scratch::repository(&[]);
        let readme = "# KEP-1: A\n\n## Summary\n\nText.\n\n## Motivation\n\nText.\n\n### Goals\n\nText.\n";
        repository.write("keps/sig-a/1-a/README.md", readme);
        symlink(secret.0.join("secret.md"), repository.0.join("link.md")).unwrap();
        symlink(&secret.0, repository.0.join("linked")).unwrap();
        let walked = run(&repository, &["lint", "."]).out;
        assert!(!walked.contains("link"), "a walk follows no links: {walked}");

        let refused = |what: &str| {
            let ran = run(&repository, &["lint", "."]);
            let said = ran.out + &ran.err;
            assert_eq!(ran.code, Some(2), "{what}: {said}");
            assert!(said.contains("leads out of the repository"), "{what}: {said}");
            assert!(!said.contains("correct") && !said.contains("horse"), "{what}: {said}");
        };
        let kep = repository.0.join("keps/sig-a/1-a/kep.yaml");
        symlink(&outside, &kep).unwrap();
        refused("a kep.yaml that is a link");
        fs::remove_file(&kep).unwrap();
        symlink(&outside, repository.0.join("gtr.yaml")).unwrap();
        refused("a configuration that is a link");
        fs::remove_file(repository.0.join("gtr.yaml")).unwrap();
        symlink(&outside, repository.0.join("template.yaml")).unwrap();
        let upwards = format!("{}{}", "../".repeat(40), outside.display());
        for path in [outside.display().to_string(), upwards, "template.yaml".into(), "linked/secret".into()] {
            repository.write("gtr.yaml", format!("templates: ['{path}']\n"));
            refused(&path);
        }
        // whoever types the command may read what it names
        repository.write("gtr.yaml", "");
        let template = format!("{}", outside.display());
        let ran = run(&repository, &["lint", "--template", &template, "."]);
        assert!(ran.err.contains("correct"), "{}", ran.err);
    }

    #[test]
    fn a_diff_in_the_log_of_a_runner_steers_nothing() {
        let repository = Scratch::repository(&[]);
        let head = "# General Technical Review - A / Sandbox\n\n## Day 0 - Planning Phase\n\n### Scope\n\n";
        let evil = "::error::x\n\u{1b}[31m\u{202e} ##[add-path]x\n";
        repository
            .write("\u{1b}[31m.md", format!("{head}{evil}<!-- gtr-ignore empty-field: x y -->\n{evil}"));
        let arguments = ["lint", "--diff", "--unsafe-fixes", "."];
        let ran = run_with(&repository, &arguments, &[("GITHUB_ACTIONS", "true")], b"");
        assert!(ran.out.contains("@@"), "{}{}", ran.out, ran.err);
        assert!(!ran.out.contains(['\u{1b}', '\u{202e}']) && !ran.out.contains("##["), "{:?}", ran.out);
        let commands = ran.out.lines().any(|line| line.trim_start_matches([' ', '+', '-']).starts_with("::"));
        assert!(!commands, "{}", ran.out);
    }

    #[test]
    fn names_of_files_steer_nothing() {
        let repository = Scratch::repository(&[]);
        let names = [
            "\u{1b}[31mred.md",
            "\u{202e}dm.a",
            "::error::x.md",
            "##[add-path]a.md",
            "a\nb.md",
            "\u{9b}1m.md",
        ];
        for name in names {
            repository.write(name, b"\xe9");
        }
        for format in ["pretty", "concise", "github", "json", "markdown", "checkstyle"] {
            let ran = run(&repository, &[&["lint", "--format", format][..], &names].concat());
            assert_eq!(ran.code, Some(2));
            for said in [&ran.out, &ran.err] {
                assert!(!said.contains(['\u{1b}', '\u{202e}', '\u{9b}']), "{format}: {said:?}");
                assert!(!said.contains("##["), "{format}: {said:?}");
                let command = said.lines().any(|line| line.trim_start().starts_with("::"));
                assert!(!command, "{format}: {said}");
            }
        }
    }
}
