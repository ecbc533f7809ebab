//! `private-link`.

use super::url::Url;
use super::{Context, Findings};
use crate::diagnostic::Severity;

declare_rule! {
    /// ## What it finds
    /// Links that work for their author alone: the editor of a form, a page of an editing service that asks
    /// readers to sign in, an unpublished release, a server on the author's own machine.
    ///
    /// ## Why it matters
    /// A reviewer cannot open them, and the answer rests on them. The
    /// [GTR template](https://github.com/cncf/toc/blob/main/toc_subprojects/project-reviews-subproject/general-technical-questions.md)
    /// takes links as answers, so they must open for everybody.
    ///
    /// ## Example
    /// ```markdown
    /// The results are in [our survey](https://docs.google.com/forms/d/0123456789/edit#responses).
    /// ```
    ///
    /// ## How to fix it
    /// Link to the published page, or put the content into the repository.
    ///
    /// ## How sure it is
    /// It knows addresses, not access rights, and reports only addresses that are made for editing. A Google
    /// document is left alone: its readers and its editors have the same address. So is `http://localhost`
    /// where the text shows it, as in the steps of a guide.
    PrivateLink, "private-link", Some(Severity::Note), "a link that only its author can open", check
}

fn check(context: &Context, findings: &mut Findings) {
    let review = context.review;
    for found in context.own_links() {
        let Some(private) = found.url.as_ref().and_then(private) else { continue };
        if private == Private::Machine && (found.bare || shows_address(review.text(found.span))) {
            continue;
        }
        let (what, help) = private.words();
        findings.report(found.span, format!("this link {what}, which other readers cannot open")).help(help);
    }
}

/// Why others cannot open a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Private {
    Form,
    Editor,
    Release,
    Account,
    Machine,
}

impl Private {
    /// What the link does, and what to do about it.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Form => ("opens the editor of a form", "link to the published form, or to a page with its results"),
            Self::Editor => ("opens an editor", "link to the published page, or put its content into the repository"),
            Self::Release => ("goes to a draft of a release", "publish the release and link to its tag"),
            Self::Account => ("opens the account of its author", "link to a page that is shared with everybody"),
            Self::Machine => ("goes to a server on the author's own machine", "link to a page that everybody can reach"),
        }
    }
}

/// Where addresses are told apart by what stands behind the host.
const HOSTS: [&str; 8] = [
    "github.com",
    "docs.google.com",
    "drive.google.com",
    "mail.google.com",
    "hackmd.io",
    "notion.so",
    "overleaf.com",
    "forms.office.com",
];

fn private(url: &Url) -> Option<Private> {
    let is_known = |host: &&str| host.eq_ignore_ascii_case(url.host);
    let Some(host) = HOSTS.iter().copied().find(is_known) else {
        return is_own_machine(url.host).then_some(Private::Machine);
    };
    let part = |at: usize| url.segments().nth(at);
    let last = || url.segments().next_back();
    let queried = |word: &str| url.query.split('&').any(|part| part.split('=').next() == Some(word));
    match host {
        "docs.google.com" if part(0) == Some("forms") && matches!(last(), Some("edit" | "prefill")) => {
            Some(Private::Form)
        }
        "forms.office.com" if last().is_some_and(|page| page.eq_ignore_ascii_case("DesignPageV2.aspx")) => Some(Private::Form),
        "hackmd.io" if last() == Some("edit") || queried("edit") => Some(Private::Editor),
        // shared pages are at overleaf.com/read and notion.site
        "overleaf.com" if part(0) == Some("project") && part(1).is_some() => Some(Private::Editor),
        "notion.so" if last().is_some() => Some(Private::Editor),
        "mail.google.com" => Some(Private::Account),
        "drive.google.com" if last() == Some("my-drive") => Some(Private::Account),
        "github.com" if part(2) == Some("edit") && part(3).is_some() => Some(Private::Editor),
        "github.com" if last().is_some_and(|tag| tag.starts_with("untagged-")) => Some(Private::Release),
        _ => None,
    }
}

/// Whether a host is the machine of whoever opens the link; the last are those of `127.x.y.z`.
fn is_own_machine(host: &str) -> bool {
    let is = |name: &str| host.eq_ignore_ascii_case(name);
    let below = host.len().checked_sub(".localhost".len()).and_then(|start| host.get(start..));
    ["localhost", "0.0.0.0", "[::1]"].into_iter().any(is)
        || below.is_some_and(|end| end.eq_ignore_ascii_case(".localhost"))
        || host.starts_with("127.") && host.parse::<std::net::Ipv4Addr>().is_ok()
}

/// Whether the visible text of a link is an address on the reader's own machine.
fn shows_address(link: &str) -> bool {
    let visible = link.split_once("](").map_or(link, |(text, _)| text);
    ["localhost", "127.0.0.1", "0.0.0.0", "[::1]"].iter().any(|host| visible.contains(host))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::sample::Sample;

    #[test]
    fn editors_are_private_and_pages_are_not() {
        for (address, expected) in [
            ("https://docs.google.com/forms/d/0123/edit#responses", Some(Private::Form)),
            ("https://docs.google.com/forms/d/e/0123/viewform", None),
            ("https://docs.google.com/document/d/0123/edit?usp=sharing", None),
            ("https://docs.google.com/document/d/0123/edit", None),
            ("https://forms.office.com/Pages/DesignPageV2.aspx?origin=shell", Some(Private::Form)),
            ("https://forms.office.com/r/0123", None),
            ("https://hackmd.io/0123?edit", Some(Private::Editor)),
            ("https://hackmd.io/@team/0123", None),
            ("https://www.overleaf.com/project/0123", Some(Private::Editor)),
            ("https://www.overleaf.com/read/0123", None),
            ("https://www.notion.so/team/page-0123", Some(Private::Editor)),
            ("https://team.notion.site/page-0123", None),
            ("https://github.com/example/tool/edit/main/a.md", Some(Private::Editor)),
            ("https://github.com/example/tool/releases/tag/untagged-01ab", Some(Private::Release)),
            ("http://localhost:8080/", Some(Private::Machine)),
            ("http://127.0.0.1:3000", Some(Private::Machine)),
            ("https://127.example", None),
            ("https://project.example/edit", None),
        ] {
            assert_eq!(private(&Url::parse(address).unwrap()), expected, "{address}");
        }
    }

    #[test]
    fn a_step_of_a_guide_shows_its_address() {
        assert!(shows_address("[http://localhost:8080](http://localhost:8080)"));
        assert!(shows_address("<http://127.0.0.1:80>"));
        assert!(!shows_address("[the docs](http://localhost:8080)"));
    }

    #[test]
    fn what_a_link_does_and_what_to_do_are_said() {
        let about = |address: &str| {
            let found = Sample::new(&format!("See [it]({address}).\n")).check(&PrivateLink);
            found.into_iter().map(|one| (one.message, one.help.unwrap_or_default())).next().unwrap()
        };
        for (address, does, help) in [
            ("https://docs.google.com/forms/d/0123/edit", "opens the editor of a form", "published form"),
            ("https://hackmd.io/0123/edit", "opens an editor", "published page"),
            ("https://github.com/a/b/releases/tag/untagged-0", "goes to a draft of a release", "publish the release"),
            ("https://mail.google.com/mail/u/0", "opens the account of its author", "shared with everybody"),
            ("https://drive.google.com/drive/my-drive", "opens the account of its author", "shared with everybody"),
            ("http://lamp.localhost/a", "goes to a server on the author's own machine", "everybody can reach"),
        ] {
            let (message, advice) = about(address);
            assert_eq!(message, format!("this link {does}, which other readers cannot open"), "{address}");
            assert!(advice.contains(help), "{address}: {advice}");
        }
    }
}
