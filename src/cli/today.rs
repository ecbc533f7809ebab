//! Today's date, for rules about dates in the future.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::template::Date;

/// Reads `--today`.
pub(super) fn parse(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "a date is written YYYY-MM-DD".to_string())
}

/// The date that the clock shows, in UTC; `None` when it shows a time before 1970.
pub(super) fn from_clock() -> Option<Date> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs();
    from_days(i64::try_from(seconds / 86_400).ok()?)
}

/// The date so many days after 1970-01-01: `civil_from_days` of
/// <https://howardhinnant.github.io/date_algorithms.html>.
fn from_days(days: i64) -> Option<Date> {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    Date::new(u16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_become_dates_and_back() {
        assert_eq!(from_days(0), Date::new(1970, 1, 1));
        let first = Date::new(1970, 1, 1).unwrap().days();
        for days in (0..40_000).step_by(13) {
            assert_eq!(from_days(days).unwrap().days() - first, days);
        }
    }
}
