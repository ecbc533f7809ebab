//! What a GitHub runner would take for a command in a step's output.
//!
//! The runner reads every line that a step prints. One that begins, behind white space, with `::` is a command,
//! and so is what follows `##[` anywhere in a line. Text of a document must become neither: whoever opens a
//! pull request would steer the job.

use std::borrow::Cow;
use std::io::{self, Write};

/// Writes what `write` gives, with nothing in it that a runner would obey.
pub(super) fn harmless(
    out: &mut dyn Write,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let mut text = Vec::new();
    write(&mut text)?;
    // reporters write whole strings; anything else would have no commands in it either
    match std::str::from_utf8(&text) {
        Ok(text) => out.write_all(defused(text).as_bytes()),
        Err(_) => out.write_all(&text),
    }
}

/// The text with a bar before a line that would be a command, and `##[` taken apart.
pub(crate) fn defused(text: &str) -> Cow<'_, str> {
    if !text.contains("##[") && !text.contains("::") {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 16);
    for line in text.split_inclusive(['\n', '\r']) {
        let bare = line.trim_start();
        if bare.starts_with("::") {
            safe.push_str(&line[..line.len() - bare.len()]);
            safe.push_str("| ");
        }
        safe.push_str(&if bare.starts_with("::") { bare } else { line }.replace("##[", "## ["));
    }
    Cow::Owned(safe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_would_be_commands_are_none() {
        assert_eq!(defused("a ::b::c\n"), "a ::b::c\n");
        assert_eq!(defused("a\n  ::add-mask::x\n"), "a\n  | ::add-mask::x\n");
        assert_eq!(defused("::warning::x"), "| ::warning::x");
        assert_eq!(defused("12 | ##[add-path]/x\r::x"), "12 | ## [add-path]/x\r| ::x");
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_a_command(text in "[:#\\[ \\t\\r\\na\u{a0}\u{85}\u{2028}]{0,40}") {
            let safe = defused(&text);
            for line in safe.split(['\n', '\r']) {
                proptest::prop_assert!(!line.trim_start().starts_with("::"), "{:?}", safe);
            }
            proptest::prop_assert!(!safe.contains("##["));
        }
    }
}
