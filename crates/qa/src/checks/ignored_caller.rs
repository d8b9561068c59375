//! `J0125`: a function that is told who calls and never looks: what only some may do, everybody
//! may.

use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::Ranged as _;
use stratapi_diagnostics::Code;

use crate::finding::Finding;
use crate::python::Source;
use crate::subject::Subject;

/// What the caller is called in routers and services.
const CALLER: &str = "caller";

pub(super) fn check(source: &Source<'_>, _: &Subject<'_>) -> Vec<Finding> {
    if !source.path.starts_with("app/") {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (index, function) in source.functions.iter().enumerate() {
        let Some(parameter) = function.parameters().find(|it| it.name == CALLER) else { continue };
        let is_used = source.expressions.iter().any(|inside| {
            let here = inside.function.is_none_or(|other| other as usize >= index);
            here && matches!(inside.node, Expr::Name(name) if name.id.as_str() == CALLER)
                && within(function.body, inside.node)
        });
        if !is_used {
            let place = source.name_place(function.statement, function.name);
            let message =
                format!("`{}` is told the `{}` and never looks", function.name, parameter.name);
            found.push(
                Finding::error(Code::J0125, message)
                    .at(place, "who calls makes no difference here")
                    .help("check the access rule of the operation, or pass the caller on"),
            );
        }
    }
    found
}

fn within(body: &[Stmt], node: &Expr) -> bool {
    let (Some(first), Some(last)) = (body.first(), body.last()) else { return false };
    let range = node.range();
    first.range().start() <= range.start() && range.end() <= last.range().end()
}
