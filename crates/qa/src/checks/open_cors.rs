//! `J0116`: every site may call the application with the cookies of whoever visits it.

use ruff_python_ast::{Expr, Stmt};
use stratapi_diagnostics::Code;

use crate::finding::Finding;
use crate::python::{Source, is_bool, keyword, string};
use crate::subject::Subject;

pub(super) fn check(source: &Source<'_>, _: &Subject<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for call in source.calls.iter().map(|call| call.node) {
        let credentials = keyword(call, "allow_credentials").is_some_and(|e| is_bool(e, true));
        let origins = keyword(call, "allow_origins").is_some_and(has_star);
        let pattern = keyword(call, "allow_origin_regex").and_then(string);
        let anything = pattern.is_some_and(|p| matches!(p.trim_matches(['^', '$']), ".*" | ".+"));
        if credentials && (origins || anything) {
            found.push(finding(source.place(call)));
        }
    }
    for inside in &source.statements {
        // The origins that the middleware is given come from the settings.
        if let Stmt::AnnAssign(s) = inside.node
            && let Expr::Name(name) = &*s.target
            && name.id.as_str().contains("origins")
            && s.value.as_deref().is_some_and(has_star)
        {
            found.push(finding(source.place(s)));
        }
    }
    found
}

fn finding(place: crate::finding::Place) -> Finding {
    Finding::error(Code::J0116, "every site may call the application on behalf of its visitors")
        .at(place, "`*` together with credentials")
        .help("list the origins that may")
}

fn has_star(expression: &Expr) -> bool {
    match expression {
        Expr::List(e) => e.elts.iter().any(|e| string(e) == Some("*")),
        Expr::Tuple(e) => e.elts.iter().any(|e| string(e) == Some("*")),
        Expr::Set(e) => e.elts.iter().any(|e| string(e) == Some("*")),
        other => string(other) == Some("*"),
    }
}
