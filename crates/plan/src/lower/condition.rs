//! Conditions on a row: names become attributes of the model.

use stratapi_ir::model::{AttributeType, Column, Comparison, Condition, Literal, Operand};

use super::column::{self, Named};
use super::draft::Context;
use super::value;
use crate::{ConditionPlan, FieldPlan, OperandPlan, PyIdent, ValueKind, ValueType};

/// Lowers a condition on the rows of an entity with these fields.
pub(super) fn condition(
    context: &Context<'_>,
    entity: usize,
    fields: &[FieldPlan],
    condition: &Condition,
) -> ConditionPlan {
    let lowering = Lowering { context, entity, fields };
    lowering.condition(condition)
}

struct Lowering<'a> {
    context: &'a Context<'a>,
    entity: usize,
    fields: &'a [FieldPlan],
}

impl Lowering<'_> {
    fn condition(&self, condition: &Condition) -> ConditionPlan {
        let all = |parts: &[Condition]| parts.iter().map(|part| self.condition(part)).collect();
        match condition {
            Condition::Compare(left, comparison, right) => ConditionPlan::Compare(
                self.operand(left, right),
                *comparison,
                self.operand(right, left),
            ),
            Condition::IsNull(column, positive) => self.is_null(*column, *positive),
            Condition::In(column, values, positive) => self.within(*column, values, *positive),
            Condition::Flag(column) => ConditionPlan::Flag(self.column(*column).attribute),
            Condition::All(parts) => ConditionPlan::All(all(parts)),
            Condition::Any(parts) => ConditionPlan::Any(all(parts)),
            Condition::Not(inner) => ConditionPlan::Not(Box::new(self.condition(inner))),
        }
    }

    /// Each value once; a single one is an equality.
    fn within(&self, column: Column, values: &[Literal], positive: bool) -> ConditionPlan {
        let Named { attribute, ty, .. } = self.column(column);
        let mut members: Vec<OperandPlan> = Vec::new();
        for member in values.iter().map(|literal| self.literal(&ty, literal)) {
            if !members.contains(&member) {
                members.push(member);
            }
        }
        if members.len() > 1 {
            return ConditionPlan::In(attribute, members, positive);
        }
        let comparison = if positive { Comparison::Equal } else { Comparison::NotEqual };
        let left = OperandPlan::Attribute(attribute, ty.nullable);
        ConditionPlan::Compare(left, comparison, members.remove(0))
    }

    fn operand(&self, operand: &Operand, other: &Operand) -> OperandPlan {
        match (operand, other) {
            (Operand::Column(column), _) => {
                let Named { attribute, ty, .. } = self.column(*column);
                OperandPlan::Attribute(attribute, ty.nullable)
            }
            (Operand::Literal(literal), Operand::Column(column)) => {
                self.literal(&self.column(*column).ty, literal)
            }
            (Operand::Literal(literal), Operand::Literal(_)) => {
                self.literal(&natural(literal), literal)
            }
        }
    }

    /// A value object is null where its columns are: one that it can't do without tells as much.
    fn is_null(&self, column: Column, positive: bool) -> ConditionPlan {
        let null = |part: &PyIdent| ConditionPlan::IsNull(part.clone(), positive);
        let parts = self.parts(column);
        match (parts.as_slice(), parts.iter().find(|(_, needed)| *needed)) {
            ([], _) => null(&self.column(column).attribute),
            ([(part, _)], _) | (_, Some((part, _))) => null(part),
            (parts, None) => {
                let parts = parts.iter().map(|(part, _)| null(part)).collect();
                if positive { ConditionPlan::All(parts) } else { ConditionPlan::Any(parts) }
            }
        }
    }

    /// The attributes of a value object, and whether it needs each.
    fn parts(&self, column: Column) -> Vec<(PyIdent, bool)> {
        let Column::Attribute(attribute) = column else { return Vec::new() };
        let declared = &self.context.entity(self.entity).attributes[attribute.index()];
        let AttributeType::Value(value) = declared.ty else { return Vec::new() };
        let names = &self.context.members[self.entity].attributes[attribute.index()].parts;
        let parts = names.iter().zip(&self.context.ir.domain.values[value.index()].attributes);
        parts.map(|(name, part)| (name.python.clone(), !part.nullable)).collect()
    }

    fn column(&self, column: Column) -> Named<'_> {
        let Some(named) = column::column(self.context, self.entity, self.fields, column) else {
            stratapi_diagnostics::bug!("a condition about a whole value object");
        };
        named
    }

    fn literal(&self, ty: &ValueType, literal: &Literal) -> OperandPlan {
        let ty = ValueType { nullable: false, ..ty.clone() };
        let text = value::canonical(self.context.ir, &ty, literal);
        OperandPlan::Literal(ty, text)
    }
}

/// The type of a literal that stands beside another literal.
fn natural(literal: &Literal) -> ValueType {
    let kind = match literal {
        Literal::Bool(_) => ValueKind::Bool,
        Literal::Int(_) => ValueKind::Int { min: i64::MIN, max: i64::MAX, big: true },
        Literal::Number(_) => ValueKind::Float { min: None, max: None },
        _ => ValueKind::Text { min: 0, max: u32::MAX },
    };
    ValueType { kind, list: false, nullable: false }
}
