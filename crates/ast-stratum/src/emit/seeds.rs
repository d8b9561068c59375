//! `app/seeds.py`: the rows that every database starts with, as typed data.

use std::collections::BTreeMap;

use stratapi_plan::{
    Artifact, EmbeddedPlan, EntityPlan, FieldSource, Plan, PlannedFile, PyIdent, SeedPlan,
    SeedsPlan, ValueType,
};

use crate::python::build::{
    annotated, arg, assign, class, dict, from, kw, list, name, none, text, tuple,
};
use crate::python::{Expr, Module, Stmt, artifact};
use crate::types;

/// One typed dictionary and one constant an entity, and what tells how they are inserted.
pub(super) fn emit(plan: &Plan, file: &PlannedFile) -> Artifact {
    let mut body: Vec<Stmt> = Vec::new();
    body.extend(plan.seeds.iter().map(|seeds| members_class(plan, seeds)));
    body.extend(plan.seeds.iter().map(|seeds| constant(plan, seeds)));
    let tables = plan.seeds.iter().map(|seeds| seed_table(plan, seeds));
    body.push(assign("SEEDS", tuple(tables.collect::<Vec<_>>())));
    let doc = "Rows that every database starts with: ``python -m app.cli seed`` inserts each once.";
    artifact(file, &Module::new(doc).body(body))
}

fn class_name(entity: &EntityPlan) -> PyIdent {
    PyIdent::known(format!("{}Seed", entity.stem))
}

/// The members of a seed in Python, with their values.
fn members(plan: &Plan, entity: &EntityPlan, seed: &SeedPlan) -> Vec<(PyIdent, Expr)> {
    let value = |at: usize, said: &Option<String>| match said {
        Some(said) => literal(plan, &entity.fields[at].ty, said),
        None => none(),
    };
    let mut all: Vec<(PyIdent, Expr)> = Vec::new();
    for (at, said) in &seed.values {
        let field = &entity.fields[*at];
        if field.source == FieldSource::Attribute {
            all.push((field.model_attribute.clone(), value(*at, said)));
        }
    }
    for (position, is_there) in &seed.embedded {
        let embedded = &entity.embedded[*position];
        let whole = if *is_there { parts(plan, embedded, seed, &value) } else { none() };
        all.push((embedded.attribute.clone(), whole));
    }
    for (position, key) in &seed.references {
        all.push((entity.references[*position].attribute.clone(), text(key)));
    }
    for (position, keys) in &seed.links {
        all.push((entity.links[*position].attribute.clone(), list(keys.iter().map(text))));
    }
    all
}

fn literal(plan: &Plan, ty: &ValueType, said: &str) -> Expr {
    match serde_json::from_str(said) {
        Ok(items) if ty.list => types::stored(plan, ty, &items),
        _ => types::literal(plan, ty, said),
    }
}

fn parts(
    plan: &Plan,
    embedded: &EmbeddedPlan,
    seed: &SeedPlan,
    value: &impl Fn(usize, &Option<String>) -> Expr,
) -> Expr {
    let declared = &plan.values[embedded.value];
    let given = embedded.fields.iter().zip(&declared.parts).map(|(at, part)| {
        let said = seed.values.iter().find(|(it, _)| it == at);
        kw(&part.attribute, said.map_or_else(none, |(at, said)| value(*at, said)))
    });
    from("app.models.values", &declared.class).call(given)
}

/// The types of the members that some seed gives.
fn types_of(plan: &Plan, entity: &EntityPlan) -> Vec<(PyIdent, Expr)> {
    let mut all: Vec<(PyIdent, Expr)> = Vec::new();
    let fields = entity.fields.iter().filter(|field| field.source == FieldSource::Attribute);
    all.extend(fields.map(|it| (it.model_attribute.clone(), types::model(plan, &it.ty))));
    all.extend(entity.embedded.iter().map(|it| {
        let ty = from("app.models.values", &plan.values[it.value].class);
        (it.attribute.clone(), if it.nullable { ty.or_none() } else { ty })
    }));
    all.extend(entity.references.iter().map(|it| (it.attribute.clone(), name("str"))));
    let links = entity.links.iter().filter(|it| it.association.is_some());
    all.extend(links.map(|it| (it.attribute.clone(), name("list").index([name("str")]))));
    all
}

fn members_class(plan: &Plan, seeds: &SeedsPlan) -> Stmt {
    let entity = &plan.entities[seeds.entity];
    let mut given: BTreeMap<String, usize> = BTreeMap::new();
    for seed in &seeds.rows {
        for (member, _) in members(plan, entity, seed) {
            *given.entry(member.to_string()).or_default() += 1;
        }
    }
    let members = types_of(plan, entity).into_iter().filter_map(|(member, ty)| {
        let times = *given.get(member.as_str())?;
        let always = times == seeds.rows.len();
        let ty = if always { ty } else { from("typing", "NotRequired").index([ty]) };
        Some(annotated(&member, ty, None))
    });
    let members: Vec<Stmt> = members.collect();
    let mut class = class(class_name(entity));
    class.arguments = vec![arg(from("typing", "TypedDict"))];
    class.doc(format!("What is said of one {}.", entity.label)).body(members).stmt()
}

fn constant(plan: &Plan, seeds: &SeedsPlan) -> Stmt {
    let entity = &plan.entities[seeds.entity];
    let rows = seeds.rows.iter().map(|seed| {
        let given = members(plan, entity, seed);
        (text(&seed.key), dict(given.into_iter().map(|(member, it)| (text(member.as_str()), it))))
    });
    let ty = name("dict").index([name("str"), name(class_name(entity))]);
    let span = seeds.rows.first().map_or(entity.span, |first| first.span);
    Stmt::Origin(span, Box::new(annotated(&seeds.constant, ty, Some(dict(rows)))))
}

/// `SeedTable(Category, CategoryRepository, ("slug",), CATEGORIES)`
fn seed_table(plan: &Plan, seeds: &SeedsPlan) -> Expr {
    let entity = &plan.entities[seeds.entity];
    let repository = PyIdent::known(format!("{}Repository", entity.stem));
    let module = format!("app.repositories.{}_repository", entity.module);
    let known_by = seeds.known_by.iter().map(|it| text(it.as_str()));
    from("app.seeding", "SeedTable").call_with([
        from("app.models", &entity.class),
        from(module, repository),
        tuple(known_by.collect::<Vec<_>>()),
        name(&seeds.constant),
    ])
}
