//! Contract tests of generated projects: requests made from the published document, and answers
//! held against it. Schemathesis does the work; this says of which projects, and how much.

use std::hash::{BuildHasher as _, RandomState};
use std::path::Path;

use rayon::prelude::*;

use crate::process::captured;
use crate::python::Python;
use crate::report::{self, Case, Totals};
use crate::{Result, e2e};

/// How much is asked of each operation besides the bounds of its schemas, which are always tried.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Effort {
    /// Random requests to an operation.
    pub(crate) examples: u32,
    /// What they are drawn from; the same ones are drawn each time without it.
    pub(crate) seed: Option<u64>,
}

impl Effort {
    /// What the gate has time for.
    pub(crate) const GATE: Self = Self { examples: 5, seed: None };

    /// What a night has time for: always the same, and something new.
    pub(crate) fn nightly() -> [Self; 2] {
        let seed = Some(RandomState::new().hash_one("a new night"));
        [Self { examples: 100, seed: None }, Self { examples: 100, seed }]
    }

    fn title(self, name: &str) -> String {
        let seed = self.seed.map(|seed| format!(", seed {seed}")).unwrap_or_default();
        format!("{name}: contract tests, {} requests an operation{seed}", self.examples)
    }
}

/// Runs the contract tests of these golden cases, or of all.
pub(crate) fn run(names: &[String], effort: Effort) -> Result {
    report::conclude(&cases(names, effort)?, Totals::default())
}

/// Runs the contract tests of these golden cases, or of all, and returns a result for each.
pub(crate) fn cases(names: &[String], effort: Effort) -> Result<Vec<Case>> {
    let folder = tempfile::Builder::new().prefix("stratapi-contract-").tempdir()?;
    let python = Python::prepare(&e2e::richest(folder.path())?)?;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build()?;
    let chosen = e2e::chosen(names)?;
    Ok(pool.install(|| {
        let judge = |name: &String| match e2e::generate(name, folder.path(), "contract") {
            Ok(project) => case(name, &python, &project, effort),
            Err(error) => report::case(format!("{name}: generate"), || Err(error)),
        };
        chosen.par_iter().map(judge).collect()
    }))
}

/// Runs the contract tests of one project.
pub(crate) fn case(name: &str, python: &Python, project: &Path, effort: Effort) -> Case {
    report::case(effort.title(name), || {
        let mut tests = python.run("python", project);
        tests.args(["-m", "pytest", "-q", "tests/contract"]);
        tests.env("CONTRACT_EXAMPLES", effort.examples.to_string());
        if let Some(seed) = effort.seed {
            tests.env("CONTRACT_SEED", seed.to_string());
        }
        captured(&mut tests)?;
        Ok(None)
    })
}
