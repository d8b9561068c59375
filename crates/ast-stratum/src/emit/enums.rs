//! `app/models/enums.py`: every enum.

use stratapi_plan::{Artifact, EnumPlan, Plan, PlannedFile};

use super::secret;
use crate::python::build::{assign, class, from, text};
use crate::python::{Module, Stmt, artifact};

/// All enums, in order.
pub(super) fn emit(plan: &Plan, file: &PlannedFile) -> Artifact {
    artifact(file, &Module::new("Enumerations.").body(plan.enums.iter().map(definition)))
}

fn definition(plan: &EnumPlan) -> Stmt {
    let members = plan.members.iter().map(|member| {
        let stmt = assign(&member.name, text(&member.value));
        secret::excused(stmt, &member.name, &member.value)
    });
    class(&plan.class).base(from("enum", "StrEnum")).doc(&plan.doc).body(members).stmt()
}
