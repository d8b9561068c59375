//! `J0121`: a parameter whose default is one list or dictionary, shared by all calls.

use ruff_python_ast::Expr;
use stratapi_diagnostics::Code;

use crate::finding::Finding;
use crate::python::{Source, last_name};
use crate::subject::Subject;

pub(super) fn check(source: &Source<'_>, _: &Subject<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for function in &source.functions {
        for parameter in function.parameters() {
            let Some(default) = parameter.default.filter(|default| is_mutable(default)) else {
                continue;
            };
            let message =
                format!("all calls of `{}` share one `{}`", function.name, parameter.name);
            found.push(
                Finding::error(Code::J0121, message)
                    .at(source.place(default), "made once, when the function is defined")
                    .help("take `None` as default and make the value inside, or take a tuple"),
            );
        }
    }
    found
}

fn is_mutable(default: &Expr) -> bool {
    match default {
        Expr::List(_)
        | Expr::Dict(_)
        | Expr::Set(_)
        | Expr::ListComp(_)
        | Expr::DictComp(_)
        | Expr::SetComp(_) => true,
        Expr::Call(call) => matches!(
            last_name(&call.func),
            "list" | "dict" | "set" | "bytearray" | "defaultdict" | "deque" | "Counter"
        ),
        _ => false,
    }
}
