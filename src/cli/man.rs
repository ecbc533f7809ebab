//! `gtr man`.

use std::io::{self, Write};
use std::path::PathBuf;

use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};

use super::console::Console;
use super::failure::Failure;
use super::write;

const AFTER_HELP: &str = "\
Examples:
  gtr man | man -l -                  read the page
  gtr man --directory man/man1        write it and a page for each command";

/// Print the manual page, or write all pages to a directory.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// Write gtr.1, gtr-lint.1, gtr-report.1 and so on to this directory, which must be there.
    #[arg(long, value_name = "PATH")]
    directory: Option<PathBuf>,
}

/// Runs the command for a command line.
///
/// # Errors
/// When the pages cannot be written.
pub(super) fn run(args: &Args, cli: clap::Command, console: &mut Console) -> Result<(), Failure> {
    let cli = cli.disable_help_subcommand(true);
    let Some(directory) = &args.directory else {
        return Ok(console.out.write_all(&page(cli)?)?);
    };
    let pages = pages(cli)?;
    for (name, text) in &pages {
        write::replace(&directory.join(name), text)?;
    }
    Ok(console.note(&format!("wrote {} pages to {}", pages.len(), directory.display()))?)
}

/// File names and texts of all pages: the program's and one for each command. `gtr-lint.1` is that of `gtr lint`,
/// which is also what somebody looks for who has the program under the name gtr-lint.
fn pages(mut cli: clap::Command) -> io::Result<Vec<(String, Vec<u8>)>> {
    // clap names the commands `gtr-templates-list` when it builds the tree.
    cli.build();
    let mut pages = Vec::new();
    let mut open = vec![cli];
    while let Some(command) = open.pop() {
        open.extend(command.get_subcommands().filter(|command| !command.is_hide_set()).cloned());
        let name = command.get_display_name().unwrap_or_else(|| command.get_name());
        pages.push((format!("{name}.1"), page(command)?));
    }
    pages.sort();
    Ok(pages)
}

fn page(command: clap::Command) -> io::Result<Vec<u8>> {
    let notes = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let commands = command.has_subcommands();
    let page = Man::new(command).source(concat!("gtr ", env!("CARGO_PKG_VERSION"))).manual("gtr manual");
    let mut text = Vec::new();
    page.render_title(&mut text)?;
    page.render_name_section(&mut text)?;
    page.render_synopsis_section(&mut text)?;
    page.render_description_section(&mut text)?;
    page.render_options_section(&mut text)?;
    if commands {
        page.render_subcommands_section(&mut text)?;
    }
    write_notes(&notes, &mut text)?;
    Ok(text)
}

/// What stands below the help, line by line as it is there: examples and tables must not be filled.
fn write_notes(notes: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut open = String::new();
    for block in notes.split("\n\n").filter(|block| !block.is_empty()) {
        let named = block.split_once('\n').filter(|(first, _)| first.ends_with(':') && first.len() < 16);
        let (title, lines) = named.unwrap_or(("Notes", block));
        let title = title.trim_end_matches(':').to_uppercase();
        let mut roff = Roff::new();
        if title == open {
            roff.control("PP", []);
        } else {
            roff.control("SH", [title.as_str()]);
        }
        roff.control("nf", []);
        for line in lines.lines() {
            roff.text(vec![roman(line)]);
        }
        roff.control("fi", []);
        roff.to_writer(out)?;
        open = title;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::cli::Cli;

    #[test]
    fn every_command_has_a_page() {
        let pages = pages(Cli::command()).unwrap();
        let names: Vec<&str> = pages.iter().map(|(name, _)| name.as_str()).collect();
        for name in ["gtr.1", "gtr-lint.1", "gtr-report.1", "gtr-templates-list.1", "gtr-config-init.1"] {
            assert!(names.contains(&name), "{name}: {names:?}");
        }
        for (name, text) in &pages {
            let text = String::from_utf8_lossy(text);
            assert!(text.contains("\n.TH ") && text.contains("\n.SH SYNOPSIS"), "{name}");
        }
    }

    /// The same text on every machine: no terminal's width and no variable's value.
    #[test]
    fn the_program_s_page_names_its_commands_and_exit_codes() {
        let text = String::from_utf8(page(Cli::command()).unwrap()).unwrap();
        for word in ["gtr\\-lint(1)", "gtr\\-explain(1)", ".SH \"EXIT CODES\"", "\n.nf\n", "GTR_COLOR"] {
            assert!(text.contains(word), "{word}: {text}");
        }
    }
}
