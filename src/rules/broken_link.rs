//! `broken-link`.

use std::borrow::Cow;
use std::cell::LazyCell;
use std::collections::HashSet;

use memchr::memchr2;

use super::absent_in_kep::is_asked_somewhere;
use super::anchor::{Anchors, Headings};
use super::nearest;
use super::url::decoded;
use super::{Context, Findings};
use crate::diagnostic::Severity;
use crate::document::{contents_in, slug};
use crate::input::Lookup;
use crate::review::{Prompt, Review, State};
use crate::template::{Item, ItemIndex, ItemKind};

declare_rule! {
    /// ## What it finds
    /// A link to a place on the same page (`#…`) that no heading makes, to a file beside the document that is
    /// not there, or to nothing at all. Pictures count too. Web addresses are not asked for.
    ///
    /// ## Why it matters
    /// The reader is told that the answer stands elsewhere and finds nothing. The
    /// [GTR template](https://github.com/cncf/toc/blob/main/toc_subprojects/project-reviews-subproject/general-technical-questions.md)
    /// takes links as answers. Documents that are copied into another repository often lose their files.
    ///
    /// ## Example
    /// ```markdown
    /// See [Security](#day-0-security) and [the policy](../SECURITY.md).
    /// ```
    ///
    /// ## How to fix it
    /// Correct the link as the help says. In a copy, write the full address of the file in the project's own
    /// repository, at a tag or a commit.
    ///
    /// ## How sure it is
    /// Anchors are made [as GitHub makes them](https://docs.github.com/en/get-started/writing-on-github/getting-started-with-writing-and-formatting-on-github/basic-writing-and-formatting-syntax#section-links);
    /// outside of the reviewers' repositories those of usual site generators are accepted too. Files are
    /// looked for in the checkout; where there is none (standard input, links that leave the repository) the
    /// rule is silent. A link to the heading of a question or section that is reported to be missing is
    /// not reported besides.
    BrokenLink, "broken-link", Some(Severity::Warning), "a relative link or an anchor that does not exist", check
}

fn check(context: &Context, findings: &mut Findings) {
    let review = context.review;
    let lookup = context.input.targets.as_deref();
    // a site generator may make the page anywhere but where reviewers read it on GitHub
    let lenient = context.input.is_elsewhere();
    let headings = LazyCell::new(|| Headings::of(&review.document));
    let anchors = LazyCell::new(|| Anchors::of(&review.document));
    let contents = LazyCell::new(|| contents_in(review.source().text()));
    let reported = LazyCell::new(|| missing_headings(review));
    for found in context.own_links().iter().filter(|found| found.url.is_none() && !found.bare) {
        // `<a@b.example>` is no relative link, and the generated table of contents has a rule of its own
        let mail = review.text(found.span).starts_with('<');
        if mail || contents.is_some_and(|contents| contents.contains(found.span)) {
            continue;
        }
        let kind = if found.image { "picture" } else { "link" };
        match target(found.destination) {
            Target::Elsewhere => {}
            Target::Nothing => {
                findings
                    .report(found.span, format!("this {kind} goes nowhere: nothing stands between its parentheses"))
                    .help("write the address, or take the link away");
            }
            Target::Anchor(fragment) if headings.has(&fragment) => {}
            Target::Anchor(fragment) => {
                if let Some(help) = missing_anchor(&anchors, &fragment, lenient)
                    && !reported.contains(&*fragment)
                {
                    findings
                        .report(found.span, format!("no heading of this document has the anchor `#{fragment}`"))
                        .help(help);
                }
            }
            Target::File(path) => {
                if lookup.is_some_and(|lookup| is_missing(lookup, &path)) {
                    findings
                        .report(found.span, format!("this {kind} goes to `{path}`, which does not exist"))
                        .help(help_for(&path));
                }
            }
        }
    }
}

/// Where a link goes.
#[derive(Debug, PartialEq, Eq)]
enum Target<'a> {
    /// Not our business: the web, mail, text that a site generator fills in.
    Elsewhere,
    Nothing,
    /// On the same page, escapes undone.
    Anchor(Cow<'a, str>),
    /// Another file, escapes undone, without query and fragment.
    File(Cow<'a, str>),
}

fn target(destination: &str) -> Target<'_> {
    let destination = destination.trim();
    if destination.is_empty() {
        return Target::Nothing;
    }
    let generated = memchr2(b'{', b'<', destination.as_bytes()).is_some()
        && ["{{", "{%", "${", "<%"].iter().any(|sign| destination.contains(sign));
    if generated || destination.starts_with("//") || has_scheme(destination) {
        return Target::Elsewhere;
    }
    if let Some(fragment) = destination.strip_prefix('#') {
        return Target::Anchor(decoded(fragment));
    }
    let path = destination.split(['#', '?']).next().unwrap_or_default();
    if path.is_empty() { Target::Elsewhere } else { Target::File(decoded(path)) }
}

fn has_scheme(destination: &str) -> bool {
    destination.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    })
}

/// The anchors of the headings of sections that are missing as a whole, and of missing questions unless the document asks
/// its questions otherwise: that they are missing is reported already, and one cause is one finding.
fn missing_headings(review: &Review) -> HashSet<String> {
    let is_heading = |prompt: &Prompt| review.document.block(prompt.block).kind.is_heading();
    let questions = review.bound_items().filter(|(_, item, _)| item.kind == ItemKind::Question);
    let mut prompts = questions.flat_map(|(_, _, bound)| &bound.prompts).peekable();
    let in_headings = prompts.peek().is_none() || prompts.any(is_heading);
    let is_reported = |index: ItemIndex, item: &Item| match item.kind {
        ItemKind::Section => !is_asked_somewhere(review, index),
        ItemKind::Question | ItemKind::Group => in_headings,
        ItemKind::Field | ItemKind::Checkbox => false,
    };
    let missing = review.bound_items().filter(|(index, item, bound)| {
        bound.state == State::Missing && review.requires(*index) && is_reported(*index, item)
    });
    missing.flat_map(|(_, item, _)| &item.wordings).map(|wording| slug(&wording.text)).collect()
}

/// Most headings among which the one that was perhaps meant is looked for.
const MOST_COMPARED: usize = 400;

/// What to do about an anchor that is not there; `None` when it is.
fn missing_anchor(anchors: &Anchors, fragment: &str, lenient: bool) -> Option<String> {
    if anchors.has(fragment) {
        return None;
    }
    let loosely = anchors.has_loosely(fragment);
    if lenient && loosely.is_some() {
        return None;
    }
    if fragment.starts_with("heading=") || fragment.starts_with("bookmark=") {
        let help = "it comes from the word processor the text was written in; name a heading of this document";
        return Some(help.to_string());
    }
    // a word is compared letter by letter, so not with the headings of a book
    let few = anchors.count() <= MOST_COMPARED;
    let near = loosely.or_else(|| few.then(|| nearest(fragment, anchors.sorted())).flatten());
    Some(near.map_or_else(
        || "name a heading: in lower case, without punctuation, with - for every space".to_string(),
        |anchor| format!("perhaps `#{anchor}` is meant"),
    ))
}

/// Whether a file surely is not there, not even under the names that site generators leave out.
fn is_missing(lookup: &dyn Lookup, path: &str) -> bool {
    if lookup.exists(path) != Some(false) {
        return false;
    }
    let bare = path.trim_end_matches('/');
    let name = bare.rsplit('/').next().unwrap_or_default();
    let has_extension = name.trim_start_matches('.').contains('.');
    bare.is_empty() || has_extension || lookup.exists(&format!("{bare}.md")) != Some(true)
}

fn help_for(path: &str) -> String {
    if path.contains("://") {
        return "take away what stands around the web address: brackets, quotes".to_string();
    }
    let is_mail = path.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    if is_mail && !path.contains('/') {
        return format!("for a mail address write `mailto:{path}`");
    }
    if looks_like_host(path) {
        return format!("for a web address write `https://{path}`");
    }
    "correct the path; for a file of another repository write its full address, at a tag or a commit".to_string()
}

/// Whether the first part of a path reads like a host's name rather than a file's.
fn looks_like_host(path: &str) -> bool {
    let first = path.split('/').next().unwrap_or_default();
    let Some((name, ending)) = first.rsplit_once('.') else { return false };
    let domain = ["com", "dev", "io", "net", "org", "ai", "cloud", "app", "tech", "cn", "de", "eu"].contains(&ending);
    !name.is_empty() && (first.starts_with("www.") || domain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn destinations_are_told_apart() {
        let file = |path: &str| Target::File(path.to_string().into());
        for (destination, expected) in [
            ("https://a.example", Target::Elsewhere),
            ("mailto:a@b.example", Target::Elsewhere),
            ("//a.example/b", Target::Elsewhere),
            ("{{< ref \"a.md\" >}}", Target::Elsewhere),
            ("?tab=readme", Target::Elsewhere),
            ("{lamps}.md", file("{lamps}.md")),
            ("", Target::Nothing),
            ("#day%200", Target::Anchor("day 0".into())),
            ("./Self%20Assessment.md#actors", file("./Self Assessment.md")),
            ("/SECURITY.md?plain=1", file("/SECURITY.md")),
            ("a(b](https://a.example)", file("a(b](https://a.example)")),
        ] {
            assert_eq!(target(destination), expected, "{destination}");
        }
    }

    #[test]
    fn help_fits_what_was_written() {
        assert!(help_for("project.io/docs").contains("https://project.io/docs"));
        assert!(help_for("(https://a.example)").contains("around"));
        assert!(!help_for("@me").contains("mailto:"));
        assert!(help_for("me@project.example").contains("mailto:"));
        assert!(help_for("../docs/a.md").contains("correct the path"));
    }

    struct Files(&'static [&'static str]);

    impl Lookup for Files {
        fn exists(&self, target: &str) -> Option<bool> {
            (!target.starts_with("../..")).then(|| self.0.contains(&target))
        }
    }

    #[test]
    fn addresses_of_mail_and_the_table_of_contents_are_let_be() {
        let text = "<!-- toc -->\n- [Gone](#gone)\n<!-- /toc -->\n\nAsk <keepers@lamps.example>, see [b](b.md).\n";
        let review = super::super::sample::Sample::new(text).review();
        let mut input = crate::input::Input::alone(review.source().clone());
        input.targets = Some(std::sync::Arc::new(Files(&["a.md"])));
        let mut findings = Findings::new(crate::diagnostic::RuleId("broken-link"));
        check(&Context::new(&review, &input, &crate::settings::Settings::default()), &mut findings);
        let found = findings.into_diagnostics();
        let places: Vec<&str> = found.iter().map(|one| review.text(one.primary.span)).collect();
        assert_eq!(places.len(), 1, "{places:?}");
        assert!(places[0].contains("b.md"), "{places:?}");
    }

    #[test]
    fn only_what_is_surely_missing_is_missing() {
        let files = Files(&["a.md", "docs", "guide/install.md"]);
        for there in ["a.md", "docs", "guide/install", "guide/install/", "../../outside.md"] {
            assert!(!is_missing(&files, there), "{there}");
        }
        for missing in ["b.md", "guide/upgrade", "LICENSE"] {
            assert!(is_missing(&files, missing), "{missing}");
        }
    }
}
