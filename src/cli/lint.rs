//! `gtr lint`.

use std::io::ErrorKind;
use std::path::PathBuf;

use super::check::{self, Keep, Run};
use super::console::Console;
use super::failure::Failure;
use super::fix::{self, Fixes};
use super::gates::GateOptions;
use super::options::CheckOptions;
use super::output::{self, LinkOptions, LintFormat};
use super::write;
use crate::diagnostic::Severity;
use crate::rules;

const AFTER_HELP: &str = "\
Examples:
  gtr lint                                    every document below this directory
  gtr lint projects/*/tech-review/*.md        some of them
  gtr lint --level incubation review.md       what incubation asks for
  gtr lint --fail-on warning --rule edited-question=off review.md
  gtr lint --diff review.md                   what the fixes that change no answer would change
  gtr lint --fix --unsafe-fixes review.md     add missing questions where they belong, too
  gtr lint --format json --output concise=findings.txt review.md
  gtr lint --format github --output sarif=gtr.sarif --output markdown=$GITHUB_STEP_SUMMARY projects/
  gtr lint --output junit=junit_gtr.xml --output gitlab=gl-code-quality-report.json projects/
  gtr lint keps/sig-node/1234-faster-pods     one KEP: README.md, kep.yaml and approval
  cat review.md | gtr lint - --stdin-filename review.md
  gtr lint --changed                          what a pull request, or your branch, changes
  gtr lint --baseline known.json              what is not known already (--write-baseline: know it)

A finding is silenced in the document itself, with the reason:
  <!-- gtr-ignore RULE: reason -->            on the line before it
  <!-- gtr-ignore-file RULE: reason -->       in the whole file
  # gtr-ignore RULE: reason                   the same in kep.yaml and approval files

A KEP is one unit: its README.md is read with the kep.yaml beside it and, in a checkout of
kubernetes/enhancements, with its approval; findings name the file that they are in.

Configuration is read from the nearest gtr.yaml above each file (`gtr config init` writes one); flags win over
GTR_TEMPLATE, GTR_LEVEL, GTR_CONFIG, GTR_FORMAT, GTR_LINK_BASE, GTR_COLOR, GTR_TODAY and GTR_MAX_SIZE, and these over
gtr.yaml.";

/// Check documents and print what is wrong.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    #[command(flatten)]
    pub(super) check: CheckOptions,

    /// How findings are printed.
    #[arg(short, long, value_name = "NAME", default_value = output::default_lint(), env = "GTR_FORMAT", hide_env_values = true, value_parser = output::lint_parser())]
    format: LintFormat,

    /// Also write the findings to a file in another format. Repeatable.
    #[arg(long = "output", value_name = "NAME=PATH")]
    outputs: Vec<String>,

    #[command(flatten)]
    links: LinkOptions,

    /// Write fixes that change no answer and no meaning, and print what is left.
    #[arg(long, conflicts_with = "changed_lines", help_heading = "Fixes")]
    fix: bool,

    /// Print what --fix would change as a unified diff and write nothing; exit with 1 if it would change anything.
    #[arg(long, conflicts_with_all = ["fix", "changed_lines"], help_heading = "Fixes")]
    diff: bool,

    /// Also the fixes that leave something to do, such as adding a missing question; with --fix or --diff.
    #[arg(long, help_heading = "Fixes")]
    unsafe_fixes: bool,

    /// The mildest severity that makes the exit code 1.
    #[arg(long, value_name = "SEVERITY", default_value = "error")]
    fail_on: FailOn,

    #[command(flatten)]
    gates: GateOptions,
}

impl Args {
    /// Which fixes to apply, if any.
    fn fixes(&self) -> Result<Option<Fixes>, Failure> {
        if !self.fix && !self.diff {
            let help = "add --fix to write them, or --diff to see them";
            return if self.unsafe_fixes {
                Err(Failure::new("--unsafe-fixes without --fix or --diff", help))
            } else {
                Ok(None)
            };
        }
        let stdin = self.check.paths.iter().any(|path| path.as_os_str() == "-");
        if self.fix && stdin {
            return Err(Failure::new(
                "standard input cannot be fixed in place, --fix",
                "use --diff, or name a file",
            ));
        }
        Ok(Some(if self.unsafe_fixes { Fixes::All } else { Fixes::Safe }))
    }
}

/// Which findings make a run fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum FailOn {
    Error,
    Warning,
    Note,
    Never,
}

impl FailOn {
    fn least(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Note => Some(Severity::Note),
            Self::Never => None,
        }
    }
}

/// Runs the command; gives the exit code.
pub(super) fn run(args: &Args, console: &mut Console) -> Result<u8, Failure> {
    let outputs = args.outputs.iter().map(|text| parse_output(text)).collect::<Result<Vec<_>, _>>()?;
    for (at, (_, path)) in outputs.iter().enumerate() {
        if outputs[..at].iter().any(|(_, other)| other == path) {
            let what = format!("two outputs go to {}, --output", path.display());
            return Err(Failure::new(what, "give each a file of its own"));
        }
    }
    let changes = args.gates.changes(&args.check)?;
    let fixes = args.fixes()?;
    let reads =
        outputs.iter().map(|(format, _)| *format).chain([args.format]).any(LintFormat::reads_documents);
    let keep = if reads || fixes.is_some() || changes.is_some() { Keep::Document } else { Keep::Findings };
    let mut run = check::run(&args.check, fixes, changes.as_ref(), keep, console)?;
    if args.diff {
        let any = fix::print_diff(&run, console)?;
        return Ok(if stopped(&run, args.check.strict) { 2 } else { u8::from(any) });
    }
    if args.fix {
        fix::write_all(&run, console)?;
    }
    args.gates.apply(&mut run, changes.as_ref(), console)?;
    for (format, path) in &outputs {
        let mut content = Vec::new();
        output::lint_to_file(*format, &run, &args.links, console.quiet, &mut content)?;
        write::replace(path, &content)?;
    }
    match output::lint(args.format, &run, &args.links, console) {
        // A reader that went away (`| head`) changes nothing about what was found.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => {}
        result => result?,
    }
    let severities = run.looked.iter().flat_map(|one| &one.diagnostics).map(|one| one.severity);
    // A change of something else is no mistake in the paths.
    let strict = args.check.strict && changes.is_none();
    let code = code(severities.max(), args.fail_on, stopped(&run, strict));
    // the process ends here, and its memory with it
    std::mem::forget(run);
    Ok(code)
}

/// Whether a run could not do what it was asked to.
pub(super) fn stopped(run: &Run, strict: bool) -> bool {
    run.unreadable || strict && run.recognised() == 0
}

/// The exit code: what could not be done weighs more than what was found.
fn code(worst: Option<Severity>, fail_on: FailOn, stopped: bool) -> u8 {
    let fails = fail_on.least().is_some_and(|least| worst.is_some_and(|worst| worst >= least));
    if stopped { 2 } else { u8::from(fails) }
}

/// `NAME=PATH` of `--output`.
fn parse_output(text: &str) -> Result<(LintFormat, PathBuf), Failure> {
    let Some((name, path)) = text.split_once('=').filter(|(_, path)| !path.is_empty()) else {
        return Err(Failure::new(
            format!("`{text}` names no file, --output"),
            "write NAME=PATH: json=findings.json",
        ));
    };
    let Some(format) = LintFormat::find(name) else {
        let names = LintFormat::ALL.iter().map(|format| format.name());
        let help = rules::nearest(name, names.clone()).map_or_else(
            || format!("known: {}", names.collect::<Vec<_>>().join(", ")),
            |name| format!("did you mean `{name}`?"),
        );
        return Err(Failure::new(format!("unknown format `{name}`, --output"), help));
    };
    Ok((format, PathBuf::from(path)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exit_codes_follow_the_worst_finding_and_what_could_not_be_read() {
        use Severity::{Error, Note, Warning};
        for (worst, fail_on, stopped, expected) in [
            (None, FailOn::Note, false, 0),
            (Some(Error), FailOn::Error, false, 1),
            (Some(Warning), FailOn::Error, false, 0),
            (Some(Warning), FailOn::Warning, false, 1),
            (Some(Error), FailOn::Note, false, 1),
            (Some(Note), FailOn::Warning, false, 0),
            (Some(Error), FailOn::Never, false, 0),
            (Some(Error), FailOn::Error, true, 2),
            (None, FailOn::Never, true, 2),
        ] {
            assert_eq!(code(worst, fail_on, stopped), expected, "{worst:?} {fail_on:?} {stopped}");
        }
    }

    #[test]
    fn an_output_names_a_known_format_and_a_file() {
        assert_eq!(parse_output("json=a=b.json").unwrap().1, PathBuf::from("a=b.json"));
        for wrong in ["json", "json=", "jsn=a", "=a"] {
            assert!(parse_output(wrong).is_err(), "{wrong}");
        }
    }
}
