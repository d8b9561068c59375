//! The report for a terminal: the findings with their lines, then a score for each layer.

use std::fmt::Write as _;

use stratapi_diagnostics::render;

use super::{Percent, Report};
use crate::result::Outcome;

/// Findings with source lines, and a table. `folder` stands before the names of the project's files.
pub fn human(report: &Report, folder: &str, color: bool, width: Option<usize>) -> String {
    let diagnosed = report.diagnosed(folder);
    let mut out = render::human(&diagnosed.diagnostics, &diagnosed.sources, color, width);
    if !out.is_empty() {
        out.push('\n');
    }
    let _ = writeln!(
        out,
        "{:<20} {:>8} {:>8} {:>8} {:>9} {:>9}",
        "", "passed", "failed", "skipped", "strict %", "relaxed %"
    );
    for layer in &report.layers {
        let count = |wanted: fn(&Outcome) -> bool| {
            layer.checks.iter().filter(|check| wanted(&check.outcome)).count()
        };
        let _ = writeln!(
            out,
            "{:<20} {:>8} {:>8} {:>8} {:>9} {:>9}",
            layer.layer.title(),
            count(|outcome| *outcome == Outcome::Passed),
            count(|outcome| *outcome == Outcome::Failed),
            count(|outcome| matches!(outcome, Outcome::Skipped(_))),
            percent(layer.score.strict()),
            percent(layer.score.relaxed()),
        );
    }
    for check in report.checks() {
        if let Outcome::Skipped(reason) = &check.outcome {
            let reason = reason.replace(char::is_control, " ");
            let _ = writeln!(out, "skipped {} {}: {reason}", check.code, check.code.info().name);
        }
    }
    out
}

/// A share, or a dash where there is nothing to share.
pub(super) fn percent(value: Option<Percent>) -> String {
    value.map_or_else(|| "–".to_owned(), |percent| percent.to_string())
}
