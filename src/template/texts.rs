//! Many short texts in one string: a template has thousands, and most runs look at none of them.

use std::borrow::Cow;

/// Ends each text: a control character that nobody writes. `build.rs` has it too.
const END: char = '\u{7f}';

/// Several texts of one line each, without white space around them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Texts {
    /// Each ends in [`END`].
    joined: Cow<'static, str>,
}

impl Texts {
    /// Texts that `build.rs` joined: each ends in [`END`].
    pub(super) fn joined(joined: &'static str) -> Self {
        Self { joined: Cow::Borrowed(joined) }
    }

    /// The texts in their order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let mut start = 0;
        memchr::memchr_iter(END as u8, self.joined.as_bytes()).map(move |end| {
            let text = &self.joined[start..end];
            start = end + 1;
            text
        })
    }

    /// Whether one of them says nothing.
    pub(super) fn has_blank(&self) -> bool {
        let two = [END as u8; 2];
        self.joined.starts_with(END) || memchr::memmem::find(self.joined.as_bytes(), &two).is_some()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.joined.is_empty()
    }

    /// All of them with something between.
    #[must_use]
    pub fn join(&self, between: &str) -> String {
        self.joined.strip_suffix(END).unwrap_or_default().replace(END, between)
    }
}

impl<S: AsRef<str>> FromIterator<S> for Texts {
    fn from_iter<I: IntoIterator<Item = S>>(texts: I) -> Self {
        let mut joined = String::new();
        for text in texts {
            joined
                .extend(text.as_ref().trim().chars().map(|c| if matches!(c, '\n' | END) { ' ' } else { c }));
            joined.push(END);
        }
        Self { joined: joined.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_keeps_its_texts_also_empty_ones() {
        for texts in [&[][..], &[""], &["a"], &["a", "", "b c"], &["", ""]] {
            let kept: Texts = texts.iter().collect();
            assert_eq!(kept.iter().collect::<Vec<_>>(), texts);
            assert_eq!(kept.is_empty(), texts.is_empty());
        }
        let texts: Texts = ["one\ntwo", "three"].iter().collect();
        assert_eq!(texts.join("; "), "one two; three");
        assert_eq!(["a\u{7f}b"].iter().collect::<Texts>().join("; "), "a b");
    }

    #[test]
    fn a_text_that_says_nothing_is_seen() {
        let blank = |texts: &[&str]| texts.iter().collect::<Texts>().has_blank();
        assert!(!blank(&[]) && !blank(&["a", " b", "\u{e9}"]));
        assert!(
            blank(&["a", ""])
                && blank(&["  ", "a"])
                && blank(&["a", "\u{a0}", "b"])
                && blank(&["a", "b", ""])
        );
    }

    #[test]
    fn a_list_and_its_joined_text_are_alike() {
        let list: Texts = ["a b", "c"].iter().collect();
        assert_eq!(list, Texts::joined("a b\u{7f}c\u{7f}"));
    }
}
