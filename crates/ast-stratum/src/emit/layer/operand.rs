//! Prints values: attributes, arithmetic, functions and choices.

use stratapi_plan::{Arithmetic, Function, OperandPlan, ValueKind, ValueType};

use super::condition::{Printer, Side};
use crate::python::build::{arg, from, kw, name, tuple};
use crate::python::{BinaryOperator, Expr, UnaryOperator};
use crate::types::literal;

impl Printer<'_> {
    /// A value.
    pub(super) fn value(&self, operand: &OperandPlan) -> Expr {
        match operand {
            OperandPlan::Attribute(attribute, _) => self.row.clone().attr(attribute),
            OperandPlan::Related(related) => self.place(&related.steps).attr(&related.attribute),
            OperandPlan::Literal(ty, value) => literal(self.plan, ty, value),
            OperandPlan::Arithmetic(left, operator, right, ty) => {
                self.arithmetic(left, *operator, right, ty)
            }
            OperandPlan::Negated(inner) => {
                Expr::Unary(UnaryOperator::Minus, Box::new(self.value(inner)))
            }
            OperandPlan::Call(function, inner) => self.call(*function, self.value(inner)),
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
}

fn function_of(word: &'static str) -> Expr {
    from("sqlalchemy", "func").attr(word)
}

fn is_big(ty: &ValueType) -> bool {
    matches!(ty.kind, ValueKind::Int { big: true, .. })
}
