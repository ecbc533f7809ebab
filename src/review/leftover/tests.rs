//! What is left over of a small template, and what is there when it was deleted.

use crate::input::{Input, Place, Repository};
use crate::review::tests::input;
use crate::review::{State, Templates, guidance_hash};
use crate::settings::Settings;
use crate::template::from_yaml;

const SECTION: &str = "# Lamp Review - Lanterns\n\n## Light of the lamps\n\n";

/// A template whose questions have guidance and points to fill in.
fn templates() -> Templates {
    let guidance = [
        "_Think of all streets of the town._",
        "Name each of them with these:",
        "Say why it was dark that night",
        "or the night before,",
        "or ever.",
    ];
    let hash = |line: &str| format!("'{:016x}'", guidance_hash(line).unwrap());
    let items = "items:\n- id: light\n  kind: section\n  title: Light of the lamps\n  items:\n\
        \x20 - {id: lit, kind: question, text: Which of the lamps are lit?, scaffold: [Street of the lamp, 'Its height:']}\n\
        \x20 - {id: dark, kind: question, text: Which of the lamps are dark?}\n";
    let head =
        "id: lamp\nlevels: [only]\nrevisions: [{id: 2024-01-01}]\nrecognition: {titles: [Lamp Review]}\n";
    let guidance = guidance.map(hash).join(", ");
    Templates::new(vec![from_yaml(&format!("{head}guidance: [{guidance}]\n{items}")).unwrap()])
}

/// The places of guidance below the section's heading, and the document without them.
fn left(text: &str) -> (Vec<String>, String) {
    let (input, settings, templates) = (input(&format!("{SECTION}{text}")), Settings::default(), templates());
    let checked = crate::check(&input, &settings, &templates);
    let fixed = crate::fix(&input, &settings, &templates, &checked, false);
    let review = checked.review.unwrap();
    let places = review.leftovers.iter().map(|left| review.text(left.span).to_string()).collect();
    (places, fixed.sources[0].text().strip_prefix(SECTION).unwrap().to_string())
}

#[test]
fn lines_that_stand_together_are_one_place_and_go_with_their_points() {
    let (places, after) = left(
        "_Think of all streets of the town._\n\n\n* **Which of the lamps are lit?**\n  Name each of them with these:\n\
         \x20 - Street of the lamp\n  - Its height:\n    - Say why it was dark that night\n      or ever.\n\n  All.\n",
    );
    assert_eq!(places.len(), 2, "{places:?}");
    assert!(places[1].starts_with("Name each") && places[1].ends_with("or ever."), "{places:?}");
    assert_eq!(after, "* **Which of the lamps are lit?**\n\n  All.\n");
}

#[test]
fn points_that_somebody_filled_in_stay() {
    let text = "* **Which of the lamps are lit?**\n  Name each of them with these:\n\
                \x20 - Street of the lamp\n  - Its height: two metres\n";
    assert_eq!(left(text).1, text.replace("  Name each of them with these:\n", ""));
}

#[test]
fn a_point_of_guidance_with_an_answer_below_is_its_label() {
    let text = "* **Which of the lamps are dark?**\n  - Say why it was dark that night\n    or the night before,\n\n\
                \x20   The oil was bad.\n  - Say why it was dark that night\n    because it rained.\n";
    assert_eq!(left(text), (Vec::new(), text.to_string()));
    // an item of nothing else goes
    let (places, after) = left(&format!("{text}  - Say why it was dark that night\n"));
    assert_eq!((places.len(), after.as_str()), (1, text));
}

#[test]
fn instructions_above_the_title_are_one_thing_and_not_left_over_a_second_time() {
    let preamble = |above: &str| {
        let text =
            format!("---\nlayout: lamp\n---\n\n{above}{SECTION}**Which of the lamps are dark?**\n\nNone.\n");
        let review = crate::check(&input(&text), &Settings::default(), &templates()).review.unwrap();
        (review.preamble.map(|span| review.text(span).to_owned()), review.leftovers.len())
    };
    let lines = "> Name each of them with these:\n>\n> Say why it was dark that night\n";
    let both = format!("{lines}>\n> _Think of all streets of the town._\n\n");
    assert_eq!(preamble(&both), (Some(both.trim_end().to_owned()), 0));
    // two lines may be an author's
    assert_eq!(preamble(&format!("{lines}\n")).0, None);
}

#[test]
fn a_list_of_points_to_fill_in_goes_with_the_guidance_right_above_it() {
    let points = "* Street of the lamp\n* Its height:\n";
    let text = |above: &str| format!("**Which of the lamps are lit?**\n\n{above}{points}\nAll.\n");
    let (places, after) = left(&text("Name each of them with these:\n\n"));
    assert_eq!(places, [format!("Name each of them with these:\n\n{}", points.trim_end())]);
    assert_eq!(after, "**Which of the lamps are lit?**\n\nAll.\n");
    // the author's own sentence keeps its points
    let own = text("Name each of them with these:\n\nWe name some:\n\n");
    assert_eq!(left(&own).1, text("We name some:\n\n"));
}

#[test]
fn a_block_of_code_that_nobody_filled_in_is_no_answer() {
    let state = |code: &str| {
        let text = format!("{SECTION}**Which of the lamps are lit?**\n\n```text\n{code}```\n");
        let review = crate::check(&input(&text), &Settings::default(), &templates()).review.unwrap();
        review.bound(review.template.find("lit").unwrap()).state
    };
    assert_eq!(state("Street of the lamp\nIts height:\n"), State::Unanswered);
    assert_eq!(state("Street of the lamp\nIts height: two metres\n"), State::Answered);
}

#[test]
fn a_comment_of_guidance_that_was_opened_twice_is_left_over_once() {
    let text =
        "# KEP-1: Lamps\n\n## Goals\n\n<!--<!--\nSIG Architecture for cross cutting KEPs).\n-->\n\nLight.\n";
    let place =
        Place { path: "keps/sig-node/1-lamps/README.md".into(), repository: Repository::Enhancements };
    let input = Input { place: Some(place), ..input(text) };
    let review = crate::check(&input, &Settings::default(), &Templates::default()).review.unwrap();
    assert_eq!(review.leftovers.len(), 1, "{:?}", review.leftovers);
}
