//! Conditions: names become attributes of the model.

use stratapi_ir::model::{AttributeType, Column, Condition, Operand, RowPath};

use super::column::{self, Named};
use super::draft::Context;
use super::operand::int_kind;
use crate::{Comparison, ConditionPlan, EntityPlan, OperandPlan, PyIdent, ValueKind, ValueType};

/// Lowers a condition on the rows of an entity.
pub(super) fn condition(
    context: &Context<'_>,
    plan: &EntityPlan,
    entity: usize,
    condition: &Condition,
) -> ConditionPlan {
    Lowering { context, plan, entity }.condition(condition)
}

pub(super) struct Lowering<'a> {
    pub(super) context: &'a Context<'a>,
    plan: &'a EntityPlan,
    entity: usize,
}

impl Lowering<'_> {
    pub(super) fn condition(&self, condition: &Condition) -> ConditionPlan {
        let all = |parts: &[Condition]| parts.iter().map(|part| self.condition(part)).collect();
        match condition {
            Condition::Compare(left, comparison, right) => {
                ConditionPlan::Compare(self.operand(left), *comparison, self.operand(right))
            }
            Condition::IsNull(operand, positive) => self.is_null(operand, *positive),
            Condition::In(operand, values, positive) => self.within(operand, values, *positive),
            Condition::Flag(operand) => match self.operand(operand) {
                OperandPlan::Truth(inner) => *inner,
                operand => ConditionPlan::Flag(operand),
            },
            Condition::Same(left, right, positive) => self.same(*left, *right, *positive),
            Condition::Missing(id, positive) => {
                let key = self.row(RowPath::To(*id)).into_iter().next();
                let Some(key) = key else { stratapi_diagnostics::bug!("a row without a key") };
                ConditionPlan::IsNull(key, *positive)
            }
            Condition::All(parts) => ConditionPlan::All(all(parts)),
            Condition::Any(parts) => ConditionPlan::Any(all(parts)),
            Condition::Not(inner) => ConditionPlan::Not(Box::new(self.condition(inner))),
        }
    }

    /// Each value once; a single one is an equality.
    fn within(&self, operand: &Operand, values: &[Operand], positive: bool) -> ConditionPlan {
        let operand = self.operand(operand);
        let mut members: Vec<OperandPlan> = Vec::new();
        for member in values.iter().map(|value| self.operand(value)) {
            if !members.contains(&member) {
                members.push(member);
            }
        }
        if members.len() > 1 {
            return ConditionPlan::In(operand, members, positive);
        }
        let comparison = if positive { Comparison::Equal } else { Comparison::NotEqual };
        ConditionPlan::Compare(operand, comparison, members.remove(0))
    }

    /// Rows are the same where their keys are.
    fn same(&self, left: RowPath, right: RowPath, positive: bool) -> ConditionPlan {
        let comparison = if positive { Comparison::Equal } else { Comparison::NotEqual };
        let pairs = self.row(left).into_iter().zip(self.row(right));
        let mut parts: Vec<ConditionPlan> =
            pairs.map(|(one, other)| ConditionPlan::Compare(one, comparison, other)).collect();
        match (parts.len(), positive) {
            (1, _) => parts.remove(0),
            (_, true) => ConditionPlan::All(parts),
            (_, false) => ConditionPlan::Any(parts),
        }
    }

    /// A value object is null where its columns are: one that it can't do without tells as much.
    fn is_null(&self, operand: &Operand, positive: bool) -> ConditionPlan {
        let Operand::Attribute(column) = operand else {
            return ConditionPlan::IsNull(self.operand(operand), positive);
        };
        let null = |part: &PyIdent| {
            ConditionPlan::IsNull(OperandPlan::Attribute(part.clone(), true), positive)
        };
        let parts = self.parts(*column);
        match (parts.as_slice(), parts.iter().find(|(_, needed)| *needed)) {
            ([], _) => ConditionPlan::IsNull(self.operand(operand), positive),
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

    /// An attribute, and its type.
    pub(super) fn attribute(&self, column: Column) -> (OperandPlan, ValueType) {
        let fields = &self.plan.fields;
        let Some(Named { attribute, ty, .. }) =
            column::column(self.context, self.entity, fields, column)
        else {
            stratapi_diagnostics::bug!("a condition about a whole value object");
        };
        (OperandPlan::Attribute(attribute, ty.nullable), ty)
    }

    /// The keys of a row: those of the foreign key where a relationship leads to it.
    fn row(&self, path: RowPath) -> Vec<OperandPlan> {
        let (keys, nullable): (Vec<&PyIdent>, bool) = match path {
            RowPath::Own => (self.plan.key.iter().map(|part| &part.attribute).collect(), false),
            RowPath::To(relationship) => {
                let Some(position) = self.context.reference(self.entity, relationship) else {
                    stratapi_diagnostics::bug!("a relationship to many rows taken for one");
                };
                let reference = &self.plan.references[position];
                (reference.key_attributes.iter().collect(), reference.nullable)
            }
        };
        let keys = keys.into_iter().cloned();
        keys.map(|attribute| OperandPlan::Attribute(attribute, nullable)).collect()
    }

    pub(super) fn literal_type(&self, ty: &AttributeType) -> ValueType {
        let kind = match super::value::kind(self.context.ir, ty) {
            // Literals are whole numbers of any size.
            ValueKind::Int { .. } => int_kind(i64::MIN, i64::MAX),
            other => other,
        };
        ValueType { kind, list: false, nullable: false }
    }
}
