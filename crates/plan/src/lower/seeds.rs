//! Seeds: values in the forms of the plan, and whether checks and invariants hold for them.

use serde_json::{Value, json};
use stratapi_diagnostics::{Code, Diagnostic};
use stratapi_ir::model::{Column, Entity, EntityId, Literal, Member, Seed};

use super::draft::{AttributeSlot, Context, RelationshipSlot};
use super::satisfied::Solver;
use super::{condition, rules, value};
use crate::{
    ConditionPlan, EntityPlan, FieldPlan, FieldSource, PyIdent, PythonDefault, SeedPlan, SeedsPlan,
    ValueKind,
};

/// The seeds of all entities, in the order of insertion.
pub(super) fn seeds(context: &mut Context<'_>, entities: &[EntityPlan]) -> Vec<SeedsPlan> {
    let order: Vec<EntityId> = context.ir.domain.seeded.clone();
    order.iter().map(|id| of(context, entities, id.index())).collect()
}

fn of(context: &mut Context<'_>, entities: &[EntityPlan], index: usize) -> SeedsPlan {
    let (declared, plan) = (context.entity(index), &entities[index]);
    let rows: Vec<SeedPlan> =
        declared.seeds.iter().map(|seed| row(context, index, plan, seed)).collect();
    let mut found: Vec<Diagnostic> = rows.iter().filter_map(|row| reserved(plan, row)).collect();
    for rule in held(context, plan, index) {
        found.extend(rows.iter().filter_map(|row| broken(context, plan, row, &rule)));
    }
    context.diagnostics.extend(found);
    SeedsPlan {
        entity: index,
        constant: constant(context, entities, plan),
        known_by: known_by(context, declared, plan, index),
        rows,
    }
}

/// `CATEGORIES`; with a suffix where something else is called so.
fn constant(context: &Context<'_>, entities: &[EntityPlan], plan: &EntityPlan) -> PyIdent {
    let name = plan.many.as_str().trim_end_matches('_').to_uppercase();
    let declared = context.ir.domain.enums.iter().map(|it| it.name.value.as_str());
    let mut taken = declared
        .chain(context.ir.domain.values.iter().map(|it| it.name.value.as_str()))
        .chain(entities.iter().map(|it| it.class.as_str()))
        .chain(["SEEDS", "UTC", "UUID"]);
    let is_taken = taken.any(|it| it == name);
    PyIdent::known(if is_taken { format!("{name}_TO_SEED") } else { name })
}

/// Python names of the members that seeds are known by.
fn known_by(
    context: &Context<'_>,
    declared: &Entity,
    plan: &EntityPlan,
    index: usize,
) -> Vec<PyIdent> {
    let name = |member: &Member| match member {
        Member::Column(Column::Attribute(id)) => {
            context.field(index, *id).map(|field| plan.fields[field].model_attribute.clone())
        }
        Member::Column(_) => None,
        Member::Relationship(id) => {
            let reference = context.reference(index, *id)?;
            Some(plan.references[reference].attribute.clone())
        }
    };
    declared.known_by.iter().filter_map(name).collect()
}

fn row(context: &Context<'_>, index: usize, plan: &EntityPlan, seed: &Seed) -> SeedPlan {
    let mut values = Vec::new();
    let mut embedded = Vec::new();
    let text = |field: usize, literal: &Literal| match literal {
        Literal::Null => None,
        literal => Some(value::canonical(context.ir, &plan.fields[field].ty, literal)),
    };
    for (attribute, literal) in &seed.values {
        match context.slots[index].attributes[attribute.index()] {
            AttributeSlot::Field(field) => values.push((field, text(field, literal))),
            AttributeSlot::Embedded(position) => {
                let fields = &plan.embedded[position].fields;
                let Literal::Map(parts) = literal else {
                    embedded.push((position, false));
                    values.extend(fields.iter().map(|field| (*field, None)));
                    continue;
                };
                embedded.push((position, true));
                let parts = fields.iter().zip(parts);
                values.extend(parts.map(|(field, (_, part))| (*field, text(*field, part))));
            }
        }
    }
    let entity = context.entity(index);
    let keys = |relationship: stratapi_ir::model::RelationshipId| {
        &context.entity(entity.relationships[relationship.index()].target.index()).seeds
    };
    let slot = |relationship: stratapi_ir::model::RelationshipId| match context.slots[index]
        .relationships[relationship.index()]
    {
        RelationshipSlot::Reference(slot) | RelationshipSlot::Link(slot) => slot,
    };
    let references = seed.references.iter();
    let references = references.map(|(id, to)| (slot(*id), keys(*id)[*to].key.clone())).collect();
    let links = seed.links.iter().map(|(id, all)| {
        let all = all.iter().map(|to| keys(*id)[*to].key.clone());
        (slot(*id), all.collect())
    });
    let links = links.collect();
    SeedPlan { key: seed.key.clone(), values, embedded, references, links, span: seed.span }
}

/// What an insertion is held to: checks, and invariants of the row alone.
fn held(context: &Context<'_>, plan: &EntityPlan, index: usize) -> Vec<ConditionPlan> {
    let always = rules::of(context, plan, index).into_iter().map(|rule| rule.tree);
    let created = context.invariants[index]
        .iter()
        .filter(|it| it.when.is_some_and(|when| when.create) && !it.condition.is_related());
    let created = created.map(|it| condition::condition(context, &|_| plan, index, &it.condition));
    always.chain(created.map(ConditionPlan::tested)).collect()
}

/// What is wrong with a seed where a condition does not hold for it, or can't be decided.
fn broken(
    context: &Context<'_>,
    plan: &EntityPlan,
    row: &SeedPlan,
    rule: &ConditionPlan,
) -> Option<Diagnostic> {
    let all: Vec<usize> = (0..plan.fields.len()).collect();
    let solver = Solver { context, checks: &[], fields: &plan.fields, spoken: &all };
    let stored: Vec<Option<Value>> =
        plan.fields.iter().enumerate().map(|(at, field)| stored(&solver, row, at, field)).collect();
    let mut unknown = None;
    rule.attributes(&mut |attribute| {
        let at = plan.fields.iter().position(|field| field.model_attribute == *attribute);
        let known = at.map_or(attribute.as_str() == "is_active", |at| stored[at].is_some());
        if !known {
            unknown.get_or_insert(attribute.to_string());
        }
    });
    if let Some(unknown) = unknown {
        let message = format!("whether a check holds for this seed can't be said: `{unknown}`");
        let finding = Diagnostic::error(Code::E0311, message)
            .at(row.span, format!("what stands in `{unknown}` is known when it is inserted"));
        return Some(finding.help("say it in the seed, or leave the seed out"));
    }
    let stored: Vec<Value> = stored.into_iter().map(Option::unwrap_or_default).collect();
    if solver.truth(rule, &stored) != Some(false) {
        return None;
    }
    let finding =
        Diagnostic::error(Code::E0324, "a check or an invariant does not hold for this seed")
            .at(row.span, "no database would take it");
    Some(finding.help("change the seed, or the check"))
}

/// What a field has once the seed is there; `None` where that depends on the moment.
fn stored(solver: &Solver<'_>, row: &SeedPlan, at: usize, field: &FieldPlan) -> Option<Value> {
    if let Some((_, said)) = row.values.iter().find(|(it, _)| *it == at) {
        if matches!(field.ty.kind, ValueKind::Duration) && said.is_some() {
            return None;
        }
        return Some(said.as_ref().map(|text| solver.literal(&field.ty, text)).unwrap_or_default());
    }
    if field.source != FieldSource::Attribute {
        return Some(json!(null));
    }
    match &field.model_default {
        None | Some(PythonDefault::None) => Some(Value::Null),
        Some(PythonDefault::Literal(text)) => Some(solver.literal(&field.ty, text)),
        Some(_) => None,
    }
}

/// A word that has a route where the seed would have its own.
fn reserved(plan: &EntityPlan, row: &SeedPlan) -> Option<Diagnostic> {
    let taken = |(at, text): &(usize, Option<String>)| match &plan.fields[*at].ty.kind {
        ValueKind::Line { reserved, .. } | ValueKind::Slug { reserved, .. } => {
            let text = text.as_deref()?;
            reserved.contains(&text).then(|| (text.to_owned(), plan.fields[*at].wire.clone()))
        }
        _ => None,
    };
    let (text, name) = row.values.iter().find_map(taken)?;
    let message = format!("`{text}` can't be the `{name}` of a seed: a route is called so");
    let finding = Diagnostic::error(Code::E0324, message).at(row.span, "");
    Some(finding.help(format!("say another `{name}`")))
}
