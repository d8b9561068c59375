//! The report as JSON. The shape is stable: `docs/cli.md` documents it, and a change that is not an
//! addition raises `version`.

use serde_json::{Map, Value, json};
use stratapi_diagnostics::render;

use super::score::Percent;
use super::{CheckReport, LayerReport, Report, Score};
use crate::result::Outcome;

/// One JSON object, indented, with a line feed at its end. Times stand under `times` alone.
pub fn json(report: &Report) -> String {
    let mut value = stable(report);
    let times: Map<String, Value> = report
        .times
        .iter()
        .map(|(name, time)| ((*name).to_owned(), json!(time.as_secs_f64())))
        .collect();
    value["times"] = times.into();
    format!("{value:#}\n")
}

/// The part that is the same for the same files and the same model.
pub(crate) fn stable(report: &Report) -> Value {
    json!({
        "version": 1,
        "app": report.app,
        "level": report.facts.level.name(),
        "changed_only": report.facts.changed_only,
        "input_hash": report.facts.input_hash,
        "tree_hash": report.facts.tree_hash,
        "versions": report.facts.versions,
        "passed": report.passed(),
        "compliance": score(report.total),
        "layers": report.layers.iter().map(layer).collect::<Vec<Value>>(),
        "entities": scores(&report.entities),
        "endpoints": scores(&report.endpoints),
        "rules": scores(&report.rules),
        "findings": findings(report),
    })
}

fn score(score: Score) -> Value {
    json!({
        "strict": score.strict().map(Percent::value),
        "relaxed": score.relaxed().map(Percent::value),
        "met": score.met,
        "almost": score.relaxed,
        "broken": score.broken,
        "unknown": score.unknown,
    })
}

fn scores(named: &[(String, Score)]) -> Vec<Value> {
    let one = |(name, of): &(String, Score)| {
        let mut value = score(*of);
        value["name"] = name.as_str().into();
        value
    };
    named.iter().map(one).collect()
}

fn layer(layer: &LayerReport) -> Value {
    json!({
        "name": layer.layer.name(),
        "compliance": score(layer.score),
        "checks": layer.checks.iter().map(check).collect::<Vec<Value>>(),
    })
}

fn check(check: &CheckReport) -> Value {
    let (outcome, reason) = match &check.outcome {
        Outcome::Passed => ("passed", None),
        Outcome::Failed => ("failed", None),
        Outcome::Skipped(reason) => ("skipped", Some(reason.as_str())),
    };
    json!({
        "code": check.code.as_str(),
        "name": check.code.info().name,
        "outcome": outcome,
        "reason": reason,
        "compliance": score(check.score),
        "findings": check.findings.len(),
    })
}

/// The findings in the form of `check --format json`.
fn findings(report: &Report) -> Value {
    let diagnosed = report.diagnosed("");
    let text = render::json(&diagnosed.diagnostics, &diagnosed.sources);
    let mut value: Value = serde_json::from_str(&text).unwrap_or_default();
    value["diagnostics"].take()
}
