//! Whether the random trees hold every construct that there is. A construct that no random tree has
//! would be printed by chance; so a new one fails here until the strategies make it.

use std::collections::BTreeSet;
use std::fmt::Write;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use stratapi_ast_stratum::python::{
    Alias, Argument, ClassDef, Comprehension, Expr, FStringPart, FunctionDef, Module, Stmt,
};

/// Trees that are looked at; all constructs are among far fewer.
const TREES: usize = 600;

#[test]
fn every_construct_of_the_tree_is_compared_with_the_formatter() {
    let mut runner = TestRunner::deterministic();
    let strategy = super::module();
    let mut seen = Seen::default();
    for _ in 0..TREES {
        let tree = strategy.new_tree(&mut runner);
        seen.module(&tree.unwrap_or_else(|reason| panic!("{reason}")).current());
    }
    let missing: Vec<String> = declared().into_iter().filter(|it| !seen.0.contains(it)).collect();
    assert!(missing.is_empty(), "no random tree has {missing:#?}");
}

/// The variants of all enums of the tree, `Expr::Name`, read from its source.
fn declared() -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    let mut current = None;
    for line in include_str!("../../src/python/tree.rs").lines() {
        if let Some(rest) = line.strip_prefix("pub enum ") {
            current = rest.split_whitespace().next();
        } else if line == "}" {
            current = None;
        } else if let (Some(name), Some(variant)) = (current, line.strip_prefix("    ")) {
            let end = variant.find(|c: char| !c.is_alphanumeric()).unwrap_or(variant.len());
            if variant.starts_with(|c: char| c.is_ascii_uppercase()) {
                all.insert(format!("{name}::{}", &variant[..end]));
            }
        }
    }
    assert!(all.len() > 80, "{all:?}");
    all
}

/// Keeps what is written up to the end of the first word.
struct Head(String);

impl Write for Head {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        let end = text.find(|c: char| !c.is_alphanumeric());
        self.0.push_str(&text[..end.unwrap_or(text.len())]);
        end.map_or(Ok(()), |_| Err(std::fmt::Error))
    }
}

/// The constructs that were seen.
#[derive(Default)]
struct Seen(BTreeSet<String>);

impl Seen {
    /// Notes the variant that a value is; its derived text begins with the name.
    fn note(&mut self, kind: &str, value: &impl std::fmt::Debug) {
        let mut head = Head(format!("{kind}::"));
        // It stops behind the name, whatever is left to be written.
        let _ = write!(head, "{value:?}");
        self.0.insert(head.0);
    }

    fn module(&mut self, module: &Module) {
        self.block(&module.body);
        for symbol in &module.extra_imports {
            self.expression(&Expr::Symbol(symbol.clone()));
        }
    }

    fn block(&mut self, body: &[Stmt]) {
        for stmt in body {
            self.statement(stmt);
        }
    }

    fn statement(&mut self, stmt: &Stmt) {
        self.note("Stmt", stmt);
        match stmt {
            Stmt::Expr(value) | Stmt::Assert(value) => self.expression(value),
            Stmt::Assign(target, value) => self.expressions([target, value]),
            Stmt::Augment(target, operator, value) => {
                self.note("BinaryOperator", operator);
                self.expressions([target, value]);
            }
            Stmt::Annotated(target, ty, value) => {
                self.expressions([target, ty].into_iter().chain(value));
            }
            Stmt::Return(value) | Stmt::Yield(value) => self.expressions(value),
            Stmt::Raise(error, cause) => self.expressions(error.iter().chain(cause)),
            Stmt::Delete(targets) => self.expressions(targets),
            Stmt::Comment(_) | Stmt::Blank | Stmt::Break | Stmt::Continue => {}
            Stmt::Trailing(stmt, _) | Stmt::Origin(_, stmt) => self.statement(stmt),
            Stmt::Def(def) => self.function(def),
            Stmt::Class(def) => self.class(def),
            Stmt::If(_) | Stmt::For { .. } | Stmt::While(..) | Stmt::With { .. } | Stmt::Try(_) => {
                self.compound(stmt);
            }
        }
    }

    fn compound(&mut self, stmt: &Stmt) {
        match stmt {
            Stmt::If(chain) => {
                for (test, body) in &chain.branches {
                    self.expression(test);
                    self.block(body);
                }
                self.block(&chain.otherwise);
            }
            Stmt::For { target, iterable, body, .. } => {
                self.expressions([target, iterable]);
                self.block(body);
            }
            Stmt::While(test, body) => {
                self.expression(test);
                self.block(body);
            }
            Stmt::With { items, body, .. } => {
                self.expressions(items.iter().map(|item| &item.context));
                self.block(body);
            }
            Stmt::Try(part) => {
                self.block(&part.body);
                for handler in &part.handlers {
                    self.expression(&handler.kind);
                    self.block(&handler.body);
                }
                self.block(&part.finally);
            }
            _ => {}
        }
    }

    fn function(&mut self, def: &FunctionDef) {
        self.expressions(def.decorators.iter().map(|decorator| &decorator.0));
        for parameter in &def.parameters {
            self.note("ParameterKind", &parameter.kind);
            self.expressions(parameter.annotation.iter().chain(&parameter.default));
        }
        self.expressions(&def.returns);
        self.block(&def.body);
    }

    fn class(&mut self, def: &ClassDef) {
        self.expressions(def.decorators.iter().map(|decorator| &decorator.0));
        self.arguments(&def.arguments);
        self.block(&def.body);
    }

    fn arguments(&mut self, arguments: &[Argument]) {
        for argument in arguments {
            self.note("Argument", argument);
            self.expression(argument.value());
        }
    }

    fn expressions<'a>(&mut self, all: impl IntoIterator<Item = &'a Expr>) {
        all.into_iter().for_each(|expr| self.expression(expr));
    }

    fn expression(&mut self, expr: &Expr) {
        self.note("Expr", expr);
        match expr {
            Expr::Symbol(symbol) => match &symbol.alias {
                alias @ (Alias::None | Alias::As(_)) => self.note("Alias", alias),
            },
            Expr::Name(_)
            | Expr::Str(_)
            | Expr::RawStr(_)
            | Expr::StrParts(_)
            | Expr::Bytes(_)
            | Expr::Int(_)
            | Expr::Float(_)
            | Expr::Bool(_)
            | Expr::None
            | Expr::Ellipsis => {}
            Expr::Quoted(value)
            | Expr::Attribute(value, _)
            | Expr::Lambda(_, value)
            | Expr::Await(value)
            | Expr::Starred(value)
            | Expr::Named(_, value) => self.expression(value),
            Expr::Unary(operator, value) => {
                self.note("UnaryOperator", operator);
                self.expression(value);
            }
            Expr::Binary(left, operator, right) => {
                self.note("BinaryOperator", operator);
                self.expressions([&**left, right]);
            }
            Expr::Compare(left, comparator, right) => {
                self.note("Comparator", comparator);
                self.expressions([&**left, right]);
            }
            Expr::Conditional { test, then, otherwise } => {
                self.expressions([&**test, then, otherwise]);
            }
            _ => self.compound_expression(expr),
        }
    }

    fn compound_expression(&mut self, expr: &Expr) {
        match expr {
            Expr::FString(parts) => {
                for part in parts {
                    self.note("FStringPart", part);
                    if let FStringPart::Value(value, _) = part {
                        self.expression(value);
                    }
                }
            }
            Expr::Call(function, arguments) => {
                self.expression(function);
                self.arguments(arguments);
            }
            Expr::Subscript(value, items) => {
                self.expressions(std::iter::once(&**value).chain(items));
            }
            Expr::Tuple(items)
            | Expr::List(items)
            | Expr::Set(items)
            | Expr::And(items)
            | Expr::Or(items) => self.expressions(items),
            Expr::Dict(items) => {
                for (key, value) in items {
                    self.expressions(key.iter().chain([value]));
                }
            }
            Expr::ListComp(element, clauses)
            | Expr::SetComp(element, clauses)
            | Expr::Generator(element, clauses) => {
                self.expression(element);
                self.comprehensions(clauses);
            }
            Expr::DictComp(key, value, clauses) => {
                self.expressions([&**key, value]);
                self.comprehensions(clauses);
            }
            _ => {}
        }
    }

    fn comprehensions(&mut self, clauses: &[Comprehension]) {
        for clause in clauses {
            self.expressions([&clause.target, &clause.iterable]);
            self.expressions(&clause.conditions);
        }
    }
}
