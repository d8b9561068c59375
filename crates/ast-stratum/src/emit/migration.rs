//! `migrations/versions/0001_initial.py`: the first migration, one text for both databases.

use stratapi_plan::{
    Artifact, ColumnPlan, ColumnType, ForeignKeyPlan, IndexPlan, ModulePath, Plan, PlannedFile,
    ServerDefault, TablePlan,
};

use super::{sql, table_args};
use crate::python::build::{arg, assign, boolean, def, from, if_, kw, none, text};
use crate::python::{Alias, Argument, Expr, Module, Stmt, Symbol, artifact};

/// The module.
pub(super) fn emit(plan: &Plan, file: &PlannedFile) -> Artifact {
    let mut upgrade: Vec<Stmt> = Vec::new();
    for table in &plan.tables {
        upgrade.push(create_table(plan, table));
        let mut indexes: Vec<&IndexPlan> = table.indexes.iter().collect();
        indexes.sort_by_key(|index| &index.name);
        upgrade.extend(indexes.into_iter().map(|index| create_index(table, index)));
    }
    let deferred: Vec<(&TablePlan, &ForeignKeyPlan)> = plan
        .tables
        .iter()
        .flat_map(|table| table.foreign_keys.iter().map(move |key| (table, key)))
        .filter(|(_, key)| key.deferred)
        .collect();
    let added = deferred.iter().map(|(table, key)| create_foreign_key(table, key)).collect();
    upgrade.extend(altering(added));
    let dropped = deferred.iter().rev().map(|(table, key)| drop_foreign_key(table, key)).collect();
    let mut downgrade: Vec<Stmt> = altering(dropped).into_iter().collect();
    downgrade.extend(
        plan.tables
            .iter()
            .rev()
            .map(|table| op("drop_table").call_with([text(table.name.as_str())]).stmt()),
    );
    let body = vec![
        assign("revision", text("0001")),
        assign("down_revision", none()),
        assign("branch_labels", none()),
        assign("depends_on", none()),
        function("upgrade", upgrade),
        function("downgrade", downgrade),
    ];
    let doc = "Initial schema.\n\nRevision ID: 0001\nRevises:";
    artifact(file, &Module::new(doc).body(body))
}

fn function(name: &'static str, body: Vec<Stmt>) -> Stmt {
    def(name).returns(none()).body(body).stmt()
}

fn op(name: &'static str) -> Expr {
    from("alembic", "op").attr(name)
}

fn sa(name: &'static str) -> Expr {
    Expr::Symbol(Symbol {
        module: ModulePath::known("sqlalchemy"),
        name: None,
        alias: Alias::As(stratapi_plan::PyIdent::known("sa")),
        typing_only: false,
    })
    .attr(name)
}

/// `op.f("…")`: a name that no convention touches.
fn fixed(name: &stratapi_plan::ConstraintName) -> Expr {
    op("f").call_with([text(name.as_str())])
}

fn create_table(plan: &Plan, table: &TablePlan) -> Stmt {
    let columns = table.columns.iter().map(|item| arg(column(plan, table, item)));
    let checks = table.checks.iter().map(|check| {
        sa("CheckConstraint")
            .call([arg(sql::condition(&check.sql)), kw("name", fixed(&check.name))])
    });
    let keys = table.foreign_keys.iter().map(foreign_key);
    let (name, parts) = &table.primary_key;
    let primary = sa("PrimaryKeyConstraint")
        .call(parts.iter().map(|part| arg(text(part.as_str()))).chain([kw("name", fixed(name))]));
    let uniques = table.uniques.iter().map(|unique| {
        let columns = unique.columns.iter().map(|column| arg(text(column.as_str())));
        sa("UniqueConstraint").call(columns.chain([kw("name", fixed(&unique.name))]))
    });
    let constraints = checks.chain(keys).chain([primary]).chain(uniques).map(arg);
    let arguments =
        std::iter::once(arg(text(table.name.as_str()))).chain(columns).chain(constraints);
    op("create_table").call(arguments).stmt()
}

fn column(plan: &Plan, table: &TablePlan, column: &ColumnPlan) -> Expr {
    let name = [arg(text(column.name.as_str())), arg(column_type(plan, column))];
    let counts = matches!(column.ty, ColumnType::Integer | ColumnType::BigInteger);
    // Left to itself, SQLAlchemy lets the only column of a key count up if it is an integer.
    let alone = table.primary_key.1.len() == 1 && table.primary_key.1[0] == column.name;
    let counted = (alone && counts).then(|| kw("autoincrement", boolean(column.autoincrement)));
    let default = column.server_default.as_ref().map(server_default);
    let nullable = kw("nullable", boolean(column.nullable));
    sa("Column").call(name.into_iter().chain(counted).chain(default).chain([nullable]))
}

fn column_type(plan: &Plan, column: &ColumnPlan) -> Expr {
    let bare = |class| sa(class).call_with([]);
    match &column.ty {
        ColumnType::Uuid => bare("Uuid"),
        ColumnType::String(length) => sized("String", *length),
        ColumnType::Text => bare("Text"),
        ColumnType::Integer => bare("Integer"),
        ColumnType::BigInteger if column.autoincrement => {
            variant(bare("BigInteger"), bare("Integer"), "sqlite")
        }
        ColumnType::BigInteger | ColumnType::Duration => bare("BigInteger"),
        ColumnType::Double => bare("Double"),
        ColumnType::Decimal(precision, scale) => {
            let numeric = sa("Numeric").call_with([sql::number(*precision), sql::number(*scale)]);
            variant(numeric, bare("BigInteger"), "sqlite")
        }
        ColumnType::Boolean => bare("Boolean"),
        ColumnType::Date => bare("Date"),
        ColumnType::Time => bare("Time"),
        ColumnType::DateTime => sa("DateTime").call([kw("timezone", boolean(true))]),
        ColumnType::Json => {
            let jsonb = from("sqlalchemy.dialects", "postgresql").attr("JSONB").call_with([]);
            variant(bare("JSON"), jsonb, "postgresql")
        }
        ColumnType::Binary(length) => sized("LargeBinary", *length),
        ColumnType::Enum(index) => enumeration(plan, column, *index),
    }
}

fn sized(name: &'static str, length: u32) -> Expr {
    sa(name).call([kw("length", sql::number(length))])
}

fn variant(base: Expr, other: Expr, dialect: &'static str) -> Expr {
    base.attr("with_variant").call_with([other, text(dialect)])
}

fn enumeration(plan: &Plan, column: &ColumnPlan, index: usize) -> Expr {
    let declared = &plan.enums[index];
    let name = match &column.enum_check {
        Some(check) if !check.conventional => fixed(&check.name),
        _ => text(column.name.as_str()),
    };
    let members = declared.members.iter().map(|member| arg(text(&member.value)));
    sa("Enum").call(members.chain([
        kw("name", name),
        kw("native_enum", boolean(false)),
        kw("create_constraint", boolean(true)),
        kw("length", sql::number(declared.length)),
    ]))
}

fn server_default(default: &ServerDefault) -> Argument {
    let value = match default {
        ServerDefault::Text(value) => sql::text_default(value, sa("text")),
        ServerDefault::Number(digits) => sa("literal").call_with([sql::literal(digits)]),
        ServerDefault::Bool(true) => sa("true").call_with([]),
        ServerDefault::Bool(false) => sa("false").call_with([]),
        ServerDefault::Now => sa("func").attr("now").call_with([]),
        ServerDefault::Today => sa("func").attr("current_date").call_with([]),
    };
    kw("server_default", value)
}

fn foreign_key(key: &ForeignKeyPlan) -> Expr {
    let targets = key.target_columns.iter().map(|column| text(format!("{}.{column}", key.target)));
    let arguments = [
        arg(sql::names(&key.columns)),
        arg(Expr::List(targets.collect())),
        kw("name", fixed(&key.name)),
        kw("ondelete", sql::on_delete(key.on_delete)),
    ];
    // Left out where the key can be added once the other table is there.
    let deferred = key.deferred.then(|| kw("use_alter", boolean(true)));
    sa("ForeignKeyConstraint").call(arguments.into_iter().chain(deferred))
}

fn create_index(table: &TablePlan, index: &IndexPlan) -> Stmt {
    let unique = index.unique.then(|| kw("unique", boolean(true)));
    let arguments =
        [arg(fixed(&index.name)), arg(text(table.name.as_str())), arg(sql::names(&index.columns))];
    let condition = table_args::partial(index, &sa("text"));
    op("create_index").call(arguments.into_iter().chain(unique).chain(condition)).stmt()
}

/// What is done by ALTER: `SQLite`, which has none, makes tables with keys to those that are not
/// there yet.
fn altering(body: Vec<Stmt>) -> Option<Stmt> {
    let can = op("get_context").call([]).attr("dialect").attr("supports_alter");
    (!body.is_empty()).then(|| if_(can, body))
}

fn create_foreign_key(table: &TablePlan, key: &ForeignKeyPlan) -> Stmt {
    let arguments = [
        arg(fixed(&key.name)),
        arg(text(table.name.as_str())),
        arg(text(key.target.as_str())),
        arg(sql::names(&key.columns)),
        arg(sql::names(&key.target_columns)),
        kw("ondelete", sql::on_delete(key.on_delete)),
    ];
    op("create_foreign_key").call(arguments).stmt()
}

fn drop_foreign_key(table: &TablePlan, key: &ForeignKeyPlan) -> Stmt {
    let name = arg(fixed(&key.name));
    let arguments = [name, arg(text(table.name.as_str())), kw("type_", text("foreignkey"))];
    op("drop_constraint").call(arguments).stmt()
}
