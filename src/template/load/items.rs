//! The items of a template file, from a tree to one vector in preorder.

use std::collections::HashSet;

use super::assemble::{Problem, is_id, level_index, problem};
use super::raw::{OneOrMany, RawItem, RawScaffold, RawTexts};
use crate::template::{
    Item, ItemIndex, ItemKind, Requirement, Revision, RevisionIndex, Scaffold, Texts, Wording,
};

/// Collects items; knows the names they may use.
pub(super) struct Items<'a> {
    levels: &'a [String],
    revisions: &'a [Revision],
    /// What `build.rs` took out of a bundled template.
    texts: Option<&'static str>,
    ids: HashSet<String>,
    items: Vec<Item>,
}

impl Items<'_> {
    /// Checks the items and lays them out in preorder.
    pub(super) fn read(
        raw: Vec<RawItem>,
        levels: &[String],
        revisions: &[Revision],
        texts: Option<&'static str>,
    ) -> Result<Vec<Item>, Problem> {
        if raw.is_empty() {
            return Err(problem("items", "`items` is empty: a template asks at least one question"));
        }
        let mut all = Items { levels, revisions, texts, ids: HashSet::new(), items: Vec::new() };
        for item in raw {
            all.add(item, None)?;
        }
        Ok(all.items)
    }

    fn add(&mut self, raw: RawItem, parent: Option<ItemIndex>) -> Result<(), Problem> {
        let id = raw.id.clone();
        if !is_id(&id) {
            return Err(problem(&id, format!("`{id}` is no id: use a-z, 0-9, `-` and `.`")));
        }
        if !self.ids.insert(id.clone()) {
            return Err(problem(&id, format!("two items have the id `{id}`; ids are unique")));
        }
        if self.items.len() >= usize::from(u16::MAX) {
            return Err(problem(&id, "more than 65535 items"));
        }
        self.fits(&raw, parent)?;
        let wordings = self.wordings(&raw, parent)?;
        let (since, until, moved) = self.lifetime(&raw, &wordings, parent)?;
        let required = self.required(&raw, parent)?;
        let aliases = self.texts(&id, "aliases", raw.aliases)?;
        let keywords = self.texts(&id, "keywords", raw.keywords)?;
        let unfit = |hint: &String| hint.trim().is_empty() || hint.contains('\n') || hint.contains("--");
        if raw.hint.as_ref().is_some_and(unfit) {
            let message = format!("item `{id}`: `hint` is no line of text that fits into a comment");
            return Err(problem(&id, message));
        }
        let scaffold = self.scaffold(&id, raw.scaffold)?;
        let index = ItemIndex(self.items.len() as u16);
        self.items.push(Item {
            id,
            kind: raw.kind,
            wordings,
            since,
            until,
            moved,
            required,
            aliases,
            keywords,
            hint: raw.hint,
            scaffold,
            whole: raw.whole,
            parent,
            end: ItemIndex(index.0 + 1),
        });
        for child in raw.items {
            self.add(child, Some(index))?;
        }
        self.items[usize::from(index.0)].end = ItemIndex(self.items.len() as u16);
        Ok(())
    }

    /// The texts of a list. Those of bundled templates are checked by a test, not whenever the program starts.
    fn texts(&self, id: &str, what: &str, raw: RawTexts) -> Result<Texts, Problem> {
        match raw {
            RawTexts::Given(texts) if texts.has_blank() => {
                Err(problem(id, format!("item `{id}`: an empty text in `{what}`; remove it")))
            }
            RawTexts::Given(texts) => Ok(texts),
            RawTexts::Bundled { from, to } => {
                let texts = self.texts.and_then(|texts| texts.get(from..to)).map(Texts::joined);
                texts.ok_or_else(|| problem(id, format!("item `{id}`: `{what}` is no list of texts")))
            }
        }
    }

    fn parent(&self, parent: Option<ItemIndex>) -> Option<&Item> {
        parent.map(|parent| &self.items[usize::from(parent.0)])
    }

    /// Whether an item of this kind may stand here and hold what it holds.
    fn fits(&self, raw: &RawItem, parent: Option<ItemIndex>) -> Result<(), Problem> {
        let (id, kind) = (&raw.id, raw.kind.name());
        match raw.kind {
            ItemKind::Group if raw.items.is_empty() => Err(problem(
                id,
                format!("group `{id}` has no items: give it child questions, or make it a question"),
            )),
            ItemKind::Field | ItemKind::Checkbox if !raw.items.is_empty() => {
                Err(problem(id, format!("{kind} `{id}` cannot hold items; move them out of it")))
            }
            ItemKind::Section
                if self.parent(parent).is_some_and(|parent| parent.kind != ItemKind::Section) =>
            {
                Err(problem(id, format!("section `{id}` lies in an item that is no section; move it out")))
            }
            kind if raw.whole && kind != ItemKind::Section => {
                let kind = kind.name();
                Err(problem(id, format!("{kind} `{id}` has `whole`, which only sections have; remove it")))
            }
            _ => Ok(()),
        }
    }

    fn wordings(&self, raw: &RawItem, parent: Option<ItemIndex>) -> Result<Vec<Wording>, Problem> {
        let id = &raw.id;
        let right = match raw.kind {
            ItemKind::Section => "title",
            ItemKind::Field => "label",
            ItemKind::Question | ItemKind::Group | ItemKind::Checkbox => "text",
        };
        let mut found = None;
        for (name, given) in [("title", &raw.title), ("label", &raw.label), ("text", &raw.text)] {
            if name == right {
                found = given.as_ref();
            } else if given.is_some() {
                let kind = raw.kind.name();
                return Err(problem(id, format!("{kind} `{id}`: write `{right}` instead of `{name}`")));
            }
        }
        let missing = || problem(id, format!("item `{id}` has no `{right}`; add upstream's wording"));
        let mut wordings: Vec<Wording> = match found.ok_or_else(missing)? {
            OneOrMany::One(text) => {
                let from = match &raw.since {
                    Some(since) => self.revision(id, since)?,
                    None => self.parent(parent).map_or(RevisionIndex(0), |parent| parent.since),
                };
                vec![Wording { from, text: text.clone() }]
            }
            OneOrMany::Many(texts) => {
                let mut wordings = Vec::with_capacity(texts.len());
                for (revision, text) in texts {
                    wordings.push(Wording { from: self.revision(id, revision)?, text: text.clone() });
                }
                wordings
            }
        };
        wordings.sort_by_key(|wording| wording.from);
        if wordings.is_empty() {
            return Err(missing());
        }
        if wordings.iter().any(|wording| wording.text.trim().is_empty()) {
            return Err(problem(id, format!("item `{id}`: an empty `{right}`; add upstream's wording")));
        }
        for pair in wordings.windows(2) {
            let revision = &self.revisions[usize::from(pair[1].from.0)].id;
            if pair[0].from == pair[1].from {
                return Err(problem(id, format!("item `{id}`: two wordings for revision {revision}")));
            }
            if pair[0].text == pair[1].text {
                let message = format!("item `{id}`: the wording of {revision} is not new; remove it");
                return Err(problem(id, message));
            }
        }
        Ok(wordings)
    }

    /// First and last revision of an item, and the first that has it where it stands.
    fn lifetime(
        &self,
        raw: &RawItem,
        wordings: &[Wording],
        parent: Option<ItemIndex>,
    ) -> Result<(RevisionIndex, Option<RevisionIndex>, RevisionIndex), Problem> {
        let id = &raw.id;
        let parent = self.parent(parent);
        let since = wordings[0].from;
        if let Some(given) = &raw.since
            && self.revision(id, given)? != since
        {
            return Err(problem(
                id,
                format!("item `{id}`: `since` is not its first wording; drop one of them"),
            ));
        }
        let until = match &raw.until {
            Some(until) => Some(self.revision(id, until)?),
            None => parent.and_then(|parent| parent.until),
        };
        if let Some(until) = until
            && let Some(last) = wordings.last()
            && until < last.from
        {
            return Err(problem(id, format!("item `{id}`: `until` is before its first or newest wording")));
        }
        let moved = match &raw.moved {
            Some(moved) => self.revision(id, moved)?,
            None => since,
        };
        if moved < since || until.is_some_and(|until| until < moved) {
            return Err(problem(id, format!("item `{id}`: `moved` is not one of its own revisions")));
        }
        if let Some(parent) = parent {
            let outlives = match (until, parent.until) {
                (_, None) => false,
                (None, Some(_)) => true,
                (Some(own), Some(its)) => its < own,
            };
            // What stood elsewhere before needs the item around it from then on only.
            if moved < parent.since || outlives {
                let message = format!("item `{id}` is in revisions that `{}` around it is not in", parent.id);
                return Err(problem(id, message));
            }
        }
        Ok((since, until, moved))
    }

    fn scaffold(&self, id: &str, raw: Vec<RawScaffold>) -> Result<Vec<Scaffold>, Problem> {
        let read = |line: RawScaffold| {
            if line.text.trim().is_empty() || line.text.contains('\n') {
                return Err(problem(
                    id,
                    format!("item `{id}`: a line of `scaffold` is not one line of text"),
                ));
            }
            let until = line.until.map(|until| self.revision(id, &until)).transpose()?;
            Ok(Scaffold { text: line.text, until })
        };
        raw.into_iter().map(read).collect()
    }

    /// What is asked for at each level: an item's own word, else that of the item around it.
    fn required(&self, raw: &RawItem, parent: Option<ItemIndex>) -> Result<Vec<Requirement>, Problem> {
        let id = &raw.id;
        let mut required = vec![Requirement::Optional; self.levels.len()];
        match &raw.required {
            None => {
                if let Some(parent) = self.parent(parent) {
                    required.clone_from(&parent.required);
                }
            }
            Some(OneOrMany::One(word)) => required.fill(requirement(id, word)?),
            Some(OneOrMany::Many(words)) => {
                let mut from = Vec::with_capacity(words.len());
                for (level, word) in words {
                    from.push(match level.as_str() {
                        "from" => (level_index(id, word, self.levels)?, Requirement::Required),
                        _ => (level_index(id, level, self.levels)?, requirement(id, word)?),
                    });
                }
                // A word holds from its level up, until the next one.
                from.sort_by_key(|&(level, _)| level);
                for (level, requirement) in from {
                    required[usize::from(level.0)..].fill(requirement);
                }
            }
        }
        Ok(required)
    }

    fn revision(&self, id: &str, name: &str) -> Result<RevisionIndex, Problem> {
        let at = self.revisions.iter().position(|revision| revision.id == name);
        at.map(|at| RevisionIndex(at as u16)).ok_or_else(|| {
            let known: Vec<&str> = self.revisions.iter().map(|revision| revision.id.as_str()).collect();
            let known = known.join(", ");
            problem(id, format!("item `{id}`: unknown revision `{name}`; the revisions are {known}"))
        })
    }
}

fn requirement(id: &str, word: &str) -> Result<Requirement, Problem> {
    match word {
        "optional" => Ok(Requirement::Optional),
        "encouraged" => Ok(Requirement::Encouraged),
        "required" => Ok(Requirement::Required),
        _ => {
            let known = "optional, encouraged or required, or {from: LEVEL}";
            Err(problem(id, format!("item `{id}`: `required: {word}` is not {known}")))
        }
    }
}
