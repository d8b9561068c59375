//! `__table_args__`: constraints and indexes that no column can say.

use stratapi_plan::{ColumnName, IndexPlan, InvariantPlan, TablePlan};

use super::column::is_column_index;
use super::sql;
use crate::python::build::{arg, boolean, dict, from, http_status, kw, none, text};
use crate::python::{Argument, Expr};

fn alchemy(name: &'static str) -> Expr {
    from("sqlalchemy", name)
}

/// The arguments, in the order of the table. `declares` tells which columns stand beside them, and
/// say themselves that they alone are unique or have an index; mixins can't know.
pub(super) fn table_args(table: &TablePlan, declares: impl Fn(&ColumnName) -> bool) -> Vec<Expr> {
    let says = |columns: &[ColumnName]| matches!(columns, [alone] if declares(alone));
    let primary = (!table.primary_key_conventional()).then(|| {
        let columns = table.primary_key.1.iter().map(|column| arg(text(column.as_str())));
        alchemy("PrimaryKeyConstraint")
            .call(columns.chain([kw("name", sql::conv(&table.primary_key.0))]))
    });
    let checks = table.checks.iter().map(|check| {
        let name = match &check.short {
            Some(short) => text(short),
            None => sql::conv(&check.name),
        };
        let told = check.invariant.as_ref().map(told);
        let arguments = [arg(sql::condition(&check.sql)), kw("name", name)];
        alchemy("CheckConstraint").call(arguments.into_iter().chain(told))
    });
    let uniques = table.uniques.iter().filter(|it| !it.conventional || !says(&it.columns));
    let uniques = uniques.map(|unique| {
        let columns = unique.columns.iter().map(|column| arg(text(column.as_str())));
        let name = sql::name_argument(&unique.name, unique.conventional);
        alchemy("UniqueConstraint").call(columns.chain(name))
    });
    let indexes = table.indexes.iter().filter(|it| !is_column_index(it) || !says(&it.columns));
    let indexes = indexes.map(index);
    primary
        .into_iter()
        .chain(checks)
        .chain(uniques)
        .chain(foreign_keys(table))
        .chain(indexes)
        .collect()
}

/// `info={"invariant": Invariant("not_overpaid", "…")}`: what a client is told.
fn told(told: &InvariantPlan) -> Argument {
    let said = invariant(&told.name, &told.message, told.status);
    kw("info", dict([(text("invariant"), said)]))
}

/// `Invariant("not_overpaid", "…")`
pub(super) fn invariant(name: &str, message: &str, status: u16) -> Expr {
    let mut arguments = vec![arg(text(name)), arg(text(message))];
    // 409 is what the class says itself.
    arguments.extend((status != 409).then(|| kw("status", http_status(status))));
    from("app.core.errors", "Invariant").call(arguments)
}

/// Foreign keys of several columns.
fn foreign_keys(table: &TablePlan) -> impl Iterator<Item = Expr> {
    table.foreign_keys.iter().filter(|key| key.columns.len() > 1).map(|key| {
        let targets =
            key.target_columns.iter().map(|column| text(format!("{}.{column}", key.target)));
        let deferred = key.deferred.then(|| kw("use_alter", boolean(true)));
        let arguments = [
            arg(sql::names(&key.columns)),
            arg(Expr::List(targets.collect())),
            kw("ondelete", sql::on_delete(key.on_delete)),
        ];
        let name = sql::name_argument(&key.name, key.conventional);
        alchemy("ForeignKeyConstraint").call(arguments.into_iter().chain(name).chain(deferred))
    })
}

fn index(index: &IndexPlan) -> Expr {
    let name = if index.conventional { none() } else { sql::conv(&index.name) };
    let columns = index.columns.iter().map(|column| arg(text(column.as_str())));
    let unique = index.unique.then(|| kw("unique", boolean(true)));
    let arguments = std::iter::once(arg(name)).chain(columns).chain(unique);
    alchemy("Index").call(arguments.chain(partial(index, &alchemy("text"))))
}

/// The condition of a partial index, for both databases; `function` makes it of text.
pub(super) fn partial(index: &IndexPlan, function: &Expr) -> Vec<Argument> {
    let Some(condition) = &index.condition else { return Vec::new() };
    let value = || function.clone().call_with([sql::condition(condition)]);
    vec![kw("postgresql_where", value()), kw("sqlite_where", value())]
}
