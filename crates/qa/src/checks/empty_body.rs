//! `J0102`: a function that does nothing. Methods that are abstract, overloads and members of
//! protocols are declarations, not functions.

use ruff_python_ast::{Expr, Stmt};
use stratapi_diagnostics::Code;

use crate::finding::Finding;
use crate::python::{Function, Source, last_name};
use crate::subject::Subject;

pub(super) fn check(source: &Source<'_>, _: &Subject<'_>) -> Vec<Finding> {
    let empty = source.functions.iter().filter(|function| {
        !is_declaration(source, function) && function.body.iter().all(does_nothing)
    });
    empty
        .map(|function| {
            let place = source.name_place(function.statement, function.name);
            Finding::error(Code::J0102, format!("`{}` does nothing", function.name))
                .at(place, "its body is empty")
                .help("write the body, or remove the function")
        })
        .collect()
}

fn is_declaration(source: &Source<'_>, function: &Function<'_>) -> bool {
    let marked = function
        .decorators
        .iter()
        .any(|d| matches!(last_name(&d.expression), "abstractmethod" | "overload"));
    let of_protocol = function.class.is_some_and(|class| {
        class.bases().iter().any(|base| {
            let base = if let Expr::Subscript(generic) = base { &generic.value } else { base };
            source.full_name(base).is_some_and(|name| {
                matches!(name.as_str(), "typing.Protocol" | "typing_extensions.Protocol")
            })
        })
    });
    marked || of_protocol
}

fn does_nothing(statement: &Stmt) -> bool {
    match statement {
        Stmt::Pass(_) => true,
        // A docstring or an ellipsis.
        Stmt::Expr(e) => matches!(&*e.value, Expr::StringLiteral(_) | Expr::EllipsisLiteral(_)),
        Stmt::Raise(r) => r.exc.as_deref().is_some_and(|e| last_name(e) == "NotImplementedError"),
        _ => false,
    }
}
