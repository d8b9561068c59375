//! The project's own commands: the gate, its parts, and what writes generated files.

mod bench;
mod bless;
mod ci;
mod codegen;
mod contract;
mod dev;
mod e2e;
mod features;
mod layers;
mod load;
mod new;
mod postgres;
mod process;
mod python;
mod report;
mod runner;
mod sweep;
mod tidy;
mod trial;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use contract::Effort;
use report::Totals;

/// The result of a command of this crate.
type Result<T = ()> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "The project's own commands")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// The whole gate: format, lints, drift, house rules, tests, generated projects.
    Ci,
    /// What is too long for the gate: contract tests of all cases, many requests at once, random
    /// applications in bulk, a sample of which is run.
    Nightly,
    /// Writes what is expected of the golden cases anew.
    Bless,
    /// Writes the generated files of this repository anew.
    Codegen {
        /// Only say whether they are up to date.
        #[arg(long)]
        check: bool,
    },
    /// The house rules: sizes, headers, imports between crates, invariants.
    Tidy,
    /// Generates golden projects and judges them by running them.
    E2e {
        /// Names of cases under `golden/`, and `dev`; all by default.
        cases: Vec<String>,
        /// Keep the generated projects and say where they are.
        #[arg(long)]
        keep: bool,
    },
    /// Runs the contract tests of generated golden projects.
    Contract {
        /// Names of cases under `golden/`; all by default.
        cases: Vec<String>,
        /// Random requests to each operation.
        #[arg(long, default_value_t = Effort::GATE.examples)]
        examples: u32,
        /// Draws other requests than those that are drawn each time.
        #[arg(long)]
        seed: Option<u64>,
    },
    /// Speed and memory, as ratios within one run.
    Bench {
        /// Entities of the largest model.
        #[arg(long, default_value_t = 5000)]
        largest: usize,
        /// Skip the comparison with datamodel-code-generator.
        #[arg(long)]
        no_peer: bool,
    },
    /// Compiles random applications and lints the result.
    Sweep {
        /// How many.
        #[arg(long, default_value_t = 200)]
        count: u32,
        /// How many of them are type-checked and tested as well: half a minute each.
        #[arg(long, default_value_t = 0)]
        tried: u32,
        /// The first seed.
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Sends many requests at once to golden projects on PostgreSQL.
    Load,
    /// Puts the judge on trial: golden projects are found good, mistakes are seen.
    Trial {
        /// Classes of mistakes by their name, their layer or the code of their check, or
        /// `applications` for the random ones alone; by default all, and what stands in the judge's
        /// way.
        class: Option<String>,
        /// Make each mistake in one project only, as the gate does.
        #[arg(long)]
        gate: bool,
        /// Make each mistake in so many projects at the most.
        #[arg(long)]
        projects: Option<usize>,
        /// How many random applications are judged.
        #[arg(long)]
        random: Option<u64>,
        /// The seed of the first of them.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Only run the full judge so often on one project: it must say the same each time.
        #[arg(long)]
        repeat: Option<u32>,
        /// Write into docs/trial.md what came of it.
        #[arg(long)]
        write: bool,
    },
    /// Writes the skeleton of a new part.
    New {
        /// What: `check`, `emitter`, `template`, `code` or `case`.
        kind: String,
        /// Its name: kebab case, or a code such as E0312.
        name: String,
    },
}

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Ci => ci::run(),
        Command::Nightly => nightly(),
        Command::Bless => bless::run(),
        Command::Codegen { check } => codegen::run(check),
        Command::Tidy => tidy::run(),
        Command::E2e { cases, keep } => e2e::run(&cases, keep),
        Command::Contract { cases, examples, seed } => {
            contract::run(&cases, Effort { examples, seed })
        }
        Command::Bench { largest, no_peer } => bench::run(largest, !no_peer),
        Command::Sweep { count, tried, seed } => sweep::run(count, tried, seed),
        Command::Load => load::run(),
        Command::Trial { class, gate, projects, random, seed, repeat, write } => {
            let scope = if gate { trial::Scope::Gate } else { trial::Scope::All };
            trial::run(&trial::Asked { class, scope, projects, random, seed, repeat, write })
        }
        Command::New { kind, name } => new::run(&kind, &name),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Runs what is too long for the gate.
fn nightly() -> Result {
    let mut cases = Vec::new();
    for effort in Effort::nightly() {
        cases.extend(contract::cases(&[], effort)?);
    }
    cases.extend(load::cases()?);
    cases.extend(trial::cases(trial::Scope::All)?);
    cases.extend(sweep::cases(10_000, 1));
    cases.extend(sweep::trials(20, 1)?);
    report::conclude(&cases, Totals::default())
}

/// The folder of the workspace.
fn root() -> std::path::PathBuf {
    let here = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}
