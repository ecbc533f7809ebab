//! Is this a document of a template at all? Told from its title, its sections, its questions, its path, its front
//! matter.

use std::sync::Arc;

use super::align::{self, Aligner, Alignment};
use super::catalogue::Catalogue;
use super::normalise::same_words;
use super::words::{hashes, words};
use super::{Match, Title, target};
use crate::document::{BlockId, BlockKind, Document};
use crate::input::Input;
use crate::template::ItemKind;

/// A recognised document: its template and what alignment found, for `bind` to go on with.
#[derive(Debug)]
pub struct Recognised {
    pub(super) catalogue: Arc<Catalogue>,
    pub(super) alignment: Alignment,
    pub(super) title: Option<Title>,
    /// Where the document proper begins, behind a preamble.
    pub(super) from: u32,
}

/// A document as far as it is aligned with a template that it may be one of.
struct Begun<'a> {
    catalogue: &'a Arc<Catalogue>,
    aligner: Aligner<'a>,
    title: Option<Title>,
    from: u32,
}

impl<'a> Begun<'a> {
    fn new(document: &'a Document, catalogue: &'a Arc<Catalogue>) -> Self {
        let title = target::title(document, catalogue);
        let from = title.map_or(0, |title| document.block(title.block).span.start);
        let project = title.and_then(|title| title.project).map_or("", |span| document.text(span));
        Self { catalogue, aligner: align::begin(document, catalogue, from, project), title, from }
    }

    fn end(self) -> Recognised {
        let Self { catalogue, aligner, title, from } = self;
        Recognised { catalogue: Arc::clone(catalogue), alignment: aligner.end(), title, from }
    }
}

/// What speaks for a document being one of a template's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The template's id.
    pub template: String,
    /// How sure that is, in percent.
    pub confidence: u8,
    /// Whether it is enough to be one.
    pub enough: bool,
    /// What was found, for people.
    pub found: Vec<String>,
}

/// The template that a document answers; `None` when it answers none of the candidates. With `forced` the
/// first candidate is taken without asking.
#[must_use]
pub fn recognise(
    document: &Document,
    input: &Input,
    candidates: &[Arc<Catalogue>],
    forced: bool,
) -> Option<Recognised> {
    if forced {
        return candidates.first().map(|catalogue| Begun::new(document, catalogue).end());
    }
    let mut best: Option<(usize, bool, Begun)> = None;
    for catalogue in candidates {
        let begun = Begun::new(document, catalogue);
        let signs = Signs::find(document, input, &begun);
        if signs.enough() && best.as_ref().is_none_or(|(other, ..)| signs.score() > *other) {
            best = Some((signs.score(), signs.other, begun));
        }
    }
    // what the likeliest template refuses is no document of one that is less likely
    best.filter(|(_, other, _)| !other).map(|(.., begun)| begun.end())
}

/// The template that a document's title names together with a project or a level, when it has sections of it and
/// no other of the templates that are likely is named so: nothing else need be looked at then.
#[must_use]
pub fn recognise_titled(document: &Document, input: &Input, likely: &[Arc<Catalogue>]) -> Option<Recognised> {
    let titled = |catalogue: &&Arc<Catalogue>| {
        target::title(document, catalogue)
            .is_some_and(|title| title.project.is_some() || title.level.is_some())
    };
    let mut titled = likely.iter().filter(titled);
    let (Some(catalogue), None) = (titled.next(), titled.next()) else { return None };
    let begun = Begun::new(document, catalogue);
    let signs = Signs::find(document, input, &begun);
    (signs.enough() && !signs.other).then(|| begun.end())
}

/// What speaks for each of the candidates, the one that is taken first. Nothing was taken where the first is
/// not enough.
#[must_use]
pub fn evidence(
    document: &Document,
    input: &Input,
    likely: &[Arc<Catalogue>],
    candidates: &[Arc<Catalogue>],
) -> Vec<Evidence> {
    let titled = recognise_titled(document, input, likely);
    let is_titled = |catalogue: &Arc<Catalogue>| {
        titled.as_ref().is_some_and(|titled| Arc::ptr_eq(&titled.catalogue, catalogue))
    };
    let of = |catalogue: &Arc<Catalogue>| {
        let signs = Signs::find(document, input, &Begun::new(document, catalogue));
        let evidence = Evidence {
            template: catalogue.template.id.clone(),
            confidence: signs.confidence(),
            enough: signs.enough() && !signs.other,
            found: signs.describe(),
        };
        (std::cmp::Reverse((is_titled(catalogue), signs.enough(), signs.score())), evidence)
    };
    let mut all: Vec<_> = candidates.iter().map(of).collect();
    all.sort_by_key(|(rank, _)| *rank);
    all.into_iter().map(|(_, evidence)| evidence).collect()
}

/// How much of a template a document has.
#[derive(Debug, Default)]
struct Signs {
    /// Sections that have a heading, those that hold sections included.
    sections: usize,
    /// Those of them that hold no sections.
    titles: usize,
    /// Those of the sections whose title has two words at least: "Security" and "Overview" are everybody's.
    telling: usize,
    /// Questions that stand there in the template's words.
    questions: usize,
    /// How many sections and questions the newest revision has.
    of: (usize, usize),
    /// The title names the kind.
    named: bool,
    /// It goes on with a project or a level.
    titled: bool,
    /// And behind the kind: other reviews are divided into the same days, and their titles end in "Technical
    /// Review" too, so days alone count only below such a title.
    own_title: bool,
    placed: bool,
    declared: bool,
    /// The first heading says that it is something else.
    other: bool,
}

impl Signs {
    fn find(document: &Document, input: &Input, begun: &Begun) -> Self {
        let template = &begun.catalogue.template;
        let mut signs = Self::default();
        for index in template.indices() {
            let item = template.item(index);
            let prompts = begun.aligner.prompts(index);
            let current = usize::from(item.is_in(template.newest()));
            match item.kind {
                ItemKind::Section => {
                    let there = usize::from(!prompts.is_empty());
                    let holds = |child| template.item(child).kind == ItemKind::Section;
                    signs.of.0 += current;
                    signs.sections += there;
                    signs.titles += there * usize::from(!template.children(index).any(holds));
                    signs.telling += there * usize::from(words(item.newest_wording()).nth(1).is_some());
                }
                ItemKind::Field => {}
                _ => {
                    let sure = |prompt: &super::Prompt| {
                        prompt.matched >= Match::Edited && !quoted(document, prompt.block)
                    };
                    signs.of.1 += current;
                    signs.questions += usize::from(prompts.iter().any(sure));
                }
            }
        }
        let recognition = &template.recognition;
        signs.named = begun.title.is_some();
        signs.titled = begun.title.is_some_and(|title| title.project.is_some() || title.level.is_some());
        signs.own_title = begun.title.is_some_and(|title| {
            title.level.is_some() || title.project.is_some_and(|project| project.start > title.span.start)
        });
        signs.placed = input
            .place
            .as_ref()
            .is_some_and(|place| recognition.paths.iter().any(|glob| glob_matches(glob, &place.path)));
        signs.declared = declares(document, &recognition.front_matter);
        signs.other = is_other(document, &recognition.other_titles);
        signs
    }

    /// Whether it is one of the template's documents, its title aside if that is one of another kind.
    fn enough(&self) -> bool {
        (self.own_title && self.sections > 0)
            || (self.titled && self.titles > 0)
            || (self.sections >= 3 && self.titles > 0 && self.telling > 0)
            || self.questions >= 5
            || (self.placed && self.sections > 0)
            || (self.declared && (self.titles > 0 || self.questions > 0))
    }

    /// What decides between templates. Those of one process share most of their questions, not their titles.
    fn score(&self) -> usize {
        let named = usize::from(self.titled || self.declared) * 4 + usize::from(self.own_title) * 4;
        self.questions * 2 + self.sections + named
    }

    /// How sure it is, in percent: each sign leaves a part of the doubt.
    fn confidence(&self) -> u8 {
        if self.other {
            return 0;
        }
        let share = |there: usize, of: usize| (there.min(of) * 80).checked_div(of).unwrap_or_default();
        let signs = [
            if self.titled { 60 } else { usize::from(self.named) * 30 },
            usize::from(self.placed) * 50,
            usize::from(self.declared) * 60,
            share(self.sections, self.of.0),
            share(self.questions, self.of.1).max(self.questions.min(8) * 10),
        ];
        let doubt = signs.iter().fold(1000, |doubt, sign| doubt * (100 - sign) / 100);
        let sure = (1000 - doubt) / 10;
        // what is not enough is no more than a guess
        (if self.enough() { sure.max(50) } else { sure.min(49) }) as u8
    }

    fn describe(&self) -> Vec<String> {
        let mut found = Vec::new();
        if self.other {
            found.push("its title is one of another kind".to_owned());
        }
        match (self.named, self.titled) {
            (_, true) => found.push("its title names the kind, and a project or a level".to_owned()),
            (true, _) => found.push("its title names the kind".to_owned()),
            _ => {}
        }
        for (is, what) in
            [(self.placed, "it lies where such documents lie"), (self.declared, "its front matter says so")]
        {
            if is {
                found.push(what.to_owned());
            }
        }
        found.push(format!("{} of {} sections", self.sections.min(self.of.0), self.of.0));
        let there = self.questions.min(self.of.1);
        found.push(format!("{there} of {} questions in the template's words", self.of.1));
        found
    }
}

/// Whether the front matter has one of a template's lines, compared by their words.
fn declares(document: &Document, lines: &[String]) -> bool {
    let Some(matter) = document.blocks().iter().find(|block| block.kind == BlockKind::FrontMatter) else {
        return false;
    };
    let has = |wanted: &String| document.text(matter.span).lines().any(|line| same_words(line, wanted));
    lines.iter().any(has)
}

/// Whether the first heading has one of the phrases that documents of other kinds have in theirs.
fn is_other(document: &Document, phrases: &[String]) -> bool {
    let heading = |id: &BlockId| document.block(*id).kind.is_heading();
    let Some(first) = document.ids().find(heading).filter(|_| !phrases.is_empty()) else { return false };
    let title = hashes(document.text(document.content(first)));
    phrases.iter().any(|phrase| {
        let phrase = hashes(phrase);
        title.windows(phrase.len().max(1)).any(|window| window == phrase)
    })
}

fn quoted(document: &Document, block: BlockId) -> bool {
    document.ancestors(block).any(|id| matches!(document.block(id).kind, BlockKind::Quote))
}

/// Whether a path matches a pattern of literal parts and `*` (anything within a part).
pub(super) fn glob_matches(glob: &str, path: &str) -> bool {
    let (mut parts, mut wanted) = (path.split('/'), glob.split('/'));
    loop {
        match (parts.next(), wanted.next()) {
            (None, None) => return true,
            (Some(part), Some(want)) if part_matches(want, part) => {}
            _ => return false,
        }
    }
}

fn part_matches(want: &str, part: &str) -> bool {
    match want.split_once('*') {
        None => want == part,
        Some((head, tail)) => {
            part.len() >= head.len() + tail.len() && part.starts_with(head) && part.ends_with(tail)
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::review::Templates;
    use crate::review::tests::input;
    use crate::settings::Settings;
    use crate::template::{ItemKind, from_yaml};

    #[test]
    fn five_questions_are_enough_where_they_are_not_quoted() {
        let templates = Templates::default();
        let items = &templates.get("gtr").unwrap().template.items;
        let questions: Vec<&str> = items
            .iter()
            .filter(|item| item.kind == ItemKind::Question && item.until.is_none())
            .map(|item| item.wordings.last().unwrap().text.as_str())
            .collect();
        let enough = |count: usize, mark: &str| {
            let asked: String = questions[..count].iter().map(|text| format!("{mark}* {text}\n\n")).collect();
            let text = format!("# Notes on a General Technical Review\n\n{asked}");
            crate::evidence(&input(&text), &Settings::default(), &templates)[0].enough
        };
        assert!(enough(5, ""));
        assert!(!enough(4, ""));
        assert!(!enough(5, "> "));
    }

    #[test]
    fn of_templates_with_one_title_that_of_the_questions_is_taken() {
        let own = |id: &str, question: &str| {
            let items = format!(
                "items: [{{id: light, kind: section, title: Light of the lamps, items: [\
                 {{id: light.how, kind: question, text: {question}}}]}}]\n"
            );
            let head =
                "levels: [only]\nrevisions: [{id: 2024-01-01}]\nrecognition: {titles: [Lamp Review]}\n";
            from_yaml(&format!("id: {id}\n{head}{items}")).unwrap()
        };
        let (dark, bright) = ("How dark are all of the lamps?", "How bright are the lamps?");
        let templates = Templates::new(vec![own("day", dark), own("night", bright)]);
        let text = |question: &str| {
            format!("# Lamp Review - Lanterns\n\n## Light of the lamps\n\n* {question}\n  Very.\n")
        };
        for (question, id) in [(dark, "day"), (bright, "night")] {
            let input = input(&text(question));
            let checked = crate::check(&input, &Settings::default(), &templates);
            assert_eq!(checked.review.unwrap().template.id, id);
            assert_eq!(crate::evidence(&input, &Settings::default(), &templates)[0].template, id);
        }
    }
}
