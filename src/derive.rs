//! A schema from any markdown template: what its headings, bullets, bold paragraphs and boxes ask.
//!
//! In: the template's file. Out: a template as YAML, which the file itself satisfies as "nothing answered" and
//! against which a filled copy is checked. What cannot be told from a file (levels, older wordings, short labels)
//! is left to whoever edits the result.

mod outline;
mod phrases;
mod pieces;

use std::fmt::Write as _;

use crate::document::Document;
use crate::template::ItemKind;
use outline::{Node, Outline};

/// Rules about what only some kinds of documents have.
const NEVER: [&str; 7] = [
    "empty-section",
    "leftover-scaffold",
    "promised-answer",
    "repeated-answer",
    "stale-toc",
    "unacknowledged-test-plan",
    "unchecked-signoff",
];

/// Makes a schema of a template's file. `name` is the file's name without directory and ending.
///
/// # Errors
/// When the file asks nothing: it has neither headings nor anything else that can be answered.
pub fn derive(document: &Document, name: &str) -> Result<String, String> {
    let outline = Outline::read(document);
    if !outline.asks() {
        return Err("nothing in it can be answered: no heading, bullet, bold paragraph or box".to_owned());
    }
    Ok(yaml(&outline, name))
}

fn yaml(outline: &Outline, name: &str) -> String {
    let id = phrases::slug(name, 6).unwrap_or_else(|| "derived".to_owned());
    let mut out = format!(
        "# What {} asks, as `gtr templates derive` reads it. Edit it freely: docs/templates.md says how.\n\nid: {id}\nname: {}\nlevels: [complete]\nrevisions:\n  - {{id: \"1\"}}\n\nseverities:\n",
        quoted(name),
        quoted(outline.title.as_deref().unwrap_or(name))
    );
    for rule in NEVER {
        let _ = writeln!(out, "  {rule}: never");
    }
    out += "  # people leave out what a heading has in brackets\n  paraphrased-question: off\n";
    out += "\nrecognition:\n";
    list(&mut out, "  ", "anchors", &outline.anchors());
    list(&mut out, "  ", "titles", outline.title.as_slice());
    if !outline.placeholders.is_empty() {
        out.push('\n');
        list(&mut out, "", "placeholders", &outline.placeholders);
    }
    out += "\nitems:\n";
    let mut ids = Vec::new();
    for node in &outline.items {
        item(&mut out, node, "", 1, &mut ids);
    }
    out
}

/// Writes an item and what it holds.
fn item(out: &mut String, node: &Node, parent: &str, depth: usize, ids: &mut Vec<String>) {
    let indent = "  ".repeat(depth * 2 - 1);
    let id = unique(node, parent, ids);
    let key = match node.kind {
        ItemKind::Section => "title",
        ItemKind::Field => "label",
        _ => "text",
    };
    let _ = writeln!(out, "{indent}- id: {id}");
    let _ = writeln!(out, "{indent}  kind: {}", node.kind.name());
    let _ = writeln!(out, "{indent}  {key}: {}", quoted(&node.text));
    if node.optional {
        let _ = writeln!(out, "{indent}  required: optional");
    } else if depth == 1 {
        let _ = writeln!(out, "{indent}  required: {{from: complete}}");
    }
    list(out, &format!("{indent}  "), "aliases", &node.aliases());
    list(out, &format!("{indent}  "), "scaffold", &node.scaffold);
    if !node.items.is_empty() {
        let _ = writeln!(out, "{indent}  items:");
        for child in &node.items {
            item(out, child, &id, depth + 1, ids);
        }
    }
}

/// An id that no item has yet, from the words of the item and those of the item around it.
fn unique(node: &Node, parent: &str, ids: &mut Vec<String>) -> String {
    let own = phrases::slug(&node.text, 6).unwrap_or_else(|| node.kind.name().to_owned());
    let base = match (node.kind, parent) {
        (ItemKind::Field, _) => format!("field.{own}"),
        (_, "") => own,
        (_, parent) => format!("{parent}.{own}"),
    };
    let mut id = base.clone();
    let mut number = 2;
    while ids.contains(&id) {
        id = format!("{base}-{number}");
        number += 1;
    }
    ids.push(id.clone());
    id
}

fn list(out: &mut String, indent: &str, key: &str, texts: &[String]) {
    if texts.is_empty() {
        return;
    }
    let _ = writeln!(out, "{indent}{key}:");
    for text in texts {
        let _ = writeln!(out, "{indent}  - {}", quoted(text));
    }
}

/// A text in double quotes, which YAML reads as JSON does.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests;
