//! `app/models/order_state_change.py`: the model of a history of states.

use stratapi_plan::{Artifact, ColumnPlan, ColumnType, Plan, PlannedFile, TablePlan, ValueType};

use super::super::{column, table_args};
use super::History;
use crate::python::build::{annotated, arg, assign, class, from, kw, name, text, tuple};
use crate::python::{Argument, Module, Stmt, artifact};
use crate::types;

/// The module of one history.
pub(in crate::emit) fn emit(plan: &Plan, file: &PlannedFile) -> Artifact {
    let history = History::of_file(plan, file);
    let table = &plan.tables[history.plan.table];
    let mut body = vec![assign("__tablename__", text(table.name.as_str()))];
    let declares = |column: &stratapi_plan::ColumnName| column.as_str() != "id";
    body.push(assign("__table_args__", tuple(table_args::table_args(table, declares))));
    body.push(Stmt::Blank);
    let columns = table.columns.iter().filter(|column| declares(&column.name));
    body.extend(columns.map(|column| member(history, table, column)));
    let doc = format!("A change of {}.", history.of_what());
    let model = class(&history.plan.class)
        .base(from("app.models.base", "UuidKeyMixin"))
        .base(from("app.models.base", "Base"))
        .doc(doc)
        .body(body);
    let stmt = Stmt::Origin(history.machine.span, Box::new(model.stmt()));
    artifact(file, &Module::new(format!("Changes of {}.", history.of_all())).body([stmt]))
}

/// `order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id", ondelete="CASCADE"))`
fn member(history: History<'_>, table: &TablePlan, column: &ColumnPlan) -> Stmt {
    let key = key(history, column);
    let mut arguments: Vec<Argument> =
        column::type_argument(history.layer.plan, column, key.as_ref())
            .map(arg)
            .into_iter()
            .collect();
    let refers = table.foreign_keys.iter().find(|it| it.columns == [column.name.clone()]);
    arguments.extend(refers.map(column::foreign_key).map(arg));
    arguments.extend(column::flags(table, column));
    if key.is_none() && column.ty == ColumnType::DateTime {
        arguments.push(kw("default", from("app.core.clock", "utcnow")));
    }
    let ty = match &key {
        Some(ty) => types::model(history.layer.plan, ty),
        None if column.ty == ColumnType::DateTime => from("datetime", "datetime"),
        None => name("str"),
    };
    let mapped = from("sqlalchemy.orm", "Mapped").index([ty]);
    let value = from("sqlalchemy.orm", "mapped_column").call(arguments);
    annotated(stratapi_plan::PyIdent::known(column.name.as_str()), mapped, Some(value))
}

/// The type of a column that refers to a row or to an account.
fn key(history: History<'_>, column: &ColumnPlan) -> Option<ValueType> {
    let rows = history.plan.row.iter().zip(&history.layer.entity.key);
    let account = history.layer.plan.account();
    let callers = account.into_iter().flat_map(|it| history.plan.caller.iter().zip(&it.key));
    let mut all = rows.chain(callers);
    let (_, part) = all.find(|(attribute, _)| attribute.as_str() == column.name.as_str())?;
    Some(ValueType { nullable: column.nullable, ..part.ty.clone() })
}
