//! `app/schemas/flows.py`: the bodies that flows take, and `app/schemas/flow_events.py`: what they tell.

use stratapi_plan::{Artifact, EventPlan, FlowBodyPlan, Plan, PlannedFile};

use crate::python::build::{class, from};
use crate::python::{Module, Stmt, artifact};
use crate::schemas;
use crate::schemas::python::{Aliases, input, output};

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

/// Declares a class an event.
pub(in crate::emit) fn events(plan: &Plan, file: &PlannedFile) -> Artifact {
    let classes = plan.events.iter().map(|it| event(plan, it));
    artifact(file, &Module::new("What events tell.").body(classes))
}

fn event(plan: &Plan, event: &EventPlan) -> Stmt {
    let none = Aliases::new(plan, &event.class, []);
    let members = event.members.iter().map(schemas::record_member);
    let members: Vec<Stmt> = members.map(|member| output(plan, &none, &member)).collect();
    let class = class(&event.class)
        .base(from("app.schemas.base", "OutputModel"))
        .doc(format!("What ``{}`` tells.", event.name))
        .body(members);
    Stmt::Origin(event.span, Box::new(class.stmt()))
}
