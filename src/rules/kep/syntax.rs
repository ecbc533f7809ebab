//! `kep-syntax`.

use super::super::{Findings, KepFiles};
use super::files::{label, remark};
use crate::diagnostic::Severity;
use crate::metadata::{Metadata, MetadataKind, ProblemKind};
use crate::source::Span;

declare_kep_rule! {
    /// ## What it finds
    /// A kep.yaml or approval that is no YAML, is empty, holds a key twice, or has a line of 64 KiB or
    /// more. A line of kep.yaml that holds `---` is a warning: what stands on its other side is never read.
    ///
    /// ## Why it matters
    /// [kubernetes' types](https://github.com/kubernetes/enhancements/blob/master/api/proposal.go) are
    /// filled by a strict decoder; `make verify` fails for the whole repository. A comment such as `# ---
    /// people ---` cuts the file without any message.
    ///
    /// ## Example
    /// ```yaml
    /// title: Pods: faster
    /// ```
    ///
    /// ## How to fix it
    /// Quote values that hold `: ` or begin with `@`. Indent with spaces. Remove `---` and second values of
    /// a key.
    ///
    /// ## How sure it is
    /// Certain. After an error the reading goes on at the next key, so there may be several findings; rules
    /// about what is missing are silent then.
    Syntax, "kep-syntax", Some(Severity::Error), "the metadata is no YAML, or less of it is read than is written", check
}

fn check(files: &KepFiles, findings: &mut Findings) {
    for file in files.metadata() {
        for problem in file.problems() {
            let at = label(file, problem.span);
            match &problem.kind {
                ProblemKind::Syntax(what) => {
                    findings.report_at(at, format!("this is no YAML: {what}"));
                }
                ProblemKind::TooDeep => {
                    findings.report_at(at, "lists or mappings are nested too deep to be read");
                }
                ProblemKind::LongLine => {
                    findings
                        .report_at(at, "a line of 64 KiB or more, at which kubernetes stops reading")
                        .help("break the line");
                }
                ProblemKind::Empty => {
                    findings.report_at(at, "the file says nothing");
                }
                ProblemKind::DuplicateKey { key, first } => {
                    findings
                        .report_at(at, format!("`{key}` stands here for the second time"))
                        .related(remark(file, *first, "it stands here first"))
                        .help("keep one of the two");
                }
                ProblemKind::Truncated { read } => {
                    let message = truncated(file, *read);
                    findings.report_at(at, message).help("remove `---`").at_most(Severity::Warning);
                }
                _ => {}
            }
        }
    }
}

fn truncated(file: &Metadata, read: Span) -> String {
    if file.kind() == MetadataKind::Approval {
        return "a second YAML document begins here, and only the first one is read".to_string();
    }
    let source = file.source();
    let (first, last) = (source.line(read.start), source.line(read.end.saturating_sub(1).max(read.start)));
    if source.slice(read).trim().is_empty() {
        return "because of `---` in this line kubernetes reads nothing of the file".to_string();
    }
    format!("because of `---` in this line kubernetes reads only lines {first} to {last}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kep::sample::{APPROVAL, GOOD, Sample};

    #[test]
    fn a_key_given_twice_names_the_first() {
        let sample = Sample::new(&format!("{GOOD}title: Again\n"));
        let found = sample.check(&Syntax);
        assert_eq!(found[0].message, "`title` stands here for the second time");
        assert_eq!(found[0].related[0].span, Span::new(0, 5));
    }

    #[test]
    fn an_empty_approval_is_named() {
        let sample = Sample::new(GOOD).approval(Some(""));
        assert_eq!(sample.messages(&Syntax), ["the file says nothing"]);
    }

    #[test]
    fn dashes_in_a_comment_cut_the_file() {
        let sample = Sample::new(&format!("# --- who ---\n{GOOD}# --- end ---\nmore: 1\n"));
        let found = sample.check(&Syntax);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].message, "because of `---` in this line kubernetes reads only lines 2 to 28");
        assert_eq!(found[0].cap, Some(Severity::Warning));
        assert!(
            Sample::new(GOOD).approval(Some(&format!("{APPROVAL}---\na: 1\n"))).check(&Syntax).len() == 1
        );
    }

    #[test]
    fn what_is_no_yaml_is_said_where_it_is() {
        let found = Sample::new(&GOOD.replace("title: Faster pods", "title: Pods: faster")).check(&Syntax);
        assert!(found[0].message.starts_with("this is no YAML: "), "{found:?}");
        assert_eq!(found[0].primary.span.start, GOOD.find("Faster").map_or(0, |at| at as u32 + 4), "the second colon");
        let deep = format!("{GOOD}superseded-by: {}1{}\n", "[".repeat(1000), "]".repeat(1000));
        let found = Sample::new(&deep).messages(&Syntax);
        assert_eq!(found, ["lists or mappings are nested too deep to be read"]);
        let found = Sample::new(&format!("{GOOD}# {}\n", "x".repeat(1 << 16))).check(&Syntax);
        assert_eq!(found[0].message, "a line of 64 KiB or more, at which kubernetes stops reading");
        assert_eq!(found[0].help.as_deref(), Some("break the line"));
    }

    #[test]
    fn of_a_file_that_begins_and_ends_with_dashes_nothing_is_read() {
        let found = Sample::new(&format!("---\n---\n{GOOD}")).messages(&Syntax);
        assert!(found.iter().any(|one| one.ends_with("kubernetes reads nothing of the file")), "{found:?}");
    }
}
