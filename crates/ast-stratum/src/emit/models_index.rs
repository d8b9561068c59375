//! `app/models/__init__.py`: importing it registers every table.

use stratapi_plan::{Artifact, Plan, PlannedFile};

use crate::python::build::{assign, from, list, symbol, text};
use crate::python::{Module, Symbol, artifact};

/// Imports every model and names it in `__all__`.
pub(super) fn emit(plan: &Plan, file: &PlannedFile) -> Artifact {
    let mut names: Vec<Symbol> = vec![symbol("app.models.base", "Base")];
    for entity in &plan.entities {
        names.push(symbol(format!("app.models.{}", entity.module), &entity.class));
    }
    for history in plan.entities.iter().flat_map(stratapi_plan::EntityPlan::histories) {
        names.push(symbol(format!("app.models.{}", history.module), &history.class));
    }
    for part in &plan.associations {
        names.push(symbol(format!("app.models.{}", part.module), &part.variable));
    }
    if let Some(auth) = &plan.app.auth {
        names.push(symbol("app.models.refresh_token", "RefreshToken"));
        if auth.api_key_header.is_some() {
            names.push(symbol("app.models.api_key", "ApiKey"));
        }
    }
    if plan.has_sequences() {
        names.push(symbol("app.models.number_series", "NumberSeries"));
    }
    if plan.has_idempotent_endpoints() {
        names.push(symbol("app.models.idempotency_key", "IdempotencyKey"));
    }
    if plan.has_jobs() {
        names.push(symbol("app.models.flow_job", "FlowJob"));
    }
    if !plan.seeds.is_empty() {
        names.push(symbol("app.models.seeded_row", "SeededRow"));
    }
    if !plan.events.is_empty() {
        names.push(symbol("app.models.outbox_event", "OutboxEvent"));
    }
    let mut exported: Vec<String> =
        names.iter().filter_map(|symbol| symbol.name.as_ref()).map(ToString::to_string).collect();
    exported.sort();
    let mut module = Module::new("ORM models. Importing this package registers every table.")
        .import(names)
        .body([assign("__all__", list(exported.into_iter().map(text)))]);
    if plan.has_computed() {
        let add = from("app.models.computed", "add_computed_attributes");
        module = module.body([add.call([]).stmt()]);
    }
    artifact(file, &module)
}
