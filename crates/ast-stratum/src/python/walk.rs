//! Walks a tree for the local names in it.

use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;
use stratapi_plan::PyIdent;

use super::tree::{Argument, ClassDef, Comprehension, Expr, FStringPart, FunctionDef, Stmt};

/// Names, each once.
pub(crate) type Names = IndexSet<PyIdent, FxBuildHasher>;

/// Adds every local name below a statement.
pub(crate) fn add_names(stmt: &Stmt, names: &mut Names) {
    statement(stmt, &mut |name| {
        if !names.contains(name) {
            names.insert(name.clone());
        }
    });
}

/// Calls `visit` for each local name.
fn leaves<'a>(body: &'a [Stmt], visit: &mut dyn FnMut(&'a PyIdent)) {
    for stmt in body {
        statement(stmt, visit);
    }
}

fn statement<'a>(stmt: &'a Stmt, visit: &mut dyn FnMut(&'a PyIdent)) {
    let mut all = |exprs: &[Option<&'a Expr>]| {
        exprs.iter().flatten().for_each(|expr| expression(expr, visit));
    };
    match stmt {
        Stmt::Expr(value) | Stmt::Assert(value) => all(&[Some(value)]),
        Stmt::Assign(target, value) | Stmt::Augment(target, _, value) => {
            all(&[Some(target), Some(value)]);
        }
        Stmt::Annotated(target, ty, value) => all(&[Some(target), Some(ty), value.as_ref()]),
        Stmt::Return(value) | Stmt::Yield(value) => all(&[value.as_ref()]),
        Stmt::Raise(error, cause) => all(&[error.as_ref(), cause.as_ref()]),
        Stmt::Delete(targets) => targets.iter().for_each(|target| all(&[Some(target)])),
        Stmt::Comment(_) | Stmt::Blank | Stmt::Break | Stmt::Continue => {}
        Stmt::Trailing(stmt, _) | Stmt::Origin(_, stmt) => statement(stmt, visit),
        Stmt::Def(def) => function(def, visit),
        Stmt::Class(def) => class(def, visit),
        _ => compound(stmt, visit),
    }
}

fn compound<'a>(stmt: &'a Stmt, visit: &mut dyn FnMut(&'a PyIdent)) {
    match stmt {
        Stmt::If(chain) => {
            for (test, body) in &chain.branches {
                expression(test, visit);
                leaves(body, visit);
            }
            leaves(&chain.otherwise, visit);
        }
        Stmt::For { target, iterable, body, .. } => {
            expression(target, visit);
            expression(iterable, visit);
            leaves(body, visit);
        }
        Stmt::While(test, body) => {
            expression(test, visit);
            leaves(body, visit);
        }
        Stmt::With { items, body, .. } => {
            for item in items {
                expression(&item.context, visit);
            }
            leaves(body, visit);
        }
        Stmt::Try(part) => {
            leaves(&part.body, visit);
            for handler in &part.handlers {
                expression(&handler.kind, visit);
                leaves(&handler.body, visit);
            }
            leaves(&part.finally, visit);
        }
        _ => {}
    }
}

fn function<'a>(def: &'a FunctionDef, visit: &mut dyn FnMut(&'a PyIdent)) {
    for decorator in &def.decorators {
        expression(&decorator.0, visit);
    }
    for parameter in &def.parameters {
        for expr in parameter.annotation.iter().chain(&parameter.default) {
            expression(expr, visit);
        }
    }
    if let Some(returns) = &def.returns {
        expression(returns, visit);
    }
    leaves(&def.body, visit);
}

fn class<'a>(def: &'a ClassDef, visit: &mut dyn FnMut(&'a PyIdent)) {
    for decorator in &def.decorators {
        expression(&decorator.0, visit);
    }
    for argument in &def.arguments {
        expression(argument.value(), visit);
    }
    leaves(&def.body, visit);
}

fn expression<'a>(expr: &'a Expr, visit: &mut dyn FnMut(&'a PyIdent)) {
    match expr {
        Expr::Name(name) => visit(name),
        Expr::Quoted(value)
        | Expr::Attribute(value, _)
        | Expr::Unary(_, value)
        | Expr::Lambda(_, value)
        | Expr::Await(value)
        | Expr::Starred(value)
        | Expr::Named(_, value) => expression(value, visit),
        Expr::FString(parts) => {
            for part in parts {
                if let FStringPart::Value(value, _) = part {
                    expression(value, visit);
                }
            }
        }
        Expr::Call(function, arguments) => {
            expression(function, visit);
            for argument in arguments {
                expression(argument.value(), visit);
            }
        }
        Expr::Binary(left, _, right) | Expr::Compare(left, _, right) => {
            expression(left, visit);
            expression(right, visit);
        }
        Expr::Conditional { test, then, otherwise } => {
            for part in [test, then, otherwise] {
                expression(part, visit);
            }
        }
        _ => display(expr, visit),
    }
}

/// Displays and comprehensions.
fn display<'a>(expr: &'a Expr, visit: &mut dyn FnMut(&'a PyIdent)) {
    match expr {
        Expr::Subscript(value, items) => {
            expression(value, visit);
            for item in items {
                expression(item, visit);
            }
        }
        Expr::Tuple(items)
        | Expr::List(items)
        | Expr::Set(items)
        | Expr::And(items)
        | Expr::Or(items) => {
            for item in items {
                expression(item, visit);
            }
        }
        Expr::Dict(items) => {
            for (key, value) in items {
                if let Some(key) = key {
                    expression(key, visit);
                }
                expression(value, visit);
            }
        }
        Expr::ListComp(element, clauses)
        | Expr::SetComp(element, clauses)
        | Expr::Generator(element, clauses) => {
            expression(element, visit);
            comprehensions(clauses, visit);
        }
        Expr::DictComp(key, value, clauses) => {
            expression(key, visit);
            expression(value, visit);
            comprehensions(clauses, visit);
        }
        _ => {}
    }
}

fn comprehensions<'a>(clauses: &'a [Comprehension], visit: &mut dyn FnMut(&'a PyIdent)) {
    for clause in clauses {
        expression(&clause.target, visit);
        expression(&clause.iterable, visit);
        for condition in &clause.conditions {
            expression(condition, visit);
        }
    }
}

impl Argument {
    /// What is passed.
    pub fn value(&self) -> &Expr {
        match self {
            Self::Positional(value)
            | Self::Keyword(_, value)
            | Self::Star(value)
            | Self::DoubleStar(value) => value,
        }
    }
}
