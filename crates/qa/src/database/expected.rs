//! The catalog that the plan asks for.

use stratapi_plan::{
    CheckPlan, ColumnName, ColumnPlan, ColumnType, IndexPlan, OnDelete, Plan, ServerDefault,
    TablePlan,
};

use super::Database;
use super::catalog::{Column, ForeignKey, Index, Key, Table, check, default_form, json};
use super::expression::{Node, canonical, number};

/// A table as the plan asks for it.
pub(crate) fn table(plan: &Plan, table: &TablePlan, database: Database) -> Table {
    let key = |name: &str, columns: &[ColumnName]| Key {
        name: name.to_owned(),
        columns: names(columns),
        more: String::new(),
    };
    let (name, columns) = &table.primary_key;
    let uniques = table.uniques.iter();
    let enums = table.columns.iter().filter_map(|column| enum_check(plan, column));
    let declared = table
        .checks
        .iter()
        .map(|one: &CheckPlan| check(one.name.as_str().to_owned(), &one.sql, String::new()));
    Table {
        columns: table.columns.iter().map(|one| column(plan, one, database)).collect(),
        primary_key: Some(key(name.as_str(), columns)),
        uniques: uniques.map(|one| key(one.name.as_str(), &one.columns)).collect(),
        foreign_keys: table
            .foreign_keys
            .iter()
            .map(|one| ForeignKey {
                name: one.name.as_str().to_owned(),
                columns: names(&one.columns),
                target: one.target.as_str().to_owned(),
                target_columns: names(&one.target_columns),
                on_delete: on_delete(one.on_delete).to_owned(),
                more: String::new(),
            })
            .collect(),
        checks: declared.chain(enums).collect(),
        indexes: table.indexes.iter().map(index).collect(),
        others: Vec::new(),
    }
}

fn names(columns: &[ColumnName]) -> Vec<String> {
    columns.iter().map(|name| name.as_str().to_owned()).collect()
}

const fn on_delete(action: OnDelete) -> &'static str {
    match action {
        OnDelete::Cascade => "CASCADE",
        OnDelete::Restrict => "RESTRICT",
        OnDelete::SetNull => "SET NULL",
    }
}

fn index(one: &IndexPlan) -> Index {
    Index {
        name: one.name.as_str().to_owned(),
        unique: one.unique,
        columns: names(&one.columns),
        condition: one.condition.as_deref().map(canonical),
        condition_text: one.condition.clone(),
        more: String::new(),
    }
}

/// The check that a column of an enum holds one of its values.
fn enum_check(plan: &Plan, column: &ColumnPlan) -> Option<super::Check> {
    let ColumnType::Enum(position) = column.ty else { return None };
    let name = column.enum_check.as_ref()?.name.as_str().to_owned();
    let members = &plan.enums[position].members;
    let values: Vec<String> =
        members.iter().map(|member| Node::Text(member.value.clone()).to_string()).collect();
    let quoted = column.name.as_str().replace('"', "\"\"");
    Some(check(name, &format!("\"{quoted}\" IN ({})", values.join(", ")), String::new()))
}

fn column(plan: &Plan, one: &ColumnPlan, database: Database) -> Column {
    let counts = one.autoincrement && one.ty == ColumnType::BigInteger;
    let ty = match database {
        // A key that counts up has to be called so there: then it is the number of the row.
        Database::Sqlite if counts => "INTEGER".to_owned(),
        Database::Sqlite => on_sqlite(plan, &one.ty),
        Database::Postgresql => on_postgresql(plan, &one.ty),
    };
    let default = one.server_default.as_ref().map(|value| default(one, value, database, &ty));
    Column {
        name: one.name.as_str().to_owned(),
        nullable: one.nullable,
        default,
        counts: counts && database == Database::Postgresql,
        more: String::new(),
        ty,
    }
}

fn default(column: &ColumnPlan, value: &ServerDefault, database: Database, ty: &str) -> String {
    let word = |text: &str| Node::Word(text.to_owned()).to_string();
    match value {
        ServerDefault::Text(text) => match column.ty {
            ColumnType::Json => json(text),
            ColumnType::Uuid => Node::Text(text.replace('-', "").to_lowercase()).to_string(),
            _ => Node::Text(text.clone()).to_string(),
        },
        ServerDefault::Number(text) => {
            let text = number(text).unwrap_or_else(|| text.clone());
            default_form(database, ty, &Node::Number(text).to_string())
        }
        ServerDefault::Bool(true) => word("TRUE"),
        ServerDefault::Bool(false) => word("FALSE"),
        ServerDefault::Now => word("CURRENT_TIMESTAMP"),
        ServerDefault::Today => word("CURRENT_DATE"),
    }
}

fn on_sqlite(plan: &Plan, ty: &ColumnType) -> String {
    match ty {
        ColumnType::Uuid => "CHAR(32)".to_owned(),
        ColumnType::String(length) => format!("VARCHAR({length})"),
        ColumnType::Text => "TEXT".to_owned(),
        ColumnType::Integer => "INTEGER".to_owned(),
        ColumnType::BigInteger | ColumnType::Duration | ColumnType::Decimal(..) => {
            "BIGINT".to_owned()
        }
        ColumnType::Double => "DOUBLE".to_owned(),
        ColumnType::Boolean => "BOOLEAN".to_owned(),
        ColumnType::Date => "DATE".to_owned(),
        ColumnType::Time => "TIME".to_owned(),
        ColumnType::DateTime => "DATETIME".to_owned(),
        ColumnType::Json => "JSON".to_owned(),
        ColumnType::Binary(_) => "BLOB".to_owned(),
        ColumnType::Enum(index) => format!("VARCHAR({})", plan.enums[*index].length),
    }
}

fn on_postgresql(plan: &Plan, ty: &ColumnType) -> String {
    match ty {
        ColumnType::Uuid => "uuid".to_owned(),
        ColumnType::String(length) => format!("character varying({length})"),
        ColumnType::Text => "text".to_owned(),
        ColumnType::Integer => "integer".to_owned(),
        ColumnType::BigInteger | ColumnType::Duration => "bigint".to_owned(),
        ColumnType::Double => "double precision".to_owned(),
        ColumnType::Decimal(precision, scale) => format!("numeric({precision},{scale})"),
        ColumnType::Boolean => "boolean".to_owned(),
        ColumnType::Date => "date".to_owned(),
        ColumnType::Time => "time without time zone".to_owned(),
        ColumnType::DateTime => "timestamp with time zone".to_owned(),
        ColumnType::Json => "jsonb".to_owned(),
        ColumnType::Binary(_) => "bytea".to_owned(),
        ColumnType::Enum(index) => format!("character varying({})", plan.enums[*index].length),
    }
}
