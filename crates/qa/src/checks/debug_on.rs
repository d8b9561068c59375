//! `J0123`: a switch for debugging that is on: it shows to strangers what happens inside.

use ruff_python_ast::{Expr, Stmt};
use stratapi_diagnostics::Code;

use crate::finding::Finding;
use crate::python::{Source, is_bool, last_name};
use crate::subject::Subject;

/// Switches, by the function that takes them.
const SWITCHES: &[(&str, &str)] = &[
    ("FastAPI", "debug"),
    ("Starlette", "debug"),
    ("create_async_engine", "echo"),
    ("create_engine", "echo"),
];
/// Calls that stop the process and wait for a person.
const STOPS: &[&str] = &["breakpoint", "pdb.set_trace", "ipdb.set_trace"];
/// Settings that are off unless somebody turns them on.
const SETTINGS: &[&str] = &["debug", "database_echo", "echo", "sql_echo"];

pub(super) fn check(source: &Source<'_>, _: &Subject<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for call in &source.calls {
        let callee = last_name(&call.node.func);
        let on = call.node.arguments.keywords.iter().any(|keyword| {
            let name = keyword.arg.as_ref().map_or("", |arg| arg.as_str());
            SWITCHES.contains(&(callee, name)) && is_bool(&keyword.value, true)
        });
        let stops = call.name.as_ref().is_some_and(|name| STOPS.contains(&name.as_str()));
        if on {
            found.push(finding("debugging is on").at(source.place(call.node), ""));
        } else if stops {
            found.push(
                finding("the process stops here for a debugger").at(source.place(call.node), ""),
            );
        }
    }
    for inside in &source.statements {
        if let Stmt::AnnAssign(s) = inside.node
            && let Expr::Name(name) = &*s.target
            && inside.function.is_none()
            && source.path.ends_with("config.py")
            && SETTINGS.contains(&name.id.as_str())
            && s.value.as_deref().is_some_and(|value| is_bool(value, true))
        {
            found.push(finding("debugging is on by default").at(source.place(s), ""));
        }
    }
    found
}

fn finding(message: &str) -> Finding {
    Finding::error(Code::J0123, message).help("leave it off; turn it on by the environment")
}
