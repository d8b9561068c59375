//! Prints values: attributes, arithmetic, functions, choices, and what is said of many rows.

use stratapi_plan::{
    Aggregate, Arithmetic, Function, OperandPlan, RowsPlan, Step, ValueKind, ValueType,
};

use super::condition::{Printer, Side};
use crate::python::build::{arg, comprehension, from, int, kw, name, none, tuple};
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
            OperandPlan::Related(related) => self.model(related.entity).attr(&related.attribute),
            OperandPlan::Literal(ty, value) => literal(self.plan, ty, value),
            OperandPlan::Local(variable, _) => name(variable),
            OperandPlan::Now => from("app.core.clock", "utcnow").call([]),
            OperandPlan::Today => from("app.core.clock", "utctoday").call([]),
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
                let (then, otherwise) = (behind(false).value(then), behind(true).value(otherwise));
                let test = self.condition(test, false);
                if self.side == Side::Python {
                    return Expr::Conditional {
                        test: Box::new(test),
                        then: Box::new(then),
                        otherwise: Box::new(otherwise),
                    };
                }
                let case = from("sqlalchemy", "case");
                case.call([arg(tuple([test, then])), kw("else_", otherwise)])
            }
            OperandPlan::Truth(inner) => self.condition(inner, false),
        }
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

    /// `select(func.sum(OrderItem.quantity)).where(OrderItem.order_id == Order.id)`, as a value.
    fn subquery(
        &self,
        aggregate: Aggregate,
        rows: &RowsPlan,
        element: Option<&OperandPlan>,
        ty: &ValueType,
    ) -> Expr {
        let inside = self.inside(rows);
        let counted = || function_of("count").call([]);
        let zero = |found: Expr| function_of("coalesce").call_with([found, int(0)]);
        let found = match (aggregate, element) {
            (Aggregate::Len, _) | (_, None) => counted(),
            (Aggregate::Sum, Some(element)) => {
                zero(function_of("sum").call_with([inside.value(element)]))
            }
            (Aggregate::Min, Some(element)) => {
                function_of("min").call_with([inside.value(element)])
            }
            (Aggregate::Max, Some(element)) => {
                function_of("max").call_with([inside.value(element)])
            }
        };
        // A sum of 64 bits is a decimal in PostgreSQL.
        let found = if aggregate == Aggregate::Sum && is_big(ty) {
            from("sqlalchemy", "cast").call_with([found, from("sqlalchemy", "BigInteger")])
        } else {
            found
        };
        let model = self.model(rows.entity);
        let mut statement = from("sqlalchemy", "select").call_with([found]);
        statement = statement.attr("select_from").call_with([model]);
        let mut joined: Vec<Expr> = Vec::new();
        if let Some(element) = element {
            self.joins(rows, element, &mut joined);
        }
        for join in joined {
            statement = statement.attr("join").call_with([join]);
        }
        let mut tests = self.linked(rows);
        tests.extend(rows.filter.iter().map(|filter| inside.condition(filter, false)));
        statement.attr("where").call_with(tests).attr("scalar_subquery").call([])
    }

    /// `OrderItem.order_id == Order.id`
    fn linked(&self, rows: &RowsPlan) -> Vec<Expr> {
        let Some(reference) = rows.reference else {
            stratapi_diagnostics::bug!("many-to-many rows are not summed up");
        };
        let reference = &self.plan.entities[rows.entity].references[reference];
        let key = &self.plan.entities[rows.from].key;
        let owner = if rows.steps.is_empty() {
            self.rows[rows.variable].clone()
        } else {
            stratapi_diagnostics::bug!("rows behind another row are not summed up");
        };
        let pairs = reference.key_attributes.iter().zip(key);
        let model = self.model(rows.entity);
        let pairs = pairs
            .map(|(own, part)| model.clone().attr(own).eq(owner.clone().attr(&part.attribute)));
        pairs.collect()
    }

    /// The relationships of the summed rows that a value reads: `OrderItem.product`.
    fn joins(&self, rows: &RowsPlan, element: &OperandPlan, found: &mut Vec<Expr>) {
        match element {
            OperandPlan::Related(related) => {
                for (position, step) in related.steps.iter().enumerate() {
                    let model = self.model(if position == 0 { rows.entity } else { step.entity });
                    let join = model.attr(&step.attribute);
                    if !found.contains(&join) {
                        found.push(join);
                    }
                }
            }
            OperandPlan::Arithmetic(left, _, right, _) => {
                self.joins(rows, left, found);
                self.joins(rows, right, found);
            }
            OperandPlan::Negated(inner) | OperandPlan::Call(_, inner) => {
                self.joins(rows, inner, found);
            }
            OperandPlan::Choice(_, then, otherwise) => {
                self.joins(rows, then, found);
                self.joins(rows, otherwise, found);
            }
            _ => {}
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

    pub(super) fn model(&self, entity: usize) -> Expr {
        from("app.models", &self.plan.entities[entity].class)
    }
}

fn function_of(word: &'static str) -> Expr {
    from("sqlalchemy", "func").attr(word)
}

fn is_big(ty: &ValueType) -> bool {
    matches!(ty.kind, ValueKind::Int { big: true, .. })
}
