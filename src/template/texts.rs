//! Many short texts in one string: a template has thousands, and most runs look at none of them.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// Several texts of one line each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Texts {
    /// Each ends in a line end.
    joined: Box<str>,
}

impl Texts {
    /// The texts in their order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.joined.split_terminator('\n')
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.joined.is_empty()
    }

    /// All of them with something between.
    #[must_use]
    pub fn join(&self, between: &str) -> String {
        self.joined.trim_end_matches('\n').replace('\n', between)
    }
}

impl<S: AsRef<str>> FromIterator<S> for Texts {
    fn from_iter<I: IntoIterator<Item = S>>(texts: I) -> Self {
        let mut joined = String::new();
        for text in texts {
            joined.extend(text.as_ref().chars().map(|c| if c == '\n' { ' ' } else { c }));
            joined.push('\n');
        }
        Self { joined: joined.into() }
    }
}

/// The key under which `build.rs` writes a list as one text.
const LINES: &str = "lines";

/// A list of texts.
impl<'de> Deserialize<'de> for Texts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Texts;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of texts")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Texts, M::Error> {
                let mut lines = String::new();
                while let Some((key, text)) = map.next_entry::<String, String>()? {
                    if key != LINES {
                        return Err(M::Error::unknown_field(&key, &[]));
                    }
                    lines = text;
                }
                let whole = lines.is_empty() || lines.ends_with('\n');
                Ok(if whole { Texts { joined: lines.into() } } else { lines.lines().collect() })
            }

            fn visit_seq<S: SeqAccess<'de>>(self, mut list: S) -> Result<Texts, S::Error> {
                let mut texts: Vec<String> = Vec::new();
                while let Some(text) = list.next_element()? {
                    texts.push(text);
                }
                Ok(texts.into_iter().collect())
            }
        }
        deserializer.deserialize_any(Reader)
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
    }

    #[test]
    fn a_list_and_its_lines_are_read_alike() {
        let list: Texts = serde_json::from_str(r#"["a b", "c"]"#).unwrap();
        let lines: Texts = serde_json::from_str(r#"{"lines": "a b\nc\n"}"#).unwrap();
        assert_eq!(list, lines);
        for wrong in ["[1]", "\"a\"", "{\"line\": \"a\"}"] {
            assert!(serde_json::from_str::<Texts>(wrong).is_err(), "{wrong}");
        }
    }
}
