//! What is said of many rows: `len`, `sum`, `min`, `max`, `any` and `all` over a relationship.

use ruff_python_ast::{Expr, ExprCall, ExprGenerator};
use stratapi_diagnostics::{Code, Diagnostic, Span};

use super::condition::{Place, Scope, class, join};
use super::expression::path;
use super::literal::unbounded;
use super::narrow::facts;
use super::operand::Typed;
use super::path::{Many, Target};
use crate::model::{Aggregate, AttributeType, Bounds, Condition, Operand, RowPath, Rows};
use crate::types;

/// The element of a generator, read where its variable and its filter hold.
type Element<'t, T> = &'t mut dyn FnMut(&mut Scope<'_, '_>) -> Option<T>;

impl Scope<'_, '_> {
    /// `any(…)` (`some`) or `all(…)`.
    pub(super) fn quantified(&mut self, found: &ExprCall, some: bool) -> Option<Condition> {
        let generator = self.generator(found)?;
        let (rows, element) = self.over(generator, &mut |scope| scope.condition(&generator.elt))?;
        Some(Condition::Quantified(some, Box::new(rows), Box::new(element)))
    }

    /// `current_user in fans`: what `any(row == current_user for row in fans)` says.
    pub(super) fn among(&mut self, left: &Expr, positive: bool, right: &Expr) -> Option<Condition> {
        let Some(one) = self.row(left) else {
            self.later(right, "`in` with anything but a list of literals or many rows");
            return None;
        };
        let many = self.many(right)?;
        if one.entity != many.entity {
            let name = |id| self.context.draft(id).entity.name.value.clone();
            let message =
                format!("this is a `{}`, those are of `{}`", name(one.entity), name(many.entity));
            let span = self.expression.span(left);
            self.wrong(span, message, "name a row and many rows of one entity");
            return None;
        }
        if self.place != Place::Access {
            self.present(&one)?;
        }
        let variable = self.variables.len() + 1;
        let each = RowPath { variable, steps: Vec::new() };
        let rows = Rows {
            from: many.from,
            collection: many.collection,
            entity: many.entity,
            variable: format!("row{variable}"),
            filter: None,
        };
        let same = Condition::Same(each, one.path, true);
        let found = Condition::Quantified(true, Box::new(rows), Box::new(same));
        Some(if positive { found } else { Condition::Not(Box::new(found)) })
    }

    /// `sum(…)`, `min(…)`, `max(…)`, `len(…)` of a generator.
    pub(super) fn aggregate(&mut self, found: &ExprCall, name: &str, tree: &Expr) -> Option<Typed> {
        let generator = self.generator(found)?;
        if name == "len" {
            let span = self.expression.span(found);
            let help = "count by `len(items)`, or by `sum(1 if … else 0 for …)`";
            self.wrong(span, "a generator has no length", help);
            return None;
        }
        let (rows, element) =
            self.over(generator, &mut |scope| scope.element(&generator.elt, name))?;
        let (aggregate, nullable) = match name {
            "sum" => (Aggregate::Sum, false),
            "min" => (Aggregate::Min, true),
            _ => (Aggregate::Max, true),
        };
        let ty = match (aggregate, unbounded(&element.ty)) {
            (Aggregate::Sum, AttributeType::Int(_)) => AttributeType::BigInt(Bounds::default()),
            (Aggregate::Sum, AttributeType::Decimal { scale, bounds, .. }) => {
                AttributeType::Decimal { precision: 18, scale, bounds }
            }
            (_, ty) => ty,
        };
        let element = Some(Box::new(element.operand));
        let operand = Operand::Aggregate(aggregate, Box::new(rows), element);
        Some(self.made(tree, operand, ty, nullable))
    }

    /// `len(items)`
    pub(super) fn count(&mut self, argument: &Expr, tree: &Expr) -> Option<Typed> {
        let many = self.many(argument)?;
        let rows = Rows {
            from: many.from,
            collection: many.collection,
            entity: many.entity,
            variable: format!("row{}", self.variables.len() + 1),
            filter: None,
        };
        let operand = Operand::Aggregate(Aggregate::Len, Box::new(rows), None);
        Some(self.made(tree, operand, AttributeType::BigInt(Bounds::default()), false))
    }

    /// What is summed up or compared.
    fn element(&mut self, tree: &Expr, name: &str) -> Option<Typed> {
        let found = self.operand(tree)?;
        let number = class(&found.ty) == (0, 0);
        let can = types::abilities(&found.ty).order;
        if found.list || !(if name == "sum" { number } else { number || can }) {
            let message = format!("`{}` has no {name}", found.name);
            let help = if name == "sum" { "sum up numbers" } else { "name a value with an order" };
            self.wrong(found.span, message, help);
            return None;
        }
        self.tested(&found).then_some(found)
    }

    fn generator<'t>(&mut self, found: &'t ExprCall) -> Option<&'t ExprGenerator> {
        match self.argument(found)? {
            Expr::Generator(generator) => Some(generator),
            other => {
                let span = self.expression.span(other);
                self.wrong(
                    span,
                    "this is not said of many rows",
                    "name them: `sum(item.amount for item in items)`",
                );
                None
            }
        }
    }

    /// The rows of a generator, and its element.
    fn over<T>(&mut self, found: &ExprGenerator, read: Element<'_, T>) -> Option<(Rows, T)> {
        let [clause] = &*found.generators else {
            self.later(found, "generators over several relationships");
            return None;
        };
        let span = self.expression.span(&clause.target);
        let Expr::Name(variable) = &clause.target else {
            self.wrong(span, "a generator has one variable", "write `for item in items`");
            return None;
        };
        let variable = variable.id.to_string();
        self.variable(&variable, span)?;
        let many = self.many(&clause.iter)?;
        let (known, entity) = (self.facts.len(), many.entity);
        self.variables.push((variable.clone(), entity));
        let mut filters = Vec::new();
        for part in &clause.ifs {
            let part = self.condition(part);
            self.facts.extend(part.iter().flat_map(|part| facts(part, true)));
            filters.push(part);
        }
        let element = read(self);
        self.variables.pop();
        self.facts.truncate(known);
        let filters = filters.into_iter().collect::<Option<Vec<_>>>()?;
        let filter = (!filters.is_empty()).then(|| join(ruff_python_ast::BoolOp::And, filters));
        let (from, collection) = (many.from, many.collection);
        Some((Rows { from, collection, entity, variable, filter }, element?))
    }

    /// A variable has a name of its own.
    fn variable(&mut self, name: &str, span: Span) -> Option<()> {
        let word = matches!(name, "self" | "current_user")
            || self.locals.iter().any(|known| known.name == name);
        if word || self.variables.iter().any(|(known, _)| known == name) {
            self.wrong(span, format!("`{name}` means something else already"), "rename it");
            return None;
        }
        Some(())
    }

    fn many(&mut self, tree: &Expr) -> Option<Many> {
        let span = self.expression.span(tree);
        let names = path(self.expression, tree);
        match names.map(|names| self.follow(&names)) {
            Some(Some(Target::Many(many))) => return Some(many),
            Some(None) => return None,
            _ => {}
        }
        self.wrong(
            span,
            "this does not lead to many rows",
            "name a relationship to many rows, or the other end of one",
        );
        None
    }

    /// Reports what is wrongly typed.
    pub(super) fn wrong(
        &mut self,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.context.report(Diagnostic::error(Code::E0314, message).at(span, "").help(help));
    }

    /// Reports a value that may be null.
    pub(super) fn untested(&mut self, name: &str, span: Span) {
        let finding = Diagnostic::error(Code::E0313, format!("`{name}` may be null here"))
            .at(span, "used without a test")
            .help(format!("test it first: `{name} is None or …`, `{name} is not None and …`"));
        self.context.report(finding);
    }
}
