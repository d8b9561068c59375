//! Conditions on a row: names become attributes of the model.

use stratapi_ir::model::{AttributeId, Condition, Literal, Operand};

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
            Condition::IsNull(attribute, positive) => {
                ConditionPlan::IsNull(self.attribute(*attribute), *positive)
            }
            Condition::In(attribute, values, positive) => ConditionPlan::In(
                self.attribute(*attribute),
                values.iter().map(|literal| self.literal(self.ty(*attribute), literal)).collect(),
                *positive,
            ),
            Condition::Flag(attribute) => ConditionPlan::Flag(self.attribute(*attribute)),
            Condition::All(parts) => ConditionPlan::All(all(parts)),
            Condition::Any(parts) => ConditionPlan::Any(all(parts)),
            Condition::Not(inner) => ConditionPlan::Not(Box::new(self.condition(inner))),
        }
    }

    fn operand(&self, operand: &Operand, other: &Operand) -> OperandPlan {
        match (operand, other) {
            (Operand::Attribute(attribute), _) => {
                let nullable = self.ty(*attribute).is_some_and(|ty| ty.nullable);
                OperandPlan::Attribute(self.attribute(*attribute), nullable)
            }
            (Operand::Literal(literal), Operand::Attribute(attribute)) => {
                self.literal(self.ty(*attribute), literal)
            }
            (Operand::Literal(literal), Operand::Literal(_)) => self.literal(None, literal),
        }
    }

    fn field(&self, attribute: AttributeId) -> Option<&FieldPlan> {
        self.context.field(self.entity, attribute).and_then(|field| self.fields.get(field))
    }

    fn ty(&self, attribute: AttributeId) -> Option<&ValueType> {
        self.field(attribute).map(|field| &field.ty)
    }

    fn attribute(&self, attribute: AttributeId) -> PyIdent {
        let names = &self.context.members[self.entity].attributes[attribute.index()];
        self.field(attribute)
            .map_or_else(|| names.python.clone(), |field| field.model_attribute.clone())
    }

    fn literal(&self, ty: Option<&ValueType>, literal: &Literal) -> OperandPlan {
        let ty =
            ty.map_or_else(|| natural(literal), |ty| ValueType { nullable: false, ..ty.clone() });
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
