//! `app/dependencies.py`: what the routers share.

mod idempotency;
mod parts;
mod paths;
mod sign_in;

use stratapi_plan::{Artifact, Plan, PlannedFile};

pub(super) use idempotency::{DESCRIPTION, LONGEST, PATTERN};
pub(super) use sign_in::{gate, role_alias};

use crate::python::{Module, artifact};

/// Emits the dependencies of the application.
pub(super) fn emit(plan: &Plan, file: &PlannedFile) -> Artifact {
    let module = Module::new("Dependencies shared by the routers.")
        .body(parts::constants(plan))
        .body(paths::convertors(plan))
        .body(parts::state(plan))
        .body(parts::services(plan))
        .body(sign_in::callers(plan))
        .body(idempotency::idempotency(plan))
        .body(sign_in::limits(plan))
        .body(parts::headers(plan));
    artifact(file, &module)
}
