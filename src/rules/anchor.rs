//! The places of a page that `#…` links can jump to, as GitHub makes them.
//!
//! GitHub takes a heading's text in lower case, drops all but letters, digits, `-`, `_` and spaces, puts `-`
//! for every space, and numbers what comes again: <https://docs.github.com/en/get-started/writing-on-github/getting-started-with-writing-and-formatting-on-github/basic-writing-and-formatting-syntax#section-links>.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::document::Document;

/// All anchors of a page, in lower case.
#[derive(Debug, Default)]
pub(super) struct Anchors(HashSet<String>);

static DROPPED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[^\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\- ]").expect("constant and tested"));
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?i)<[a-z][^<>]*?\s(?:id|name)\s*=\s*["']?([^"'\s<>]+)"#).expect("constant and tested")
});
/// Pictures, and what follows the text of a link: no text of the heading.
static TARGETS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"!\[[^\]]*\]\([^)]*\)|\]\((?:[^()]|\([^()]*\))*\)|\]\[[^\]]*\]"#)
        .expect("constant and tested")
});
/// Code, which stays; comments, tags and character entities, which do not.
static MARKUP: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(`+[^`]*`+)|<!--.*?-->|</?[a-zA-Z][^<>]*>|&#?\w{1,8};").expect("constant and tested")
});
/// Underscores that are signs of emphasis.
static EMPHASIS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(^|[^\w])_+|_+($|[^\w])").expect("constant and tested"));
static ATTRIBUTE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\s*\{\s*#([^\s}]+)[^}]*\}\s*$").expect("constant and tested"));

impl Anchors {
    /// The anchors of a document: headings (those lost in a fence or comment too: they have a finding of
    /// their own), `id=` and `name=` of raw HTML, `{#id}` behind a heading.
    pub(super) fn of(document: &Document) -> Self {
        let mut anchors = Self::default();
        let mut seen = HashMap::new();
        for section in document.sections() {
            anchors.add_heading(document.text(document.block(section.heading).span), &mut seen);
        }
        for lost in document.lost_headings() {
            anchors.add_heading(document.text(lost.span), &mut seen);
        }
        anchors.add_html(document.source().text());
        anchors
    }

    fn add_heading(&mut self, heading: &str, seen: &mut HashMap<String, usize>) {
        let text = heading_text(heading);
        if let Some(attribute) = ATTRIBUTE.captures(text) {
            self.0.insert(attribute[1].to_lowercase());
            let whole = attribute.get(0).expect("group 0 is the whole match");
            self.0.insert(slug(&text[..whole.start()]));
        }
        let slug = slug(text);
        let count = seen.entry(slug.clone()).or_insert(0);
        self.0.insert(if *count == 0 { slug } else { format!("{slug}-{count}") });
        *count += 1;
    }

    fn add_html(&mut self, text: &str) {
        self.0.extend(NAMED.captures_iter(text).map(|found| found[1].to_lowercase()));
    }

    /// Whether the page has an anchor; `fragment` is what follows `#`, escapes undone.
    pub(super) fn has(&self, fragment: &str) -> bool {
        let fragment = fragment.to_lowercase();
        let fragment = fragment.strip_prefix("user-content-").unwrap_or(&fragment);
        // the top of the page, footnotes, and what browsers search for themselves
        fragment.is_empty()
            || fragment == "top"
            || fragment.starts_with("fn-")
            || fragment.starts_with("fnref-")
            || fragment.starts_with("fn:")
            || fragment.starts_with(":~:")
            || self.0.contains(fragment)
    }

    /// An anchor that other renderers, which put one `-` for several, make of a heading.
    pub(super) fn has_loosely(&self, fragment: &str) -> Option<&str> {
        let wanted = squeezed(&fragment.to_lowercase());
        self.0.iter().filter(|anchor| squeezed(anchor) == wanted).map(String::as_str).min()
    }

    /// All anchors, sorted.
    pub(super) fn sorted(&self) -> Vec<&str> {
        let mut all: Vec<&str> = self.0.iter().map(String::as_str).collect();
        all.sort_unstable();
        all
    }
}

/// A heading without its signs: `#` before and after, the line below it.
fn heading_text(heading: &str) -> &str {
    let text = heading.trim();
    let hashes = text.bytes().take_while(|b| *b == b'#').count();
    if (1..=6).contains(&hashes) && text[hashes..].starts_with([' ', '\t']) {
        let text = text[hashes..].trim();
        let bare = text.trim_end_matches('#');
        return if bare.is_empty() || bare.ends_with([' ', '\t']) { bare.trim_end() } else { text };
    }
    match text.rsplit_once(['\n', '\r']) {
        Some((above, line))
            if !line.trim().is_empty() && line.trim().bytes().all(|b| b == b'=' || b == b'-') =>
        {
            above.trim_end()
        }
        _ => text,
    }
}

/// Stands for an underscore that is text while those of emphasis go.
const UNDERSCORE: &str = "\u{e000}";

/// What GitHub makes of a heading's text. Two spaces are two `-`; a tab is none.
fn slug(heading: &str) -> String {
    let text = TARGETS.replace_all(heading, "");
    let text = MARKUP.replace_all(&text, |found: &Captures| {
        found.get(1).map_or_else(String::new, |code| code.as_str().replace('_', UNDERSCORE))
    });
    let text = text.replace("\\_", UNDERSCORE);
    let text = EMPHASIS.replace_all(&text, "$1$2").replace(UNDERSCORE, "_");
    DROPPED.replace_all(&text.to_lowercase(), "").replace(' ', "-")
}

/// One `-` for several, none at the ends.
fn squeezed(slug: &str) -> String {
    slug.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_githubs() {
        for (heading, expected) in [
            ("## Day 0 - Planning Phase", "day-0---planning-phase"),
            ("## **Day 1 \\- Installation**", "day-1---installation"),
            ("### Scalability/Reliability", "scalabilityreliability"),
            ("### Rollout, Upgrade and Rollback Planning ###", "rollout-upgrade-and-rollback-planning"),
            ("# C# and `my_flag`", "c-and-my_flag"),
            ("## [Name](https://a.example/b) & more", "name--more"),
            ("## \u{1F680} Start", "-start"),
            ("## Metal\u{b3} \u{dc}bersicht", "metal-\u{fc}bersicht"),
            ("## Map of `Map<String>` <br> x", "map-of-mapstring--x"),
            ("A title\n=======", "a-title"),
            ("## Beta to  GA", "beta-to--ga"),
            ("## A\tB", "ab"),
            ("## Retire `__internal` _now_ or my\\_way", "retire-__internal-now-or-my_way"),
            ("## [The `ipvs` mode](https://a.example/b_(c)) ![x](y.png)end", "the-ipvs-mode-end"),
        ] {
            assert_eq!(slug(heading_text(heading)), expected, "{heading}");
        }
    }

    #[test]
    fn anchors_are_counted_and_read_from_html() {
        let mut anchors = Anchors::default();
        let mut seen = HashMap::new();
        for heading in ["## Usability", "## Usability", "## Usability {#usage}"] {
            anchors.add_heading(heading, &mut seen);
        }
        anchors.add_html("<a name=\"Top-Link\"></a> <h2 class=x id='second'> a name=no");
        for there in [
            "usability",
            "usability-1",
            "usage",
            "user-content-usability",
            "Usability",
            "second",
            "top-link",
            "",
            "top",
        ] {
            assert!(anchors.has(there), "{there}");
        }
        for not in ["usability-2", "no", "day-0-planning"] {
            assert!(!anchors.has(not), "{not}");
        }
    }

    #[test]
    fn other_renderers_put_one_dash() {
        let mut anchors = Anchors::default();
        anchors.add_heading("## Day 0 - Planning", &mut HashMap::new());
        assert!(!anchors.has("day-0-planning"));
        assert_eq!(anchors.has_loosely("Day-0-Planning"), Some("day-0---planning"));
    }
}
