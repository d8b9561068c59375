//! `app/routers/flows.py`: the routes that start flows.

use stratapi_plan::{
    Artifact, EndpointPlan, FlowInputKind, FlowPlan, Gate, Plan, PlannedFile, PyIdent,
};

use super::super::dependencies::{gate, role_alias};
use super::super::layer::Layer;
use super::super::router::{path_type, problems, set_etag};
use super::method::by_name;
use crate::python::build::{
    arg, assign, async_def, from, http_status, kw, list, name, none, ret, text,
};
use crate::python::{Argument, Expr, FunctionDef, Module, Stmt, artifact};

/// The tag of all flows in the document.
pub(in crate::emit) const TAG: &str = "flows";

/// Emits the router of all flows.
pub(in crate::emit) fn emit(plan: &Plan, file: &PlannedFile) -> Artifact {
    let api = from("fastapi", "APIRouter")
        .call([kw("tags", list([text(TAG)])), kw("responses", problems(&[422]))]);
    let routes = plan
        .endpoints
        .iter()
        .map(|endpoint| Stmt::Origin(endpoint.span, Box::new(route(plan, endpoint).stmt())));
    let module = Module::new("Flows.").body([assign("router", api)]).body(routes);
    artifact(file, &module)
}

fn route(plan: &Plan, endpoint: &EndpointPlan) -> FunctionDef {
    let flow = &plan.flows[endpoint.flow];
    let layer = Layer::new(plan, flow.returns.unwrap_or_default());
    let mut decorator = vec![arg(text(&*endpoint.path))];
    if endpoint.status != 200 {
        decorator.push(kw("status_code", http_status(endpoint.status)));
    }
    if let Some(gate) = gate(layer, &endpoint.gate).filter(|_| !flow.caller) {
        let depends = from("fastapi", "Depends").call_with([gate]);
        decorator.push(kw("dependencies", list([depends])));
    }
    if !endpoint.problems.is_empty() {
        decorator.push(kw("responses", problems(&endpoint.problems)));
    }
    let mut function = async_def(&endpoint.function)
        .decorate(name("router").attr(endpoint.method.word()).call(decorator))
        .doc(&*endpoint.doc);
    for parameter in &endpoint.parameters {
        function = function.param(&parameter.name, path_type(plan, &parameter.ty));
    }
    if let Some(body) = &flow.body {
        function = function.param("data", from("app.schemas.flows", &body.class));
    }
    function = function.param("flows", from("app.dependencies", "FlowMethodsDep"));
    if flow.caller {
        let dependency = match &endpoint.gate {
            Gate::Roles(roles) => role_alias(layer, roles),
            Gate::Public => PyIdent::known("OptionalUserDep"),
            Gate::Authenticated => PyIdent::known("CurrentUserDep"),
        };
        function = function.param("caller", from("app.dependencies", dependency));
    }
    if endpoint.idempotent {
        function = function.param("idempotency", from("app.dependencies", "IdempotencyDep"));
    }
    let called = name("flows").attr(&flow.method).call(arguments(flow)).awaited();
    let Some(entity) = flow.returns else {
        let kept = endpoint.idempotent.then(|| kept(none(), endpoint.status).stmt());
        return function.returns(none()).body([called.stmt()].into_iter().chain(kept));
    };
    let layer = Layer::new(plan, entity);
    let read = layer.schema("Read");
    let row = layer.one();
    let mut body = vec![assign(&row, called)];
    if layer.entity.optimistic_lock {
        function = function.param("response", from("fastapi", "Response"));
    }
    body.extend(set_etag(layer));
    let answer = read.clone().attr("model_validate").call_with([name(&row)]);
    body.push(ret(if endpoint.idempotent { kept(answer, endpoint.status) } else { answer }));
    function.returns(read).body(body)
}

/// `await idempotency.keep(answer, HTTPStatus.CREATED)`
fn kept(answer: Expr, code: u16) -> Expr {
    name("idempotency").attr("keep").call_with([answer, http_status(code)]).awaited()
}

/// What the method is given.
fn arguments(flow: &FlowPlan) -> Vec<Argument> {
    let mut given = Vec::new();
    let mut named = Vec::new();
    for input in &flow.inputs {
        match &input.kind {
            FlowInputKind::Row { parameter, .. } => given.push(arg(name(&parameter.name))),
            FlowInputKind::Value(part) => {
                let Some(body) = &flow.body else { continue };
                let value = name("data").attr(&body.parts[*part].attribute);
                if by_name(flow, *part) {
                    named.push(kw(&input.variable, value));
                } else {
                    given.push(arg(value));
                }
            }
        }
    }
    if flow.caller {
        given.push(arg(name("caller")));
    }
    given.into_iter().chain(named).collect()
}
