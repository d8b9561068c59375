//! Conditions: names become attributes of the model.

use stratapi_ir::model::{AttributeType, Collection, Column, Condition, Operand, RowPath, Rows};

use super::column::{self, Named};
use super::draft::Context;
use super::operand::int_kind;
use crate::{
    Comparison, ConditionPlan, EntityPlan, OperandPlan, OwnedBy, PyIdent, RelatedPlan, RowsPlan,
    Step, ValueKind, ValueType,
};

/// Lowers a condition on the rows of an entity; `entities` knows it, and those that the condition
/// leads to.
pub(super) fn condition<'a>(
    context: &'a Context<'a>,
    entities: &'a dyn Fn(usize) -> &'a EntityPlan,
    entity: usize,
    condition: &Condition,
) -> ConditionPlan {
    Lowering { context, entities, variables: vec![entity], living: false }.condition(condition)
}

/// Lowers the condition of a rule of access: its first variable is the caller.
pub(super) fn rule<'a>(
    context: &'a Context<'a>,
    entities: &'a dyn Fn(usize) -> &'a EntityPlan,
    entity: usize,
    condition: &Condition,
) -> ConditionPlan {
    let caller = context.ir.security.as_ref().map(|it| it.authentication.user.index());
    let variables = vec![entity, caller.unwrap_or(entity)];
    Lowering { context, entities, variables, living: true }.condition(condition)
}

pub(super) struct Lowering<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) entities: &'a dyn Fn(usize) -> &'a EntityPlan,
    /// The entity of the row, and those of the variables of generators.
    pub(super) variables: Vec<usize>,
    /// Whether rows that were deleted, and are kept, are none of many rows: nobody may see anything
    /// because of them.
    pub(super) living: bool,
}

/// A place where attributes are: a row at the end of a path.
struct Place {
    variable: usize,
    steps: Vec<Step>,
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
            Condition::Same(left, right, positive) => self.same(left, right, *positive),
            Condition::Missing(path, positive) => {
                let key = self.row(path).into_iter().next();
                let Some(key) = key else { stratapi_diagnostics::bug!("a row without a key") };
                ConditionPlan::IsNull(key, *positive)
            }
            Condition::Quantified(some, rows, inner) => {
                let (rows, inside) = self.over(rows);
                let inner = inside.condition(inner);
                ConditionPlan::Quantified(*some, Box::new(rows), Box::new(inner))
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
    fn same(&self, left: &RowPath, right: &RowPath, positive: bool) -> ConditionPlan {
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
        let Operand::Attribute(path, column) = operand else {
            return ConditionPlan::IsNull(self.operand(operand), positive);
        };
        let place = self.place(path);
        let null = |part: &PyIdent| {
            let ty = ValueType { kind: ValueKind::Json, list: false, nullable: true };
            ConditionPlan::IsNull(at(&place, part.clone(), ty), positive)
        };
        let parts = self.parts(place.entity, *column);
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
    fn parts(&self, entity: usize, column: Column) -> Vec<(PyIdent, bool)> {
        let Column::Attribute(attribute) = column else { return Vec::new() };
        let declared = &self.context.entity(entity).attributes[attribute.index()];
        let AttributeType::Value(value) = declared.ty else { return Vec::new() };
        let names = &self.context.members[entity].attributes[attribute.index()].parts;
        let parts = names.iter().zip(&self.context.ir.domain.values[value.index()].attributes);
        parts.map(|(name, part)| (name.python.clone(), !part.nullable)).collect()
    }

    /// An attribute at the end of a path.
    pub(super) fn attribute(&self, path: &RowPath, column: Column) -> OperandPlan {
        let place = self.place(path);
        let Named { attribute, ty, .. } = self.named(place.entity, column);
        at(&place, attribute, ty)
    }

    /// The type of an attribute at the end of a path.
    pub(super) fn attribute_type(&self, path: &RowPath, column: Column) -> ValueType {
        self.named(self.place(path).entity, column).ty
    }

    fn named(&self, entity: usize, column: Column) -> Named<'_> {
        let plan = (self.entities)(entity);
        let Some(named) = column::column(self.context, entity, plan, column) else {
            stratapi_diagnostics::bug!("a condition about a whole value object");
        };
        named
    }

    /// The keys of the row at the end of a path: those of a foreign key where there is one.
    fn row(&self, path: &RowPath) -> Vec<OperandPlan> {
        let Some((last, before)) = path.steps.split_last() else {
            let place = self.place(path);
            let key = &(self.entities)(place.entity).key;
            return key
                .iter()
                .map(|part| at(&place, part.attribute.clone(), part.ty.clone()))
                .collect();
        };
        let path = RowPath { variable: path.variable, steps: before.to_vec() };
        let place = self.place(&path);
        let Some(position) = self.context.reference(place.entity, *last) else {
            stratapi_diagnostics::bug!("a path over a relationship to many rows");
        };
        let reference = &(self.entities)(place.entity).references[position];
        let keys = &self.context.keys[reference.target];
        let parts = reference.key_attributes.iter().zip(keys);
        let parts = parts.map(|(attribute, key)| {
            let ty = ValueType { nullable: reference.nullable, ..key.ty.clone() };
            at(&place, attribute.clone(), ty)
        });
        parts.collect()
    }

    /// The rows of a to-many relationship, and what is lowered among them.
    pub(super) fn over(&self, rows: &Rows) -> (RowsPlan, Self) {
        let place = self.place(&rows.from);
        let entity = (self.entities)(place.entity);
        let linked = |association: Option<usize>, left| match association {
            Some(association) => OwnedBy::Association(association, left),
            None => stratapi_diagnostics::bug!("rows behind an association entity"),
        };
        let (attribute, owned_by) = match rows.collection {
            Collection::Inverse(position) => {
                let end = &entity.collections[position];
                let owned_by = match (end.reference, end.link) {
                    (Some(reference), _) => OwnedBy::Reference(reference),
                    (None, Some(link)) => {
                        linked((self.entities)(end.source).links[link].association, false)
                    }
                    (None, None) => stratapi_diagnostics::bug!("the other end of nothing"),
                };
                (end.attribute.clone(), owned_by)
            }
            Collection::Link(id) => {
                let slots = &self.context.slots[place.entity].relationships;
                let super::draft::RelationshipSlot::Link(link) = slots[id.index()] else {
                    stratapi_diagnostics::bug!("one row taken for many")
                };
                let link = &entity.links[link];
                (link.attribute.clone(), linked(link.association, true))
            }
        };
        let mut variables = self.variables.clone();
        variables.push(rows.entity.index());
        let inside = Lowering { variables, ..*self };
        let alive = inside.alive(rows.entity.index());
        let filter = rows.filter.as_ref().map(|filter| inside.condition(filter));
        let filter = match (alive, filter) {
            (Some(alive), Some(filter)) => Some(ConditionPlan::All(vec![alive, filter])),
            (alive, filter) => alive.or(filter),
        };
        let plan = RowsPlan {
            variable: place.variable,
            from: place.entity,
            steps: place.steps,
            attribute,
            entity: rows.entity.index(),
            owned_by,
            name: super::naming::flow_variable(&rows.variable),
            filter,
        };
        (plan, inside)
    }

    /// That the row of the innermost variable was not deleted, where that matters.
    fn alive(&self, entity: usize) -> Option<ConditionPlan> {
        if !self.living || !(self.entities)(entity).soft_delete {
            return None;
        }
        let ty = ValueType { kind: ValueKind::Bool, list: false, nullable: false };
        let place = Place { variable: self.variables.len() - 1, steps: Vec::new(), entity };
        Some(ConditionPlan::Flag(at(&place, PyIdent::known("is_active"), ty)))
    }

    /// The steps of a path, and the entity that it leads to.
    pub(super) fn walked(&self, path: &RowPath) -> (Vec<Step>, usize) {
        let place = self.place(path);
        (place.steps, place.entity)
    }

    fn place(&self, path: &RowPath) -> Place {
        let mut entity = self.variables[path.variable];
        let mut steps = Vec::new();
        for relationship in &path.steps {
            let Some(position) = self.context.reference(entity, *relationship) else {
                stratapi_diagnostics::bug!("a path over a relationship to many rows");
            };
            let reference = &(self.entities)(entity).references[position];
            steps.push(Step {
                entity,
                reference: position,
                attribute: reference.attribute.clone(),
                key_attribute: reference.key_attributes[0].clone(),
                nullable: reference.nullable,
            });
            entity = reference.target;
        }
        Place { variable: path.variable, steps, entity }
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

fn at(place: &Place, attribute: PyIdent, ty: ValueType) -> OperandPlan {
    if place.variable == 0 && place.steps.is_empty() {
        return OperandPlan::Attribute(attribute, ty.nullable);
    }
    OperandPlan::Related(Box::new(RelatedPlan {
        variable: place.variable,
        steps: place.steps.clone(),
        entity: place.entity,
        attribute,
        ty,
    }))
}
