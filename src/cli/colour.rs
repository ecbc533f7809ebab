//! Whether colours and links may be written.

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum ColourChoice {
    /// On a terminal that can show it.
    Auto,
    /// Also into files and pipes.
    Always,
    /// Not at all.
    Never,
}

/// What the terminal can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Look {
    /// Escape sequences for colour and weight.
    pub(super) colour: bool,
    /// Links behind text (OSC 8).
    pub(super) hyperlinks: bool,
    /// Columns.
    pub(super) width: usize,
}

/// Decides from the flag, the environment and whether standard output is a terminal.
pub(super) fn look(choice: ColourChoice, terminal: bool) -> Look {
    decide(choice, terminal, |name| std::env::var(name).ok().filter(|value| !value.is_empty()))
}

/// <https://no-color.org> and <https://bixense.com/clicolors>: the flag over NO_COLOR over CLICOLOR_FORCE over the
/// terminal.
fn decide(choice: ColourChoice, terminal: bool, variable: impl Fn(&str) -> Option<String>) -> Look {
    let forced = variable("CLICOLOR_FORCE").is_some_and(|value| value != "0");
    let dumb = variable("TERM").is_some_and(|term| term == "dumb");
    let colour = match choice {
        ColourChoice::Always => true,
        ColourChoice::Never => false,
        ColourChoice::Auto => {
            variable("NO_COLOR").is_none()
                && (forced || terminal && !dumb && variable("CLICOLOR").is_none_or(|value| value != "0"))
        }
    };
    // Terminals do not say that they know links; these are known to.
    let links = ["VTE_VERSION", "WT_SESSION", "KITTY_WINDOW_ID"].iter().any(|name| variable(name).is_some())
        || variable("TERM_PROGRAM")
            .is_some_and(|name| matches!(name.as_str(), "iTerm.app" | "WezTerm" | "vscode" | "ghostty"));
    let width = variable("COLUMNS").and_then(|columns| columns.parse().ok()).unwrap_or(80);
    Look { colour, hyperlinks: colour && terminal && links, width }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(choice: ColourChoice, terminal: bool, variables: &[(&str, &str)]) -> bool {
        let variable = |name: &str| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_string())
        };
        decide(choice, terminal, variable).colour
    }

    #[test]
    fn the_flag_wins_then_no_color_then_force_then_the_terminal() {
        use ColourChoice::{Always, Auto, Never};
        assert!(colour(Always, false, &[("NO_COLOR", "1")]));
        assert!(!colour(Never, true, &[("CLICOLOR_FORCE", "1")]));
        assert!(!colour(Auto, true, &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")]));
        assert!(colour(Auto, false, &[("CLICOLOR_FORCE", "1"), ("TERM", "dumb")]));
        assert!(!colour(Auto, false, &[("CLICOLOR_FORCE", "0")]));
        assert!(colour(Auto, true, &[("TERM", "xterm")]));
        assert!(!colour(Auto, true, &[("TERM", "dumb")]));
    }
}
