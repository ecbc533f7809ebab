//! Whether a text about tests only promises them, read sentence by sentence.

use std::sync::LazyLock;

use regex::Regex;

use crate::review::plain;

// The expressions read sentences in lower case: without cases they are much quicker to build. Each is costly to build
// all the same, so the last ones are not asked where the first say no.

static PROMISE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?-u)\b(will|we'll|shall|to be|going to|plan(s|ned)? (to|for|on)|planning|are planned|is planned)\b")
        .expect("constant and tested")
});

/// What is no promise: that something will not be done, also where it is put well.
static DECLINED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?-u)\b(will|shall|is|are) not( planned| going)?\b|\bwon('|’)t\b").expect("constant and tested")
});

/// What a promise is about; of other sentences about the future some tell how the feature behaves.
static TESTING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?-u)\b\w*test|\be2e\b|\b(cover|verif|validat|confirm|exercis|complet|be added|introduc|perform|plan|manual)|\bdone\b|\bwill be\s*(,|$)",
    )
    .expect("constant and tested")
});

/// What tells of tests that are there: after the words of the promises are taken away.
static DONE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?-u)\b(was|were|been|did|done|has|have|there (is|are) (\w+ )*tests?|exists?|existing|already|currently|yes|passe[sd]|(is|are) testing|tests? (cover|verify|validate|check|exercise|run)s?|[a-z]+ed)\b")
        .expect("constant and tested")
});

/// The part of a promise that looks like the past: `will be tested`, `to be added`, `once implemented`.
static FUTURE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?-u)\b(be|get) (\w+ly )?\w+ed\b|\bbe done\b|\bplanned\b|\b(once|when|after|until|before)\b(?u:.)*|\b(proposed|needed|need|required|based|automated|enabled|disabled|expected|intended|described)\b")
        .expect("constant and tested")
});

/// Where a promise begins to tell what the feature does, in whatever tense.
static CLAUSE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?-u)\b(that|whether|if|which|where|how|so|because)\b").expect("constant and tested")
});

/// That it is not done by now, and is meant to be.
static NOT_YET: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?-u)^not yet\b( been)?( \w+ed\b)?|(\bnot|n't) yet( been)? (tested|verified|validated|done|performed)\b|(\bnot|n't)( been)? (tested|verified|validated|done|performed)( \w+)? yet\b",
    )
    .expect("constant and tested")
});

/// That it was not done, which by itself is an answer.
static NOT_DONE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?-u)\b(was|were|has|have)( not|n't)( been)? (tested|verified|validated|done|performed)\b")
        .expect("constant and tested")
});

/// That tests were made or are there, in a text that otherwise tells what happens in them.
static TESTED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?-u)\b(we|i|manually|was|were|is|are|been|have|has|already|currently) (\w+ly )?(tested|verified|validated|covered|checked|performed|exercised|executed|confirmed|done)\b|\btests? (already |currently )?(exists?|pass(es|ed)?)\b|\b(existing|have|has) (\w+ )*tests?\b|^\w+ed\b",
    )
    .expect("constant and tested")
});

/// What one sentence says of the tests.
enum Says {
    /// They are to come.
    Promise,
    /// They are not done by now.
    NotYet,
    /// They were not done: no promise, and no test either.
    Nothing,
    /// They are there, or the sentence is about something else.
    Other,
}

/// Whether an answer, as it is written, is about the future alone. Points below a promise say what is to be tested.
pub(super) fn promises(text: &str) -> bool {
    let (mut promised, mut introduced, mut late) = (false, false, false);
    for piece in pieces(text) {
        let words = plain(&piece.text).to_ascii_lowercase();
        let sentences = sentences(&words).map(without_verdict);
        for sentence in sentences.filter(|sentence| sentence.split_whitespace().count() > 1) {
            if late || piece.is_point && introduced {
                if tells_of_tests(sentence) || is_needless(sentence) {
                    return false;
                }
                continue;
            }
            match says(sentence) {
                Says::Promise => (promised, introduced) = (true, !piece.is_point),
                Says::NotYet => (promised, late) = (true, true),
                Says::Nothing => {}
                Says::Other => return false,
            }
        }
    }
    promised
}

fn says(sentence: &str) -> Says {
    if sentence.contains("yet") && NOT_YET.is_match(sentence) {
        let rest = NOT_YET.replace_all(sentence, " ");
        return if is_needless(&rest) || tells_of_tests(&rest) { Says::Other } else { Says::NotYet };
    }
    if (sentence.contains(" not ") || sentence.contains("n't ")) && NOT_DONE.is_match(sentence) {
        let rest = NOT_DONE.replace_all(sentence, " ");
        let none = !is_needless(&rest) && !tells_of_tests(&rest) && !may_promise(&rest);
        return if none { Says::Nothing } else { promise(&rest) };
    }
    promise(sentence)
}

fn promise(sentence: &str) -> Says {
    if !may_promise(sentence) {
        return Says::Other;
    }
    let kept = DECLINED.replace_all(sentence, " ");
    let Some(found) = PROMISE.find(&kept) else { return Says::Other };
    let clause = CLAUSE.find_at(&kept, found.end()).map_or(kept.len(), |clause| clause.start());
    let (main, clause) = kept.split_at(clause);
    let done = || DONE.is_match(&FUTURE.replace_all(main, " ")) || tells_of_tests(clause);
    if TESTING.is_match(main) && !done() { Says::Promise } else { Says::Other }
}

/// Whether a sentence has letters of [`PROMISE`]; most have none, and know it without an expression.
fn may_promise(sentence: &str) -> bool {
    ["will", "'ll", "shall", "to be", "going to", "plan"].iter().any(|word| sentence.contains(word))
}

fn tells_of_tests(sentence: &str) -> bool {
    TESTED.is_match(&FUTURE.replace_all(sentence, " "))
}

fn is_needless(sentence: &str) -> bool {
    ["n/a", "not applicable", "not needed", "not necessary", "not required"].iter().any(|word| sentence.contains(word))
}

/// A sentence without the yes or no that it begins with: that there will be tests is no more for it. A yes to which
/// something is to be added stays.
fn without_verdict(sentence: &str) -> &str {
    let sentence = sentence.trim();
    if ["more", "additional", "further", "extend", "too", "as well"].iter().any(|word| sentence.contains(word)) {
        return sentence;
    }
    let rest = ["yes", "no"].iter().find_map(|word| sentence.strip_prefix(word));
    let rest = rest.filter(|rest| !rest.starts_with(char::is_alphanumeric));
    rest.map_or(sentence, |rest| rest.trim_start_matches(|c: char| !c.is_alphanumeric()))
}

/// A full stop inside a number or a name ends nothing.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let ends = |at: usize| text[at..].chars().nth(1).is_none_or(char::is_whitespace);
    let mut starts = vec![0];
    starts.extend(text.match_indices(['.', '!', ';']).filter(|(at, _)| ends(*at)).map(|(at, _)| at + 1));
    starts.push(text.len() + 1);
    let bounds: Vec<(usize, usize)> = starts.windows(2).map(|pair| (pair[0], pair[1] - 1)).collect();
    bounds.into_iter().map(|(from, to)| &text[from..to])
}

/// A paragraph or a point of a list.
struct Piece {
    is_point: bool,
    text: String,
}

fn pieces(text: &str) -> Vec<Piece> {
    let mut all: Vec<Piece> = Vec::new();
    let mut after_blank = true;
    for line in text.lines() {
        let bare = line.trim_start();
        let point = point(bare);
        match (point, all.last_mut()) {
            _ if bare.is_empty() => {}
            (Some(text), _) => all.push(Piece { is_point: true, text: text.to_string() }),
            (None, Some(last)) if !after_blank => last.text = format!("{} {bare}", last.text),
            (None, last) => {
                let is_point = bare.len() < line.len() && last.is_some_and(|last| last.is_point);
                all.push(Piece { is_point, text: bare.to_string() });
            }
        }
        after_blank = bare.is_empty();
    }
    all
}

/// What stands behind the mark of a list.
fn point(line: &str) -> Option<&str> {
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let marks: &[char] = if number.len() < line.len() { &['.', ')'] } else { &['-', '*', '+'] };
    number.strip_prefix(marks).filter(|rest| rest.starts_with([' ', '\t'])).map(str::trim_start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn promises_are_about_the_future_alone() {
        for text in [
            "This will be tested manually before beta.",
            "Tests will be added. We plan to automate them",
            "No. Upgrade tests are planned for beta",
            "They will be, there is no side effect",
            "Yes, unit tests will cover it",
            "Yes we will add the following tests:\n\n- lamps stay lit\n- lamps that were dark are lit",
            "Testing will include:\n1. an upgrade\n2. a rollback",
            "We will test that lamps which were lit stay lit, even if they are already broken",
            "A rollback from 1.24 to 1.23 will be tested by hand",
            "It was not tested. It will be done before beta",
            "To be tested.",
        ] {
            assert!(promises(text), "{text}");
        }
        for text in [
            "Upgrade was tested by hand. More tests will be added.",
            "- e2e tests: will be added\n- unit tests: added in the last release",
            "Yes, upgrade was tested by hand, and more tests will be added.",
            "We tested it and will repeat the test.",
            "There are unit tests.",
            "There are unit tests, and e2e tests will be added",
            "Yes, unit tests cover it and will be repeated",
            "Yes (unit tests), more to be added",
            "Such tests will not tell more than those of the feature.",
            "Nothing is stored, so it will just work",
            "The lamp will stay lit, so a test that switched it tells nothing",
            "Rollback is not planned for testing",
            "More tests will be added:\n\n- Tested an upgrade by hand",
            "We will test what happens if it is dark, and the rest is covered by unit tests",
            "It was not tested.",
            "Yes",
        ] {
            assert!(!promises(text), "{text}");
        }
    }

    #[test]
    fn what_is_not_done_yet_is_promised() {
        for text in ["Not yet.", "No, not yet", "Not yet tested.", "No. Upgrades have not been tested yet. Lamps stay lit."] {
            assert!(promises(text), "{text}");
        }
        for text in [
            "Not yet, probably N/A.",
            "Not yet. Rollback was tested by hand.",
            "Not yet automated, we tested it by hand",
            "The lamp is not yet on by default",
        ] {
            assert!(!promises(text), "{text}");
        }
    }
}
