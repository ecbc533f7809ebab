//! What `gtr config init` writes.

/// A configuration that changes nothing: every key with an example behind `# `.
pub const STARTER: &str = "\
# Configuration of gtr. Every key is optional; `gtr config show PATH` prints what counts for a file.
# Patterns are relative to this file, and the first one that matches counts. One without a `/` matches in every
# directory; `*` stays inside a directory and `**` does not.

# The level that documents aim at, when their title does not say it or says it wrong.
# level:
#   \"projects/*/tech-review/*.md\": incubation

# The template that documents answer, for those that are not recognised.
# template:
#   \"reviews/*.md\": gtr

# error, warning, note or off. `gtr rules` lists the names, `gtr explain RULE` says what one is about.
# rules:
#   unused-suppression: error

# More words that mark an answer as still to be written.
# placeholders:
#   - to be confirmed

# Items or sections, by id, that are required from another level on than the template says.
# required:
#   day2: graduation

# Files and directories that a walk leaves out.
# exclude:
#   - archive/

# Templates of your own, relative to this file.
# templates:
#   - templates/my-review.yaml

# Documents larger than this are refused.
# max-size: 64M
";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn the_starter_reads_as_it_is_and_with_its_examples() {
        Config::parse(STARTER, "gtr.yaml").unwrap();
        let examples: String = STARTER
            .split("\n\n")
            .skip(1)
            .flat_map(str::lines)
            .filter_map(|line| line.strip_prefix("# "))
            .filter(|line| {
                line.starts_with("  ")
                    || line.ends_with(':') && !line.contains(' ')
                    || line.starts_with("max-size:")
            })
            .map(|line| format!("{line}\n"))
            .collect();
        let config =
            Config::parse(&examples, "gtr.yaml").unwrap_or_else(|error| panic!("{error}\n{examples}"));
        assert!(config.excludes("archive/a.md"));
        assert_eq!(config.templates.len(), 1);
        assert_eq!(config.level_names().collect::<Vec<_>>(), ["incubation", "graduation"]);
    }
}
