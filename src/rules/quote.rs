//! How messages quote a question: short, in plain words.

use crate::review::plain;

/// Longest quote, in code points.
const LONGEST: usize = 72;

/// A question's text without markup, cut at a word near 72 characters, in curly quotes.
pub(super) fn quote(text: &str) -> String {
    let text = plain(text);
    if text.chars().count() <= LONGEST {
        return format!("“{text}”");
    }
    let cut: String = text.chars().take(LONGEST).collect();
    let cut = cut.rsplit_once(' ').map_or(cut.as_str(), |(head, _)| head);
    format!("“{}…”", cut.trim_end_matches([',', '.', ';', ':', ' ', '(']))
}
