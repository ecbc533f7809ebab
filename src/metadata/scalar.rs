//! What a scalar means to the decoder that kubernetes uses, <https://pkg.go.dev/gopkg.in/yaml.v3>.

/// Whether a value without quotes is null.
pub(super) fn is_null(value: &str) -> bool {
    matches!(value, "" | "~" | "null" | "Null" | "NULL")
}

/// A value as a boolean. The words of YAML 1.1 count where a boolean is asked for, quoted or not; `true` and
/// `false` only without quotes.
pub(super) fn boolean(value: &str, plain: bool) -> Option<bool> {
    match value {
        "true" | "True" | "TRUE" if plain => Some(true),
        "false" | "False" | "FALSE" if plain => Some(false),
        "y" | "Y" | "yes" | "on" => Some(true),
        "n" | "N" | "no" | "off" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn booleans_are_the_decoders() {
        assert_eq!(boolean("true", true), Some(true));
        assert_eq!(boolean("true", false), None);
        assert_eq!(boolean("yes", false), Some(true));
        assert_eq!(boolean("Yes", true), None);
        assert_eq!(boolean("off", true), Some(false));
        assert_eq!(boolean("1", true), None);
    }
}
