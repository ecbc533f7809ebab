//! Which revision of its template a document was written on: presence counts, absence does not.

use super::align::Alignment;
use super::words::{hashes, words};
use super::{Match, same_words};
use crate::document::Document;
use crate::template::{Date, ItemIndex, ItemKind, RevisionIndex, Template};

/// What a revision changed, as far as a document can show it.
#[derive(Debug)]
enum Change {
    /// An item that no revision before has, and the indices of the outermost section around it, if that is
    /// older; of all items if it is not.
    Added { item: ItemIndex, part: std::ops::Range<u16> },
    /// Other words, as hashes: the new ones and those of the wording before.
    Reworded { item: ItemIndex, new: Vec<u64>, old: Vec<u64> },
    /// The same words with a link to another place: the new targets.
    Relinked { item: ItemIndex, added: Vec<String> },
}

/// How much of what a revision introduced a document shows, least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Shown {
    /// The revision introduced nothing that this document could show.
    Nothing,
    /// None of it is there.
    Absent,
    /// A heading of it is that holds no question: people write "Unit Tests" on any revision.
    Heading,
    /// Something that is asked, or a wording of it.
    Question,
}

/// What each revision of a template changed and what had been retired before it; made once a run.
#[derive(Debug, Default)]
pub(super) struct Changes {
    introduced: Vec<Vec<Change>>,
    retired: Vec<Vec<ItemIndex>>,
}

impl Changes {
    /// Compares each revision with those before it.
    pub(super) fn new(template: &Template) -> Self {
        let mut changes = Self::default();
        for at in 0..template.revisions.len() as u16 {
            let revision = RevisionIndex(at);
            changes.introduced.push(introduced(template, revision));
            let retired = template.indices().filter(|&index| {
                // a heading that upstream dropped (`Table of Contents`) is one that people write anyway
                let item = template.item(index);
                item.kind != ItemKind::Section && item.until.is_some_and(|until| until < revision)
            });
            changes.retired.push(retired.collect());
        }
        changes
    }

    /// What a document shows of a revision.
    fn evidence(
        &self,
        revision: RevisionIndex,
        document: &Document,
        template: &Template,
        alignment: &Alignment,
    ) -> Shown {
        let heading = |item: ItemIndex| template.item(item).kind == ItemKind::Section;
        let texts = |item: &ItemIndex| {
            alignment.prompts[item.0 as usize].iter().map(|prompt| document.text(prompt.span))
        };
        let mut shown = Shown::Nothing;
        for change in &self.introduced[revision.0 as usize] {
            let found = match change {
                Change::Added { item, part } => {
                    let there = |item: ItemIndex| !alignment.prompts[item.0 as usize].is_empty();
                    // where a whole part is not written yet, that it lacks something says nothing; headings
                    // with an N/A below them write no question
                    let counts = |at: ItemIndex| there(at) && (heading(*item) || !heading(at));
                    let written = || shown == Shown::Nothing && part.clone().map(ItemIndex).any(counts);
                    match there(*item) {
                        true if heading(*item) && !holds_questions(template, *item) => Shown::Heading,
                        true => Shown::Question,
                        false if written() => Shown::Absent,
                        false => Shown::Nothing,
                    }
                }
                Change::Reworded { item, new, old } => {
                    let is = |wording: &[u64]| {
                        texts(item).any(|text| words(text).map(|word| word.hash).eq(wording.iter().copied()))
                    };
                    match is(new) {
                        true => Shown::Question,
                        false if shown == Shown::Nothing && is(old) => Shown::Absent,
                        false => Shown::Nothing,
                    }
                }
                // only a link's target can tell, and only where the document has the link
                Change::Relinked { item, added } => {
                    let is_new = |text: &str| added.iter().any(|target| text.contains(target.as_str()));
                    if !texts(item).any(|text| text.contains("](")) {
                        Shown::Nothing
                    } else if texts(item).any(is_new) {
                        Shown::Question
                    } else {
                        Shown::Absent
                    }
                }
            };
            shown = shown.max(found);
            if shown == Shown::Question {
                // one that is there is enough
                break;
            }
        }
        shown
    }

    /// Whether something that was retired before a revision stands there in the template's words.
    fn has_retired(&self, revision: RevisionIndex, alignment: &Alignment) -> bool {
        self.retired[revision.0 as usize].iter().any(|item| {
            let prompts = &alignment.prompts[item.0 as usize];
            prompts.iter().any(|prompt| prompt.matched >= Match::Edited && !prompt.uncertain)
        })
    }
}

fn introduced(template: &Template, revision: RevisionIndex) -> Vec<Change> {
    let mut changes = Vec::new();
    for index in template.indices() {
        let item = template.item(index);
        if item.since == revision {
            let around = std::iter::successors(Some(index), |&at| template.item(at).parent).last();
            let part = around.filter(|&top| template.item(top).since < revision);
            let part = part.map_or(0..template.items.len() as u16, |top| top.0..template.item(top).end.0);
            changes.push(Change::Added { item: index, part });
            continue;
        }
        let Some(at) = item.wordings.iter().position(|wording| wording.from == revision) else { continue };
        let Some(before) = at.checked_sub(1).map(|before| &item.wordings[before].text) else { continue };
        let new = &item.wordings[at].text;
        if same_words(new, before) {
            let old = targets(before);
            let added: Vec<String> =
                targets(new).into_iter().filter(|target| !old.contains(target)).collect();
            if !added.is_empty() {
                changes.push(Change::Relinked { item: index, added });
            }
        } else {
            changes.push(Change::Reworded { item: index, new: hashes(new), old: hashes(before) });
        }
    }
    changes
}

fn holds_questions(template: &Template, section: ItemIndex) -> bool {
    let mut inside = (section.0..template.item(section).end.0).map(ItemIndex);
    inside.any(|item| template.item(item).kind == ItemKind::Question)
}

/// The targets of a wording's links.
fn targets(text: &str) -> Vec<String> {
    text.split("](").skip(1).filter_map(|rest| rest.split(')').next().map(str::to_string)).collect()
}

/// The revision a document was written on.
///
/// A revision is out when something it retired before is there, or when none of what it introduced is
/// there (unless the document's version field names it). Of those that remain the newest with evidence of
/// its own counts, or a newer one without, if it is not after the document's date. What came after a
/// revision that is out has its items too, so it needs evidence of its own, and a heading alone is none.
pub(super) fn revision(
    changes: &Changes,
    document: &Document,
    template: &Template,
    alignment: &Alignment,
    version: Option<&str>,
    date: Option<Date>,
) -> RevisionIndex {
    let named = version.and_then(|value| named_revision(template, value));
    let mut evidence = RevisionIndex(0);
    let mut chosen = RevisionIndex(0);
    let mut beyond = false;
    for at in 0..template.revisions.len() as u16 {
        let revision = RevisionIndex(at);
        let is_named = named == Some(revision);
        let is_out = changes.has_retired(revision, alignment);
        if is_out && !is_named {
            continue;
        }
        let shown = changes.evidence(revision, document, template, alignment);
        // a question left standing does not outweigh a version that is named and shown
        if is_out && shown < Shown::Heading {
            continue;
        }
        let is_there = shown == Shown::Question || shown == Shown::Heading && !beyond;
        if at > 0 && shown > Shown::Nothing && !is_there && !is_named {
            beyond = true;
            continue;
        }
        if at == 0 || is_there || is_named {
            evidence = revision;
            chosen = revision;
            beyond = false;
            continue;
        }
        let written = || Date::parse(&template.revision(revision).id);
        let after = || date.is_some_and(|date| written().is_some_and(|written| written > date));
        if revision > evidence && !beyond && !after() {
            chosen = revision;
        }
    }
    chosen
}

/// The only revision that carries the version a field names.
fn named_revision(template: &Template, value: &str) -> Option<RevisionIndex> {
    // `**v1.0**` and [`v1.0`](…) name it as well
    let parts = value.split(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-')));
    let versions: Vec<&str> =
        parts.map(|part| part.trim_start_matches(['v', 'V']).trim_end_matches('.')).collect();
    let mut with = (0..template.revisions.len() as u16)
        .map(RevisionIndex)
        .filter(|&revision| versions.contains(&template.revision(revision).version.trim_start_matches('v')));
    let first = with.next()?;
    with.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use crate::review::Templates;
    use crate::review::tests::input;
    use crate::settings::Settings;
    use crate::template::from_yaml;

    #[test]
    fn the_heading_of_a_section_of_questions_tells_a_revision_though_none_of_them_is_asked() {
        let revision = |questions: &str| {
            let template = format!(
                "id: lamp\nlevels: [only]\nrecognition: {{titles: [Lamp Review]}}\n\
                 revisions: [{{id: 2024-01-01}}, {{id: 2025-01-01}}, {{id: 2026-01-01}}]\nitems:\n\
                 - id: light\n  kind: section\n  title: Light of the lamps\n  items:\n\
                 \x20 - {{id: light.how, kind: question, text: How bright is it?}}\n\
                 \x20 - {{id: light.why, kind: question, text: Why at night?, since: 2025-01-01}}\n\
                 - {{id: notes, kind: section, title: Notes, since: 2026-01-01{questions}}}\n"
            );
            let text = "# Lamp Review - Lanterns\n\n## Light of the lamps\n\nHow bright is it?\n\nVery.\n\n\
                        ## Notes\n\nNone.\n";
            let templates = Templates::new(vec![from_yaml(&template).unwrap()]);
            let review = crate::check(&input(text), &Settings::default(), &templates).review.unwrap();
            review.template.revision(review.revision).id.clone()
        };
        let noted = ", items: [{id: notes.who, kind: question, text: Who noted them?, since: 2026-01-01}]";
        assert_eq!(revision(noted), "2026-01-01");
        // a heading of nothing more people write anyway
        assert_eq!(revision(""), "2024-01-01");
    }
}
