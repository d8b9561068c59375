//! `app/routers/flows.py`: the routes that start flows.

use stratapi_plan::{
    Artifact, EndpointPlan, FlowInputKind, FlowPlan, FlowSegmentPlan, FlowValuePlan, Gate,
    PartPlan, Place, Plan, PlannedFile, PyIdent,
};

use super::super::dependencies::{gate, role_alias};
use super::super::layer::Layer;
use super::super::layer::attribute::endpoint_takes_caller;
use super::super::router::{limited_class, path_type, problems, set_etag};
use super::JOB_READ;
use super::method::by_name;
use crate::python::build::{
    arg, assign, async_def, from, http_status, kw, list, name, none, ret, text,
};
use crate::python::{Argument, Expr, FunctionDef, Module, Stmt, artifact};
use crate::schemas::python::{about, or_absent};
use crate::types;

/// The tag of all flows in the document.
pub(in crate::emit) const TAG: &str = "flows";

/// Emits the router of all flows.
pub(in crate::emit) fn emit(plan: &Plan, file: &PlannedFile) -> Artifact {
    let limited = plan.endpoints.iter().any(|endpoint| endpoint.rate_limit.is_some());
    let api = from("fastapi", "APIRouter").call(
        [kw("tags", list([text(TAG)])), kw("responses", problems(&[plan.app.invalid_status]))]
            .into_iter()
            .chain(limited.then(limited_class)),
    );
    let routes = plan
        .endpoints
        .iter()
        .map(|endpoint| Stmt::Origin(endpoint.span, Box::new(route(plan, endpoint).stmt())));
    let module =
        Module::new("Flows.").body([assign("router", api)]).body(defaults(plan)).body(routes);
    artifact(file, &module)
}

fn route(plan: &Plan, endpoint: &EndpointPlan) -> FunctionDef {
    let flow = &plan.flows[endpoint.flow];
    let layer = Layer::new(plan, flow.returns.unwrap_or_default());
    let takes_caller = endpoint_takes_caller(plan, endpoint);
    let mut decorator = vec![arg(text(&*endpoint.path))];
    if endpoint.status != 200 {
        decorator.push(kw("status_code", http_status(endpoint.status)));
    }
    if let Some(gate) = gate(layer, &endpoint.gate).filter(|_| !takes_caller) {
        let depends = from("fastapi", "Depends").call_with([gate]);
        decorator.push(kw("dependencies", list([depends])));
    }
    if !endpoint.problems.is_empty() {
        decorator.push(kw("responses", problems(&endpoint.problems)));
    }
    let mut function = async_def(&endpoint.function)
        .decorate(name("router").attr(endpoint.method.word()).call(decorator))
        .doc(&*endpoint.doc);
    function = with_inputs(function, plan, endpoint);
    function = match flow.payload {
        Some(_) => function.param("jobs", from("app.dependencies", "FlowJobsDep")),
        None => function.param("flows", from("app.dependencies", "FlowMethodsDep")),
    };
    if takes_caller {
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
    if flow.returns.is_some_and(|entity| plan.entities[entity].optimistic_lock) {
        function = function.param("response", from("fastapi", "Response"));
    }
    // A parameter with a default stands behind the others.
    for (_, parameter, part) in flow.headers() {
        if let Some(default) = header_default(plan, flow, parameter, part) {
            function = function.param_default(parameter, header_type(plan, part), default);
        }
    }
    let service = name(if flow.payload.is_some() { "jobs" } else { "flows" });
    let called = service.attr(&flow.method).call(arguments(flow)).awaited();
    if flow.payload.is_some() {
        let read = from("app.schemas.flow_jobs", JOB_READ);
        let answer = read.clone().attr("model_validate").call_with([called]);
        return function.returns(read).body([ret(answered(endpoint, answer))]);
    }
    let Some(entity) = flow.returns else {
        let kept = endpoint.idempotent.then(|| kept(none(), endpoint.status).stmt());
        return function.returns(none()).body([called.stmt()].into_iter().chain(kept));
    };
    let layer = Layer::new(plan, entity);
    let row = layer.one();
    let mut body = vec![assign(&row, called)];
    body.extend(set_etag(layer));
    let answer = layer.answer(None, layer.represented(name(&row), name("caller")));
    body.push(ret(answered(endpoint, answer)));
    function.returns(layer.answer_class(None)).body(body)
}

/// The answer, kept for whoever sends the request again.
fn answered(endpoint: &EndpointPlan, answer: Expr) -> Expr {
    if endpoint.idempotent { kept(answer, endpoint.status) } else { answer }
}

/// `await idempotency.keep(answer, HTTPStatus.CREATED)`
fn kept(answer: Expr, code: u16) -> Expr {
    name("idempotency").attr("keep").call_with([answer, http_status(code)]).awaited()
}

/// Adds the parameters of the path, the body, the query and the headers that must be there.
fn with_inputs(mut function: FunctionDef, plan: &Plan, endpoint: &EndpointPlan) -> FunctionDef {
    let flow = &plan.flows[endpoint.flow];
    for segment in flow.segments() {
        let ty = match segment {
            FlowSegmentPlan::Row(key) => path_type(plan, &key.ty),
            FlowSegmentPlan::Value(_, value) => segment_type(plan, &value.part),
        };
        function = function.param(segment.name(), ty);
    }
    if let Some(body) = &flow.body {
        function = function.param("data", from("app.schemas.flows", &body.class));
    }
    if let Some(query) = &flow.query {
        let model = from("app.schemas.flows", &query.class);
        let query = types::annotated(model, [from("fastapi", "Query").call([])]);
        function = function.param("query", query);
    }
    for (_, parameter, part) in flow.headers().filter(|(_, _, part)| !stands_last(plan, part)) {
        function = function.param(parameter, header_type(plan, part));
    }
    function
}

/// `Annotated[int, Field(ge=2000), Path(description="…")]`
fn segment_type(plan: &Plan, part: &PartPlan) -> Expr {
    let value = types::query(plan, &part.ty);
    let about = about(part);
    if about.is_empty() {
        return value;
    }
    types::annotated(value, [from("fastapi", "Path").call(about)])
}

/// `Annotated[Slug | Absent, Header(alias="X-Source")]`
fn header_type(plan: &Plan, part: &PartPlan) -> Expr {
    let value = types::header(plan, &part.ty);
    let value = if part.ty.nullable { or_absent(value) } else { value };
    let factory = match default_of(plan, part) {
        Some(types::Default::Factory(made)) => Some(kw("default_factory", made)),
        _ => None,
    };
    let alias = kw("alias", text(&*part.wire));
    let declared = std::iter::once(alias).chain(factory).chain(about(part));
    types::annotated(value, [from("fastapi", "Header").call(declared)])
}

/// The defaults of headers that are called for: a signature is evaluated once, so they are named.
fn defaults(plan: &Plan) -> Vec<Stmt> {
    let mut stmts = Vec::new();
    for flow in &plan.flows {
        for (_, parameter, part) in flow.headers() {
            if let Some(types::Default::Value(made @ Expr::Call(..))) = default_of(plan, part) {
                stmts.push(assign(default_name(flow, parameter), made));
            }
        }
    }
    stmts
}

/// `_SUMMARY__SINCE`: two underscores keep flow and parameter apart.
fn default_name(flow: &FlowPlan, parameter: &PyIdent) -> PyIdent {
    PyIdent::known(format!("_{}__{parameter}", flow.method).to_uppercase())
}

fn default_of(plan: &Plan, part: &PartPlan) -> Option<types::Default> {
    part.default().map(|default| types::default(plan, &part.ty, default))
}

/// Whether a header has a default in the signature, so that it stands behind those without one.
pub(in crate::emit) fn stands_last(plan: &Plan, part: &PartPlan) -> bool {
    part.ty.nullable || matches!(default_of(plan, part), Some(types::Default::Value(_)))
}

/// What a header is where it is absent, if the signature says so.
fn header_default(
    plan: &Plan,
    flow: &FlowPlan,
    parameter: &PyIdent,
    part: &PartPlan,
) -> Option<Expr> {
    match default_of(plan, part) {
        Some(types::Default::Value(Expr::Call(..))) => Some(name(default_name(flow, parameter))),
        Some(types::Default::Value(value)) => Some(value),
        Some(types::Default::Factory(_)) => None,
        None => part.ty.nullable.then(none),
    }
}

/// What the method is given.
fn arguments(flow: &FlowPlan) -> Vec<Argument> {
    let mut given = Vec::new();
    let mut named = Vec::new();
    for input in &flow.inputs {
        match &input.kind {
            FlowInputKind::Row { parameter, .. } => given.push(arg(name(&parameter.name))),
            FlowInputKind::Value(part) => {
                let FlowValuePlan { part: declared, place, parameter } = &flow.values[*part];
                let value = match place {
                    Place::Query => name("query").attr(&declared.attribute),
                    Place::Path | Place::Header(_) => name(parameter),
                    Place::Body => name("data").attr(&declared.attribute),
                };
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
