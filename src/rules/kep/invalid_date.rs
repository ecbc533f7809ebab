//! `kep-invalid-date`.

use super::super::invalid_date::problem;
use super::super::written_date::{Reading, Written, read};
use super::super::{Findings, KepFiles};
use super::files::label;
use crate::diagnostic::{Edit, Severity};
use crate::source::Span;

declare_kep_rule! {
    /// ## What it finds
    /// `creation-date` is a day that no calendar has, is written in another form than `YYYY-MM-DD`, or
    /// still is `yyyy-mm-dd`. A day that only lacks its zeros is a warning and can be fixed. In
    /// `last-updated`, which the template no longer has, all this is a note.
    ///
    /// ## Why it matters
    /// The [KEP
    /// template](https://github.com/kubernetes/enhancements/blob/master/keps/NNNN-kep-template/kep.yaml)
    /// asks for `yyyy-mm-dd`; what sorts and filters KEPs by age reads this form only.
    ///
    /// ## Example
    /// ```yaml
    /// creation-date: 2025-30-01
    /// ```
    ///
    /// ## How to fix it
    /// Write year, month and day with two digits for month and day.
    ///
    /// ## How sure it is
    /// Certain of days that do not exist. An absent date is no finding.
    InvalidDate, "kep-invalid-date", Some(Severity::Error), "a date is impossible or not written as YYYY-MM-DD", check
}

fn check(files: &KepFiles, findings: &mut Findings) {
    let Some(kep) = files.kep.filter(|_| !super::files::is_template(files.input.path())) else { return };
    for key in ["creation-date", "last-updated"] {
        let Some(text) = kep.text(key) else { continue };
        let Written { reading, range } = read(text.value);
        // a key holds one date and nothing else
        let whole = range.len() == text.value.len();
        let (message, help, replacement) = match reading {
            Reading::Padded(_) if whole => continue,
            Reading::Template => {
                let message = format!("`{}` is the template's sample for `{key}`", text.value);
                (message, "write the day as YYYY-MM-DD".to_string(), None)
            }
            Reading::Unreadable => {
                let message = format!("`{}` is no date", text.value);
                (message, "write the day as YYYY-MM-DD".to_string(), None)
            }
            Reading::Padded(date) => {
                let message = format!("more than a date stands in `{key}`");
                (message, format!("write `{date}` alone"), None)
            }
            _ => {
                let Some(found) = problem(reading, &text.value[range.clone()]) else { continue };
                (found.message, found.help, found.replacement)
            }
        };
        let unpadded = matches!(reading, Reading::Unpadded(_)) && whole;
        let mut finding = findings.report_at(label(kep, text.span), message).help(help);
        if key == "last-updated" {
            finding = finding.at_most(Severity::Note);
        } else if unpadded {
            finding = finding.at_most(Severity::Warning);
        }
        let quotes = u32::from(kep.source().slice(text.span).starts_with(['"', '\'']));
        let inner = Span::new(text.span.start + quotes, text.span.end - quotes);
        if let Some((date, safe)) = replacement.filter(|_| whole && inner.len() as usize == text.value.len())
        {
            let edit = Edit { file: kep.file(), span: inner, text: date.to_string() };
            finding.fix(format!("write {date}"), safe, vec![edit]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kep::sample::Sample;

    fn of(date: &str) -> Vec<crate::diagnostic::Diagnostic> {
        Sample::with("2024-01-31", date).check(&InvalidDate)
    }

    #[test]
    fn impossible_and_template_days() {
        assert!(of("2024-02-29").is_empty());
        assert!(of("2023-14-05")[0].message.contains("no month 14"));
        assert!(of("yyyy-mm-dd")[0].message.contains("sample"));
        assert!(of("soon")[0].message.contains("no date"));
        assert_eq!(of("2023-14-05")[0].cap, None);
    }

    #[test]
    fn missing_zeros_can_be_fixed() {
        for written in ["2025-10-9", "\"2025-10-9\""] {
            let found = of(written);
            assert_eq!(found[0].cap, Some(Severity::Warning));
            let fix = found[0].fix.as_ref().unwrap();
            assert!(fix.safe);
            assert_eq!((fix.edits[0].text.as_str(), fix.edits[0].span.len()), ("2025-10-09", 9));
            assert_eq!(fix.edits[0].file, crate::source::FileId(1));
        }
    }

    #[test]
    fn the_retired_field_weighs_less() {
        let found = Sample::with("creation-date: 2024-01-31", "last-updated: v1.27").check(&InvalidDate);
        assert_eq!(found[0].cap, Some(Severity::Note));
    }

    #[test]
    fn a_key_holds_one_date_and_nothing_else() {
        let found = Sample::with("creation-date: 2024-01-31", "creation-date: 2024-01-31 or later").check(&InvalidDate);
        assert_eq!(found[0].message, "more than a date stands in `creation-date`");
        assert_eq!(found[0].help.as_deref(), Some("write `2024-01-31` alone"));
        assert!(found[0].fix.is_none());
    }
}
