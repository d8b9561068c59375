//! `app/schemas/flows.py`: the bodies that flows take.

use stratapi_plan::{Artifact, FlowBodyPlan, Plan, PlannedFile};

use crate::python::build::{class, from};
use crate::python::{Module, Stmt, artifact};
use crate::schemas;
use crate::schemas::python::{Aliases, input};

/// Declares a class a body.
pub(in crate::emit) fn emit(plan: &Plan, file: &PlannedFile) -> Artifact {
    let bodies = plan.flows.iter().filter_map(|flow| flow.body.as_ref());
    let module =
        Module::new("API models of what flows take.").body(bodies.map(|it| body(plan, it)));
    artifact(file, &module)
}

fn body(plan: &Plan, body: &FlowBodyPlan) -> Stmt {
    let members = schemas::parts(&body.parts);
    let none = Aliases::new(plan, &body.class, []);
    let members: Vec<Stmt> = members.iter().map(|member| input(plan, &none, member)).collect();
    class(&body.class)
        .base(from("app.schemas.base", "InputModel"))
        .doc(&*body.doc)
        .body(members)
        .stmt()
}
