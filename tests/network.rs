//! gtr opens no network connection: the program has no function that could, and traced runs show none.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test that cannot go on may panic, and one that cannot be run says so"
)]

use std::fs;
use std::process::Command;

const PROGRAM: &str = env!("CARGO_BIN_EXE_gtr");

/// Functions of the C library without which nothing reaches a network. `socketpair` and what goes with it is how Rust
/// starts a process.
const NEEDED: [&str; 9] =
    ["socket", "connect", "bind", "listen", "accept", "accept4", "getaddrinfo", "sendto", "recvfrom"];

/// The names that a 64-bit little-endian ELF file takes from shared libraries or gives to them.
fn dynamic_symbols(file: &[u8]) -> Vec<String> {
    let word = |at: usize, bytes: usize| {
        file[at..at + bytes].iter().rev().fold(0usize, |value, byte| value << 8 | usize::from(*byte))
    };
    assert_eq!(&file[..6], b"\x7fELF\x02\x01", "a 64-bit little-endian ELF file");
    let (sections, size, count) = (word(0x28, 8), word(0x3a, 2), word(0x3c, 2));
    // offset, length and linked section
    let section = |at: usize| {
        let header = sections + at * size;
        (word(header + 0x18, 8), word(header + 0x20, 8), word(header + 0x28, 4))
    };
    let is_dynamic = |at: &usize| word(sections + at * size + 4, 4) == 11;
    let (symbols, length, strings) =
        section((0..count).find(is_dynamic).expect("a table of dynamic symbols"));
    let (strings, ..) = section(strings);
    let name = |symbol: usize| {
        let rest = &file[strings + word(symbol, 4)..];
        String::from_utf8_lossy(&rest[..rest.iter().position(|byte| *byte == 0).unwrap()]).into_owned()
    };
    (symbols..symbols + length).step_by(24).map(name).collect()
}

#[test]
#[cfg(all(target_pointer_width = "64", target_endian = "little", target_env = "gnu"))]
fn the_program_has_no_function_that_opens_a_socket() {
    let symbols = dynamic_symbols(&fs::read(PROGRAM).unwrap());
    assert!(symbols.iter().any(|name| name == "read"), "the table was read: {symbols:?}");
    let found: Vec<&String> = symbols.iter().filter(|name| NEEDED.contains(&name.as_str())).collect();
    assert!(found.is_empty(), "{found:?}");
}

/// Every command that needs nothing but arguments, on documents full of addresses.
#[test]
fn no_command_asks_the_system_for_a_socket() {
    let trace = std::env::temp_dir().join(format!("gtr-network-{}", std::process::id()));
    let traced = |arguments: &[&str]| {
        let mut command = Command::new("strace");
        command.args(["-f", "-e", "trace=%network", "-o"]).arg(&trace).arg(PROGRAM).args(arguments);
        command
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .ok()
            .filter(|output| output.status.code() != Some(125))
    };
    let works = traced(&["--version"]).is_some_and(|output| output.status.success()) && trace.exists();
    if !works {
        println!("skipped: strace cannot trace here");
        return;
    }
    for arguments in [
        &["lint", "fixtures"][..],
        &["lint", "--changed", "--format", "sarif", "fixtures/gtr"],
        &["lint", "--diff", "fixtures/gtr"],
        &["report", "--format", "html", "fixtures/gtr"],
        &["sync", "--diff", "fixtures/gtr"],
        &["new", "gtr"],
        &["explain", "broken-link"],
        &["rules"],
        &["templates", "list"],
        &["templates", "show", "kep"],
        &["config", "schema"],
    ] {
        traced(arguments).unwrap();
        let calls = fs::read_to_string(&trace).unwrap();
        let socket = calls.lines().find(|line| line.contains("socket(") || line.contains("connect("));
        assert_eq!(socket, None, "{arguments:?}");
    }
    let _ = fs::remove_file(&trace);
}
