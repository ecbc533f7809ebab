//! Turns `templates/*.yaml` into JSON and a table of what is bundled, so that nothing is parsed at start-up
//! and reading a template needs no YAML parser.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

#[path = "src/template/spellings.rs"]
mod spellings;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/template/spellings.rs");
    println!("cargo::rerun-if-changed=templates");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let mut files = Vec::new();
    for entry in fs::read_dir("templates").map_err(|error| format!("templates: {error}"))? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "yaml") {
            files.push(path);
        }
    }
    files.sort();
    let mut table = String::from("&[\n");
    for path in &files {
        println!("cargo::rerun-if-changed={}", path.display());
        table += &bundle(path, &out).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    table += "]\n";
    fs::write(out.join("bundled.rs"), table)?;
    Ok(())
}

/// Writes one template as JSON and gives its line of the table. What the template says is checked by
/// `src/template/load.rs` (in the tests), not here.
fn bundle(path: &Path, out: &Path) -> Result<String, Box<dyn Error>> {
    // YAML's own value type refuses duplicate keys, which JSON's would swallow.
    let yaml: serde_yaml::Value = serde_yaml::from_str(&fs::read_to_string(path)?)?;
    let mut json = serde_json::to_value(&yaml)?;
    let mut texts = String::new();
    join(&mut json["items"], &mut texts);
    let id = json["id"].as_str().ok_or("`id` is missing")?;
    if path.file_stem().and_then(|stem| stem.to_str()) != Some(id) {
        return Err(format!("its id is `{id}`; the file must be named {id}.yaml").into());
    }
    let anchors = json["recognition"]["anchors"].as_array().ok_or("`recognition.anchors` is missing")?;
    let mut line = format!("    Bundled {{\n        id: {id:?},\n        spellings: &[");
    for anchor in anchors {
        for spelling in spellings::spellings(anchor.as_str().ok_or("an anchor is no text")?) {
            write!(line, "{spelling:?}, ")?;
        }
    }
    line += "],\n        paths: &[";
    for path in json["recognition"]["paths"].as_array().into_iter().flatten() {
        write!(line, "{:?}, ", path.as_str().ok_or("a path is no text")?)?;
    }
    line += "],\n";
    for (field, ending, text) in [("json", "json", serde_json::to_string(&json)?), ("texts", "txt", texts)] {
        let file = format!("/{id}.{ending}");
        writeln!(line, "        {field}: include_str!(concat!(env!(\"OUT_DIR\"), {file:?})),")?;
        fs::write(out.join(format!("{id}.{ending}")), text)?;
    }
    line += "    },\n";
    Ok(line)
}

/// Takes each item's aliases and keywords out and says where they are in `all`, joined as `src/template/texts.rs` keeps
/// them.
fn join(items: &mut serde_json::Value, all: &mut String) {
    for item in items.as_array_mut().into_iter().flatten() {
        for key in ["aliases", "keywords"] {
            let Some(texts) = item.get(key).and_then(|list| list.as_array()) else { continue };
            let texts: Option<Vec<&str>> = texts.iter().map(|text| text.as_str()).collect();
            // what is no list of single lines is read as it is, and refused or not
            if let Some(texts) =
                texts.filter(|texts| !texts.iter().any(|text| text.contains(['\n', '\u{7f}'])))
            {
                let from = all.len();
                all.extend(texts.iter().flat_map(|text| [text.trim(), "\u{7f}"]));
                item[key] = serde_json::json!({ "from": from, "to": all.len() });
            }
        }
        if let Some(inner) = item.get_mut("items") {
            join(inner, all);
        }
    }
}
