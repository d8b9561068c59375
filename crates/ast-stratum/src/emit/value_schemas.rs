//! `app/schemas/values.py`: value objects as they are written and as they are read.

use stratapi_plan::{Artifact, Plan, PlannedFile, ValuePlan};

use crate::python::build::{class, from};
use crate::python::{Module, Stmt, artifact};
use crate::schemas::python::{Aliases, input, output, read_class};
use crate::schemas::{self, docs};

/// Declares two classes a value object.
pub(super) fn emit(plan: &Plan, file: &PlannedFile) -> Artifact {
    let body = plan.values.iter().flat_map(|value| classes(plan, value));
    artifact(file, &Module::new("API models of value objects.").body(body))
}

fn classes(plan: &Plan, value: &ValuePlan) -> [Stmt; 2] {
    let written = schemas::parts(&value.parts);
    let read = schemas::read_parts(&value.parts);
    let none = Aliases::new(plan, &value.class, []);
    let inputs: Vec<Stmt> = written.iter().map(|part| input(plan, &none, part)).collect();
    let outputs: Vec<Stmt> = read.iter().map(|part| output(plan, &none, part)).collect();
    [
        class(&value.class)
            .base(from("app.schemas.base", "InputModel"))
            .doc(docs::value(value))
            .body(inputs)
            .stmt(),
        class(read_class(&value.class))
            .base(from("app.schemas.base", "OutputModel"))
            .doc(docs::value(value))
            .body(outputs)
            .stmt(),
    ]
}
