//! Text as XML 1.0 has it.

/// Whether XML 1.0 allows a character, escaped or not.
fn is_legal(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// Text for an element or a quoted attribute; what XML cannot hold is left out.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars().filter(|c| is_legal(*c)) {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // a reader would make spaces of these in an attribute, and a line feed of a carriage return
            '\t' => out.push_str("&#9;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn what_is_legal_is_read_back(text in "[a-c<>&\"' \\t\\r\\n\u{1}\u{1b}\u{b}\u{85}\u{fffe}\u{ffff}\u{10000}é\\]]{0,40}") {
            let xml = format!("<a b=\"{0}\">{0}</a>", escaped(&text));
            let document = roxmltree::Document::parse(&xml).expect("it is well-formed");
            let legal: String = text.chars().filter(|c| is_legal(*c)).collect();
            let root = document.root_element();
            proptest::prop_assert_eq!(root.attribute("b"), Some(legal.as_str()));
            proptest::prop_assert_eq!(root.text().unwrap_or_default(), legal.as_str());
        }
    }
}
