//! POST, PATCH, PUT and DELETE, and the POST of transitions.

use stratapi_plan::OperationPlan;

use super::super::layer::Layer;
use super::parts::{
    answer, call, location, read, route, set_etag, set_header, status, with_caller, with_if_match,
    with_path, with_response, with_service,
};
use crate::python::build::{IntoIdent, assign, comprehension, from, kw, name, ret};
use crate::python::{Expr, FunctionDef, Stmt};

/// `POST /posts`
pub(super) fn create(layer: Layer, plan: &OperationPlan) -> FunctionDef {
    let function = with_path(route(layer, plan, "post", status(plan)), layer, false)
        .param("data", layer.body_class("Create"));
    let data = layer.entity.has_create.then(|| layer.body_row());
    let function = with_response(with_caller(with_service(function, layer), layer, plan));
    let mut body: Vec<Stmt> = unread(layer, plan).into_iter().collect();
    body.push(assign(layer.one(), call(layer, plan, "create", false, data)));
    body.extend(set_etag(layer));
    body.push(set_header("Location", location(layer)));
    body.push(ret(answer(layer, plan)));
    function.returns(layer.answer_class(Some(plan))).body(body)
}

/// `POST /posts/bulk`
pub(super) fn bulk_create(layer: Layer, plan: &OperationPlan) -> FunctionDef {
    let function = with_path(route(layer, plan, "post", status(plan)), layer, false)
        .param("data", layer.schema("BulkCreate"));
    let function = with_caller(with_service(function, layer), layer, plan);
    let items = Expr::ListComp(
        Box::new(read(layer, plan, "row")),
        vec![comprehension("row", name("rows"))],
    );
    function.returns(layer.schema("BulkResult")).body([
        assign("rows", call(layer, plan, "bulk_create", false, [name("data")])),
        ret(layer.schema("BulkResult").call([kw("items", items)])),
    ])
}

/// `PATCH` and `PUT /posts/{post_id}`
pub(super) fn change(
    layer: Layer,
    plan: &OperationPlan,
    verb: &'static str,
    method: &'static str,
) -> FunctionDef {
    let schema = layer.body_class(if method == "update" { "Update" } else { "Replace" });
    let function = with_path(route(layer, plan, verb, []), layer, true).param("data", schema);
    let mut function = with_caller(with_service(function, layer), layer, plan);
    if layer.entity.optimistic_lock {
        function = with_response(function);
    }
    let data = layer.has_members(plan.operation).then(|| layer.body_row());
    let mut body: Vec<Stmt> = unread(layer, plan).into_iter().collect();
    body.push(assign(layer.one(), write_call(layer, plan, method, data)));
    body.extend(set_etag(layer));
    body.push(ret(answer(layer, plan)));
    with_if_match(function, layer).returns(layer.answer_class(Some(plan))).body(body)
}

/// `DELETE /posts/{post_id}`
pub(super) fn delete(layer: Layer, plan: &OperationPlan) -> FunctionDef {
    let response = || from("fastapi", "Response");
    let empty = plan.status == 204;
    // What is answered by 200 has a body, `null`, unless it is said otherwise.
    let class = (!empty).then(|| kw("response_class", response()));
    let more = status(plan).into_iter().chain(class);
    let function = with_path(route(layer, plan, "delete", more), layer, true);
    let function = with_caller(with_service(function, layer), layer, plan);
    let done = write_call(layer, plan, "delete", []).stmt();
    let function = with_if_match(function, layer);
    if empty {
        return function.returns(Expr::None).body([done]);
    }
    function.returns(response()).body([done, ret(response().call([]))])
}

/// `POST /posts/{post_id}/publish`
pub(super) fn transition(layer: Layer, plan: &OperationPlan, position: usize) -> FunctionDef {
    let function = with_path(route(layer, plan, "post", []), layer, true);
    let mut function = with_caller(with_service(function, layer), layer, plan);
    if layer.entity.optimistic_lock {
        function = with_response(function);
    }
    let method = &layer.entity.transitions[position].method;
    let mut body = vec![assign(layer.one(), write_call(layer, plan, method, []))];
    body.extend(set_etag(layer));
    body.push(ret(answer(layer, plan)));
    with_if_match(function, layer).returns(layer.answer_class(Some(plan))).body(body)
}

/// `del data`: a body without members is checked, but says nothing.
fn unread(layer: Layer, plan: &OperationPlan) -> Option<Stmt> {
    (!layer.has_members(plan.operation)).then(|| Stmt::Delete(vec![name("data")]))
}

/// A call with the version that the client knows behind everything else.
fn write_call(
    layer: Layer,
    plan: &OperationPlan,
    method: impl IntoIdent,
    more: impl IntoIterator<Item = Expr>,
) -> Expr {
    let Expr::Await(inner) = call(layer, plan, method, true, more) else {
        stratapi_diagnostics::bug!("services are awaited");
    };
    let Expr::Call(function, mut arguments) = *inner else {
        stratapi_diagnostics::bug!("services are called");
    };
    if layer.entity.optimistic_lock {
        arguments.push(crate::python::build::arg(name("if_match")));
    }
    function.call(arguments).awaited()
}
