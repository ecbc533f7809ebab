//! `gtr explain RULE|ITEM`.

use std::sync::Arc;

use super::console::Console;
use super::failure::Failure;
use super::page;
use super::rules::by_template;
use crate::review::Templates;
use crate::rules::{self, RuleInfo};
use crate::template::{Item, ItemIndex, Template};

const AFTER_HELP: &str = "\
Examples:
  gtr explain bare-not-applicable        what the rule finds, why, and how to silence it
  gtr explain day0.scope                 the wordings of a section or question, and who asks for it";

/// Explain a rule, or a question of a template.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// The name of a rule (`gtr rules`) or the id of an item (`gtr templates show ID`).
    #[arg(value_name = "RULE|ITEM")]
    name: String,
}

/// Runs the command.
pub(super) fn run(args: &Args, console: &mut Console) -> Result<(), Failure> {
    let templates = Templates::new(Vec::new());
    if let Some(rule) = rules::find(&args.name) {
        return explain_rule(rule.info(), &templates, console);
    }
    let all: Vec<Arc<Template>> = templates
        .ids()
        .iter()
        .filter_map(|id| templates.get(id))
        .map(|catalogue| Arc::clone(&catalogue.template))
        .collect();
    let mut found = false;
    for template in &all {
        if let Some(index) = template.find(&args.name) {
            explain_item(template, index, console)?;
            found = true;
        }
    }
    if found {
        return Ok(());
    }
    let names = rules::ALL.iter().map(|rule| rule.info().id.0);
    let items = all.iter().flat_map(|template| template.items.iter().map(|item| item.id.as_str()));
    let help = rules::nearest(&args.name, names.chain(items)).map_or_else(
        || "`gtr rules` lists the rules, `gtr templates show ID` the items of a template".to_string(),
        |name| format!("did you mean `{name}`?"),
    );
    Err(Failure::new(format!("no rule and no item is called `{}`", args.name), help))
}

fn explain_rule(info: &RuleInfo, templates: &Templates, console: &mut Console) -> Result<(), Failure> {
    let out = &mut *console.out;
    writeln!(out, "{}: {}", info.id, info.summary)?;
    let severities = by_template(info, templates);
    let words: Vec<String> = severities.iter().map(|(id, word)| format!("{word} ({id})")).collect();
    writeln!(out, "severity: {}\n", words.join(", "))?;
    page::write(&info.page(), console.look.width, console.look.colour, out)?;
    writeln!(out, "How to silence it")?;
    if info.id.0.starts_with("kep-") {
        writeln!(
            out,
            "  In kep.yaml or an approval, on the line before the finding or for the whole file:\n"
        )?;
        writeln!(out, "    # gtr-ignore {}: reason", info.id)?;
        writeln!(out, "    # gtr-ignore-file {}: reason\n", info.id)?;
        writeln!(out, "  In the README, where the finding is there:\n")?;
    } else {
        writeln!(out, "  On the line before the finding, or in the whole file:\n")?;
    }
    writeln!(out, "    <!-- gtr-ignore {}: reason -->", info.id)?;
    writeln!(out, "    <!-- gtr-ignore-file {}: reason -->\n", info.id)?;
    writeln!(out, "  For all documents, in gtr.yaml:\n\n    rules:\n      {}: off", info.id)?;
    Ok(())
}

fn explain_item(template: &Template, index: ItemIndex, console: &mut Console) -> Result<(), Failure> {
    let out = &mut *console.out;
    let item = template.item(index);
    writeln!(out, "{}: {} of {}", item.id, item.kind.name(), template.name)?;
    if let Some(section) = item.parent.and_then(|parent| template.section_of(parent)) {
        writeln!(out, "in:       {}", template.item(section).newest_wording())?;
    }
    writeln!(out, "asked:    {}", template.asked(item))?;
    writeln!(out, "revision: {}", template.lifetime(item))?;
    if !template.upstream.url.is_empty() {
        writeln!(out, "source:   {}", template.upstream.url)?;
    }
    if let Some(hint) = &item.hint {
        writeln!(out, "\nA good answer has")?;
        page::write(hint, console.look.width, false, out)?;
    }
    for wording in item.wordings.iter().rev() {
        writeln!(out, "\nWording from {} on", template.revision(wording.from).id)?;
        page::write(&wording.text, console.look.width, false, out)?;
    }
    if !item.aliases.is_empty() {
        writeln!(out, "\nShort forms that are recognised")?;
        page::write(&item.aliases.join("; "), console.look.width, false, out)?;
    }
    let children: Vec<&Item> = template.children(index).map(|child| template.item(child)).collect();
    if !children.is_empty() {
        writeln!(out, "Items in it")?;
        children.iter().try_for_each(|child| writeln!(out, "  {}", child.id))?;
    }
    Ok(())
}
