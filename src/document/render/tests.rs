use super::*;
use crate::source::Source;

/// The parts of a text between `⟦` and `⟧`, rendered.
fn rendered(marked: &str) -> String {
    let (mut text, mut spans, mut rest) = (String::new(), Vec::new(), marked);
    while let Some((before, after)) = rest.split_once('⟦') {
        let (inside, after) = after.split_once('⟧').expect("every part is closed");
        text.push_str(before);
        let start = text.len() as u32;
        text.push_str(inside);
        spans.push(Span::new(start, text.len() as u32));
        rest = after;
    }
    text.push_str(rest);
    let document = Document::parse(&Source::new("x.md", text));
    Renderer::new(&document, None).html(&spans)
}

#[test]
fn a_part_of_a_document_means_what_it_means_there() {
    for (marked, html) in [
        ("* Why? ⟦Because *we* can.⟧\n", "<p>Because <em>we</em> can.</p>"),
        ("* Why?\n\n  ⟦One.\n  - a\n  - b⟧\n* Next?\n", "<p>One.</p><ul><li>a</li><li>b</li></ul>"),
        ("* Why?\n* ⟦One\n* Two⟧\n* Next?\n", "<ul><li>One</li></ul><ul><li>Two</li></ul>"),
        (
            "**Why?** ⟦See [it][1].⟧\n\n[1]: https://x.y\n",
            "<p>See <a href=\"https://x.y\" rel=\"nofollow noopener noreferrer\">it</a>.</p>",
        ),
        ("| q | a |\n|---|---|\n| Why? | ⟦So. |⟧\n", "<p>So.</p>"),
        (
            "⟦| a |\n|---|\n| b |⟧\n",
            "<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"Table\"><table><tr><td>a</td></tr><tr><td>b</td></tr></table></div>",
        ),
        ("⟦```sh\na <b>\n```⟧\n", "<pre><code>a &lt;b&gt;\n</code></pre>"),
        ("text\n\n    * Why?\n      ⟦One.\n      Two.⟧\n    * Next?\n", "<p>One.<br>Two.</p>"),
        ("⟦A.⟧ <!-- no --> ⟦B.⟧\n", "<p>A.B.</p>"),
        ("## ⟦Title⟧\n", "<p class=\"heading\">Title</p>"),
        ("⟦> [!NOTE]\n> Read.⟧\n", "<blockquote><p><strong>Note</strong></p><p>Read.</p></blockquote>"),
        ("⟦- [x] done⟧\n", "<ul><li>☑ done</li></ul>"),
        (
            "⟦A https://x.y/a_b. ~~c~~ `d`⟧\n",
            "<p>A <a href=\"https://x.y/a_b\" rel=\"nofollow noopener noreferrer\">https://x.y/a_b</a>. <s>c</s> <code>d</code></p>",
        ),
        ("⟦a<br>b⟧\n", "<p>a<br>b</p>"),
        ("\u{feff}---\na: b\n---\n⟦c⟧\n", "<p>c</p>"),
        ("nothing\n", ""),
    ] {
        assert_eq!(rendered(marked), html, "{marked}");
    }
}

#[test]
fn what_could_run_or_load_is_text() {
    for (marked, html) in [
        (
            "⟦<script>alert(1)</script>⟧\n",
            "<p><code>&lt;script&gt;</code>alert(1)<code>&lt;/script&gt;</code></p>",
        ),
        ("⟦a <img src=x onerror=alert(1)>⟧\n", "<p>a <code>&lt;img src=x onerror=alert(1)&gt;</code></p>"),
        (
            "⟦![b \"c](https://x.y/p.png)⟧\n",
            "<p><span class=\"picture\">picture: b &quot;c <code>https://x.y/p.png</code></span></p>",
        ),
        ("⟦[a](javascript:alert(1))⟧\n", "<p><span>a <code>javascript:alert(1)</code></span></p>"),
        (
            "⟦[a](<https://x\" onclick=\"y>)⟧\n",
            "<p><a href=\"https://x&quot; onclick=&quot;y\" rel=\"nofollow noopener noreferrer\">a</a></p>",
        ),
        ("⟦<a@b.c>⟧\n", "<p><a href=\"mailto:a@b.c\" rel=\"nofollow noopener noreferrer\">a@b.c</a></p>"),
        ("⟦&lt;script&gt; &#x202e;x⟧\n", "<p>&lt;script&gt; \u{fffd}x</p>"),
    ] {
        assert_eq!(rendered(marked), html, "{marked}");
    }
}

/// Elements that a page may have, with the attributes that they may have.
const ELEMENTS: &[(&str, &[&str])] = &[
    ("p", &["class"]),
    ("blockquote", &[]),
    ("pre", &[]),
    ("code", &[]),
    ("ol", &["start"]),
    ("ul", &[]),
    ("li", &[]),
    ("div", &["class", "tabindex", "role", "aria-label"]),
    ("table", &[]),
    ("tr", &[]),
    ("td", &[]),
    ("em", &[]),
    ("strong", &[]),
    ("s", &[]),
    ("span", &["class"]),
    ("a", &["href", "rel"]),
    ("sup", &[]),
    ("br", &[]),
    ("hr", &[]),
];

proptest::proptest! {
    #[test]
    fn whatever_is_written_is_of_the_list_and_balanced(
        text in "(<script>|<img src=x onerror=y>|</|<!--|-->|\\]\\(javascript:x\\)|!\\[|\\[|\\]\\(https://x\\)|```|    |&lt;|&#60;|https://[a\"<>']|\\]\\]>|</style>|[-*#>`|_~:a '\"&\n\r\t\u{0}\u{202e}é]|\\*\\*|1\\. |\\| a \\|\n\\|---\\|\n|\\[\\^1\\]|<details>){0,40}",
        cuts in proptest::collection::vec(0usize..400, 0..6),
    ) {
        let document = Document::parse(&Source::new("x.md", text.as_str()));
        let renderer = Renderer::new(&document, Some("https://host/x.md".into()));
        let mut cuts: Vec<u32> = cuts.into_iter().filter(|at| text.is_char_boundary(*at)).map(|at| at as u32).collect();
        cuts.sort_unstable();
        cuts.dedup();
        let parts: Vec<Span> = cuts.chunks_exact(2).map(|two| Span::new(two[0], two[1])).collect();
        for spans in [vec![Span::new(0, text.len() as u32)], parts] {
            let html = renderer.html(&spans);
            // it is well-formed XML but for `<br>` and `<hr>`
            let xml = format!("<x>{}</x>", html.replace("<br>", "<br/>").replace("<hr>", "<hr/>"));
            let page = roxmltree::Document::parse(&xml);
            proptest::prop_assert!(page.is_ok(), "{:?} in {}", page.err(), xml);
            let page = page.expect("it was looked at");
            for node in page.root_element().descendants().skip(1).filter(roxmltree::Node::is_element) {
                let known = ELEMENTS.iter().find(|(name, _)| node.has_tag_name(*name));
                proptest::prop_assert!(known.is_some(), "{:?} in {}", node, html);
                for attribute in node.attributes() {
                    proptest::prop_assert!(known.is_some_and(|(_, all)| all.contains(&attribute.name())));
                }
                let inner = ["p", "a"].iter().any(|name| node.has_tag_name(*name));
                let blocks = ["p", "div", "ul", "ol", "blockquote", "pre", "table", "hr"];
                let nested = node.descendants().skip(1).any(|one| {
                    inner && (blocks.iter().any(|name| one.has_tag_name(*name)))
                        || node.has_tag_name("a") && one.has_tag_name("a")
                });
                proptest::prop_assert!(!nested, "{}", html);
                if let Some(target) = node.attribute("href") {
                    let lower = target.to_ascii_lowercase();
                    proptest::prop_assert!(["https://", "http://", "mailto:"].iter().any(|scheme| lower.starts_with(scheme)));
                }
            }
        }
    }
}
