//! Reads a day as people write it, and says in which form it was.

use std::ops::Range;

use super::date_form::{self as form, Form, Found, MONTHS};
use crate::template::Date;

/// What a text says about a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// `2026-01-07`.
    Padded(Date),
    /// `2026-1-7`: the right form but for the zeros.
    Unpadded(Date),
    /// Another form that means one day only: `Jan 7, 2026`, `2026/01/07`, `30.01.2026`.
    OtherForm(Date),
    /// `07/01/2026` is 7 January or 1 July.
    Ambiguous {
        /// Read as day, month, year.
        day_first: Date,
        /// Read as month, day, year.
        month_first: Date,
    },
    /// A day that no calendar has, and the day that was probably meant.
    Impossible {
        /// Why there is no such day.
        why: Impossible,
        /// What the digits may have meant.
        probably: Option<Date>,
    },
    /// A month or a year without a day, or a year of two digits.
    Incomplete,
    /// `YYYY-MM-DD`, as the template has it.
    Template,
    /// No date at all.
    Unreadable,
}

/// Why a calendar has no such day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Impossible {
    /// The number of the month is not 1 to 12.
    Month(u32),
    /// The month has fewer days, or the day is 0: the day and the month's name.
    Day(u32, &'static str),
    /// More digits than a month or a day has.
    Digits,
}

/// A reading and which bytes of the text were read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    /// What it says.
    pub(super) reading: Reading,
    /// Where, relative to the text; all of it when nothing could be read.
    pub(super) range: Range<usize>,
}

impl Reading {
    /// The one day that is meant, if it is one.
    pub(super) fn date(self) -> Option<Date> {
        match self {
            Self::Padded(date) | Self::Unpadded(date) | Self::OtherForm(date) => Some(date),
            _ => None,
        }
    }
}

type Reader = fn(&Found) -> Option<Reading>;

/// Reads the first date in a text; remarks beside it do not count.
pub(super) fn read(text: &str) -> Written {
    let forms: [(Form, Reader); 8] = [
        (form::numbers, numbers),
        (form::day_month_year, |f| Some(named(f.number(2), month(f.part(1))?, f.number(0)))),
        (form::month_day_year, |f| Some(named(f.number(2), month(f.part(0))?, f.number(1)))),
        (form::year_month_day, |f| Some(named(f.number(0), month(f.part(1))?, f.number(2)))),
        (form::han, |f| Some(named(f.number(0), f.number(1), f.number(2)))),
        (form::compact, |f| {
            Date::new(f.number(0) as u16, f.number(1) as u8, f.number(2) as u8).map(Reading::OtherForm)
        }),
        (form::incomplete, |_| Some(Reading::Incomplete)),
        (form::template, |_| Some(Reading::Template)),
    ];
    for (form, reader) in forms {
        let mut from = 0;
        while let Some(found) = form::first(form, text, from) {
            if let Some(reading) = reader(&found) {
                return Written { reading, range: found.range };
            }
            from = found.range.end;
        }
    }
    Written { reading: Reading::Unreadable, range: 0..text.len() }
}

fn month(name: &str) -> Option<u32> {
    let start = name.get(..3)?;
    MONTHS.iter().position(|month| month[..3].eq_ignore_ascii_case(start)).map(|at| at as u32 + 1)
}

/// Day, month and year in a form other than ISO 8601.
fn named(year: u32, month: u32, day: u32) -> Reading {
    match possible(year, month, day) {
        Ok(date) => Reading::OtherForm(date),
        Err(why) => Reading::Impossible { why, probably: None },
    }
}

fn possible(year: u32, month: u32, day: u32) -> Result<Date, Impossible> {
    let Some(name) = (month as usize).checked_sub(1).and_then(|at| MONTHS.get(at)) else {
        return Err(Impossible::Month(month));
    };
    let small = u16::try_from(year).ok().zip(u8::try_from(day).ok());
    small.and_then(|(year, day)| Date::new(year, month as u8, day)).ok_or(Impossible::Day(day, name))
}

/// Three numbers with signs between them. `None` when they are no date: a version, an address.
fn numbers(found: &Found) -> Option<Reading> {
    let (first, sign, second, last) = (found.part(0), found.part(1), found.part(2), found.part(4));
    let (a, b, c) = (found.number(0), found.number(2), found.number(4));
    if first.len() == 4 {
        return Some(year_first(found));
    }
    if first.len() > 2 || second.len() > 2 {
        return None;
    }
    if last.len() == 2 && sign == "/" {
        return Some(Reading::Incomplete);
    }
    if last.len() != 4 {
        return None;
    }
    let (day_first, month_first) = (possible(c, b, a), possible(c, a, b));
    Some(match (day_first, month_first) {
        // with points the day always comes first
        (Ok(date), _) if sign == "." => Reading::OtherForm(date),
        (Ok(date), Ok(other)) if date == other => Reading::OtherForm(date),
        (Ok(day_first), Ok(month_first)) => Reading::Ambiguous { day_first, month_first },
        (Ok(date), Err(_)) | (Err(_), Ok(date)) => Reading::OtherForm(date),
        (Err(why), Err(_)) => Reading::Impossible { why, probably: None },
    })
}

fn year_first(found: &Found) -> Reading {
    let (year, month, day) = (found.number(0), found.number(2), found.number(4));
    let (month_digits, day_digits) = (found.part(2).len(), found.part(4).len());
    match possible(year, month, day) {
        Ok(date) if month_digits > 2 || day_digits > 2 => {
            Reading::Impossible { why: Impossible::Digits, probably: Some(date) }
        }
        Ok(date) if found.part(1) != "-" || found.part(3) != "-" || found.text().contains(' ') => {
            Reading::OtherForm(date)
        }
        Ok(date) if month_digits == 2 && day_digits == 2 => Reading::Padded(date),
        Ok(date) => Reading::Unpadded(date),
        // 2026-13-01: day and month changed places
        Err(why @ Impossible::Month(_)) => {
            Reading::Impossible { why, probably: possible(year, day, month).ok() }
        }
        Err(why) => Reading::Impossible { why, probably: None },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: u16, month: u8, day: u8) -> Date {
        Date::new(year, month, day).unwrap()
    }

    #[track_caller]
    fn reads(text: &str, reading: Reading) {
        assert_eq!(read(text).reading, reading, "{text}");
    }

    #[test]
    fn iso_dates_are_padded_or_not() {
        for text in [
            "2026-01-07",
            "**2026-01-07**",
            "2026-01-07 (draft)",
            "last on 2026-01-07.",
            "2026-01-07T10:00:00Z",
        ] {
            reads(text, Reading::Padded(day(2026, 1, 7)));
        }
        reads("2025-8-7", Reading::Unpadded(day(2025, 8, 7)));
        assert_eq!(read(" is 2025-8-7 now").range, 4..12);
        assert_eq!(read("2025-8-7T10:00").range, 0..8);
        assert_eq!(read("in January 2026").range, 3..15);
    }

    #[test]
    fn other_forms_mean_one_day() {
        for text in [
            "Jan 7, 2026",
            "January 7th, 2026",
            "7 January 2026",
            "7th of Jan. 2026",
            "07-Jan-2026",
            "2026 Jan 7",
            "2026/01/07",
            "2026.1.7",
            "2026\u{2013}01\u{2013}07",
            "2026\u{5E74}1\u{6708}7\u{65E5}",
            "20260107",
            "07.01.2026",
        ] {
            reads(text, Reading::OtherForm(day(2026, 1, 7)));
        }
        reads("02-20-2026", Reading::OtherForm(day(2026, 2, 20)));
        reads("20/02/2026", Reading::OtherForm(day(2026, 2, 20)));
        reads("03/03/2026", Reading::OtherForm(day(2026, 3, 3)));
        reads("Sept 1 2026", Reading::OtherForm(day(2026, 9, 1)));
        reads("May 1, 2026", Reading::OtherForm(day(2026, 5, 1)));
    }

    #[test]
    fn day_and_month_may_be_either() {
        let (day_first, month_first) = (day(2026, 1, 7), day(2026, 7, 1));
        reads("07/01/2026", Reading::Ambiguous { day_first, month_first });
    }

    #[test]
    fn impossible_days_say_why() {
        let impossible = |why, probably| Reading::Impossible { why, probably };
        reads("2026-07-017", impossible(Impossible::Digits, Some(day(2026, 7, 17))));
        reads("2026-02-30", impossible(Impossible::Day(30, "February"), None));
        reads("2026-13-01", impossible(Impossible::Month(13), Some(day(2026, 1, 13))));
        reads("2026-00-10", impossible(Impossible::Month(0), None));
        reads("31 June 2026", impossible(Impossible::Day(31, "June"), None));
        reads("2026-01-99999999999", impossible(Impossible::Day(u32::MAX, "January"), None));
    }

    #[test]
    fn what_is_no_day_is_none() {
        for text in ["2026-01", "January 2026", "2026", "01/07/26", "Q1 2026", "Jan 7"] {
            reads(text, Reading::Incomplete);
        }
        reads("YYYY-MM-DD", Reading::Template);
        for text in ["", "soon", "v1.0.5", "10.0.0.1", "Maybe", "march on"] {
            reads(text, Reading::Unreadable);
        }
    }
}
