//! The library's public names are those of docs/api.txt, so that no change of them goes unseen. `GTR_UPDATE_API=1` writes
//! the file. As `unreachable_pub` is a warning and warnings are errors, every bare `pub` is one of them.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

#[path = "common/files.rs"]
mod files;

use std::fmt::Write as _;
use std::fs;

use files::{below, relative, root};

/// The public declarations of a formatted source file, one a line, each with the `impl` that it stands in.
fn declarations(text: &str) -> Vec<String> {
    let code = text.split("\n#[cfg(test)]\nmod tests").next().unwrap();
    let lines: Vec<&str> = code.lines().collect();
    let mut found = Vec::new();
    let mut inside = String::new();
    for (at, line) in lines.iter().enumerate() {
        if line.starts_with("impl") && !line.contains(" for ") {
            inside = line.trim_end_matches(['{', ' ']).to_string() + ": ";
        } else if line.starts_with("pub struct") {
            let name = line.split(['{', '(', ';']).next().unwrap().trim();
            inside = format!("{}: ", name.trim_start_matches("pub "));
        } else if *line == "}" {
            inside.clear();
        }
        let bare = line.trim_start();
        if !bare.starts_with("pub ") {
            continue;
        }
        // the members of an enum and of a trait are public with it
        let whole = ["pub enum", "pub trait"].iter().any(|start| bare.starts_with(start));
        let mut declaration = String::new();
        for line in &lines[at..] {
            let part = line.trim();
            if part.starts_with("//") || part.starts_with("#[") {
                continue;
            }
            declaration += part;
            declaration.push(' ');
            let field = line.ends_with(',') && lines[at].starts_with("    ") && !bare.starts_with("pub fn");
            let value = bare.starts_with("pub const") && part.contains(" = ");
            let ends = if whole { *line == "}" } else { part.ends_with(['{', ';', '}']) || field || value };
            if ends || line.starts_with("pub struct") && part.ends_with(");") {
                break;
            }
        }
        let declaration = declaration.trim_end();
        let declaration = match () {
            () if whole => declaration,
            () if bare.starts_with("pub const") => declaration.split(" = ").next().unwrap(),
            () => declaration.trim_end_matches(['{', ' ', ',', ';']),
        };
        let own = if line.starts_with("pub") { "" } else { inside.as_str() };
        found.push(format!("{own}{declaration}"));
    }
    found
}

#[test]
fn the_public_names_are_those_that_are_written_down() {
    let mut listing = String::from(
        "The public names of the library `gtr_lint`, by source file. Written by `GTR_UPDATE_API=1 cargo test --test api`.\n",
    );
    for path in below(&root().join("src"), ".rs") {
        let name = relative(&path, root());
        let found = declarations(&fs::read_to_string(&path).unwrap().replace("\r\n", "\n"));
        // the command line and the language server are programs, not a library
        let program =
            ["src/cli", "src/server", "src/bin", "src/main"].iter().any(|start| name.starts_with(start));
        if !found.is_empty() && !program {
            write!(listing, "\n{name}\n").unwrap();
            found.iter().for_each(|one| writeln!(listing, "    {one}").unwrap());
        }
    }
    let file = root().join("docs/api.txt");
    if std::env::var_os("GTR_UPDATE_API").is_some() {
        fs::write(&file, &listing).unwrap();
    }
    let written = fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
    let lines = |text: &str| text.lines().map(str::to_string).collect::<Vec<_>>();
    let (written, listing) = (lines(&written), lines(&listing));
    let gone: Vec<_> = written.iter().filter(|line| !listing.contains(line)).collect();
    let new: Vec<_> = listing.iter().filter(|line| !written.contains(line)).collect();
    assert!(
        written == listing,
        "gone, which breaks users: {gone:#?}\nnew: {new:#?}\nIf that is meant: GTR_UPDATE_API=1 cargo test --test api, and say it in CHANGELOG.md"
    );
}

#[test]
fn declarations_are_read_whole() {
    let text = "pub struct A<T> {\n    /// b\n    pub b: Vec<T>,\n    c: u8,\n}\n\nimpl A<u8> {\n    /// d\n    #[must_use]\n    pub fn d(\n        &self,\n        e: u8,\n    ) -> u8 {\n        1\n    }\n}\n\nimpl X for A {\n}\n\npub(crate) fn no() {}\n\npub enum E {\n    /// f\n    F(u8),\n    G,\n}\n\npub const H: u8 = 1;\npub use x::{I, J};\n\n#[cfg(test)]\nmod tests {\n    pub fn no() {}\n}\n";
    assert_eq!(
        declarations(text),
        [
            "pub struct A<T>",
            "struct A<T>: pub b: Vec<T>",
            "impl A<u8>: pub fn d( &self, e: u8, ) -> u8",
            "pub enum E { F(u8), G, }",
            "pub const H: u8",
            "pub use x::{I, J}",
        ]
    );
}
