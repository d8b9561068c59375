//! `app/models/values.py`: every value object, as an immutable dataclass.

use stratapi_plan::{Artifact, Plan, PlannedFile, ValuePlan};

use crate::python::build::{annotated, boolean, class, from, kw};
use crate::python::{Module, Stmt, artifact};
use crate::types;

/// All value objects, in order.
pub(super) fn emit(plan: &Plan, file: &PlannedFile) -> Artifact {
    let body =
        plan.values.iter().map(|value| Stmt::Origin(value.span, Box::new(definition(plan, value))));
    artifact(file, &Module::new("Value objects: columns that belong together.").body(body))
}

fn definition(plan: &Plan, value: &ValuePlan) -> Stmt {
    let frozen = [kw("frozen", boolean(true)), kw("slots", boolean(true))];
    let parts = value
        .parts
        .iter()
        .map(|part| annotated(&part.attribute, types::model(plan, &part.ty), None));
    class(&value.class)
        .decorate(from("dataclasses", "dataclass").call(frozen))
        .doc(&value.doc)
        .body(parts)
        .stmt()
}
