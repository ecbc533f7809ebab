//! YAML shapes that serde's own types do not give: ordered entries without duplicates, names that are checked.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};

use crate::diagnostic::{RuleId, Severity};
use crate::rules;

/// A YAML map in the file's order; a key given twice is an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entries<K, V>(pub(super) Vec<(K, V)>);

impl<K, V> Default for Entries<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

struct EntriesVisitor<K, V>(PhantomData<(K, V)>);

impl<'de, K, V> Visitor<'de> for EntriesVisitor<K, V>
where
    K: Deserialize<'de> + PartialEq + fmt::Display,
    V: Deserialize<'de>,
{
    type Value = Entries<K, V>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Entries::default())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries: Vec<(K, V)> = Vec::new();
        while let Some(key) = map.next_key::<K>()? {
            if entries.iter().any(|(known, _)| *known == key) {
                return Err(A::Error::custom(format!("`{key}` is there twice")));
            }
            entries.push((key, map.next_value()?));
        }
        Ok(Entries(entries))
    }
}

impl<'de, K, V> Deserialize<'de> for Entries<K, V>
where
    K: Deserialize<'de> + PartialEq + fmt::Display,
    V: Deserialize<'de>,
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(EntriesVisitor(PhantomData))
    }
}

/// One value for all paths, or a map from pattern to value in the file's order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Patterns(pub(super) Vec<(String, String)>);

impl<'de> Deserialize<'de> for Patterns {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Patterns;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name, or a map from path pattern to name")
            }

            fn visit_str<E: Error>(self, value: &str) -> Result<Patterns, E> {
                Ok(Patterns(vec![("**".to_string(), value.to_string())]))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Patterns, A::Error> {
                EntriesVisitor(PhantomData).visit_map(map).map(|Entries(list)| Patterns(list))
            }
        }
        deserializer.deserialize_any(Either)
    }
}

/// The name of a rule that exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RuleName(pub(super) RuleId);

impl fmt::Display for RuleName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<'de> Deserialize<'de> for RuleName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        match rules::find(&name) {
            Some(rule) => Ok(Self(rule.info().id)),
            None => Err(D::Error::custom(format!("unknown rule `{name}`"))),
        }
    }
}

/// What a rule's findings are: a severity, or not reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum RuleSeverity {
    /// The document breaks what the template or the review process demands.
    Error,
    /// A reviewer will ask about it.
    Warning,
    /// Worth knowing.
    Note,
    /// Not reported.
    Off,
}

impl RuleSeverity {
    pub(super) fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Note => Some(Severity::Note),
            Self::Off => None,
        }
    }
}

/// A number of bytes: a number, or a text with a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Size(pub(super) u64);

impl<'de> Deserialize<'de> for Size {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl Visitor<'_> for Either {
            type Value = Size;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number of bytes, or one with K, M or G")
            }

            fn visit_u64<E: Error>(self, value: u64) -> Result<Size, E> {
                Ok(Size(value))
            }

            fn visit_str<E: Error>(self, value: &str) -> Result<Size, E> {
                size(value).map(Size).map_err(E::custom)
            }
        }
        deserializer.deserialize_any(Either)
    }
}

/// A number of bytes, or of KiB, MiB, GiB (`K`, `MB`, `GiB`, in any case).
///
/// # Errors
/// When the text is none, or the number is larger than any file.
pub fn size(text: &str) -> Result<u64, String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let shift = match text[digits.len()..].to_ascii_lowercase().as_str() {
        "" | "b" => 0,
        "k" | "kb" | "kib" => 10,
        "m" | "mb" | "mib" => 20,
        "g" | "gb" | "gib" => 30,
        _ => return Err("a size is a number of bytes, or one with K, M or G".into()),
    };
    let number: u64 = digits.parse().map_err(|_| "a size is a number of bytes, or one with K, M or G")?;
    number.checked_mul(1 << shift).ok_or_else(|| "that is more than any file can have".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_units() {
        assert_eq!(size("12"), Ok(12));
        assert_eq!(size("2M"), Ok(2 << 20));
        assert_eq!(size("1GiB"), Ok(1 << 30));
        assert!(
            size("M").is_err() && size("1X").is_err() && size("99999999999G").is_err() && size("-1").is_err()
        );
    }
}
