//! From the resolved IR to the plan, pass by pass: names, keys, members, entities, tables,
//! resources, files. Each pass only adds facts; collisions become diagnostics.

mod access;
mod app;
mod associations;
mod attribute_rules;
mod case;
mod column;
mod computed;
mod condition;
mod constraints;
mod contradicted;
mod draft;
mod entity;
mod events;
mod fields;
mod filters;
mod flows;
mod functions;
mod history;
mod jobs;
mod keys;
mod machines;
mod members;
mod naming;
mod neighbours;
mod operand;
mod pattern;
mod relations;
mod reserved;
mod reserved_classes;
mod reserved_words;
mod resources;
mod routes;
mod rules;
mod sample;
mod satisfied;
mod schema;
mod seeds;
mod segments;
mod slots;
mod sorts;
mod sql;
mod starts;
mod tables;
mod value;
mod views;
mod write_rules;

use rayon::prelude::*;
use stratapi_diagnostics::{Checked, Diagnostic};
use stratapi_ir::model::{ApplicationIr, AttributeType};

pub use pattern::matching_texts;
pub use reserved::reserved_class_names;
pub use segments::SEGMENT;

use crate::{EntityPlan, Plan, files};
use draft::Context;

/// Lowers a resolved IR: decides every name, type, table, route and file.
///
/// The value is withheld when two declarations end up with one name (E04xx) or when something
/// cannot be built as declared.
pub fn lower(ir: &ApplicationIr) -> Checked<Plan> {
    let mut context = context(ir);
    let parents = parents(ir);
    let mut values = fields::values(&context);
    let mut entities = all_entities(&mut context, &parents);
    write_rules::write_rules(&context, &mut entities);
    computed::computed(&mut context, &mut entities);
    attribute_rules::rules(&mut context, &mut entities);
    let associations = associations::associations(&mut context, &entities);
    history::histories(&context, &mut entities, &associations);
    let resources = resources::resources(&mut context, &entities);
    for (entity, resource) in entities.iter_mut().zip(resources) {
        entity.resource = resource;
    }
    routes::check(&mut context, &entities);
    entity::repositories(ir, &mut entities);
    let enums = app::enums(&context);
    let (flows, events) = flows::flows(&context, &entities, &enums, &values);
    let slots = slots::slots(&mut context);
    let endpoints = flows::endpoints(&context, &entities, &flows);
    let flow_entities: Vec<usize> = flows::repositories(&flows).into_iter().collect();
    for index in &flow_entities {
        entities[*index].repository = true;
    }
    let contradicted = contradicted::warnings(&context, &entities);
    context.diagnostics.extend(contradicted);
    let seeds = seeds::seeds(&mut context, &entities);
    for seeds in &seeds {
        entities[seeds.entity].repository = true;
    }
    let own = schema::Own {
        seeds: !seeds.is_empty(),
        numbers: crate::flow_uses::number(&flows),
        events: events.first().map(|event| event.span),
        jobs: flows.iter().find(|flow| flow.has_jobs()).map(|flow| flow.span),
        repeated: endpoints.iter().find(|endpoint| endpoint.idempotent).map(|it| it.span),
    };
    let (tables, associations) = schema::schema(&mut context, &mut entities, associations, own);
    case::recase(ir, &mut values, &mut entities, &mut context.diagnostics);
    let classes = views::Taken::of(&entities, &enums, &values, &flows, &events);
    views::views(&mut context, &mut entities, classes);
    let app = app::app(ir, &entities);
    app::check_architecture(&mut context, &entities);
    let files = Vec::new();
    let mut plan = Plan {
        app,
        enums,
        values,
        entities,
        associations,
        flows,
        flow_entities,
        events,
        slots,
        endpoints,
        seeds,
        tables,
        files,
    };
    plan.files = files::files(&plan);
    Checked::new(plan, context.diagnostics)
}

fn context(ir: &ApplicationIr) -> Context<'_> {
    let mut diagnostics = Vec::new();
    let names = naming::names(ir, &mut diagnostics);
    let keys = keys::shapes(ir, &mut diagnostics);
    let members = all_members(ir, &keys, &mut diagnostics);
    let slots = ir.domain.entities.iter().map(|entity| draft::slots(ir, entity)).collect();
    let value_parts =
        ir.domain.values.iter().map(|value| members::part_names(&value.attributes)).collect();
    let values = used_values(ir);
    let inverses = draft::inverses(ir);
    let segments = segments::Segments::of(ir, &keys);
    let invariants = draft::by_entity(ir, &ir.behavior.invariants, |it| it.entity);
    let machines = draft::by_entity(ir, &ir.behavior.machines, |it| it.entity);
    Context {
        ir,
        names,
        keys,
        members,
        slots,
        inverses,
        values,
        value_parts,
        segments,
        invariants,
        machines,
        diagnostics,
    }
}

/// All entities, without their resources: none depends on what another becomes.
fn all_entities(context: &mut Context<'_>, parents: &[Option<usize>]) -> Vec<EntityPlan> {
    let associations = relations::first_associations(context.ir);
    let mut diagnostics = std::mem::take(&mut context.diagnostics);
    let shared = &*context;
    let entities = for_each_entity(shared.ir, &mut diagnostics, |index, found| {
        let (parent, first) = (parents[index], associations[index]);
        let mut entity = entity::entity(shared, index, parent, first, found);
        satisfied::satisfy(shared, &mut entity, index);
        entity.checks = rules::answered(shared, &entity, index);
        machines::machines(shared, &mut entity, index);
        entity
    });
    context.diagnostics = diagnostics;
    entities
}

/// Makes something of each entity, side by side; what is found is told in the order of entities.
fn for_each_entity<T: Send>(
    ir: &ApplicationIr,
    diagnostics: &mut Vec<Diagnostic>,
    make: impl Fn(usize, &mut Vec<Diagnostic>) -> T + Sync,
) -> Vec<T> {
    let (all, found): (Vec<T>, Vec<Vec<Diagnostic>>) = (0..ir.domain.entities.len())
        .into_par_iter()
        .map(|index| {
            let mut found = Vec::new();
            (make(index, &mut found), found)
        })
        .unzip();
    diagnostics.extend(found.into_iter().flatten());
    all
}

/// The names of all members: each entity is a scope of its own.
fn all_members(
    ir: &ApplicationIr,
    keys: &[Vec<keys::KeyShape>],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<members::Members> {
    for_each_entity(ir, diagnostics, |index, found| members::members(ir, keys, index, found))
}

/// By value object: its position among those that some entity embeds.
fn used_values(ir: &ApplicationIr) -> Vec<Option<usize>> {
    let mut used = vec![false; ir.domain.values.len()];
    for attribute in ir.domain.entities.iter().flat_map(|entity| &entity.attributes) {
        if let AttributeType::Value(value) = attribute.ty {
            used[value.index()] = true;
        }
    }
    let mut next = 0;
    let mut position = |used: bool| {
        next += usize::from(used);
        used.then(|| next - 1)
    };
    used.into_iter().map(&mut position).collect()
}

/// By entity: the relationship that its nested collection hangs on.
fn parents(ir: &ApplicationIr) -> Vec<Option<usize>> {
    let mut parents = vec![None; ir.domain.entities.len()];
    for resource in &ir.api.resources {
        let under = resource.under.as_ref();
        parents[resource.entity.index()] = under.map(|under| under.relationship.index());
    }
    parents
}
