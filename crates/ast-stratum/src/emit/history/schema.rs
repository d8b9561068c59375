//! `app/schemas/order_state_change.py`: what clients read of a history.

use stratapi_plan::{Artifact, ListForm, Plan, PlannedFile, PyIdent};

use super::History;
use crate::python::build::{class, from, name};
use crate::python::{Module, Stmt, artifact};
use crate::schemas::python::{Aliases, output};
use crate::schemas::{docs, record_member};

/// The API models of one history.
pub(in crate::emit) fn emit(plan: &Plan, file: &PlannedFile) -> Artifact {
    let history = History::of_file(plan, file);
    let entity = history.layer.entity;
    let none = Aliases::new(plan, &history.plan.class, []);
    let members = history.plan.members.iter().map(record_member);
    let members: Vec<Stmt> = members.map(|member| output(plan, &none, &member)).collect();
    let title = |suffix: &str| PyIdent::known(format!("{}{suffix}", history.plan.class));
    let read = class(title("Read"))
        .base(from("app.schemas.base", "OutputModel"))
        .doc(docs::change(history.plan, entity))
        .body(members);
    let page = class(title("Page"))
        .base(from("app.schemas.base", "Page").index([name(title("Read"))]))
        .doc(docs::changes(history.plan, entity));
    let page = (history.lists() != ListForm::Array).then(|| page.stmt());
    let module = Module::new(format!("API models of changes of {}.", history.of_all()));
    artifact(file, &module.body([read.stmt()].into_iter().chain(page)))
}
