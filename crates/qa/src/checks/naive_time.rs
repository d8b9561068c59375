//! `J0119`: a time without a zone: it means another moment on every machine.

use rustpython_parser::ast::{Expr, ExprCall};
use stratapi_diagnostics::Code;

use crate::finding::Finding;
use crate::python::{Source, is_bool, keyword, last_name};
use crate::subject::Subject;

pub(super) fn check(source: &Source<'_>, _: &Subject<'_>) -> Vec<Finding> {
    // Tests show what happens to such times.
    if source.path.starts_with("tests/") {
        return Vec::new();
    }
    let mut found = Vec::new();
    for inside in &source.expressions {
        let Expr::Call(call) = inside.node else { continue };
        let Some(problem) = problem(source, call) else { continue };
        found.push(
            Finding::error(Code::J0119, problem)
                .at(source.place(call), "no time zone")
                .help("keep every time in UTC and aware: `app.core.clock.utcnow()`"),
        );
    }
    found
}

fn problem(source: &Source<'_>, call: &ExprCall) -> Option<&'static str> {
    let bare = call.args.is_empty() && keyword(call, "tz").is_none();
    let removes =
        last_name(&call.func) == "replace" && keyword(call, "tzinfo").is_some_and(is_none);
    if removes {
        return Some("the time zone is dropped");
    }
    match source.full_name(&call.func)?.as_str() {
        "datetime.datetime.now" if bare => Some("the time of the machine, without its zone"),
        "datetime.datetime.fromtimestamp"
            if call.args.len() < 2 && keyword(call, "tz").is_none() =>
        {
            Some("the time of the machine, without its zone")
        }
        "datetime.datetime.utcnow" | "datetime.datetime.utcfromtimestamp" => {
            Some("the time in UTC, but nothing says so")
        }
        "datetime.datetime.today" | "datetime.date.today" => {
            Some("the day of the machine, without its zone")
        }
        "sqlalchemy.DateTime" | "sqlalchemy.TIMESTAMP"
            if !keyword(call, "timezone").is_some_and(|e| is_bool(e, true))
                && !call.args.first().is_some_and(|e| is_bool(e, true)) =>
        {
            Some("a column that loses the time zone")
        }
        _ => None,
    }
}

fn is_none(expression: &Expr) -> bool {
    matches!(expression, Expr::Constant(c) if c.value.is_none())
}
