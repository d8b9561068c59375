//! Operands: values with their types, and how large numbers can become.

use stratapi_ir::model::{Arithmetic, Function, Operand};

use super::condition::Lowering;
use super::{naming, value};
use crate::{Aggregate, OperandPlan, ValueKind, ValueType};

impl Lowering<'_> {
    /// A value.
    pub(super) fn operand(&self, operand: &Operand) -> OperandPlan {
        self.typed(operand).0
    }

    /// A value and its type.
    pub(super) fn typed(&self, operand: &Operand) -> (OperandPlan, ValueType) {
        match operand {
            Operand::Attribute(path, column) => {
                (self.attribute(path, *column), self.attribute_type(path, *column))
            }
            Operand::Literal(literal, ty) => {
                let mut ty = self.literal_type(ty);
                let text = value::canonical(self.context.ir, &ty, literal);
                if let (ValueKind::Int { .. }, Ok(number)) = (&ty.kind, text.parse()) {
                    ty.kind = int_kind(number, number);
                }
                (OperandPlan::Literal(ty.clone(), text), ty)
            }
            Operand::Local(local) => {
                let kind = self.literal_type(&local.ty).kind;
                let ty = ValueType { kind, list: local.list, nullable: local.nullable };
                (OperandPlan::Local(naming::flow_variable(&local.name), local.nullable), ty)
            }
            Operand::Now => (OperandPlan::Now, plain(ValueKind::DateTime)),
            Operand::Today => (OperandPlan::Today, plain(ValueKind::Date)),
            Operand::Sequence(form) => {
                let kind =
                    ValueKind::Line { min: 0, max: 255, pattern: None, reserved: Vec::new() };
                (OperandPlan::Sequence(form.clone()), plain(kind))
            }
            Operand::Arithmetic(left, operator, right) => {
                let ((left, one), (right, other)) = (self.typed(left), self.typed(right));
                let ty = plain(result(&one.kind, *operator, &other.kind));
                let (left, right) = (Box::new(left), Box::new(right));
                (OperandPlan::Arithmetic(left, *operator, right, ty.clone()), ty)
            }
            Operand::Negated(inner) => self.negated(inner),
            Operand::Call(function, inner) => self.called(*function, inner),
            Operand::Aggregate(aggregate, rows, element) => {
                let (rows, inside) = self.over(rows);
                let element = element.as_ref().map(|element| inside.typed(element));
                let (element, ty) = element.unzip();
                let ty = aggregated(*aggregate, ty);
                let element = element.map(Box::new);
                (OperandPlan::Aggregate(*aggregate, Box::new(rows), element, ty.clone()), ty)
            }
            Operand::Choice(test, then, otherwise) => {
                let test = Box::new(self.condition(test));
                let ((then, one), (otherwise, other)) = (self.typed(then), self.typed(otherwise));
                let nullable = one.nullable || other.nullable;
                let ty = ValueType { kind: either(one.kind, &other.kind), list: false, nullable };
                (OperandPlan::Choice(test, Box::new(then), Box::new(otherwise)), ty)
            }
            Operand::Truth(inner) => {
                (OperandPlan::Truth(Box::new(self.condition(inner))), plain(ValueKind::Bool))
            }
        }
    }

    fn negated(&self, inner: &Operand) -> (OperandPlan, ValueType) {
        let (inner, ty) = self.typed(inner);
        let kind = match ty.kind {
            ValueKind::Int { min, max, .. } => int_kind(max.saturating_neg(), min.saturating_neg()),
            ref other => unbounded(other.clone()),
        };
        (OperandPlan::Negated(Box::new(roomy(inner, &ty.kind, &kind))), plain(kind))
    }

    fn called(&self, function: Function, inner: &Operand) -> (OperandPlan, ValueType) {
        let (inner, ty) = self.typed(inner);
        let kind = match (function, &ty.kind) {
            (Function::Len, _) => int_kind(0, i64::from(i32::MAX)),
            (Function::Abs, ValueKind::Int { min, max, .. }) => {
                int_kind(0, min.saturating_abs().max(max.saturating_abs()))
            }
            (Function::Abs, other) => unbounded(other.clone()),
        };
        let inner = roomy(inner, &ty.kind, &kind);
        (OperandPlan::Call(function, Box::new(inner)), plain(kind))
    }
}

const fn plain(kind: ValueKind) -> ValueType {
    ValueType { kind, list: false, nullable: false }
}

/// A number in 64 bits where the result needs them: there is no `- -2147483648` in 32 bits.
fn roomy(inner: OperandPlan, own: &ValueKind, result: &ValueKind) -> OperandPlan {
    let big = |kind: &ValueKind| matches!(kind, ValueKind::Int { big: true, .. });
    if big(own) || !big(result) {
        return inner;
    }
    let zero = OperandPlan::Literal(plain(int_kind(0, 0)), "0".to_owned());
    let ty = plain(result.clone());
    OperandPlan::Arithmetic(Box::new(inner), Arithmetic::Add, Box::new(zero), ty)
}

/// Whole numbers between bounds, in a column that holds them.
pub(super) fn int_kind(min: i64, max: i64) -> ValueKind {
    let big = min < i64::from(i32::MIN) || max > i64::from(i32::MAX);
    ValueKind::Int { min, max, big }
}

pub(super) fn unbounded(kind: ValueKind) -> ValueKind {
    match kind {
        ValueKind::Decimal { precision, scale, .. } => {
            ValueKind::Decimal { precision, scale, min: None, max: None }
        }
        ValueKind::Float { .. } => ValueKind::Float { min: None, max: None },
        other => other,
    }
}

/// The type of a sum or a product: bounds follow from those of its parts.
fn result(left: &ValueKind, operator: Arithmetic, right: &ValueKind) -> ValueKind {
    use ValueKind::{Decimal, Float, Int};
    match (left, right) {
        (Decimal { scale, .. }, _) | (_, Decimal { scale, .. }) => {
            Decimal { precision: 18, scale: *scale, min: None, max: None }
        }
        (Int { min, max, .. }, Int { min: low, max: high, .. }) => {
            let ends = match operator {
                Arithmetic::Add => vec![min.saturating_add(*low), max.saturating_add(*high)],
                Arithmetic::Subtract => vec![min.saturating_sub(*high), max.saturating_sub(*low)],
                Arithmetic::Multiply => vec![
                    min.saturating_mul(*low),
                    min.saturating_mul(*high),
                    max.saturating_mul(*low),
                    max.saturating_mul(*high),
                ],
            };
            let least = ends.iter().copied().min().unwrap_or(i64::MIN);
            int_kind(least, ends.into_iter().max().unwrap_or(i64::MAX))
        }
        _ => Float { min: None, max: None },
    }
}

fn either(one: ValueKind, other: &ValueKind) -> ValueKind {
    use ValueKind::{Decimal, Float, Int};
    match (one, other) {
        (Int { min, max, .. }, Int { min: low, max: high, .. }) => {
            int_kind(min.min(*low), max.max(*high))
        }
        (Float { .. }, _) | (_, Float { .. }) => Float { min: None, max: None },
        (Decimal { precision, scale, .. }, Decimal { precision: of_other, .. }) => {
            Decimal { precision: precision.max(*of_other), scale, min: None, max: None }
        }
        (one, _) => unbounded(one),
    }
}

/// How many rows there may be, and what the sum over them may come to: the largest whole number that
/// JSON has everywhere.
const MANY: i64 = 1 << 53;

fn aggregated(aggregate: Aggregate, element: Option<ValueType>) -> ValueType {
    let kind = element.map(|ty| ty.kind);
    match (aggregate, kind) {
        (Aggregate::Len, _) | (_, None) => plain(int_kind(0, MANY)),
        (Aggregate::Sum, Some(ValueKind::Int { .. })) => plain(int_kind(-MANY, MANY)),
        (Aggregate::Sum, Some(ValueKind::Decimal { scale, .. })) => {
            plain(ValueKind::Decimal { precision: 18, scale, min: None, max: None })
        }
        (Aggregate::Sum, Some(kind)) => plain(unbounded(kind)),
        (Aggregate::Min | Aggregate::Max, Some(kind)) => {
            ValueType { kind: unbounded(kind), list: false, nullable: true }
        }
    }
}
