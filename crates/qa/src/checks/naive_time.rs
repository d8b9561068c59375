//! `J0119`: a time without a zone: it means another moment on every machine.

use ruff_python_ast::Expr;
use stratapi_diagnostics::Code;

use crate::finding::Finding;
use crate::python::{Call, Source, is_bool, keyword, last_name};
use crate::subject::Subject;

pub(super) fn check(source: &Source<'_>, _: &Subject<'_>) -> Vec<Finding> {
    // Tests show what happens to such times.
    if source.path.starts_with("tests/") {
        return Vec::new();
    }
    let mut found = Vec::new();
    for call in &source.calls {
        let Some(problem) = problem(call) else { continue };
        found.push(
            Finding::error(Code::J0119, problem)
                .at(source.place(call.node), "no time zone")
                .help("keep every time in UTC and aware: `app.core.clock.utcnow()`"),
        );
    }
    found
}

fn problem(call: &Call<'_>) -> Option<&'static str> {
    let (name, call) = (call.name.as_deref(), call.node);
    let arguments = &call.arguments.args;
    let bare = arguments.is_empty() && keyword(call, "tz").is_none();
    let removes = last_name(&call.func) == "replace"
        && keyword(call, "tzinfo").is_some_and(Expr::is_none_literal_expr);
    if removes {
        return Some("the time zone is dropped");
    }
    match name? {
        "datetime.datetime.now" if bare => Some("the time of the machine, without its zone"),
        "datetime.datetime.fromtimestamp"
            if arguments.len() < 2 && keyword(call, "tz").is_none() =>
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
                && !arguments.first().is_some_and(|e| is_bool(e, true)) =>
        {
            Some("a column that loses the time zone")
        }
        _ => None,
    }
}
