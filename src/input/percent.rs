//! Addresses as they are written.

/// Takes percent-encoding away: `%20` is a space. What is no valid escape stays; `None` when the bytes are not UTF-8.
pub(crate) fn percent_decoded(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).and_then(|&byte| char::from(byte).to_digit(16));
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        match (bytes[at], digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                decoded.push((high * 16 + low) as u8);
                at += 3;
            }
            (byte, ..) => {
                decoded.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(decoded).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_escape_stays_and_what_is_no_text_is_none() {
        for (text, expected) in [
            ("a%20b%C3%A9", Some("a b\u{e9}")),
            ("%41%4a%4A", Some("AJJ")),
            ("100%", Some("100%")),
            ("100%2", Some("100%2")),
            ("%zz%+1%%30", Some("%zz%+1%0")),
            ("%FF", None),
            ("%C3", None),
            ("", Some("")),
        ] {
            assert_eq!(percent_decoded(text).as_deref(), expected, "{text}");
        }
    }
}
