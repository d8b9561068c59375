//! The report: what the judge came to, counted by layer, check, entity, endpoint and rule. The same
//! files under the same model give the same report; only the times differ, and they stand apart.

mod diagnose;
mod encode;
mod html;
mod human;
mod json;
mod junit;
mod score;

use std::collections::BTreeMap;
use std::time::Duration;

use stratapi_diagnostics::{Code, SourceMap};

use crate::finding::{About, Finding};
use crate::judge::Verdict;
use crate::layer::{Layer, Level};
use crate::result::{CheckResult, Outcome};
use crate::subject::Subject;
pub use diagnose::Diagnosed;
pub use html::html;
pub use human::human;
pub use json::json;
pub use junit::junit;
pub use score::{Percent, Score};

/// What the caller knows about a judgement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// How far the judge went.
    pub level: Level,
    /// Hash over everything that the plan was made from.
    pub input_hash: String,
    /// Hash over all files of the project.
    pub tree_hash: String,
    /// Whether only the files were judged that had changed since the last judgement.
    pub changed_only: bool,
    /// Versions of all that judged: `stratapi`, `python`, …
    pub versions: BTreeMap<String, String>,
}

/// What the judge came to.
#[derive(Debug, Clone)]
pub struct Report {
    /// Name of the application.
    pub app: String,
    /// What the caller knows about it.
    pub facts: Facts,
    /// Everything together.
    pub total: Score,
    /// The layers that ran, in order.
    pub layers: Vec<LayerReport>,
    /// Every entity with its score, in the order of the IR.
    pub entities: Vec<(String, Score)>,
    /// Every endpoint of the model with its score, in the order of the IR.
    pub endpoints: Vec<(String, Score)>,
    /// Every access rule with its score, by the operation's function, in the order of the IR.
    pub rules: Vec<(String, Score)>,
    /// How long each check worked, and how long the whole took by the clock, under names in brackets.
    /// No other part of the report knows a time.
    pub times: Vec<(&'static str, Duration)>,
    sources: SourceMap,
    texts: BTreeMap<String, String>,
}

/// What a layer came to.
#[derive(Debug, Clone)]
pub struct LayerReport {
    /// Which one.
    pub layer: Layer,
    /// Its checks together.
    pub score: Score,
    /// Its checks, in the order of the registry.
    pub checks: Vec<CheckReport>,
}

/// What a check came to.
#[derive(Debug, Clone)]
pub struct CheckReport {
    /// Its code; its name is that of the code.
    pub code: Code,
    /// How it ended.
    pub outcome: Outcome,
    /// The facts that it counted.
    pub score: Score,
    /// What it found, in the order of the places.
    pub findings: Vec<Finding>,
}

impl Report {
    /// Counts a verdict. `sources` are those of the IR, into which origins point.
    pub fn new(subject: &Subject<'_>, verdict: Verdict, facts: Facts, sources: &SourceMap) -> Self {
        let names = verdict.results.iter().map(CheckResult::name);
        let times = names.zip(verdict.times).collect();
        let scores = Scores::of(&verdict.results);
        let by = |about: Vec<About>| about.into_iter().map(|about| scores.named(about)).collect();
        let endpoints: Vec<_> = subject.endpoints().collect();
        let flows: Vec<_> = subject.flow_routes().collect();
        let routes = endpoints.iter().map(crate::Endpoint::about);
        let rules = endpoints.iter().map(crate::Endpoint::rule);
        let entities = (0..subject.plan.entities.len()).map(|index| subject.about_entity(index));
        Self {
            app: subject.plan.app.name.clone(),
            facts,
            total: scores.total,
            entities: by(entities.collect()),
            endpoints: by(routes.chain(flows.iter().map(crate::FlowRoute::about)).collect()),
            rules: by(rules.chain(flows.iter().map(crate::FlowRoute::rule)).collect()),
            times,
            sources: sources.clone(),
            texts: texts(subject, &verdict.results),
            layers: layers(verdict.results),
        }
    }

    /// Whether nothing failed. A check that did not run fails nothing.
    pub fn passed(&self) -> bool {
        self.checks().all(|check| check.outcome != Outcome::Failed)
    }

    /// How long all checks worked together.
    pub fn work(&self) -> Duration {
        self.times.iter().filter(|(name, _)| !name.starts_with('(')).map(|(_, time)| *time).sum()
    }

    /// All checks, in the order of the registry.
    pub fn checks(&self) -> impl Iterator<Item = &CheckReport> {
        self.layers.iter().flat_map(|layer| &layer.checks)
    }

    /// The report as SARIF. Files of the project are named by `folder` and their path.
    pub fn sarif(&self, folder: &str) -> String {
        let diagnosed = self.diagnosed(folder);
        stratapi_diagnostics::render::sarif(&diagnosed.diagnostics, &diagnosed.sources)
    }

    /// All findings, in the order of the checks and of the places.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.checks().flat_map(|check| &check.findings)
    }
}

/// The texts of the files in which something was found: what is underlined.
fn texts(subject: &Subject<'_>, results: &[CheckResult]) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    for finding in results.iter().flat_map(|result| &result.findings) {
        let related = finding.related.iter().map(|(place, _)| place);
        for place in finding.place.iter().chain(related) {
            if let Some(text) = subject.actual.text(&place.path) {
                texts.entry(place.path.clone()).or_insert_with(|| text.to_owned());
            }
        }
    }
    texts
}

fn layers(results: Vec<CheckResult>) -> Vec<LayerReport> {
    let mut layers: BTreeMap<Layer, LayerReport> = BTreeMap::new();
    for result in results {
        let score = Score::of(&result.facts);
        let layer = layers.entry(result.layer).or_insert_with(|| LayerReport {
            layer: result.layer,
            score: Score::default(),
            checks: Vec::new(),
        });
        layer.score += score;
        layer.checks.push(CheckReport {
            code: result.code,
            outcome: result.outcome,
            score,
            findings: result.findings,
        });
    }
    layers.into_values().collect()
}

/// The facts of all checks, counted by what they are about.
struct Scores {
    total: Score,
    by_about: BTreeMap<About, Score>,
}

impl Scores {
    fn of(results: &[CheckResult]) -> Self {
        let mut scores = Self { total: Score::default(), by_about: BTreeMap::new() };
        for fact in results.iter().flat_map(|result| &result.facts) {
            scores.total.count(fact.grade);
            scores.by_about.entry(fact.about.clone()).or_default().count(fact.grade);
        }
        scores
    }

    fn named(&self, about: About) -> (String, Score) {
        let score = self.by_about.get(&about).copied().unwrap_or_default();
        let name = match about {
            About::App => String::new(),
            About::Entity(name) | About::Endpoint(name) | About::Rule(name) => name,
        };
        (name, score)
    }
}
