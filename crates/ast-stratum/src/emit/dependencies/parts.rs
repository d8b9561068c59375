//! The state of the application, sessions, services and conditional headers.

use stratapi_plan::Plan;

use super::super::layer::Layer;
use crate::python::build::{
    IntoIdent, annotated, arg, assign, async_def, comment, from, kw, name, ret, text,
};
use crate::python::{Argument, Expr, FunctionDef, Stmt, WithItem};

/// `Annotated[base, Depends(dependency)]`
pub(super) fn dependency(base: Expr, of: &'static str) -> Expr {
    from("typing", "Annotated").index([base, depends(name(of), [])])
}

/// `Depends(dependency)`
pub(super) fn depends(on: Expr, more: impl IntoIterator<Item = Argument>) -> Expr {
    from("fastapi", "Depends").call(std::iter::once(arg(on)).chain(more))
}

/// `_bearer` and its like.
pub(super) fn constants(plan: &Plan) -> Vec<Stmt> {
    let methods = ["GET", "HEAD", "OPTIONS"].map(text);
    let safe = name("frozenset").call_with([Expr::Set(methods.into())]);
    let mut constants = vec![assign("_SAFE_METHODS", safe)];
    let Some(auth) = &plan.app.auth else { return constants };
    let address = |end: &str| text(format!("{}/auth/{end}", plan.app.prefix));
    let quiet = || kw("auto_error", Expr::Bool(false));
    if auth.is_bearer() {
        let bearer = from("fastapi.security", "OAuth2PasswordBearer").call([
            kw("tokenUrl", address("token")),
            kw("refreshUrl", address("refresh")),
            quiet(),
        ]);
        constants.push(assign("_bearer", bearer));
    } else {
        let scheme = from("fastapi.security.http", "HTTPBase").call([
            kw("scheme", text(auth.scheme.to_lowercase())),
            kw("scheme_name", text(&*auth.scheme)),
            quiet(),
        ]);
        constants.push(assign("_authorization", scheme));
    }
    if let Some(header) = &auth.api_key_header {
        let key =
            from("fastapi.security", "APIKeyHeader").call([kw("name", text(&**header)), quiet()]);
        constants.push(assign("_api_key", key));
    }
    constants
}

/// A function that reads a member of the application's state.
fn from_state(function: &'static str, class: Expr, member: &'static str, doc: &str) -> Stmt {
    let state = name("request").attr("app").attr("state").attr(member);
    async_def(function)
        .param("request", from("fastapi", "Request"))
        .returns(class.clone())
        .doc(doc)
        .body([annotated(member, class, Some(state)), ret(name(member))])
        .stmt()
}

/// Settings, database and session.
pub(super) fn state(plan: &Plan) -> Vec<Stmt> {
    let settings = || from("app.core.config", "Settings");
    let database = || from("app.core.database", "Database");
    let settings_asked = plan.app.auth.is_some() || plan.has_idempotent_endpoints();
    let mut body = Vec::new();
    if settings_asked {
        let doc = "Return the settings that the application was created with.";
        body.push(from_state("get_app_settings", settings(), "settings", doc));
    }
    let doc = "Return the database of the application.";
    body.push(from_state("get_database", database(), "database", doc));
    if settings_asked {
        body.push(assign("SettingsDep", dependency(settings(), "get_app_settings")));
    }
    body.push(assign("DatabaseDep", dependency(database(), "get_database")));
    body.extend(session());
    body
}

fn session() -> [Stmt; 3] {
    let session = || from("sqlalchemy.ext.asyncio", "AsyncSession");
    let method = name("request").attr("method");
    let safe = method.compare(crate::python::Comparator::In, name("_SAFE_METHODS"));
    let opened = name("database").attr("session").call([kw("read_only", safe)]);
    let get_session = async_def("get_session")
        .param("request", from("fastapi", "Request"))
        .param("database", name("DatabaseDep"))
        .returns(from("collections.abc", "AsyncGenerator").index([session()]))
        .doc("Open the transaction of the request; safe methods get a read-only one.")
        .body([Stmt::With {
            is_async: true,
            items: vec![WithItem { context: opened, name: Some(ident("session")) }],
            body: vec![Stmt::Yield(Some(name("session")))],
        }]);
    let scoped = depends(name("get_session"), [kw("scope", text("function"))]);
    [
        get_session.stmt(),
        comment(
            "\"function\" scope: the commit happens after the response is built and before it is sent, \
             so a client never sees a success that the database then refused.",
        ),
        assign("SessionDep", from("typing", "Annotated").index([session(), scoped])),
    ]
}

fn ident(text: &'static str) -> stratapi_plan::PyIdent {
    stratapi_plan::PyIdent::known(text)
}

/// The services, each with the type that routers declare.
pub(super) fn services(plan: &Plan) -> Vec<Stmt> {
    let mut functions = Vec::new();
    let mut types = Vec::new();
    if plan.app.auth.is_some() {
        let service = || from("app.services.auth_service", "AuthService");
        let made = service().call_with([name("session"), name("settings")]);
        functions.push(
            async_def("get_auth_service")
                .param("session", name("SessionDep"))
                .param("settings", name("SettingsDep"))
                .returns(service())
                .doc("Build the service.")
                .body([ret(made)]),
        );
        types.push(assign("AuthServiceDep", dependency(service(), "get_auth_service")));
    }
    for (index, entity) in plan.entities.iter().enumerate() {
        if entity.resource.is_none() && !plan.is_account(index) {
            continue;
        }
        let layer = Layer::new(plan, index);
        let word = layer.service_word();
        let function = stratapi_plan::PyIdent::known(format!("get_{}_{word}", entity.module));
        functions.push(built(&function, &layer.service(), word));
        let annotated =
            from("typing", "Annotated").index([layer.service(), depends(name(&function), [])]);
        types.push(assign(layer.service_dependency(), annotated));
    }
    if !plan.flows.is_empty() {
        let service = from("app.services.flow_methods", "FlowMethods");
        functions.push(built("get_flow_methods", &service, "service"));
        types.push(assign("FlowMethodsDep", dependency(service, "get_flow_methods")));
    }
    if plan.answers_with_jobs() {
        let service = from("app.services.flow_jobs", "FlowJobs");
        functions.push(built("get_flow_jobs", &service, "service"));
        types.push(assign("FlowJobsDep", dependency(service, "get_flow_jobs")));
    }
    functions.into_iter().map(FunctionDef::stmt).chain(types).collect()
}

/// Builds what works inside the transaction of a request.
fn built(function: impl IntoIdent, service: &Expr, word: &str) -> FunctionDef {
    async_def(function)
        .param("session", name("SessionDep"))
        .returns(service.clone())
        .doc(format!("Build the {word}."))
        .body([ret(service.clone().call_with([name("session")]))])
}

/// What stands for a header that is not there: a header cannot be null.
pub(super) fn absent() -> Expr {
    from("pydantic.json_schema", "SkipJsonSchema").index([Expr::None])
}

/// If-Match and If-None-Match.
pub(super) fn headers(plan: &Plan) -> Vec<Stmt> {
    if !plan.app.etags {
        return Vec::new();
    }
    let header = |alias: &str, description: &str| {
        let text_or_absent = crate::python::build::union([name("str"), absent()]);
        let header = from("fastapi", "Header")
            .call([kw("alias", text(alias)), kw("description", text(description))]);
        from("typing", "Annotated").index([text_or_absent, header])
    };
    let mut all = vec![
        comment(
            "A header cannot be null: without SkipJsonSchema the document would say that it can.",
        ),
        assign(
            "IfMatch",
            header(
                "If-Match",
                "The ETag the client read; the request fails with 412 if it is out of date.",
            ),
        ),
    ];
    if plan.has_revalidation() {
        let known = header("If-None-Match", "The ETag the client has; 304 if still current.");
        all.push(assign("IfNoneMatch", known));
    }
    all
}
