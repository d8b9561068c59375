//! Calls whose value is used as if it were none to await. Whether it is one, only the file can say
//! that defines the function: here the calls are only written down.

use std::collections::{BTreeMap, BTreeSet};

use ruff_python_ast::{Expr, ExprCall, Stmt};
use smol_str::{SmolStr, format_smolstr};

use super::{Function, Source, last_name, types, walk};
use crate::finding::At;

/// Functions that take what is to be awaited, and see to it; and those that collect it.
const TAKERS: &[&str] = &[
    "add",
    "append",
    "as_completed",
    "create_task",
    "ensure_future",
    "extend",
    "gather",
    "insert",
    "iscoroutine",
    "run",
    "run_coroutine_threadsafe",
    "run_until_complete",
    "shield",
    "wait",
    "wait_for",
];

/// Decorators that leave a function what it is: its call still gives something to await.
const TRANSPARENT: &[&str] =
    &["abstractmethod", "classmethod", "final", "override", "overload", "staticmethod"];

/// What is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// A function, by its full name.
    Function(SmolStr),
    /// A method of an instance of a class (full name), reached through attributes.
    Method {
        /// Full name of the class that the chain begins with.
        class: SmolStr,
        /// Whether the method is looked for in the bases only.
        in_bases: bool,
        /// Attributes on the way.
        through: Vec<SmolStr>,
        /// The method.
        method: SmolStr,
    },
}

/// A call whose value is used as if it were none to await.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unawaited {
    pub(crate) target: Target,
    /// Where in the file.
    pub(crate) at: At,
}

/// Whether a call of the function gives something to await.
pub(crate) fn is_awaitable(source: &Source<'_>, function: &Function<'_>) -> bool {
    let plain = function.decorators.iter().all(|one| {
        let name = last_name(&one.expression);
        TRANSPARENT.contains(&name) || ROUTES.contains(&name)
    });
    function.is_async && plain && !(source.may_yield && yields(function.body))
}

/// Decorators of routers: they return the function itself.
const ROUTES: &[&str] = &["delete", "get", "patch", "post", "put", "exception_handler"];

fn yields(block: &[Stmt]) -> bool {
    let mut found = false;
    types::each_statement(block, &mut |statement| {
        walk::expressions(statement, &mut |e| found |= has_yield(e));
    });
    found
}

fn has_yield(expression: &Expr) -> bool {
    let mut found = matches!(expression, Expr::Yield(_) | Expr::YieldFrom(_));
    if !matches!(expression, Expr::Lambda(_)) {
        walk::children(expression, &mut |child| found |= has_yield(child));
    }
    found
}

/// Every such call of a file.
pub(crate) fn unawaited(source: &Source<'_>) -> Vec<Unawaited> {
    let mut found = Vec::new();
    for function in &source.functions {
        let mut calls = Calls::default();
        types::each_statement(function.body, &mut |statement| calls.statement(statement, function));
        if calls.suspects.is_empty() {
            continue;
        }
        let variables = types::variables(source, function);
        for (call, name) in calls.suspects {
            if name.is_some_and(|name| calls.awaited.contains(name)) {
                continue;
            }
            if let Some(target) = target(source, function, &variables, &call.func) {
                found.push(Unawaited { target, at: At::of(call) });
            }
        }
    }
    found
}

#[derive(Default)]
struct Calls<'a> {
    /// Calls, each with the variable that holds its value, if one does.
    suspects: Vec<(&'a ExprCall, Option<&'a str>)>,
    /// Variables that are awaited, or given to one that awaits them.
    awaited: BTreeSet<&'a str>,
}

impl<'a> Calls<'a> {
    fn statement(&mut self, statement: &'a Stmt, function: &Function<'_>) {
        match statement {
            Stmt::Expr(s) => self.used(&s.value, None),
            Stmt::Assign(s) => {
                let name = match s.targets.as_slice() {
                    [Expr::Name(name)] => Some(name.id.as_str()),
                    _ => None,
                };
                self.used(&s.value, name);
            }
            Stmt::AnnAssign(s) => {
                let name = match &*s.target {
                    Expr::Name(name) => Some(name.id.as_str()),
                    _ => None,
                };
                s.value.iter().for_each(|value| self.used(value, name));
            }
            Stmt::Return(s) if function.is_async => {
                s.value.iter().for_each(|value| self.used(value, None));
            }
            Stmt::If(s) => {
                let others = s.elif_else_clauses.iter().filter_map(|clause| clause.test.as_ref());
                std::iter::once(&*s.test).chain(others).for_each(|test| self.used(test, None));
            }
            Stmt::While(s) => self.used(&s.test, None),
            Stmt::For(s) => self.used(&s.iter, None),
            _ => walk::expressions(statement, &mut |e| self.passed(e)),
        }
    }

    /// An expression whose value is used for what it is.
    fn used(&mut self, expression: &'a Expr, name: Option<&'a str>) {
        match expression {
            Expr::Call(call) => self.suspects.push((call, name)),
            Expr::If(e) => {
                self.used(&e.test, None);
                for branch in [&e.body, &e.orelse] {
                    self.used(branch, name);
                }
                return;
            }
            _ => {}
        }
        self.passed(expression);
    }

    /// The expressions inside an expression whose own value may go anywhere.
    fn passed(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Await(e) => {
                if let Expr::Name(name) = &*e.value {
                    self.awaited.insert(name.id.as_str());
                }
                walk::children(&e.value, &mut |child| self.passed(child));
            }
            Expr::Call(call) => {
                self.passed(&call.func);
                let takes = TAKERS.contains(&last_name(&call.func));
                let keywords = call.arguments.keywords.iter().map(|keyword| &keyword.value);
                for argument in call.arguments.args.iter().chain(keywords) {
                    let plain = if let Expr::Starred(e) = argument { &e.value } else { argument };
                    match plain {
                        Expr::Name(name) if takes => drop(self.awaited.insert(name.id.as_str())),
                        _ => self.passed(argument),
                    }
                }
            }
            Expr::Attribute(e) => self.used(&e.value, None),
            Expr::Subscript(e) => {
                self.used(&e.value, None);
                self.passed(&e.slice);
            }
            Expr::Compare(e) => {
                self.used(&e.left, None);
                e.comparators.iter().for_each(|e| self.used(e, None));
            }
            Expr::BoolOp(e) => e.values.iter().for_each(|e| self.used(e, None)),
            Expr::UnaryOp(e) => self.used(&e.operand, None),
            Expr::BinOp(e) => [&e.left, &e.right].into_iter().for_each(|e| self.used(e, None)),
            Expr::FString(_) => walk::children(expression, &mut |child| self.used(child, None)),
            Expr::Lambda(_) => {}
            _ => walk::children(expression, &mut |child| self.passed(child)),
        }
    }
}

fn target(
    source: &Source<'_>,
    function: &Function<'_>,
    variables: &BTreeMap<&str, SmolStr>,
    callee: &Expr,
) -> Option<Target> {
    let Expr::Attribute(attribute) = callee else {
        let Expr::Name(name) = callee else { return None };
        let is_local = variables.contains_key(name.id.as_str());
        return (!is_local).then(|| source.definition(callee)).flatten().map(Target::Function);
    };
    let method = SmolStr::new(&attribute.attr);
    let mut through = Vec::new();
    let mut base = &*attribute.value;
    while let Expr::Attribute(inner) = base {
        through.insert(0, SmolStr::new(&inner.attr));
        base = &inner.value;
    }
    let own = || {
        function.class.map(|class| format_smolstr!("{}.{}", source.module(), class.name.as_str()))
    };
    match base {
        Expr::Name(name) if name.id.as_str() == "self" => {
            Some(Target::Method { class: own()?, in_bases: false, through, method })
        }
        Expr::Name(name) => match variables.get(name.id.as_str()) {
            Some(class) => {
                Some(Target::Method { class: class.clone(), in_bases: false, through, method })
            }
            None => source.definition(callee).map(Target::Function),
        },
        Expr::Call(call) if last_name(&call.func) == "super" && through.is_empty() => {
            Some(Target::Method { class: own()?, in_bases: true, through, method })
        }
        _ => None,
    }
}
