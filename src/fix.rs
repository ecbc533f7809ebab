//! Applies fixes until there is nothing left to fix.
//!
//! Each round takes the fixes of the last check, as many as do not overlap, applies them together and checks
//! again. An answer is never lost: after every round the answers must be those from before, and the findings that
//! were to be fixed gone. Where it is otherwise, the round's fixes are tried one by one, and those that would change
//! an answer or change nothing are left out for good; of those that consist of parts, the parts.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::diagnostic::{Diagnostic, Edit, Fix, RuleId};
use crate::source::{FileId, Source};

/// Rounds after which the engine stops. Questions that go to one place are added one a round, so that each finds
/// its neighbours; a template has some eighty.
pub const MOST_ROUNDS: usize = 128;

/// Fixes that are tried one by one in a round.
const MOST_ALONE: usize = 256;

/// What a check says about the files in their present state.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Its findings, sorted.
    pub diagnostics: Vec<Diagnostic>,
    /// What must survive: the id of every answered item and its answer, sorted.
    pub answers: Vec<(String, String)>,
}

/// The result of a run of fixes.
#[derive(Debug, Clone)]
pub struct Fixed {
    /// The files, in the order they were given.
    pub sources: Vec<Source>,
    /// What was done, in the order it was done.
    pub applied: Vec<Applied>,
    /// Fixes that were left out because they would have changed an answer, or would not have removed their finding.
    pub refused: Vec<Applied>,
    /// Whether the last round found nothing more to do.
    pub converged: bool,
}

/// A fix that was applied or refused.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Applied {
    /// The rule whose finding it removes.
    pub rule: RuleId,
    /// The item that the finding is about.
    pub item: Option<String>,
    /// What it does.
    pub title: String,
}

/// A fix with the finding it belongs to.
#[derive(Clone, Copy)]
struct Choice<'a> {
    diagnostic: &'a Diagnostic,
    fix: &'a Fix,
}

impl Choice<'_> {
    fn applied(&self) -> Applied {
        Applied {
            rule: self.diagnostic.rule,
            item: self.diagnostic.item.clone(),
            title: self.fix.title.clone(),
        }
    }
}

/// Fixes files. `sources` are a document and its companions ([`FileId`] is the index), `outcome` what `check` says
/// about them as they are. Fixes that are not safe are applied only with `all`.
pub fn fix(
    sources: Vec<Source>,
    mut outcome: Outcome,
    all: bool,
    check: impl Fn(&[Source]) -> Outcome,
) -> Fixed {
    let mut fixed = Fixed { sources, applied: Vec::new(), refused: Vec::new(), converged: false };
    // A fix that was refused, or that comes back after it was applied, is not tried again.
    let mut tried: HashSet<(Applied, Vec<u8>)> = HashSet::new();
    for _ in 0..MOST_ROUNDS {
        let choices = choose(&outcome.diagnostics, all, |choice| {
            !tried.contains(&(choice.applied(), place(choice.fix, &fixed.sources)))
        });
        if choices.is_empty() {
            fixed.converged = true;
            break;
        }
        for choice in &choices {
            tried.insert((choice.applied(), place(choice.fix, &fixed.sources)));
        }
        let together = apply(&fixed.sources, choices.iter().map(|choice| choice.fix));
        let next = check(&together);
        if works(&outcome, &next, &choices) {
            fixed.applied.extend(choices.iter().map(Choice::applied));
            fixed.sources = together;
            outcome = next;
            continue;
        }
        // Some of them go through: those that do alone go together, else the first of them. Each costs a check, so
        // what is too much for one round waits for the next.
        for other in choices.iter().skip(MOST_ALONE) {
            tried.remove(&(other.applied(), place(other.fix, &fixed.sources)));
        }
        let choices = &choices[..choices.len().min(MOST_ALONE)];
        let alone =
            |choice: &&Choice| works(&outcome, &check(&apply(&fixed.sources, [choice.fix])), &[**choice]);
        let (mut good, bad): (Vec<&Choice>, Vec<&Choice>) = choices.iter().partition(alone);
        let part = |choice: &&Choice| {
            let fits = |edits: &[Edit]| {
                let fix = Fix { edits: edits.to_vec(), ..choice.fix.clone() };
                works(&outcome, &check(&apply(&fixed.sources, [&fix])), &[**choice])
            };
            let edits = if choice.fix.apart { fitting(&choice.fix.edits, fits) } else { Vec::new() };
            Fix { edits, ..choice.fix.clone() }
        };
        let parts: Vec<Fix> = bad.iter().map(part).collect();
        let parts = bad.iter().zip(&parts).map(|(choice, fix)| Choice { diagnostic: choice.diagnostic, fix });
        let (parts, bad): (Vec<Choice>, Vec<Choice>) = parts.partition(|choice| !choice.fix.edits.is_empty());
        good.extend(&parts);
        for choice in bad {
            if !fixed.refused.contains(&choice.applied()) {
                fixed.refused.push(choice.applied());
            }
        }
        for count in [good.len(), good.len().min(1)] {
            let taken: Vec<Choice> = good[..count].iter().map(|choice| **choice).collect();
            let sources = apply(&fixed.sources, taken.iter().map(|choice| choice.fix));
            let next = check(&sources);
            if !works(&outcome, &next, &taken) {
                continue;
            }
            for other in &good[count..] {
                tried.remove(&(other.applied(), place(other.fix, &fixed.sources)));
            }
            fixed.applied.extend(taken.iter().map(Choice::applied));
            fixed.sources = sources;
            outcome = next;
            break;
        }
    }
    fixed
}

/// Those of a fix's edits that fit together, found by halving: what does not fit is tried in smaller parts beside
/// what was taken before.
fn fitting(edits: &[Edit], fits: impl Fn(&[Edit]) -> bool) -> Vec<Edit> {
    let mut taken: Vec<Edit> = Vec::new();
    let mut parts = vec![edits];
    let mut tries = 0;
    while let Some(part) = parts.pop().filter(|_| tries < MOST_ALONE) {
        // all at once did not fit
        if part.len() < edits.len() {
            tries += 1;
            if fits(&[&taken, part].concat()) {
                taken.extend_from_slice(part);
                continue;
            }
        }
        if part.len() > 1 {
            let (first, second) = part.split_at(part.len() / 2);
            parts.extend([second, first]);
        }
    }
    taken
}

/// Whether fixes did what they should: the answers are the same, and the findings are gone.
fn works(before: &Outcome, after: &Outcome, choices: &[Choice]) -> bool {
    if before.answers != after.answers {
        return false;
    }
    let fixed = counts(choices.iter().map(|choice| choice.diagnostic));
    let (before, after) = (counts(&before.diagnostics), counts(&after.diagnostics));
    let of = |counts: &HashMap<Kind, usize>, kind| counts.get(kind).copied().unwrap_or(0);
    fixed.iter().all(|(kind, fixed)| of(&after, kind) + fixed <= of(&before, kind))
}

/// What makes findings equal wherever they stand.
type Kind<'a> = (RuleId, Option<&'a str>, &'a str);

/// How many findings there are of each kind.
fn counts<'a>(diagnostics: impl IntoIterator<Item = &'a Diagnostic>) -> HashMap<Kind<'a>, usize> {
    let mut counts = HashMap::new();
    for one in diagnostics {
        *counts.entry((one.rule, one.item.as_deref(), one.message.as_str())).or_default() += 1;
    }
    counts
}

/// How many bytes around an edit tell its place from others.
const AROUND: usize = 48;

/// What a fix changes and what stands around it: tells equal fixes of several places apart however lines move.
fn place(fix: &Fix, sources: &[Source]) -> Vec<u8> {
    let mut place = Vec::new();
    for edit in &fix.edits {
        let text = sources.get(edit.file.0 as usize).map_or("", Source::text).as_bytes();
        let from = (edit.span.start as usize).saturating_sub(AROUND);
        let to = (edit.span.end as usize + AROUND).min(text.len());
        place.extend(text.get(from..to).unwrap_or_default());
        place.push(0);
        place.extend(edit.text.as_bytes());
        place.push(0);
    }
    place
}

/// Fixes that do not overlap, in the order of the findings: all edits of a fix or none.
fn choose<'a>(diagnostics: &'a [Diagnostic], all: bool, wanted: impl Fn(&Choice) -> bool) -> Vec<Choice<'a>> {
    // the ends of the edits that are taken, by file and start
    let mut taken: BTreeMap<(FileId, u32), u32> = BTreeMap::new();
    let mut chosen = Vec::new();
    for diagnostic in diagnostics {
        let Some(fix) = diagnostic.fix.as_ref().filter(|fix| fix.safe || all) else { continue };
        let choice = Choice { diagnostic, fix };
        if wanted(&choice) && fix.edits.iter().all(|edit| is_free(&taken, edit)) {
            for edit in &fix.edits {
                let end = taken.entry((edit.file, edit.span.start)).or_default();
                *end = edit.span.end.max(*end);
            }
            chosen.push(choice);
        }
    }
    chosen
}

/// Whether an edit touches none of those taken: which of two insertions at one place comes first nobody knows.
fn is_free(taken: &BTreeMap<(FileId, u32), u32>, edit: &Edit) -> bool {
    // the taken ones do not overlap, so the last that begins before this one's end reaches furthest
    let before = taken.range((edit.file, 0)..=(edit.file, edit.span.end)).next_back();
    before.is_none_or(|(_, end)| *end < edit.span.start)
}

/// The files with the edits of some fixes made.
fn apply<'a>(sources: &[Source], fixes: impl IntoIterator<Item = &'a Fix>) -> Vec<Source> {
    let mut edits: Vec<&Edit> = fixes.into_iter().flat_map(|fix| &fix.edits).collect();
    edits.sort_unstable();
    let one = |(index, source): (usize, &Source)| {
        let file = FileId(index as u32);
        let mut own = edits.iter().filter(|edit| edit.file == file).peekable();
        if own.peek().is_none() {
            return source.clone();
        }
        let mut text = String::with_capacity(source.text().len());
        let mut at = 0;
        for edit in own {
            text += source.text().get(at..edit.span.start as usize).unwrap_or_default();
            text += &edit.text;
            at = edit.span.end as usize;
        }
        text += source.text().get(at..).unwrap_or_default();
        Source::new(source.path(), text)
    };
    sources.iter().enumerate().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Label, Severity};
    use crate::source::Span;

    /// Finds every `x` and would make it a `y`; the answers are the letters behind a `=`.
    fn check(sources: &[Source]) -> Outcome {
        let text = sources[0].text();
        let finding = |(at, _): (usize, &str)| {
            let span = Span::from_range(at..at + 1);
            Diagnostic {
                rule: RuleId("no-x"),
                severity: Severity::Error,
                cap: None,
                message: "an x".into(),
                primary: Label::at(span),
                related: Vec::new(),
                help: None,
                item: None,
                fingerprint: Default::default(),
                fix: Some(Fix {
                    title: "write y".into(),
                    safe: text[..at].len().is_multiple_of(2),
                    apart: false,
                    edits: vec![Edit { file: FileId(0), span, text: "y".into() }],
                }),
            }
        };
        let answers =
            text.match_indices('=').map(|(at, _)| (String::new(), text[at + 1..at + 2].to_string()));
        Outcome { diagnostics: text.match_indices('x').map(finding).collect(), answers: answers.collect() }
    }

    fn run(text: &str, all: bool) -> Fixed {
        let sources = vec![Source::new("a.md", text)];
        let outcome = check(&sources);
        fix(sources, outcome, all, check)
    }

    #[test]
    fn a_fix_that_leaves_its_finding_is_refused_and_not_repeated() {
        // what is added at the end is in a comment that never ends, so it is missing still
        let check = |sources: &[Source]| {
            let end = sources[0].text().len();
            let mut outcome = self::check(&[Source::new("a.md", "x")]);
            let edit = Edit { file: FileId(0), span: Span::from_range(end..end), text: "- added\n".into() };
            outcome.diagnostics[0].fix =
                Some(Fix { title: "add it".into(), safe: true, apart: false, edits: vec![edit] });
            outcome
        };
        let sources = vec![Source::new("a.md", "<!-- a comment\n")];
        let fixed = fix(sources.clone(), check(&sources), true, check);
        assert!(fixed.converged && fixed.applied.is_empty());
        assert_eq!(fixed.refused.len(), 1);
        assert_eq!(fixed.sources[0].text(), sources[0].text());
    }

    #[test]
    fn many_fixes_go_together() {
        let text = "x-".repeat(20_000);
        let fixed = run(&text, true);
        assert!(fixed.converged);
        assert_eq!((fixed.applied.len(), fixed.sources[0].text()), (20_000, text.replace('x', "y").as_str()));
    }

    #[test]
    fn safe_fixes_alone_unless_all_are_asked_for() {
        let safe = run("x.x.-x", false);
        assert_eq!((safe.sources[0].text(), safe.applied.len()), ("y.y.-x", 2));
        assert!(safe.converged);
        assert_eq!(run("x.x.-x", true).sources[0].text(), "y.y.-y");
    }

    #[test]
    fn a_fix_that_changes_an_answer_is_left_out_and_the_others_are_made() {
        let fixed = run("x. =x x", true);
        assert_eq!(fixed.sources[0].text(), "y. =x y");
        assert_eq!(fixed.refused.len(), 1);
        assert!(fixed.converged);
    }

    #[test]
    fn of_a_fix_that_consists_of_parts_those_are_made_that_change_no_answer() {
        // all of one finding, whose message counts them
        let check = |sources: &[Source]| {
            let mut outcome = self::check(sources);
            let edits = outcome.diagnostics.iter().flat_map(|one| one.fix.clone()).flat_map(|fix| fix.edits);
            let (edits, count) = (edits.collect(), outcome.diagnostics.len());
            outcome.diagnostics.truncate(1);
            for one in &mut outcome.diagnostics {
                one.message = format!("{count} times an x");
            }
            let fix = outcome.diagnostics.iter_mut().find_map(|one| one.fix.as_mut());
            if let Some(fix) = fix {
                *fix = Fix { apart: true, edits, ..fix.clone() };
            }
            outcome
        };
        let sources = vec![Source::new("a.md", "x. =x x x =x x")];
        let fixed = fix(sources.clone(), check(&sources), true, check);
        assert_eq!(fixed.sources[0].text(), "y. =x y y =x y");
        assert_eq!((fixed.applied.len(), fixed.refused.len(), fixed.converged), (1, 1, true));
    }

    #[test]
    fn edits_that_touch_are_made_one_after_the_other() {
        let fixed = run("xx", true);
        assert_eq!((fixed.sources[0].text(), fixed.converged), ("yy", true));
    }
}
