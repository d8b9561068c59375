//! The caller's own account: `GET` and `PATCH /users/me`; where accounts are nested, `/auth/me`.

use super::super::layer::Layer;
use super::parts::{problems, set_etag, with_if_match, with_response, with_service};
use crate::python::build::{arg, assign, async_def, from, kw, list, name, ret, text};
use crate::python::{Expr, FunctionDef};

/// The router of the caller's own account, where it stands apart from the others.
pub(in crate::emit) const ROUTER: &str = "me_router";

/// Whether it does.
pub(super) fn is_apart(layer: Layer) -> bool {
    layer.account().is_some() && layer.plan.has_nested_accounts()
}

fn router(layer: Layer) -> Expr {
    name(if is_apart(layer) { ROUTER } else { "router" })
}

/// The routes, if this is the account.
pub(super) fn routes(layer: Layer) -> Vec<FunctionDef> {
    if layer.account().is_none() {
        return Vec::new();
    }
    let mut routes = vec![get(layer)];
    if layer.entity.has_update {
        routes.push(update(layer));
    }
    routes
}

/// The problem of a route that has a limit: the first reads, the second changes.
pub(in crate::emit) fn limited(layer: Layer, route: usize) -> Option<u16> {
    layer.account().and_then(|auth| auth.me_limits[route]).map(|_| 429)
}

fn caller() -> Expr {
    from("app.dependencies", "CurrentUserDep")
}

fn get(layer: Layer) -> FunctionDef {
    let label = &layer.entity.label;
    let row = layer.one();
    let codes: Vec<u16> = [401].into_iter().chain(limited(layer, 0)).collect();
    let mut function = async_def("get_me")
        .decorate(
            router(layer).attr("get").call([arg(text("/me")), kw("responses", problems(&codes))]),
        )
        .doc(format!("Return the caller's own {label}."))
        .param(&row, caller());
    if layer.entity.optimistic_lock {
        function = with_response(function);
    }
    let mut body: Vec<_> = set_etag(layer).into_iter().collect();
    body.push(ret(layer.answer(None, layer.represented(name(&row), name(&row)))));
    function.returns(layer.answer_class(None)).body(body)
}

fn update(layer: Layer) -> FunctionDef {
    let label = &layer.entity.label;
    let row = layer.one();
    let mut codes = vec![400, 401, 409];
    if layer.refuses_me() {
        codes.insert(2, 403);
    }
    if layer.entity.optimistic_lock {
        codes.push(412);
    }
    codes.extend(limited(layer, 1));
    let row_in = layer.row_in().map(|below| kw("dependencies", list([below])));
    let arguments = row_in.into_iter().chain([kw("responses", problems(&codes))]);
    let function = async_def("update_me")
        .decorate(
            router(layer).attr("patch").call(std::iter::once(arg(text("/me"))).chain(arguments)),
        )
        .doc(format!("Change the caller's own {label}."))
        .param("data", layer.body_class("Update"))
        .param(&row, caller());
    let mut function = with_service(function, layer);
    let mut arguments = vec![name(&row), layer.body_row()];
    if layer.entity.optimistic_lock {
        function = with_response(function);
        arguments.push(name("if_match"));
    }
    let changed = name(layer.many()).attr("update_me").call_with(arguments).awaited();
    let mut body = vec![assign(&row, changed)];
    body.extend(set_etag(layer));
    body.push(ret(layer.answer(None, layer.represented(name(&row), name(&row)))));
    with_if_match(function, layer).returns(layer.answer_class(None)).body(body)
}
