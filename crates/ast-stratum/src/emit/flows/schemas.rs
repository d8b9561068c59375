//! `app/schemas/flows.py`: the bodies and queries that flows take, and `app/schemas/flow_events.py`: what they tell.

use stratapi_plan::{Artifact, EventPlan, FlowModelPlan, FlowPlan, Place, Plan, PlannedFile};

use crate::python::build::{class, from};
use crate::python::{Module, Stmt, artifact};
use crate::schemas;
use crate::schemas::python::{Aliases, asked, input, output};

/// Declares a class a body, and a class a query.
pub(in crate::emit) fn emit(plan: &Plan, file: &PlannedFile) -> Artifact {
    let models = plan.flows.iter().flat_map(|flow| {
        flow.models().map(|(model, place)| self::model(plan, flow, model, &place))
    });
    artifact(file, &Module::new("API models of what flows take.").body(models))
}

fn model(plan: &Plan, flow: &FlowPlan, model: &FlowModelPlan, place: &Place) -> Stmt {
    let none = Aliases::new(plan, &model.class, []);
    let parts = flow.values_in(place).map(|(_, part)| part);
    let members: Vec<Stmt> = if *place == Place::Query {
        parts.map(|part| asked(plan, part)).collect()
    } else {
        schemas::parts(parts).iter().map(|member| input(plan, &none, member)).collect()
    };
    class(&model.class)
        .base(from("app.schemas.base", "InputModel"))
        .doc(&*model.doc)
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
