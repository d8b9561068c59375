//! `J0122`: an error of any kind that is caught and forgotten.

use ruff_python_ast::{ExceptHandler, ExceptHandlerExceptHandler, Expr, Stmt};
use stratapi_diagnostics::Code;

use crate::finding::Finding;
use crate::python::{Source, last_name, walk};
use crate::subject::Subject;

pub(super) fn check(source: &Source<'_>, _: &Subject<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for inside in &source.statements {
        let Stmt::Try(s) = inside.node else { continue };
        for ExceptHandler::ExceptHandler(handler) in &s.handlers {
            if let Some(message) = problem(handler) {
                found.push(Finding::error(Code::J0122, message).at(source.place(handler), ""));
            }
        }
    }
    for call in &source.calls {
        if call.name.as_deref() == Some("contextlib.suppress")
            && call.node.arguments.args.iter().any(is_any_error)
        {
            let finding = Finding::error(Code::J0122, "every error is suppressed");
            found.push(finding.at(source.place(call.node), "also those that nobody thought of"));
        }
    }
    let help = "catch the errors that are expected here, and let the others through";
    found.into_iter().map(|finding| finding.help(help)).collect()
}

fn problem(handler: &ExceptHandlerExceptHandler) -> Option<&'static str> {
    let catches_all = handler.type_.as_deref().is_none_or(is_any_error);
    if !catches_all || raises(&handler.body) {
        return None;
    }
    if handler.type_.is_none() {
        return Some("every error is caught, even an interrupt, and not raised again");
    }
    handler.body.iter().all(does_nothing).then_some("every error is caught and forgotten")
}

fn is_any_error(expression: &Expr) -> bool {
    match expression {
        Expr::Tuple(tuple) => tuple.elts.iter().any(is_any_error),
        other => matches!(last_name(other), "Exception" | "BaseException"),
    }
}

fn raises(block: &[Stmt]) -> bool {
    block.iter().any(|statement| {
        let mut inside = matches!(statement, Stmt::Raise(_));
        walk::blocks(statement, &mut |block| inside |= raises(block));
        inside
    })
}

fn does_nothing(statement: &Stmt) -> bool {
    match statement {
        Stmt::Pass(_) | Stmt::Continue(_) => true,
        Stmt::Expr(e) => matches!(&*e.value, Expr::StringLiteral(_) | Expr::EllipsisLiteral(_)),
        Stmt::Return(s) => s.value.as_deref().is_none_or(Expr::is_none_literal_expr),
        _ => false,
    }
}
