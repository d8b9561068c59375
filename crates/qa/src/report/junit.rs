//! The report as JUnit XML: a suite for each layer, a case for each check.

use std::fmt::Write as _;
use std::time::Duration;

use stratapi_diagnostics::render;

use super::encode::markup;
use super::{CheckReport, LayerReport, Report};
use crate::result::Outcome;

/// One XML document, with a line feed at its end.
pub fn junit(report: &Report) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let all: Vec<&CheckReport> = report.checks().collect();
    let name = markup(&report.app);
    let _ = writeln!(out, "<testsuites name=\"{name}\"{}>", counts(&all, report));
    for layer in &report.layers {
        suite(&mut out, layer, report);
    }
    out.push_str("</testsuites>\n");
    out
}

fn suite(out: &mut String, layer: &LayerReport, report: &Report) {
    let checks: Vec<&CheckReport> = layer.checks.iter().collect();
    let _ =
        writeln!(out, "  <testsuite name=\"{}\"{}>", layer.layer.name(), counts(&checks, report));
    for check in checks {
        let name = check.code.info().name;
        let time = time(report, name).as_secs_f64();
        let _ = write!(
            out,
            "    <testcase classname=\"{}\" name=\"{} {name}\" time=\"{time:.3}\"",
            layer.layer.name(),
            check.code
        );
        match &check.outcome {
            Outcome::Passed => out.push_str("/>\n"),
            Outcome::Skipped(reason) => {
                let reason = markup(reason);
                let _ = writeln!(out, ">\n      <skipped message=\"{reason}\"/>\n    </testcase>");
            }
            Outcome::Failed => failure(out, check, report),
        }
    }
    out.push_str("  </testsuite>\n");
}

fn failure(out: &mut String, check: &CheckReport, report: &Report) {
    let diagnosed = report.diagnosed_check(check, "");
    let text = render::short(&diagnosed.diagnostics, &diagnosed.sources);
    let errors = check.findings.iter().filter(|finding| finding.is_error()).count();
    let _ = writeln!(
        out,
        ">\n      <failure message=\"{errors} found\" type=\"{}\">{}</failure>\n    </testcase>",
        check.code,
        markup(&text)
    );
}

fn counts(checks: &[&CheckReport], report: &Report) -> String {
    let failed = checks.iter().filter(|check| check.outcome == Outcome::Failed).count();
    let skipped =
        checks.iter().filter(|check| matches!(check.outcome, Outcome::Skipped(_))).count();
    let total: Duration = checks.iter().map(|check| time(report, check.code.info().name)).sum();
    format!(
        " tests=\"{}\" failures=\"{failed}\" errors=\"0\" skipped=\"{skipped}\" time=\"{:.3}\"",
        checks.len(),
        total.as_secs_f64()
    )
}

fn time(report: &Report, name: &str) -> Duration {
    report.times.iter().filter(|(other, _)| *other == name).map(|(_, time)| *time).sum()
}
