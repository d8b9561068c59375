//! `app/routers/posts.py`: the routes of one entity, thin translations between HTTP and its service.

mod me;
mod parts;
mod read;
mod write;

pub(super) use me::{ROUTER as ME_ROUTER, limited as limited_me};
pub(super) use parts::{limited_class, path_type, problems, set_etag, tag};

use stratapi_plan::{Artifact, Operation, Plan, PlannedFile};

use super::layer::{Layer, capitalised};
use crate::python::build::{assign, from, kw, list, text};
use crate::python::{FunctionDef, Module, artifact};

/// Emits the router of an entity.
pub(super) fn emit(plan: &Plan, file: &PlannedFile) -> Artifact {
    let layer = Layer::of(plan, file);
    let mut routes: Vec<FunctionDef> = me::routes(layer);
    if let Some(resource) = &layer.entity.resource {
        routes.extend(resource.operations.iter().map(|operation| match operation.operation {
            Operation::List => read::list(layer, operation),
            Operation::Get => read::get(layer, operation),
            Operation::Create => write::create(layer, operation),
            Operation::BulkCreate => write::bulk_create(layer, operation),
            Operation::Update => write::change(layer, operation, "patch", "update"),
            Operation::Replace => write::change(layer, operation, "put", "replace"),
            Operation::Delete => write::delete(layer, operation),
            Operation::Transition(position) => write::transition(layer, operation, position),
            Operation::History(position) => read::history(layer, operation, position),
        }));
    }
    let api = |prefix: &str, limited: bool| {
        let arguments = [
            kw("prefix", text(prefix)),
            kw("tags", list([text(tag(layer))])),
            kw("responses", problems(&[plan.app.invalid_status])),
        ];
        let limited = limited.then(limited_class);
        from("fastapi", "APIRouter").call(arguments.into_iter().chain(limited))
    };
    let apart = me::is_apart(layer);
    let mut own = layer.account().into_iter().flat_map(|auth| auth.me_limits).flatten();
    let own = own.next().is_some();
    let mut operations = layer.entity.resource.iter().flat_map(|resource| &resource.operations);
    let limited = operations.any(|operation| operation.rate_limit.is_some()) || (own && !apart);
    let module = Module::new(format!("{}.", capitalised(&layer.entity.label_plural)))
        .body([assign("router", api(&parts::prefix(layer), limited))])
        .body(apart.then(|| assign(ME_ROUTER, api("/auth", own))))
        .body(routes.into_iter().map(FunctionDef::stmt));
    artifact(file, &module)
}
