//! `unpinned-link`.

use std::collections::BTreeMap;

use super::hosted::Hosted;
use super::quote::counted;
use super::url::Url;
use super::{Context, Findings, field};
use crate::diagnostic::{Label, Severity};
use crate::review::Review;

declare_rule! {
    /// ## What it finds
    /// Links to the project's own files on a branch (`main`, `master`, `HEAD`, `develop`, `trunk`) and to
    /// `/latest/` pages of its own documentation. One finding a document, with all places.
    ///
    /// ## Why it matters
    /// What stands behind such a link changes after the review, so that nobody can tell later what the
    /// reviewers saw. The tips of the
    /// [GTR template](https://github.com/cncf/toc/blob/main/toc_subprojects/project-reviews-subproject/general-technical-questions.md)
    /// ask for links to one version.
    ///
    /// ## Example
    /// ```markdown
    /// See [ROADMAP.md](https://github.com/example/example/blob/main/ROADMAP.md).
    /// ```
    ///
    /// ## How to fix it
    /// Link to a tag or a commit: the `y` key on a file's page on GitHub puts the commit into the address.
    ///
    /// ## How sure it is
    /// The project's own organisation is that of its `Project` and `Website` lines, else the one the document
    /// links to most. Other projects' links, links in questions, pictures and code are left alone.
    UnpinnedLink, "unpinned-link", Some(Severity::Note), "links to the project's own pages follow a branch", check
}

fn check(context: &Context, findings: &mut Findings) {
    let review = context.review;
    let links = context.own_links();
    let hosted = links.iter().map(|found| found.url.as_ref().and_then(Hosted::read)).collect::<Vec<_>>();
    let own = Own::of(review, || hosted.iter().flatten().map(|hosted| hosted.owner));
    let links = links.iter().zip(hosted).filter(|(found, _)| !found.image);
    let mut places = links.filter_map(|(found, hosted)| {
        own.moving(found.url.as_ref()?, hosted).map(|moving| (found.span, format!("follows `{moving}`")))
    });
    let Some((first, _)) = places.next() else { return };
    let others: Vec<_> = places.collect();
    let number = others.len() + 1;
    let (follow, change) = if number == 1 { ("follows", "changes") } else { ("follow", "change") };
    let message = format!(
        "{} to the project's own pages {follow} a branch or the latest state and {change} after the review",
        counted(number, "link")
    );
    let mut finding = findings
        .report(first, message)
        .help("link to a tag or a commit; on GitHub the y key puts the commit into the address");
    for (span, message) in others {
        finding = finding.related(Label::with(span, message));
    }
}

/// What belongs to the project.
#[derive(Debug, Default, PartialEq, Eq)]
struct Own {
    /// Organisations, lower case.
    owners: Vec<String>,
    /// Host of the project's site, lower case.
    site: Option<String>,
}

impl Own {
    /// What the fields of a document say, else the owners that it links to.
    fn of<'a, Owners: Iterator<Item = &'a str>>(review: &Review, linked: impl FnOnce() -> Owners) -> Self {
        let mut own = Self::default();
        for id in [field::PROJECT, field::WEBSITE] {
            let Some(value) = field::value_of(review, id) else { continue };
            own.add_field(value.raw, id == field::WEBSITE);
        }
        if own.owners.is_empty() {
            own.owners.extend(most_linked(linked()));
        }
        own
    }

    /// Takes what a field's text says: addresses anywhere in it, or a host without `https://`.
    fn add_field(&mut self, text: &str, is_site: bool) {
        let signs = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '(' | ')' | '[' | ']' | '*' | '|' | '"');
        for word in text.split(signs) {
            let full;
            let address = if word.contains("://") {
                word
            } else if is_site && word.contains('.') && !word.contains('@') {
                full = format!("https://{word}");
                &full
            } else {
                continue;
            };
            let Some(url) = Url::parse(address) else { continue };
            if let Some(owner) = Hosted::read(&url).map(|hosted| hosted.owner).or(Hosted::pages_owner(&url)) {
                self.owners.push(owner.to_lowercase());
            } else if is_site && self.site.is_none() {
                self.site = Some(url.host.to_lowercase());
            }
        }
        self.owners.sort();
        self.owners.dedup();
    }

    /// The branch or `latest` that an own address follows. `hosted` is what is [read](Hosted::read) from it.
    fn moving<'a>(&self, url: &Url<'a>, hosted: Option<Hosted<'a>>) -> Option<&'a str> {
        let has = |owner: &str| self.owners.iter().any(|own| own.eq_ignore_ascii_case(owner));
        if let Some(hosted) = hosted {
            return hosted.moving().filter(|_| has(hosted.owner));
        }
        let own_site = self.site.as_deref().is_some_and(|site| url.is_at(site))
            || Hosted::pages_owner(url).is_some_and(has);
        // the part of a documentation site, not the `latest` release of a download
        own_site.then(|| url.segments().find(|part| part.eq_ignore_ascii_case("latest"))).flatten()
    }
}

/// The organisation with most links, at least two, of those that have one each; the foundation's own does not count.
fn most_linked<'a>(linked: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut linked: Vec<&str> = linked.collect();
    linked.sort_unstable();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for same in linked.chunk_by(|one, other| one == other) {
        *counts.entry(same[0].to_lowercase()).or_default() += same.len();
    }
    counts.remove("cncf");
    let most = counts.values().copied().max().filter(|most| *most > 1)?;
    let mut winners = counts.into_iter().filter(|(_, count)| *count == most);
    let (owner, _) = winners.next()?;
    // two equally linked organisations: nobody can say which is the project's
    winners.next().is_none().then_some(owner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_say_what_is_own() {
        let mut own = Own::default();
        own.add_field("[Example](https://github.com/Example/tool)", false);
        own.add_field("<https://docs.project.example/>", true);
        assert_eq!(own, Own { owners: vec!["example".into()], site: Some("docs.project.example".into()) });
        let mut pages = Own::default();
        pages.add_field("https://example.github.io/tool/", true);
        assert_eq!(pages, Own { owners: vec!["example".into()], site: None });
        let mut bare = Own::default();
        bare.add_field("project.example**", true);
        assert_eq!(bare.site.as_deref(), Some("project.example"));
        let mut none = Own::default();
        none.add_field("keepers@project.example", true);
        none.add_field("see project.example", false);
        assert_eq!(none, Own::default());
    }

    #[test]
    fn only_own_moving_links_count() {
        let own = Own { owners: vec!["example".into()], site: Some("project.example".into()) };
        for (address, expected) in [
            ("https://github.com/Example/tool/blob/main/a.md", Some("main")),
            ("https://github.com/other/tool/blob/main/a.md", None),
            ("https://github.com/example/tool/blob/v1/a.md", None),
            ("https://github.com/example/tool/releases/latest", None),
            ("https://docs.project.example/latest/install", Some("latest")),
            ("https://project.example/v1.2/install", None),
            ("https://example.github.io/tool/latest/", Some("latest")),
            ("https://elsewhere.example/latest/", None),
            ("docs/latest/a.md", None),
        ] {
            let moving = Url::parse(address).and_then(|url| own.moving(&url, Hosted::read(&url)));
            assert_eq!(moving, expected, "{address}");
        }
    }

    #[test]
    fn the_majority_of_links_decides() {
        let most_linked = |owners: &[&'static str]| super::most_linked(owners.iter().copied());
        assert_eq!(most_linked(&["cncf", "cncf", "cncf", "a", "d", "A"]), Some("a".to_string()));
        assert_eq!(most_linked(&["a"]), None);
        assert_eq!(most_linked(&["a", "c"]), None);
        assert_eq!(most_linked(&["a", "c", "c", "a"]), None);
    }
}
