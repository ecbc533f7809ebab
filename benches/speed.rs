//! How long a check takes: `cargo bench`. Figures and how to read them: docs/benchmarks.md.
//!
//! Documents are those of `../shared/corpus/gtr/docs`, else the fixtures. Times are of one thread: on Linux the
//! processor time that the kernel counted, elsewhere the clock. Each figure is the fastest of several samples, because
//! whatever else runs on the machine only ever adds.
#![allow(clippy::print_stdout, reason = "a benchmark prints what it measured")]
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot go on may panic")]

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use gtr_lint::input::Input;
use gtr_lint::report::{self, FileReport, Format, ReportFormat};
use gtr_lint::review::Templates;
use gtr_lint::settings::Settings;
use gtr_lint::source::Source;
use gtr_lint::{Checked, check};
use pulldown_cmark::{Options, Parser};

/// Samples of each measurement.
const SAMPLES: usize = 5;
/// How long a sample takes at least: the kernel counts processor time in steps of some milliseconds.
const SAMPLE: Duration = Duration::from_millis(300);
/// Starts of the program.
const STARTS: usize = 60;

fn main() {
    let paths = documents();
    let bytes: u64 = paths.iter().map(|path| fs::metadata(path).unwrap().len()).sum();
    println!("{} documents, {} KiB, fastest of {SAMPLES} samples", paths.len(), bytes / 1024);
    let templates = Templates::default();
    let floor = measure("read and parse markdown alone", None, || floor(&paths));
    measure("check", Some(floor), || drop(black_box(checked(&paths, &templates))));
    measure("lint, pretty", Some(floor), || lint(&paths, &templates, Format::Pretty));
    measure("lint, json", Some(floor), || lint(&paths, &templates, Format::Json));
    measure("report, text", Some(floor), || review(&paths, &templates, ReportFormat::Text));
    measure("report, json", Some(floor), || review(&paths, &templates, ReportFormat::Json));
    measure("load the templates", None, || drop(black_box(load())));
    start_up();
}

fn documents() -> Vec<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let corpus = here.join("../shared/corpus/gtr/docs");
    let mut paths = Vec::new();
    if let Ok(entries) = fs::read_dir(corpus) {
        paths.extend(entries.map(|entry| entry.unwrap().path()));
    } else {
        let cases = fs::read_dir(here.join("fixtures/gtr")).unwrap();
        paths.extend(cases.map(|case| case.unwrap().path().join("review.md")).filter(|path| path.is_file()));
    }
    paths.sort();
    paths
}

/// What any program that reads these documents must do, with the options of `src/document/parse.rs`.
fn floor(paths: &[PathBuf]) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM;
    for path in paths {
        let text = fs::read_to_string(path).unwrap();
        for event in Parser::new_ext(&text, options).into_offset_iter() {
            black_box(event);
        }
    }
}

fn checked(paths: &[PathBuf], templates: &Templates) -> Vec<(Source, Checked)> {
    let settings = Settings::default();
    let one = |path: &PathBuf| {
        let source = Source::from_bytes(path.display().to_string(), fs::read(path).unwrap()).unwrap();
        let checked = check(&Input::alone(source.clone()), &settings, templates);
        (source, checked)
    };
    paths.iter().map(one).collect()
}

fn reports(checked: &[(Source, Checked)]) -> Vec<FileReport<'_>> {
    let one = |pair| {
        let (source, checked): &(Source, Checked) = pair;
        FileReport {
            sources: vec![source],
            kep: None,
            review: checked.review.as_ref(),
            diagnostics: &checked.diagnostics,
            suppressed: &checked.suppressed,
            baselined: &[],
            before: None,
        }
    };
    checked.iter().map(one).collect()
}

fn lint(paths: &[PathBuf], templates: &Templates, format: Format) {
    let checked = checked(paths, templates);
    let mut out = Vec::new();
    report::write_lint(format, &reports(&checked), &report::Options::default(), &mut out).unwrap();
    black_box(out);
}

fn review(paths: &[PathBuf], templates: &Templates, format: ReportFormat) {
    let checked = checked(paths, templates);
    let mut out = Vec::new();
    report::write_report(format, &reports(&checked), &report::Options::default(), &mut out).unwrap();
    black_box(out);
}

/// Templates load when they are first asked for.
fn load() -> Templates {
    let templates = Templates::default();
    for id in templates.ids() {
        black_box(templates.get(&id));
    }
    templates
}

fn measure(what: &str, floor: Option<Duration>, run: impl Fn()) -> Duration {
    let best = (0..SAMPLES).map(|_| time(&run)).min().unwrap();
    let times = floor.map_or_else(String::new, |floor| {
        format!("  {:.1} times the parser", best.as_secs_f64() / floor.as_secs_f64())
    });
    println!("{what:32} {:>9.2} ms{times}", best.as_secs_f64() * 1000.0);
    best
}

fn time(run: &impl Fn()) -> Duration {
    let (clock, processor) = (Instant::now(), processor_time());
    let mut runs = 0;
    while runs == 0 || clock.elapsed() < SAMPLE {
        run();
        runs += 1;
    }
    let total = match (processor, processor_time()) {
        (Some(before), Some(after)) => after - before,
        _ => clock.elapsed(),
    };
    total / runs
}

/// Time this thread was on a processor; Linux alone says so without a system call of its own.
fn processor_time() -> Option<Duration> {
    let text = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(Duration::from_nanos(text.split_whitespace().next()?.parse().ok()?))
}

/// The program on a file of three lines: by the clock, since that is what a person or an editor waits for.
fn start_up() {
    let file = std::env::temp_dir().join(format!("gtr-bench-{}.md", std::process::id()));
    fs::write(&file, "# General Technical Review - Tidemark / Sandbox\n\n## Day 0\n").unwrap();
    for (what, arguments) in
        [("start the program: --version", vec!["--version"]), ("start the program: lint", vec!["lint"])]
    {
        let run = || {
            let mut program = Command::new(env!("CARGO_BIN_EXE_gtr"));
            program.args(&arguments).stdout(Stdio::null()).stderr(Stdio::null());
            if arguments[0] == "lint" {
                program.arg(&file);
            }
            let clock = Instant::now();
            program.status().unwrap();
            clock.elapsed()
        };
        let best = (0..STARTS).map(|_| run()).min().unwrap();
        println!("{what:32} {:>9.2} ms", best.as_secs_f64() * 1000.0);
    }
    let _ = fs::remove_file(file);
}
