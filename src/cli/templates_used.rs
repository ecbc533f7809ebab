//! The templates of a run: bundled ones, those that configurations name, the one of `--template`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::failure::Failure;
use crate::discover::{Files, Located, shown};
use crate::review::Templates;
use crate::rules;
use crate::settings::Set;
use crate::template::{self, Template};

/// Reads the user's templates and finds out which one `--template` means.
///
/// # Errors
/// When a template cannot be read or is wrong, two files define one id, or `--template` names none.
pub(crate) fn load(
    files: &dyn Files,
    configs: &[Arc<Located>],
    flag: Option<Set<String>>,
) -> Result<(Templates, Option<Set<String>>), Failure> {
    let mut user: BTreeMap<String, (PathBuf, Template)> = BTreeMap::new();
    for located in configs {
        for path in &located.config.templates {
            let path = located.template(path, files)?;
            let template = read(files, &path)?;
            if let Some((other, _)) = user.get(&template.id)
                && *other != path
            {
                let what = format!(
                    "two templates have the id `{}`, {} and {}",
                    template.id,
                    shown(other),
                    shown(&path)
                );
                return Err(Failure::new(what, "give one of them another id"));
            }
            user.insert(template.id.clone(), (path, template));
        }
    }
    let file = flag.as_ref().filter(|set| is_path(&set.value));
    let mut flag_id = flag.clone();
    if let Some(set) = file {
        let path = PathBuf::from(&set.value);
        let template = read(files, &path)?;
        flag_id = Some(Set { value: template.id.clone(), origin: set.origin });
        // What the command line names wins over a configuration's template of the same id.
        user.insert(template.id.clone(), (path, template));
    }
    let templates = Templates::new(user.into_values().map(|(_, template)| template).collect());
    if let Some(set) = &flag_id {
        known("template", &set.value, templates.ids().iter().map(String::as_str), "--template")?;
    }
    Ok((templates, flag_id))
}

/// An id has no separator and no ending.
fn is_path(value: &str) -> bool {
    value.contains(['/', '\\']) || value.ends_with(".yaml") || value.ends_with(".yml")
}

fn read(files: &dyn Files, path: &Path) -> Result<Template, Failure> {
    let bytes = files.read(path)?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let what = format!("not UTF-8: byte {}, {}", error.utf8_error().valid_up_to(), shown(path));
        Failure::new(what, "save the template as UTF-8")
    })?;
    template::from_yaml(&text).map_err(|error| {
        let place = error.at.map(|(line, column)| format!(":{line}:{column}")).unwrap_or_default();
        let help = "`gtr templates schema` and docs/templates.md describe the keys of a template";
        Failure::new(format!("{}, {}{place}", error.message, shown(path)), help)
    })
}

/// Holds names in configurations and flags against the templates that are there.
///
/// # Errors
/// When a level, template or item does not exist.
pub(crate) fn check_names(
    templates: &Templates,
    configs: &[Arc<Located>],
    level: Option<&str>,
    template: Option<&str>,
) -> Result<(), Failure> {
    // Reading templates costs time, so only when there is a name to check.
    let used = level.is_some()
        || configs.iter().any(|located| {
            let config = &located.config;
            config.level_names().chain(config.template_ids()).chain(config.item_ids()).next().is_some()
        });
    if !used {
        return Ok(());
    }
    let ids = templates.ids();
    let all: Vec<_> = ids.iter().filter_map(|id| templates.get(id)).collect();
    if let Some(name) = level {
        let fits: Vec<_> =
            all.iter().filter(|one| template.is_none_or(|template| one.template.id == template)).collect();
        if !fits.iter().any(|one| one.template.level(name).is_some()) {
            let names = fits.iter().flat_map(|one| one.template.levels.iter().map(String::as_str));
            known("level", name, names, "--level")?;
        }
    }
    for located in configs {
        let (config, place) = (&located.config, located.config.path.as_str());
        for name in config.template_ids() {
            known("template", name, ids.iter().map(String::as_str), place)?;
        }
        for name in
            config.level_names().filter(|name| all.iter().all(|one| one.template.level(name).is_none()))
        {
            known(
                "level",
                name,
                all.iter().flat_map(|one| one.template.levels.iter().map(String::as_str)),
                place,
            )?;
        }
        for id in config.item_ids() {
            let items = all.iter().flat_map(|one| one.template.items.iter().map(|item| item.id.as_str()));
            known("item", id, items, place)?;
        }
    }
    Ok(())
}

/// Fails with a suggestion when a name is none of those known. Without any known name nothing can be said.
fn known<'a>(
    what: &str,
    name: &str,
    names: impl Iterator<Item = &'a str> + Clone,
    place: &str,
) -> Result<(), Failure> {
    let mut any = names.clone().peekable();
    if any.peek().is_none() || any.any(|known| known == name) {
        return Ok(());
    }
    let help = rules::nearest(name, names.clone()).map_or_else(
        || match what {
            "item" => "`gtr templates show ID` lists the items".to_string(),
            _ => format!("known: {}", names.collect::<Vec<_>>().join(", ")),
        },
        |near| format!("did you mean `{near}`?"),
    );
    Err(Failure::new(format!("unknown {what} `{name}`, {place}"), help))
}
