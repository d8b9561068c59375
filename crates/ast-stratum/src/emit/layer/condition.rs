//! Prints conditions on one row, as Python or as SQLAlchemy, with one meaning for `None`:
//! it equals only itself, and no order holds for it.

use stratapi_plan::{
    Comparison, ConditionPlan, EntityPlan, OperandPlan, Plan, PyIdent, ValueKind, ValueType,
};

use crate::python::build::{and, from, list, none, not, or};
use crate::python::{Comparator, Expr};
use crate::types::literal;

/// Where a condition is evaluated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::emit) enum Side {
    /// On a loaded row.
    Python,
    /// In the database.
    Sql,
}

/// Prints a condition on `row` (a variable or a model's class).
pub(in crate::emit) fn print(
    plan: &Plan,
    entity: &EntityPlan,
    row: &Expr,
    side: Side,
    condition: &ConditionPlan,
    negated: bool,
) -> Expr {
    Printer { plan, entity, row, side }.condition(condition, negated)
}

struct Printer<'a> {
    plan: &'a Plan,
    entity: &'a EntityPlan,
    row: &'a Expr,
    side: Side,
}

impl Printer<'_> {
    fn condition(&self, condition: &ConditionPlan, negated: bool) -> Expr {
        match condition {
            ConditionPlan::Compare(left, comparison, right) => {
                self.compare(left, *comparison, right, negated)
            }
            ConditionPlan::IsNull(attribute, null) => self.is_null(attribute, *null != negated),
            ConditionPlan::In(attribute, members, within) => {
                self.within(attribute, members, *within != negated)
            }
            ConditionPlan::Flag(attribute) => self.flag(attribute, !negated),
            ConditionPlan::Not(inner) => self.condition(inner, !negated),
            ConditionPlan::All(items) | ConditionPlan::Any(items) => {
                let parts = items.iter().map(|item| self.condition(item, negated)).collect();
                let together = matches!(condition, ConditionPlan::All(_)) != negated;
                self.join(parts, together)
            }
        }
    }

    fn join(&self, parts: Vec<Expr>, together: bool) -> Expr {
        match (self.side, together) {
            (Side::Python, true) => and(parts),
            (Side::Python, false) => or(parts),
            _ if parts.len() == 1 => and(parts),
            (Side::Sql, true) => from("sqlalchemy", "and_").call_with(parts),
            (Side::Sql, false) => from("sqlalchemy", "or_").call_with(parts),
        }
    }

    fn attribute(&self, attribute: &PyIdent) -> Expr {
        self.row.clone().attr(attribute)
    }

    fn nullable(&self, attribute: &PyIdent) -> bool {
        self.entity
            .fields
            .iter()
            .any(|field| &field.model_attribute == attribute && field.ty.nullable)
    }

    fn is_null(&self, attribute: &PyIdent, null: bool) -> Expr {
        let value = self.attribute(attribute);
        match (self.side, null) {
            (Side::Python, true) => value.is(none()),
            (Side::Python, false) => value.is_not(none()),
            (Side::Sql, true) => value.attr("is_").call_with([none()]),
            (Side::Sql, false) => value.attr("is_not").call_with([none()]),
        }
    }

    fn within(&self, attribute: &PyIdent, members: &[OperandPlan], within: bool) -> Expr {
        let value = self.attribute(attribute);
        let members: Vec<Expr> = members
            .iter()
            .map(|member| match member {
                OperandPlan::Literal(ty, value) => literal(self.plan, ty, value),
                OperandPlan::Attribute(..) => self.operand(member),
            })
            .collect();
        match (self.side, within) {
            (Side::Python, true) => value.compare(Comparator::In, Expr::Set(members)),
            (Side::Python, false) => value.compare(Comparator::NotIn, Expr::Set(members)),
            (Side::Sql, true) => value.attr("in_").call_with([list(members)]),
            (Side::Sql, false) => {
                let outside = value.attr("not_in").call_with([list(members)]);
                if self.nullable(attribute) {
                    return self.join(vec![self.is_null(attribute, true), outside], false);
                }
                outside
            }
        }
    }

    fn flag(&self, attribute: &PyIdent, expected: bool) -> Expr {
        let value = self.attribute(attribute);
        let truth = || from("sqlalchemy", "true").call([]);
        match (self.side, expected) {
            (Side::Python, true) if self.nullable(attribute) => value.is(Expr::Bool(true)),
            (Side::Python, false) if self.nullable(attribute) => value.is_not(Expr::Bool(true)),
            (Side::Python, true) => value,
            (Side::Python, false) => not(value),
            (Side::Sql, true) => value.eq(truth()),
            (Side::Sql, false) if self.nullable(attribute) => {
                value.attr("is_distinct_from").call_with([truth()])
            }
            (Side::Sql, false) => value.compare(Comparator::NotEqual, truth()),
        }
    }

    fn operand(&self, operand: &OperandPlan) -> Expr {
        match operand {
            OperandPlan::Attribute(attribute, _) => self.attribute(attribute),
            OperandPlan::Literal(ty, value) => match threshold(ty, value) {
                Some(constant) => Expr::Name(constant),
                None => literal(self.plan, ty, value),
            },
        }
    }

    fn compare(
        &self,
        left: &OperandPlan,
        comparison: Comparison,
        right: &OperandPlan,
        negated: bool,
    ) -> Expr {
        if matches!(left, OperandPlan::Literal(..)) {
            return self.compare(right, mirrored(comparison), left, negated);
        }
        match comparison {
            Comparison::Equal => self.equal(left, right, !negated),
            Comparison::NotEqual => self.equal(left, right, negated),
            _ => self.ordered(left, comparison, right, negated),
        }
    }

    fn equal(&self, left: &OperandPlan, right: &OperandPlan, expected: bool) -> Expr {
        if let (OperandPlan::Attribute(attribute, _), OperandPlan::Literal(ty, value)) =
            (left, right)
            && matches!(ty.kind, ValueKind::Bool)
        {
            return self.truth(attribute, value == "true", expected);
        }
        let (one, other) = (self.operand(left), self.operand(right));
        let nullable = may_be_null(left) || may_be_null(right);
        let both = may_be_null(left) && may_be_null(right);
        match (self.side, expected) {
            (Side::Python, true) if is_member(right) => one.is(other),
            (Side::Python, false) if is_member(right) => one.is_not(other),
            (Side::Sql, true) if both => one.attr("is_not_distinct_from").call_with([other]),
            (Side::Sql, false) if nullable => one.attr("is_distinct_from").call_with([other]),
            (_, true) => one.eq(other),
            (_, false) => one.compare(Comparator::NotEqual, other),
        }
    }

    /// `flag == value`, without comparing to a literal.
    fn truth(&self, attribute: &PyIdent, value: bool, expected: bool) -> Expr {
        if value || !self.nullable(attribute) {
            return self.flag(attribute, value == expected);
        }
        let flag = self.attribute(attribute);
        let falsity = || from("sqlalchemy", "false").call([]);
        match (self.side, expected) {
            (Side::Python, true) => flag.is(Expr::Bool(false)),
            (Side::Python, false) => flag.is_not(Expr::Bool(false)),
            (Side::Sql, true) => flag.eq(falsity()),
            (Side::Sql, false) => flag.attr("is_distinct_from").call_with([falsity()]),
        }
    }

    fn ordered(
        &self,
        left: &OperandPlan,
        comparison: Comparison,
        right: &OperandPlan,
        negated: bool,
    ) -> Expr {
        let comparator = order(if negated { opposite(comparison) } else { comparison });
        let compared = self.operand(left).compare(comparator, self.operand(right));
        let mut guards: Vec<Expr> = Vec::new();
        for operand in [left, right] {
            if let OperandPlan::Attribute(attribute, true) = operand {
                // NULL makes a comparison in SQL false by itself.
                if self.side == Side::Python || negated {
                    guards.push(self.is_null(attribute, negated));
                }
            }
        }
        guards.push(compared);
        self.join(guards, !negated)
    }
}

/// The module's constant for a number: a number alone in a comparison would explain nothing.
fn threshold(ty: &ValueType, value: &str) -> Option<PyIdent> {
    let number = matches!(ty.kind, ValueKind::Int { .. } | ValueKind::Float { .. });
    if !number || ["0", "1"].contains(&value) {
        return None;
    }
    let digits = value.replace('-', "MINUS_").replace(['.', '+'], "_").to_ascii_uppercase();
    PyIdent::new(format!("_BOUND_{digits}"))
}

/// The constants that a condition refers to, each once.
pub(in crate::emit) fn constants(
    plan: &Plan,
    condition: &ConditionPlan,
    found: &mut Vec<(PyIdent, Expr)>,
) {
    match condition {
        ConditionPlan::Compare(left, _, right) => {
            for operand in [left, right] {
                let OperandPlan::Literal(ty, value) = operand else { continue };
                let Some(constant) = threshold(ty, value) else { continue };
                if !found.iter().any(|(known, _)| *known == constant) {
                    found.push((constant, literal(plan, ty, value)));
                }
            }
        }
        ConditionPlan::All(items) | ConditionPlan::Any(items) => {
            for item in items {
                constants(plan, item, found);
            }
        }
        ConditionPlan::Not(inner) => constants(plan, inner, found),
        ConditionPlan::IsNull(..) | ConditionPlan::In(..) | ConditionPlan::Flag(_) => {}
    }
}

fn may_be_null(operand: &OperandPlan) -> bool {
    matches!(operand, OperandPlan::Attribute(_, true))
}

fn is_member(operand: &OperandPlan) -> bool {
    matches!(operand, OperandPlan::Literal(ValueType { kind: ValueKind::Enum(_), .. }, _))
}

fn mirrored(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Less => Comparison::Greater,
        Comparison::LessOrEqual => Comparison::GreaterOrEqual,
        Comparison::Greater => Comparison::Less,
        Comparison::GreaterOrEqual => Comparison::LessOrEqual,
        same => same,
    }
}

fn opposite(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Less => Comparison::GreaterOrEqual,
        Comparison::LessOrEqual => Comparison::Greater,
        Comparison::Greater => Comparison::LessOrEqual,
        Comparison::GreaterOrEqual => Comparison::Less,
        Comparison::Equal => Comparison::NotEqual,
        Comparison::NotEqual => Comparison::Equal,
    }
}

fn order(comparison: Comparison) -> Comparator {
    match comparison {
        Comparison::Less => Comparator::Less,
        Comparison::LessOrEqual => Comparator::LessOrEqual,
        Comparison::Greater => Comparator::Greater,
        Comparison::GreaterOrEqual => Comparator::GreaterOrEqual,
        Comparison::Equal => Comparator::Equal,
        Comparison::NotEqual => Comparator::NotEqual,
    }
}
