//! `kep-disable-supported-mismatch`.

use super::super::{Findings, KepFiles};
use super::files::label;
use crate::diagnostic::{Label, Severity};
use crate::review::State;

declare_kep_rule! {
    /// ## What it finds
    /// The README answers whether the feature can be disabled again with Yes or No, and `disable-supported`
    /// says the opposite.
    ///
    /// ## Why it matters
    /// The [KEP
    /// template](https://github.com/kubernetes/enhancements/blob/master/keps/NNNN-kep-template/kep.yaml)
    /// has the field for tools and the question for people; the question tells to set the field too.
    ///
    /// ## Example
    /// ```yaml
    /// disable-supported: false   # the README begins its answer with Yes
    /// ```
    ///
    /// ## How to fix it
    /// Correct the one that is wrong.
    ///
    /// ## How sure it is
    /// Only answers that begin with Yes or No are compared, and no Yes that goes on to tell stages apart (“until
    /// the gate is locked”).
    DisableSupportedMismatch, "kep-disable-supported-mismatch", Some(Severity::Warning), "the README's answer says the opposite of `disable-supported`", check
}

const STAGES: &[&str] = &["alpha", "beta", "ga", "locked", "stable"];

fn check(files: &KepFiles, findings: &mut Findings) {
    let (Some(kep), Some(review)) = (files.own_kep(), files.review) else { return };
    let Some(item) = review.template.find("prr-can-disable") else { return };
    let bound = review.bound(item);
    let (Some(supported), Some(field)) = (kep.boolean("disable-supported"), kep.field("disable-supported"))
    else {
        return;
    };
    let Some(answer) = bound.answer.first().filter(|_| bound.state == State::Answered) else { return };
    let Some((said, word)) = verdict(review.text(*answer)) else { return };
    let apart = || bound.answer.iter().any(|span| tells_stages_apart(review.text(*span)));
    if said == supported || said && apart() {
        return;
    }
    findings
        .report_at(
            label(kep, field.key),
            format!("`disable-supported` is {supported}, but the README's answer begins with {word}"),
        )
        .related(Label::with(*answer, "the answer in the README"))
        .help("correct the one that is wrong");
}

/// Whether an answer is true of some stages only: `disable-supported` is one value for all of them.
fn tells_stages_apart(answer: &str) -> bool {
    let mut words = answer.split(|c: char| !c.is_alphanumeric());
    words.any(|word| STAGES.iter().any(|stage| word.eq_ignore_ascii_case(stage)))
}

/// What an answer begins with.
fn verdict(answer: &str) -> Option<(bool, &'static str)> {
    let text = answer.trim_start_matches(|c: char| !c.is_alphanumeric());
    let word = text.split(|c: char| !c.is_alphanumeric()).next()?;
    match word.to_lowercase().as_str() {
        "yes" => Some((true, "Yes")),
        // "No impact", "No changes" are no verdicts
        "no" if text[2..]
            .trim_start_matches(['*', '_'])
            .starts_with(['.', ',', ';', ':', '\n', '\r', '!'])
            || text.len() == 2 =>
        {
            Some((false, "No"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kep::sample::GOOD;
    use crate::rules::tests::check_kep;

    #[test]
    fn the_first_word_of_the_answer_is_compared() {
        let found = |supported: bool, answer: &str| {
            let readme = format!(
                "# KEP-1234: Faster pods\n\n## Release Signoff Checklist\n\n## Summary\n\nA.\n\n\
                 ## Production Readiness Review Questionnaire\n\n### Feature Enablement and Rollback\n\n\
                 ###### Can the feature be disabled once it has been enabled (i.e. can we roll back the enablement)?\n\n\
                 {answer}\n"
            );
            let metadata = GOOD.replace("supported: true", &format!("supported: {supported}"));
            let found = check_kep(&readme, &metadata, &DisableSupportedMismatch);
            found.into_iter().map(|one| one.message).collect::<Vec<_>>()
        };
        assert_eq!(
            found(true, "No. It is for good."),
            ["`disable-supported` is true, but the README's answer begins with No"]
        );
        assert_eq!(
            found(false, "Yes, by the gate."),
            ["`disable-supported` is false, but the README's answer begins with Yes"]
        );
        assert_eq!(found(false, "No. It is for good."), [""; 0]);
        assert_eq!(found(true, "Yes, by the gate."), [""; 0]);
        assert_eq!(found(false, "Yes, until the gate is locked."), [""; 0]);
    }

    #[test]
    fn an_answer_may_tell_stages_apart() {
        assert!(tells_stages_apart("Yes, until the gate is locked."));
        assert!(tells_stages_apart("Yes, in Alpha and Beta"));
        assert!(!tells_stages_apart("Yes, with v1beta1 switched off"));
    }

    #[test]
    fn only_a_clear_word_counts() {
        assert_eq!(verdict("**Yes**, by the gate"), Some((true, "Yes")));
        assert_eq!(verdict("No."), Some((false, "No")));
        assert_eq!(verdict("No"), Some((false, "No")));
        assert_eq!(verdict("No impact"), None);
        assert_eq!(verdict("Yesterday"), None);
        assert_eq!(verdict("It can"), None);
        assert_eq!(verdict(""), None);
    }
}
