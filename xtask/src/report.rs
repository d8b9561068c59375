//! Results of the gate's own tests, and its closing line.

use std::time::{Duration, Instant};

use crate::Result;

/// How a test ended.
#[derive(Debug, Clone)]
pub(crate) enum Outcome {
    /// Well.
    Passed,
    /// Badly, with what it said.
    Failed(String),
    /// It could not be run here, and why.
    Skipped(String),
}

/// A test with its result.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    /// What was tested.
    pub(crate) name: String,
    /// How it ended.
    pub(crate) outcome: Outcome,
}

/// Totals of a run.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Totals {
    /// Tests that passed.
    pub(crate) passed: usize,
    /// Tests that failed.
    pub(crate) failed: usize,
    /// Tests that could not be run here.
    pub(crate) skipped: usize,
}

impl Totals {
    /// Adds other totals.
    pub(crate) fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }

    /// Counts cases.
    pub(crate) fn of(cases: &[Case]) -> Self {
        let mut totals = Self::default();
        for case in cases {
            match case.outcome {
                Outcome::Passed => totals.passed += 1,
                Outcome::Failed(_) => totals.failed += 1,
                Outcome::Skipped(_) => totals.skipped += 1,
            }
        }
        totals
    }

    /// The closing line.
    pub(crate) fn line(self) -> String {
        format!("{} passed, {} failed, {} skipped", self.passed, self.failed, self.skipped)
    }
}

/// Runs one test and prints its result at once.
pub(crate) fn case(name: impl Into<String>, test: impl FnOnce() -> Result<Option<String>>) -> Case {
    let name = name.into();
    let started = Instant::now();
    let outcome = match test() {
        Ok(None) => Outcome::Passed,
        Ok(Some(reason)) => Outcome::Skipped(reason),
        Err(error) => Outcome::Failed(error.to_string()),
    };
    print(&name, &outcome, started.elapsed());
    Case { name, outcome }
}

fn print(name: &str, outcome: &Outcome, time: Duration) {
    let seconds = time.as_secs_f32();
    match outcome {
        Outcome::Passed => println!("  ok       {name} ({seconds:.1} s)"),
        Outcome::Skipped(reason) => println!("  skipped  {name}: {reason}"),
        Outcome::Failed(text) => println!("  FAILED   {name} ({seconds:.1} s)\n{}", indent(text)),
    }
}

fn indent(text: &str) -> String {
    text.lines().flat_map(|line| ["    | ", line, "\n"]).collect()
}

/// Names once more what failed and what was skipped, and returns the error that ends the command.
/// `others` were counted elsewhere.
pub(crate) fn conclude(cases: &[Case], others: Totals) -> Result {
    let mut totals = Totals::of(cases);
    totals.add(others);
    for case in cases {
        match &case.outcome {
            Outcome::Failed(_) => println!("failed: {}", case.name),
            Outcome::Skipped(reason) => println!("skipped: {}: {reason}", case.name),
            Outcome::Passed => {}
        }
    }
    println!("{}", totals.line());
    if totals.failed == 0 { Ok(()) } else { Err(format!("{} failed", totals.failed).into()) }
}
