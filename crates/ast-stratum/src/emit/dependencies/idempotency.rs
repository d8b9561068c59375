//! Requests that may be sent again.

use stratapi_plan::Plan;

use super::super::layer::Layer;
use super::parts::{absent, dependency};
use crate::python::build::{
    assign, async_def, conditional, from, if_, int, kw, name, none, ret, text, tuple, union,
};
use crate::python::{Expr, Stmt};

/// The key: any text that a header can hold.
pub(in crate::emit) const PATTERN: &str = "^[!-~]+$";
/// Its length at the most, in characters.
pub(in crate::emit) const LONGEST: i64 = 255;
/// What is said of it.
pub(in crate::emit) const DESCRIPTION: &str =
    "Tells that a request is sent again: it is done once, and the first answer comes again.";

/// `get_idempotency`, and the types that it and routers declare.
pub(super) fn idempotency(plan: &Plan) -> Vec<Stmt> {
    if !plan.has_idempotent_endpoints() {
        return Vec::new();
    }
    let service = || from("app.services.idempotency_service", "IdempotencyService");
    let made =
        service().call_with([name("session"), name("settings"), name("response").attr("headers")]);
    let mut function = async_def("get_idempotency")
        .param("request", from("fastapi", "Request"))
        .param("response", from("fastapi", "Response"))
        .param("session", name("SessionDep"))
        .param("settings", name("SettingsDep"));
    let mut account = none();
    if let Some(auth) = &plan.app.auth {
        function = function.param("caller", name("OptionalUserDep"));
        let key = Layer::new(plan, auth.user).entity.key.first();
        let key = key.map_or_else(none, |part| name("caller").attr(&part.attribute));
        account = conditional(name("caller"), key, none());
    }
    let headers = plan.keyed_headers();
    let headers = (!headers.is_empty()).then(|| tuple(headers.into_iter().map(text)));
    let attempt = from("app.core.idempotency", "attempt_of")
        .call_with([name("request"), name("key"), account].into_iter().chain(headers))
        .awaited();
    let begun = name("idempotency").attr("begin").call_with([attempt]).awaited();
    let function = function
        .param_default("key", name("IdempotencyKeyHeader"), Expr::None)
        .returns(service())
        .doc("Answer a request that was answered before; else let its answer be kept.")
        .body([
            assign("idempotency", made),
            if_(name("key").is_not(none()), vec![begun.stmt()]),
            ret(name("idempotency")),
        ]);
    vec![
        assign("IdempotencyKeyHeader", header()),
        function.stmt(),
        assign("IdempotencyDep", dependency(service(), "get_idempotency")),
    ]
}

fn header() -> Expr {
    let field = from("pydantic", "Field").call([
        kw("min_length", int(1)),
        kw("max_length", int(LONGEST)),
        kw("pattern", text(PATTERN)),
    ]);
    let key = from("typing", "Annotated").index([name("str"), field]);
    let header = from("fastapi", "Header")
        .call([kw("alias", text("Idempotency-Key")), kw("description", text(DESCRIPTION))]);
    from("typing", "Annotated").index([union([key, absent()]), header])
}
