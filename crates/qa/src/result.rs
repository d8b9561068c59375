//! What a check comes to: findings, and the facts that compliance is counted from.

use stratapi_diagnostics::Code;

use crate::finding::{About, Finding};
use crate::layer::Layer;

/// How a check ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It looked at everything and found no error.
    Passed,
    /// It found an error, or could not judge something that it has to judge.
    Failed,
    /// It did not run: why. Never the outcome of a check that met something it does not understand.
    Skipped(String),
}

/// How a single fact turned out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// As the model says.
    Met,
    /// Not as the model says, but in a way that nobody depends on: relaxed compliance only.
    Relaxed,
    /// Not as the model says.
    Broken,
    /// Not examined.
    Unknown,
}

/// Something that holds or does not: a table's columns, an endpoint's statuses, one denied request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What it is about.
    pub about: About,
    /// How it turned out.
    pub grade: Grade,
}

/// What a check found.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// In any order; the report sorts them.
    pub findings: Vec<Finding>,
    /// Single facts, for checks that count them. Where there is none, the judge counts one fact for
    /// the application and one for each entity whose files the check reads.
    pub facts: Vec<Fact>,
    /// Why it did not run, if it did not.
    pub skipped: Option<String>,
}

impl Found {
    /// Nothing was examined, for this reason.
    pub fn skipped(reason: impl Into<String>) -> Self {
        Self { skipped: Some(reason.into()), ..Self::default() }
    }

    /// Adds what another run of the same check found.
    pub(crate) fn join(&mut self, other: Self) {
        self.findings.extend(other.findings);
        self.facts.extend(other.facts);
        self.skipped = self.skipped.take().or(other.skipped);
    }

    /// Notes a fact.
    pub fn fact(&mut self, about: About, grade: Grade) {
        self.facts.push(Fact { about, grade });
    }

    /// Notes a finding together with the fact that it breaks (or, as a warning, relaxes).
    pub fn broken(&mut self, about: About, finding: Finding) {
        self.fact(about.clone(), finding.grade());
        self.findings.push(finding.about(about));
    }
}

impl From<Vec<Finding>> for Found {
    fn from(findings: Vec<Finding>) -> Self {
        Self { findings, ..Self::default() }
    }
}

/// A check with what it came to.
#[derive(Debug, Clone)]
pub struct CheckResult {
    /// The check; its name is that of the code.
    pub code: Code,
    /// Its layer.
    pub layer: Layer,
    /// How it ended.
    pub outcome: Outcome,
    /// What it found, in the order of the places.
    pub findings: Vec<Finding>,
    /// What it counted; at least one fact, but for programs that a layer can do without.
    pub facts: Vec<Fact>,
}

impl CheckResult {
    /// The name of the check, in kebab case.
    pub fn name(&self) -> &'static str {
        self.code.info().name
    }
}
