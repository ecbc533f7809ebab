//! `unknown-level`.

use super::nearest;
use super::phrase::{capitalised, either};
use super::placeholder_title::is_level_placeholder;
use super::quote::quote;
use super::{Context, Findings};
use crate::diagnostic::{Edit, Severity};
use crate::review::{LevelSource, plain};
use crate::source::FileId;
use crate::template::Template;

declare_rule! {
    /// ## What it finds
    /// What follows the `/` in the title is no level of the template, or more than one.
    ///
    /// ## Why it matters
    /// The level decides which questions must be answered. When it cannot be read it is guessed from the
    /// answers. The levels are those of the
    /// [GTR template](https://github.com/cncf/toc/blob/main/toc_subprojects/project-reviews-subproject/general-technical-questions.md).
    ///
    /// ## Example
    /// ```markdown
    /// # General Technical Review - Example / Incubaton
    /// ```
    ///
    /// ## How to fix it
    /// Write the level the project applies for: Sandbox, Incubation or Graduation.
    ///
    /// ## How sure it is
    /// Usual other forms (`Incubating`, `Graduated`) are accepted, and so are brackets and emphasis. A title
    /// without a level is no finding of this rule.
    UnknownLevel, "unknown-level", Some(Severity::Warning), "the title's level is no level of the template", check
}

fn check(context: &Context, findings: &mut Findings) {
    let review = context.review;
    let Some(level) = review.title.and_then(|title| title.level) else { return };
    let text = plain(review.text(level));
    if text.is_empty() || is_level_placeholder(&text) || review.level.source == LevelSource::Title {
        return;
    }
    let names: Vec<String> = review.template.levels.iter().map(|name| capitalised(name)).collect();
    let meant = match reading(&review.template, &text) {
        Reading::Known => return,
        Reading::Near(name) => Some(capitalised(name)),
        Reading::Several | Reading::Unknown => None,
    };
    let message = match reading(&review.template, &text) {
        Reading::Several => format!("the title names more than one level: {}", quote(&text)),
        _ => format!("the title's level {} is none of {}", quote(&text), either(&names)),
    };
    let finding = findings.report(level, message);
    match meant {
        Some(name) => {
            let edit = Edit { file: FileId(0), span: level, text: name.clone() };
            finding.help(format!("perhaps {name} is meant")).fix(format!("write {name}"), false, vec![edit]);
        }
        None => {
            finding.help(format!("write the level the project applies for: {}", either(&names)));
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Reading<'a> {
    Known,
    /// The level's name that was probably meant.
    Near(&'a str),
    Several,
    Unknown,
}

/// What a title's level says.
fn reading<'a>(template: &'a Template, text: &str) -> Reading<'a> {
    if template.level(text).is_some() {
        return Reading::Known;
    }
    let words = || text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut levels: Vec<_> = words().filter_map(|word| template.level(word)).collect();
    levels.sort();
    levels.dedup();
    match levels[..] {
        [level] => return Reading::Near(&template.levels[level.0 as usize]),
        [_, _, ..] => return Reading::Several,
        [] => {}
    }
    let spellings = template.level_aliases.keys().chain(&template.levels).map(String::as_str);
    let near = std::iter::once(text).chain(words()).find_map(|word| nearest(word, spellings.clone()));
    near.and_then(|spelling| template.level(spelling))
        .map_or(Reading::Unknown, |level| Reading::Near(&template.levels[level.0 as usize]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::LevelIndex;
    use crate::template::testing::bare;

    #[test]
    fn levels_are_read_and_guessed() {
        let aliases = [("incubating".to_string(), LevelIndex(1)), ("graduated".to_string(), LevelIndex(2))];
        let template = Template {
            level_aliases: aliases.into(),
            ..bare("gtr", &["sandbox", "incubation", "graduation"], &[])
        };
        for (text, expected) in [
            ("Sandbox", Reading::Known),
            ("Incubating", Reading::Known),
            ("Incubaton", Reading::Near("incubation")),
            ("CNCF Graduated project", Reading::Near("graduation")),
            ("Sandbox to Incubation", Reading::Several),
            ("Beta", Reading::Unknown),
        ] {
            assert_eq!(reading(&template, text), expected, "{text}");
        }
    }
}
