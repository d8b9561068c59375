//! Runs the checks: those of single files file by file, each file parsed once, then the others side
//! by side.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use rayon::prelude::*;

use crate::checks::{self, Check, Run};
use crate::containers::{Composition, Started};
use crate::finding::{About, Finding};
use crate::layer::Layer;
use crate::python::{self, Outline, Project};
use crate::reach;
use crate::result::{CheckResult, Fact, Found, Grade, Outcome};
use crate::served::Served;
use crate::subject::Subject;
use crate::tool::{ToolCall, ToolOutcome, ToolRunner};

/// Told how far the judge is, from several threads at once. Every method may do nothing.
pub trait Watch: Sync {
    /// A check that runs programs begins.
    fn begin(&self, check: &Check) {
        let _ = check;
    }

    /// A check is over.
    fn end(&self, check: &Check) {
        let _ = check;
    }
}

/// Nobody watches.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Watch for Silent {}

/// What the judge came to.
#[derive(Debug, Clone, Default)]
pub struct Verdict {
    /// Every check of the layers, in the order of the registry.
    pub results: Vec<CheckResult>,
    /// How long each check worked, in the same order: the only part that differs between two runs.
    pub times: Vec<Duration>,
}

/// What a check that runs programs works with.
pub struct Bench<'a> {
    /// The project under judgement.
    pub subject: &'a Subject<'a>,
    runner: &'a dyn ToolRunner,
    done: Mutex<BTreeMap<String, std::sync::Arc<OnceLock<ToolOutcome>>>>,
    composed: OnceLock<Result<Served, Found>>,
}

impl<'a> Bench<'a> {
    /// A bench on which nothing has run yet.
    pub fn new(subject: &'a Subject<'a>, runner: &'a dyn ToolRunner) -> Self {
        Self { subject, runner, done: Mutex::default(), composed: OnceLock::new() }
    }

    /// URL of the PostgreSQL server that the caller lends, if there is one.
    pub fn server(&self) -> Option<String> {
        self.runner.server()
    }

    /// Whether the project is to be served by its own containers.
    pub(crate) fn composes(&self) -> bool {
        self.runner.composes()
    }

    /// Builds and starts containers of the project.
    pub(crate) fn compose(&self, composition: &Composition) -> Started {
        self.runner.compose(composition)
    }

    /// What came of the project as its containers serve it: once for all checks.
    pub(crate) fn composed(
        &self,
        serve: impl FnOnce() -> Result<Served, Found>,
    ) -> Result<Served, Found> {
        self.composed.get_or_init(serve).clone()
    }

    /// Runs a program. Two checks that ask for the same run share it: it happens once.
    pub fn run(&self, call: &ToolCall) -> ToolOutcome {
        let shared = {
            let mut done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
            done.entry(format!("{call:?}")).or_default().clone()
        };
        shared.get_or_init(|| self.runner.run(call)).clone()
    }

    /// The line behind which a script of ours answers. The script reads it from its standard input,
    /// before any judged code runs.
    pub(crate) fn mark(&self) -> String {
        format!("--- answer {} ---", self.runner.secret())
    }

    /// Where programs see the project's folder.
    pub fn project(&self) -> String {
        self.runner.project()
    }
}

/// Runs every check of some layers. Without a runner, checks that need one are skipped by name.
pub fn judge(
    subject: &Subject<'_>,
    layers: &[Layer],
    runner: Option<&dyn ToolRunner>,
    watch: &dyn Watch,
) -> Verdict {
    let rows: Vec<&Check> =
        checks::all().iter().filter(|check| layers.contains(&check.layer)).collect();
    let (outlines, mut by_source) = sources(subject, &rows);
    let bench = runner.map(|runner| Bench::new(subject, runner));
    let composes = bench.as_ref().is_some_and(Bench::composes);
    let unreached = reach::unreached(subject, &outlines, composes);
    let project = Project::new(&outlines);
    // From a queue, the last ones first: those that take longest stand at the end of the registry.
    let mut runs: Vec<(usize, (Found, Duration))> = rows
        .iter()
        .enumerate()
        .rev()
        .par_bridge()
        .map(|(position, check)| {
            let start = Instant::now();
            let mut all = Found::default();
            for run in check.runs {
                match run {
                    Run::Source(_) => {}
                    Run::Project(run) => all.join(run(subject, &project)),
                    // It was found good, and nothing that it depends on is another one.
                    Run::Tools(_) if unreached.contains(&check.layer) => {}
                    Run::Tools(run) => {
                        watch.begin(check);
                        all.join(match &bench {
                            Some(bench) => run(bench),
                            None => Found::skipped("nothing here runs programs"),
                        });
                    }
                }
            }
            watch.end(check);
            (position, (all, start.elapsed()))
        })
        .collect();
    // What is kept of a large project are many small texts: nothing waits until they are gone.
    rayon::spawn(|| drop(outlines));
    runs.sort_by_key(|(position, _)| *position);
    let mut verdict = Verdict::default();
    for (check, (index, (mut found, time))) in rows.iter().zip(runs) {
        let (findings, worked) = std::mem::take(&mut by_source[index]);
        found.findings.extend(findings);
        let result = result(subject, check, found);
        verdict.results.push(result);
        verdict.times.push(time + worked);
    }
    verdict
}

type Work = Vec<(Vec<Finding>, Duration)>;

/// Parses every Python file, runs the checks of single files on it and keeps its outline only: the
/// trees of a large project take more room than all else.
fn sources(subject: &Subject<'_>, rows: &[&Check]) -> (Vec<Outline>, Work) {
    let texts = subject.actual.texts().filter(|(path, _)| python::is_python(path));
    let mut files: Vec<(usize, (&str, &str))> = texts.enumerate().collect();
    // From a queue, the longest first: a migration of hundreds of tables that comes last is one
    // thread's work.
    files.sort_by_key(|(_, (_, text))| std::cmp::Reverse(text.len()));
    let next = AtomicUsize::new(0);
    let of_thread = |_| {
        let mut outlines: Vec<(usize, Outline)> = Vec::new();
        let mut work: Work = rows.iter().map(|_| Default::default()).collect();
        while let Some((position, (path, text))) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            let parsed = python::parse(text);
            let body = parsed.as_ref().map(|parsed| parsed.as_ref().map(|suite| &**suite));
            let source = python::Source::new(path, text, body);
            outlines.extend(source.outline().map(|outline| (*position, outline)));
            of_source(rows, &source, subject, &mut work);
        }
        (outlines, work)
    };
    let threads = (0..rayon::current_num_threads()).into_par_iter().with_max_len(1);
    let done: Vec<(Vec<(usize, Outline)>, Work)> = threads.map(of_thread).collect();
    let mut all: Work = rows.iter().map(|_| Default::default()).collect();
    let mut outlines = Vec::with_capacity(files.len());
    for (of_thread, work) in done {
        outlines.extend(of_thread);
        for (sum, one) in all.iter_mut().zip(work) {
            sum.0.extend(one.0);
            sum.1 += one.1;
        }
    }
    outlines.sort_by_key(|(position, _)| *position);
    (outlines.into_iter().map(|(_, outline)| outline).collect(), all)
}

/// Adds what the checks of single files say of one, and how long each took.
fn of_source(rows: &[&Check], source: &python::Source<'_>, subject: &Subject<'_>, work: &mut Work) {
    if !subject.is_changed(source.path) {
        return;
    }
    let mut last = Instant::now();
    for (check, (found, time)) in rows.iter().zip(work).filter(|(check, _)| check.is_of_sources()) {
        for run in check.runs {
            if let Run::Source(run) = run {
                found.extend(run(source, subject));
            }
        }
        let start = std::mem::replace(&mut last, Instant::now());
        *time += last - start;
    }
}

fn result(subject: &Subject<'_>, check: &Check, found: Found) -> CheckResult {
    let mut findings: Vec<Finding> =
        found.findings.into_iter().map(|finding| subject.complete(finding)).collect();
    findings.sort_by(|a, b| (&a.place, &a.message).cmp(&(&b.place, &b.message)));
    let failed = findings.iter().any(Finding::is_error)
        || found.facts.iter().any(|fact| fact.grade == Grade::Broken);
    let outcome = match found.skipped {
        _ if failed => Outcome::Failed,
        Some(reason) => Outcome::Skipped(reason),
        None => Outcome::Passed,
    };
    let mut facts = found.facts;
    // What needs no programs is judged in full without them.
    let extra = check.layer.is_in_process() && check.is_of_programs();
    if facts.is_empty() && !(extra && matches!(outcome, Outcome::Skipped(_))) {
        facts = usual_facts(subject, &outcome, &findings);
    }
    CheckResult { code: check.code, layer: check.layer, outcome, findings, facts }
}

/// One fact for the application and one for each entity, from the files in which something was found.
fn usual_facts(subject: &Subject<'_>, outcome: &Outcome, findings: &[Finding]) -> Vec<Fact> {
    let untold = if matches!(outcome, Outcome::Skipped(_)) { Grade::Unknown } else { Grade::Met };
    let entities = (0..subject.plan.entities.len()).map(|index| subject.about_entity(index));
    let mut grades: BTreeMap<About, Grade> =
        std::iter::once(About::App).chain(entities).map(|about| (about, untold)).collect();
    for finding in findings {
        let grade = finding.grade();
        let about = match (&finding.about, &finding.place) {
            (Some(about), _) => about.clone(),
            (None, Some(place)) => subject.about(&place.path),
            (None, None) => About::App,
        };
        let known = grades.entry(about).or_insert(grade);
        if untold == Grade::Met {
            *known = (*known).max(grade);
        }
    }
    grades.into_iter().map(|(about, grade)| Fact { about, grade }).collect()
}
