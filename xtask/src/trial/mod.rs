//! The judge on trial, where it runs programs: it has nothing to say about golden projects, and sees
//! every class of mistakes in every project in which it can be made.

mod obstacle;
mod repeat;
mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use rayon::prelude::*;
use stratapi_diagnostics::{Code, CodeInfo};
use stratapi_driver::{FileWorld, MemoryWorld};
use stratapi_qa::{
    Ended, Finding, Layer, Outcome, Subject, ToolCall, ToolOutcome, ToolRunner, Tree,
};
use stratapi_sandbox::{Permission, Sandbox, Server, Settings, Stage};
use stratapi_tests::judged::Compiled;
use stratapi_tests::mutations::{self, Files, Mutation};
use stratapi_tests::patch;

use crate::postgres::Postgres;
use crate::python::Python;
use crate::report::{self, Case, Totals};
use crate::runner::{self, Plain};
use crate::{Result, e2e, root, sweep};

/// How much is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// Each class of mistakes in one project, of the slow ones [`OF_EACH_CHECK`] a check, and some
    /// random applications.
    Gate,
    /// Each class in every project, and many random applications.
    All,
}

impl Scope {
    const fn random(self) -> u64 {
        match self {
            Self::Gate => 4,
            Self::All => 200,
        }
    }
}

/// Classes that the gate tries of each check of a running application, each of which takes up to
/// twenty seconds.
const OF_EACH_CHECK: usize = 2;

/// Asks for the random applications alone.
const APPLICATIONS: &str = "applications";

/// What is tried.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    /// Classes by their name, their layer or the code of their check, or [`APPLICATIONS`]; by default
    /// all, and what stands in the judge's way.
    pub(crate) class: Option<String>,
    /// How much.
    pub(crate) scope: Scope,
    /// Projects for each class, at the most.
    pub(crate) projects: Option<usize>,
    /// Random applications.
    pub(crate) random: Option<u64>,
    /// The seed of the first of them.
    pub(crate) seed: u64,
    /// How often the full judge is repeated on one project, and nothing else.
    pub(crate) repeat: Option<u32>,
    /// Whether the page about the classes is written.
    pub(crate) write: bool,
}

impl Asked {
    fn wants(&self, one: &Mutation) -> bool {
        let is = |id: &str| one.id == id || one.layer.name() == id || one.code.as_str() == id;
        self.class.as_deref().is_none_or(is)
    }

    /// Leaves as many of the slow classes as there is time for.
    fn narrow(&self, classes: &mut Vec<Mutation>) {
        if self.scope == Scope::All || self.class.is_some() {
            return;
        }
        let mut kept: BTreeMap<Code, usize> = BTreeMap::new();
        classes.retain(|one| {
            let kept = kept.entry(one.code).or_default();
            *kept += 1;
            let slow = matches!(one.layer, Layer::Contract | Layer::Smoke | Layer::Tools);
            *kept <= OF_EACH_CHECK || !slow
        });
    }

    fn most(&self) -> usize {
        match self.scope {
            Scope::Gate => 1,
            Scope::All => self.projects.unwrap_or(usize::MAX),
        }
    }
}

/// Tries what is asked for.
pub(crate) fn run(asked: &Asked) -> Result {
    report::conclude(&trials(asked)?, Totals::default())
}

/// Tries the judge and returns a result for each project and each class.
pub(crate) fn cases(scope: Scope) -> Result<Vec<Case>> {
    trials(&Asked {
        class: None,
        scope,
        projects: None,
        random: None,
        seed: 1,
        repeat: None,
        write: false,
    })
}

fn trials(asked: &Asked) -> Result<Vec<Case>> {
    let folder = tempfile::Builder::new().prefix("stratapi-trial-").tempdir()?;
    let lab = Lab {
        python: Python::prepare(&e2e::richest(folder.path())?)?,
        postgres: Postgres::start()?,
        folder: folder.path().to_path_buf(),
        projects: projects()?,
        count: AtomicU32::new(0),
    };
    if let Some(times) = asked.repeat {
        return Ok(vec![lab.repeated(times)]);
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build()?;
    pool.install(|| {
        let mut cases = Vec::new();
        if asked.class.as_deref() == Some(APPLICATIONS) {
            return Ok(lab.applications(asked));
        }
        if asked.class.is_none() {
            cases.extend(lab.without_mistakes(asked));
        }
        let mut classes = mutations::all();
        classes.retain(|one| asked.wants(one));
        asked.narrow(&mut classes);
        if classes.is_empty() {
            let name = asked.class.as_deref().unwrap_or_default();
            return Err(format!("there is no class `{name}`").into());
        }
        let is_run = |one: &&Mutation| RUN.contains(&one.layer) || one.layer == Layer::Tools;
        let run: Vec<&Mutation> = classes.iter().filter(is_run).collect();
        let rows: Vec<(Case, Row)> =
            run.par_iter().map(|mutation| lab.mutation(mutation, asked.most())).collect();
        println!("  | class | check | caught in | by | time |\n  |---|---|---|---|---|");
        let mut tried = BTreeMap::new();
        for (case, row) in rows {
            println!("  {}", row.line);
            if row.caught {
                tried.insert(row.id, row.tried);
            }
            cases.push(case);
        }
        if asked.write {
            let in_process = classes.iter().filter(|one| table::is_in_process(one));
            tried.extend(in_process.map(|one| (one.id, lab.possible(one))));
            table::write(&tried)?;
        }
        Ok(cases)
    })
}

/// What came of a class.
struct Row {
    id: &'static str,
    line: String,
    tried: usize,
    caught: bool,
}

struct Project {
    name: String,
    compiled: Compiled,
    files: Files,
}

fn projects() -> Result<Vec<Project>> {
    let names = e2e::golden()?;
    let of = |name: String| {
        let compiled = Compiled::of(&FileWorld::new(stratapi_tests::golden(&name)));
        let files = compiled.files();
        Project { name, compiled, files }
    };
    let mut projects: Vec<Project> = names.into_iter().map(of).collect();
    // Where one project is enough, the smallest is.
    projects.sort_by_key(|project| project.files.len());
    Ok(projects)
}

/// What all trials share.
struct Lab {
    folder: PathBuf,
    python: Python,
    postgres: Option<Postgres>,
    projects: Vec<Project>,
    count: AtomicU32,
}

/// What the layer said about a project.
struct Said {
    findings: Vec<Finding>,
    skipped: Vec<String>,
}

impl Said {
    fn lines(&self) -> String {
        let line = |finding: &Finding| {
            let place = finding.place.as_ref().map_or("", |place| place.path.as_str());
            format!("{} {place}: {}", finding.code, finding.message)
        };
        self.findings.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}

/// What some layers say about a project.
fn judged(project: &Project, files: &Files, layers: &[Layer], runner: &dyn ToolRunner) -> Said {
    let mut actual = Tree::default();
    for (path, text) in files {
        actual.insert_text(path.as_str(), text.as_str());
    }
    let build = &project.compiled.build;
    let subject = Subject::new(&build.plan, &build.tree, &actual);
    let watch = &stratapi_qa::Silent;
    let verdict = stratapi_qa::judge(&subject, layers, Some(runner), watch);
    let mut said = Said { findings: Vec::new(), skipped: Vec::new() };
    for result in verdict.results {
        said.findings.extend(result.findings);
        if let Outcome::Skipped(why) = result.outcome {
            said.skipped.push(format!("{}: {why}", result.code));
        }
    }
    said
}

impl Lab {
    /// A folder with these files.
    fn folder(&self, files: &Files) -> Result<PathBuf> {
        let folder = self.folder.join(self.count.fetch_add(1, Ordering::Relaxed).to_string());
        runner::write(&folder, files)?;
        Ok(folder)
    }

    fn runner(&self, project: &Path) -> Plain {
        Plain {
            programs: self.python.tool(""),
            project: project.to_path_buf(),
            server: self.postgres.as_ref().map(Postgres::server),
            environment: BTreeMap::new(),
        }
    }

    fn clean(&self, project: &Project) -> Case {
        report::case(format!("{}: database, contract and operations judged", project.name), || {
            let folder = self.folder(&project.files)?;
            let said = judged(project, &project.files, &RUN, &self.runner(&folder));
            verdict(&said)
        })
    }

    /// Nothing is found in a random application either.
    fn random(&self, seed: u64) -> Case {
        let title = format!("random application {seed}: database, contract and operations judged");
        report::case(title, || {
            let text = sweep::application(seed);
            let compiled = Compiled::of(&MemoryWorld::new().with("app.yaml", text.as_str()));
            let files = compiled.files();
            let project = Project { name: seed.to_string(), compiled, files };
            let folder = self.folder(&project.files)?;
            let said = judged(&project, &project.files, &RUN, &self.runner(&folder));
            std::fs::remove_dir_all(folder)?;
            verdict(&said).map_err(|error| format!("{error}\n{text}").into())
        })
    }

    /// Without a server the judge starts one itself, where there are the programs.
    fn own_cluster(&self) -> Case {
        report::case("database judged on a cluster of its own", || {
            let project = &self.projects[0];
            let folder = self.folder(&project.files)?;
            let runner = Plain { server: None, ..self.runner(&folder) };
            let said = judged(project, &project.files, &[Layer::Database], &runner);
            verdict(&said)
        })
    }

    fn obstacle(&self, obstacle: &obstacle::Obstacle) -> Case {
        report::case(format!("obstacle: {}", obstacle.name), || {
            let project = self.projects.iter().find(|one| one.name == "smallest");
            let project = project.ok_or("no project `smallest`")?;
            let mut files = project.files.clone();
            (obstacle.change)(&mut files);
            let folder = self.folder(&files)?;
            let mut runner = Plain { server: None, ..self.runner(&folder) };
            (obstacle.hinder)(&mut runner);
            let started = Instant::now();
            let said = match obstacle.server {
                Some(url) => {
                    let runner = Plain { server: Some(url.into()), ..runner };
                    judged(project, &files, &[Layer::Database], &runner)
                }
                None => {
                    let only = only(&runner, "sqlite");
                    judged(project, &files, &[Layer::Database], &only)
                }
            };
            let seen = said.findings.iter().any(|finding| {
                finding.code.as_str() == obstacle.code && finding.message.contains(obstacle.says)
            });
            if seen && started.elapsed() < Duration::from_secs(20) {
                Ok(None)
            } else {
                Err(format!("{:?} later it says: {}", started.elapsed(), said.lines()).into())
            }
        })
    }

    /// The failing example of a page gives its code and no other one, the mended one gives nothing.
    fn page(&self, info: &CodeInfo) -> Option<Case> {
        let application = patch::fence(info.page, "yaml app")?;
        let examples = ["diff failing", "diff mended"].map(|kind| patch::fence(info.page, kind));
        let [Some(failing), Some(mended)] = examples else { return None };
        Some(report::case(format!("page {}", info.code), || {
            let compiled = Compiled::of(&MemoryWorld::new().with("app.yaml", application));
            let files = compiled.files();
            let project = Project { name: "page".to_owned(), compiled, files };
            for (example, expected) in [(failing, vec![info.code]), (mended, Vec::new())] {
                let mut files = project.files.clone();
                patch::apply(&mut files, example);
                let folder = self.folder(&files)?;
                let runner = self.runner(&folder);
                let layer = layer(info.code).unwrap_or(Layer::Database);
                let said = match layer {
                    Layer::Database => judged(&project, &files, &[layer], &only(&runner, "sqlite")),
                    _ => judged(&project, &files, &[layer], &runner),
                };
                let mut codes: Vec<Code> = said.findings.iter().map(|one| one.code).collect();
                codes.dedup();
                // Alembic itself refuses migrations that are no single line.
                codes.retain(|code| info.code != Code::J0304 || *code != Code::J0303);
                if codes != expected {
                    return Err(format!("{example}\ngives:\n{}", said.lines()).into());
                }
            }
            Ok(None)
        }))
    }

    /// Golden projects, random ones, and all that is tried beside the mistakes.
    fn without_mistakes(&self, asked: &Asked) -> Vec<Case> {
        let mut cases = Vec::new();
        cases.par_extend(self.projects.par_iter().map(|project| self.clean(project)));
        cases.push(self.own_cluster());
        cases.extend(self.applications(asked));
        let pages = Code::all().par_iter().filter(|info| is_of_layer(info.code));
        cases.par_extend(pages.filter_map(|info| self.page(info)));
        cases.par_extend(obstacle::ALL.par_iter().map(|obstacle| self.obstacle(obstacle)));
        cases
    }

    /// Random applications.
    fn applications(&self, asked: &Asked) -> Vec<Case> {
        let count = asked.random.unwrap_or(asked.scope.random());
        let seeds = asked.seed..asked.seed + count;
        seeds.into_par_iter().map(|seed| self.random(seed)).collect()
    }

    /// The full judge, so often on the smallest project.
    fn repeated(&self, times: u32) -> Case {
        report::case(format!("the full judge, {times} times"), || {
            let project = self.projects.iter().find(|one| one.name == "smallest");
            let project = project.ok_or("no project `smallest`")?;
            let folder = self.folder(&project.files)?;
            repeat::run(project, &folder, &self.sandbox(&folder)?, times)
        })
    }

    /// What the command runs programs with: the full judge asks more of it than `Plain` can do.
    fn sandbox(&self, project: &Path) -> Result<Sandbox> {
        let server = self.postgres.as_ref().map(|it| Server::of(&it.server())).transpose()?;
        let stage = root().join("target/debug/stratapi");
        let settings = Settings {
            project: project.to_path_buf(),
            python: Ok(self.python.tool("python")),
            permission: Permission::Unconfined,
            stage: Stage { path: stage, arguments: vec!["__stage".into()] },
            way: None,
            programs: Vec::new(),
            answers: None,
        };
        Ok(Sandbox::new(settings).lending(server))
    }

    /// In how many projects a mistake can be made.
    fn possible(&self, mutation: &Mutation) -> usize {
        let can = |project: &&Project| (mutation.make)(&mut project.files.clone()).is_some();
        self.projects.iter().filter(can).count()
    }

    fn mutation(&self, mutation: &Mutation, most: usize) -> (Case, Row) {
        let started = Instant::now();
        let (mut tried, mut by, mut caught) = (0, BTreeSet::new(), false);
        let case = report::case(format!("mistake: {}", mutation.id), || {
            let (mut possible, mut missed) = (0, Vec::new());
            for project in &self.projects {
                let mut files = project.files.clone();
                let Some(path) = (mutation.make)(&mut files) else { continue };
                if files == project.files {
                    return Err(format!("nothing changed in {}", project.name).into());
                }
                possible += 1;
                if tried < most {
                    tried += 1;
                    match self.catches(mutation, project, &files, &path) {
                        Ok(where_seen) => _ = by.insert(where_seen),
                        Err(error) => missed.push(error.to_string()),
                    }
                }
            }
            if possible < mutation.least {
                missed.push(format!("it can be made in {possible} projects only"));
            }
            caught = missed.is_empty();
            if caught { Ok(None) } else { Err(missed.join("\n").into()) }
        });
        let by: Vec<&str> = by.into_iter().collect();
        let line = format!(
            "| {} | {} | {tried} | {} | {:.1} s |",
            mutation.id,
            mutation.code,
            by.join(", "),
            started.elapsed().as_secs_f32()
        );
        (case, Row { id: mutation.id, line, tried, caught })
    }

    /// On which database a mistake is seen: SQLite if it can be seen there.
    fn catches(
        &self,
        mutation: &Mutation,
        project: &Project,
        files: &Files,
        path: &str,
    ) -> Result<&'static str> {
        let folder = self.folder(files)?;
        let runner = self.runner(&folder);
        if mutation.layer != Layer::Database {
            let said = match mutation.layer {
                Layer::Tools => judged(project, files, &[Layer::Tools], &own_tests(&runner)),
                layer => judged(project, files, &[layer], &runner),
            };
            let seen = said.findings.iter().any(|finding| {
                finding.code == mutation.code && finding.message.contains(mutation.says)
            });
            let missed =
                || format!("not seen in {} ({path}); said:\n{}", project.name, said.lines());
            return if seen { Ok(mutation.layer.name()) } else { Err(missed().into()) };
        }
        let layers = [Layer::Database];
        let sees = |said: &Said| {
            said.findings.iter().any(|finding| {
                finding.code == mutation.code
                    && finding.message.contains(mutation.says)
                    && finding.place.as_ref().is_some_and(|place| place.path == path)
            })
        };
        let first = judged(project, files, &layers, &only(&runner, "sqlite"));
        if sees(&first) {
            return Ok("SQLite");
        }
        let second = judged(project, files, &layers, &only(&runner, "postgresql"));
        if sees(&second) {
            return Ok("PostgreSQL");
        }
        Err(format!(
            "not seen in {} ({path}); said:\n{}\n{}",
            project.name,
            first.lines(),
            second.lines()
        )
        .into())
    }
}

/// The layers that run code of the project, but for its own tests.
const RUN: [Layer; 3] = [Layer::Database, Layer::Contract, Layer::Smoke];

/// The layer of the check that has a code.
fn layer(code: Code) -> Option<Layer> {
    stratapi_qa::checks().iter().find(|check| check.code == code).map(|check| check.layer)
}

/// Whether a code is that of a check whose examples are tried here.
fn is_of_layer(code: Code) -> bool {
    layer(code).is_some_and(|layer| RUN.contains(&layer))
}

/// Nothing was found and nothing was left out, but for what this machine has not.
fn verdict(said: &Said) -> Result<Option<String>> {
    if !said.findings.is_empty() {
        return Err(said.lines().into());
    }
    Ok((!said.skipped.is_empty()).then(|| said.skipped.join("; ")))
}

/// A machine on which some calls are not made.
struct Without<'a, F>(&'a Plain, F);

impl<F: Fn(&ToolCall) -> bool + Sync> ToolRunner for Without<'_, F> {
    fn run(&self, call: &ToolCall) -> ToolOutcome {
        if (self.1)(call) {
            let stdout = b"{\"missing\": \"left out\"}\n".to_vec();
            let (stderr, time) = (Vec::new(), Duration::ZERO);
            return ToolOutcome { ended: Ended::Exit(0), stdout, stderr, truncated: false, time };
        }
        self.0.run(call)
    }

    fn versions(&self) -> BTreeMap<String, String> {
        self.0.versions()
    }

    fn server(&self) -> Option<String> {
        self.0.server()
    }
}

/// A machine with one of the databases only.
fn only<'a>(runner: &'a Plain, database: &'a str) -> impl ToolRunner + 'a {
    Without(runner, move |call: &ToolCall| !call.arguments.iter().any(|one| one == database))
}

/// A machine without contract tests, which take longer than all others.
fn own_tests(runner: &Plain) -> impl ToolRunner {
    let contract = "\"arguments\":[\"tests/contract\"]";
    Without(runner, move |call: &ToolCall| String::from_utf8_lossy(&call.input).contains(contract))
}
