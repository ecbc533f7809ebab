//! `kep-title-mismatch`.

use super::super::{Findings, KepFiles};
use super::files::at;
use crate::diagnostic::Label;
use crate::document::BlockKind;
use crate::review::{plain, same_words};

declare_kep_rule! {
    /// ## What it finds
    /// `title` in kep.yaml differs from the README's first heading, `KEP-1234:` left out.
    ///
    /// ## Why it matters
    /// The [KEP
    /// template](https://github.com/kubernetes/enhancements/blob/master/keps/NNNN-kep-template/kep.yaml)
    /// gives both the same title; lists of KEPs show the one of kep.yaml.
    ///
    /// ## Example
    /// ```yaml
    /// title: Faster pods   # the README has: # KEP-1234: Pods that start faster
    /// ```
    ///
    /// ## How to fix it
    /// Write the same title in both.
    ///
    /// ## How sure it is
    /// Off: a quarter of all KEPs differ, most of them on purpose. Case, signs and words such as "the" are
    /// not compared.
    TitleMismatch, "kep-title-mismatch", None, "kep.yaml and the README have different titles", check
}

fn check(files: &KepFiles, findings: &mut Findings) {
    let (Some(kep), Some(document)) = (files.own_kep(), files.document) else { return };
    let Some(title) = kep.text("title") else { return };
    let mut headings = document.ids().filter(|id| document.block(*id).kind == BlockKind::Heading(1));
    let Some(heading) = headings.next().filter(|id| !document.block(*id).commented) else { return };
    let span = document.content(heading);
    let text = plain(document.text(span));
    let bare = without_number(&text);
    if bare.is_empty() || same_words(bare, without_number(title.value)) {
        return;
    }
    findings
        .report_at(at(kep, title), "the README has another title")
        .related(Label::with(span, "the title of the README"))
        .help("write the same title in both");
}

/// A title without `KEP-1234:` in front.
fn without_number(title: &str) -> &str {
    let Some((head, rest)) = title.split_once(':') else { return title };
    let head = head.trim().trim_start_matches('[').to_lowercase();
    if head.starts_with("kep") && !head.contains(' ') { rest.trim() } else { title }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::kep::sample::{APPROVAL, GOOD, Sample};

    #[test]
    fn the_number_does_not_count() {
        let with = |title: &str| Sample::new(GOOD).readme(Some(title)).check(&TitleMismatch).len();
        assert_eq!(with("# KEP-1234: Faster Pods\n"), 0);
        assert_eq!(with("# Faster pods"), 0);
        assert_eq!(with("# KEP-1234: Slower pods"), 1);
        assert_eq!(with("no heading"), 0);
        let _ = APPROVAL;
    }
}
