//! The names that a file binds, wherever it does.

use std::collections::BTreeSet;

use ruff_python_ast::visitor::{
    Visitor, walk_except_handler, walk_expr, walk_parameter, walk_pattern, walk_stmt,
};
use ruff_python_ast::{ExceptHandler, Expr, Identifier, Parameter, Pattern, Stmt};
use ruff_text_size::{Ranged as _, TextRange};

/// All bindings of a file but those of its imports, in no order of scopes.
#[derive(Default)]
pub(super) struct Bound<'a> {
    pub(super) names: BTreeSet<&'a str>,
    /// Each of them with its place.
    pub(super) places: Vec<(&'a str, TextRange)>,
}

impl<'a> Bound<'a> {
    pub(super) fn of(body: &'a [Stmt]) -> Self {
        let mut found = Self::default();
        found.visit_body(body);
        found
    }

    fn bind(&mut self, name: &'a str, place: TextRange) {
        self.names.insert(name);
        self.places.push((name, place));
    }

    fn identifier(&mut self, name: &'a Identifier) {
        self.bind(name.id.as_str(), name.range());
    }
}

impl<'a> Visitor<'a> for Bound<'a> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::FunctionDef(found) => self.identifier(&found.name),
            Stmt::ClassDef(found) => self.identifier(&found.name),
            _ => {}
        }
        walk_stmt(self, stmt);
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        if let Expr::Name(name) = expr
            && !name.ctx.is_load()
        {
            self.bind(name.id.as_str(), name.range());
        }
        walk_expr(self, expr);
    }

    fn visit_parameter(&mut self, parameter: &'a Parameter) {
        self.identifier(&parameter.name);
        walk_parameter(self, parameter);
    }

    fn visit_except_handler(&mut self, handler: &'a ExceptHandler) {
        let ExceptHandler::ExceptHandler(found) = handler;
        if let Some(name) = &found.name {
            self.identifier(name);
        }
        walk_except_handler(self, handler);
    }

    fn visit_pattern(&mut self, pattern: &'a Pattern) {
        let name = match pattern {
            Pattern::MatchAs(found) => found.name.as_ref(),
            Pattern::MatchStar(found) => found.name.as_ref(),
            Pattern::MatchMapping(found) => found.rest.as_ref(),
            _ => None,
        };
        if let Some(name) = name {
            self.identifier(name);
        }
        walk_pattern(self, pattern);
    }
}
