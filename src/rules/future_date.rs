//! `future-date`.

use super::{Context, Findings, field, written_date};
use crate::diagnostic::Severity;
use crate::source::Span;
use crate::template::Date;

declare_rule! {
    /// ## What it finds
    /// The day in `Date Updated` has not come yet.
    ///
    /// ## Why it matters
    /// The [TOC's guide](https://github.com/cncf/toc/blob/main/operations/dd-toc-guide.md) asks for a
    /// snapshot of a day. A day to come is a slip (most often last year's habit or a swapped month and day),
    /// and everything that is measured from it, such as how old the questions are, goes wrong with it.
    ///
    /// ## Example
    /// ```markdown
    /// - **Date Updated:** 2062-01-30
    /// ```
    ///
    /// ## How to fix it
    /// Write the day on which the document was last changed.
    ///
    /// ## How sure it is
    /// One day is allowed for authors east of the clock. Without a clock (`--today`, `GTR_TODAY`) the rule
    /// is silent.
    FutureDate, "future-date", Some(Severity::Warning), "the date has not come yet", check
}

fn check(context: &Context, findings: &mut Findings) {
    let review = context.review;
    let (Some(today), Some(value)) = (context.settings.today, field::value_of(review, field::DATE)) else {
        return;
    };
    let written = written_date::read(value.raw);
    let Some(date) = written.reading.date().filter(|&date| is_to_come(date, today)) else { return };
    let start = value.span.start;
    let span = Span::new(start + written.range.start as u32, start + written.range.end as u32);
    findings
        .report(span, format!("{date} has not come yet: today is {today}"))
        .item(review, value.index)
        .help("write the day on which the document was last changed");
}

/// Whether a day lies ahead in every time zone.
fn is_to_come(date: Date, today: Date) -> bool {
    date.days() > today.days() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tomorrow_may_be_today_elsewhere() {
        let day = |text| Date::parse(text).unwrap();
        assert!(!is_to_come(day("2026-03-01"), day("2026-02-28")));
        assert!(is_to_come(day("2026-03-02"), day("2026-02-28")));
        assert!(!is_to_come(day("2025-12-31"), day("2026-02-28")));
    }
}
