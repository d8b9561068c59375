//! `J0603`: what `mypy --strict` finds, by the configuration that the compiler makes.

use std::time::Duration;

use serde::Deserialize;
use stratapi_diagnostics::Code;

use super::configured::{self, Configured};
use crate::finding::{Finding, Place};
use crate::judge::Bench;
use crate::result::Found;
use crate::tool::{Ended, ToolCall, ToolOutcome, WORK};
use crate::trouble;

#[derive(Deserialize)]
struct Row {
    file: String,
    line: i64,
    column: i64,
    message: String,
    code: Option<String>,
    severity: String,
}

pub(super) fn check(bench: &Bench<'_>) -> Found {
    let cache = format!("{WORK}/cache");
    let rest = ["--strict", "--cache-dir", &cache, "--output", "json", "--no-error-summary"];
    let mut call = match configured::call(bench, "mypy", &["--config-file"], &rest) {
        Configured::Call(call) => call,
        Configured::Without(found) => return found,
    };
    call.limits.time = Duration::from_mins(5);
    call.limits.memory = 4 << 30;
    let outcome = bench.run(&call);
    trouble::of(Code::J0603, &call, &outcome).unwrap_or_else(|| found(&call, &outcome))
}

fn found(call: &ToolCall, outcome: &ToolOutcome) -> Found {
    let text = String::from_utf8_lossy(&outcome.stdout);
    let mut findings = Vec::new();
    let mut strange = None;
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        match serde_json::from_str::<Row>(line) {
            Ok(row) if row.severity == "error" => findings.push(finding(row)),
            Ok(_) => {}
            Err(_) => strange = strange.or_else(|| Some(line.to_owned())),
        }
    }
    // It leaves with 1 where it found something, and with 2 where it could not look.
    let expected = if findings.is_empty() { Ended::Exit(0) } else { Ended::Exit(1) };
    if outcome.ended != expected {
        let said = strange.unwrap_or_else(|| trouble::first_line(&outcome.stderr));
        let message = format!("`{}` gave no answer: {said}", call.program);
        findings.push(Finding::error(Code::J0603, message));
    }
    findings.into()
}

fn finding(row: Row) -> Finding {
    let number = |value: i64| u32::try_from(value.max(1)).unwrap_or(u32::MAX);
    let message = match row.code {
        Some(code) => format!("{} ({code})", configured::sentence(&row.message)),
        None => configured::sentence(&row.message),
    };
    let place = Place::point(row.file, number(row.line), number(row.column + 1));
    Finding::error(Code::J0603, message).at(place, "")
}
