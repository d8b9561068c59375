//! `J0102`: a function that does nothing.

use rustpython_parser::ast::{Constant, Expr, Ranged as _, Stmt};
use stratapi_diagnostics::{Code, Diagnostic};

use crate::Subject;
use crate::python::{self, Module};

pub(super) fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    subject.modules.iter().flat_map(check_module).collect()
}

fn check_module(module: &Module<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut open: Vec<&[Stmt]> = module.statements.iter().map(Vec::as_slice).collect();
    while let Some(block) = open.pop() {
        for statement in block {
            if let Some(name) = empty_function(statement) {
                let offset = statement.range().start().to_usize();
                let line = python::line(&module.artifact.text, offset);
                let message = format!("`{name}` in `{}:{line}` does nothing", module.artifact.path);
                let finding = Diagnostic::error(Code::J0102, message);
                found.push((line, python::place(finding, module.artifact, line)));
            }
            open.extend(python::blocks(statement));
        }
    }
    found.sort_by_key(|(line, _)| *line);
    found.into_iter().map(|(_, finding)| finding).collect()
}

fn empty_function(statement: &Stmt) -> Option<&str> {
    let (name, body, decorators) = match statement {
        Stmt::FunctionDef(f) => (&f.name, &f.body, &f.decorator_list),
        Stmt::AsyncFunctionDef(f) => (&f.name, &f.body, &f.decorator_list),
        _ => return None,
    };
    let declared = decorators.iter().any(|d| matches!(last_name(d), "abstractmethod" | "overload"));
    (!declared && body.iter().all(does_nothing)).then_some(name.as_str())
}

fn does_nothing(statement: &Stmt) -> bool {
    match statement {
        Stmt::Pass(_) => true,
        // A docstring or an ellipsis.
        Stmt::Expr(e) => matches!(
            &*e.value,
            Expr::Constant(c) if matches!(c.value, Constant::Str(_) | Constant::Ellipsis)
        ),
        Stmt::Raise(r) => r.exc.as_deref().is_some_and(|e| last_name(e) == "NotImplementedError"),
        _ => false,
    }
}

/// `c` of `a.b.c` and `a.b.c(…)`.
fn last_name(expression: &Expr) -> &str {
    match expression {
        Expr::Name(name) => name.id.as_str(),
        Expr::Attribute(attribute) => attribute.attr.as_str(),
        Expr::Call(call) => last_name(&call.func),
        _ => "",
    }
}
