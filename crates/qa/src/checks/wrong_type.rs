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

/// How the check starts mypy, and how the cache of libraries is made.
const START: (&str, &str) = ("start.py", include_str!("../mypy/start.py"));
const MAKE_CACHE: (&str, &str) = ("make_cache.py", include_str!("../mypy/make_cache.py"));
/// A module that imports what generated projects import.
const IMPORTS: (&str, &str) = ("imports.py", include_str!("../mypy/imports.py"));
/// The cache of libraries, as `start.py` knows it.
const ARCHIVE: &str = "libraries.tar.gz";

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
    call.answers.insert(ARCHIVE.to_owned(), cache_of_libraries(&call));
    started_by(&mut call, START);
    let outcome = bench.run(&call);
    trouble::of(Code::J0603, &call, &outcome).unwrap_or_else(|| found(&call, &outcome))
}

/// The call that reads the libraries, once for all projects. Its options are those of the check, or
/// its cache would not fit.
fn cache_of_libraries(check: &ToolCall) -> ToolCall {
    let mut call = check.clone();
    WORK.clone_into(&mut call.folder);
    for text in call.files.values_mut() {
        *text = only_mypy(text);
    }
    call.arguments.push(format!("{WORK}/{}", IMPORTS.0));
    call.files.insert(IMPORTS.0.to_owned(), IMPORTS.1.to_owned());
    call.limits.output = 256 << 20;
    started_by(&mut call, MAKE_CACHE);
    call
}

fn started_by(call: &mut ToolCall, (name, text): (&str, &str)) {
    call.limits.time = Duration::from_mins(5);
    call.limits.memory = 4 << 30;
    call.files.insert(name.to_owned(), text.to_owned());
    call.launcher = Some(name.to_owned());
}

/// mypy's table of a configuration: what else stands there differs from project to project.
fn only_mypy(text: &str) -> String {
    let start = text.find("[tool.mypy]").unwrap_or(text.len());
    let table = &text[start..];
    let end = table.find("\n[").map_or(table.len(), |end| end + 1);
    table[..end].to_owned()
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
