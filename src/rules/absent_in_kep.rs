//! The sections of a KEP that `missing-section` speaks of besides those with required questions.

use std::cell::LazyCell;

use memchr::memmem;

use super::Findings;
use super::prose_section::demanded;
use super::quote::{counted, section_name};
use super::same_wording::{first_word, may_hold};
use super::unchecked_signoff::is_approved;
use crate::diagnostic::Severity;
use crate::metadata::release;
use crate::review::{QUESTIONNAIRE, Review, RevisionStatus, same_words, words};
use crate::template::{ItemIndex, ItemKind, Requirement};

/// Reports absent sections; gives the questionnaire where it is absent as a whole, which has its finding then.
pub(super) fn check(review: &Review, findings: &mut Findings) -> Option<ItemIndex> {
    if review.template.id != "kep" || review.level.index.is_none() {
        return None;
    }
    // another project's template may have fewer
    let weight = if review.companions.of_another_project { Severity::Note } else { Severity::Warning };
    let titles = LazyCell::new(|| Titles::of(review));
    for section in demanded(review, Requirement::Required) {
        if is_asked_somewhere(review, section) || has_title(review, section, &titles) {
            continue;
        }
        findings
            .report(review.anchor(section), format!("section {} is missing", section_name(review, section)))
            .item(review, section)
            .help("add it; where there is nothing to say, say so in a sentence")
            .at_most(weight);
    }
    let questionnaire = review.template.find(QUESTIONNAIRE)?;
    if review.owes_no_review {
        return None;
    }
    if is_asked_somewhere(review, questionnaire) {
        deleted_before_beta(review, questionnaire, findings);
        return None;
    }
    let alpha = review.template.level("alpha");
    if alpha.is_none() || review.level.index < alpha {
        return None;
    }
    // what was accepted without one is not asked again
    let kep = review.companions.metadata.as_deref();
    let milestone = kep.and_then(|kep| kep.text("latest-milestone")).and_then(|text| release(text.value));
    let is_there = review.bound(questionnaire).status == RevisionStatus::Current;
    if milestone.is_none() && !is_there {
        return None;
    }
    let message =
        format!("section {} is missing with all of its questions", section_name(review, questionnaire));
    let finding = findings
        .report(review.anchor(questionnaire), message)
        .item(review, questionnaire)
        .help("add it from the template; every stage needs a production readiness review since v1.21");
    if is_approved(review) {
        finding.at_most(Severity::Warning);
    }
    Some(questionnaire)
}

/// The text of all headings, those that are lost in a fence or comment too.
struct Titles<'a> {
    all: Vec<&'a str>,
    /// All of them in lower case, one after the other.
    lower: String,
}

impl<'a> Titles<'a> {
    fn of(review: &'a Review) -> Self {
        let document = &review.document;
        let headings =
            document.sections().iter().map(|section| document.text(document.content(section.heading)));
        let lost = document.lost_headings().iter().map(|lost| document.text(lost.span));
        let all: Vec<&str> = headings.chain(lost).collect();
        let mut lower = all.join("\n");
        lower.make_ascii_lowercase();
        Self { all, lower }
    }

    /// Whether every word of a text may be a word of some heading.
    fn may_have(&self, text: &str) -> bool {
        let letters = text.to_ascii_lowercase();
        words(text).all(|word| {
            let word = &letters[word.span.range()];
            !word.is_ascii() || memmem::find(self.lower.as_bytes(), word.as_bytes()).is_some()
        })
    }
}

/// Whether a heading anywhere has the words of a section's title, alone, joined with another's ("Goals and
/// Non-Goals") or with what it is about ("Goals for the lamp"); where it stands is not asked.
fn has_title(review: &Review, section: ItemIndex, titles: &Titles) -> bool {
    let item = review.item(section);
    let known: Vec<&str> = item
        .wordings
        .iter()
        .map(|wording| wording.text.as_str())
        .chain(item.aliases.iter())
        // most have a word that is in no heading
        .filter(|known| titles.may_have(known))
        .collect();
    let is_known = |text: &str| known.iter().any(|known| same_words(text, known));
    let firsts: Vec<&str> = known.iter().map(|known| first_word(known)).collect();
    !known.is_empty()
        && titles.all.iter().filter(|title| firsts.iter().any(|first| may_hold(title, first))).any(|title| {
            let joined = title.split(['/', '&', ',']).flat_map(|part| part.split(" and "));
            let about =
                [" for ", " of "].iter().filter_map(|word| title.split_once(word)).map(|(name, _)| name);
            is_known(title) || joined.chain(about).any(is_known)
        })
}

/// Whether a heading or a question of a section is anywhere, also in a comment.
pub(super) fn is_asked_somewhere(review: &Review, section: ItemIndex) -> bool {
    (section.0..review.item(section).end.0).any(|at| !review.bound(ItemIndex(at)).prompts.is_empty())
}

/// At alpha the sections that beta asks for may be empty, but reviewers ask to leave them in.
fn deleted_before_beta(review: &Review, questionnaire: ItemIndex, findings: &mut Findings) {
    let (alpha, beta) = (review.template.level("alpha"), review.template.level("beta"));
    if review.level.index != alpha {
        return;
    }
    let asked_at_beta = |section: ItemIndex| review.template.required_from(section) == beta;
    let gone: Vec<ItemIndex> = review
        .template
        .children(questionnaire)
        .filter(|&section| review.item(section).kind == ItemKind::Section && asked_at_beta(section))
        .filter(|&section| review.bound(section).status == RevisionStatus::Current)
        .filter(|&section| !is_asked_somewhere(review, section))
        .collect();
    let Some(first) = gone.first() else { return };
    let names: Vec<String> = gone.iter().map(|section| section_name(review, *section)).collect();
    let message = format!(
        "{} that beta asks for {} gone: {}",
        counted(gone.len(), "section"),
        if gone.len() == 1 { "is" } else { "are" },
        names.join(", ")
    );
    findings
        .report(review.anchor(*first), message)
        .item(review, *first)
        .help("leave the headings and questions in; they need no answer before beta")
        .at_most(Severity::Warning);
}

#[cfg(test)]
mod tests {
    use super::super::kep::sample::GOOD;
    use super::super::missing_section::MissingSection;
    use super::super::tests::check_kep;

    /// What is said of the questionnaire in a KEP without one, whose kep.yaml has pieces changed.
    fn found(changed: &[(&str, &str)]) -> Vec<String> {
        let readme = "# KEP-1234: Faster pods\n\n## Release Signoff Checklist\n\n## Summary\n\nA.\n\n\
            ## Motivation\n\nB.\n\n## Proposal\n\nC.\n\n## Design Details\n\nD.\n\n### Test Plan\n\nE.\n\n\
            ## Implementation History\n\nF.\n";
        let metadata = changed.iter().fold(GOOD.to_owned(), |text, (piece, other)| {
            assert!(text.contains(piece), "{piece}");
            text.replace(piece, other)
        });
        let found = check_kep(readme, &metadata, &MissingSection).into_iter().map(|one| one.message);
        found.filter(|message| message.contains("Questionnaire") || message.contains("question")).collect()
    }

    #[test]
    fn a_questionnaire_is_asked_for_from_alpha_and_v1_21_on() {
        let said =
            ["section “Production Readiness Review Questionnaire” is missing with all of its questions"];
        let latest = "latest-milestone: \"v1.30\"";
        assert_eq!(found(&[]), said);
        assert_eq!(found(&[("stage: beta", "stage: alpha")]), said);
        assert_eq!(found(&[(latest, "latest-milestone: v1.21")]), said);
        assert_eq!(found(&[(latest, "latest-milestone: v1.20")]), [""; 0]);
        assert_eq!(found(&[("status: implementable", "status: provisional")]), [""; 0]);
    }
}
