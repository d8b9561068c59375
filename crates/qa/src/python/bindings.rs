//! The names that a scope binds: by assignment, import, definition, loop, pattern and so on.

use ruff_python_ast::{ExceptHandler, Expr, Identifier, Pattern, Stmt, WithItem};

use super::names::Names;
use super::walk;

/// The names that the statements of a scope bind, without those of the scopes inside.
///
/// `walrus` says whether the file has assignment expressions at all: looking for them takes a walk
/// over every expression.
pub(crate) fn of_block<'a>(block: &'a [Stmt], walrus: bool, names: &mut Names<'a>) {
    for statement in block {
        of_statement(statement, names);
        if walrus {
            walk::expressions(statement, &mut |e| assigned_inside(e, names));
        }
        if !matches!(statement, Stmt::FunctionDef(_) | Stmt::ClassDef(_)) {
            walk::blocks(statement, &mut |block| of_block(block, walrus, names));
        }
    }
}

fn of_statement<'a>(statement: &'a Stmt, names: &mut Names<'a>) {
    let mut add = |name: &'a str| {
        names.insert(name);
    };
    match statement {
        Stmt::FunctionDef(s) => add(s.name.as_str()),
        Stmt::ClassDef(s) => add(s.name.as_str()),
        Stmt::TypeAlias(s) => of_target(&s.name, names),
        Stmt::Assign(s) => s.targets.iter().for_each(|target| of_target(target, names)),
        Stmt::AugAssign(s) => of_target(&s.target, names),
        Stmt::AnnAssign(s) => of_target(&s.target, names),
        Stmt::For(s) => of_target(&s.target, names),
        Stmt::With(s) => of_items(&s.items, names),
        Stmt::Match(s) => s.cases.iter().for_each(|case| of_pattern(&case.pattern, names)),
        Stmt::Try(s) => of_handlers(&s.handlers, names),
        Stmt::Import(s) => {
            for alias in &s.names {
                let name = alias.asname.as_ref().unwrap_or(&alias.name).as_str();
                add(name.split('.').next().unwrap_or(name));
            }
        }
        Stmt::ImportFrom(s) => {
            s.names.iter().for_each(|alias| add(alias.asname.as_ref().unwrap_or(&alias.name)));
        }
        Stmt::Global(s) => s.names.iter().for_each(|name| add(name.as_str())),
        Stmt::Nonlocal(s) => s.names.iter().for_each(|name| add(name.as_str())),
        _ => {}
    }
}

fn of_items<'a>(items: &'a [WithItem], names: &mut Names<'a>) {
    for target in items.iter().filter_map(|item| item.optional_vars.as_deref()) {
        of_target(target, names);
    }
}

/// The names that a target of an assignment binds.
pub(crate) fn of_target<'a>(target: &'a Expr, names: &mut Names<'a>) {
    match target {
        Expr::Name(name) => names.insert(name.id.as_str()),
        Expr::Tuple(tuple) => tuple.elts.iter().for_each(|target| of_target(target, names)),
        Expr::List(list) => list.elts.iter().for_each(|target| of_target(target, names)),
        Expr::Starred(starred) => of_target(&starred.value, names),
        _ => {}
    }
}

fn of_handlers<'a>(handlers: &'a [ExceptHandler], names: &mut Names<'a>) {
    for ExceptHandler::ExceptHandler(handler) in handlers {
        names.extend(handler.name.as_ref().map(Identifier::as_str));
    }
}

fn of_pattern<'a>(pattern: &'a Pattern, names: &mut Names<'a>) {
    let name = match pattern {
        Pattern::MatchStar(p) => p.name.as_ref(),
        Pattern::MatchAs(p) => p.name.as_ref(),
        Pattern::MatchMapping(p) => p.rest.as_ref(),
        _ => None,
    };
    names.extend(name.map(Identifier::as_str));
    walk::inner_patterns(pattern, &mut |inner| of_pattern(inner, names));
}

/// Assignment expressions bind in the function around them, also out of a comprehension.
fn assigned_inside<'a>(expression: &'a Expr, names: &mut Names<'a>) {
    if let Expr::Named(named) = expression {
        of_target(&named.target, names);
    }
    if !matches!(expression, Expr::Lambda(_)) {
        walk::children(expression, &mut |child| assigned_inside(child, names));
    }
}
