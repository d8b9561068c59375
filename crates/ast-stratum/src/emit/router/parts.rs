//! Parts that several routes share: decorators, parameters, headers.

use stratapi_plan::{Gate, OperationPlan, Plan, PyIdent, ValueKind, ValueType};

use super::super::dependencies::gate;
use super::super::layer::types::is_text;
use super::super::layer::{Caller, Layer};
use crate::python::build::{
    IntoIdent, async_def, from, fstring, http_status, int, kw, list, name, text,
};
use crate::python::{Argument, Expr, FStringPart, FunctionDef, Stmt};

/// Prefix of all routes.
pub(super) fn prefix(layer: Layer) -> String {
    layer.entity.collection_path()
}

/// Tag in the document.
pub(in crate::emit) fn tag(layer: Layer) -> String {
    match &layer.entity.resource {
        Some(resource) => resource.tag.clone(),
        None => layer.entity.router_module.as_str().replace('_', "-"),
    }
}

/// Path of an operation behind the prefix of all routes.
fn path(layer: Layer, plan: &OperationPlan) -> String {
    plan.path.strip_prefix(&prefix(layer)).unwrap_or(&plan.path).to_owned()
}

/// `problems(404, 409)`
pub(in crate::emit) fn problems(codes: &[u16]) -> Expr {
    let codes = codes.iter().map(|code| int(i64::from(*code)));
    from("app.core.problems", "problems").call_with(codes)
}

/// `route_class=LimitedRoute`, where some of the routes have limits.
pub(in crate::emit) fn limited_class() -> Argument {
    kw("route_class", from("app.core.limited_route", "LimitedRoute"))
}

/// A route with its decorator and docstring; parameters follow.
pub(super) fn route(
    layer: Layer,
    plan: &OperationPlan,
    method: &'static str,
    more: impl IntoIterator<Item = Argument>,
) -> FunctionDef {
    let mut arguments = vec![Argument::Positional(text(path(layer, plan)))];
    arguments.extend(more);
    let gate = gate(layer, &plan.access.gate).filter(|_| layer.route_caller(plan) == Caller::No);
    let gate = gate.map(|gate| from("fastapi", "Depends").call_with([gate]));
    let row = layer.row_in().filter(|_| plan.takes_row());
    let dependencies: Vec<Expr> = gate.into_iter().chain(row).collect();
    if !dependencies.is_empty() {
        arguments.push(kw("dependencies", list(dependencies)));
    }
    let known = arguments
        .iter()
        .any(|it| matches!(it, Argument::Keyword(key, _) if key.as_str() == "responses"));
    if !plan.problems.is_empty() && !known {
        arguments.push(kw("responses", problems(&plan.problems)));
    }
    async_def(&plan.function).decorate(name("router").attr(method).call(arguments)).doc(&*plan.doc)
}

/// `status_code=HTTPStatus.CREATED`, where it is not 200.
pub(super) fn status(plan: &OperationPlan) -> Option<Argument> {
    (plan.status != 200).then(|| kw("status_code", http_status(plan.status)))
}

/// Adds path parameters.
pub(super) fn with_path(function: FunctionDef, layer: Layer, item: bool) -> FunctionDef {
    let parents = layer.parents().into_iter().map(|plan| (&plan.parameter, &plan.ty));
    let own = layer.resource().item_parameters.iter().filter(|_| item);
    let own = own.map(|part| (&part.name, &part.ty));
    parents.chain(own).fold(function, |function, (parameter, ty)| {
        function.param(parameter, path_type(layer.plan, ty))
    })
}

/// The type of a path parameter.
pub(in crate::emit) fn path_type(plan: &Plan, ty: &ValueType) -> Expr {
    match ty.kind {
        _ if is_text(ty) => {
            // PostgreSQL would refuse U+0000 with an error of its own.
            let pattern = from("app.schemas.types", "TEXT");
            let path = from("fastapi", "Path").call([kw("pattern", pattern)]);
            from("typing", "Annotated").index([name("str"), path])
        }
        // The converter of the path has checked these.
        ValueKind::Uuid => crate::types::model(plan, ty),
        ValueKind::Int { min: 0.., .. } => from("app.dependencies", "IntKey"),
        _ => crate::types::query(plan, ty),
    }
}

/// Adds the service: `posts: PostServiceDep`.
pub(super) fn with_service(function: FunctionDef, layer: Layer) -> FunctionDef {
    function.param(layer.many(), from("app.dependencies", layer.service_dependency()))
}

/// Adds the caller, if the service or the answer wants to know.
pub(super) fn with_caller(
    function: FunctionDef,
    layer: Layer,
    plan: &OperationPlan,
) -> FunctionDef {
    let dependency = match (layer.route_caller(plan), &plan.access.gate) {
        (Caller::No, _) => return function,
        (Caller::Optional, _) => PyIdent::known("OptionalUserDep"),
        (Caller::Required, Gate::Roles(roles)) => {
            super::super::dependencies::role_alias(layer, roles)
        }
        (Caller::Required, _) => PyIdent::known("CurrentUserDep"),
    };
    function.param("caller", from("app.dependencies", dependency))
}

/// Adds the response, where headers are set on it.
pub(super) fn with_response(function: FunctionDef) -> FunctionDef {
    function.param("response", from("fastapi", "Response"))
}

/// Adds If-Match, where rows have versions.
pub(super) fn with_if_match(function: FunctionDef, layer: Layer) -> FunctionDef {
    if !layer.entity.optimistic_lock {
        return function;
    }
    function.param_default("if_match", from("app.dependencies", "IfMatch"), Expr::None)
}

/// `posts.get(post_id, caller)`, awaited, with what the service wants.
pub(super) fn call(
    layer: Layer,
    plan: &OperationPlan,
    method: impl IntoIdent,
    item: bool,
    more: impl IntoIterator<Item = Expr>,
) -> Expr {
    let parents = layer.parents().into_iter().map(|parent| name(&parent.parameter));
    let own = layer.resource().item_parameters.iter().filter(|_| item);
    let caller = (layer.caller(plan) != Caller::No).then(|| name("caller"));
    let arguments = parents.chain(own.map(|part| name(&part.name))).chain(more).chain(caller);
    name(layer.many()).attr(method).call_with(arguments).awaited()
}

/// The row as the caller is shown it.
pub(super) fn read(layer: Layer, plan: &OperationPlan, row: impl IntoIdent) -> Expr {
    layer.shown(plan, name(row), name("caller"))
}

/// The answer with the row of an operation.
pub(super) fn answer(layer: Layer, plan: &OperationPlan) -> Expr {
    layer.answer(Some(plan), read(layer, plan, layer.one()))
}

/// `response.headers["ETag"] = etag(post.version)`
pub(in crate::emit) fn set_etag(layer: Layer) -> Option<Stmt> {
    let version = name(layer.one()).attr("version");
    let etag = from("app.core.etag", "etag").call_with([version]);
    layer.entity.optimistic_lock.then(|| set_header("ETag", etag))
}

/// `response.headers[name] = value`
pub(super) fn set_header(header: &str, value: Expr) -> Stmt {
    let headers = name("response").attr("headers").index([text(header)]);
    Stmt::Assign(headers, value)
}

/// The address of the row: `f"/api/v1/posts/{post.id}"`.
pub(super) fn location(layer: Layer) -> Expr {
    let path = format!("{}{}", layer.plan.app.prefix, layer.resource().item_path);
    let mut parts = Vec::new();
    let mut rest = path.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        let Some((parameter, behind)) = after.split_once('}') else { break };
        let parameter = parameter.split(':').next().unwrap_or(parameter);
        parts.push(FStringPart::Text(before.to_owned()));
        parts.push(FStringPart::Value(segment(layer, parameter), None));
        rest = behind;
    }
    if !rest.is_empty() {
        parts.push(FStringPart::Text(rest.to_owned()));
    }
    fstring(parts)
}

/// The value of a path parameter, taken from the row.
fn segment(layer: Layer, parameter: &str) -> Expr {
    let own = layer.resource().item_parameters.iter().find(|it| it.name.as_str() == parameter);
    let mut parents = layer.parents().into_iter();
    let parent = parents.find(|parent| parent.parameter.as_str() == parameter);
    let (value, ty) = match (own, parent) {
        (Some(part), _) => (name(layer.one()).attr(&part.attribute), &part.ty),
        (None, Some(parent)) => (name(&parent.parameter), &parent.ty),
        (None, None) => return text(""),
    };
    if is_text(ty) && !matches!(ty.kind, ValueKind::Slug { .. }) {
        let quote = from("urllib.parse", "quote");
        return quote.call([Argument::Positional(value), kw("safe", text(""))]);
    }
    value
}
