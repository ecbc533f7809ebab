//! `gtr completions`.

use std::io::{self, Write};

use clap_complete::Shell;

const AFTER_HELP: &str = "\
Examples:
  gtr completions bash > ~/.local/share/bash-completion/completions/gtr
  gtr completions zsh > \"${fpath[1]}/_gtr\"
  gtr completions fish > ~/.config/fish/completions/gtr.fish
  gtr completions powershell >> $PROFILE";

/// Print a script that completes commands and options in a shell, for both names of the program.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// The shell.
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

/// Runs the command for a command line.
pub(super) fn run(args: &Args, mut cli: clap::Command, out: &mut dyn Write) -> io::Result<()> {
    // clap_complete panics when it cannot write, and a reader may go away: it writes to memory.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut cli, "gtr", &mut script);
    out.write_all(both_names(args.shell, &String::from_utf8_lossy(&script)).as_bytes())
}

/// Makes the script of `gtr` that of `gtr-lint` too: the one that is generated for a name with a hyphen offers
/// nothing in bash, and so people need a single file.
fn both_names(shell: Shell, script: &str) -> String {
    match shell {
        Shell::Bash => format!("{script}complete -F _gtr -o bashdefault -o default gtr-lint\n"),
        Shell::Fish => format!("{script}complete -c gtr-lint -w gtr\n"),
        Shell::Elvish => format!(
            "{script}set edit:completion:arg-completer[gtr-lint] = $edit:completion:arg-completer[gtr]\n"
        ),
        Shell::PowerShell => script.replace("-CommandName 'gtr'", "-CommandName 'gtr', 'gtr-lint'"),
        Shell::Zsh => script
            .replacen("#compdef gtr\n", "#compdef gtr gtr-lint\n", 1)
            .replace("compdef _gtr gtr\n", "compdef _gtr gtr gtr-lint\n"),
        _ => script.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, ValueEnum};

    use super::*;
    use crate::cli::Cli;

    #[test]
    fn every_shell_gets_every_command_under_both_names() {
        for shell in Shell::value_variants() {
            let mut out = Vec::new();
            run(&Args { shell: *shell }, Cli::command(), &mut out).unwrap();
            let script = String::from_utf8(out).unwrap();
            for word in ["report", "explain", "templates", "completions", "fail-on", "gtr-lint"] {
                assert!(script.contains(word), "{shell}: {word}");
            }
        }
    }
}
