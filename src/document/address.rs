//! Web addresses in running text.

/// An address without the signs at its end that belong to the sentence around it: `https://a.example/b).` without
/// the last two, unless a bracket was opened in it.
pub(crate) fn without_punctuation(mut address: &str) -> &str {
    let count = |sign: u8| memchr::memchr_iter(sign, address.as_bytes()).count();
    let mut unopened = count(b')').saturating_sub(count(b'('));
    loop {
        let shorter = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_', '~', ']']);
        match shorter.strip_suffix(')').filter(|_| unopened > 0) {
            Some(inner) => {
                unopened -= 1;
                address = inner;
            }
            None => return shorter,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_opened_in_an_address_is_closed_in_it() {
        for (text, address) in [
            ("https://a.example/b_(c))).", "https://a.example/b_(c)"),
            ("https://a.example/b)**,", "https://a.example/b"),
            ("https://a.example/b~~", "https://a.example/b"),
            ("https://a.example/(b)/c", "https://a.example/(b)/c"),
            ("...", ""),
        ] {
            assert_eq!(without_punctuation(text), address, "{text}");
        }
    }
}
