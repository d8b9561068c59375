//! Columns of models: types, defaults and foreign keys.

use stratapi_plan::{
    ColumnPlan, ColumnType, ForeignKeyPlan, Plan, ServerDefault, TablePlan, ValueType,
};

use super::sql;
use crate::python::build::{arg, boolean, from, kw, text};
use crate::python::{Argument, Expr};
use crate::types;

fn alchemy(name: &'static str) -> Expr {
    from("sqlalchemy", name)
}

fn column_types(name: &'static str) -> Expr {
    from("app.core.column_types", name)
}

/// The type of a column, as the first argument of `mapped_column`; `None` where the annotation
/// says it all.
pub(super) fn type_argument(
    plan: &Plan,
    column: &ColumnPlan,
    element: Option<&ValueType>,
) -> Option<Expr> {
    Some(match &column.ty {
        ColumnType::Uuid
        | ColumnType::DateTime
        | ColumnType::Boolean
        | ColumnType::Date
        | ColumnType::Time
        | ColumnType::Integer => return None,
        ColumnType::Json => json_type(plan, column, element),
        _ => column_type(plan, column),
    })
}

/// The type of a column that may be null and has a default: `None` that is given is stored as NULL, and
/// no reason to take the default, as which the ORM sees it otherwise.
pub(super) fn explicit_null(plan: &Plan, column: &ColumnPlan, element: Option<&ValueType>) -> Expr {
    let ty = match &column.ty {
        ColumnType::Json if is_plain(element) => return column_types("JsonOrNull").call([]),
        ColumnType::Json => json_type(plan, column, element),
        _ => column_type(plan, column),
    };
    let ty = if matches!(ty, Expr::Call { .. }) { ty } else { ty.call([]) };
    ty.attr("evaluates_none").call([])
}

/// Whether JSON knows the elements.
fn is_plain(element: Option<&ValueType>) -> bool {
    element.is_none_or(|ty| !ty.list || ty.kind.is_json())
}

/// The type of a column where no annotation stands.
pub(super) fn column_type(plan: &Plan, column: &ColumnPlan) -> Expr {
    match &column.ty {
        ColumnType::Uuid => alchemy("Uuid"),
        ColumnType::String(length) => alchemy("String").call_with([sql::number(*length)]),
        ColumnType::Text => alchemy("Text"),
        ColumnType::Integer => alchemy("Integer"),
        ColumnType::BigInteger => alchemy("BigInteger"),
        ColumnType::Double => alchemy("Double"),
        ColumnType::Decimal(precision, scale) => {
            column_types("ExactDecimal").call_with([sql::number(*precision), sql::number(*scale)])
        }
        ColumnType::Boolean => alchemy("Boolean"),
        ColumnType::Date => alchemy("Date"),
        ColumnType::Time => alchemy("Time"),
        ColumnType::DateTime => column_types("UTCDateTime"),
        ColumnType::Duration => column_types("DurationMicroseconds"),
        ColumnType::Json => json_type(plan, column, None),
        ColumnType::Binary(length) => alchemy("LargeBinary").call_with([sql::number(*length)]),
        ColumnType::Enum(index) => {
            let class = from("app.models.enums", &plan.enums[*index].class);
            column_types("string_enum").call([
                arg(class),
                kw("name", enum_name(column)),
                kw("length", sql::number(plan.enums[*index].length)),
            ])
        }
    }
}

/// The name that the check of an enum's column gets.
fn enum_name(column: &ColumnPlan) -> Expr {
    match &column.enum_check {
        Some(check) if !check.conventional => sql::conv(&check.name),
        _ => text(column.name.as_str()),
    }
}

/// Lists whose elements JSON does not know are converted.
fn json_type(plan: &Plan, column: &ColumnPlan, element: Option<&ValueType>) -> Expr {
    if let Some(ty) = element.filter(|_| !is_plain(element)) {
        let element = ValueType { kind: ty.kind.clone(), list: false, nullable: false };
        return column_types("JsonList").call_with([types::model(plan, &element)]);
    }
    let null = column.nullable.then(|| kw("none_as_null", boolean(true)));
    let on_postgres = from("sqlalchemy.dialects.postgresql", "JSONB").call(null.clone());
    alchemy("JSON").call(null).attr("with_variant").call_with([on_postgres, text("postgresql")])
}

/// `server_default=…`
pub(super) fn server_default(plan: &Plan, column: &ColumnPlan) -> Option<Argument> {
    let value = match column.server_default.as_ref()? {
        ServerDefault::Text(value) => match column.ty {
            ColumnType::Enum(index) if !value.contains('\'') => {
                let members = &plan.enums[index].members;
                let member = members.iter().find(|member| &member.value == value)?;
                let class = from("app.models.enums", &plan.enums[index].class);
                class.attr(&member.name).attr("value")
            }
            _ => sql::text_default(value, alchemy("text")),
        },
        ServerDefault::Number(digits) => alchemy("text").call_with([text(digits)]),
        ServerDefault::Bool(true) => alchemy("true").call_with([]),
        ServerDefault::Bool(false) => alchemy("false").call_with([]),
        ServerDefault::Now => alchemy("func").attr("now").call_with([]),
        ServerDefault::Today => alchemy("text").call_with([text("CURRENT_DATE")]),
    };
    Some(kw("server_default", value))
}

/// `ForeignKey("users.id", ondelete="CASCADE")` of a key with one column.
pub(super) fn foreign_key(key: &ForeignKeyPlan) -> Expr {
    let target = format!("{}.{}", key.target, key.target_columns[0]);
    let deferred = key.deferred.then(|| kw("use_alter", boolean(true)));
    let arguments = [arg(text(target)), kw("ondelete", sql::on_delete(key.on_delete))];
    alchemy("ForeignKey").call(
        arguments
            .into_iter()
            .chain(sql::name_argument(&key.name, key.conventional))
            .chain(deferred),
    )
}

/// Arguments that say in what constraints and indexes of its own a column is.
pub(super) fn flags(table: &TablePlan, column: &ColumnPlan) -> Vec<Argument> {
    let mut flags = Vec::new();
    let alone = [column.name.clone()];
    if table.primary_key.1.contains(&column.name) {
        flags.push(kw("primary_key", boolean(true)));
        if column.ty_counts() && table.primary_key.1.len() == 1 {
            flags.push(kw("autoincrement", boolean(column.autoincrement)));
        }
    }
    if table.uniques.iter().any(|unique| unique.conventional && unique.columns == alone) {
        flags.push(kw("unique", boolean(true)));
    }
    let index =
        |index: &&stratapi_plan::IndexPlan| is_column_index(index) && index.columns == alone;
    if table.indexes.iter().any(|candidate| index(&candidate)) {
        flags.push(kw("index", boolean(true)));
    }
    flags
}

/// Whether `index=True` says all about an index.
pub(super) fn is_column_index(index: &stratapi_plan::IndexPlan) -> bool {
    index.conventional && !index.unique && index.condition.is_none() && index.columns.len() == 1
}

/// Types that databases would count up in a primary key.
trait Counts {
    fn ty_counts(&self) -> bool;
}

impl Counts for ColumnPlan {
    fn ty_counts(&self) -> bool {
        matches!(self.ty, ColumnType::Integer | ColumnType::BigInteger)
    }
}
