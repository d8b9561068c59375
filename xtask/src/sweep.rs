//! Random applications in bulk: each must compile, and the linter must find nothing in any of them. A
//! sample of them is also type-checked, and tested by its own tests.

use std::path::Path;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use rayon::prelude::*;
use stratapi_driver::MemoryWorld;
use stratapi_tests::random_ir::{Choices, applications, yaml};

use crate::process::{captured, command};
use crate::python::Python;
use crate::report::{self, Case, Totals};
use crate::{Result, e2e};

/// Applications whose files are linted by one call.
const BATCH: u32 = 100;

/// Sweeps `count` applications from the seed on, and tries the first `tried` of them by running them.
pub(crate) fn run(count: u32, tried: u32, seed: u64) -> Result {
    let mut cases = cases(count, seed);
    cases.extend(trials(tried, seed)?);
    report::conclude(&cases, Totals::default())
}

/// One case an application that is run.
pub(crate) fn trials(count: u32, seed: u64) -> Result<Vec<Case>> {
    if count == 0 {
        return Ok(Vec::new());
    }
    let folder = tempfile::Builder::new().prefix("stratapi-trial-").tempdir()?;
    let python = Python::prepare(&e2e::richest(folder.path())?)?;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build()?;
    let seeds = seed..seed + u64::from(count);
    let trial = |seed: u64| {
        report::case(format!("random application {seed}: mypy --strict and its tests"), || {
            let choices = tree(seed).current();
            let project = folder.path().join(seed.to_string());
            write(&choices, &project)?;
            let run = |tool: &str, arguments: &[&str]| {
                captured(python.run(tool, &project).args(arguments))
                    .map_err(|error| format!("{error}\n{}", yaml(&choices)))
            };
            run("mypy", &["--cache-dir", ".mypy_cache"])?;
            run("python", &["-m", "pytest", "-q", "--tb=short", "--ignore=tests/contract"])?;
            std::fs::remove_dir_all(&project)?;
            Ok(None)
        })
    };
    Ok(pool.install(|| seeds.into_par_iter().map(trial).collect()))
}

/// One case a batch.
pub(crate) fn cases(count: u32, seed: u64) -> Vec<Case> {
    let mut cases = Vec::new();
    for start in (0..count).step_by(BATCH as usize) {
        let size = BATCH.min(count - start);
        let first = seed + u64::from(start);
        let name = format!("random applications, seeds {first} to {}", first + u64::from(size) - 1);
        cases.push(report::case(name, || batch(first, size)));
    }
    cases
}

fn batch(first: u64, size: u32) -> Result<Option<String>> {
    let folder = tempfile::Builder::new().prefix("stratapi-sweep-").tempdir()?;
    (first..first + u64::from(size))
        .into_par_iter()
        .map(|seed| write(&tree(seed).current(), &folder.path().join(seed.to_string())))
        .collect::<Result<Vec<()>>>()?;
    let python = Python::prepare(&e2e::richest(folder.path())?)?;
    if lint(&python, folder.path()).is_ok() {
        return Ok(None);
    }
    for seed in first..first + u64::from(size) {
        if let Err(error) = lint(&python, &folder.path().join(seed.to_string())) {
            return Err(format!("seed {seed}: {error}\n{}", smallest(&python, seed)?).into());
        }
    }
    Err("the linter finds something in the batch, but in none of its applications".into())
}

/// The application of a seed, as a tree that can shrink.
fn tree(seed: u64) -> impl ValueTree<Value = Choices> {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    applications().new_tree(&mut runner).unwrap_or_else(|e| stratapi_diagnostics::bug!("{e}"))
}

/// The application of a seed.
pub(crate) fn application(seed: u64) -> String {
    yaml(&tree(seed).current())
}

/// Shrinks the application of a seed as long as the linter still finds something.
fn smallest(python: &Python, seed: u64) -> Result<String> {
    let mut tree = tree(seed);
    let mut best = tree.current();
    let mut alive = true;
    for _ in 0..200 {
        alive = alive && tree.simplify();
        if !alive {
            break;
        }
        let folder = tempfile::tempdir()?;
        let fails =
            write(&tree.current(), folder.path()).is_err() || lint(python, folder.path()).is_err();
        if fails {
            best = tree.current();
        } else {
            alive = tree.complicate();
        }
    }
    Ok(yaml(&best))
}

fn write(choices: &Choices, folder: &Path) -> Result {
    let text = yaml(choices);
    let world = MemoryWorld::new().with("app.yaml", text.as_str());
    let checked = stratapi_driver::compile(&world, &stratapi_driver::Config::new("app.yaml"));
    let Some(build) = checked.value else {
        let said: Vec<_> =
            checked.diagnostics.iter().map(|d| format!("{}: {}", d.code, d.message)).collect();
        return Err(format!("does not compile:\n{}\n{text}", said.join("\n")).into());
    };
    for file in build.tree.iter() {
        let path = folder.join(&file.path);
        std::fs::create_dir_all(path.parent().unwrap_or(folder))?;
        std::fs::write(path, &file.text)?;
    }
    Ok(())
}

fn lint(python: &Python, folder: &Path) -> Result {
    captured(command(python.tool("ruff"), folder).args(["check", "--no-cache", "--quiet", "."]))?;
    captured(command(python.tool("ruff"), folder).args([
        "format",
        "--no-cache",
        "--quiet",
        "--check",
        ".",
    ]))?;
    Ok(())
}
