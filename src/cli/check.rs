//! From paths to checked documents: what `lint` and `report` share.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use rayon::prelude::*;

use super::console::Console;
use super::detection;
use super::failure::Failure;
use super::fix::{self, Fixes, Fixing};
use super::kep_notes::{self, Known};
use super::options::CheckOptions;
use super::templates_used;
use crate::config;
use crate::diagnostic::Diagnostic;
use crate::discover::{
    self, Candidate, Changes, Configurations, Disk, Files, Listed, Located, ReadError, Roots,
};
use crate::document::Document;
use crate::input::Input;
use crate::metadata;
use crate::review::{Companions, KepLevel, Review, Templates};
use crate::settings::Settings;
use crate::source::{FileId, Source, Span};

/// Unrecognised files that a note names one by one.
const NAMED: usize = 3;

/// What is kept of a file that was looked at.
pub(super) struct Looked {
    /// Where it was read.
    pub(super) path: PathBuf,
    /// The document and then its companions. Of a file that is no document only the name is kept, not the text,
    /// so that a whole tree needs no more memory than its documents.
    pub(super) sources: Vec<Source>,
    /// The bound review; `None` when it is no document.
    pub(super) review: Option<Review>,
    /// The level of a KEP whose metadata was checked without a bound document.
    pub(super) kep: Option<KepLevel>,
    /// Findings, sorted.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Findings that a comment silences.
    pub(super) suppressed: Vec<Diagnostic>,
    /// Findings that the baseline knows.
    pub(super) baselined: Vec<Diagnostic>,
    /// What was known around it.
    pub(super) known: Known,
    /// How it was checked.
    pub(super) settings: Settings,
    /// What fixes did to it.
    pub(super) fixing: Fixing,
    /// Why it was taken for what it is, if that was asked for.
    pub(super) detection: Option<String>,
    explicit: bool,
}

/// What is kept of a document once it is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keep {
    /// All of it.
    Document,
    /// What its findings need: a tree of documents is many times as large as what is said of it.
    Findings,
}

impl Looked {
    /// Lets go of the document's tree and metadata, of where its answers stand, and of the text where nothing is
    /// said of it.
    fn forget(&mut self) {
        let told: Vec<(FileId, Span)> =
            self.diagnostics.iter().chain(&self.suppressed).flat_map(Diagnostic::places).collect();
        for (number, source) in self.sources.iter_mut().enumerate() {
            let mut of = told.iter().filter(|(file, _)| file.0 as usize == number).peekable();
            *source = match of.peek() {
                Some(_) => source.excerpt(of.map(|(_, span)| *span)),
                None => Source::new(source.path(), ""),
            };
        }
        if let Some(review) = &mut self.review {
            review.document = Arc::new(Document::parse(&Source::new(review.source().path(), "")));
            review.companions = Companions::default();
            review.leftovers = Vec::new();
            for item in &mut review.items {
                item.answer = Vec::new();
            }
        }
    }

    /// Whether it is something that gtr checks: a document, or the metadata of a KEP.
    pub(super) fn is_recognised(&self) -> bool {
        self.review.is_some() || self.kep.is_some()
    }

    /// Whether it is a metadata file that was named without its document.
    pub(super) fn is_metadata_alone(&self) -> bool {
        self.explicit
            && self.review.is_none()
            && self.kep.is_some()
            && self.sources[0].path().ends_with(".yaml")
    }
}

/// A run over all paths.
pub(super) struct Run {
    /// In a stable order: that of the arguments, then by path.
    pub(super) looked: Vec<Looked>,
    /// Something could not be read; it was said on standard error.
    pub(super) unreadable: bool,
    /// What a baseline knows was set apart.
    pub(super) has_baseline: bool,
    /// What documents were checked against.
    pub(super) templates: Templates,
}

impl Run {
    /// How many documents there are, metadata that was checked without one included.
    pub(super) fn recognised(&self) -> usize {
        self.looked.iter().filter(|one| one.is_recognised()).count()
    }
}

/// One thing to check and how.
struct Task {
    candidate: Candidate,
    stdin: bool,
    settings: Settings,
}

/// What came of a task, and what of it could not be read.
type Outcome = (Option<Looked>, Vec<ReadError>);

/// Finds, reads and checks; with `changes`, only what changed; keeps what is asked for of each. Errors of single files go to standard error and do
/// not stop the others.
///
/// # Errors
/// When arguments or a configuration are wrong.
pub(super) fn run(
    options: &CheckOptions,
    fixes: Option<Fixes>,
    changes: Option<&Changes>,
    keep: Keep,
    console: &mut Console,
) -> Result<Run, Failure> {
    let begin = Instant::now();
    let files: Arc<dyn Files> = Arc::new(Listed::new(Disk { max_size: options.max_size() }));
    let roots = Roots::new(Arc::clone(&files)).with_aliases(metadata::owners_aliases);
    let (mut found, problems) = find(options, &roots, console)?;
    if let Some(changes) = changes {
        found.retain(|(candidate, _)| changes.concern(candidate, &*files, &roots));
    }
    let located = locate(options, &found, &*files, &roots)?;
    let configs = distinct(&located);
    for config in &configs {
        console.detail(&format!("configuration {}", config.config.path))?;
    }
    let (templates, template) = templates_used::load(&*files, &configs, options.template())?;
    let overrides = options.overrides(template)?;
    let level = overrides.level.as_ref().map(|set| set.value.as_str());
    let only = overrides.template.as_ref().map(|set| set.value.as_str());
    templates_used::check_names(&templates, &configs, level, only)?;

    let mut tasks = Vec::new();
    for ((candidate, stdin), located) in found.into_iter().zip(located) {
        let config = located.as_ref().map(|located| {
            (&located.config, located.relative(&roots.absolute(&document_path(&candidate, stdin))))
        });
        let excluded = config.as_ref().is_some_and(|(config, path)| config.excludes(path));
        if excluded && (options.force_exclude || !candidate.explicit) {
            console.detail(&format!("excluded {}", candidate.shown))?;
            continue;
        }
        let settings =
            config::settings(config.as_ref().map(|(config, path)| (*config, path.as_str())), &overrides);
        tasks.push(Task { candidate, stdin, settings });
    }
    let one = |task: &Task| check(task, fixes, keep, &files, &roots, &templates, options);
    let check_all = |tasks: &[(usize, Task)]| -> Vec<(usize, Outcome)> {
        let one = |(at, task): &(usize, Task)| (*at, one(task));
        // starting threads takes as long as checking a short file
        if tasks.len() < 2 { tasks.iter().map(one).collect() } else { tasks.par_iter().map(one).collect() }
    };
    // Documents first: then it is known which metadata was read with one, and is not checked for itself. The
    // configuration had its say before, so metadata of a README that is left out is.
    let is_metadata = |task: &Task| !task.stdin && discover::is_yaml(&task.candidate.path);
    let (mut metadata, documents): (Vec<_>, Vec<_>) =
        tasks.into_iter().enumerate().partition(|(_, task)| is_metadata(task));
    let mut results = check_all(&documents);
    if !metadata.is_empty() {
        let on_disk = documents.iter().chain(&metadata).filter(|(_, task)| !task.stdin);
        let covered = discover::read_with_others(on_disk.map(|(_, task)| &task.candidate), &*files, &roots);
        metadata.retain(|(_, task)| !covered.contains(&roots.absolute(&task.candidate.path)));
    }
    for line in changes.map(Changes::summary).unwrap_or_default() {
        console.note(&format!("{line}, {} to check", documents.len() + metadata.len()))?;
    }
    results.extend(check_all(&metadata));
    results.sort_unstable_by_key(|(at, _)| *at);

    let mut run = Run { looked: Vec::new(), unreadable: false, has_baseline: false, templates };
    for (looked, problems) in std::iter::once((None, problems)).chain(results.into_iter().map(|(_, one)| one))
    {
        run.looked.extend(looked);
        for error in problems {
            run.unreadable = true;
            console.failure(&error.into())?;
        }
    }
    explain_unrecognised(&run, changes.is_some(), console)?;
    for line in run.looked.iter().filter_map(|one| one.detection.as_deref()) {
        console.note(line)?;
    }
    kep_notes::explain(&run, console)?;
    let (looked, recognised) = (run.looked.len(), run.recognised());
    console.detail(&format!("{looked} files looked at, {recognised} documents, {:.0?}", begin.elapsed()))?;
    Ok(run)
}

type Candidates = Vec<(Candidate, bool)>;

/// The candidates, each with whether it is standard input, and what could not be looked at.
fn find(
    options: &CheckOptions,
    roots: &Roots,
    console: &mut Console,
) -> Result<(Candidates, Vec<ReadError>), Failure> {
    let is_stdin = |path: &PathBuf| path.as_os_str() == "-";
    let stdin = options.paths.iter().any(is_stdin);
    let paths: Vec<PathBuf> = options.paths.iter().filter(|path| !is_stdin(path)).cloned().collect();
    let found = discover::candidates(&paths, roots);
    let mut all: Candidates = found.candidates.into_iter().map(|candidate| (candidate, false)).collect();
    if stdin {
        let name = options.stdin_filename.clone().unwrap_or_else(|| PathBuf::from("<stdin>"));
        let shown = discover::shown(&name);
        all.insert(0, (Candidate { path: name, shown, explicit: true }, true));
        if io::stdin().is_terminal() {
            console.note("reading standard input; end it with Ctrl-D")?;
        }
    } else if options.stdin_filename.is_some() {
        return Err(Failure::new("--stdin-filename without standard input", "name `-` as the path"));
    }
    Ok((all, found.problems))
}

/// Where a document counts as lying: standard input without a name in the working directory.
fn document_path(candidate: &Candidate, stdin: bool) -> PathBuf {
    if stdin && candidate.shown == "<stdin>" { PathBuf::from("stdin.md") } else { candidate.path.clone() }
}

/// The configuration of each candidate.
fn locate(
    options: &CheckOptions,
    found: &Candidates,
    files: &dyn Files,
    roots: &Roots,
) -> Result<Vec<Option<Arc<Located>>>, Failure> {
    if options.no_config {
        return Ok(vec![None; found.len()]);
    }
    if let Some(path) = options.config.as_deref().filter(|path| !path.as_os_str().is_empty()) {
        let one = Configurations::load(files, path)?;
        return Ok(vec![Some(one); found.len()]);
    }
    let mut configurations = Configurations::new(files, roots);
    let of = |(candidate, stdin): &(Candidate, bool)| {
        configurations.of(&roots.absolute(&document_path(candidate, *stdin))).map_err(Failure::from)
    };
    found.iter().map(of).collect()
}

fn distinct(located: &[Option<Arc<Located>>]) -> Vec<Arc<Located>> {
    let mut all: Vec<Arc<Located>> = Vec::new();
    for one in located.iter().flatten() {
        if !all.iter().any(|known| Arc::ptr_eq(known, one)) {
            all.push(Arc::clone(one));
        }
    }
    all
}

/// Checks one thing.
fn check(
    task: &Task,
    fixes: Option<Fixes>,
    keep: Keep,
    files: &Arc<dyn Files>,
    roots: &Roots,
    templates: &Templates,
    options: &CheckOptions,
) -> Outcome {
    let shown = &task.candidate.shown;
    // the configuration may say more or less than what the run began with
    let max_size = task.settings.max_size.as_ref().map_or(options.max_size(), |set| set.value);
    let own: Option<Arc<dyn Files>> =
        (max_size != options.max_size()).then(|| Arc::new(Disk { max_size }) as Arc<dyn Files>);
    let files = own.as_ref().unwrap_or(files);
    let read = if task.stdin {
        discover::read_stdin(shown, max_size)
    } else {
        discover::read(&task.candidate, files, roots)
    };
    let mut input: Input = match read {
        Ok(input) => input,
        Err(error) => return (None, vec![error]),
    };
    let problems = if task.stdin {
        Vec::new()
    } else {
        discover::attach(&mut input, &task.candidate.path, &**files, roots)
    };
    let detection =
        options.explain_detection.then(|| detection::explain(&input, &task.settings, templates)).flatten();
    let mut checked = crate::check(&input, &task.settings, templates);
    let mut fixing = Fixing::default();
    if let Some(fixes) = fixes {
        let fixed = match fixes {
            Fixes::Newest => crate::sync(&input, &task.settings, templates, &checked),
            _ => Some(crate::fix(&input, &task.settings, templates, &checked, fixes == Fixes::All)),
        };
        if let Some(review) = checked.review.as_ref().filter(|_| fixes == Fixes::Newest) {
            fixing.from = Some(review.revision);
        }
        if let Some(fixed) = fixed.filter(|fixed| !fixed.applied.is_empty() || !fixed.refused.is_empty()) {
            let changed = crate::with_sources(&input, &fixed.sources);
            let before = std::mem::replace(&mut input, changed);
            checked = crate::check(&input, &task.settings, templates);
            if fixed.converged {
                fix::forget_tried(&mut checked.diagnostics, fixes);
            }
            let before =
                std::iter::once(before.file).chain(before.companions.into_iter().map(|(_, file)| file));
            fixing.take(&task.candidate.path, before.collect(), fixed);
        }
    }
    let known = Known::of(&input, task.stdin, !problems.is_empty());
    let sources = if checked.review.is_some() || checked.kep.is_some() {
        std::iter::once(input.file).chain(input.companions.into_iter().map(|(_, source)| source)).collect()
    } else {
        vec![Source::new(shown.as_str(), "")]
    };
    let mut looked = Looked {
        path: task.candidate.path.clone(),
        sources,
        review: checked.review,
        kep: checked.kep,
        diagnostics: checked.diagnostics,
        suppressed: checked.suppressed,
        baselined: Vec::new(),
        known,
        settings: task.settings.clone(),
        fixing,
        detection,
        explicit: task.candidate.explicit,
    };
    if keep == Keep::Findings {
        looked.forget();
    }
    (Some(looked), problems)
}

/// Hooks pass any file, so a file that is no document is worth a note and no more.
/// That nothing was found is worth none where only what `changed` was looked at.
fn explain_unrecognised(run: &Run, changed: bool, console: &mut Console) -> io::Result<()> {
    // A README without questions is worth the note even if its kep.yaml was checked.
    let unknown =
        || run.looked.iter().filter(|one| one.explicit && one.review.is_none() && !one.is_metadata_alone());
    for one in unknown().take(NAMED) {
        console.note(&format!(
            "{} is not recognised as a document of any template; --template ID checks it all the same",
            one.sources[0].path()
        ))?;
    }
    let more = unknown().count().saturating_sub(NAMED);
    if more > 0 {
        console.note(&format!("{more} more files are not recognised"))?;
    }
    if run.recognised() == 0 && !changed && !(run.unreadable && run.looked.is_empty()) {
        let looked = run.looked.len();
        let files = if looked == 1 { "file" } else { "files" };
        console.note(&format!("{looked} {files} looked at, no document of any template found"))?;
    }
    Ok(())
}

/// The path that `gtr config show` was asked about, as an absolute one.
pub(super) fn configuration_of(
    options: &CheckOptions,
    path: &Path,
) -> Result<(Option<Arc<Located>>, PathBuf), Failure> {
    let files: Arc<dyn Files> = Arc::new(Disk::default());
    let roots = Roots::new(Arc::clone(&files));
    let candidate = Candidate { path: path.to_path_buf(), shown: discover::shown(path), explicit: true };
    let located = locate(options, &vec![(candidate, false)], &*files, &roots)?.pop().flatten();
    let path = roots.absolute(path);
    Ok((located, path))
}
