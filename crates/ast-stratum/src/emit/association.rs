//! `app/models/{module}.py`: the table of a many-to-many relationship.

use stratapi_diagnostics::bug;
use stratapi_plan::{Artifact, Plan, PlannedFile, Subject};

use super::{column, table_args};
use crate::python::build::{arg, assign, from, text};
use crate::python::{Module, artifact};

/// The module of one association.
pub(super) fn emit(plan: &Plan, file: &PlannedFile) -> Artifact {
    let Subject::Association(index) = file.subject else { bug!("this needs an association") };
    let association = &plan.associations[index];
    let table = &plan.tables[association.table];
    let columns = table.columns.iter().map(|column| {
        let key = table.foreign_keys.iter().find(|key| key.columns == [column.name.clone()]);
        let arguments = [arg(text(column.name.as_str())), arg(column::column_type(plan, column))]
            .into_iter()
            .chain(key.map(column::foreign_key).map(arg))
            .chain(column::flags(table, column));
        from("sqlalchemy", "Column").call(arguments)
    });
    let metadata = from("app.models.base", "Base").attr("metadata");
    let arguments = [text(table.name.as_str()), metadata]
        .into_iter()
        .chain(columns)
        .chain(table_args::table_args(table, |_| true));
    let stmt = assign(&association.variable, from("sqlalchemy", "Table").call_with(arguments));
    let (left, right) = (&plan.entities[association.left], &plan.entities[association.right]);
    let doc = format!("The association between {} and {}.", left.label_plural, right.label_plural);
    artifact(file, &Module::new(doc).body([stmt]))
}
