//! `app/routers/__init__.py`: the routers of the API, in order.

use stratapi_plan::{Artifact, Plan, PlannedFile, PyIdent};

use super::router::ME_ROUTER;
use crate::python::build::{assign, from, kw, name, text};
use crate::python::{Module, Stmt, artifact};

/// Includes sign-in, then the resources.
pub(super) fn emit(plan: &Plan, file: &PlannedFile) -> Artifact {
    let auth = plan.app.auth.as_ref().map(|_| (PyIdent::known("auth"), "router"));
    let resources = plan.entities.iter().enumerate();
    let routed = resources
        .filter(|(index, entity)| entity.resource.is_some() || plan.is_account(*index))
        .flat_map(|(index, entity)| {
            let apart = plan.is_account(index) && plan.has_nested_accounts();
            let routers = apart.then_some(ME_ROUTER).into_iter().chain(["router"]);
            routers.map(|router| (entity.router_module.clone(), router))
        });
    let flows = (!plan.endpoints.is_empty()).then(|| (PyIdent::known("flows"), "router"));
    let include = |(module, router): (PyIdent, &'static str)| -> Stmt {
        let part = from("app.routers", &module).attr(router);
        name("api_router").attr("include_router").call_with([part]).stmt()
    };
    let prefix = &plan.app.prefix;
    let arguments = (!prefix.is_empty()).then(|| kw("prefix", text(&**prefix)));
    let whole = from("fastapi", "APIRouter").call(arguments);
    let module = Module::new("HTTP endpoints: thin translations between HTTP and the services.")
        .body([assign("api_router", whole)])
        .body(auth.into_iter().chain(routed).chain(flows).map(include));
    artifact(file, &module)
}
