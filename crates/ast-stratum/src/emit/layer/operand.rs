//! Prints values: attributes, arithmetic, functions, choices, and what is said of many rows.

use stratapi_plan::{
    Aggregate, Arithmetic, Function, OperandPlan, RowsPlan, Step, ValueKind, ValueType,
};

use super::condition::{Printer, Side};
use crate::python::build::{
    arg, comprehension, conditional, from, int, kw, name, none, text, tuple,
};
use crate::python::{BinaryOperator, Expr, UnaryOperator};
use crate::types::literal;

impl Printer<'_> {
    /// A value.
    pub(in crate::emit) fn value(&self, operand: &OperandPlan) -> Expr {
        match operand {
            OperandPlan::Attribute(attribute, _) => self.rows[0].clone().attr(attribute),
            OperandPlan::Related(related) if self.side == Side::Python => {
                self.place(related.variable, &related.steps).attr(&related.attribute)
            }
            OperandPlan::Related(related) if related.steps.is_empty() => {
                self.rows[related.variable].clone().attr(&related.attribute)
            }
            OperandPlan::Related(related)
                if related.variable == 0 && related.steps == self.behind =>
            {
                self.model(related.entity).attr(&related.attribute)
            }
            OperandPlan::Related(related) => self.related(related),
            OperandPlan::Literal(ty, value) => literal(self.plan, ty, value),
            OperandPlan::Local(variable, _) => name(variable),
            OperandPlan::Now => from("app.core.clock", "utcnow").call([]),
            OperandPlan::Today => from("app.core.clock", "utctoday").call([]),
            OperandPlan::Sequence(form) => {
                let numbers = name("self").attr("_numbers");
                numbers.attr("next").call_with([text(form)]).awaited()
            }
            OperandPlan::Arithmetic(left, operator, right, ty) => {
                self.arithmetic(left, *operator, right, ty)
            }
            OperandPlan::Negated(inner) => {
                Expr::Unary(UnaryOperator::Minus, Box::new(self.value(inner)))
            }
            OperandPlan::Call(function, inner) => self.call(*function, self.value(inner)),
            OperandPlan::Aggregate(aggregate, rows, element, ty) => {
                if self.side == Side::Python {
                    self.loaded(*aggregate, rows, element.as_deref(), ty)
                } else {
                    self.subquery(*aggregate, rows, element.as_deref(), ty)
                }
            }
            OperandPlan::Choice(test, then, otherwise) => {
                let behind = |negated| {
                    let mut inside = self.clone();
                    inside.present.extend(self.learned(test, negated, true));
                    inside
                };
                let (then, otherwise) = (behind(false).side(then), behind(true).side(otherwise));
                let test = self.condition(test, false);
                if self.side == Side::Python {
                    return conditional(test, then, otherwise);
                }
                let case = from("sqlalchemy", "case");
                case.call([arg(tuple([test, then])), kw("else_", otherwise)])
            }
            OperandPlan::Truth(inner) => self.condition(inner, false),
        }
    }

    /// A side of a choice: a literal has no column whose type the database would know it by.
    fn side(&self, operand: &OperandPlan) -> Expr {
        let value = self.value(operand);
        let OperandPlan::Literal(ty, _) = operand else { return value };
        let own = |name| from("app.core.column_types", name);
        let ty = match (self.side, &ty.kind) {
            (Side::Sql, ValueKind::Decimal { precision, scale, .. }) => {
                let digits = [*precision, *scale].map(|digits| int(i128::from(digits)));
                own("ExactDecimal").call_with(digits)
            }
            (Side::Sql, ValueKind::DateTime) => own("UTCDateTime"),
            (Side::Sql, ValueKind::Duration) => own("DurationMicroseconds"),
            _ => return value,
        };
        from("sqlalchemy", "literal").call_with([value, ty])
    }

    fn arithmetic(
        &self,
        left: &OperandPlan,
        operator: Arithmetic,
        right: &OperandPlan,
        ty: &ValueType,
    ) -> Expr {
        let operator = match operator {
            Arithmetic::Add => BinaryOperator::Add,
            Arithmetic::Subtract => BinaryOperator::Subtract,
            Arithmetic::Multiply => BinaryOperator::Multiply,
        };
        let mut first = self.value(left);
        // Two numbers of 32 bits have a sum of 32 bits in PostgreSQL, or none.
        if self.side == Side::Sql && is_big(ty) {
            let big = from("sqlalchemy", "BigInteger");
            first = from("sqlalchemy", "cast").call_with([first, big]);
        }
        first.binary(operator, self.value(right))
    }

    fn call(&self, function: Function, value: Expr) -> Expr {
        match (function, self.side) {
            (Function::Len, Side::Python) => name("len").call_with([value]),
            (Function::Abs, Side::Python) => name("abs").call_with([value]),
            (Function::Len, Side::Sql) => function_of("length").call_with([value]),
            (Function::Abs, Side::Sql) => function_of("abs").call_with([value]),
        }
    }

    /// `sum(item.quantity for item in order.items)`
    fn loaded(
        &self,
        aggregate: Aggregate,
        rows: &RowsPlan,
        element: Option<&OperandPlan>,
        ty: &ValueType,
    ) -> Expr {
        let place = self.collection(rows);
        let inside = self.inside(rows);
        let Some(element) = element else { return name("len").call_with([place]) };
        let generator = inside.generator(rows, place, inside.value(element));
        match aggregate {
            // The sum of no decimals is a decimal too.
            Aggregate::Sum if matches!(ty.kind, ValueKind::Decimal { .. }) => {
                let zero = from("decimal", "Decimal").call_with([int(0)]);
                name("sum").call_with([generator, zero])
            }
            Aggregate::Len | Aggregate::Sum => name("sum").call_with([generator]),
            Aggregate::Min => name("min").call([arg(generator), kw("default", none())]),
            Aggregate::Max => name("max").call([arg(generator), kw("default", none())]),
        }
    }

    /// The printer for what is said of one of many rows.
    pub(super) fn inside(&self, rows: &RowsPlan) -> Self {
        let mut inside = self.clone();
        inside.rows.push(match self.side {
            Side::Python => name(&rows.name),
            Side::Sql => self.model(rows.entity),
        });
        inside
    }

    /// `element for item in items if filter`
    pub(super) fn generator(&self, rows: &RowsPlan, place: Expr, element: Expr) -> Expr {
        let mut clause = comprehension(&rows.name, place);
        clause.conditions.extend(rows.filter.iter().map(|filter| self.condition(filter, false)));
        Expr::Generator(Box::new(element), vec![clause])
    }

    /// The rows of a relationship: those that a flow has read, or the relationship itself.
    pub(in crate::emit) fn collection(&self, rows: &RowsPlan) -> Expr {
        let read = self.collections.iter().find(|it| {
            it.variable == rows.variable
                && it.steps == rows.steps
                && *it.attribute == rows.attribute
        });
        match read {
            Some(read) => name(&read.name),
            None => self.place(rows.variable, &rows.steps).attr(&rows.attribute),
        }
    }

    /// The row at the end of a path; in the database, its model.
    pub(in crate::emit) fn place(&self, variable: usize, steps: &[Step]) -> Expr {
        let known = self.named.iter().find(|(path, _)| variable == 0 && *path == steps);
        if let Some((_, row)) = known {
            return row.clone();
        }
        match (self.side, steps.last()) {
            (Side::Python, _) | (Side::Sql, None) => {
                let start = self.rows[variable].clone();
                steps.iter().fold(start, |row, step| row.attr(&step.attribute))
            }
            (Side::Sql, Some(last)) => {
                let target = self.plan.entities[last.entity].references[last.reference].target;
                self.model(target)
            }
        }
    }
}

pub(super) fn function_of(word: &'static str) -> Expr {
    from("sqlalchemy", "func").attr(word)
}

pub(super) fn is_big(ty: &ValueType) -> bool {
    matches!(ty.kind, ValueKind::Int { big: true, .. })
}
