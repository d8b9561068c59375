//! `app/routers/flows.py`: the routes that start flows.

use stratapi_plan::{
    Artifact, EndpointPlan, FlowInputKind, FlowPlan, Gate, Plan, PlannedFile, PyIdent,
};

use super::super::dependencies::{gate, role_alias};
use super::super::layer::Layer;
use super::super::router::{path_type, problems};
use super::method::by_name;
use crate::python::build::{arg, assign, async_def, from, kw, list, name, none, ret, text};
use crate::python::{Argument, FunctionDef, Module, Stmt, artifact};

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
    let member = match endpoint.status {
        201 => Some("CREATED"),
        202 => Some("ACCEPTED"),
        204 => Some("NO_CONTENT"),
        _ => None,
    };
    decorator.extend(member.map(|it| kw("status_code", from("http", "HTTPStatus").attr(it))));
    if let Some(gate) = gate(layer, &endpoint.gate).filter(|_| !flow.caller) {
        let depends = from("fastapi", "Depends").call_with([gate]);
        decorator.push(kw("dependencies", list([depends])));
    }
    if !endpoint.problems.is_empty() {
        decorator.push(kw("responses", problems(&endpoint.problems)));
    }
    let mut function = async_def(&endpoint.function)
        .decorate(name("router").attr("post").call(decorator))
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
            _ => PyIdent::known("CurrentUserDep"),
        };
        function = function.param("caller", from("app.dependencies", dependency));
    }
    let called = name("flows").attr(&flow.method).call(arguments(flow)).awaited();
    let Some(entity) = flow.returns else {
        return function.returns(none()).body([called.stmt()]);
    };
    let layer = Layer::new(plan, entity);
    let read = layer.schema("Read");
    let row = layer.one();
    let mut body = vec![assign(&row, called)];
    if layer.entity.optimistic_lock {
        function = function.param("response", from("fastapi", "Response"));
        let etag = from("app.core.etag", "etag").call_with([name(&row).attr("version")]);
        let headers = name("response").attr("headers").index([text("ETag")]);
        body.push(Stmt::Assign(headers, etag));
    }
    body.push(ret(read.clone().attr("model_validate").call_with([name(&row)])));
    function.returns(read).body(body)
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
