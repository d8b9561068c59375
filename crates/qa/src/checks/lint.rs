//! `J0601`: what `ruff check` finds, by the configuration that the compiler makes, whatever the
//! project's own says now.

use serde::Deserialize;
use stratapi_diagnostics::Code;

use super::configured::{self, Configured};
use crate::finding::{Finding, Place};
use crate::judge::Bench;
use crate::result::Found;
use crate::trouble;

#[derive(Deserialize)]
struct Row {
    /// `None` for what can't be parsed.
    code: Option<String>,
    filename: String,
    location: Location,
    message: String,
}

#[derive(Deserialize)]
struct Location {
    row: u32,
    column: u32,
}

pub(super) fn check(bench: &Bench<'_>) -> Found {
    let arguments = [
        "check",
        "--no-cache",
        "--no-respect-gitignore",
        "--quiet",
        "--output-format",
        "json",
        "--config",
    ];
    let call = match configured::call(bench, "ruff", &arguments, &["."]) {
        Configured::Call(call) => call,
        Configured::Without(found) => return found,
    };
    let outcome = bench.run(&call);
    if let Some(found) = trouble::of(Code::J0601, &call, &outcome) {
        return found;
    }
    let root = format!("{}/", bench.project());
    if let Ok(rows) = serde_json::from_slice::<Vec<Row>>(&outcome.stdout) {
        return rows.into_iter().map(|row| finding(row, &root)).collect::<Vec<_>>().into();
    }
    let said = trouble::first_line(&outcome.stderr);
    vec![Finding::error(Code::J0601, format!("`ruff check` gave no answer: {said}"))].into()
}

fn finding(row: Row, root: &str) -> Finding {
    let path = row.filename.strip_prefix(root).unwrap_or(&row.filename).to_owned();
    let message = match row.code {
        Some(code) => format!("{} ({code})", configured::sentence(&row.message)),
        None => configured::sentence(&row.message),
    };
    let place = Place::point(path, row.location.row, row.location.column);
    Finding::error(Code::J0601, message).at(place, "")
}
