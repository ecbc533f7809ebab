//! Markdown events to HTML, container by container. What is begun is written when its first content comes, so that
//! an answer which is a part of a list or of a paragraph leaves no empty elements behind.

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, LinkType, Tag};

use super::address::{self, allowed, escaped};
use super::raw;

/// Containers that are written inside each other; deeper ones are left out and only their content is written.
const DEEPEST: usize = 40;

/// How a container takes content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Takes text: paragraph, item, cell.
    Text,
    /// Takes blocks only, of which text outside of one needs a paragraph.
    Blocks,
    List,
    Table,
    Code,
    Html,
    Inline,
    Link,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Not written; what is inside may be.
    Dropped,
    /// To be written before its first content.
    Pending,
    Written,
}

#[derive(Debug)]
struct Container {
    kind: Kind,
    stage: Stage,
    open: String,
    close: String,
}

/// Collects HTML.
pub(super) struct Writer<'a> {
    out: String,
    page: Option<&'a str>,
    stack: Vec<Container>,
    /// Those of the stack that are written or may be, at most [`DEEPEST`].
    kept: Vec<usize>,
    /// Text that was not written yet: an address may come in several events.
    text: String,
    /// A paragraph of our own is open.
    paragraph: bool,
}

impl<'a> Writer<'a> {
    pub(super) fn new(page: Option<&'a str>) -> Self {
        Self {
            out: String::new(),
            page,
            stack: Vec::new(),
            kept: Vec::new(),
            text: String::new(),
            paragraph: false,
        }
    }

    /// Begins a container; `whole` when all of it belongs to the answer.
    pub(super) fn start(&mut self, tag: &Tag, whole: bool) {
        self.flush();
        let inside = |kind: Kind, stack: &[Container]| {
            stack.last().is_some_and(|outer| outer.kind == kind && outer.stage != Stage::Dropped)
        };
        let in_table = inside(Kind::Table, &self.stack);
        let written = whole || in_table || inside(Kind::List, &self.stack);
        let (kind, open, close) = match tag {
            Tag::Paragraph => (Kind::Text, "<p>".into(), "</p>".into()),
            // the page has its own headings
            Tag::Heading { .. } => (Kind::Text, "<p class=\"heading\">".into(), "</p>".into()),
            Tag::BlockQuote(kind) => (Kind::Blocks, quote(*kind), "</blockquote>".into()),
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => {
                (Kind::Code, "<pre><code>".into(), "</code></pre>".into())
            }
            Tag::HtmlBlock => (Kind::Html, "<p>".into(), "</p>".into()),
            Tag::List(Some(1)) => (Kind::List, "<ol>".into(), "</ol>".into()),
            Tag::List(Some(first)) => (Kind::List, format!("<ol start=\"{first}\">"), "</ol>".into()),
            Tag::List(None) => (Kind::List, "<ul>".into(), "</ul>".into()),
            Tag::Item if inside(Kind::List, &self.stack) => (Kind::Text, "<li>".into(), "</li>".into()),
            Tag::Item => (Kind::Text, "<ul><li>".into(), "</li></ul>".into()),
            Tag::FootnoteDefinition(name) => {
                let label = escaped(name);
                (Kind::Blocks, format!("<div class=\"footnote\"><p>[{label}]</p>"), "</div>".into())
            }
            Tag::Table(_) => {
                let open = "<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"Table\"><table>";
                (Kind::Table, open.into(), "</table></div>".into())
            }
            Tag::TableHead | Tag::TableRow if in_table => (Kind::Table, "<tr>".into(), "</tr>".into()),
            Tag::TableCell if in_table => (Kind::Text, "<td>".into(), "</td>".into()),
            Tag::TableCell => (Kind::Text, "<p>".into(), "</p>".into()),
            Tag::Emphasis => (Kind::Inline, "<em>".into(), "</em>".into()),
            Tag::Strong => (Kind::Inline, "<strong>".into(), "</strong>".into()),
            Tag::Strikethrough => (Kind::Inline, "<s>".into(), "</s>".into()),
            Tag::Link { link_type, dest_url, .. } => self.link(*link_type, dest_url),
            Tag::Image { dest_url, .. } => {
                let open = "<span class=\"picture\">picture: ".to_string();
                (Kind::Link, open, format!(" <code>{}</code></span>", escaped(dest_url)))
            }
            _ => (Kind::Blocks, String::new(), String::new()),
        };
        let inline = matches!(kind, Kind::Inline | Kind::Link);
        if !inline {
            self.close_paragraph();
        }
        // a part of a paragraph is a paragraph, and so is a part of a piece of HTML
        let leaf = matches!(tag, Tag::Paragraph | Tag::Heading { .. } | Tag::TableCell | Tag::HtmlBlock);
        let deep = self.kept.len() >= DEEPEST;
        let stage =
            if (written || leaf) && !open.is_empty() && !deep { Stage::Pending } else { Stage::Dropped };
        if stage == Stage::Pending {
            self.kept.push(self.stack.len());
        }
        self.stack.push(Container { kind, stage, open, close });
        if stage == Stage::Pending && inline {
            self.begin_text();
            if matches!(tag, Tag::Image { .. }) {
                self.open_all();
            }
        }
    }

    fn link(&self, kind: LinkType, destination: &str) -> (Kind, String, String) {
        let target = match kind {
            LinkType::Email => allowed(&format!("mailto:{destination}"), None),
            _ => allowed(destination, self.page),
        };
        match target {
            _ if self.in_link() => (Kind::Inline, "<span>".into(), "</span>".into()),
            Some(target) => (Kind::Link, anchor(&target), "</a>".into()),
            None => {
                let address = escaped(destination);
                (Kind::Link, "<span>".into(), format!(" <code>{address}</code></span>"))
            }
        }
    }

    /// Ends the innermost container.
    pub(super) fn end(&mut self) {
        self.flush();
        let Some(container) = self.stack.pop() else { return };
        if container.stage != Stage::Dropped {
            self.kept.pop();
        }
        if !matches!(container.kind, Kind::Inline | Kind::Link) {
            self.close_paragraph();
        }
        if container.stage == Stage::Written {
            self.out.push_str(&container.close);
        }
    }

    /// Adds text as it is to be read.
    pub(super) fn text(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds anything else that belongs to the answer and contains nothing.
    pub(super) fn leaf(&mut self, event: &Event) {
        match event {
            Event::SoftBreak => return self.text("\n"),
            Event::TaskListMarker(done) => return self.text(if *done { "☑ " } else { "☐ " }),
            // a piece of HTML may come in several events: it is taken apart as a whole
            Event::Html(html) => return self.text(html),
            _ => {}
        }
        self.flush();
        let html = match event {
            Event::Code(code) => format!("<code>{}</code>", escaped(code)),
            Event::InlineHtml(html) => return self.raw(html),
            Event::HardBreak => "<br>".into(),
            Event::FootnoteReference(name) => format!("<sup>[{}]</sup>", escaped(name)),
            Event::Rule => {
                self.open_all();
                self.out.push_str("<hr>");
                return;
            }
            _ => return,
        };
        self.begin_text();
        self.open_all();
        self.out.push_str(&html);
    }

    pub(super) fn finish(mut self) -> String {
        while !self.stack.is_empty() {
            self.end();
        }
        self.flush();
        self.close_paragraph();
        self.out
    }

    /// The innermost container that is a block and is written or will be.
    fn block(&self) -> Option<&Container> {
        let kept = self.kept.iter().rev().map(|at| &self.stack[*at]);
        kept.into_iter().find(|one| !matches!(one.kind, Kind::Inline | Kind::Link))
    }

    fn in_link(&self) -> bool {
        self.kept.iter().any(|at| self.stack[*at].kind == Kind::Link)
    }

    /// Opens a paragraph where text could not stand.
    fn begin_text(&mut self) {
        let takes =
            self.block().is_some_and(|block| matches!(block.kind, Kind::Text | Kind::Code | Kind::Html));
        if takes || self.paragraph {
            return;
        }
        // inline containers that are pending go into the paragraph, blocks around it
        for &at in &self.kept {
            if !matches!(self.stack[at].kind, Kind::Inline | Kind::Link) {
                write_open(&mut self.stack[at], &mut self.out);
            }
        }
        self.out.push_str("<p>");
        self.paragraph = true;
    }

    fn close_paragraph(&mut self) {
        if std::mem::take(&mut self.paragraph) {
            self.out.push_str("</p>");
        }
    }

    fn open_all(&mut self) {
        self.kept.iter().for_each(|at| write_open(&mut self.stack[*at], &mut self.out));
    }

    /// Writes the text that came so far.
    fn flush(&mut self) {
        if self.text.is_empty() {
            return;
        }
        let text = std::mem::take(&mut self.text);
        let innermost = self.stack.last().map(|one| (one.kind, one.stage));
        match innermost {
            Some((Kind::Html, _)) => return self.raw(&text),
            Some((Kind::Code, Stage::Dropped)) => return self.lines(&text),
            Some((Kind::Code, _)) => {
                self.open_all();
                self.out.push_str(&escaped(&text));
                return;
            }
            _ => {}
        }
        if text.trim().is_empty() {
            // white space stands between things, it begins nothing
            let begun = self.paragraph || self.block().is_some_and(|block| block.stage == Stage::Written);
            if begun {
                self.open_all();
                self.out.push(' ');
            }
            return;
        }
        self.words(&text);
    }

    /// Running text, addresses in it as links.
    fn words(&mut self, text: &str) {
        self.begin_text();
        self.open_all();
        if self.in_link() {
            self.out.push_str(&escaped(text));
            return;
        }
        for piece in address::pieces(text) {
            match piece {
                address::Piece::Words(words) => self.out.push_str(&escaped(words)),
                address::Piece::Address(target) => {
                    self.out.push_str(&anchor(target));
                    self.out.push_str(&escaped(target));
                    self.out.push_str("</a>");
                }
            }
        }
    }

    /// Part of a code block that its author indented by mistake: lines of text.
    fn lines(&mut self, text: &str) {
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            if self.paragraph {
                self.out.push_str("<br>");
            }
            self.words(line);
        }
    }

    /// HTML of the document: its words, and its tags as text where they say something.
    fn raw(&mut self, html: &str) {
        let mut apart = false;
        for piece in raw::pieces(html) {
            match piece {
                raw::Piece::Break => apart = true,
                raw::Piece::Text(text) if text.trim().is_empty() => {}
                raw::Piece::Text(text) => {
                    self.separate(&mut apart);
                    self.words(text);
                }
                raw::Piece::Tag(tag) => {
                    self.separate(&mut apart);
                    self.begin_text();
                    self.open_all();
                    self.out.push_str(&format!("<code>{}</code>", escaped(tag)));
                }
            }
        }
        // a lone `<br>` inside a paragraph
        let inline = self.stack.last().is_none_or(|one| one.kind != Kind::Html);
        if apart && inline && self.block().is_some_and(|block| block.stage == Stage::Written) {
            self.out.push_str("<br>");
        }
    }

    fn separate(&mut self, apart: &mut bool) {
        let begun = self.paragraph || self.block().is_some_and(|block| block.stage == Stage::Written);
        if std::mem::take(apart) && begun {
            self.out.push_str("<br>");
        }
    }
}

fn write_open(one: &mut Container, out: &mut String) {
    if one.stage == Stage::Pending {
        out.push_str(&one.open);
        one.stage = Stage::Written;
    }
}

fn anchor(target: &str) -> String {
    format!("<a href=\"{}\" rel=\"nofollow noopener noreferrer\">", escaped(target))
}

fn quote(kind: Option<BlockQuoteKind>) -> String {
    let title = match kind {
        None => return "<blockquote>".into(),
        Some(BlockQuoteKind::Note) => "Note",
        Some(BlockQuoteKind::Tip) => "Tip",
        Some(BlockQuoteKind::Important) => "Important",
        Some(BlockQuoteKind::Warning) => "Warning",
        Some(BlockQuoteKind::Caution) => "Caution",
    };
    format!("<blockquote><p><strong>{title}</strong></p>")
}
