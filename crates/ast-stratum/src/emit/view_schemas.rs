//! `app/schemas/views.py`: what reads show of rows where they don't show all that may be read.

use stratapi_plan::{Artifact, Plan, PlannedFile};

use crate::python::build::{class, from};
use crate::python::{Module, Stmt, artifact};
use crate::schemas;
use crate::schemas::python::{Aliases, output};

/// Declares a class a view; what stands in another comes before it.
pub(super) fn emit(plan: &Plan, file: &PlannedFile) -> Artifact {
    let classes = plan.shown_views().into_iter().map(|(entity, view)| {
        let none = Aliases::new(plan, &view.class, []);
        let members = schemas::view(plan, entity, view);
        let members: Vec<Stmt> = members.iter().map(|one| output(plan, &none, one)).collect();
        class(&view.class)
            .base(from("app.schemas.base", "OutputModel"))
            .doc(&*view.doc)
            .body(members)
            .stmt()
    });
    artifact(
        file,
        &Module::new("API models that show a part of a row, or related rows with it.")
            .body(classes),
    )
}
