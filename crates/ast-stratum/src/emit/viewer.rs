//! `app/repositories/viewer.py`: what views tell each caller of a row, as the database decides it.

use stratapi_plan::{Artifact, FlagPlan, Gate, Plan, PlannedFile, ViewPlan};

use super::layer::access::mentions_caller;
use super::layer::predicate::{Scope, constants};
use super::layer::{Caller, Layer};
use super::repository::decided;
use super::service::with_caller;
use crate::python::build::{def, from, name};
use crate::python::{FunctionDef, Module, Stmt, artifact};

/// Declares a function each.
pub(super) fn emit(plan: &Plan, file: &PlannedFile) -> Artifact {
    let flags = plan.shown_flags();
    let compared = constants(plan, flags.iter().map(|(_, flag)| &flag.predicate));
    let functions = flags.iter().map(|(entity, flag)| function(Layer::new(plan, *entity), flag));
    let module = Module::new("What reads tell each caller of a row.");
    artifact(file, &module.body(compared).body(functions.map(FunctionDef::stmt)))
}

/// `article_liked`
fn function(layer: Layer, flag: &FlagPlan) -> FunctionDef {
    let scope = Scope {
        plan: layer.plan,
        entity: layer.entity,
        row: layer.model(),
        caller: name("caller"),
    };
    let caller = caller(layer, flag);
    let body: Vec<Stmt> = decided(&flag.predicate, caller, &scope, |left| scope.sql(left, false));
    let truth = from("sqlalchemy", "ColumnElement").index([name("bool")]);
    let what = match flag.description.trim() {
        "" => format!("Tell of which {} ``{}`` holds.", layer.entity.label_plural, flag.attribute),
        said => super::layer::capitalised(said.trim_end_matches('.')) + ".",
    };
    with_caller(def(&flag.function).doc(what), layer, caller).returns(truth).body(body)
}

/// Whom it is told: somebody who may not be signed in, where some operation is public that shows it.
fn caller(layer: Layer, flag: &FlagPlan) -> Caller {
    if !mentions_caller(&flag.predicate) {
        return Caller::No;
    }
    let plan = layer.plan;
    let entities = plan.entities.iter();
    let operations = entities.flat_map(|entity| {
        let operations = entity.resource.iter().flat_map(|resource| &resource.operations);
        operations.map(move |operation| (entity, operation))
    });
    let mut open = operations.filter(|(_, operation)| operation.access.gate == Gate::Public);
    let shown = open.any(|(entity, operation)| {
        entity
            .view(operation)
            .is_some_and(|view| shows(layer, view, entity.name == layer.entity.name, flag))
    });
    if shown { Caller::Optional } else { Caller::Required }
}

/// Whether a view shows it, itself or in the rows that it shows along.
fn shows(layer: Layer, view: &ViewPlan, own: bool, flag: &FlagPlan) -> bool {
    let is_it = |index: usize| layer.entity.flags[index].attribute == flag.attribute;
    own && view.flags().any(is_it)
        || view.nested().any(|nested| {
            let below = &layer.plan.entities[nested.entity].views[nested.view];
            shows(layer, below, nested.entity == layer.index, flag)
        })
}
