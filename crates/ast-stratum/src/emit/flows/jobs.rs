//! Flows that workers do: `app/services/flow_jobs.py` stores them, `app/services/job_runner.py` does
//! them, and `app/schemas/flow_jobs.py` says what is stored and what clients are told of it.

use std::collections::BTreeSet;

use stratapi_plan::{
    Artifact, FlowInputKind, FlowPlan, PayloadPlan, Plan, PlannedFile, PyIdent, RecordMemberPlan,
    StepPlan,
};

use super::super::layer::{Layer, capitalised};
use super::method::{by_name, missing, own_repository, with_parameters, works_inside};
use crate::python::build::{
    annotated, arg, assign, async_def, class, conditional, dict, from, if_, kw, name, none, ret,
    text,
};
use crate::python::{Argument, ClassDef, FunctionDef, Module, Stmt, artifact};
use crate::schemas::python::{Aliases, output};
use crate::schemas::record_member;
use crate::types;

/// The class that stores jobs.
pub(super) const CLASS: &str = "FlowJobs";
/// What clients are told of a job.
pub(in crate::emit) const READ: &str = "FlowJobRead";
/// Docstring of it.
pub(in crate::emit) const READ_DOC: &str = "A flow that is done after the answer.";

/// The flows that are done after the answer, with what is stored of them.
fn stored(plan: &Plan) -> impl Iterator<Item = (&FlowPlan, &PayloadPlan)> {
    plan.flows.iter().filter_map(|flow| Some((flow, flow.payload.as_ref()?)))
}

/// Whether a flow lets others be done later.
pub(super) fn has_later(plan: &Plan) -> bool {
    let mut later = |step: &StepPlan| match step {
        StepPlan::Call(callee, ..) => plan.flows[*callee].payload.is_some(),
        _ => false,
    };
    plan.flows.iter().flat_map(|flow| &flow.steps).any(|step| step.any(&mut later))
}

/// What is stored, and what clients are told.
pub(in crate::emit) fn schemas(plan: &Plan, file: &PlannedFile) -> Artifact {
    let read = class(READ)
        .base(from("app.schemas.base", "OutputModel"))
        .doc(READ_DOC)
        .body([annotated("id", from("uuid", "UUID"), None)]);
    let payloads = stored(plan).map(|(flow, payload)| self::payload(plan, flow, payload));
    let module = Module::new("What is stored of flows that are done after the answer.");
    artifact(file, &module.body([read.stmt()]).body(payloads))
}

fn payload(plan: &Plan, flow: &FlowPlan, payload: &PayloadPlan) -> Stmt {
    let none_of = Aliases::new(plan, &payload.class, []);
    let members = payload.members.iter().map(|member| {
        if flow.anonymous && is_caller(payload, member) {
            let ty = types::read(plan, &member.ty).or_none();
            return annotated(&member.attribute, ty, Some(none()));
        }
        output(plan, &none_of, &record_member(member))
    });
    let class = class(&payload.class)
        .base(from("app.schemas.base", "OutputModel"))
        .doc(format!("What it takes to {}.", flow.words))
        .body(members);
    Stmt::Origin(flow.span, Box::new(class.stmt()))
}

/// Whether a member is the key of the caller, which stands behind all others.
fn is_caller(payload: &PayloadPlan, member: &RecordMemberPlan) -> bool {
    payload.members.last().is_some_and(|last| last.name == member.name)
}

/// The class that stores jobs.
pub(in crate::emit) fn emit(plan: &Plan, file: &PlannedFile) -> Artifact {
    let methods = stored(plan).map(|(flow, payload)| {
        Stmt::Origin(flow.span, Box::new(store(plan, flow, payload).stmt()))
    });
    let class = class(CLASS)
        .doc("Flows for workers: each is stored inside the transaction of the request.")
        .body([initialiser(plan).stmt()])
        .body(methods);
    let module = Module::new("Flows that are done after the answer.");
    artifact(file, &module.body([class.stmt()]))
}

fn initialiser(plan: &Plan) -> FunctionDef {
    let session = || name("session");
    let repository = from("app.repositories.flow_job_repository", "FlowJobRepository");
    let mut body =
        vec![Stmt::Assign(name("self").attr("_stored"), repository.call_with([session()]))];
    let rows = stored(plan).flat_map(|(flow, _)| &flow.inputs).filter_map(|it| match it.kind {
        FlowInputKind::Row { entity, .. } => Some(entity),
        FlowInputKind::Value(_) => None,
    });
    let rows = rows.collect::<BTreeSet<usize>>();
    body.extend(rows.into_iter().map(|entity| own_repository(plan, entity)));
    works_inside(body)
}

/// Looks for the rows, and stores what the flow is given.
fn store(plan: &Plan, flow: &FlowPlan, payload: &PayloadPlan) -> FunctionDef {
    let mut body = Vec::new();
    let mut members: Vec<Argument> = Vec::new();
    for (input, member) in flow.inputs.iter().zip(&payload.members) {
        let value = match &input.kind {
            FlowInputKind::Row { entity, parameter } => {
                let layer = Layer::new(plan, *entity);
                let repository = name("self").attr(layer.repository_attribute());
                let get = repository.attr(layer.query("get"));
                let found = get.call_with([name(&parameter.name)]).awaited();
                body.push(if_(found.is(none()), missing(layer)));
                name(&parameter.name)
            }
            FlowInputKind::Value(_) => name(&input.variable),
        };
        members.push(kw(&member.attribute, value));
    }
    if let Some(caller) = payload.members.last().filter(|_| flow.caller) {
        let account = plan.app.auth.as_ref().map_or(0, |auth| auth.user);
        let key = name("caller").attr(&plan.entities[account].key[0].attribute);
        let key = if flow.anonymous {
            conditional(name("caller").is_not(none()), key, none())
        } else {
            key
        };
        members.push(kw(&caller.attribute, key));
    }
    let what = from("app.schemas.flow_jobs", &payload.class).call(members);
    let add = name("self").attr("_stored").attr("add");
    body.push(ret(add.call_with([text(&*flow.name), what]).awaited()));
    let function = async_def(&flow.method).method();
    with_parameters(function, plan, flow)
        .doc(format!("{}, after the answer.", capitalised(&flow.words)))
        .returns(from("app.models.flow_job", "FlowJob"))
        .body(body)
}

/// The class that does jobs, and when flows start by themselves.
pub(in crate::emit) fn runner(plan: &Plan, file: &PlannedFile) -> Artifact {
    let jobs = || plan.flows.iter().filter(|flow| flow.has_jobs());
    let runners = jobs().map(|flow| (text(&*flow.name), name("self").attr(runner_of(flow))));
    let runners = assign("runners", dict(runners));
    let chosen = name("runners").index([name("job").attr("name")]);
    let run = async_def("run")
        .method()
        .param("job", from("app.models.flow_job", "FlowJob"))
        .returns(none())
        .doc("Do what a job asks for.")
        .body([runners, chosen.call_with([name("job").attr("payload")]).awaited().stmt()]);
    let methods = jobs().map(|flow| Stmt::Origin(flow.span, Box::new(done(flow).stmt())));
    let class: ClassDef = class("JobRunner")
        .doc("Does flows: each job as a whole, inside the transaction of ``session``.")
        .body([runner_initialiser(plan).stmt(), run.stmt()])
        .body(methods);
    let starts = plan
        .flows
        .iter()
        .filter_map(|flow| Some((text(&*flow.name), text(flow.schedule.as_deref()?))));
    let schedules = plan.has_schedules().then(|| assign("SCHEDULES", dict(starts)));
    let module = Module::new("What workers do.").body(schedules).body([class.stmt()]);
    artifact(file, &module)
}

/// Flows have names of all kinds.
fn runner_of(flow: &FlowPlan) -> PyIdent {
    PyIdent::known(format!("_do_{}", flow.method))
}

fn runner_initialiser(plan: &Plan) -> FunctionDef {
    let session = || name("session");
    let flows = from("app.services.flow_methods", super::CLASS).call_with([session()]);
    let mut body = vec![Stmt::Assign(name("self").attr("_flows"), flows)];
    if !plan.has_job_callers() {
        return works_inside(body);
    }
    let auth = from("app.services.auth_service", "AuthService");
    let auth = auth.call_with([session(), name("settings")]);
    body.push(Stmt::Assign(name("self").attr("_auth"), auth));
    works_inside(body).param("settings", from("app.core.config", "Settings"))
}

/// Reads what was stored, and does the flow.
fn done(flow: &FlowPlan) -> FunctionDef {
    let json = from("pydantic", "JsonValue");
    let payload = name("dict").index([name("str"), json]);
    let method = name("self").attr("_flows").attr(&flow.method);
    let function = async_def(runner_of(flow)).method().returns(none());
    let stored = flow.payload.as_ref().filter(|payload| !payload.members.is_empty());
    let Some(stored) = stored else {
        let caller = flow.caller.then(none);
        let body = [method.call_with(caller).awaited().stmt()];
        return function.param("_payload", payload).body(body);
    };
    let mut given: Vec<Argument> = Vec::new();
    let mut named: Vec<Argument> = Vec::new();
    let of = |member: &RecordMemberPlan| name("job").attr(&member.attribute);
    for (input, member) in flow.inputs.iter().zip(&stored.members) {
        match input.kind {
            FlowInputKind::Value(part) if by_name(flow, part) => {
                named.push(kw(&input.variable, of(member)));
            }
            _ => given.push(arg(of(member))),
        }
    }
    let read = from("app.schemas.flow_jobs", &stored.class).attr("model_validate");
    let mut body = vec![assign("job", read.call_with([name("payload")]))];
    if let Some(caller) = stored.members.last().filter(|_| flow.caller) {
        let authenticate = name("self").attr("_auth").attr("authenticate");
        let account = authenticate.call_with([of(caller)]).awaited();
        let account = if flow.anonymous {
            conditional(of(caller).is_not(none()), account, none())
        } else {
            account
        };
        body.push(assign("caller", account));
        given.push(arg(name("caller")));
    }
    body.push(method.call(given.into_iter().chain(named)).awaited().stmt());
    function.param("payload", payload).body(body)
}
