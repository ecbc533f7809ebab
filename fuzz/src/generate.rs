//! Documents built from a template's items in layouts that people use, with states that are known: so that a
//! fuzzer finds wrong answers too.

use gtr_lint::check;
use gtr_lint::input::Input;
use gtr_lint::review::{State, Templates};
use gtr_lint::settings::Settings;
use gtr_lint::source::Source;
use gtr_lint::template::{ItemIndex, ItemKind, Template};

/// Decisions read from the fuzzer's bytes; when they are used up, the first choice.
struct Dice<'a>(&'a [u8]);

impl Dice<'_> {
    fn roll(&mut self, sides: u8) -> u8 {
        let Some((&first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        first % sides
    }
}

/// How questions are written.
#[derive(Clone, Copy, Debug)]
enum Layout {
    Bullets { marker: &'static str, nested: bool },
    Headings,
    Bold,
    BoldBullets,
}

const LAYOUTS: [Layout; 6] = [
    Layout::Bullets { marker: "- ", nested: true },
    Layout::Bullets { marker: "* ", nested: true },
    Layout::Bullets { marker: "- ", nested: false },
    Layout::Headings,
    Layout::Bold,
    Layout::BoldBullets,
];

/// Answers whose words no template asks with.
const ANSWERS: [&str; 5] = [
    "Lanterns glow while the keeper sleeps upstairs.",
    "Seven wooden boats carry salt along the canal.\nThe eighth one leaks.",
    "It works.\n\n```sh\n# not a heading\nmake lanterns\n```",
    "See [the lantern book](https://example.org/lanterns).",
    "None.",
];

/// What stands below a question and what it is worth.
fn answer(dice: &mut Dice) -> (&'static str, State) {
    match dice.roll(8) {
        5 => ("", State::Unanswered),
        6 => ("TODO", State::Placeholder),
        7 => match dice.roll(2) {
            0 => ("N/A", State::NotApplicableBare),
            _ => ("N/A, because the lanterns burn without any wires.", State::NotApplicable),
        },
        at => (ANSWERS[usize::from(at)], State::Answered),
    }
}

/// A GTR of known states in a layout that the bytes choose: every leaf question has the state it was given.
///
/// # Panics
/// When a question has another state.
pub fn generated(bytes: &[u8]) {
    let templates = Templates::default();
    let catalogue = templates.get("gtr").expect("the template is bundled");
    let template = &catalogue.template;
    let mut dice = Dice(bytes);
    let layout = LAYOUTS[usize::from(dice.roll(LAYOUTS.len() as u8))];
    let crlf = dice.roll(4) == 3;
    let mut document = Document { text: String::new(), expected: Vec::new(), layout };
    document.text += "# General Technical Review - Lanterns / Graduation\n\n- **Project:** Lanterns\n";
    document.text += "- **Date Updated:** 2026-08-10\n- **Template Version:** v1.0.1\n\n";
    for index in template.indices() {
        if template.item(index).parent.is_none() && template.item(index).kind == ItemKind::Section {
            document.section(template, index, 2, &mut dice);
        }
    }
    let text = if crlf { document.text.replace('\n', "\r\n") } else { document.text };
    let source = Source::new("review.md", text.as_str());
    let checked = check(&Input::alone(source), &Settings::default(), &templates);
    let review = checked.review.expect("a generated document is recognised");
    for (index, expected) in document.expected {
        let bound = review.bound(index);
        assert_eq!(
            bound.state,
            expected,
            "{} in {layout:?}, asked at {:?}:\n{text}",
            template.item(index).id,
            bound.prompt().map(|prompt| review.source().line(prompt.span.start))
        );
    }
}

struct Document {
    text: String,
    expected: Vec<(ItemIndex, State)>,
    layout: Layout,
}

impl Document {
    fn section(&mut self, template: &Template, index: ItemIndex, level: usize, dice: &mut Dice) {
        let item = template.item(index);
        if !item.is_in(template.newest()) {
            return;
        }
        self.text += &format!("{} {}\n\n", "#".repeat(level), item.newest_wording());
        for child in template.children(index) {
            match template.item(child).kind {
                ItemKind::Section => self.section(template, child, level + 1, dice),
                ItemKind::Question | ItemKind::Group => self.question(template, child, level + 1, 0, dice),
                ItemKind::Field | ItemKind::Checkbox => {}
            }
        }
    }

    fn question(
        &mut self,
        template: &Template,
        index: ItemIndex,
        level: usize,
        depth: usize,
        dice: &mut Dice,
    ) {
        let item = template.item(index);
        if !item.is_in(template.newest()) {
            return;
        }
        let children: Vec<ItemIndex> =
            template.children(index).filter(|&child| template.item(child).is_in(template.newest())).collect();
        let (answer, state) = if children.is_empty() { answer(dice) } else { ("", State::Unanswered) };
        let wording = item.newest_wording();
        let indent = "  ".repeat(depth);
        let below = |indent: &str| -> String {
            let lines = answer
                .lines()
                .map(|line| if line.is_empty() { "\n".into() } else { format!("{indent}{line}\n") });
            if answer.is_empty() { String::new() } else { format!("\n{}\n", lines.collect::<String>()) }
        };
        self.text += &match self.layout {
            Layout::Bullets { marker, nested: true } => {
                format!("{indent}{marker}{wording}\n{}", below(&format!("{indent}  ")))
            }
            Layout::Bullets { marker, nested: false } => format!("{indent}{marker}{wording}\n{}", below("")),
            Layout::Headings => format!("{} {wording}\n{}\n", "#".repeat(level.min(6)), below("")),
            Layout::Bold => format!("**{}**\n{}\n", wording.replace('*', ""), below("")),
            Layout::BoldBullets => {
                format!("{indent}- **{}**\n{}", wording.replace('*', ""), below(&format!("{indent}  ")))
            }
        };
        if children.is_empty() {
            self.expected.push((index, state));
        }
        for child in children {
            self.question(template, child, level + 1, depth + 1, dice);
        }
    }
}
