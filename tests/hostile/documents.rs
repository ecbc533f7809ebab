//! Documents that nobody writes in earnest, each made for a size. Most of them make a parser quadratic somewhere.

/// What every review begins with, so that what follows is read as one.
const HEAD: &str = "# General Technical Review - Lanterns / Graduation\n\n- **Project:** Lanterns\n\n## Day 0 - Planning Phase\n\n### Scope\n\n";
const KEP: &str = "# KEP-1: A\n\n## Summary\n\nText.\n\n## Motivation\n\nText.\n\n### Goals\n\nText.\n\n## Proposal\n\nText.\n\n";
pub(crate) const QUESTION: &str = "Describe the target persona or user(s) for the project?";

fn numbered(n: usize, line: impl Fn(usize) -> String) -> String {
    (0..n).map(line).collect()
}

/// A name and a text of about `n` pieces each.
pub(crate) fn documents(n: usize) -> Vec<(&'static str, String)> {
    let review = |text: String| format!("{HEAD}{text}\n");
    let many = |piece: &str| format!("{HEAD}{}\n", piece.repeat(n));
    let kep = |text: String| format!("{KEP}{text}\n");
    let root = (n as f64).sqrt() as usize;
    let asked = |before: &str, after: &str| format!("{before}{QUESTION}{after}").repeat(n);
    vec![
        ("quotes in quotes", many(">")),
        ("brackets", many("[")),
        ("links that do not end", many("[a](")),
        ("pictures that do not end", many("![")),
        ("emphasis that does not end", many("*a_ ")),
        ("bold that does not end", many("**a")),
        ("runs of backticks", review(numbered(root, |at| format!("{} ", "`".repeat(at))))),
        ("bullets in bullets", review(numbered(n / 8, |at| format!("{}- a\n", "  ".repeat(at % 500))))),
        ("bullets on a line", many("- ")),
        ("flat bullets", many("- a thing\n")),
        ("lists in lists", review(numbered(root, |at| format!("{}* a\n", " ".repeat(at))))),
        ("headings alone", "# a\n".repeat(n)),
        ("headings of the author's own", many("### a\n")),
        ("the same section", many("### Scope\n\n")),
        ("all levels", review(numbered(n, |at| format!("{} Head {at}\n\n", "#".repeat(at % 6 + 1))))),
        ("nothing but #", "#\n".repeat(n)),
        ("nothing but # in a review", many("#\n")),
        ("a run of #", many("#")),
        ("a heading of a megabyte", review(format!("# {}", "word ".repeat(200_000)))),
        (
            "a title of a megabyte",
            format!(
                "# General Technical Review - {}\n\n## Day 0 - Planning Phase\n\n### Scope\n",
                "Lantern ".repeat(130_000)
            ),
        ),
        ("a line", review("x".repeat(n * 20))),
        ("definitions of links", review(numbered(n, |at| format!("[a{at}]: https://e.org/{at}\n[a{at}]\n")))),
        ("one definition again and again", many("[a]: https://e.org\n")),
        ("footnotes", review(numbered(n, |at| format!("[^{at}]\n\n[^{at}]: x\n\n")))),
        ("links", review(numbered(n, |at| format!("[a](./f{at}.md) [b](#h{at}) ")))),
        ("addresses that a word begins with", many("xhttp://x")),
        ("addresses in a paragraph", many("[a](https://docs.google.com/x) http://localhost/x \n")),
        ("an address with brackets", review(format!("https://e.org/{}", ")".repeat(n)))),
        ("anchors on a line", many("[a](#x) ")),
        ("markers on a line", review(format!("* {QUESTION}\n\n  We say {}", "TODO and ".repeat(n)))),
        ("lines of one sign", many(".\n")),
        ("lines of one dash", many("\u{2014}\n")),
        ("lines of the end of a link", many("](\n")),
        ("lines of the end of a link, ended by half", many("](\r")),
        ("comments that do not end", many("<!--\n")),
        ("comments that do not end in a line", many("a <!-- ")),
        ("comments", many("<!-- a -->\n")),
        ("comments on a line", many("<!-- a -->")),
        ("comments of nothing", many("<!-->")),
        ("suppressions", many("<!-- gtr-ignore unanswered-question: because -->\n")),
        ("suppressions on a line", many("<!-- gtr-ignore unanswered-question: because -->")),
        ("suppressions of no rule", many("<!-- gtr-ignore nonsense: because -->\n\n")),
        ("one suppression of many", review(format!("<!-- gtr-ignore {}a: because -->", "a, ".repeat(n)))),
        ("fences", many("```\n")),
        ("a fence over headings", review(format!("```\n{}", "# a\n".repeat(n)))),
        (
            "a wide table",
            review(format!("|{}\n|{}\n{}", "a|".repeat(root), "-|".repeat(root), "|a|\n".repeat(root))),
        ),
        ("a tall table", review(format!("|a|b|\n|-|-|\n{}", "|a|b|\n".repeat(n)))),
        ("tables", many("|a|b|\n|-|-|\n|x|y|\n\n")),
        ("identical questions", review(asked("- ", "\n"))),
        ("identical questions with answers", review(asked("- ", "\n\n  An answer of it.\n\n"))),
        ("identical headings with answers", review(asked("#### ", "\n\nAn answer of it.\n\n"))),
        ("identical bold questions", review(asked("**", "**\n\nAn answer of it.\n\n"))),
        ("identical questions in a row", review(asked("", " and "))),
        (
            "questions that resemble one",
            review(numbered(n, |at| format!("- Describe target persona {at} users project lanterns?\n"))),
        ),
        ("labels", many("- Target personas:\n- Roadmap:\n- Use cases:\n")),
        ("labels as headings", many("#### Roadmap\n\n#### Target personas\n\ntext\n\n")),
        ("points below a heading", review(format!("#### Roadmap\n\n{}", "**Use cases:** yes\n\n".repeat(n)))),
        (
            "points that ask below a heading",
            review(format!("#### Roadmap\n\n{}", "**Roadmap process**\n\ntext\n\n".repeat(n))),
        ),
        (
            "a row of numbers",
            review(format!("|{}\n|{}\n|{}", "a|".repeat(n), "-|".repeat(n), "1|".repeat(n))),
        ),
        ("links to what is missing", review(format!("#### {QUESTION}\n\n{}", "[a](#b) \n".repeat(n)))),
        ("N/A", review(format!("- {QUESTION}\n\n{}", "  N/A\n\n".repeat(n)))),
        ("markers", review(format!("- {QUESTION}\n\n{}", "  TODO: x\n".repeat(n)))),
        ("a KEP with one heading", kep("### Goals\n\n".repeat(n))),
        (
            "a table of contents",
            kep(format!(
                "<!-- toc -->\n{}<!-- /toc -->\n{}",
                numbered(n, |at| format!("- [A {at}](#a-{at})\n")),
                numbered(n, |at| format!("## A {at}\n\n"))
            )),
        ),
        ("tables of contents", kep("<!-- toc -->\n<!-- /toc -->\n".repeat(n))),
        ("NUL", many("\0")),
        ("lone carriage returns", HEAD.replace('\n', "\r") + &"a\r".repeat(n)),
        ("byte order marks", "\u{feff}".repeat(n) + HEAD),
        ("elements that do not end", many("<details>\n")),
        ("tags in a line", many("a <b>")),
        ("tags that do not end", many("<b ")),
        ("addresses in angles", many("<a:")),
        ("angles", many("<")),
        ("CDATA", many("a <![CDATA[ ")),
        ("instructions", many("a <? ")),
        ("declarations", many("a <!X ")),
        ("bold elements that do not end", many("<b>a\n")),
        ("front matter", format!("---\n{}---\n{HEAD}", "a: b\n".repeat(n))),
        ("front matter that does not end", format!("---\n{}{HEAD}", "a: b\n".repeat(n))),
        ("admonitions", many("> [!NOTE]\n> a\n\n")),
        ("indented lists", many("    - a\n")),
        ("dates", review(format!("- **Date Updated:** {}", "2026-08-10 ".repeat(n)))),
        ("fields", many("- **Date Updated:** 2026-13-10\n")),
        ("characters that turn the text", review(format!("- {QUESTION}\n\n{}", "\u{202e}".repeat(n)))),
        ("accents on one letter", review(format!("- {QUESTION}\n\na{}", "\u{301}".repeat(n)))),
        ("escape sequences", many("\u{1b}[31m")),
        ("underlined headings", many("a\n===\n")),
        ("colons", many("a: b: c:\n\n")),
        ("escapes", many("\\#\\-\\*")),
        ("entities", many("&amp;")),
    ]
}

/// Texts that are no YAML which anybody writes: for kep.yaml, approvals, gtr.yaml, templates and OWNERS_ALIASES.
pub(crate) fn metadata(n: usize) -> Vec<(&'static str, String)> {
    let mut laughs = "a: &a [x,x,x,x,x,x,x,x,x]\n".to_string();
    for (one, next) in ('a'..='m').zip('b'..='n') {
        laughs += &format!("{next}: &{next} [{}]\n", vec![format!("*{one}"); 9].join(","));
    }
    vec![
        ("brackets", "[".repeat(n)),
        ("brackets that end", format!("{}{}", "[".repeat(n), "]".repeat(n))),
        ("maps in maps", "{a: ".repeat(n)),
        ("lists in lists", "- ".repeat(n)),
        ("steps", numbered((n as f64).sqrt() as usize * 4, |at| format!("{}a:\n", " ".repeat(at)))),
        ("aliases of aliases", laughs),
        ("keys", numbered(n, |at| format!("k{at}: v\n"))),
        ("the same key", "title: v\n".repeat(n)),
        ("a long value", format!("title: {}\n", "x".repeat(n * 10))),
        ("anchors", numbered(n, |at| format!("a{at}: &a{at} x\n"))),
        ("tags", "!!".repeat(n)),
        ("documents", "---\n".repeat(n)),
        ("question marks", "? ".repeat(n)),
        ("a list", format!("authors:\n{}", "  - \"@a\"\n".repeat(n))),
        ("links", format!("see-also:\n{}", numbered(n, |at| format!("  - \"/keps/sig-a/{at}-x\"\n")))),
        ("suppressions", "# gtr-ignore kep-unknown-field: x y\n".repeat(n)),
        ("suppressions of findings", "# gtr-ignore kep-unknown-field: x y\nzzz: 1\n".repeat(n)),
        ("stars", format!("exclude: ['{}']\n", "*a".repeat(n))),
        ("braces", format!("exclude: ['{}b{}']\n", "{a,".repeat(n / 8), "}".repeat(n / 8))),
        ("few braces", format!("exclude: ['{}b{}']\n", "{a,".repeat(300), "}".repeat(300))),
        ("a class", format!("exclude: ['[{}]']\n", "a-z".repeat(n))),
        ("patterns", format!("exclude:\n{}", numbered(n / 8, |at| format!("  - 'a{at}*b*c'\n")))),
        ("NUL", "title: \0\n".into()),
        ("escape sequences", "title: \u{1b}[31m\u{202e}x\nlevel: \"\\e[31m\"\n".into()),
    ]
}
