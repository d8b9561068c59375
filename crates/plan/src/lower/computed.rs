//! Computed attributes: expressions over the model's attributes, with their types.

use stratapi_ir::model::{Column, FilterPath, Resource};

use super::condition::Lowering;
use super::draft::Context;
use crate::{ComputedPlan, EntityPlan, OperandPlan, ValueType};

/// Adds the computed attributes of all entities.
pub(super) fn computed(context: &Context<'_>, entities: &mut [EntityPlan]) {
    let known = &*entities;
    let at = |index: usize| &known[index];
    let all: Vec<Vec<ComputedPlan>> = (0..known.len())
        .map(|index| {
            let declared = &context.entity(index).computed;
            let names = declared.iter().zip(&context.members[index].computed);
            let plans = names.map(|(found, attribute)| {
                let lowering = Lowering { context, entities: &at, variables: vec![index] };
                let (value, ty) = lowering.typed(&found.value);
                let value = match value {
                    OperandPlan::Truth(inner) => {
                        OperandPlan::Truth(Box::new(inner.tested().settled()))
                    }
                    alone @ (OperandPlan::Attribute(..) | OperandPlan::Related(_)) => alone,
                    value => value.tested(),
                };
                ComputedPlan {
                    wire: found.name.value.clone(),
                    attribute: attribute.clone(),
                    description: found.description.clone(),
                    ty: ValueType { nullable: found.nullable, ..ty },
                    value,
                    queried: false,
                    span: found.span,
                }
            });
            plans.collect()
        })
        .collect();
    for (entity, computed) in entities.iter_mut().zip(all) {
        entity.computed = computed;
    }
    for resource in &context.ir.api.resources {
        queried(context, entities, resource);
    }
}

/// Notes which ones the list of a resource is filtered or sorted by.
fn queried(context: &Context<'_>, entities: &mut [EntityPlan], resource: &Resource) {
    let index = resource.entity.index();
    let mut note = |entity: usize, column: Column| {
        if let Column::Computed(id) = column {
            entities[entity].computed[id.index()].queried = true;
        }
    };
    for path in &resource.filter {
        match path {
            FilterPath::Column(column) => note(index, *column),
            FilterPath::Through(relationship, column) => {
                let declared = &context.entity(index).relationships[relationship.index()];
                note(declared.target.index(), *column);
            }
            FilterPath::Relationship(_) => {}
        }
    }
    for column in &resource.sort {
        note(index, *column);
    }
}
