//! The emitters: one file and one registry line a maker.

mod api_test;
mod association;
mod auth_test;
mod column;
mod computed;
mod dependencies;
mod enums;
mod erd;
mod factories;
mod flow_test;
mod flows;
mod history;
mod layer;
mod migration;
mod model;
mod models_index;
mod openapi;
mod operation_limits;
mod problem_schema;
mod relationship;
mod repository;
mod router;
mod routers_index;
mod schema;
mod secret;
mod seeds;
mod service;
mod slot_test;
mod sql;
mod state_machines;
mod table_args;
mod testing;
mod value_schemas;
mod values;
mod view_schemas;
mod viewer;

pub use slot_test::examples as slot_examples;
use stratapi_diagnostics::bug;
use stratapi_plan::{Artifact, Origin, Plan, PlannedFile, Subject};

type Emitter = fn(&Plan, &PlannedFile) -> Artifact;

/// Every maker that the plan may name for the AST stratum, in ascending order.
const EMITTERS: &[(&str, Emitter)] = &[
    ("api_test", api_test::emit),
    ("association", association::emit),
    ("auth_test", auth_test::emit),
    ("computed", computed::emit),
    ("dependencies", dependencies::emit),
    ("enums", enums::emit),
    ("erd", erd::emit),
    ("event_schemas", flows::event_schemas),
    ("factories", factories::emit),
    ("flow_jobs", flows::jobs),
    ("flow_methods", flows::methods),
    ("flow_router", flows::router),
    ("flow_schemas", flows::schemas),
    ("flow_test", flow_test::emit),
    ("history_model", history::model),
    ("history_repository", history::repository),
    ("history_schema", history::schema),
    ("job_runner", flows::job_runner),
    ("job_schemas", flows::job_schemas),
    ("limited_operations", operation_limits::requests),
    ("migration", migration::emit),
    ("model", model::emit),
    ("models_index", models_index::emit),
    ("openapi", openapi::emit),
    ("operation_limits", operation_limits::emit),
    ("problem_schema", problem_schema::emit),
    ("repository", repository::emit),
    ("router", router::emit),
    ("routers_index", routers_index::emit),
    ("schema", schema::emit),
    ("seeds", seeds::emit),
    ("service", service::emit),
    ("slot_test", slot_test::emit),
    ("state_machines", state_machines::emit),
    ("value_schemas", value_schemas::emit),
    ("values", values::emit),
    ("view_schemas", view_schemas::emit),
    ("viewer", viewer::emit),
];

/// Makes one file.
///
/// # Panics
/// If the plan names a maker that does not exist, which is a bug.
pub fn emit(plan: &Plan, file: &PlannedFile) -> Artifact {
    let Some((_, emitter)) = EMITTERS.iter().find(|(maker, _)| *maker == file.maker) else {
        bug!("no emitter is called {:?}", file.maker);
    };
    located(plan, file, emitter(plan, file))
}

/// A file about an entity comes from that entity's declaration where nothing closer is known.
fn located(plan: &Plan, file: &PlannedFile, mut artifact: Artifact) -> Artifact {
    if let Subject::Entity(index) | Subject::History(index, _) = file.subject
        && artifact.origins.is_empty()
    {
        let lines = memchr::memchr_iter(b'\n', artifact.text.as_bytes()).count();
        let last_line = u32::try_from(lines).unwrap_or(u32::MAX);
        artifact.origins.push(Origin { first_line: 1, last_line, span: plan.entities[index].span });
    }
    artifact
}

#[cfg(test)]
mod tests {
    use super::EMITTERS;

    #[test]
    fn makers_stand_in_ascending_order() {
        assert!(EMITTERS.is_sorted_by(|left, right| left.0 < right.0));
    }
}
