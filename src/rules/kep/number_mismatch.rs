//! `kep-number-mismatch`.

use super::super::{Findings, KepFiles};
use super::files::{at, label, remark, same_number};
use crate::diagnostic::{Label, Severity};
use crate::document::{BlockKind, Document};
use crate::input::Role;
use crate::metadata::Metadata;
use crate::source::Span;

declare_kep_rule! {
    /// ## What it finds
    /// The number of the KEP differs between its directory, `kep-number` in kep.yaml, the README's first
    /// heading (`KEP-1234: …`, `KEP-NNNN` included) and `kep-number` in the approval.
    ///
    /// ## Why it matters
    /// The number is that of the issue by which everybody finds the KEP, and the [production readiness
    /// process](https://github.com/kubernetes/community/blob/master/sig-architecture/production-readiness.md)
    /// goes by it. No upstream check compares the four.
    ///
    /// ## Example
    /// ```yaml
    /// # in keps/sig-node/1234-faster-pods/kep.yaml
    /// kep-number: 1243
    /// ```
    ///
    /// ## How to fix it
    /// Find out which one the issue has and correct the others.
    ///
    /// ## How sure it is
    /// Certain that they differ. Leading zeros do not count. A heading without a number, the templates and
    /// KEPs numbered 0000 are left alone.
    NumberMismatch, "kep-number-mismatch", Some(Severity::Error), "directory, kep.yaml, title and approval give different numbers", check
}

fn check(files: &KepFiles, findings: &mut Findings) {
    if files.is_exempt() {
        return;
    }
    let own = files.kep.and_then(|kep| Some((kep, kep.text("kep-number")?)));
    let directory = files.directory_number();
    if let (Some((kep, number)), Some(directory)) = (own, directory)
        && !same_number(number.value, directory)
    {
        findings
            .report_at(at(kep, number), format!("kep.yaml says {}, the directory {directory}", number.value))
            .help("give both the number of the issue");
    }
    let expected = own.map(|(_, number)| number.value).or(directory);
    if let (Some(document), Some(expected)) = (files.document, expected) {
        title(document, expected, own.map(|(kep, number)| (kep, number.span)), findings);
    }
    if let Some(approval) = files.approval {
        let alone = files.input.role() == Some(Role::PrrApproval);
        let name = files.input.path().rsplit('/').next().and_then(|name| name.strip_suffix(".yaml"));
        let (expected, whose) = match own {
            Some((_, number)) => (Some(number.value), "kep.yaml"),
            None => (name.filter(|_| alone), "the name of the file"),
        };
        let Some(number) = approval.text("kep-number") else { return };
        if let Some(expected) = expected.filter(|expected| !same_number(number.value, expected)) {
            let finding = findings
                .report_at(
                    at(approval, number),
                    format!("the approval says {}, {whose} {expected}", number.value),
                )
                .help(format!("write {expected}, if that is the number of the issue"));
            if let Some((kep, number)) = own {
                finding.related(remark(kep, number.span, "the number in kep.yaml"));
            }
        }
    }
}

fn title(document: &Document, expected: &str, own: Option<(&Metadata, Span)>, findings: &mut Findings) {
    let mut headings = document.ids().filter(|id| {
        let block = document.block(*id);
        block.kind == BlockKind::Heading(1) && !block.commented
    });
    let Some(heading) = headings.next() else { return };
    let span = document.content(heading);
    let Some(number) = number_of(document.text(span)) else { return };
    let number = Span::new(span.start + number.start, span.start + number.end);
    let written = document.text(number);
    let is_template = written.bytes().all(|byte| byte == b'N' || byte == b'n');
    if !is_template && same_number(written, expected) {
        return;
    }
    let message = if is_template {
        format!("the title still says KEP-{written}; the number is {expected}")
    } else {
        format!("the title says KEP-{written}, but the number is {expected}")
    };
    let finding = findings
        .report_at(Label::at(number), message)
        .help("give title, directory and kep.yaml the number of the issue");
    if let Some((kep, span)) = own {
        let mut there = label(kep, span);
        there.message = Some("the number in kep.yaml".to_string());
        finding.related(there);
    }
}

/// Where a title of the form `KEP-1234: …` has its number.
fn number_of(title: &str) -> Option<Span> {
    let start = title.find(|c: char| c.is_alphanumeric())?;
    let rest = &title[start..];
    if !rest.get(..3)?.eq_ignore_ascii_case("kep") {
        return None;
    }
    let sign = rest[3..].len() - rest[3..].trim_start_matches(['-', ' ', '#', '\u{2013}']).len();
    let from = start + 3 + sign;
    let length = title[from..].find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(title.len() - from);
    let number = &title[from..from + length];
    let fits = sign > 0
        && !number.is_empty()
        && (number.bytes().all(|byte| byte.is_ascii_digit())
            || number.len() > 1 && number.bytes().all(|byte| byte == b'N' || byte == b'n'));
    fits.then(|| Span::from_range(from..from + length))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kep::sample::{APPROVAL, GOOD, Sample};

    #[test]
    fn each_place_is_compared() {
        let found = Sample::with("1234", "1243").messages(&NumberMismatch);
        assert_eq!(
            found,
            [
                "kep.yaml says 1243, the directory 1234",
                "the title says KEP-1234, but the number is 1243",
                "the approval says 1234, kep.yaml 1243"
            ]
        );
        let title = Sample::new(GOOD).readme(Some("# KEP-NNNN: Faster pods")).messages(&NumberMismatch);
        assert_eq!(title, ["the title still says KEP-NNNN; the number is 1234"]);
    }

    #[test]
    fn the_title_is_the_first_heading_that_shows() {
        let readme = "<!--\n# KEP-1234: Copy this\n-->\n\n## KEP-1234 in short\n\n# KEP-1243: Faster pods\n";
        let found = Sample::new(GOOD).readme(Some(readme)).messages(&NumberMismatch);
        assert_eq!(found, ["the title says KEP-1243, but the number is 1234"]);
    }

    #[test]
    fn an_approval_alone_is_held_to_its_name() {
        let alone = |path: &str| {
            Sample::new(GOOD)
                .without_kep()
                .readme(None)
                .approval(Some(APPROVAL))
                .at(path)
                .messages(&NumberMismatch)
        };
        assert!(alone("keps/prod-readiness/sig-node/1234.yaml").is_empty());
        assert_eq!(
            alone("keps/prod-readiness/sig-node/99.yaml"),
            ["the approval says 1234, the name of the file 99"]
        );
    }

    #[test]
    fn zeros_and_templates_are_left_alone() {
        assert!(Sample::with("1234", "\"01234\"").messages(&NumberMismatch).is_empty());
        for path in ["keps/sig-node/0000-process/README.md", "keps/NNNN-kep-template/README.md", "keps/NNNN-template/README.md"] {
            assert!(Sample::new(GOOD).at(path).messages(&NumberMismatch).is_empty());
        }
    }

    #[test]
    fn titles() {
        let number = |title: &str| number_of(title).map(|span| title[span.range()].to_string());
        assert_eq!(number("KEP-12: A").as_deref(), Some("12"));
        assert_eq!(number("[kep 12] A").as_deref(), Some("12"));
        assert_eq!(number("KEP-NNNN: A").as_deref(), Some("NNNN"));
        assert_eq!(number("KEP-é"), None);
        assert_eq!(number("Kepler 12"), None);
        assert_eq!(number("KEP process"), None);
        assert_eq!(number(""), None);
    }
}
