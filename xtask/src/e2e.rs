//! Generates golden projects and judges them by running them: lint, types, tests, migrations, HTTP.
//! The case `dev` runs the command of that name.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use rayon::prelude::*;

use crate::contract::{self, Effort};
use crate::postgres::Postgres;
use crate::process::{captured, command, shown};
use crate::python::Python;
use crate::report::{self, Case, Totals};
use crate::{Result, dev, root};

/// Cases whose contract tests belong to the gate; `cargo xtask nightly` runs those of all cases.
const CONTRACT: &[&str] = &["access", "blog", "smallest"];

/// The case whose requirements hold everything that any generated project needs.
const RICHEST: &str = "jobs";

/// Runs these cases, or all.
pub(crate) fn run(names: &[String], keep: bool) -> Result {
    report::conclude(&cases(names, keep)?, Totals::default())
}

/// Runs these cases, or all, and returns a result for each check.
pub(crate) fn cases(names: &[String], keep: bool) -> Result<Vec<Case>> {
    let folder = tempfile::Builder::new().prefix("stratapi-e2e-").tempdir()?;
    let chosen = chosen(names)?;
    let python = Python::prepare(&richest(folder.path())?)?;
    let postgres = if chosen.is_empty() { None } else { Postgres::start()? };
    let lab = Lab { folder: folder.path().to_path_buf(), python, postgres };
    let results = Mutex::new(Vec::new());
    let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build()?;
    pool.install(|| {
        chosen.par_iter().for_each(|name| {
            let cases = lab.judge(name);
            results.lock().unwrap_or_else(std::sync::PoisonError::into_inner).extend(cases);
        });
    });
    if names.is_empty() || names.iter().any(|name| name == dev::NAME) {
        let case = dev::case(&lab.folder, &lab.python);
        results.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(case);
    }
    if keep {
        println!("kept: {}", folder.keep().display());
    }
    let mut results = results.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    results.sort_by(|a: &Case, b| a.name.cmp(&b.name));
    Ok(results)
}

/// Builds the compiler with the features that the tests of the workspace are built with, so that what
/// those have compiled serves here too. This program is named as well, since without it a package
/// that both it and build scripts use would be built once more, for those alone.
pub(crate) fn build() -> Result {
    let arguments = ["build", "--quiet", "--workspace", "--bin", "stratapi", "--bin", "xtask"];
    shown(command(env!("CARGO"), &root()).args(arguments))
}

/// These golden cases, or all of them.
pub(crate) fn chosen(names: &[String]) -> Result<Vec<String>> {
    let known = golden()?;
    Ok(known.into_iter().filter(|name| names.is_empty() || names.contains(name)).collect())
}

/// Names of the golden cases that compile.
pub(crate) fn golden() -> Result<Vec<String>> {
    let mut names: Vec<String> = std::fs::read_dir(root().join("golden"))?
        .flatten()
        .filter(|entry| {
            entry.path().join("app.yaml").is_file()
                && !entry.path().join("diagnostics.txt").is_file()
        })
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    Ok(names)
}

/// Builds the compiler, and generates the project that asks for the most, below `folder`.
pub(crate) fn richest(folder: &Path) -> Result<PathBuf> {
    build()?;
    generate(RICHEST, folder, "environment")
}

/// Generates the project of a golden case below `folder`.
pub(crate) fn generate(name: &str, folder: &Path, suffix: &str) -> Result<PathBuf> {
    let target = folder.join(format!("{name}-{suffix}"));
    let stratapi = root().join("target/debug/stratapi");
    captured(
        command(stratapi, &root())
            .arg("build")
            .arg(format!("golden/{name}/app.yaml"))
            // What fills the slots of golden cases is our own, and machines differ in what confines it.
            .arg("--unconfined")
            .arg("--out")
            .arg(&target),
    )?;
    Ok(target)
}

/// What the checks share.
struct Lab {
    folder: PathBuf,
    python: Python,
    postgres: Option<Postgres>,
}

impl Lab {
    fn judge(&self, name: &str) -> Vec<Case> {
        let project = match generate(name, &self.folder, "project") {
            Ok(project) => project,
            Err(error) => return vec![report::case(format!("{name}: generate"), || Err(error))],
        };
        let tool = |title: &str, program: &str, arguments: &[&str]| {
            report::case(format!("{name}: {title}"), || {
                captured(self.python.run(program, &project).args(arguments))?;
                Ok(None)
            })
        };
        let mut cases = vec![
            tool("ruff check", "ruff", &["check", "--no-cache", "."]),
            tool("ruff format", "ruff", &["format", "--no-cache", "--check", "."]),
            tool("mypy --strict", "mypy", &["--cache-dir", &self.cache()]),
            tool("layers", "lint-imports", &["--no-cache"]),
            report::case(format!("{name}: tests on SQLite, coverage 90 %"), || {
                self.suite(&project)
            }),
            report::case(format!("{name}: tests on PostgreSQL"), || {
                self.suite_on_postgres(name, &project)
            }),
            report::case(format!("{name}: migrations on SQLite"), || {
                let url = format!("sqlite:///{}", project.join("migrated.db").display());
                self.migrations(&project, &url)
            }),
            report::case(format!("{name}: migrations on PostgreSQL"), || {
                let Some(postgres) = &self.postgres else { return Ok(Some(NO_POSTGRES.into())) };
                self.migrations(&project, &postgres.database(&format!("{name}_migrations"))?)
            }),
        ];
        if CONTRACT.contains(&name) {
            cases.push(contract::case(name, &self.python, &project, Effort::GATE));
        }
        cases
    }

    /// A cache of types that no two runs use at once; what the projects share is looked at once.
    fn cache(&self) -> String {
        let thread = rayon::current_thread_index().unwrap_or_default();
        self.folder.join(format!("mypy-{thread}")).display().to_string()
    }

    fn suite(&self, project: &Path) -> Result<Option<String>> {
        let mut tests = self.python.run("coverage", project);
        tests.args(["run", "-m", "pytest", "-q", "--ignore=tests/contract"]);
        captured(&mut tests)?;
        captured(self.python.run("coverage", project).args(["report", "--fail-under=90"]))?;
        Ok(None)
    }

    fn suite_on_postgres(&self, name: &str, project: &Path) -> Result<Option<String>> {
        let Some(postgres) = &self.postgres else { return Ok(Some(NO_POSTGRES.into())) };
        let url = postgres.database(&format!("{name}_tests"))?;
        let mut tests = self.python.run("python", project);
        tests.args(["-m", "pytest", "-q", "--ignore=tests/contract"]).env("TEST_DATABASE_URL", url);
        captured(&mut tests)?;
        Ok(None)
    }

    fn migrations(&self, project: &Path, url: &str) -> Result<Option<String>> {
        for arguments in [["upgrade", "head"].as_slice(), &["check"], &["downgrade", "base"]] {
            captured(self.python.run("alembic", project).args(arguments).env("DATABASE_URL", url))?;
        }
        Ok(None)
    }
}

const NO_POSTGRES: &str = "PostgreSQL not found";
