//! Holds the code to the plan of the house: which room may import which, and where a foreign crate is named.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

#[path = "common/files.rs"]
mod files;

use std::collections::BTreeMap;
use std::fs;

use files::{below, relative, root};

/// What each room may import besides itself. Rooms stand in the order data flows.
const ROOMS: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("diagnostic", &["source"]),
    ("input", &["source"]),
    ("document", &["source"]),
    ("metadata", &["source"]),
    ("template", &["source", "diagnostic"]),
    ("settings", &["template", "diagnostic", "source"]),
    ("review", &["input", "document", "metadata", "template", "settings", "source"]),
    ("scaffold", &["review", "document", "template", "source"]),
    (
        "rules",
        &[
            "scaffold",
            "review",
            "input",
            "document",
            "metadata",
            "template",
            "settings",
            "diagnostic",
            "source",
        ],
    ),
    // A template's severities and items come with the review.
    (
        "suppress",
        &["rules", "review", "document", "metadata", "template", "settings", "diagnostic", "source"],
    ),
    ("fix", &["diagnostic", "source"]),
    ("derive", &["document", "template", "source"]),
    ("report", &["review", "document", "template", "diagnostic", "source", "rules"]),
    ("config", &["settings", "template", "rules", "diagnostic", "source"]),
    ("discover", &["input", "config", "settings", "source"]),
];

/// These two may import every room, and `lib`, which is the pipeline itself.
const OUTER: [&str; 2] = ["cli", "server"];

/// Foreign names and the beginnings of the paths (below src/) that may have them.
const FOREIGN: &[(&str, &[&str])] = &[
    // what parses and what writes parts of the same text as safe HTML must agree on the dialect
    ("pulldown_cmark", &["document/parse", "document/render"]),
    ("granit_parser", &["metadata/tree"]),
    ("miette", &["report/pretty"]),
    ("serde_yaml", &["template/load", "config"]),
    ("std::fs", &["discover", "cli/write.rs"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli/completions.rs"]),
    ("clap_mangen", &["cli/man.rs"]),
    (
        "schemars",
        &[
            "config",
            "template",
            "report/schemas",
            "report/json",
            "report/jsonl",
            "report/review_json",
            "report/places",
        ],
    ),
    ("globset", &["config", "discover"]),
    ("ignore::", &["discover"]),
    ("rayon", &["cli", "server"]),
    ("std::env::", &["cli", "discover"]),
    ("process::Command", &["discover/git.rs"]),
    // no network, ever: tests/network.rs looks at the program itself
    ("std::net", &["rules/private_link.rs"]), // reads the number of a host
    ("TcpStream", &[]),
    ("UdpSocket", &[]),
    ("UnixStream", &[]),
    // no clock, no streams, no threads, no paths: what is pure gives the same from the same
    ("SystemTime", &["cli", "server"]),
    ("Instant", &["cli", "server"]),
    ("io::std", &["cli", "discover", "server"]),
    ("thread::", &["cli", "server"]),
    ("std::path", &["cli", "discover", "server"]),
    ("println!", &[]),
];

struct File {
    /// Path below src/, with `/`.
    path: String,
    /// Lines of code: comments and tests left out.
    code: Vec<(usize, String)>,
}

fn files() -> Vec<File> {
    let sources = root().join("src");
    let mut files = Vec::new();
    for path in below(&sources, ".rs") {
        let text = fs::read_to_string(&path).unwrap();
        let path = relative(&path, &sources);
        let name = path.rsplit('/').next().unwrap();
        if !matches!(name, "tests.rs" | "testing.rs") && !path.contains("/testing/") {
            files.push(File { path, code: code(&text) });
        }
    }
    assert!(files.len() > 20, "the sources were not found");
    files
}

/// Numbered lines without comments, up to the test module at the end.
fn code(text: &str) -> Vec<(usize, String)> {
    let lines: Vec<&str> = text.lines().collect();
    let tests = lines.windows(2).position(|two| two[0] == "#[cfg(test)]" && two[1].starts_with("mod tests"));
    let mut code = Vec::new();
    for (at, line) in lines[..tests.unwrap_or(lines.len())].iter().enumerate() {
        let bare = line.trim_start();
        if !bare.starts_with("//") {
            code.push((at + 1, bare.split(" // ").next().unwrap_or(bare).to_string()));
        }
    }
    code
}

/// The room a file belongs to: the first part of its path.
fn room(path: &str) -> &str {
    path.split('/').next().unwrap_or(path).trim_end_matches(".rs")
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Names that directly follow `crate::` (or enough `super::` to reach the crate) in a piece of code.
fn imports(code: &str, depth: usize) -> Vec<String> {
    let mut names = Vec::new();
    let up = format!("{}super::", "super::".repeat(depth));
    for start in ["crate::", up.as_str()] {
        for (at, _) in code.match_indices(start) {
            let before = code[..at].chars().next_back();
            if before.is_some_and(|c| is_word(c) || c == '$') || code[..at].ends_with("super::") {
                continue;
            }
            let rest = &code[at + start.len()..];
            match rest.strip_prefix('{') {
                Some(list) => names.extend(top_level(list)),
                None => names.push(rest.chars().take_while(|c| is_word(*c)).collect()),
            }
        }
    }
    names
}

/// First names of the entries of a `{…}` list whose opening brace is gone.
fn top_level(list: &str) -> Vec<String> {
    let (mut depth, mut names, mut name) = (0, Vec::new(), String::new());
    for c in list.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => names.push(std::mem::take(&mut name)),
            c if depth == 0 => name.push(c),
            _ => {}
        }
    }
    names.push(name);
    let first = |name: &String| name.trim().chars().take_while(|c| is_word(*c)).collect::<String>();
    names.iter().map(first).filter(|name| !name.is_empty()).collect()
}

#[test]
fn rooms_import_only_what_the_plan_allows() {
    let plan: BTreeMap<&str, &[&str]> = ROOMS.iter().copied().collect();
    let mut problems = Vec::new();
    for file in files() {
        let own = room(&file.path);
        if file.path == "lib.rs" || OUTER.contains(&own) {
            continue;
        }
        if file.path == "main.rs" || own == "bin" {
            let text: String = file.code.iter().map(|(_, line)| line.as_str()).collect();
            assert!(
                text.contains("gtr_lint::cli::main()") && text.matches("::").count() <= 4,
                "{}",
                file.path
            );
            continue;
        }
        let Some(allowed) = plan.get(own) else {
            problems.push(format!("{}: `{own}` is no room of the plan; add it to ROOMS", file.path));
            continue;
        };
        let depth = file.path.matches('/').count();
        // A list in braces may go on for several lines.
        let text: String = file.code.iter().map(|(_, line)| format!("{line}\n")).collect();
        for name in imports(&text, depth) {
            let inner = plan.contains_key(name.as_str());
            let outer = OUTER.contains(&name.as_str()) || matches!(name.as_str(), "check" | "Checked");
            if name != own && (outer || inner && !allowed.contains(&name.as_str())) {
                problems.push(format!("src/{}: `{own}` must not import `{name}`", file.path));
            }
        }
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn foreign_crates_are_named_in_their_places_only() {
    let mut problems = Vec::new();
    for file in files() {
        for (name, places) in FOREIGN {
            if places.iter().any(|place| file.path.starts_with(place)) {
                continue;
            }
            for (line, code) in &file.code {
                let named = code.match_indices(name).any(|(at, _)| {
                    let before = code[..at].chars().next_back();
                    let after = code[at + name.len()..].chars().next();
                    let ends = name.ends_with(':') || name.ends_with('!') || !after.is_some_and(is_word);
                    ends && !before.is_some_and(|c| is_word(c) || c == '"' || c == '`')
                });
                if named {
                    problems.push(format!("src/{}:{line}: {name} belongs to {places:?}", file.path));
                }
            }
        }
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn files_are_short_enough_to_read() {
    let long: Vec<String> = below(&root().join("src"), ".rs")
        .iter()
        .map(|path| (path, fs::read_to_string(path).unwrap().lines().count()))
        .filter(|(_, lines)| *lines > 400)
        .map(|(path, lines)| format!("{} has {lines} lines", path.display()))
        .collect();
    assert!(long.is_empty(), "at most 400: {long:?}");
}

#[test]
fn the_reader_of_imports_sees_every_spelling() {
    let code = "use crate::source::{Source, Span};\nuse crate::{document::Document,\n input::{Input, Role}};\nlet x = crate::check(); super::super::config::x; super::own::y";
    assert_eq!(imports(code, 1), ["source", "document", "input", "check", "config"]);
    assert_eq!(imports("use super::settings::Settings;", 0), ["settings"]);
    assert_eq!(imports("use super::settings::Settings;", 1), Vec::<String>::new());
}
