//! Questions that ask for yes or no.

use std::sync::LazyLock;

use super::words::{hashes, words};

/// Whether a question can be answered with yes or no: it does not ask how, what or which.
pub(super) fn asks_yes_or_no(question: &str) -> bool {
    static OPEN: LazyLock<Vec<u64>> = LazyLock::new(|| hashes("how what which"));
    !words(question).any(|word| OPEN.contains(&word.hash))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yes_or_no_questions_are_told_from_others() {
        assert!(!asks_yes_or_no("**How** can an operator tell?"));
        assert!(asks_yes_or_no("Does it depend on any specific services?"));
    }
}
