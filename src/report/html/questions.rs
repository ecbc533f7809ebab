//! Every question with its answer, as it would be read in the document, and with what was found about it.

use std::collections::{HashMap, HashSet};
use std::io::{self, Write};

use super::super::compare::{Before, Change, Kind};
use super::super::picture::{Standing, Standings};
use super::super::quotes::wording;
use super::super::reading_list::section_title;
use super::super::screen::clean;
use super::super::{FileReport, uri, url};
use super::document::Place;
use super::{bar, line};
use crate::diagnostic::Diagnostic;
use crate::document::{Renderer, escaped};
use crate::review::{BoundItem, Review, RevisionStatus, State};
use crate::source::{FileId, Span};
use crate::template::{Item, ItemIndex, ItemKind};

/// Writes all questions of a document, by section, and the findings that are on none.
pub(super) fn write(
    file: &FileReport,
    review: &Review,
    standings: &Standings,
    compared: Option<&(Before, Vec<Change>)>,
    place: &Place,
    out: &mut dyn Write,
) -> io::Result<()> {
    let page = place.options.link_base.as_deref().map(|base| uri::page(base, review.source().path()));
    let mut about: HashMap<&str, Vec<&Diagnostic>> = HashMap::new();
    for diagnostic in file.diagnostics {
        about.entry(diagnostic.item.as_deref().unwrap_or_default()).or_default().push(diagnostic);
    }
    let mut one = Writer {
        file,
        review,
        standings,
        place,
        renderer: Renderer::new(&review.document, page),
        earlier: compared.map(|(before, _)| (before.review, Renderer::new(&before.review.document, None))),
        changes: compared.iter().flat_map(|(_, all)| all).map(|change| (change.index, *change)).collect(),
        rendered: HashMap::new(),
    };
    let changed: HashSet<ItemIndex> = one.changes.keys().copied().collect();
    let mut shown: HashSet<&str> = HashSet::new();
    let mut last: Option<String> = None;
    for (index, item, bound) in review
        .bound_items()
        .filter(|(index, item, bound)| is_shown(review, *index, item, bound) || changed.contains(index))
    {
        let title = section_title(review, index);
        if last.as_ref() != Some(&title) {
            let close = if last.is_some() { "</section>\n" } else { "" };
            writeln!(out, "{close}<section class=\"section\">\n{}", place.heading(2, &title))?;
            last = Some(title);
        }
        shown.insert(&item.id);
        let found = about.get(item.id.as_str()).map(Vec::as_slice).unwrap_or_default();
        one.question(index, item, bound, found, out)?;
    }
    if last.is_some() {
        writeln!(out, "</section>")?;
    }
    let rest: Vec<&Diagnostic> = file
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.item.as_deref().is_none_or(|id| !shown.contains(id)))
        .collect();
    if !rest.is_empty() {
        writeln!(out, "{}", place.heading(1, &format!("Findings on no question ({})", rest.len())))?;
        one.findings(&rest, out)?;
    }
    let silenced = file.suppressed.len() + file.baselined.len();
    if silenced > 0 {
        let noun = if silenced == 1 { "finding is" } else { "findings are" };
        writeln!(out, "<p class=\"note\">{silenced} more {noun} silenced by a comment or a baseline.</p>")?;
    }
    Ok(())
}

/// Questions that are asked or were asked, and lead-ins and sections that have words of their own.
fn is_shown(review: &Review, index: ItemIndex, item: &Item, bound: &BoundItem) -> bool {
    match item.kind {
        ItemKind::Question if review.is_leaf_question(index) => {
            review.asks(index)
                || !bound.prompts.is_empty()
                || bound.status == RevisionStatus::AddedLater && item.is_in(review.template.newest())
        }
        ItemKind::Question | ItemKind::Group | ItemKind::Section => !bound.answer.is_empty(),
        ItemKind::Field | ItemKind::Checkbox => false,
    }
}

struct Writer<'a, 'b> {
    file: &'b FileReport<'a>,
    review: &'a Review,
    standings: &'b Standings<'a>,
    place: &'b Place<'b>,
    renderer: Renderer<'a>,
    earlier: Option<(&'b Review, Renderer<'b>)>,
    changes: HashMap<ItemIndex, Change>,
    /// Answers that were written, with the first question that has them: one may answer a whole list.
    rendered: HashMap<Vec<Span>, ItemIndex>,
}

impl Writer<'_, '_> {
    fn question(
        &mut self,
        index: ItemIndex,
        item: &Item,
        bound: &BoundItem,
        found: &[&Diagnostic],
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let question = wording(item.wording(self.review.revision));
        let counted = self.review.is_leaf_question(index);
        let required = counted && self.review.asks(index) && self.review.requires(index);
        let standing = self.standings.of(index);
        let class = match (counted, required) {
            (false, _) => "text",
            (true, true) => bar::class(standing),
            (true, false) => "optional",
        };
        let changed = if self.changes.contains_key(&index) { " changed" } else { "" };
        writeln!(out, "<article class=\"q {class}{changed}\" id=\"{}\">", self.place.anchor(index))?;
        writeln!(
            out,
            "{}",
            self.place.heading(3, if item.kind == ItemKind::Section { "Text" } else { &question })
        )?;
        writeln!(out, "<p class=\"facts\">{}</p>", self.facts(index, bound, counted, required))?;
        self.answer(index, bound, out)?;
        self.before(index, out)?;
        self.findings(found, out)?;
        writeln!(out, "</article>")
    }

    /// State, requirement, place.
    fn facts(&self, index: ItemIndex, bound: &BoundItem, counted: bool, required: bool) -> String {
        let mut facts = Vec::new();
        if counted {
            let standing = self.standings.of(index);
            let words = match (standing, bound.state) {
                (Standing::Open, State::NotApplicableBare) => "open: N/A without a reason",
                (Standing::Open, State::Placeholder) => "open: still to be written",
                (Standing::Open, State::CommentedOut) => "open: inside a comment",
                (Standing::Open, State::Missing) => "open: not in the document",
                (Standing::Open, _) => "open: no answer",
                (Standing::Weak, _) => "weak",
                (Standing::Reason, _) => "N/A with a reason",
                (Standing::Answered, _) => "answered",
            };
            let class =
                if required || standing != Standing::Open { bar::class(standing) } else { "optional" };
            facts.push(format!("<span class=\"state {class}\">{words}</span>"));
            facts.push(
                match bound.status {
                    RevisionStatus::AddedLater => "added by newer questions",
                    RevisionStatus::Retired => "no longer asked",
                    RevisionStatus::Current if required => "required",
                    RevisionStatus::Current => "not required",
                }
                .into(),
            );
        }
        let at = bound.prompt().map(|prompt| prompt.span).or_else(|| bound.answer.first().copied());
        facts.extend(at.map(|span| {
            let source = self.review.source();
            line(source, source.line(span.start), self.place.options)
        }));
        if bound.prompt().is_some_and(|prompt| prompt.uncertain) {
            facts.push("found by similar wording alone".into());
        }
        if let Some(change) = self.changes.get(&index) {
            facts.push(format!("<strong>{}</strong>", change.kind.name()));
        }
        facts.join(" · ")
    }

    fn answer(&mut self, index: ItemIndex, bound: &BoundItem, out: &mut dyn Write) -> io::Result<()> {
        let by = bound.answered_by.filter(|by| *by != index);
        if let (Some(by), true) = (by, bound.answer.is_empty()) {
            return self.same("Answered by", by, out);
        }
        if bound.answer.is_empty() {
            return Ok(());
        }
        if let Some(first) = self.rendered.get(&bound.answer).copied() {
            return self.same("The same answer as to", first, out);
        }
        self.rendered.insert(bound.answer.clone(), index);
        let html = self.renderer.html(&bound.answer);
        if html.is_empty() {
            return Ok(());
        }
        writeln!(out, "<div class=\"answer\" dir=\"auto\">{html}</div>")
    }

    /// The answer that an earlier state has, folded.
    fn before(&self, index: ItemIndex, out: &mut dyn Write) -> io::Result<()> {
        let (Some((review, renderer)), Some(change)) = (&self.earlier, self.changes.get(&index)) else {
            return Ok(());
        };
        let Some(was) = change.before.filter(|_| change.kind != Kind::Added) else { return Ok(()) };
        let html = renderer.html(&review.bound(was).answer);
        let html = if html.is_empty() { "<p>Answered by another question.</p>".into() } else { html };
        writeln!(
            out,
            "<details><summary>The answer before</summary><div class=\"answer\" dir=\"auto\">{html}</div></details>"
        )
    }

    fn same(&self, words: &str, index: ItemIndex, out: &mut dyn Write) -> io::Result<()> {
        let question = escaped(&wording(self.review.item(index).wording(self.review.revision)));
        writeln!(out, "<p>{words} <a href=\"#{}\">{question}</a></p>", self.place.anchor(index))
    }

    fn findings(&self, found: &[&Diagnostic], out: &mut dyn Write) -> io::Result<()> {
        if found.is_empty() {
            return Ok(());
        }
        writeln!(out, "<ul class=\"findings\">")?;
        for diagnostic in found {
            let severity = diagnostic.severity.name();
            let source = self.file.source(diagnostic.primary.file);
            let mut at = line(source, source.line(diagnostic.primary.span.start), self.place.options);
            if diagnostic.primary.file != FileId(0) {
                at = format!("{} {at}", escaped(&clean(source.path())));
            }
            let rule = match url(diagnostic.rule) {
                Some(url) => format!("<a href=\"{}\">{}</a>", escaped(&url), diagnostic.rule),
                None => diagnostic.rule.to_string(),
            };
            let help = diagnostic
                .help
                .as_deref()
                .map(|help| format!("<span class=\"help\">{}</span>", escaped(&clean(help))));
            writeln!(
                out,
                "<li class=\"finding {severity}\"><strong>{severity}</strong> {} <span class=\"rule\">({rule}, {at})</span>{}</li>",
                escaped(&clean(&diagnostic.message)),
                help.unwrap_or_default()
            )?;
        }
        writeln!(out, "</ul>")
    }
}
