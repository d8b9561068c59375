//! What lowering knows while it works, shared by its passes.

use stratapi_diagnostics::Diagnostic;
use stratapi_ir::model::{
    ApplicationIr, AttributeId, AttributeType, Entity, EntityId, Invariant, RelationshipId,
    StateMachine, Transition,
};

use super::keys::KeyShape;
use super::members::Members;
use super::naming::Names;
use super::segments::Segments;
use crate::{EntityPlan, PyIdent};

/// Facts that all passes read.
pub(super) struct Context<'a> {
    pub(super) ir: &'a ApplicationIr,
    pub(super) names: Names,
    pub(super) keys: Vec<Vec<KeyShape>>,
    pub(super) members: Vec<Members>,
    /// By entity: where the plan keeps what the IR declares.
    pub(super) slots: Vec<Slots>,
    /// By entity and relationship: position of the other end among the target's.
    pub(super) inverses: Vec<Vec<Option<usize>>>,
    /// By value object: its position among the embedded ones.
    pub(super) values: Vec<Option<usize>>,
    /// By value object: Python names of its parts.
    pub(super) value_parts: Vec<Vec<PyIdent>>,
    /// Attributes whose values stand in paths.
    pub(super) segments: Segments,
    /// By entity: its invariants.
    pub(super) invariants: Vec<Vec<&'a Invariant>>,
    /// By entity: its state machines.
    pub(super) machines: Vec<Vec<&'a StateMachine>>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Where an attribute went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AttributeSlot {
    /// Index in `EntityPlan::fields`.
    Field(usize),
    /// Index in `EntityPlan::embedded`, and its first field.
    Embedded(usize),
}

/// Where a relationship went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RelationshipSlot {
    /// Index in `EntityPlan::references`.
    Reference(usize),
    /// Index in `EntityPlan::links`.
    Link(usize),
}

/// Where the plan keeps the declarations of one entity.
#[derive(Debug, Default)]
pub(super) struct Slots {
    pub(super) attributes: Vec<AttributeSlot>,
    pub(super) relationships: Vec<RelationshipSlot>,
}

impl<'a> Context<'a> {
    pub(super) fn entity(&self, index: usize) -> &'a Entity {
        &self.ir.domain.entities[index]
    }

    /// The field of an attribute that is no value object.
    pub(super) fn field(&self, entity: usize, attribute: AttributeId) -> Option<usize> {
        match self.slots[entity].attributes[attribute.index()] {
            AttributeSlot::Field(field) => Some(field),
            AttributeSlot::Embedded(_) => None,
        }
    }

    /// The transitions of all its machines, in order of declaration.
    pub(super) fn transitions(&self, entity: usize) -> impl Iterator<Item = &'a Transition> + '_ {
        self.machines[entity].iter().flat_map(|machine| &machine.transitions)
    }

    pub(super) fn reference(&self, entity: usize, relationship: RelationshipId) -> Option<usize> {
        match self.slots[entity].relationships[relationship.index()] {
            RelationshipSlot::Reference(reference) => Some(reference),
            RelationshipSlot::Link(_) => None,
        }
    }
}

/// The columns of a member: those of its field, or of its reference.
pub(super) fn member_columns(
    context: &Context<'_>,
    entities: &[EntityPlan],
    entity: usize,
    member: stratapi_ir::model::Member,
) -> Vec<crate::ColumnName> {
    use stratapi_ir::model::{Column, Member};
    let plan = &entities[entity];
    match member {
        Member::Column(Column::Base(base)) => vec![crate::ColumnName::checked(base.name())],
        Member::Column(Column::Attribute(attribute)) => {
            match context.slots[entity].attributes[attribute.index()] {
                AttributeSlot::Field(field) => vec![plan.fields[field].column.clone()],
                AttributeSlot::Embedded(embedded) => plan.embedded[embedded]
                    .fields
                    .iter()
                    .map(|field| plan.fields[*field].column.clone())
                    .collect(),
            }
        }
        Member::Column(Column::Computed(_)) => Vec::new(),
        Member::Relationship(relationship) => context
            .reference(entity, relationship)
            .map(|reference| plan.references[reference].columns.clone())
            .unwrap_or_default(),
    }
}

/// Where the plan will keep what an entity declares; positions follow from the order alone.
pub(super) fn slots(ir: &ApplicationIr, entity: &Entity) -> Slots {
    let (mut fields, mut embedded) = (0, 0);
    let mut slots = Slots::default();
    for attribute in &entity.attributes {
        if let AttributeType::Value(value) = attribute.ty {
            slots.attributes.push(AttributeSlot::Embedded(embedded));
            embedded += 1;
            fields += ir.domain.values[value.index()].attributes.len();
        } else {
            slots.attributes.push(AttributeSlot::Field(fields));
            fields += 1;
        }
    }
    let (mut references, mut links) = (0, 0);
    for relationship in &entity.relationships {
        if relationship.kind.is_to_one() {
            slots.relationships.push(RelationshipSlot::Reference(references));
            references += 1;
        } else {
            slots.relationships.push(RelationshipSlot::Link(links));
            links += 1;
        }
    }
    slots
}

/// By entity: what is declared about it, in order.
pub(super) fn by_entity<'a, T>(
    ir: &ApplicationIr,
    declared: &'a [T],
    entity: impl Fn(&T) -> EntityId,
) -> Vec<Vec<&'a T>> {
    let mut all: Vec<Vec<&T>> = ir.domain.entities.iter().map(|_| Vec::new()).collect();
    for one in declared {
        all[entity(one).index()].push(one);
    }
    all
}

/// By entity and relationship: position of the other end among the target's inverses.
pub(super) fn inverses(ir: &ApplicationIr) -> Vec<Vec<Option<usize>>> {
    let entities = &ir.domain.entities;
    let mut positions: Vec<Vec<Option<usize>>> =
        entities.iter().map(|entity| vec![None; entity.relationships.len()]).collect();
    for entity in entities {
        for (position, inverse) in entity.inverses.iter().enumerate() {
            positions[inverse.entity.index()][inverse.relationship.index()] = Some(position);
        }
    }
    positions
}
