//! `invalid-date`.

use super::written_date::{Impossible, Reading, Written, read};
use super::{Context, Findings, field};
use crate::diagnostic::{Edit, Severity};
use crate::review::State;
use crate::source::{FileId, Span};
use crate::template::Date;

declare_rule! {
    /// ## What it finds
    /// The day in `Date Updated` is one that no calendar has, is written in another form than `YYYY-MM-DD`,
    /// or still is the template's `YYYY-MM-DD`. A day that only lacks its zeros (`2025-8-7`) is a warning
    /// and can be fixed.
    ///
    /// ## Why it matters
    /// The review describes the project on one day; reviewers compare that day with releases and with the
    /// revision of the questions. `07/01/2026` is two different days to two readers. The
    /// [GTR template](https://github.com/cncf/toc/blob/main/toc_subprojects/project-reviews-subproject/general-technical-questions.md)
    /// asks for `YYYY-MM-DD`.
    ///
    /// ## Example
    /// ```markdown
    /// - **Date Updated:** 2026-02-30
    /// ```
    ///
    /// ## How to fix it
    /// Write year, month and day with two digits for month and day: `2026-03-01`.
    ///
    /// ## How sure it is
    /// Certain of days that do not exist. The first date of the line counts and a remark beside it does not.
    /// A line that only says that the date is still to come is left to `empty-field`.
    InvalidDate, "invalid-date", Some(Severity::Error), "the date is impossible or not written as YYYY-MM-DD", check
}

fn check(context: &Context, findings: &mut Findings) {
    let review = context.review;
    let Some(value) = field::value_of(review, field::DATE) else { return };
    let Written { reading, range } = read(value.raw);
    if review.bound(value.index).state == State::Placeholder && reading != Reading::Template {
        return;
    }
    let Some(Problem { message, help, replacement }) = problem(reading, &value.raw[range.clone()]) else {
        return;
    };
    let at = Span::new(value.span.start + range.start as u32, value.span.start + range.end as u32);
    let mut finding = findings.report(at, message).item(review, value.index).help(help);
    if matches!(reading, Reading::Unpadded(_)) {
        finding = finding.at_most(Severity::Warning);
    }
    if let Some((date, safe)) = replacement {
        let edit = Edit { file: FileId(0), span: at, text: date.to_string() };
        finding.fix(format!("write {date}"), safe, vec![edit]);
    }
}

/// What to say of a date.
pub(super) struct Problem {
    pub(super) message: String,
    pub(super) help: String,
    /// The right form, and whether it surely is the same day.
    pub(super) replacement: Option<(Date, bool)>,
}

pub(super) fn problem(reading: Reading, shown: &str) -> Option<Problem> {
    let wanted = |date: Date| format!("write `{date}`");
    let form = "write the day as YYYY-MM-DD, such as 2026-03-01".to_string();
    Some(match reading {
        Reading::Padded(_) => return None,
        Reading::Unpadded(date) => Problem {
            message: format!("month and day of `{shown}` have no two digits each"),
            help: wanted(date),
            replacement: Some((date, true)),
        },
        Reading::OtherForm(date) => Problem {
            message: format!("`{shown}` is not in the form YYYY-MM-DD"),
            help: wanted(date),
            replacement: Some((date, true)),
        },
        Reading::Ambiguous { day_first, month_first } => Problem {
            message: format!("`{shown}` may be {day_first} or {month_first}: it is not in the form YYYY-MM-DD"),
            help: format!("write `{day_first}` or `{month_first}`, whichever is meant"),
            replacement: None,
        },
        Reading::Impossible { why, probably } => {
            let why = match why {
                Impossible::Month(month) => format!("there is no month {month}"),
                Impossible::Day(day, month) => format!("{month} has no day {day}"),
                Impossible::Digits => "a month or a day has no more than two digits".to_string(),
            };
            Problem {
                message: format!("`{shown}` is no day of the calendar: {why}"),
                help: probably.map_or(form, |date| format!("perhaps `{date}` is meant")),
                replacement: probably.map(|date| (date, false)),
            }
        }
        Reading::Incomplete => Problem {
            message: format!("`{shown}` is no full date: year (four digits), month and day are asked for"),
            help: form,
            replacement: None,
        },
        Reading::Template => Problem {
            message: format!("the template's `{shown}` stands where the day of the last update belongs"),
            help: form,
            replacement: None,
        },
        Reading::Unreadable => Problem {
            message: "there is no date that can be read; one in the form YYYY-MM-DD is asked for".to_string(),
            help: form,
            replacement: None,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::sample::Sample;
    use crate::template::ItemKind;

    fn of(text: &str) -> Option<Problem> {
        let written = read(text);
        problem(written.reading, &text[written.range])
    }

    #[test]
    fn messages_name_what_is_written() {
        assert!(of("2026-01-30 (reviewed)").is_none());
        let found = of("on 2026-02-30").unwrap();
        assert_eq!(found.message, "`2026-02-30` is no day of the calendar: February has no day 30");
        assert!(found.replacement.is_none());
    }

    #[test]
    fn only_a_sure_reading_is_a_safe_fix() {
        let fix = |text| of(text).unwrap().replacement.map(|(date, safe)| (date.to_string(), safe));
        assert_eq!(fix("2025-8-7"), Some(("2025-08-07".to_string(), true)));
        assert_eq!(fix("Jan 7, 2026"), Some(("2026-01-07".to_string(), true)));
        assert_eq!(fix("2026-07-017"), Some(("2026-07-17".to_string(), false)));
        assert_eq!(fix("07/01/2026"), None);
        assert_eq!(fix("YYYY-MM-DD"), None);
    }

    #[test]
    fn what_is_no_whole_date_has_no_fix() {
        for (text, begin) in [
            ("January 2026", "`January 2026` is no full date"),
            ("last spring", "there is no date that can be read"),
        ] {
            let found = of(text).unwrap();
            assert!(found.message.starts_with(begin), "{text}: {}", found.message);
            assert!(found.help.contains("YYYY-MM-DD") && found.replacement.is_none(), "{text}");
        }
    }

    #[test]
    fn a_date_that_is_still_to_come_is_left_to_another_rule() {
        let sample = |value: &str, state| {
            let sample = Sample::new(&format!("Date Updated: {value}\n"));
            let sample = sample.item(0, ItemKind::Field, "field.date-updated", "Date Updated:");
            sample.bind("field.date-updated", "Date Updated:", value, state).check(&InvalidDate)
        };
        assert_eq!(sample("TBD", State::Placeholder), []);
        let template = sample("YYYY-MM-DD", State::Placeholder);
        assert_eq!(template[0].message, "the template's `YYYY-MM-DD` stands where the day of the last update belongs");
        let unpadded = sample("2025-8-7", State::Answered);
        assert_eq!(unpadded[0].cap, Some(Severity::Warning));
        let fix = unpadded[0].fix.as_ref().unwrap();
        assert_eq!((fix.safe, fix.edits[0].text.as_str()), (true, "2025-08-07"));
        assert_eq!(fix.edits[0].span, Span::new(14, 22));
        assert_eq!(sample("", State::Unanswered), [], "that it is empty is said elsewhere");
    }
}
