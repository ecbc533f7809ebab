//! Words of a template's file: ids, titles without their placeholders, what is to be replaced.

/// Lower-case words of letters and digits, joined by `-`; `None` where there are none.
pub(super) fn slug(text: &str, limit: usize) -> Option<String> {
    let low = without_targets(text).to_lowercase();
    let words: Vec<&str> =
        low.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).take(limit).collect();
    (!words.is_empty()).then(|| words.join("-"))
}

/// A text without the targets of its links.
fn without_targets(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut parts = text.split("](");
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        out.push(' ');
        out.push_str(part.split_once(')').map_or("", |(_, rest)| rest));
    }
    out
}

/// Whether a word is one that an author replaces: `$PROJECT`, `[Project Name]`, `{title}`, `NNNN`, `YYYY-MM-DD`.
fn is_variable(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric() && !"$[]{}<>".contains(c));
    let mut letters = bare.chars().filter(|c| c.is_alphabetic()).peekable();
    let repeated = letters.peek().copied().is_some_and(|first| {
        bare.len() >= 3 && "NXYDM".contains(first) && bare.chars().all(|c| "NXYDM-/".contains(c))
    });
    repeated || bare.starts_with(['$', '[', '{', '<']) || bare.ends_with([']', '}', '>'])
}

/// Whether a text has a part that an author replaces.
pub(super) fn has_variable(text: &str) -> bool {
    let linked = text.contains("](") || text.contains("][");
    text.split([' ', '-', ':', '/']).any(|word| is_variable(word) && !(linked && word.contains('[')))
}

/// Whether nothing but a part to replace stands in a text.
pub(super) fn is_variable_alone(text: &str) -> bool {
    let bare = text.trim_matches(['*', '_', '`', ' ', '.', '…']);
    let closes = |open: char, close: char| bare.starts_with(open) && bare.ends_with(close);
    closes('<', '>') || closes('{', '}') || closes('[', ']') || (bare.starts_with('$') && !bare.contains(' '))
}

/// The longest run of words of a title that nobody replaces; `None` where it is one word of a title with more.
pub(super) fn title(text: &str) -> Option<String> {
    let mut runs: Vec<Vec<&str>> = vec![Vec::new()];
    let mut open = 0usize;
    for word in text.split_whitespace() {
        let opens = word.matches(['[', '{', '<']).count();
        let variable = open > 0 || is_variable(word);
        open = (open + opens).saturating_sub(word.matches([']', '}', '>']).count());
        let (bare, sign) =
            (word.trim_matches(['-', '–', '—', '/', ':', '|', '*', '_', '`']), word.ends_with(':'));
        // "KEP-NNNN:" names its kind before the part to replace
        let kept = bare.split('-').take_while(|part| !is_variable(part)).count();
        if variable || bare.is_empty() {
            runs.push(Vec::new());
        } else if kept < bare.split('-').count() {
            if let (Some(run), Some(first)) = (runs.last_mut(), bare.split('-').next().filter(|_| kept > 0)) {
                run.push(first);
            }
            runs.push(Vec::new());
        } else if let Some(run) = runs.last_mut() {
            run.push(bare);
            if sign {
                runs.push(Vec::new());
            }
        }
    }
    let first_variable = has_variable(text).then(|| runs.iter().find(|run| !run.is_empty())).flatten();
    let longest = runs.iter().max_by_key(|run| run.len()).filter(|run| !run.is_empty());
    // what stands right before a colon or the part to replace names the kind
    let colon = text.contains(':').then_some(first_variable).flatten();
    colon.or(longest).map(|run| run.join(" "))
}

/// Whether a heading says that what it asks for may be left out.
pub(super) fn is_optional(text: &str) -> bool {
    let low = text.to_lowercase();
    low.contains("(optional")
        || low.contains("[optional")
        || low.ends_with("optional")
        || low.contains("if applicable")
        || low.contains("if any)")
}

/// A text without a remark in brackets at its end.
pub(super) fn without_remark(text: &str) -> Option<&str> {
    let bare = text.trim_end().trim_end_matches(['*', '_']);
    let open = bare.rfind([' ', '\t'].as_slice()).and_then(|_| bare.rfind(['(', '[']))?;
    let kept = bare[..open].trim_end();
    (bare.ends_with([')', ']']) && !kept.is_empty()).then_some(kept)
}

/// The label and the value of a line `label: value`, emphasis left out.
pub(super) fn field(line: &str) -> Option<(String, &str)> {
    let (label, value) = line.split_once(':')?;
    let label = label.trim_matches(['*', '_', ' ', '-']).to_owned();
    let words = label.split_whitespace().count();
    let plain = label.chars().all(|c| c.is_alphanumeric() || " -/()'’&.".contains(c));
    let value = value.trim_start_matches(['*', '_']);
    let spaced = value.is_empty() || value.starts_with([' ', '\t']);
    ((1..=5).contains(&words) && plain && spaced).then(|| (label, value.trim()))
}
