//! Findings that are known and accepted: a file that lists them, so that only new ones count.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Deserialize;

use crate::diagnostic::{Diagnostic, Fingerprint};

/// The form of the file that this program writes.
const SCHEMA: u64 = 1;

/// Why a text is no baseline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaselineError {
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

/// Known findings by file. Files are named by whatever the caller names them by in every call.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    files: BTreeMap<String, BTreeMap<Fingerprint, Known>>,
    /// What was known of files that are gone: it may have moved to a file of which nothing is known.
    moved: BTreeMap<Fingerprint, u32>,
}

/// How often a finding is known in a file, and for readers of the file what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Known {
    count: u32,
    rule: String,
    item: Option<String>,
}

/// The file as it is written. Others may add fields.
#[derive(Deserialize)]
struct Raw {
    files: BTreeMap<String, Vec<RawEntry>>,
}

#[derive(Deserialize)]
struct RawEntry {
    fingerprint: String,
    #[serde(default)]
    rule: String,
    item: Option<String>,
    #[serde(default = "once")]
    count: u32,
}

fn once() -> u32 {
    1
}

impl Baseline {
    /// Reads what [`Baseline::to_text`] writes.
    ///
    /// # Errors
    /// When it is something else, or of a newer form.
    pub fn parse(text: &str) -> Result<Self, BaselineError> {
        let wrong = |why: String| BaselineError {
            message: format!("no baseline: {why}"),
            help: "name another file, or remove this one and let --write-baseline write it".into(),
        };
        let value: serde_json::Value =
            serde_json::from_str(text).map_err(|error| wrong(format!("not JSON, {error}")))?;
        match value.get("schema").map(serde_json::Value::as_u64) {
            Some(Some(SCHEMA)) => {}
            Some(Some(newer)) if newer > SCHEMA => {
                return Err(BaselineError {
                    message: format!("a baseline of schema {newer}; this program reads schema {SCHEMA}"),
                    help:
                        "use the newer program that wrote it, or remove it and let --write-baseline write it"
                            .into(),
                });
            }
            _ => return Err(wrong(format!("it does not say `\"schema\": {SCHEMA}`"))),
        }
        let raw: Raw = serde_json::from_value(value).map_err(|error| wrong(error.to_string()))?;
        let mut baseline = Self::default();
        for (file, entries) in raw.files {
            let known = baseline.files.entry(file).or_default();
            for entry in entries {
                let Some(fingerprint) = Fingerprint::parse(&entry.fingerprint) else {
                    let text: String = entry.fingerprint.chars().take(40).collect();
                    return Err(wrong(format!("`{text}` is no fingerprint, which has 16 hex digits")));
                };
                let (rule, item) = (entry.rule, entry.item);
                let one = known.entry(fingerprint).or_insert(Known { count: 0, rule, item });
                one.count = one.count.saturating_add(entry.count);
            }
        }
        Ok(baseline)
    }

    /// The files of which something is known.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Forgets a file.
    pub fn forget(&mut self, file: &str) {
        self.files.remove(file);
    }

    /// Learns a finding.
    pub fn learn(&mut self, file: &str, finding: &Diagnostic) {
        let known = self.files.entry(file.to_string()).or_default();
        let new = || Known {
            count: 0,
            rule: finding.rule.0.to_string(),
            item: finding.item.as_deref().map(Into::into),
        };
        known.entry(finding.fingerprint).or_insert_with(new).count += 1;
    }

    /// Says that a file is gone; what was known of it is known of files that the baseline does not name.
    pub fn mark_gone(&mut self, file: &str) {
        for (fingerprint, known) in self.files.remove(file).unwrap_or_default() {
            *self.moved.entry(fingerprint).or_default() += known.count;
        }
    }

    /// Whether a finding is known; each time that it is known answers for one finding.
    pub fn take(&mut self, file: &str, finding: &Diagnostic) -> bool {
        let count = match self.files.get_mut(file) {
            Some(known) => known.get_mut(&finding.fingerprint).map(|known| &mut known.count),
            None => self.moved.get_mut(&finding.fingerprint),
        };
        match count {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        }
    }

    /// How many known findings of some files nobody took: they are fixed. With those of files that are gone.
    pub fn left<'a>(&self, files: impl Iterator<Item = &'a str>) -> u32 {
        let here = files.filter_map(|file| self.files.get(file)).flat_map(BTreeMap::values);
        here.map(|known| known.count).chain(self.moved.values().copied()).sum()
    }

    /// How many findings are known.
    #[must_use]
    pub fn len(&self) -> u32 {
        self.files.values().flat_map(BTreeMap::values).map(|known| known.count).sum()
    }

    /// Whether none is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The file: sorted, a line a finding, so that a difference of two shows what came and went.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = format!("{{\n  \"schema\": {SCHEMA},\n  \"files\": {{");
        let mut first_file = true;
        for (file, known) in self.files.iter().filter(|(_, known)| !known.is_empty()) {
            let mut sorted: Vec<_> = known.iter().collect();
            sorted.sort_by_key(|(fingerprint, known)| (&known.rule, &known.item, **fingerprint));
            text += if first_file { "\n" } else { ",\n" };
            first_file = false;
            let _ = writeln!(text, "    {}: [", quoted(file));
            for (at, (fingerprint, known)) in sorted.iter().enumerate() {
                let _ = write!(text, "      {{\"rule\": {}", quoted(&known.rule));
                if let Some(item) = &known.item {
                    let _ = write!(text, ", \"item\": {}", quoted(item));
                }
                let _ = write!(text, ", \"fingerprint\": \"{fingerprint}\"");
                if known.count != 1 {
                    let _ = write!(text, ", \"count\": {}", known.count);
                }
                text += if at + 1 < sorted.len() { "},\n" } else { "}\n" };
            }
            text += "    ]";
        }
        text += if first_file { "}\n}\n" } else { "\n  }\n}\n" };
        text
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::RuleId;
    use crate::rules::Findings;
    use crate::source::Span;

    fn finding(rule: &'static str, item: Option<&str>, fingerprint: u64) -> Diagnostic {
        let mut findings = Findings::new(RuleId(rule));
        findings.report(Span::new(0, 0), "wrong");
        let mut one = findings.into_diagnostics().remove(0);
        (one.item, one.fingerprint) = (item.map(str::to_string), Fingerprint(fingerprint));
        one
    }

    #[test]
    fn written_sorted_and_read_back() {
        let mut baseline = Baseline::default();
        let (late, early) = (finding("z", None, 1), finding("a", Some("day0.\"x\""), 0xfe));
        baseline.learn("b.md", &late);
        baseline.learn("b.md", &early);
        baseline.learn("b.md", &early);
        baseline.learn("a\n.md", &late);
        let text = baseline.to_text();
        assert_eq!(
            text,
            r#"{
  "schema": 1,
  "files": {
    "a\n.md": [
      {"rule": "z", "fingerprint": "0000000000000001"}
    ],
    "b.md": [
      {"rule": "a", "item": "day0.\"x\"", "fingerprint": "00000000000000fe", "count": 2},
      {"rule": "z", "fingerprint": "0000000000000001"}
    ]
  }
}
"#
        );
        assert_eq!((Baseline::parse(&text), baseline.len()), (Ok(baseline), 4));
        let empty = Baseline::default();
        assert_eq!(Baseline::parse(&empty.to_text()), Ok(empty));
    }

    #[test]
    fn every_known_finding_answers_for_one() {
        let one = finding("a", None, 7);
        let mut baseline = Baseline::default();
        baseline.learn("a.md", &one);
        assert!(!baseline.take("b.md", &one), "another file's findings are new");
        assert_eq!(baseline.left(["a.md"].into_iter()), 1);
        assert!(baseline.take("a.md", &one) && !baseline.take("a.md", &one));
        assert_eq!(baseline.left(["a.md"].into_iter()), 0);
    }

    #[test]
    fn findings_move_with_a_renamed_file_but_not_into_a_known_one() {
        let one = finding("a", None, 7);
        let mut baseline = Baseline::default();
        baseline.learn("old.md", &one);
        baseline.learn("known.md", &finding("b", None, 8));
        baseline.mark_gone("old.md");
        assert!(!baseline.take("known.md", &one));
        assert_eq!(baseline.left(std::iter::empty()), 1);
        assert!(baseline.take("new.md", &one));
        assert_eq!(baseline.left(["new.md"].into_iter()), 0);
    }

    #[test]
    fn what_is_no_baseline_is_said() {
        for (text, expected) in [
            ("", "no baseline: not JSON"),
            ("# Title", "no baseline: not JSON"),
            ("[]", "no baseline: it does not say `\"schema\": 1`"),
            ("{\"schema\": \"1\"}", "no baseline: it does not say"),
            ("{\"schema\": 2}", "a baseline of schema 2; this program reads schema 1"),
            ("{\"schema\": 1}", "no baseline: missing field `files`"),
            ("{\"schema\": 1, \"files\": []}", "no baseline: invalid type"),
            (
                "{\"schema\": 1, \"files\": {\"a\": [{\"fingerprint\": \"x\"}]}}",
                "no baseline: `x` is no fingerprint",
            ),
        ] {
            let error = Baseline::parse(text).unwrap_err();
            assert!(error.message.starts_with(expected), "{text}: {}", error.message);
        }
    }
}
