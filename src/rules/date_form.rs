//! Where a text has the forms in which people write days. What they mean is the business of `written_date`.
//!
//! A form is read from one place on, without going back: nothing in it can be taken in two ways.

use std::ops::Range;

/// A date as it stands in a text.
pub(super) struct Found<'t> {
    text: &'t str,
    /// Its bytes.
    pub(super) range: Range<usize>,
    /// Its numbers, names and signs.
    parts: [&'t str; 5],
}

impl<'t> Found<'t> {
    /// All of it.
    pub(super) fn text(&self) -> &'t str {
        &self.text[self.range.clone()]
    }

    /// A part, in order of the text; empty when the form has fewer.
    pub(super) fn part(&self, at: usize) -> &'t str {
        self.parts[at]
    }

    /// A part as a number; one with too many digits is larger than any day, month or year.
    pub(super) fn number(&self, at: usize) -> u32 {
        self.parts[at].parse().unwrap_or(u32::MAX)
    }
}

/// Reads one form where a reader stands; `None` when it is not there.
pub(super) type Form = for<'t> fn(&mut Reader<'t>) -> Option<()>;

/// A place in a text and the parts read so far.
pub(super) struct Reader<'t> {
    text: &'t str,
    at: usize,
    parts: [&'t str; 5],
    count: usize,
}

/// The first place from `from` on where a form stands.
pub(super) fn first<'t>(form: Form, text: &'t str, from: usize) -> Option<Found<'t>> {
    // every form begins with a digit or a letter
    let starts = (from..text.len()).filter(|at| text.as_bytes()[*at].is_ascii_alphanumeric());
    for start in starts {
        let mut reader = Reader { text, at: start, parts: [""; 5], count: 0 };
        if form(&mut reader).is_some() {
            return Some(Found { text, range: start..reader.at, parts: reader.parts });
        }
    }
    None
}

/// Three numbers with a sign between each two; an hour may follow.
pub(super) fn numbers(r: &mut Reader) -> Option<()> {
    r.edge()?;
    r.digits(1..=usize::MAX)?;
    for _ in 0..2 {
        r.white_space(0..=1)?;
        r.separator()?;
        r.white_space(0..=1)?;
        r.digits(1..=usize::MAX)?;
    }
    let hour = r.rest().as_bytes();
    let timestamp = hour.first() == Some(&b'T') && hour.get(1).is_some_and(u8::is_ascii_digit);
    if timestamp { Some(()) } else { r.edge() }
}

/// `7th of January, 2026`.
pub(super) fn day_month_year(r: &mut Reader) -> Option<()> {
    r.edge()?;
    r.digits(1..=2)?;
    r.ordinal();
    r.signs();
    if let Some(rest) = r.rest().strip_prefix("of").filter(|rest| rest.starts_with(char::is_whitespace)) {
        r.at += r.rest().len() - rest.trim_start().len();
    }
    r.month()?;
    r.signs();
    r.digits(4..=4)?;
    r.edge()
}

/// `Jan 7, 2026`.
pub(super) fn month_day_year(r: &mut Reader) -> Option<()> {
    r.edge()?;
    r.month()?;
    r.signs();
    r.digits(1..=2)?;
    r.ordinal();
    (r.signs() > 0).then_some(())?;
    r.digits(4..=4)?;
    r.edge()
}

/// `2026 Jan 7`.
pub(super) fn year_month_day(r: &mut Reader) -> Option<()> {
    r.edge()?;
    r.digits(4..=4)?;
    (r.signs() > 0).then_some(())?;
    r.month()?;
    r.signs();
    r.digits(1..=2)?;
    r.ordinal();
    r.edge()
}

/// Year, month and day, each with its Han character behind it.
pub(super) fn han(r: &mut Reader) -> Option<()> {
    for (digits, name) in [(4..=4, '\u{5e74}'), (1..=2, '\u{6708}'), (1..=2, '\u{65e5}')] {
        r.white_space(0..=usize::MAX)?;
        r.digits(digits)?;
        r.white_space(0..=usize::MAX)?;
        r.sign(|c| c == name)?;
    }
    Some(())
}

/// `20260107`.
pub(super) fn compact(r: &mut Reader) -> Option<()> {
    r.edge()?;
    r.century()?;
    for width in [4, 2, 2] {
        let digits = r.rest().get(..width).filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()))?;
        r.take(digits);
    }
    r.edge()
}

/// `2026`, `2026-01`, `January 2026`, `Jan 7`.
pub(super) fn incomplete(r: &mut Reader) -> Option<()> {
    r.edge()?;
    if r.month().is_some() {
        r.white_space(1..=usize::MAX)?;
        r.digits(1..=4)?;
        return r.edge();
    }
    r.century()?;
    r.digits(4..=4)?;
    let year = r.at;
    let month = |r: &mut Reader| {
        r.sign(|c| matches!(c, '-' | '/' | '.'))?;
        r.digits(1..=2)?;
        r.edge()
    };
    if month(r).is_none() {
        r.at = year;
    }
    r.edge()
}

/// `YYYY-MM-DD`.
pub(super) fn template(r: &mut Reader) -> Option<()> {
    r.edge()?;
    r.letters('y', 2..=4)?;
    r.sign(|c| matches!(c, '-' | '/' | '.'))?;
    r.letters('m', 1..=3)?;
    r.sign(|c| matches!(c, '-' | '/' | '.'))?;
    r.letters('d', 1..=2)?;
    r.edge()
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn take(&mut self, part: &'t str) {
        if let Some(place) = self.parts.get_mut(self.count) {
            *place = part;
        }
        self.count += 1;
        self.at += part.len();
    }

    /// A word begins or ends here.
    fn edge(&self) -> Option<()> {
        let before = self.text[..self.at].chars().next_back().is_some_and(is_word);
        let after = self.rest().chars().next().is_some_and(is_word);
        (before != after).then_some(())
    }

    /// All digits that stand here, if they are as many as wanted.
    fn digits(&mut self, wanted: std::ops::RangeInclusive<usize>) -> Option<()> {
        self.run(|b| b.is_ascii_digit(), wanted)
    }

    /// All of a letter that stand here, in any case.
    fn letters(&mut self, letter: char, wanted: std::ops::RangeInclusive<usize>) -> Option<()> {
        self.run(|b| char::from(b).eq_ignore_ascii_case(&letter), wanted)
    }

    fn run(&mut self, fits: impl Fn(u8) -> bool, wanted: std::ops::RangeInclusive<usize>) -> Option<()> {
        let enough = wanted.end().saturating_add(1);
        let length = self.rest().bytes().take(enough).take_while(|b| fits(*b)).count();
        wanted.contains(&length).then(|| self.take(&self.text[self.at..self.at + length]))
    }

    fn white_space(&mut self, wanted: std::ops::RangeInclusive<usize>) -> Option<()> {
        let space = self.rest().len() - self.rest().trim_start().len();
        let count = self.rest()[..space].chars().count();
        wanted.contains(&count).then(|| self.at += space)
    }

    /// One sign, which is no part of the date.
    fn sign(&mut self, fits: impl Fn(char) -> bool) -> Option<()> {
        let sign = self.rest().chars().next().filter(|c| fits(*c))?;
        self.at += sign.len_utf8();
        Some(())
    }

    /// A hyphen, slash or point, or a dash that word processors put for a hyphen.
    fn separator(&mut self) -> Option<()> {
        let sign = self.rest().chars().next()?;
        let fits = matches!(sign, '-' | '/' | '.' | '\u{2010}'..='\u{2014}' | '\u{2212}');
        fits.then(|| self.take(&self.text[self.at..self.at + sign.len_utf8()]))
    }

    /// Past white space and the signs between the parts of a date; how many bytes they have.
    fn signs(&mut self) -> usize {
        let rest = self.rest();
        let behind =
            rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | '/' | '-'));
        self.at += rest.len() - behind.len();
        rest.len() - behind.len()
    }

    /// Past the `th` of `7th`.
    fn ordinal(&mut self) {
        if ["st", "nd", "rd", "th"].iter().any(|ending| self.rest().starts_with(ending)) {
            self.at += 2;
        }
    }

    /// A month's English name, in full or short, in any case, maybe with a point behind it.
    fn month(&mut self) -> Option<()> {
        let rest = self.rest();
        let length = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (name, behind) = rest.split_at(length);
        let is_name =
            |month: &&str| month[..3].eq_ignore_ascii_case(name) || month.eq_ignore_ascii_case(name);
        let known = MONTHS.iter().any(is_name) || name.eq_ignore_ascii_case("sept");
        (known && !behind.starts_with(is_word)).then(|| self.take(name))?;
        self.at += usize::from(behind.starts_with('.'));
        Some(())
    }

    /// Whether a year of these two centuries may begin here.
    fn century(&self) -> Option<()> {
        ["19", "20"].iter().any(|century| self.rest().starts_with(century)).then_some(())
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The months' English names.
pub(super) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_found_where_it_stands() {
        let found = |form: Form, text: &'static str| first(form, text, 0).map(|found| found.text());
        assert_eq!(found(numbers, "v1.2.3 of 2026 - 1 - 7T10:00"), Some("2026 - 1 - 7"));
        assert_eq!(found(numbers, "2026-1-7th"), None);
        assert_eq!(found(day_month_year, "the 7th of\u{a0}jan., 2026!"), Some("7th of\u{a0}jan., 2026"));
        assert_eq!(found(month_day_year, "Sept. 17 2026"), Some("Sept. 17 2026"));
        assert_eq!(found(month_day_year, "Janus 17 2026"), None);
        assert_eq!(found(year_month_day, "12026 May 7 2026-may-7th"), Some("2026-may-7th"));
        assert_eq!(found(han, "12026\u{5e74} 1\u{6708}7\u{65e5}"), Some("2026\u{5e74} 1\u{6708}7\u{65e5}"));
        assert_eq!(found(compact, "320260107 20260107"), Some("20260107"));
        assert_eq!(found(incomplete, "2026-013"), Some("2026"));
        assert_eq!(found(incomplete, "in 2026-01"), Some("2026-01"));
        assert_eq!(found(template, "(yyyy/mm/dd)"), Some("yyyy/mm/dd"));
    }
}
